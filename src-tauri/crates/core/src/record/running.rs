//! The show under way: its sums, its samples, and who spoke and gave in it.

use super::ring::Ring;
use super::sample::Sample;
use super::series::RecordSeries;
use super::show::{
    CURRENCIES, Giver, OFFERS, OfferLine, PRODUCTS, PaidSum, ProductLine, ShowRecord, ShowReport,
    TOP,
};
use super::{BLOCK_MS, OfferLook, SaleLook};
use crate::sale::OfferId;
use crate::{Gift, Millis, Paid, Sender, UserId};
use std::collections::{HashMap, HashSet};

/// Most people told apart; further ones are not counted.
const SPEAKERS: usize = 100_000;
/// Most givers remembered; gifts of further ones count in the sums only.
const GIVERS: usize = 10_000;
/// Samples of ten seconds: four hours.
const TENS: usize = 1_440;
/// Samples of a minute: 24 hours.
const MINUTES: usize = 1_440;

/// The show under way.
#[derive(Debug, Clone)]
pub struct Running {
    pub(super) show: ShowRecord,
    tens: Ring,
    minutes: Ring,
    speakers: HashSet<u64>,
    givers: HashMap<UserId, Giver>,
    /// Not written down yet.
    new_speakers: Vec<u64>,
    new_givers: HashSet<UserId>,
    /// The sale was looked at since it began.
    looked: bool,
}

/// What is to be written down of the show under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Unkept {
    /// Its sums.
    pub show: ShowRecord,
    /// Blocks of ten-second samples that changed, by number.
    pub blocks: Vec<(u64, RecordSeries)>,
    /// How many speakers were written down before,
    pub speakers_before: usize,
    /// and who came since, as hashes of their ids.
    pub speakers: Vec<u64>,
    /// Givers who gave since.
    pub givers: Vec<Giver>,
}

/// What was written down of a show that had not ended.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Its sums.
    pub show: ShowRecord,
    /// Its blocks of ten-second samples, in order.
    pub blocks: Vec<RecordSeries>,
    /// Its speakers.
    pub speakers: Vec<u64>,
    /// Its givers.
    pub givers: Vec<Giver>,
}

impl Running {
    pub(super) fn new(show: ShowRecord) -> Self {
        Self {
            show,
            tens: Ring::new(10, TENS),
            minutes: Ring::new(60, MINUTES),
            speakers: HashSet::new(),
            givers: HashMap::new(),
            new_speakers: Vec::new(),
            new_givers: HashSet::new(),
            looked: false,
        }
    }

    /// Goes on with one that was written down.
    pub(super) fn resume(kept: Kept) -> Self {
        let mut running = Self::new(kept.show);
        for sample in kept.blocks.iter().flat_map(RecordSeries::samples) {
            running.tens.push(&sample);
            running.minutes.push(&sample);
        }
        running.speakers = kept.speakers.into_iter().take(SPEAKERS).collect();
        let givers = kept.givers.into_iter().take(GIVERS);
        running.givers = givers.map(|giver| (giver.user.clone(), giver)).collect();
        running.looked = true;
        running
    }

    /// Ten-second samples that begin at or after `at`.
    pub(super) fn tens_since(&self, at: Millis) -> impl Iterator<Item = &Sample> {
        self.tens.since(at)
    }

    pub(super) fn push(&mut self, sample: &Sample) {
        self.tens.push(sample);
        self.minutes.push(sample);
        self.show.totals.add(&sample.counts);
        if sample.online > self.show.most_online {
            (self.show.most_online, self.show.most_online_at) = (sample.online, sample.at);
        }
    }

    /// Whether somebody is heard for the first time.
    pub(super) fn is_new_speaker(&mut self, user: &UserId) -> bool {
        let hash = fnv(user.as_str());
        if self.speakers.contains(&hash) {
            return false;
        }
        if self.speakers.len() == SPEAKERS {
            self.show.crowded = true;
            return false;
        }
        self.speakers.insert(hash);
        self.new_speakers.push(hash);
        true
    }

    pub(super) fn give(&mut self, from: &Sender, gift: &Gift, count: u32) {
        if !self.givers.contains_key(&from.id) && self.givers.len() == GIVERS {
            return;
        }
        let fresh = || Giver { user: from.id.clone(), nick: String::new(), gifts: 0, coins: 0 };
        let giver = self.givers.entry(from.id.clone()).or_insert_with(fresh);
        giver.nick.clone_from(&from.nick);
        giver.gifts = giver.gifts.saturating_add(u64::from(count));
        let worth = u64::from(gift.coins).saturating_mul(u64::from(count));
        giver.coins = giver.coins.saturating_add(worth);
        self.new_givers.insert(from.id.clone());
    }

    pub(super) fn pay(&mut self, paid: &Paid) {
        let sums = &mut self.show.paid;
        let has_place = sums.len() < CURRENCIES;
        match sums.iter_mut().find(|sum| sum.currency == paid.currency) {
            Some(sum) => {
                sum.amount = sum.amount.saturating_add(paid.amount);
                sum.count += 1;
            }
            None if has_place => sums.push(PaidSum {
                currency: paid.currency.clone(),
                amount: paid.amount,
                count: 1,
            }),
            None => {}
        }
    }

    pub(super) fn look(&mut self, look: &SaleLook) {
        for OfferLook { offer, title, value, stock, left, claimed, .. } in &look.offers {
            let lines = &mut self.show.offers;
            let place = lines.iter().position(|line| line.offer == *offer).or_else(|| {
                (lines.len() < OFFERS).then(|| {
                    lines.push(OfferLine {
                        offer: offer.clone(),
                        title: String::new(),
                        value: String::new(),
                        stock: 0,
                        left: 0,
                        claimed: 0,
                    });
                    lines.len() - 1
                })
            });
            if let Some(line) = place.and_then(|place| lines.get_mut(place)) {
                (line.title, line.value) = (title.clone(), value.clone());
                (line.stock, line.left) = (*stock, *left);
                line.claimed = line.claimed.saturating_add(*claimed);
            }
        }
        for (number, title, total) in &look.sold {
            let lines = &mut self.show.products;
            let has_place = lines.len() < PRODUCTS;
            match lines.iter_mut().find(|line| line.number == *number) {
                Some(line) => {
                    line.title.clone_from(title);
                    line.sold = total.saturating_sub(line.before);
                }
                None if has_place => {
                    // What was sold at the first look was sold before the show.
                    let before = if self.looked { 0 } else { *total };
                    let (number, title) = (*number, title.clone());
                    lines.push(ProductLine { number, title, before, sold: total - before });
                }
                None => {}
            }
        }
        self.looked = true;
    }

    /// Its sums, with those who gave most.
    pub(super) fn sums(&self) -> ShowRecord {
        let mut givers: Vec<&Giver> = self.givers.values().collect();
        givers.sort_by(|a, b| {
            (b.coins, b.gifts).cmp(&(a.coins, a.gifts)).then_with(|| a.user.cmp(&b.user))
        });
        let givers = givers.into_iter().take(TOP).cloned().collect();
        ShowRecord { givers, ..self.show.clone() }
    }

    /// Its sums and its series.
    pub(super) fn report(&self) -> ShowReport {
        let ring = if self.tens.is_full() { &self.minutes } else { &self.tens };
        let series = RecordSeries::new(ring.all(), |offer| self.title(offer));
        ShowReport { show: self.sums(), series }
    }

    /// Ends it; quiet time after `at` is not of the show.
    pub(super) fn finish(&mut self, at: Millis) {
        self.show.ended = Some(at);
        let ring = if self.tens.is_full() { &mut self.minutes } else { &mut self.tens };
        for sample in ring.cut(at) {
            self.show.totals.subtract(&sample.counts);
        }
    }

    fn title(&self, offer: &OfferId) -> String {
        let line = self.show.offers.iter().find(|line| line.offer == *offer);
        line.map_or_else(|| offer.to_string(), |line| line.title.clone())
    }

    /// What changed since the last call; `now` is the time until which it holds all.
    pub(super) fn take_unkept(&mut self, now: Millis) -> Unkept {
        let first = self.show.kept.0 / BLOCK_MS;
        let mut blocks: Vec<(u64, Vec<&Sample>)> = Vec::new();
        for sample in self.tens.since(Millis(first * BLOCK_MS)) {
            let number = sample.at.0 / BLOCK_MS;
            match blocks.last_mut() {
                Some((last, samples)) if *last == number => samples.push(sample),
                _ => blocks.push((number, vec![sample])),
            }
        }
        let title = |offer: &OfferId| self.title(offer);
        let blocks = blocks
            .into_iter()
            .map(|(number, samples)| (number, RecordSeries::new(samples, title)))
            .collect();
        self.show.kept = now;
        let speakers = std::mem::take(&mut self.new_speakers);
        let new_givers = std::mem::take(&mut self.new_givers);
        Unkept {
            show: self.sums(),
            blocks,
            speakers_before: self.speakers.len() - speakers.len(),
            speakers,
            givers: new_givers.iter().filter_map(|user| self.givers.get(user)).cloned().collect(),
        }
    }

    /// Gives back what could not be written down; `kept` is until when all was before.
    pub(super) fn put_back(&mut self, unkept: Unkept, kept: Millis) {
        self.show.kept = kept;
        let mut speakers = unkept.speakers;
        speakers.append(&mut self.new_speakers);
        self.new_speakers = speakers;
        self.new_givers.extend(unkept.givers.into_iter().map(|giver| giver.user));
    }
}

/// FNV-1a: the same in every version, for what is written down.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
