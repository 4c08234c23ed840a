//! One span of a show: what was counted in it, and how things stood.

use super::counts::Counts;
use crate::Millis;
use crate::sale::OfferId;

/// Offers whose stock one sample holds; those that opened last.
pub const RUNNING: usize = 8;

/// One span of a show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// When the span begins.
    pub at: Millis,
    /// Seconds of it that were counted.
    pub span_s: u32,
    /// What happened in it.
    pub counts: Counts,
    /// The most people who were here at once.
    pub online: u32,
    /// How many were left of each running offer at its end, at most [`RUNNING`].
    pub stock: Vec<(OfferId, u32)>,
}

impl Sample {
    /// Takes in what came after it, as one span of at most `most_s` seconds.
    pub fn add(&mut self, later: &Self, most_s: u32) {
        self.span_s = self.span_s.saturating_add(later.span_s).min(most_s);
        self.counts.add(&later.counts);
        self.online = self.online.max(later.online);
        for (offer, left) in &later.stock {
            let has_place = self.stock.len() < RUNNING;
            match self.stock.iter_mut().find(|(known, _)| known == offer) {
                Some((_, before)) => *before = *left,
                None if has_place => self.stock.push((offer.clone(), *left)),
                None => {}
            }
        }
    }
}
