//! When a frozen source is refreshed: at once, then ever later. Times are arguments.

use surtitle_core::Millis;

/// Waits before each try to mend a frozen source, s; after the last no more
/// until it was fresh again or the host asks.
const WAITS_S: [u64; 8] = [0, 5, 10, 20, 40, 60, 60, 60];
/// A source fresh for this long starts again with the first wait, ms.
const WELL_MS: u64 = 30_000;

/// When to try to mend.
#[derive(Debug, Default)]
pub struct Healing {
    tries: u32,
    last: Option<Millis>,
    well_since: Option<Millis>,
}

impl Healing {
    /// Tries since the source was last well.
    pub fn tries(&self) -> u32 {
        self.tries
    }

    /// Whether all tries are used up.
    pub fn gave_up(&self) -> bool {
        self.tries as usize >= WAITS_S.len()
    }

    /// The source is frozen: whether to try now, which is then noted.
    pub fn try_now(&mut self, now: Millis) -> bool {
        self.well_since = None;
        let Some(wait) = WAITS_S.get(self.tries as usize) else { return false };
        if self.last.is_some_and(|last| now.since(last) < wait * 1_000) {
            return false;
        }
        self.tries += 1;
        self.last = Some(now);
        true
    }

    /// The source is fresh.
    pub fn well(&mut self, now: Millis) {
        let since = *self.well_since.get_or_insert(now);
        if now.since(since) >= WELL_MS {
            *self = Self { well_since: Some(since), ..Self::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mending_is_tried_at_once_then_ever_later_and_not_for_ever() {
        let (mut healing, start) = (Healing::default(), Millis(5));
        let tried: Vec<u64> = (0..600).filter(|s| healing.try_now(start.plus(s * 1_000))).collect();
        assert_eq!(tried, [0, 5, 15, 35, 75, 135, 195, 255]);
        assert!(healing.gave_up());
        healing.well(start.plus(700_000));
        healing.well(start.plus(730_000));
        assert!(healing.try_now(start.plus(731_000)));
    }
}
