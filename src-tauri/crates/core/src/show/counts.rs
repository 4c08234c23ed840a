//! Like total and online count: state, told at most every 100 ms each.

use crate::{Cue, Millis};

/// A count is told at most once in this many ms.
const GAP: u64 = 100;

/// When a count was told last, and whether there is news.
#[derive(Debug, Clone, Default)]
struct Told {
    at: Option<Millis>,
    news: bool,
}

impl Told {
    /// When the news may be told; maybe in the past.
    fn due(&self) -> Option<Millis> {
        self.news.then(|| self.at.map_or(Millis(0), |at| at.plus(GAP)))
    }

    fn take(&mut self, now: Millis) -> bool {
        let due = self.due().is_some_and(|due| due <= now);
        if due {
            *self = Self { at: Some(now), news: false };
        }
        due
    }
}

/// Both counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    /// Like total.
    pub(super) likes: u64,
    /// People in the room.
    pub(super) online: u32,
    /// Taps not told yet.
    add: u32,
    likes_told: Told,
    online_told: Told,
}

impl Counts {
    /// New total, and the taps that made it.
    pub(super) fn set_likes(&mut self, total: u64, add: u32) {
        self.likes_told.news |= total != self.likes || add > 0;
        self.likes = total;
        self.add = self.add.saturating_add(add);
    }

    /// New count.
    pub(super) fn set_online(&mut self, count: u32) {
        self.online_told.news |= count != self.online;
        self.online = count;
    }

    /// The cues that are due.
    pub(super) fn tick(&mut self, now: Millis) -> Vec<Cue> {
        let mut cues = Vec::new();
        if self.likes_told.take(now) {
            cues.push(Cue::Likes { total: self.likes, add: std::mem::take(&mut self.add) });
        }
        if self.online_told.take(now) {
            cues.push(Cue::Online { count: self.online });
        }
        cues
    }

    /// When [`Counts::tick`] has a cue next; maybe in the past.
    pub(super) fn next_wakeup(&self) -> Option<Millis> {
        [self.likes_told.due(), self.online_told.due()].into_iter().flatten().min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_storm_of_likes_is_one_cue_a_tenth_of_a_second() {
        let mut counts = Counts::default();
        let mut cues = Vec::new();
        for t in 0..1_000 {
            counts.set_likes(t + 1, 1);
            cues.extend(counts.tick(Millis(t)));
        }
        assert_eq!(cues.len(), 10);
        assert_eq!(cues[1], Cue::Likes { total: 101, add: 100 });
        assert_eq!(counts.tick(Millis(1_000)), [Cue::Likes { total: 1_000, add: 99 }]);
        assert_eq!(counts.next_wakeup(), None);
    }

    #[test]
    fn a_count_that_did_not_move_is_not_told() {
        let mut counts = Counts::default();
        counts.set_online(0);
        counts.set_likes(0, 0);
        assert_eq!(counts.next_wakeup(), None);
        counts.set_online(3);
        assert_eq!(counts.tick(Millis(7)), [Cue::Online { count: 3 }]);
        counts.set_online(4);
        assert_eq!(counts.next_wakeup(), Some(Millis(107)));
    }
}
