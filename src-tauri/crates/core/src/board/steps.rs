//! What each author may take back, and put back.

use super::StrokeId;
use crate::{Seq, UserId};
use std::collections::{BTreeMap, VecDeque};

/// Steps kept of one author; an older one cannot be taken back any more.
const STEPS: usize = 200;

/// Something that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Stroke(StrokeId),
    Wipe(Seq),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Own {
    done: VecDeque<Step>,
    undone: Vec<StrokeId>,
}

/// The steps of every author.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Steps {
    of: BTreeMap<UserId, Own>,
}

impl Steps {
    /// Something new: what was undone cannot be put back any more.
    pub fn did(&mut self, who: &UserId, step: Step) {
        let own = self.of.entry(who.clone()).or_default();
        own.undone.clear();
        own.done.push_back(step);
        if own.done.len() > STEPS {
            own.done.pop_front();
        }
    }

    pub fn undid(&mut self, step: Step) {
        for own in self.of.values_mut() {
            let Some(at) = own.done.iter().rposition(|done| *done == step) else { continue };
            // Steps above it are of strokes that are gone.
            own.done.truncate(at);
            if let Step::Stroke(id) = step {
                own.undone.push(id);
            }
            return;
        }
    }

    pub fn redid(&mut self, step: Step) {
        let Step::Stroke(id) = step else { return };
        for own in self.of.values_mut() {
            let Some(at) = own.undone.iter().rposition(|undone| *undone == id) else { continue };
            own.undone.truncate(at);
            own.done.push_back(step);
            return;
        }
    }

    /// The last step of theirs that is still `there`.
    pub fn last_done(&self, who: &UserId, there: impl Fn(&Step) -> bool) -> Option<Step> {
        self.of.get(who)?.done.iter().rev().copied().find(there)
    }

    /// The last stroke they took back that is still `there`.
    pub fn last_undone(&self, who: &UserId, there: impl Fn(StrokeId) -> bool) -> Option<StrokeId> {
        self.of.get(who)?.undone.iter().rev().copied().find(|id| there(*id))
    }

    pub fn forget(&mut self, who: &UserId) {
        self.of.remove(who);
    }
}
