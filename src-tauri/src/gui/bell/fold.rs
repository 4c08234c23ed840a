//! Many news in one notification: a bell that rings all the time is not heard.

use std::time::{Duration, Instant};
use surtitle_server::News;

/// How long the first one waits for others: a combo is pressed in a row.
const GATHER: Duration = Duration::from_secs(1);
/// Two notifications are at least this far apart.
const APART: Duration = Duration::from_secs(6);
/// Names that are told; of the others it is said that there are more.
const NAMES: usize = 3;

/// What one notification is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// Gifts, each of several counted.
    pub gifts: u64,
    /// The gift, if all were of one kind and from one giver.
    pub gift: Option<String>,
    /// Questions.
    pub questions: u64,
    /// Who, the first three.
    pub names: Vec<String>,
    /// There were others.
    pub more: bool,
}

impl Heard {
    fn add(&mut self, news: News) {
        match news {
            News::Gift { from, gift, count } => {
                let first = self.gifts == 0 && self.questions == 0;
                self.gifts = self.gifts.saturating_add(count.into());
                let same = self.gift.as_ref() == Some(&gift) && self.names == [from.clone()];
                self.gift = (first || same).then_some(gift);
                self.name(from);
            }
            News::Question { from } => {
                self.questions = self.questions.saturating_add(1);
                self.gift = None;
                self.name(from);
            }
            _ => {}
        }
    }

    fn name(&mut self, name: String) {
        if self.names.contains(&name) {
            return;
        }
        if self.names.len() < NAMES {
            self.names.push(name);
        } else {
            self.more = true;
        }
    }
}

/// What waits to be told, and when the last was told.
#[derive(Debug, Default)]
pub struct Fold {
    heard: Heard,
    due: Option<Instant>,
    last: Option<Instant>,
}

impl Fold {
    /// Folds one more in.
    pub fn add(&mut self, now: Instant, news: News) {
        self.heard.add(news);
        let apart = self.last.map_or(now, |last| last + APART);
        self.due.get_or_insert(apart.max(now + GATHER));
    }

    /// When [`Self::take`] has something to tell; `None` while there is nothing.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Takes what waited.
    pub fn take(&mut self, now: Instant) -> Heard {
        self.due = None;
        self.last = Some(now);
        std::mem::take(&mut self.heard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gift(from: &str, gift: &str, count: u32) -> News {
        News::Gift { from: from.into(), gift: gift.into(), count }
    }

    fn heard(news: impl IntoIterator<Item = News>) -> Heard {
        let mut heard = Heard::default();
        news.into_iter().for_each(|one| heard.add(one));
        heard
    }

    #[test]
    fn a_combo_of_one_giver_is_one_gift_counted() {
        let heard = heard([gift("Mika", "Rose", 1), gift("Mika", "Rose", 9)]);
        assert_eq!((heard.gifts, heard.gift.as_deref()), (10, Some("Rose")));
        assert_eq!(heard.names, ["Mika"]);
    }

    #[test]
    fn gifts_of_several_kinds_givers_or_with_questions_are_counted_only() {
        for news in [
            [gift("Mika", "Rose", 1), gift("Mika", "Cake", 1)],
            [gift("Mika", "Rose", 1), gift("Sora", "Rose", 1)],
            [gift("Mika", "Rose", 1), News::Question { from: "Mika".into() }],
            [News::Question { from: "Mika".into() }, gift("Mika", "Rose", 1)],
        ] {
            assert_eq!(heard(news.clone()).gift, None, "{news:?}");
        }
    }

    #[test]
    fn a_thousand_givers_are_three_names_and_more() {
        let heard = heard((0..1_000).map(|n| gift(&format!("n{n}"), "Rose", u32::MAX)));
        assert_eq!((heard.names.len(), heard.more), (3, true));
        assert_eq!(heard.gifts, 1_000 * u64::from(u32::MAX));
    }

    #[test]
    fn two_notifications_are_six_seconds_apart_however_many_news_there_are() {
        let start = Instant::now();
        let mut fold = Fold::default();
        let mut told = Vec::new();
        for tenth in 0..200 {
            let now = start + Duration::from_millis(tenth * 100);
            fold.add(now, gift("Mika", "Rose", 1));
            if fold.due().is_some_and(|due| due <= now) {
                told.push((now - start, fold.take(now).gifts));
            }
        }
        let seconds: Vec<u64> = told.iter().map(|(at, _)| at.as_secs()).collect();
        assert_eq!(seconds, [1, 7, 13, 19]);
        assert_eq!(told.iter().map(|(_, gifts)| gifts).sum::<u64>(), 191);
    }

    #[test]
    fn nothing_is_due_before_there_is_something() {
        let now = Instant::now();
        let mut fold = Fold::default();
        assert_eq!(fold.due(), None);
        fold.add(now, gift("Mika", "Rose", 1));
        assert_eq!(fold.due(), Some(now + GATHER));
        fold.take(now + GATHER);
        assert_eq!(fold.due(), None);
    }
}
