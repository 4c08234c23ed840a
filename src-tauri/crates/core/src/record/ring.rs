//! The last samples of one width.

use super::sample::Sample;
use crate::Millis;
use std::collections::VecDeque;

/// Samples that begin at whole multiples of their width; at most so many, then
/// the oldest goes.
#[derive(Debug, Clone)]
pub struct Ring {
    span_s: u32,
    most: usize,
    samples: VecDeque<Sample>,
}

impl Ring {
    /// An empty one for `most` samples of `span_s` seconds, both at least 1.
    pub fn new(span_s: u32, most: usize) -> Self {
        Self { span_s: span_s.max(1), most: most.max(1), samples: VecDeque::new() }
    }

    /// Takes a sample in: into the last one if it is of the same span, or
    /// earlier, else as a new one. Sums stay what they were.
    pub fn push(&mut self, sample: &Sample) {
        let width = u64::from(self.span_s) * 1_000;
        let at = Millis(sample.at.0 - sample.at.0 % width);
        match self.samples.back_mut() {
            Some(last) if at <= last.at => last.add(sample, self.span_s),
            _ => {
                if self.samples.len() == self.most {
                    self.samples.pop_front();
                }
                let span_s = sample.span_s.min(self.span_s);
                self.samples.push_back(Sample { at, span_s, ..sample.clone() });
            }
        }
    }

    /// Puts a sample of another width in as it is; for what was before a restart.
    pub fn keep(&mut self, sample: Sample) {
        if self.samples.len() < self.most {
            self.samples.push_back(sample);
        }
    }

    /// Those that begin at or after `at`, oldest first.
    pub fn since(&self, at: Millis) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(move |sample| sample.at >= at)
    }

    /// Takes those off that begin after `at`.
    pub fn cut(&mut self, at: Millis) -> Vec<Sample> {
        let kept = self.samples.iter().take_while(|sample| sample.at <= at).count();
        self.samples.drain(kept..).collect()
    }

    /// All of them, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Sample> {
        self.samples.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// Whether the oldest may have gone.
    pub fn is_full(&self) -> bool {
        self.samples.len() == self.most
    }
}
