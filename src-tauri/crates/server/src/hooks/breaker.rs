//! A circuit breaker: a back end that keeps failing is left alone for a
//! while, then tried with one call. Has no clock: callers pass `now`.

use super::limits::BreakerLimits;
use tokio::time::Instant;

/// The right to make one call; it is given back with [`Breaker::report`] or
/// [`Breaker::abandon`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// Which closing of the breaker it is of: what comes back late says
    /// nothing about now.
    era: u64,
}

/// Whether a call may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admit {
    /// It may.
    Go(Ticket),
    /// Not before then; `None` while one call tries.
    Wait(Option<Instant>),
}

/// What a report changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Calls are stopped from now on.
    Opened,
    /// Calls go on.
    Closed,
}

/// Where a breaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Calls go on.
    Closed,
    /// Calls are stopped until then.
    Open {
        /// When one call tries.
        until: Instant,
    },
    /// One call tries.
    Trial,
}

#[derive(Debug)]
enum State {
    Closed {
        /// Failures since the last success.
        run: u32,
        /// The last calls, the newest lowest; a set bit failed.
        recent: u32,
    },
    Open {
        until: Instant,
    },
    /// One call is under way to see.
    Trial,
}

/// The breaker.
#[derive(Debug)]
pub struct Breaker {
    limits: BreakerLimits,
    state: State,
    era: u64,
}

impl Breaker {
    /// A closed one.
    pub fn new(limits: BreakerLimits) -> Self {
        Self { limits, state: State::Closed { run: 0, recent: 0 }, era: 0 }
    }

    /// Asks for the right to call.
    pub fn admit(&mut self, now: Instant) -> Admit {
        match self.state {
            State::Closed { .. } => Admit::Go(Ticket { era: self.era }),
            State::Open { until } if now < until => Admit::Wait(Some(until)),
            State::Open { .. } => {
                self.enter(State::Trial);
                Admit::Go(Ticket { era: self.era })
            }
            State::Trial => Admit::Wait(None),
        }
    }

    /// Says how a call went.
    pub fn report(&mut self, now: Instant, ticket: Ticket, is_good: bool) -> Option<Turn> {
        if ticket.era != self.era {
            return None;
        }
        let limits = self.limits;
        let opens = match &mut self.state {
            State::Trial if is_good => {
                self.enter(State::Closed { run: 0, recent: 0 });
                return Some(Turn::Closed);
            }
            State::Trial => true,
            State::Closed { run, recent } => {
                *run = if is_good { 0 } else { *run + 1 };
                *recent = (*recent << 1 | u32::from(!is_good)) & ((1 << BreakerLimits::WINDOW) - 1);
                *run >= limits.run || recent.count_ones() >= limits.of_window
            }
            State::Open { .. } => false,
        };
        if !opens {
            return None;
        }
        let was_trial = matches!(self.state, State::Trial);
        self.enter(State::Open { until: now + limits.pause });
        (!was_trial).then_some(Turn::Opened)
    }

    /// Gives a ticket back that says nothing: its call was given up.
    pub fn abandon(&mut self, now: Instant, ticket: Ticket) {
        if ticket.era == self.era && matches!(self.state, State::Trial) {
            self.enter(State::Open { until: now });
        }
    }

    /// Closes it: the back end is another one.
    pub fn reset(&mut self) {
        self.enter(State::Closed { run: 0, recent: 0 });
    }

    /// Where it stands.
    pub fn standing(&self) -> Standing {
        match self.state {
            State::Closed { .. } => Standing::Closed,
            State::Open { until } => Standing::Open { until },
            State::Trial => Standing::Trial,
        }
    }

    fn enter(&mut self, state: State) {
        self.state = state;
        self.era += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn breaker() -> (Breaker, Instant) {
        (Breaker::new(BreakerLimits::default()), Instant::now())
    }

    fn ticket(breaker: &mut Breaker, now: Instant) -> Ticket {
        match breaker.admit(now) {
            Admit::Go(ticket) => ticket,
            Admit::Wait(until) => panic!("open until {until:?}"),
        }
    }

    fn call(breaker: &mut Breaker, now: Instant, is_good: bool) -> Option<Turn> {
        let ticket = ticket(breaker, now);
        breaker.report(now, ticket, is_good)
    }

    #[test]
    fn five_failures_in_a_row_open_it() {
        let (mut breaker, now) = breaker();
        for _ in 0..4 {
            assert_eq!(call(&mut breaker, now, false), None);
        }
        assert_eq!(call(&mut breaker, now, true), None);
        for _ in 0..4 {
            assert_eq!(call(&mut breaker, now, false), None);
        }
        assert_eq!(call(&mut breaker, now, false), Some(Turn::Opened));
        let until = now + Duration::from_secs(5);
        assert_eq!(breaker.admit(now), Admit::Wait(Some(until)));
    }

    #[test]
    fn half_of_the_last_twenty_open_it() {
        let (mut breaker, now) = breaker();
        // Twenty good ones fill what is looked back on.
        for _ in 0..20 {
            call(&mut breaker, now, true);
        }
        let mut turns = Vec::new();
        for _ in 0..10 {
            turns.push(call(&mut breaker, now, false));
            if turns.last() == Some(&None) {
                call(&mut breaker, now, true);
            }
        }
        assert_eq!(turns.iter().filter(|turn| turn.is_some()).count(), 1);
        assert_eq!(turns.last(), Some(&Some(Turn::Opened)));
    }

    #[test]
    fn failures_far_apart_do_not_open_it() {
        let (mut breaker, now) = breaker();
        for turn in 0..1_000 {
            assert_eq!(call(&mut breaker, now, turn % 3 != 0), None);
        }
    }

    fn opened() -> (Breaker, Instant) {
        let (mut breaker, now) = breaker();
        for _ in 0..5 {
            call(&mut breaker, now, false);
        }
        (breaker, now + Duration::from_secs(5))
    }

    #[test]
    fn one_call_tries_and_closes_it() {
        let (mut breaker, later) = opened();
        let trial = ticket(&mut breaker, later);
        assert_eq!(breaker.admit(later), Admit::Wait(None));
        assert_eq!(breaker.report(later, trial, true), Some(Turn::Closed));
        assert_eq!(call(&mut breaker, later, false), None);
    }

    #[test]
    fn failed_trial_opens_it_again() {
        let (mut breaker, later) = opened();
        assert_eq!(call(&mut breaker, later, false), None);
        assert_eq!(breaker.admit(later), Admit::Wait(Some(later + Duration::from_secs(5))));
    }

    #[test]
    fn trial_that_was_given_up_leaves_room_for_the_next() {
        let (mut breaker, later) = opened();
        let trial = ticket(&mut breaker, later);
        breaker.abandon(later, trial);
        assert!(matches!(breaker.admit(later), Admit::Go(_)));
    }

    #[test]
    fn late_report_says_nothing_about_now() {
        let (mut breaker, now) = breaker();
        let late = ticket(&mut breaker, now);
        for _ in 0..5 {
            call(&mut breaker, now, false);
        }
        let later = now + Duration::from_secs(5);
        let trial = ticket(&mut breaker, later);
        assert_eq!(breaker.report(later, late, false), None);
        breaker.abandon(later, late);
        assert_eq!(breaker.admit(later), Admit::Wait(None));
        assert_eq!(breaker.report(later, trial, true), Some(Turn::Closed));
        assert_eq!(breaker.standing(), Standing::Closed);
    }
}
