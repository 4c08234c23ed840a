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
mod ballot;
mod cards;
mod combo;
mod counts;
mod held;
mod host;
mod input;
mod pace;
mod paid;
mod placards;
mod queue;
mod recent;
#[cfg(test)]
mod sample;
mod seen;
#[cfg(test)]
mod tests;
mod turn;

pub use input::{Input, Output};
pub use placards::Kept;

use crate::Accounts;
use crate::{Card, Cue, Event, EventKind, Fate, Millis, PaidCard, Placard, Priority, Reject};
use accounts::Books;
use cards::{Cards, Move};
use combo::Combo;
use counts::Counts;
use held::Held;
use pace::Pace;
use paid::{PaidCards, Turn};
use placards::Placards;
use queue::{BOUNDS, Queue};
use recent::{Recent, Record, Was};
use seen::{LastLines, Seen};
use std::collections::VecDeque;

/// Most lines in [`Show::feed`].
const FEED: usize = 30;

/// One live presentation. Everything in it is bounded: 4,000 lines held by the
/// air delay, four waiting levels of 1,000, 500, 200 and 100 (gifts count as High), 2 open cards, the last
/// 20,000 ids, 2 standing paid comments (waiting ones count as High, at most
/// 300), 16 placards, 2,000 last lines of senders, 2,000 shown lines and 2,000 shown
/// gifts that can still be taken off, 30 lines of feed.
#[derive(Debug, Clone)]
pub struct Show {
    /// The latest time it was told; an earlier one is taken for this one.
    now: Millis,
    books: Books,
    seen: Seen,
    last_lines: LastLines,
    held: Held,
    queue: Queue,
    cards: Cards,
    paid: PaidCards,
    placards: Placards,
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
            held: Held::default(),
            queue: Queue::default(),
            cards: Cards::default(),
            paid: PaidCards::default(),
            placards: Placards::default(),
            pace: Pace::new(now, pace),
            recent: Recent::default(),
            feed: VecDeque::new(),
            pinned: None,
            counts: Counts::default(),
        }
    }

    /// The same with the placards of an earlier run.
    #[must_use]
    pub fn with_placards(mut self, kept: Vec<Kept>) -> Self {
        self.placards = Placards::new(kept);
        self
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
                    self.placards.count(&event);
                    if let Some(into) = self.placards.vote(&event) {
                        self.settle(event, Fate::Merged { into }, &mut out);
                    } else if self.last_lines.is_repeat(&event) {
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
            Input::Likes { total, add } => {
                self.counts.set_likes(total, add);
                self.placards.like(add);
            }
            Input::Online { count } => self.counts.set_online(count),
            Input::Pace { per_second } => self.pace.set(now, per_second),
            Input::Pin { id, .. } => self.pin(now, &id, &mut out)?,
            Input::Unpin => self.unpin(&mut out),
            Input::Remove { ids, by } => self.remove(&ids, &by, &mut out)?,
            Input::RemoveUser { user, by } => self.remove_user(&user, &by, &mut out),
            Input::Clear { .. } => self.clear(&mut out),
            Input::Place { placard } => self.place(now, placard, &mut out)?,
            Input::Delay { seconds } => self.held.set_delay(seconds),
            Input::Trust { users } => self.held.trust(users),
            Input::Air { id } => self.air(now, &id, &mut out)?,
            Input::Dump { by } => self.dump(&by, &mut out),
            Input::Take { id } => out.extend(self.placards.take(&id).map(Output::Cue)),
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
        for turn in self.paid.tick(now) {
            match turn {
                Turn::Up(card) => {
                    out.push(Output::Cue(Cue::Comment { event: card.event.clone() }));
                    self.push_feed(card.event.clone());
                    let event = card.event.clone();
                    out.push(Output::Cue(Cue::Paid { card: *card }));
                    self.settle(event, Fate::Shown, &mut out);
                }
                Turn::Down(id) => out.push(Output::Cue(Cue::CardEnd { id })),
            }
        }
        for event in self.held.release(now) {
            out.push(Output::Released { id: event.id.clone() });
            self.line_up(now, event, &mut out);
        }
        for event in self.queue.expire(now) {
            self.age_out(event, &mut out);
        }
        while !self.queue.is_empty() && self.pace.take(now) {
            let Some(event) = self.queue.pop() else { break };
            self.push_feed(event.clone());
            out.push(Output::Cue(Cue::Comment { event: event.clone() }));
            self.settle(event, Fate::Shown, &mut out);
        }
        out.extend(self.counts.tick(now).into_iter().map(Output::Cue));
        out.extend(self.placards.tick(now).into_iter().map(Output::Cue));
        out
    }

    /// When [`Show::tick`] has something to do next, later than the last tick;
    /// after a `handle` it may lie in the past. `None` if nothing waits.
    pub fn next_wakeup(&self) -> Option<Millis> {
        let line = (!self.queue.is_empty()).then(|| self.pace.ready_at());
        let times = [
            line,
            self.held.next_wakeup(),
            self.queue.expires_at(),
            self.cards.next_wakeup(),
            self.paid.next_wakeup(),
            self.placards.next_wakeup(),
            self.counts.next_wakeup(),
        ];
        times.into_iter().flatten().min()
    }

    /// The books. They balance after every call.
    pub fn accounts(&self) -> Accounts {
        self.books.accounts()
    }

    /// Waiting for the picture: High (gifts included), Normal, Low, Lowest. What
    /// the air delay holds ([`Show::held`]) is not among them. A gift counted
    /// into a waiting one has its fate already and does not count here.
    pub fn depths(&self) -> [u32; 4] {
        let mut depths = self.queue.depths();
        depths[Priority::High.level()] += self.beside();
        depths.map(|n| u32::try_from(n).unwrap_or(u32::MAX))
    }

    /// Seconds the air delay holds comments.
    pub fn delay_s(&self) -> u32 {
        self.held.delay_s()
    }

    /// Comments the air delay holds now, at most 4,000; they wait too.
    pub fn held(&self) -> u32 {
        u32::try_from(self.held.len()).unwrap_or(u32::MAX)
    }

    /// The last lines shown and still to be seen, oldest first, at most 30.
    pub fn feed(&self) -> Vec<Event> {
        self.feed.iter().cloned().collect()
    }

    /// Open gift cards, oldest first, at most 2.
    pub fn cards(&self) -> Vec<Card> {
        self.cards.open()
    }

    /// Paid comments that stand on the picture, oldest first, at most 2.
    pub fn paid(&self) -> Vec<PaidCard> {
        self.paid.up().to_vec()
    }

    /// Placards on the picture, in the order they were placed, at most 16.
    pub fn placards(&self) -> Vec<Placard> {
        self.placards.list()
    }

    /// The placards as they are to be written down; rehearsed ones are not.
    pub fn kept_placards(&self) -> Vec<Kept> {
        self.placards.kept()
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
        if event.kind.paid().is_some() {
            return self.accept_paid(event, out);
        }
        if self.held.holds(&event) {
            let id = event.id.clone();
            let (until, late) = self.held.put(now, event);
            out.push(Output::Held { id, until });
            if let Some(late) = late {
                self.settle(late, Fate::AgedOut { stage: "delay".to_owned() }, out);
            }
            return;
        }
        self.line_up(now, event, out);
    }

    /// Lets a line wait for the pace.
    fn line_up(&mut self, now: Millis, event: Event, out: &mut Vec<Output>) {
        if let Some(late) = self.queue.offer(now, event, self.beside()) {
            self.age_out(late, out);
        }
    }

    /// Lets a paid comment wait. When High is full its oldest line makes room,
    /// else the comment itself goes.
    fn accept_paid(&mut self, event: Event, out: &mut Vec<Output>) {
        let high = self.queue.depths()[Priority::High.level()] + self.beside();
        if high >= BOUNDS[Priority::High.level()] {
            match self.queue.pop_high() {
                Some(late) => self.age_out(late, out),
                None => return self.age_out(event, out),
            }
        }
        if let Some(late) = self.paid.offer(event) {
            self.age_out(late, out);
        }
    }

    /// What waits beside the lines of High.
    fn beside(&self) -> usize {
        self.cards.waiting() + self.paid.waiting()
    }

    fn push_feed(&mut self, event: Event) {
        if self.feed.len() == FEED {
            self.feed.pop_front();
        }
        self.feed.push_back(event);
    }

    /// Folds a gift into its combo or lets it wait. When High is full its
    /// oldest line makes room, else the cheapest waiting gift, else nobody.
    fn accept_gift(&mut self, now: Millis, gift: Combo, out: &mut Vec<Output>) {
        if let Some(into) = self.cards.merge(now, &gift) {
            return self.settle(gift.opener, Fate::Merged { into }, out);
        }
        let high = self.queue.depths()[Priority::High.level()] + self.beside();
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
