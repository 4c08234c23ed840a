//! A show: one live presentation.
//!
//! It takes events from its room session and from connectors, ignores those
//! it has seen, queues the rest by priority, paces them to what a picture can
//! carry, folds gift combos into cards, and answers with cues for surfaces and
//! with exactly one fate for every event. It has no clock and no IO:
//!
//! ```text
//! on input:            show.handle(now, input)  ─► outputs, performed in order
//! at next_wakeup():    show.tick(now)           ─► outputs, performed in order
//! ```
//!
//! `handle` takes in and carries out what a host does by hand; everything that
//! waits for its turn comes out of `tick`. After a `handle`, `next_wakeup` may
//! lie in the past: take in what else has arrived, then tick.
//!
//! Comments and tips share the pace, most important level first, in order
//! inside a level. Gifts wait beside them for one of two card places and for
//! nothing else, whatever priority they carry. Likes and the online count are
//! state, told at most every 100 ms.
//!
//! ```
//! use surtitle_core::show::{Input, Output, Show};
//! use surtitle_core::{Accounts, Cue, Millis};
//!
//! let mut show = Show::new(Millis(0), Accounts::default(), 12);
//! show.handle(Millis(0), Input::Likes { total: 9, add: 2 })?;
//! let told = show.tick(Millis(0));
//! assert_eq!(told, [Output::Cue(Cue::Likes { total: 9, add: 2 })]);
//! # Ok::<(), surtitle_core::Reject>(())
//! ```

mod accounts;
mod cards;
mod combo;
mod counts;
mod host;
mod input;
mod pace;
mod queue;
mod recent;
#[cfg(test)]
mod sample;
mod seen;
#[cfg(test)]
mod tests;
mod turn;

pub use input::{Input, Output};

use crate::Accounts;
use crate::{Card, Cue, Event, EventKind, Fate, Millis, Priority, Reject};
use accounts::Books;
use cards::{Cards, Move};
use combo::Combo;
use counts::Counts;
use pace::Pace;
use queue::{BOUNDS, Queue};
use recent::{Recent, Record, Was};
use seen::{LastLines, Seen};
use std::collections::VecDeque;

/// Most lines in [`Show::feed`].
const FEED: usize = 30;

/// One live presentation. Everything in it is bounded: four waiting levels of
/// 1,000, 500, 200 and 100 (gifts count as High), 2 open cards, the last
/// 20,000 ids, 2,000 last lines of senders, 2,000 shown lines and 2,000 shown
/// gifts that can still be taken off, 30 lines of feed.
#[derive(Debug, Clone)]
pub struct Show {
    /// The latest time it was told; an earlier one is taken for this one.
    now: Millis,
    books: Books,
    seen: Seen,
    last_lines: LastLines,
    queue: Queue,
    cards: Cards,
    pace: Pace,
    recent: Recent,
    /// At most [`FEED`], oldest first; the oldest leaves.
    feed: VecDeque<Event>,
    pinned: Option<Record>,
    counts: Counts,
}

impl Show {
    /// A show that goes on from `accounts` (of the store, or empty). What they
    /// hold as waiting is what will come as [`Input::Recovered`]. `pace` is
    /// comments and tips a second, moved into 1–60.
    pub fn new(now: Millis, accounts: Accounts, pace: u32) -> Self {
        Self {
            now,
            books: Books::new(accounts),
            seen: Seen::default(),
            last_lines: LastLines::default(),
            queue: Queue::default(),
            cards: Cards::default(),
            pace: Pace::new(now, pace),
            recent: Recent::default(),
            feed: VecDeque::new(),
            pinned: None,
            counts: Counts::default(),
        }
    }

    /// Takes one input in.
    ///
    /// An event whose id was among the last 20,000 is the same event, come
    /// again over a resumed link: it is ignored wholly and not accounted for.
    /// What a host does by hand is idempotent: taking off what is off already,
    /// or unpinning nothing, changes nothing.
    ///
    /// # Errors
    /// [`crate::Code::UnknownItem`] for a [`Input::Pin`] or [`Input::Remove`]
    /// of nothing that waits or is remembered as shown.
    pub fn handle(&mut self, now: Millis, input: Input) -> Result<Vec<Output>, Reject> {
        let now = self.advance(now);
        let mut out = Vec::new();
        match input {
            Input::Event(event) => {
                if self.seen.is_new(&event.id) {
                    self.books.receive();
                    out.push(Output::Received { event: event.clone() });
                    if self.last_lines.is_repeat(&event) {
                        let fate = Fate::Blocked { rule: "duplicate".to_owned() };
                        self.settle(event, fate, &mut out);
                    } else {
                        self.accept(now, event, &mut out);
                    }
                }
            }
            Input::Fated { event, fate } => {
                if self.seen.is_new(&event.id) {
                    self.books.receive();
                    out.push(Output::Received { event: event.clone() });
                    self.settle(event, fate, &mut out);
                }
            }
            Input::Recovered(event) => {
                if self.seen.is_new(&event.id) {
                    self.books.recover();
                    self.accept(now, event, &mut out);
                }
            }
            Input::Likes { total, add } => self.counts.set_likes(total, add),
            Input::Online { count } => self.counts.set_online(count),
            Input::Pace { per_second } => self.pace.set(now, per_second),
            Input::Pin { id, .. } => self.pin(now, &id, &mut out)?,
            Input::Unpin => self.unpin(&mut out),
            Input::Remove { ids, by } => self.remove(&ids, &by, &mut out)?,
            Input::RemoveUser { user, by } => self.remove_user(&user, &by, &mut out),
            Input::Clear { .. } => self.clear(&mut out),
        }
        Ok(out)
    }

    /// What time brings: cards that come, grow and go, lines whose time is up,
    /// lines the pace allows, counts that moved.
    pub fn tick(&mut self, now: Millis) -> Vec<Output> {
        let now = self.advance(now);
        let mut out = Vec::new();
        let moves = self.cards.tick(now);
        self.play(moves, &mut out);
        for event in self.queue.expire(now) {
            self.age_out(event, &mut out);
        }
        while !self.queue.is_empty() && self.pace.take(now) {
            let Some(event) = self.queue.pop() else { break };
            if self.feed.len() == FEED {
                self.feed.pop_front();
            }
            self.feed.push_back(event.clone());
            out.push(Output::Cue(Cue::Comment { event: event.clone() }));
            self.settle(event, Fate::Shown, &mut out);
        }
        out.extend(self.counts.tick(now).into_iter().map(Output::Cue));
        out
    }

    /// When [`Show::tick`] has something to do next, later than the last tick;
    /// after a `handle` it may lie in the past. `None` if nothing waits.
    pub fn next_wakeup(&self) -> Option<Millis> {
        let line = (!self.queue.is_empty()).then(|| self.pace.ready_at());
        let times =
            [line, self.queue.expires_at(), self.cards.next_wakeup(), self.counts.next_wakeup()];
        times.into_iter().flatten().min()
    }

    /// The books. They balance after every call.
    pub fn accounts(&self) -> Accounts {
        self.books.accounts()
    }

    /// Waiting now: High (gifts included), Normal, Low, Lowest. A gift counted
    /// into a waiting one has its fate already and does not count here.
    pub fn depths(&self) -> [u32; 4] {
        let mut depths = self.queue.depths();
        depths[Priority::High.level()] += self.cards.waiting();
        depths.map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    }

    /// The last lines shown and still to be seen, oldest first, at most 30.
    pub fn feed(&self) -> Vec<Event> {
        self.feed.iter().cloned().collect()
    }

    /// Open gift cards, oldest first, at most 2.
    pub fn cards(&self) -> Vec<Card> {
        self.cards.open()
    }

    /// The pinned item.
    pub fn pinned(&self) -> Option<&Event> {
        self.pinned.as_ref().map(|record| &record.event)
    }

    /// Like total.
    pub fn likes(&self) -> u64 {
        self.counts.likes
    }

    /// People in the room, guests included.
    pub fn online(&self) -> u32 {
        self.counts.online
    }

    fn advance(&mut self, now: Millis) -> Millis {
        self.now = self.now.max(now);
        self.now
    }

    /// Queues an event that waits in the books, or settles it at once.
    fn accept(&mut self, now: Millis, event: Event, out: &mut Vec<Output>) {
        if matches!(event.kind, EventKind::Custom { .. }) {
            return self.settle(event, Fate::Blocked { rule: "custom".to_owned() }, out);
        }
        if let Some(gift) = Combo::open(now, &event) {
            return self.accept_gift(now, gift, out);
        }
        if let Some(late) = self.queue.offer(now, event, self.cards.waiting()) {
            self.age_out(late, out);
        }
    }

    /// Folds a gift into its combo or lets it wait. When High is full its
    /// oldest line makes room, else the cheapest waiting gift, else nobody.
    fn accept_gift(&mut self, now: Millis, gift: Combo, out: &mut Vec<Output>) {
        if let Some(into) = self.cards.merge(now, &gift) {
            return self.settle(gift.opener, Fate::Merged { into }, out);
        }
        let high = self.queue.depths()[Priority::High.level()] + self.cards.waiting();
        if high >= BOUNDS[Priority::High.level()] {
            match self.queue.pop_high().or_else(|| self.cards.push_out(&gift)) {
                Some(late) => self.age_out(late, out),
                None => return self.age_out(gift.opener, out),
            }
        }
        self.cards.wait(gift);
    }

    /// Gives a waiting event its first fate, and remembers what can be taken off.
    fn settle(&mut self, event: Event, fate: Fate, out: &mut Vec<Output>) {
        self.books.settle(&fate);
        out.push(Output::Fate { id: event.id.clone(), fate: fate.clone() });
        match fate {
            Fate::Shown => self.recent.push(event, Was::Shown),
            Fate::Merged { into } => self.recent.push(event, Was::Merged { into }),
            Fate::Removed { .. } => self.recent.push(event, Was::Removed),
            Fate::AgedOut { .. } | Fate::Blocked { .. } | Fate::Refused { .. } => {}
        }
    }

    fn age_out(&mut self, event: Event, out: &mut Vec<Output>) {
        self.settle(event, Fate::AgedOut { stage: "queue".to_owned() }, out);
    }

    /// Turns what happened to cards into cues and fates.
    fn play(&mut self, moves: Vec<Move>, out: &mut Vec<Output>) {
        for step in moves {
            match step {
                Move::Opened(card) => {
                    let id = card.id.clone();
                    out.push(Output::Cue(Cue::Gift { card }));
                    self.books.settle(&Fate::Shown);
                    out.push(Output::Fate { id, fate: Fate::Shown });
                }
                Move::Grown(card) => out.push(Output::Cue(Cue::Gift { card })),
                Move::Ended(opener) => {
                    out.push(Output::Cue(Cue::CardEnd { id: opener.id.clone() }));
                    self.recent.push(opener, Was::Shown);
                }
            }
        }
    }
}
