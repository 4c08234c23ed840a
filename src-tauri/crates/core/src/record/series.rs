//! Samples as columns: as pages draw them and as they are written down.

use super::counts::CountColumns;
use super::sample::Sample;
use crate::Millis;
use crate::sale::OfferId;
use serde::{Deserialize, Serialize};

/// Samples as columns; a row is a span of time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct RecordSeries {
    /// When each span begins.
    pub at: Vec<Millis>,
    /// Seconds of it that were counted: 1, 10 or 60 for whole ones.
    pub span_s: Vec<u32>,
    /// What happened in it.
    pub counts: CountColumns,
    /// The most people who were here at once.
    pub online: Vec<u32>,
    /// What was left of each offer that ran.
    pub stock: Vec<StockLine>,
}

/// What was left of one offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StockLine {
    /// Which.
    pub offer: OfferId,
    /// What it is for.
    pub title: String,
    /// One for each row; `null` while it did not run.
    pub left: Vec<Option<u32>>,
}

impl RecordSeries {
    /// The columns of samples; `title` names an offer.
    pub fn new<'a>(
        samples: impl IntoIterator<Item = &'a Sample>,
        title: impl Fn(&OfferId) -> String,
    ) -> Self {
        let mut series = Self::default();
        for sample in samples {
            let row = series.at.len();
            series.at.push(sample.at);
            series.span_s.push(sample.span_s);
            series.counts.push(&sample.counts);
            series.online.push(sample.online);
            for (offer, left) in &sample.stock {
                let known = series.stock.iter().position(|line| line.offer == *offer);
                let place = known.unwrap_or_else(|| {
                    let line =
                        StockLine { offer: offer.clone(), title: title(offer), left: Vec::new() };
                    series.stock.push(line);
                    series.stock.len() - 1
                });
                let line = &mut series.stock[place].left;
                line.resize(row, None);
                line.push(Some(*left));
            }
        }
        for line in &mut series.stock {
            line.left.resize(series.at.len(), None);
        }
        series
    }

    /// The samples again.
    pub fn samples(&self) -> impl Iterator<Item = Sample> {
        self.at.iter().enumerate().map(|(row, at)| Sample {
            at: *at,
            span_s: self.span_s.get(row).copied().unwrap_or_default(),
            counts: self.counts.row(row),
            online: self.online.get(row).copied().unwrap_or_default(),
            stock: self
                .stock
                .iter()
                .filter_map(|line| Some((line.offer.clone(), (*line.left.get(row)?)?)))
                .collect(),
        })
    }
}
