//! Counts what happens, second by second, and knows which show it belongs to.

use super::counts::Counts;
use super::ring::Ring;
use super::running::{Kept, Running, Unkept};
use super::sample::{RUNNING, Sample};
use super::series::RecordSeries;
use super::show::{NAME_LIMIT, ShowRecord, ShowReport};
use super::{LIVE_S, LONG_QUIET_MS, OfferLook, QUIET_MS, SaleLook};
use crate::sale::OfferId;
use crate::{Event, EventKind, Fate, Millis, Priority, Role, text};
use std::collections::{BTreeMap, VecDeque};

/// Source of made-up events; they are not counted.
const REHEARSAL: &str = "rehearsal";
/// Ended shows that wait to be written down; the oldest is lost for a further one.
const ENDED: usize = 4;
/// Titles of offers remembered beside those that run.
const TITLES: usize = 64;

/// Counts what happens. Bounded: 600 seconds, one show (100,000 people told
/// apart, 10,000 givers, 2,880 samples), four ended ones.
#[derive(Debug, Clone)]
pub struct Recorder {
    live: Ring,
    /// The second that is being counted.
    second: Counts,
    /// When the last one was closed.
    closed: Millis,
    online: u32,
    /// The most in this second.
    most: u32,
    stock: Vec<(OfferId, u32)>,
    titles: BTreeMap<OfferId, String>,
    running: Option<Running>,
    last: Option<Millis>,
    /// The id of the last show.
    last_id: u64,
    ended: VecDeque<ShowReport>,
}

impl Recorder {
    /// One that knows nothing of earlier shows.
    pub fn new(now: Millis) -> Self {
        Self {
            live: Ring::new(1, usize::try_from(LIVE_S).unwrap_or(600)),
            second: Counts::default(),
            closed: now,
            online: 0,
            most: 0,
            stock: Vec::new(),
            titles: BTreeMap::new(),
            running: None,
            last: None,
            last_id: 0,
            ended: VecDeque::new(),
        }
    }

    /// Says when the last show ended, and its id.
    #[must_use]
    pub fn after(mut self, last: &ShowRecord) -> Self {
        self.last = self.last.max(Some(last.ended.unwrap_or(last.last)));
        self.last_id = self.last_id.max(last.id);
        self
    }

    /// Goes on with a show that had not ended, or ends it if too long a quiet
    /// lies between.
    #[must_use]
    pub fn resume(mut self, now: Millis, kept: Kept) -> Self {
        self = self.after(&kept.show);
        let running = Running::resume(kept);
        let begin = Millis(now.0.saturating_sub(LIVE_S * 1_000));
        running.tens_since(begin).for_each(|sample| self.live.keep(sample.clone()));
        let lines = running.show.offers.iter();
        self.titles = lines.map(|line| (line.offer.clone(), line.title.clone())).collect();
        self.running = Some(running);
        self.end_if_quiet(now);
        self
    }

    /// A message, as it comes to the show.
    pub fn event(&mut self, now: Millis, event: &Event) {
        if event.source == REHEARSAL {
            return;
        }
        let speaks = matches!(event.kind, EventKind::Comment { .. } | EventKind::Gift { .. });
        let quiet = self.last.is_none_or(|last| now.since(last) >= QUIET_MS);
        if speaks && quiet && self.running.is_none() {
            self.begin(now, String::new(), false);
        }
        if !matches!(event.kind, EventKind::Tip { .. }) {
            self.sign(now);
        }
        let count = match event.priority {
            Priority::High => &mut self.second.high,
            Priority::Normal => &mut self.second.normal,
            Priority::Low => &mut self.second.low,
            Priority::Lowest => &mut self.second.lowest,
        };
        *count += 1;
        if let Some(paid) = event.kind.paid() {
            self.second.paid += 1;
            if let Some(running) = &mut self.running {
                running.pay(paid);
            }
        }
        if let EventKind::Gift { gift, count } = &event.kind {
            self.second.gifts += u64::from(*count);
            let worth = u64::from(gift.coins).saturating_mul(u64::from(*count));
            self.second.coins = self.second.coins.saturating_add(worth);
            if let (Some(running), Some(from)) = (&mut self.running, &event.from) {
                running.give(from, gift, *count);
            }
        }
        let viewer = event.from.as_ref().filter(|from| from.role != Role::Host);
        if let (true, Some(running), Some(from)) = (speaks, &mut self.running, viewer)
            && running.is_new_speaker(&from.id)
        {
            self.second.people += 1;
        }
    }

    /// What became of a message.
    pub fn fate(&mut self, fate: &Fate) {
        let count = match fate {
            Fate::Shown | Fate::Merged { .. } => &mut self.second.shown,
            Fate::AgedOut { .. } | Fate::Blocked { .. } | Fate::Refused { .. } => {
                &mut self.second.dropped
            }
            Fate::Removed { .. } => &mut self.second.removed,
        };
        *count += 1;
    }

    /// Taps on like.
    pub fn likes(&mut self, now: Millis, add: u32) {
        if add > 0 {
            self.second.likes += u64::from(add);
            self.sign(now);
        }
    }

    /// How many people are here.
    pub fn online(&mut self, count: u32) {
        self.online = count;
        self.most = self.most.max(count);
    }

    /// A viewer asked.
    pub fn question(&mut self, now: Millis) {
        self.second.questions += 1;
        self.sign(now);
    }

    /// A question was answered.
    pub fn answered(&mut self) {
        self.second.answered += 1;
    }

    /// Somebody was muted or banned.
    pub fn muted(&mut self) {
        self.second.muted += 1;
    }

    /// How the sale stands.
    pub fn sale(&mut self, now: Millis, look: &SaleLook) {
        // A lottery has places for everybody: beside its million no voucher's stock is seen to fall.
        let is_counted = |one: &&OfferLook| one.is_running && one.offer.as_lottery().is_none();
        let running = look.offers.iter().filter(is_counted);
        self.stock = running.take(RUNNING).map(|one| (one.offer.clone(), one.left)).collect();
        if self.titles.len() + look.offers.len() > TITLES {
            self.titles.clear();
        }
        for offer in &look.offers {
            self.second.claims = self.second.claims.saturating_add(offer.claimed);
            self.titles.insert(offer.offer.clone(), offer.title.clone());
            if offer.claimed > 0 {
                self.sign(now);
            }
        }
        if let Some(running) = &mut self.running {
            running.look(look);
        }
    }

    /// The second is over; called about once in each.
    pub fn tick(&mut self, now: Millis) {
        self.close(now);
        self.end_if_quiet(now);
    }

    /// The host begins a show, or names the one that runs.
    pub fn start(&mut self, now: Millis, name: &str) -> ShowRecord {
        let name = clean_name(name);
        match &mut self.running {
            Some(running) => {
                running.show.by_hand = true;
                if !name.is_empty() {
                    running.show.name = name;
                }
            }
            None => self.begin(now, name, true),
        }
        self.running.as_ref().map(Running::sums).unwrap_or_default()
    }

    /// Names the show that runs, if it is this one.
    pub fn rename(&mut self, id: u64, name: &str) -> bool {
        let running = self.running.as_mut().filter(|running| running.show.id == id);
        if let Some(running) = running {
            running.show.name = clean_name(name);
            return true;
        }
        false
    }

    /// The host ends the show; `None` if none runs.
    pub fn end(&mut self, now: Millis) -> Option<ShowRecord> {
        self.close(now);
        self.finish(now)
    }

    /// The last ten minutes, as far as they begin after `after`.
    pub fn live(&self, after: Millis) -> RecordSeries {
        RecordSeries::new(self.live.since(after.plus(1)), |offer| {
            self.titles.get(offer).cloned().unwrap_or_else(|| offer.to_string())
        })
    }

    /// The show that runs.
    pub fn running(&self) -> Option<ShowRecord> {
        self.running.as_ref().map(Running::sums)
    }

    /// The show that runs, or one that waits to be written down.
    pub fn report(&self, id: u64) -> Option<ShowReport> {
        let running = self.running.as_ref().filter(|running| running.show.id == id);
        let ended = || self.ended.iter().find(|report| report.show.id == id).cloned();
        running.map(Running::report).or_else(ended)
    }

    /// What is to be written down of the show that runs.
    pub fn take_unkept(&mut self) -> Option<Unkept> {
        let closed = self.closed;
        self.running.as_mut().map(|running| running.take_unkept(closed))
    }

    /// Gives back what could not be written down; `kept` is until when all was before.
    pub fn put_back(&mut self, unkept: Unkept, kept: Millis) {
        let running = self.running.as_mut().filter(|one| one.show.id == unkept.show.id);
        if let Some(running) = running {
            running.put_back(unkept, kept);
        }
    }

    /// Shows that ended and are not written down yet, oldest first.
    pub fn ended(&self) -> Vec<ShowReport> {
        self.ended.iter().cloned().collect()
    }

    /// An ended show is written down, or not wanted any more.
    pub fn forget(&mut self, id: u64) {
        self.ended.retain(|report| report.show.id != id);
    }

    fn sign(&mut self, now: Millis) {
        self.last = self.last.max(Some(now));
        if let Some(running) = &mut self.running {
            running.show.last = running.show.last.max(now);
        }
    }

    fn begin(&mut self, now: Millis, name: String, by_hand: bool) {
        // What came before in this second is not of the show.
        self.close(now);
        self.last_id = now.0.max(self.last_id + 1);
        self.running = Some(Running::new(ShowRecord {
            id: self.last_id,
            name,
            began: now,
            by_hand,
            last: now,
            kept: now,
            most_online: self.online,
            most_online_at: now,
            ..ShowRecord::default()
        }));
    }

    fn end_if_quiet(&mut self, now: Millis) {
        let Some(running) = &self.running else { return };
        let quiet = if running.show.by_hand { LONG_QUIET_MS } else { QUIET_MS };
        let last = running.show.last;
        if now.since(last) >= quiet {
            self.finish(last);
        }
    }

    fn finish(&mut self, at: Millis) -> Option<ShowRecord> {
        let mut running = self.running.take()?;
        running.finish(at);
        self.last = self.last.max(Some(at));
        let report = running.report();
        let show = report.show.clone();
        if self.ended.len() == ENDED {
            self.ended.pop_front();
        }
        self.ended.push_back(report);
        Some(show)
    }

    fn close(&mut self, now: Millis) {
        let passed = (now.since(self.closed) + 500) / 1_000;
        if passed == 0 && self.second == Counts::default() {
            return;
        }
        let sample = Sample {
            // The second that is over, whether it was closed on time or a little late.
            at: Millis(now.0.saturating_sub(500)),
            span_s: u32::try_from(passed).unwrap_or(u32::MAX),
            counts: std::mem::take(&mut self.second),
            online: self.most.max(self.online),
            stock: self.stock.clone(),
        };
        (self.closed, self.most) = (now, self.online);
        self.live.push(&sample);
        if let Some(running) = &mut self.running {
            running.push(&sample);
        }
    }
}

/// A show's name as it is kept.
pub fn clean_name(name: &str) -> String {
    text::clean(name).chars().take(NAME_LIMIT).collect()
}
