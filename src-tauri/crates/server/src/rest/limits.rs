//! How often an app may call (avchatroom.md §2, 11).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use surtitle_core::Millis;
use surtitle_tim::code::{Code, Refusal};

/// Calls of one app a second, whatever they are. The vendor has such a limit
/// (60011) and names no number.
const APP_PER_S: u32 = 2_000;

/// How often one command may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// 200 times a second.
    Usual,
    /// 100 times a second: many accounts at once.
    Bulk,
    /// Once a second: all groups at once.
    Slow,
}

impl Pace {
    /// Calls a second; as many may come at once.
    pub fn per_s(self) -> u32 {
        match self {
            Self::Usual => 200,
            Self::Bulk => 100,
            Self::Slow => 1,
        }
    }
}

/// What every app has left of its calls. One entry an app and command that was
/// ever called, and a server has at most 300 apps.
#[derive(Debug, Default)]
pub struct Limits {
    /// Guards the buckets; held for one look-up.
    left: Mutex<HashMap<(u32, &'static str), Bucket>>,
}

/// Thousandths of a call left, and when that was so.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: u64,
    at: Millis,
}

impl Limits {
    /// Takes one call of an app.
    ///
    /// # Errors
    /// 60011 if the app has none left, 60007 if the command has none.
    pub fn take(
        &self,
        now: Millis,
        app: u32,
        command: &'static str,
        pace: Pace,
    ) -> Result<(), Refusal> {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if !left
            .entry((app, ""))
            .or_insert_with(|| Bucket::full(now, APP_PER_S))
            .take(now, APP_PER_S)
        {
            let text = format!("more than {APP_PER_S} calls a second of this app; slow down");
            return Err(Refusal::new(Code::RestAppRate, text));
        }
        let most = pace.per_s();
        if !left.entry((app, command)).or_insert_with(|| Bucket::full(now, most)).take(now, most) {
            let text = format!("{command} is called more than {most} times a second; slow down");
            return Err(Refusal::new(Code::RestRate, text));
        }
        Ok(())
    }
}

impl Bucket {
    fn full(now: Millis, per_s: u32) -> Self {
        Self { left: u64::from(per_s) * 1_000, at: now }
    }

    fn take(&mut self, now: Millis, per_s: u32) -> bool {
        let gained = now.since(self.at).saturating_mul(per_s.into());
        self.left = self.left.saturating_add(gained).min(u64::from(per_s) * 1_000);
        self.at = now;
        match self.left.checked_sub(1_000) {
            Some(rest) => {
                self.left = rest;
                true
            }
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Millis = Millis(1_700_000_000_000);

    fn number(result: Result<(), Refusal>) -> u32 {
        result.map_or_else(|refusal| refusal.number, |()| 0)
    }

    #[test]
    fn a_command_is_called_so_often_and_others_go_on() {
        let limits = Limits::default();
        assert_eq!(number(limits.take(T, 1, "a", Pace::Slow)), 0);
        assert_eq!(number(limits.take(T.plus(999), 1, "a", Pace::Slow)), 60007);
        assert_eq!(number(limits.take(T.plus(999), 1, "b", Pace::Slow)), 0);
        assert_eq!(number(limits.take(T.plus(999), 2, "a", Pace::Slow)), 0);
        assert_eq!(number(limits.take(T.plus(1_000), 1, "a", Pace::Slow)), 0);
    }

    #[test]
    fn a_burst_of_a_second_is_taken_and_comes_back_with_time() {
        let limits = Limits::default();
        for _ in 0..200 {
            assert_eq!(number(limits.take(T, 1, "a", Pace::Usual)), 0);
        }
        assert_eq!(number(limits.take(T, 1, "a", Pace::Usual)), 60007);
        for _ in 0..100 {
            assert_eq!(number(limits.take(T.plus(500), 1, "a", Pace::Usual)), 0);
        }
        assert_eq!(number(limits.take(T.plus(500), 1, "a", Pace::Usual)), 60007);
    }

    #[test]
    fn an_app_is_limited_over_all_its_commands() {
        let limits = Limits::default();
        let names: Vec<&'static str> = vec!["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
        for name in &names {
            for _ in 0..200 {
                assert_eq!(number(limits.take(T, 1, name, Pace::Usual)), 0);
            }
        }
        assert_eq!(number(limits.take(T, 1, "k", Pace::Usual)), 60011);
        assert_eq!(number(limits.take(T, 2, "k", Pace::Usual)), 0);
    }
}
