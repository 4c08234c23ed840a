//! What was asked of a remote room and not answered yet, pure.
//!
//! Bounded twice: [`PER_SECOND`] requests a second after a burst of
//! [`BURST`], well under what a server lets through before it counts abuse,
//! and [`LIMIT`] unanswered ones. A send over a bound is refused; of orders
//! the new one is dropped over the pace and the oldest forgotten over the
//! limit. Every send is settled once, at the latest after [`ANSWER`].

use std::collections::VecDeque;
use std::time::{Duration, Instant};
use surtitle_core::{Code, Reject};

/// Unanswered sends, and unanswered orders, that are remembered.
const LIMIT: usize = 256;
/// Requests a second in the long run. Likes and pings come on top.
const PER_SECOND: u32 = 12;
/// Requests at once after a pause.
const BURST: u32 = 30;
/// Longest wait for an answer; a server that drops a frame gives none.
const ANSWER: Duration = Duration::from_secs(10);
/// Orders are numbered from here, sends by the show from below.
const FIRST_ORDER: u32 = 1 << 31;

/// What an answer was for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Settled {
    /// A send.
    Send,
    /// An order: what it was.
    Order(&'static str),
    /// Nothing that is under way.
    Unknown,
}

/// Unanswered requests of one connection.
#[derive(Debug)]
pub(super) struct Flight {
    /// Numbers and when waiting for them ends, oldest first.
    sends: VecDeque<(u32, Instant)>,
    /// Oldest first.
    orders: VecDeque<(u32, &'static str)>,
    next_order: u32,
    /// The moment at which the whole burst is available again.
    full: Instant,
}

impl Flight {
    /// Nothing under way at `now`.
    pub(super) fn new(now: Instant) -> Self {
        Self { sends: VecDeque::new(), orders: VecDeque::new(), next_order: FIRST_ORDER, full: now }
    }

    /// A send with number `cid` is to go out. The same number again is the
    /// same message: it gets one answer.
    pub(super) fn send(&mut self, now: Instant, cid: u32) -> Result<(), Reject> {
        self.sends.retain(|(known, _)| *known != cid);
        if self.sends.len() >= LIMIT {
            let message = "the room has not answered earlier messages; wait a moment";
            return Err(Reject::new(Code::TooFast, message));
        }
        if !self.pace(now) {
            let message = format!("more than {PER_SECOND} messages a second; slow down");
            return Err(Reject::new(Code::TooFast, message));
        }
        self.sends.push_back((cid, now + ANSWER));
        Ok(())
    }

    /// An order is to go out: its number, `None` if it is too many.
    pub(super) fn order(&mut self, now: Instant, what: &'static str) -> Option<u32> {
        if !self.pace(now) {
            return None;
        }
        if self.orders.len() >= LIMIT {
            self.orders.pop_front();
        }
        let id = self.next_order;
        self.next_order = id.checked_add(1).unwrap_or(FIRST_ORDER);
        self.orders.push_back((id, what));
        Some(id)
    }

    /// An answer with number `re` arrived.
    pub(super) fn settle(&mut self, re: u32) -> Settled {
        if let Some(at) = self.sends.iter().position(|(cid, _)| *cid == re) {
            self.sends.remove(at);
            return Settled::Send;
        }
        match self.orders.iter().position(|(id, _)| *id == re) {
            Some(at) => {
                self.orders.remove(at).map_or(Settled::Unknown, |(_, what)| Settled::Order(what))
            }
            None => Settled::Unknown,
        }
    }

    /// When the first send has waited long enough.
    pub(super) fn next_wakeup(&self) -> Option<Instant> {
        self.sends.front().map(|(_, until)| *until)
    }

    /// The next send that has waited long enough; it is settled by this.
    pub(super) fn expire(&mut self, now: Instant) -> Option<u32> {
        let over = self.sends.front().is_some_and(|(_, until)| now >= *until);
        if over { self.sends.pop_front().map(|(cid, _)| cid) } else { None }
    }

    /// Every send still under way, oldest first; all are settled by this.
    pub(super) fn abandon(&mut self) -> impl Iterator<Item = u32> + use<> {
        std::mem::take(&mut self.sends).into_iter().map(|(cid, _)| cid)
    }

    /// Takes one request from the pace, if there is one.
    fn pace(&mut self, now: Instant) -> bool {
        let one = Duration::from_secs(1) / PER_SECOND;
        let full = self.full.max(now) + one;
        let ok = full.saturating_duration_since(now) <= one * BURST;
        if ok {
            self.full = full;
        }
        ok
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burst_then_pace() {
        let t = Instant::now();
        let mut flight = Flight::new(t);
        let sent = (0..100).filter(|cid| flight.send(t, *cid).is_ok()).count();
        assert_eq!(sent, BURST as usize);
        assert_eq!(flight.order(t, "mute"), None, "orders share the pace");
        let later = t + Duration::from_secs(1);
        let sent = (200..300).filter(|cid| flight.send(later, *cid).is_ok()).count();
        assert!((PER_SECOND as usize - 1..=PER_SECOND as usize).contains(&sent), "{sent}");
        assert!(flight.order(t + Duration::from_secs(60), "mute").is_some());
    }

    #[test]
    fn every_send_is_settled_once() {
        let t = Instant::now();
        let mut flight = Flight::new(t);
        for cid in [7, 8, 9, 7] {
            flight.send(t, cid).expect("within the pace");
        }
        assert_eq!((flight.settle(8), flight.settle(8)), (Settled::Send, Settled::Unknown));
        assert_eq!(flight.expire(t), None);
        let late = flight.next_wakeup().expect("something waits");
        assert_eq!((flight.expire(late), flight.abandon().collect()), (Some(9), vec![7]));
        assert_eq!((flight.expire(late), flight.next_wakeup()), (None, None));
    }

    #[test]
    fn orders_and_sends_have_numbers_of_their_own() {
        let t = Instant::now();
        let mut flight = Flight::new(t);
        let id = flight.order(t, "mute").expect("within the pace");
        assert!(id >= FIRST_ORDER);
        flight.send(t, 1).expect("within the pace");
        assert_eq!((flight.settle(id), flight.settle(1)), (Settled::Order("mute"), Settled::Send));
    }

    #[test]
    fn unanswered_requests_do_not_pile_up() {
        let t = Instant::now();
        let mut flight = Flight::new(t);
        let mut refused = 0;
        for n in 0..10_000_u32 {
            let now = t + Duration::from_secs(u64::from(n));
            refused += u32::from(flight.send(now, n).is_err());
            flight.order(now, "remove");
        }
        assert_eq!(refused, 10_000 - LIMIT as u32);
        assert_eq!((flight.sends.len(), flight.orders.len()), (LIMIT, LIMIT));
    }
}
