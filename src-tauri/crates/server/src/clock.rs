//! The one place that reads the time for `core`.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use surtitle_core::Millis;

/// Unix milliseconds that never run backwards: the system's time once, and a
/// monotonic clock from there.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
    unix_ms: u64,
}

impl Clock {
    /// Reads the system's time.
    pub fn start() -> Self {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let unix_ms = u64::try_from(unix.as_millis()).unwrap_or(u64::MAX);
        Self { start: Instant::now(), unix_ms }
    }

    /// Now.
    pub fn now(&self) -> Millis {
        let passed = u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        Millis(self.unix_ms.saturating_add(passed))
    }

    /// The instant at which [`Self::now`] is `at`.
    pub fn instant(&self, at: Millis) -> tokio::time::Instant {
        let wait = at.0.saturating_sub(self.unix_ms);
        (self.start + std::time::Duration::from_millis(wait)).into()
    }
}
