//! How many lines a second the picture carries: a token bucket over `now`.

use crate::Millis;

/// Credit one line costs; a pace of `n` earns `n` of it every millisecond.
const LINE: u64 = 1_000;

/// Bucket of `per_second` lines a second, holding `max(1, per_second / 4)` at
/// most, full at the start.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    /// 1–60.
    per_second: u64,
    credit: u64,
    /// When `credit` was right.
    at: Millis,
}

impl Pace {
    /// A full bucket; `per_second` is moved into 1–60.
    pub(super) fn new(now: Millis, per_second: u32) -> Self {
        let mut pace = Self { per_second: u64::from(per_second.clamp(1, 60)), credit: 0, at: now };
        pace.credit = pace.capacity();
        pace
    }

    /// Another speed from `now` on; what was earned stays, as far as it fits.
    pub(super) fn set(&mut self, now: Millis, per_second: u32) {
        self.refill(now);
        self.per_second = u64::from(per_second.clamp(1, 60));
        self.credit = self.credit.min(self.capacity());
    }

    /// Pays for one line if there is enough.
    pub(super) fn take(&mut self, now: Millis) -> bool {
        self.refill(now);
        if self.credit < LINE {
            return false;
        }
        self.credit -= LINE;
        true
    }

    /// When [`Pace::take`] succeeds next; in the past if it would now.
    pub(super) fn ready_at(&self) -> Millis {
        self.at.plus(LINE.saturating_sub(self.credit).div_ceil(self.per_second))
    }

    /// The burst, and what a part of a millisecond earns: a line that is taken
    /// at the first whole millisecond loses nothing by the rounding.
    fn capacity(&self) -> u64 {
        (self.per_second / 4).max(1) * LINE + self.per_second - 1
    }

    fn refill(&mut self, now: Millis) {
        let earned = now.since(self.at).saturating_mul(self.per_second);
        self.credit = self.credit.saturating_add(earned).min(self.capacity());
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burst_is_a_quarter_of_a_second_and_at_least_one() {
        for (per_second, burst) in [(1, 1), (4, 1), (12, 3), (60, 15), (0, 1), (1_000, 15)] {
            let mut pace = Pace::new(Millis(5), per_second);
            let took = (0..100).filter(|_| pace.take(Millis(5))).count();
            assert_eq!(took, burst, "{per_second}/s");
        }
    }

    #[test]
    fn a_second_of_waiting_lines_carries_the_pace() {
        for per_second in [1, 3, 7, 12, 60] {
            let mut pace = Pace::new(Millis(0), per_second);
            while pace.take(Millis(0)) {}
            let took = (1..=10_000).filter(|&t| pace.take(Millis(t))).count();
            assert_eq!(took, 10 * per_second as usize);
        }
    }

    #[test]
    fn ready_at_is_the_first_moment_that_pays() {
        let mut pace = Pace::new(Millis(0), 7);
        while pace.take(Millis(0)) {}
        let ready = pace.ready_at();
        assert!(!pace.take(Millis(ready.0 - 1)));
        assert_eq!(pace.ready_at(), ready);
        assert!(pace.take(ready));
    }

    #[test]
    fn a_slower_pace_holds_from_now_on() {
        let mut pace = Pace::new(Millis(0), 60);
        pace.set(Millis(0), 1);
        assert!(pace.take(Millis(0)));
        assert!(!pace.take(Millis(999)));
        assert!(pace.take(Millis(1_000)));
    }
}
