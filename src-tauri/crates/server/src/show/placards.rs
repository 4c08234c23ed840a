//! Placards: who may put them up, who is told of them, and writing them down.

use super::ShowTask;
use super::command::Outcome;
use crate::frames;
use crate::room_task::Input as RoomInput;
use crate::ws::conn::Level;
use std::time::Duration;
use surtitle_core::placard::{Placard, PlacardKind};
use surtitle_core::show::Input;
use surtitle_core::wire::ServerFrame;
use surtitle_core::{Code, Cue, EventId, Millis, Reject, Role, Sender, UserId};
use tokio::time::Instant;

/// Setting that holds the placards.
pub const PLACARDS_SETTING: &str = "placards";
/// Consoles and members are told at most this often.
const TELL_EVERY: Duration = Duration::from_millis(250);
/// Figures that moved are written down at most this often.
const KEEP_EVERY: Duration = Duration::from_secs(2);

/// When placards are told and written down next.
#[derive(Debug)]
pub struct Due {
    told: Instant,
    kept: Instant,
    tell: bool,
    keep: bool,
    /// Something was taken off: nothing of it may stay anywhere for a moment longer.
    at_once: bool,
}

impl Due {
    /// Told to the room as soon as the show runs.
    pub fn new() -> Self {
        let now = Instant::now();
        Self { told: now, kept: now, tell: true, keep: false, at_once: false }
    }

    /// Has everybody told: another room is on show.
    pub fn tell(&mut self) {
        self.tell = true;
    }

    /// Has everybody told, and what is kept changed, without a pause.
    pub fn at_once(&mut self) {
        self.at_once = true;
    }

    /// When there is something to do next.
    pub fn next_wakeup(&self) -> Option<Instant> {
        let tell =
            self.tell.then(|| self.told + if self.at_once { Duration::ZERO } else { TELL_EVERY });
        tell.into_iter().chain(self.keep.then(|| self.kept + KEEP_EVERY)).min()
    }
}

impl ShowTask {
    /// Puts a placard up, and writes it down before it is answered.
    pub(super) async fn place(&mut self, now: Millis, mut placard: Placard) -> Outcome {
        let images = &self.shared.images;
        match &mut placard.kind {
            PlacardKind::Product { picture, .. } => {
                *picture = picture.take().and_then(|address| images.own_large(&address));
            }
            PlacardKind::Question { from: Some(from), .. } => images.own_sender(from),
            _ => {}
        }
        self.show_input(now, Input::Place { placard })?;
        self.keep_placards().await
    }

    /// Brings figures of placards up to date. One that is not on the picture
    /// stays off: somebody took it off.
    pub(super) fn figures(&mut self, now: Millis, placards: Vec<Placard>) {
        let shown = self.show.placards();
        for placard in placards {
            if shown.iter().any(|known| known.id == placard.id) {
                // Its terms were checked when it was put up.
                let _ = self.show_input(now, Input::Place { placard });
            }
        }
    }

    /// Takes a placard off. Of one that is off already, nothing.
    pub(super) async fn take(&mut self, now: Millis, by: &Sender, id: String) -> Outcome {
        let known = self.show.placards().into_iter().find(|placard| placard.id == id);
        if known.is_some_and(|placard| by.role < needs(&placard.kind)) {
            return Err(Reject::new(
                Code::Role,
                "only the host may take this off; sign in with the host token",
            ));
        }
        self.show_input(now, Input::Take { id })?;
        self.keep_placards().await
    }

    /// Notes that placards have changed.
    pub(super) fn note_placards(&mut self, cue: &Cue) {
        if matches!(cue, Cue::Placard { .. } | Cue::PlacardEnd { .. }) {
            (self.placards.tell, self.placards.keep) = (true, true);
        }
    }

    /// Tells consoles and members of the room, and writes down what moved.
    pub(super) async fn tell_placards(&mut self) {
        let now = Instant::now();
        let at_once = self.placards.at_once;
        if self.placards.tell && (at_once || now >= self.placards.told + TELL_EVERY) {
            self.placards.told = now;
            let frame = frames::encode(&ServerFrame::Placards { placards: self.show.placards() });
            self.consoles.fan_out(&frame, Level::Message);
            // A remote room has its own host and its own placards.
            let embedded = self.session.info.remote.is_none();
            let empty = || frames::encode(&ServerFrame::Placards { placards: Vec::new() });
            let frame = if embedded { frame } else { empty() };
            // The room may be waiting for us: if its queue is full, later.
            self.placards.tell = !self.room.try_tell(RoomInput::Placards(frame));
        }
        self.placards.at_once &= self.placards.tell;
        if self.placards.keep && (at_once || now >= self.placards.kept + KEEP_EVERY) {
            // The log says why it did not work; the next change tries again.
            let _ = self.keep_placards().await;
        }
    }

    async fn keep_placards(&mut self) -> Outcome {
        (self.placards.keep, self.placards.kept) = (false, Instant::now());
        let value = serde_json::to_value(self.show.kept_placards())
            .expect("ids are strings, so every map has string keys");
        self.keep(PLACARDS_SETTING, value).await
    }
}

/// The role that may put up and take off this kind.
pub fn needs(kind: &PlacardKind) -> Role {
    match kind {
        PlacardKind::Question { .. } | PlacardKind::Ticker { .. } => Role::Helper,
        _ => Role::Host,
    }
}

/// Whether it shows one of these events.
pub fn is_of(placard: &Placard, ids: &[EventId]) -> bool {
    match &placard.kind {
        PlacardKind::Question { event: Some(event), .. } => ids.contains(event),
        _ => false,
    }
}

/// Whether it shows something by this person.
pub fn is_by(placard: &Placard, user: &UserId) -> bool {
    match &placard.kind {
        PlacardKind::Question { from: Some(from), .. } => from.id == *user,
        PlacardKind::Rank { rows, .. } => rows.iter().any(|row| row.who.id == *user),
        _ => false,
    }
}
