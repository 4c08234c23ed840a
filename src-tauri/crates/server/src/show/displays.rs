//! Overlays: their pages, their looks, and the cues they may have missed.

use super::voices::{Change, Voices};
use crate::frames;
use crate::ws::conn::{Conn, Level};
use crate::ws::hub::Hub;
use bytes::Bytes;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_core::wire::{ServerFrame, Voice};
use surtitle_core::{Backdrop, Cue, Epoch, Look, Position, Seq, Theme};

/// Cues kept for pages that come back; the oldest go first.
const RING: usize = 2_000;
/// Most overlays.
pub const OVERLAYS: usize = 32;

/// One overlay.
#[derive(Debug, Default)]
pub struct Display {
    /// Its settings.
    pub look: Look,
    /// Whether it is hidden.
    pub hidden: bool,
    /// The picture behind it, while somebody tells.
    pub backdrop: Option<Backdrop>,
    /// Which of its pages sounds.
    pub voices: Voices,
    /// The pages that show it.
    pub hub: Hub,
    /// Miniatures in consoles: the same cues, not counted as pages on air.
    pub previews: Hub,
    /// Time between two proof marks of its pages, ms; 0 for none.
    prove_ms: u32,
}

impl Display {
    /// Tells pages whether they are the one that sounds.
    fn tell(&self, change: &Change) {
        for (conn, on) in [(change.off, false), (change.on, true)] {
            if let Some(conn) = conn {
                self.hub.send(conn, &frames::encode(&ServerFrame::Voice { on }));
            }
        }
    }

    fn fan_out(&mut self, frame: &Bytes) {
        self.hub.fan_out(frame, Level::Message);
        self.previews.fan_out(frame, Level::Message);
    }
}

/// Every overlay and the numbering of cues they share.
#[derive(Debug)]
pub struct Displays {
    epoch: Epoch,
    seq: Seq,
    ring: VecDeque<Cue>,
    all: BTreeMap<String, Display>,
}

/// Whether a name may be an overlay's: 1–32 of `a–z 0–9 -`.
pub fn is_name(name: &str) -> bool {
    (1..=32).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl Displays {
    /// The overlays of an earlier run, `main` in any case.
    pub fn new(epoch: Epoch, known: impl IntoIterator<Item = (String, Look, bool)>) -> Self {
        let mut all = BTreeMap::from([("main".to_owned(), Display::default())]);
        for (name, look, hidden) in known {
            if is_name(&name) && all.len() < OVERLAYS {
                all.insert(name, Display { look: look.clamped(), hidden, ..Display::default() });
            }
        }
        Self { epoch, seq: Seq(0), ring: VecDeque::new(), all }
    }

    /// An overlay by name.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Display> {
        self.all.get_mut(name)
    }

    /// An overlay by name, made if the name is good and there is room for it.
    pub fn open(&mut self, name: &str) -> Option<&mut Display> {
        if !self.all.contains_key(name) && (!is_name(name) || self.all.len() >= OVERLAYS) {
            return None;
        }
        Some(self.all.entry(name.to_owned()).or_default())
    }

    /// Every overlay, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Display)> {
        self.all.iter()
    }

    /// The overlays whose look names this theme.
    pub fn wearing(&self, theme: &str) -> Vec<String> {
        let wearing = self.all.iter().filter(|(_, display)| display.look.theme == theme);
        wearing.map(|(name, _)| name.clone()).collect()
    }

    /// The number of the last cue.
    pub fn position(&self) -> Position {
        Position { epoch: self.epoch, seq: self.seq }
    }

    /// Comments a second the fastest overlay wants.
    pub fn pace(&self) -> u32 {
        self.all.values().map(|d| d.look.pace).max().unwrap_or(1)
    }

    /// Numbers cues and sends them to every page, encoded once.
    pub fn send(&mut self, cues: Vec<Cue>) {
        if cues.is_empty() {
            return;
        }
        self.seq = Seq(self.seq.0 + cues.len() as u64);
        self.ring.extend(cues.iter().cloned());
        while self.ring.len() > RING {
            self.ring.pop_front();
        }
        let frame = frames::encode(&ServerFrame::Cues { position: self.position(), cues });
        for display in self.all.values_mut() {
            display.fan_out(&frame);
        }
    }

    /// Sends a cue of one overlay's own (look, theme, visible). It has no number: a
    /// page that comes back gets the state it stands for.
    pub fn send_own(&mut self, name: &str, cue: Cue) {
        let position = self.position();
        if let Some(display) = self.all.get_mut(name) {
            let frame = frames::encode(&ServerFrame::Cues { position, cues: vec![cue] });
            display.fan_out(&frame);
        }
    }

    /// Sends a cue to every page that has no number either: emotes are state too.
    pub fn send_all(&mut self, cue: &Cue) {
        let (position, cues) = (self.position(), vec![cue.clone()]);
        let frame = frames::encode(&ServerFrame::Cues { position, cues });
        for display in self.all.values_mut() {
            display.fan_out(&frame);
        }
    }

    /// What a page missed since `seen`, with the overlay's own state first;
    /// `None` if it must draw the whole stage.
    pub fn missed(&self, name: &str, seen: Option<Position>, theme: &Theme) -> Option<Vec<Cue>> {
        let seen = seen.filter(|p| p.epoch == self.epoch && p.seq <= self.seq)?;
        let behind = usize::try_from(self.seq.0 - seen.seq.0).ok()?;
        let from = self.ring.len().checked_sub(behind)?;
        let display = self.all.get(name)?;
        let mut cues = vec![
            Cue::Theme { theme: theme.clone() },
            Cue::Look { look: display.look.clone() },
            Cue::Visible { on: !display.hidden },
            Cue::Backdrop { grid: display.backdrop.clone() },
        ];
        cues.extend(self.ring.iter().skip(from).cloned());
        Some(cues)
    }

    /// Forgets content of removed items, so that a page that comes back never gets it.
    pub fn erase(&mut self, gone: impl Fn(&Cue) -> bool) {
        for cue in &mut self.ring {
            if gone(cue) {
                // Keeps the numbering; draws nothing.
                *cue = Cue::Remove { ids: Vec::new() };
            }
        }
    }

    /// Has an overlay's pages, and those that come, draw proof marks; 0 for no more.
    pub fn prove(&mut self, name: &str, every_ms: u32) {
        if let Some(display) = self.all.get_mut(name) {
            display.prove_ms = every_ms;
            let frame = frames::encode(&ServerFrame::Prove { every_ms });
            display.hub.fan_out(&frame, Level::Message);
        }
    }

    /// Sends an overlay's cues to a page, or to a console's miniature of it.
    pub fn watch(&mut self, name: &str, conn: Arc<Conn>, preview: bool) {
        self.leave(conn.id);
        if let Some(display) = self.all.get_mut(name) {
            if preview {
                display.previews.add(conn);
                return;
            }
            if display.prove_ms > 0 {
                let frame = ServerFrame::Prove { every_ms: display.prove_ms };
                conn.push(&frames::encode(&frame), Level::Message);
            }
            display.hub.add(conn);
        }
    }

    /// A page tells whether it can be heard; miniatures never are.
    pub fn voice(&mut self, conn: ConnId, voice: Voice, obs: bool) {
        for display in self.all.values_mut().filter(|display| display.hub.has(conn)) {
            let change = display.voices.set(conn, voice, obs);
            display.tell(&change);
        }
    }

    /// The picture behind an overlay, `None` when nobody knows it any more.
    pub fn set_backdrop(&mut self, name: &str, grid: Option<Backdrop>) {
        if let Some(display) = self.all.get_mut(name)
            && display.backdrop != grid
        {
            display.backdrop.clone_from(&grid);
            self.send_own(name, Cue::Backdrop { grid });
        }
    }

    /// A connection is gone.
    pub fn leave(&mut self, conn: ConnId) {
        for display in self.all.values_mut() {
            display.hub.remove(conn);
            display.previews.remove(conn);
            let change = display.voices.leave(conn);
            display.tell(&change);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likes(total: u64) -> Cue {
        Cue::Likes { total, add: 1 }
    }

    #[test]
    fn page_that_comes_back_gets_its_state_and_what_it_missed() {
        let mut displays = Displays::new(Epoch(1), []);
        displays.send(vec![likes(1), likes(2)]);
        let seen = displays.position();
        displays.send(vec![likes(3)]);
        let missed =
            displays.missed("main", Some(seen), &Theme::default()).expect("the ring reaches back");
        assert_eq!(missed.len(), 5);
        assert_eq!(missed[4], likes(3));
        assert_eq!(displays.missed("main", None, &Theme::default()), None);
        let other_run = Position { epoch: Epoch(2), ..seen };
        assert_eq!(displays.missed("main", Some(other_run), &Theme::default()), None);
    }

    #[test]
    fn ring_that_does_not_reach_back_means_the_whole_stage() {
        let mut displays = Displays::new(Epoch(1), []);
        let seen = displays.position();
        displays.send((0..RING as u64 + 1).map(likes).collect());
        assert_eq!(displays.missed("main", Some(seen), &Theme::default()), None);
    }

    #[test]
    fn names_are_what_a_path_can_carry() {
        for bad in ["", "A", "a b", "../x", &"a".repeat(33)] {
            assert!(!is_name(bad), "{bad:?}");
        }
        assert!(is_name("cam-2"));
    }
}
