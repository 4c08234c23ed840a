//! What pages get when they ask: the stage, the figures.

use super::ShowTask;
use crate::frames;
use crate::ws::conn::{Conn, Level};
use std::sync::Arc;
use surtitle_core::wire::{DisplayInfo, ServerFrame, Stats};
use surtitle_core::{Code, Cue, Millis, Position, Reject, Stage};

impl ShowTask {
    /// Answers a page that wants an overlay's cues, and counts it in.
    pub(super) fn watch(
        &mut self,
        now: Millis,
        conn: Arc<Conn>,
        overlay: &str,
        resume: Option<Position>,
        preview: bool,
    ) {
        // Cues of this round belong to the pages that are here already.
        let cues = std::mem::take(&mut self.cues);
        self.displays.send(cues);
        self.stats_dirty = true;
        let Some(display) = self.displays.open(overlay) else {
            let reject = Reject::new(
                Code::UnknownOverlay,
                "no such overlay; names are 1 to 32 of a-z, 0-9 and hyphen",
            );
            return conn.push(&frames::encode_reject(&reject, None), Level::Message);
        };
        let (look, visible) = (display.look.clone(), !display.hidden);
        let backdrop = display.backdrop.clone();
        let theme = self.shared.themes.find(&look.theme);
        let position = self.displays.position();
        let frame = match self.displays.missed(overlay, resume, &theme) {
            Some(mut cues) => {
                let emotes = self.shared.emotes.told().emotes.clone();
                cues.insert(0, Cue::Emotes { emotes });
                ServerFrame::Cues { position, cues }
            }
            None => ServerFrame::Stage {
                stage: Box::new(Stage {
                    position,
                    now,
                    look,
                    theme,
                    visible,
                    feed: self.show.feed(),
                    cards: self.show.cards(),
                    paid: self.show.paid(),
                    placards: self.show.placards(),
                    pinned: self.show.pinned().cloned(),
                    likes: self.show.likes(),
                    online: self.show.online(),
                    emotes: self.shared.emotes.told().emotes.clone(),
                    backdrop,
                }),
            },
        };
        conn.push(&frames::encode(&frame), Level::Message);
        self.displays.watch(overlay, conn, preview);
    }

    pub(super) fn stats(&self) -> Stats {
        let accounts = self.show.accounts();
        let now = self.shared.clock.now();
        let displays = self.displays.iter().map(|(name, display)| DisplayInfo {
            name: name.clone(),
            pages: u32::try_from(display.hub.len()).unwrap_or(u32::MAX),
            paired: self.shared.tokens.paired(name),
            visible: !display.hidden,
            voice: display.voices.voice(),
            look: display.look.clone(),
        });
        Stats {
            now,
            accounts,
            unaccounted: accounts.unaccounted(),
            queue: self.show.depths(),
            rate: self.rate.2,
            online: self.show.online(),
            likes: self.show.likes(),
            session: self.session.info.clone(),
            displays: displays.collect(),
            pairings: self.pairings.list(now),
            viewer_path: self.session.viewer.clone(),
            seq: self.session.seq,
            obs: self.obs.borrow().clone(),
        }
    }
}
