//! What is under way on a board, on its way to the pages that read it.

use std::time::Duration;
use surtitle_core::board::LiveStroke;
use surtitle_core::wire::{BoardWord, Laser, LiveInk};
use tokio::time::Instant;

/// What a hand or two draw is told at least this far apart, so practically as it
/// comes: a page sends what grew 71 times a second. Waiting for a tick would
/// cost every reader half of it.
const ALONE: Duration = Duration::from_millis(4);
/// With more strokes under way they are gathered: 60 times a second.
const CROWD: Duration = Duration::from_micros(16_666);
/// More strokes at once than this are a crowd.
const FEW: usize = 2;

/// What goes out with the next telling.
#[derive(Debug)]
pub struct Tidings {
    begun: Vec<LiveStroke>,
    more: Vec<LiveInk>,
    gone: Vec<u32>,
    lasers: Vec<Laser>,
    told_at: Instant,
}

impl Tidings {
    /// Nothing to tell.
    pub fn new() -> Self {
        let (begun, more, gone, lasers) = Default::default();
        Self { begun, more, gone, lasers, told_at: Instant::now() }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.begun.is_empty()
            && self.more.is_empty()
            && self.gone.is_empty()
            && self.lasers.is_empty()
    }

    /// When it is to be told, with so many strokes under way; `None` for nothing.
    pub fn due(&self, strokes: usize) -> Option<Instant> {
        let few = strokes.max(self.lasers.len()) <= FEW;
        (!self.is_empty()).then_some(self.told_at + if few { ALONE } else { CROWD })
    }

    /// A stroke begins.
    pub fn begin(&mut self, stroke: LiveStroke) {
        self.begun.push(stroke);
    }

    /// More points of a stroke: one piece of each, however often it grew.
    pub fn extend(&mut self, live: u32, ink: &str) {
        if let Some(known) = self.begun.iter_mut().find(|stroke| stroke.live == live) {
            known.ink.push_str(ink);
        } else if let Some(known) = self.more.iter_mut().find(|more| more.live == live) {
            known.ink.push_str(ink);
        } else {
            self.more.push(LiveInk { live, ink: ink.to_owned() });
        }
    }

    /// It is over: the entry tells all of it.
    pub fn forget(&mut self, live: u32) {
        self.begun.retain(|stroke| stroke.live != live);
        self.more.retain(|more| more.live != live);
    }

    /// It never was.
    pub fn cancel(&mut self, live: u32) {
        self.forget(live);
        self.gone.push(live);
    }

    /// A pointer has moved; where it was before is not told.
    pub fn point(&mut self, laser: Laser) {
        self.lasers.retain(|known| known.by != laser.by);
        self.lasers.push(laser);
    }

    /// Takes what there is to tell, and whether all of it must arrive.
    pub fn take(&mut self) -> (BoardWord, bool) {
        let Self { begun, more, gone, lasers, .. } = std::mem::replace(self, Self::new());
        // An end must arrive; points that are lost come with the entry.
        let must = !gone.is_empty();
        (BoardWord::Live { begun, more, gone, lasers }, must)
    }
}
