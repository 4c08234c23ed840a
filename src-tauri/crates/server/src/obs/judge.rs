//! Whether the pixels OBS shows are fresh: a state machine over what was read
//! from its pictures and what the pages said they drew. Times are arguments.

use super::mark::{MODULUS, Mark, Seen};
use std::collections::HashMap;
use surtitle_core::Millis;

/// A page must be silent this long, ms, and if nothing was ever heard of it, its
/// mark must stand still this long.
const DEAD_MS: u64 = 2_000;
/// A mark must stand still this long, ms, while its page is silent too.
const SEEN_MS: u64 = 1_000;
/// A mark must stand still this long, ms, while its page says that it draws.
const STILL_MS: u64 = 3_000;
/// And in this many pictures: one late picture is no proof.
const STILL_LOOKS: u32 = 3;
/// Nobody looked between two pictures so far apart, ms (the machine slept, OBS
/// hung): what stands still counts from the later one.
const GAP_MS: u64 = 4_000;
/// Pictures of a standstill that are taken sooner than usual.
const SOON_LOOKS: std::ops::Range<u32> = 2..12;
/// A source that was never fresh may draw nothing this long, ms: pages load.
const START_MS: u64 = 15_000;
/// A mark may be covered this long, ms, before freshness counts as unproved.
const COVERED_MS: u64 = 10_000;
/// A page that said nothing for this long is forgotten, ms.
const FORGET_MS: u64 = 10_000;
/// A picture may be behind its page by this many marks, 20 s.
const BEHIND: u16 = 40;
/// Most pages remembered; the one that was silent longest goes first.
const PAGES: usize = 64;

/// What pages said they drew. At most [`PAGES`].
#[derive(Debug, Default)]
pub struct Beats(HashMap<u16, (u16, Millis)>);

impl Beats {
    /// A page has drawn a mark.
    pub fn hear(&mut self, now: Millis, mark: Mark) {
        self.0.retain(|_, (_, at)| now.since(*at) < FORGET_MS);
        if self.0.len() >= PAGES && !self.0.contains_key(&mark.page) {
            let oldest = self.0.iter().min_by_key(|(_, (_, at))| at.0).map(|(page, _)| *page);
            self.0.retain(|page, _| Some(*page) != oldest);
        }
        self.0.insert(mark.page, (mark.n, now));
    }

    /// How long ago the page of a mark last spoke, ms; `None` if it is not known
    /// or never drew that mark.
    fn silence(&self, now: Millis, mark: Mark) -> Option<u64> {
        let (n, at) = self.0.get(&mark.page)?;
        let behind = (n + MODULUS - mark.n) % MODULUS;
        // A picture may hold a mark whose word is still on its way: one ahead.
        let drew = behind <= BEHIND || behind == MODULUS - 1;
        (drew && now.since(*at) < FORGET_MS).then(|| now.since(*at))
    }
}

/// What the pictures so far say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not proved yet.
    Checking,
    /// Marks move, but their page has lost its line to us.
    Cut,
    /// Something is drawn over the mark.
    Covered,
    /// Proved.
    Fresh,
    /// The same picture again and again.
    Still,
    /// The page draws, the picture stays: something between them stands still.
    Stuck,
    /// Nothing is drawn.
    Blank,
}

impl Verdict {
    /// Whether something must be done.
    pub fn is_frozen(self) -> bool {
        matches!(self, Self::Still | Self::Stuck | Self::Blank)
    }
}

/// A mark that stands still.
#[derive(Debug, Clone, Copy)]
struct Stand {
    mark: Mark,
    since: Millis,
    /// When it was seen last.
    seen: Millis,
    /// In how many pictures.
    looks: u32,
}

/// Looks at one source.
#[derive(Debug)]
pub struct Judge {
    began: Millis,
    /// What the last pictures hold.
    last: Option<Stand>,
    /// Marks were seen to move.
    moves: bool,
    fresh_at: Option<Millis>,
    blank: Option<(Millis, u32)>,
}

impl Judge {
    /// Knows nothing yet.
    pub fn new(now: Millis) -> Self {
        Self { began: now, last: None, moves: false, fresh_at: None, blank: None }
    }

    /// Takes what the picture taken at `now` holds.
    pub fn see(&mut self, now: Millis, seen: Seen, beats: &Beats) -> Verdict {
        match seen {
            Seen::Mark(mark) => self.mark(now, mark, beats),
            Seen::Blank => {
                let (since, looks) = self.blank.map_or((now, 1), |(at, n)| (at, n + 1));
                self.blank = Some((since, looks));
                self.last = None;
                let (from, patience) = match self.fresh_at {
                    Some(_) => (since, STILL_MS),
                    None => (self.began, START_MS),
                };
                let blank = looks >= STILL_LOOKS && now.since(from) >= patience;
                if blank { Verdict::Blank } else { self.kept(now) }
            }
            Seen::Covered => {
                self.blank = None;
                let waited = now.since(self.fresh_at.unwrap_or(self.began));
                if waited >= COVERED_MS { Verdict::Covered } else { self.kept(now) }
            }
        }
    }

    fn mark(&mut self, now: Millis, mark: Mark, beats: &Beats) -> Verdict {
        self.blank = None;
        let (since, looks) = match self.last {
            Some(last) if last.mark == mark && now.since(last.seen) < GAP_MS => {
                (last.since, last.looks + 1)
            }
            last => {
                self.moves |= last.is_some_and(|last| last.mark != mark);
                (now, 1)
            }
        };
        self.last = Some(Stand { mark, since, seen: now, looks });
        let silence = beats.silence(now, mark);
        let still = now.since(since);
        if looks >= STILL_LOOKS {
            let dead = match silence {
                Some(silence) => silence >= DEAD_MS && still >= SEEN_MS,
                None => still >= DEAD_MS,
            };
            if dead {
                return Verdict::Still;
            }
            if still >= STILL_MS {
                return Verdict::Stuck;
            }
        }
        match (self.moves, silence) {
            (true, Some(_)) => {
                self.fresh_at = Some(now);
                Verdict::Fresh
            }
            (true, None) => Verdict::Cut,
            (false, _) => Verdict::Checking,
        }
    }

    /// Whether the next picture decides something, so that it should be taken soon.
    pub fn is_unsure(&self, now: Millis) -> bool {
        let starts = self.fresh_at.is_none() && now.since(self.began) < START_MS;
        let stands = self.last.is_some_and(|last| SOON_LOOKS.contains(&last.looks));
        starts || stands || self.blank.is_some_and(|(_, looks)| looks < SOON_LOOKS.end)
    }

    /// What holds while nothing new is known.
    fn kept(&self, now: Millis) -> Verdict {
        let recent = self.fresh_at.is_some_and(|at| now.since(at) < COVERED_MS);
        if recent { Verdict::Fresh } else { Verdict::Checking }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One picture every 700 ms, as `watch` takes them, or sooner.
    const EVERY: u64 = 700;
    const SOON: u64 = 350;

    struct Rig {
        judge: Judge,
        beats: Beats,
        now: Millis,
        n: u16,
    }

    impl Rig {
        fn new() -> Self {
            let now = Millis(1_000_000);
            Self { judge: Judge::new(now), beats: Beats::default(), now, n: 4_090 }
        }

        fn draw(&mut self) {
            self.n = (self.n + 1) % MODULUS;
            self.beats.hear(self.now, Mark { page: 9, n: self.n });
        }

        fn look(&mut self, seen: Seen) -> Verdict {
            let unsure = self.judge.is_unsure(self.now);
            self.now = self.now.plus(if unsure { SOON } else { EVERY });
            self.judge.see(self.now, seen, &self.beats)
        }

        fn see(&mut self) -> Verdict {
            let n = self.n;
            self.look(Seen::Mark(Mark { page: 9, n }))
        }

        fn fresh() -> Self {
            let mut rig = Self::new();
            for _ in 0..20 {
                rig.draw();
                rig.see();
            }
            rig.draw();
            assert_eq!(rig.see(), Verdict::Fresh);
            rig
        }

        /// Ms until `look` says that it is frozen.
        fn until_frozen(&mut self, mut look: impl FnMut(&mut Self) -> Verdict) -> u64 {
            let from = self.now;
            for _ in 0..100 {
                if look(self).is_frozen() {
                    return self.now.since(from);
                }
            }
            panic!("never called frozen");
        }
    }

    #[test]
    fn marks_that_move_and_are_known_are_fresh_after_two() {
        let mut rig = Rig::new();
        rig.draw();
        assert_eq!(rig.see(), Verdict::Checking);
        rig.draw();
        assert_eq!(rig.see(), Verdict::Fresh);
    }

    #[test]
    fn dead_page_is_found_within_two_and_a_half_seconds() {
        let mut rig = Rig::fresh();
        let took = rig.until_frozen(|rig| rig.see());
        assert!((1_300..=2_500).contains(&took), "{took} ms");
    }

    #[test]
    fn mark_of_an_unknown_page_that_stands_still_is_found_too() {
        let mut rig = Rig::fresh();
        rig.beats = Beats::default();
        let took = rig.until_frozen(|rig| rig.see());
        assert!((2_000..=3_000).contains(&took), "{took} ms");
    }

    #[test]
    fn time_in_which_nobody_looked_is_no_standstill() {
        let mut rig = Rig::fresh();
        rig.see();
        // The machine slept.
        rig.now = rig.now.plus(3_600_000);
        for _ in 0..2 {
            assert!(!rig.see().is_frozen());
        }
        rig.draw();
        assert_eq!(rig.see(), Verdict::Fresh);
    }

    #[test]
    fn page_held_up_for_a_second_and_a_half_is_no_alarm() {
        let mut rig = Rig::fresh();
        for _ in 0..20 {
            rig.draw();
            let held = rig.now;
            while rig.now.since(held) < 1_500 {
                assert!(!rig.see().is_frozen());
            }
        }
    }

    #[test]
    fn picture_that_stays_while_its_page_draws_is_stuck_within_four_and_a_half_seconds() {
        let mut rig = Rig::fresh();
        let stays = Seen::Mark(Mark { page: 9, n: rig.n });
        let took = rig.until_frozen(|rig| {
            rig.draw();
            rig.look(stays)
        });
        assert!((3_000..=4_500).contains(&took), "{took} ms");
        rig.draw();
        assert_eq!(rig.look(stays), Verdict::Stuck);
    }

    #[test]
    fn page_that_stops_drawing_at_all_is_blank_but_a_starting_one_has_time() {
        let mut rig = Rig::fresh();
        assert!(rig.until_frozen(|rig| rig.look(Seen::Blank)) <= 4_500);
        let took = Rig::new().until_frozen(|rig| rig.look(Seen::Blank));
        assert!((14_000..=16_000).contains(&took), "{took} ms");
    }

    #[test]
    fn late_pictures_and_a_slow_page_are_no_alarm() {
        let mut rig = Rig::fresh();
        for late in [5_000, 9_000, 700, 4_000, 8_000] {
            rig.now = rig.now.plus(late);
            rig.draw();
            assert!(!rig.see().is_frozen(), "{late} ms late");
        }
        for _ in 0..50 {
            rig.draw();
            assert_eq!(rig.see(), Verdict::Fresh);
            // Every other picture holds the same mark: still no standstill.
            assert_eq!(rig.see(), Verdict::Fresh);
        }
    }

    #[test]
    fn covered_mark_keeps_the_last_word_for_ten_seconds() {
        let mut rig = Rig::fresh();
        let from = rig.now;
        while rig.now.since(from) + EVERY < COVERED_MS {
            assert_eq!(rig.look(Seen::Covered), Verdict::Fresh);
        }
        assert_eq!(rig.look(Seen::Covered), Verdict::Covered);
        rig.draw();
        assert_eq!(rig.see(), Verdict::Fresh);
    }

    #[test]
    fn marks_of_a_page_without_a_line_move_but_prove_nothing() {
        let mut rig = Rig::new();
        for n in 0..20 {
            let verdict = rig.look(Seen::Mark(Mark { page: 5, n }));
            assert_ne!(verdict, Verdict::Fresh);
        }
        assert_eq!(rig.look(Seen::Mark(Mark { page: 5, n: 20 })), Verdict::Cut);
    }

    #[test]
    fn pages_remembered_are_bounded() {
        let mut beats = Beats::default();
        for page in 0..MODULUS {
            beats.hear(Millis(u64::from(page)), Mark { page, n: 1 });
        }
        assert_eq!(beats.0.len(), PAGES);
        assert!(beats.0.contains_key(&(MODULUS - 1)));
    }
}
