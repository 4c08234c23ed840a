//! One page of the board.

use super::{Ground, PageId, Stroke, StrokeId};
use crate::{Seq, UserId};
use serde::{Deserialize, Serialize};

/// A stroke of a page, and whether it is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Slot {
    stroke: Stroke,
    /// Number of the entry that took it off.
    hidden: Option<Seq>,
}

/// A page: its ground and its strokes, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its number.
    pub id: PageId,
    /// What lies under the ink.
    pub ground: Ground,
    slots: Vec<Slot>,
}

/// A page without its strokes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PageInfo {
    /// Its number.
    pub id: PageId,
    /// What lies under the ink.
    pub ground: Ground,
    /// Strokes that are seen.
    pub strokes: u32,
}

impl Page {
    /// An empty page.
    pub fn new(id: PageId) -> Self {
        Self { id, ground: Ground::default(), slots: Vec::new() }
    }

    /// The page without its strokes.
    pub fn info(&self) -> PageInfo {
        let strokes = self.strokes(StrokeId(0)).count();
        let strokes = u32::try_from(strokes).unwrap_or(u32::MAX);
        PageInfo { id: self.id, ground: self.ground.clone(), strokes }
    }

    /// Strokes that are seen and came after `after`, lowest first.
    pub fn strokes(&self, after: StrokeId) -> impl Iterator<Item = &Stroke> {
        let from = self.slots.partition_point(|slot| slot.stroke.id <= after);
        self.slots[from..].iter().filter(|slot| slot.hidden.is_none()).map(|slot| &slot.stroke)
    }

    /// One stroke, seen or not.
    pub(super) fn find(&self, id: StrokeId) -> Option<&Stroke> {
        self.place(id).map(|i| &self.slots[i].stroke)
    }

    pub(super) fn put(&mut self, stroke: Stroke) {
        self.slots.push(Slot { stroke, hidden: None });
    }

    /// Whether it is there now and was seen before, or the other way round.
    pub(super) fn hide(&mut self, id: StrokeId, by: Option<Seq>) -> bool {
        match self.place(id) {
            Some(i) if self.slots[i].hidden.is_some() != by.is_some() => {
                self.slots[i].hidden = by;
                true
            }
            _ => false,
        }
    }

    pub(super) fn wipe(&mut self, by: Seq) {
        for slot in &mut self.slots {
            slot.hidden.get_or_insert(by);
        }
    }

    pub(super) fn unwipe(&mut self, by: Seq) {
        for slot in &mut self.slots {
            if slot.hidden == Some(by) {
                slot.hidden = None;
            }
        }
    }

    /// Whether that entry took something off here that could come back.
    pub(super) fn has_wiped(&self, by: Seq) -> bool {
        self.slots.iter().any(|slot| slot.hidden == Some(by))
    }

    pub(super) fn forget(&mut self, user: &UserId) {
        self.slots.retain(|slot| slot.stroke.by != *user);
    }

    /// Throws away what is not seen.
    pub(super) fn compact(&mut self) {
        self.slots.retain(|slot| slot.hidden.is_none());
    }

    /// Strokes and bytes, those that are not seen too.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.slots.len(), self.slots.iter().map(|slot| slot.stroke.bytes()).sum())
    }

    fn place(&self, id: StrokeId) -> Option<usize> {
        self.slots.binary_search_by_key(&id, |slot| slot.stroke.id).ok()
    }
}
