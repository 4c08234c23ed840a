//! How long, how many, how often.

use std::time::Duration;

/// Limits of the webhooks of one app. The defaults are the vendor's where it
/// names any (2 s), else ours.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Longest time of one call, waiting for a free place included. 2 s.
    pub patience: Duration,
    /// Questions in flight at once. 64.
    pub asking: usize,
    /// Questions that wait for a free place; one more gets the policy at
    /// once. 4,096.
    pub ask_queue: usize,
    /// Told events in flight at once. 8.
    pub telling: usize,
    /// Told events in memory on their way to disk; one more is dropped and
    /// counted. 4,096.
    pub tell_queue: usize,
    /// Told events on disk that wait; one more is dropped and counted, so that
    /// a dead back end does not fill the disk. 50,000.
    pub waiting: u64,
    /// Longest time a told event stays off the disk, the write itself not
    /// counted. 50 ms.
    pub linger: Duration,
    /// Pauses between the tries of a told event, if it is retried: 5 s, 30 s,
    /// 2 min, 7 min.
    pub pauses: Vec<Duration>,
    /// Ended calls that the log keeps. 10,000.
    pub keep: u32,
    /// How soon a back end counts as dead.
    pub breaker: BreakerLimits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(2),
            asking: 64,
            ask_queue: 4_096,
            telling: 8,
            tell_queue: 4_096,
            waiting: 50_000,
            linger: Duration::from_millis(50),
            pauses: [5, 30, 120, 420].map(Duration::from_secs).to_vec(),
            keep: 10_000,
            breaker: BreakerLimits::default(),
        }
    }
}

/// When a circuit breaker opens, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct BreakerLimits {
    /// Failures in a row that open it. 5.
    pub run: u32,
    /// Failures among the last [`Self::WINDOW`] calls that open it. 10.
    pub of_window: u32,
    /// How long it stays open before one call tries again. 5 s.
    pub pause: Duration,
}

impl BreakerLimits {
    /// Calls that are looked back on.
    pub const WINDOW: u32 = 20;
}

impl Default for BreakerLimits {
    fn default() -> Self {
        Self { run: 5, of_window: Self::WINDOW / 2, pause: Duration::from_secs(5) }
    }
}
