//! What the console sees: the last entries and what changed since its last frame.

use std::collections::VecDeque;
use surtitle_core::wire::{Entry, ServerFrame};
use surtitle_core::{Event, EventId, EventKind, Fate, Millis};

/// Entries of any kind kept for a console that opens.
const RECENT: usize = 200;
/// Gifts kept beside them, so that a flood does not push them out.
const GIFTS: usize = 500;
/// Most new entries in one log frame; older ones are left out and counted.
const FRAME: usize = 100;

/// Entries for consoles. Bounded: see the constants above.
#[derive(Debug, Default)]
pub struct Desk {
    recent: VecDeque<Entry>,
    gifts: VecDeque<Entry>,
    fresh: VecDeque<Entry>,
    skipped: u32,
    fates: Vec<(EventId, Fate)>,
}

impl Desk {
    /// A new event.
    pub fn add(&mut self, event: Event, fate: Option<Fate>) {
        let entry = Entry { event, fate, held_until: None };
        let keep = match entry.event.kind {
            EventKind::Gift { .. } => (&mut self.gifts, GIFTS),
            _ => (&mut self.recent, RECENT),
        };
        keep.0.push_back(entry.clone());
        if keep.0.len() > keep.1 {
            keep.0.pop_front();
        }
        self.fresh.push_back(entry);
        if self.fresh.len() > FRAME {
            // A gift is never left out of the live list for a comment.
            let i = self.fresh.iter().position(|e| !matches!(e.event.kind, EventKind::Gift { .. }));
            self.fresh.remove(i.unwrap_or(0));
            self.skipped += 1;
        }
    }

    /// The air delay holds an event that came just now.
    pub fn hold(&mut self, id: &EventId, until: Millis) {
        for kept in [&mut self.recent, &mut self.fresh] {
            if let Some(entry) = kept.iter_mut().rev().find(|e| e.event.id == *id) {
                entry.held_until = Some(until);
            }
        }
    }

    /// An event's fate, first or changed.
    pub fn fate(&mut self, id: &EventId, fate: &Fate) {
        for kept in [&mut self.recent, &mut self.gifts] {
            if let Some(entry) = kept.iter_mut().rev().find(|e| e.event.id == *id) {
                settle(entry, fate);
            }
        }
        match self.fresh.iter_mut().rev().find(|e| e.event.id == *id) {
            Some(entry) => settle(entry, fate),
            None => self.fates.push((id.clone(), fate.clone())),
        }
    }

    /// Everything for a console that opens, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        let mut all: Vec<Entry> = self.recent.iter().chain(&self.gifts).cloned().collect();
        all.sort_by_key(|entry| entry.event.at);
        all
    }

    /// What changed since the last call, if anything.
    pub fn take(&mut self) -> Option<ServerFrame> {
        if self.fresh.is_empty() && self.fates.is_empty() {
            return None;
        }
        Some(ServerFrame::Log {
            entries: std::mem::take(&mut self.fresh).into(),
            skipped: std::mem::take(&mut self.skipped),
            fates: std::mem::take(&mut self.fates),
        })
    }

    /// Forgets what changed: nobody watches.
    pub fn idle(&mut self) {
        self.fresh.clear();
        self.fates.clear();
        self.skipped = 0;
    }
}

/// What is removed keeps who and when, and loses its words.
fn settle(entry: &mut Entry, fate: &Fate) {
    if matches!(fate, Fate::Removed { .. }) {
        entry.event.redact();
    }
    entry.fate = Some(fate.clone());
}
