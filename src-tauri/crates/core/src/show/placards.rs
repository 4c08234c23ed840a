//! Placards on the picture, and the figures the show counts into them.
//!
//! Votes: while a poll is open, a comment that is nothing but the number of
//! an option is a vote. One a person, the latest counts. Gifts, likes and
//! follows move goals; the worth of gifts makes ranks. What is rehearsed moves
//! rehearsed placards only. A placard whose figures move is told at most every
//! 250 ms.

use super::ballot::Ballot;
use crate::placard::{Placard, PlacardKind, RankRow, Unit};
use crate::{Code, Cue, Event, EventId, EventKind, Millis, Reject, Sender, Tip, UserId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Most placards at once; one more is refused.
pub(super) const BOUND: usize = 16;
/// Most givers a rank remembers; whoever gives first after that is not ranked.
const GIVERS: usize = 20_000;
/// A placard's figures are told at most once in this many ms.
const GAP: u64 = 250;
/// How long an ended voucher stays to be read, in ms.
const AFTER_END: u64 = 10_000;

/// A placard with what stands behind its figures, as it is written down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// As it is shown.
    pub placard: Placard,
    /// Who voted for what.
    #[serde(default)]
    pub(super) ballot: Ballot,
    /// Who gave how much.
    #[serde(default)]
    pub(super) givers: HashMap<UserId, (Sender, u64)>,
    #[serde(skip)]
    told: Millis,
    #[serde(skip)]
    news: bool,
}

/// At most [`BOUND`] placards, in the order they were placed.
#[derive(Debug, Clone, Default)]
pub(super) struct Placards {
    all: Vec<Kept>,
}

impl Placards {
    /// Those of an earlier run.
    pub(super) fn new(kept: Vec<Kept>) -> Self {
        Self { all: kept.into_iter().take(BOUND).collect() }
    }

    /// All of them, in the order they were placed.
    pub(super) fn list(&self) -> Vec<Placard> {
        self.all.iter().map(|kept| kept.placard.clone()).collect()
    }

    /// What is to be written down: everything that is not rehearsed.
    pub(super) fn kept(&self) -> Vec<Kept> {
        self.all.iter().filter(|kept| !kept.placard.is_rehearsed()).cloned().collect()
    }

    /// Puts up a checked placard, or brings the one with its id up to date.
    /// Figures that the show counts go on from where they are.
    pub(super) fn place(&mut self, now: Millis, placard: Placard) -> Result<Cue, Reject> {
        let known = self.all.iter().position(|kept| kept.placard.id == placard.id);
        let old = known.map(|index| self.all.remove(index));
        if self.all.len() >= BOUND {
            return Err(Reject::new(
                Code::Full,
                format!("{BOUND} placards are on the picture; take one off first"),
            ));
        }
        let kept = Kept::after(now, placard, old);
        let cue = Cue::Placard { placard: kept.placard.clone() };
        self.all.insert(known.unwrap_or(self.all.len()), kept);
        Ok(cue)
    }

    /// Takes one off; `None` if it is off already.
    pub(super) fn take(&mut self, id: &str) -> Option<Cue> {
        let index = self.all.iter().position(|kept| kept.placard.id == id)?;
        self.all.remove(index);
        Some(Cue::PlacardEnd { id: id.to_owned() })
    }

    /// Counts a comment that is a vote, and names the poll it went into.
    pub(super) fn vote(&mut self, event: &Event) -> Option<EventId> {
        let (EventKind::Comment { text, paid: None }, Some(from)) = (&event.kind, &event.from)
        else {
            return None;
        };
        let number = super::ballot::number(text)?;
        let rehearsed = is_rehearsed(event);
        let kept = self.all.iter_mut().find(|kept| {
            kept.placard.is_rehearsed() == rehearsed && kept.options_open() >= number
        })?;
        kept.news |= kept.ballot.cast(&from.id, number, &event.id);
        Some(EventId(kept.placard.id.clone()))
    }

    /// Counts a gift or a follow into goals and ranks.
    pub(super) fn count(&mut self, event: &Event) {
        let rehearsed = is_rehearsed(event);
        let meant = |kept: &&mut Kept| kept.placard.is_rehearsed() == rehearsed;
        match (&event.kind, &event.from) {
            (EventKind::Gift { gift, count }, Some(from)) => {
                let coins = u64::from(gift.coins) * u64::from(*count);
                for kept in self.all.iter_mut().filter(meant) {
                    kept.add(Unit::Gifts, u64::from(*count));
                    kept.add(Unit::Coins, coins);
                    kept.give(from, coins);
                }
            }
            (EventKind::Tip { tip: Tip::Follow, users, more }, _) => {
                let people = users.len() as u64 + u64::from(*more);
                for kept in self.all.iter_mut().filter(meant) {
                    kept.add(Unit::Follows, people);
                }
            }
            _ => {}
        }
    }

    /// Counts taps on like into goals.
    pub(super) fn like(&mut self, taps: u32) {
        for kept in &mut self.all {
            kept.add(Unit::Likes, taps.into());
        }
    }

    /// Takes back what was removed: questions go, votes are given back.
    pub(super) fn remove(&mut self, gone: &[EventId]) -> Vec<Cue> {
        for kept in &mut self.all {
            kept.news |= kept.ballot.take_back(gone);
        }
        self.end(|kept| match &kept.placard.kind {
            PlacardKind::Question { event: Some(event), .. } => gone.contains(event),
            _ => false,
        })
    }

    /// Takes somebody off: their question, their vote, their row.
    pub(super) fn remove_user(&mut self, user: &UserId) -> Vec<Cue> {
        for kept in &mut self.all {
            kept.news |= kept.ballot.forget(user);
            kept.news |= kept.givers.remove(user).is_some();
        }
        self.end(|kept| match &kept.placard.kind {
            PlacardKind::Question { from: Some(from), .. } => from.id == *user,
            _ => false,
        })
    }

    /// Takes off what has words or names of viewers; the host's own stay.
    pub(super) fn clear(&mut self) -> Vec<Cue> {
        let is_theirs = |kept: &Kept| {
            matches!(kept.placard.kind, PlacardKind::Question { .. } | PlacardKind::Rank { .. })
        };
        self.end(is_theirs)
    }

    /// What time brings: figures that moved, vouchers that ended.
    pub(super) fn tick(&mut self, now: Millis) -> Vec<Cue> {
        let mut cues = Vec::new();
        for kept in &mut self.all {
            if kept.news && kept.told.plus(GAP) <= now {
                (kept.told, kept.news) = (now, false);
                kept.figure();
                cues.push(Cue::Placard { placard: kept.placard.clone() });
            }
        }
        cues.extend(self.end(|kept| kept.leaves_at().is_some_and(|at| at <= now)));
        cues
    }

    /// When [`Placards::tick`] has something to do next; maybe in the past.
    pub(super) fn next_wakeup(&self) -> Option<Millis> {
        let told = self.all.iter().filter(|kept| kept.news).map(|kept| kept.told.plus(GAP));
        told.chain(self.all.iter().filter_map(Kept::leaves_at)).min()
    }

    fn end(&mut self, is_meant: impl Fn(&Kept) -> bool) -> Vec<Cue> {
        let (ended, rest) = std::mem::take(&mut self.all).into_iter().partition(is_meant);
        self.all = rest;
        Vec::into_iter(ended).map(|kept: Kept| Cue::PlacardEnd { id: kept.placard.id }).collect()
    }
}

impl Kept {
    /// `placard` with the figures of `old`, where those are the same.
    fn after(now: Millis, placard: Placard, old: Option<Self>) -> Self {
        let mut kept = Self {
            placard,
            ballot: Ballot::default(),
            givers: HashMap::new(),
            told: now,
            news: false,
        };
        let old = old.map(|old| (old.placard.kind, old.ballot, old.givers));
        match (&mut kept.placard.kind, old) {
            (
                PlacardKind::Goal { unit, value, .. },
                Some((PlacardKind::Goal { unit: u, value: v, .. }, ..)),
            ) if *unit == u => {
                *value = v;
            }
            (
                PlacardKind::Poll { options, .. },
                Some((PlacardKind::Poll { options: o, .. }, ballot, _)),
            ) if options.len() == o.len() => {
                kept.ballot = ballot;
            }
            (PlacardKind::Rank { .. }, Some((PlacardKind::Rank { .. }, _, givers))) => {
                kept.givers = givers;
            }
            _ => {}
        }
        kept.figure();
        kept
    }

    /// Writes what was counted into the placard.
    fn figure(&mut self) {
        match &mut self.placard.kind {
            PlacardKind::Poll { options, .. } => {
                for (number, option) in (1..).zip(options) {
                    option.votes = self.ballot.votes(number);
                }
            }
            PlacardKind::Rank { places, rows, .. } => {
                let mut all: Vec<&(Sender, u64)> = self.givers.values().collect();
                all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
                let top = all.into_iter().take(usize::from(*places));
                *rows =
                    top.map(|(who, coins)| RankRow { who: who.clone(), coins: *coins }).collect();
            }
            _ => {}
        }
    }

    /// Options that may be voted for now.
    fn options_open(&self) -> u8 {
        match &self.placard.kind {
            PlacardKind::Poll { options, open: true, .. } => {
                u8::try_from(options.len()).unwrap_or(u8::MAX)
            }
            _ => 0,
        }
    }

    fn add(&mut self, what: Unit, add: u64) {
        if let PlacardKind::Goal { unit, value, .. } = &mut self.placard.kind
            && *unit == what
            && add > 0
        {
            *value = value.saturating_add(add).min(crate::placard::FIGURE_LIMIT);
            self.news = true;
        }
    }

    fn give(&mut self, from: &Sender, coins: u64) {
        if coins == 0 || !matches!(self.placard.kind, PlacardKind::Rank { .. }) {
            return;
        }
        if let Some((who, sum)) = self.givers.get_mut(&from.id) {
            who.clone_from(from);
            *sum = sum.saturating_add(coins);
        } else if self.givers.len() < GIVERS {
            self.givers.insert(from.id.clone(), (from.clone(), coins));
        }
        self.news = true;
    }

    fn leaves_at(&self) -> Option<Millis> {
        match &self.placard.kind {
            PlacardKind::Voucher { ends_at, .. } => ends_at.map(|at| at.plus(AFTER_END)),
            _ => None,
        }
    }
}

/// Whether an event is of a rehearsal.
fn is_rehearsed(event: &Event) -> bool {
    event.source == "rehearsal"
}

#[cfg(test)]
mod tests;
