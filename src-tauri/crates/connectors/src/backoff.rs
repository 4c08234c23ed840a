//! When to try again after a link was lost. Shared by every connector.
//!
//! Exponential with *full jitter*: the n-th wait is drawn evenly from zero to
//! a ceiling that doubles up to a cap, so that a thousand clients of a
//! restarted server do not come back in the same moment. Pure: the attempt
//! and the random number are arguments.

use std::time::Duration;

/// The reconnect policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Ceiling of the first wait.
    pub first: Duration,
    /// Ceiling of every later one; at least `first`.
    pub cap: Duration,
    /// A link that lived this long was healthy: the next loss counts as a first one.
    pub healthy: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(250),
            cap: Duration::from_secs(15),
            healthy: Duration::from_secs(10),
        }
    }
}

impl Backoff {
    /// The longest wait before attempt number `attempt` (0 is the first try again).
    pub fn ceiling(&self, attempt: u32) -> Duration {
        // 2^31 times any `first` worth the name is over the cap.
        self.first.saturating_mul(1 << attempt.min(31)).min(self.cap)
    }

    /// How long to wait before attempt number `attempt`. `random` is even
    /// over all of `u32`; the result is even over `0..ceiling`.
    pub fn delay(&self, attempt: u32, random: u32) -> Duration {
        let nanos = (self.ceiling(attempt).as_nanos() * u128::from(random)) >> 32;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    /// The number of the next attempt: `tries` attempts were made since the
    /// last healthy link, and the latest was in the room for `lived` (zero if
    /// it never got there).
    pub fn attempt(&self, tries: u32, lived: Duration) -> u32 {
        if lived >= self.healthy { 0 } else { tries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ceiling_doubles_from_a_quarter_second_to_fifteen() {
        let ms: Vec<u128> = (0..9).map(|n| Backoff::default().ceiling(n).as_millis()).collect();
        assert_eq!(ms, [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    }

    #[test]
    fn delay_stays_under_its_ceiling_at_every_attempt() {
        let policy = Backoff::default();
        for attempt in (0..70).chain([u32::MAX]) {
            let ceiling = policy.ceiling(attempt);
            assert!(ceiling <= policy.cap);
            assert_eq!(policy.delay(attempt, 0), Duration::ZERO);
            assert!(policy.delay(attempt, u32::MAX) < ceiling);
            let half = policy.delay(attempt, 1 << 31);
            assert_eq!(half, ceiling / 2, "attempt {attempt}");
        }
    }

    #[test]
    fn only_a_healthy_link_starts_over() {
        let policy = Backoff::default();
        assert_eq!(policy.attempt(4, Duration::from_millis(9_999)), 4);
        assert_eq!(policy.attempt(4, Duration::from_secs(10)), 0);
    }
}
