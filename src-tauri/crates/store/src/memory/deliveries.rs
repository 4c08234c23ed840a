//! The queue and the log of calls to back ends in memory.

use crate::{DeliveryRecord, DeliveryState, NewDelivery, PAGE_LIMIT, Row};
use std::collections::BTreeMap;
use surtitle_core::Millis;

/// Every call that was not forgotten.
#[derive(Debug, Default)]
pub struct Deliveries {
    records: BTreeMap<Row, DeliveryRecord>,
    last: u64,
}

impl Deliveries {
    pub fn put(&mut self, new: &NewDelivery) -> Row {
        self.last += 1;
        let row = Row(self.last);
        let NewDelivery { app, command, query, body, made_at } = new.clone();
        let state = DeliveryState::Due { at: made_at };
        let record = DeliveryRecord { row, app, command, query, body, made_at, attempts: 0, state };
        self.records.insert(row, record);
        row
    }

    pub fn list_due(&self, app: u32, now: Millis, limit: u32) -> Vec<DeliveryRecord> {
        let due = self.due(app).filter(|(at, _)| *at <= now).map(|(_, record)| record);
        due.take(limit.min(PAGE_LIMIT) as usize).cloned().collect()
    }

    pub fn next_due(&self, app: u32) -> Option<Millis> {
        self.due(app).map(|(at, _)| at).min()
    }

    pub fn put_result(&mut self, row: Row, attempts: u32, state: &DeliveryState) {
        if let Some(record) = self.records.get_mut(&row) {
            record.attempts = attempts;
            record.state = state.clone();
        }
    }

    pub fn list(&self, app: u32, limit: u32, before: Option<Row>) -> Vec<DeliveryRecord> {
        let under = self.records.range(..before.unwrap_or(Row(u64::MAX))).rev();
        let of_app = under.map(|(_, record)| record).filter(|record| record.app == app);
        of_app.take(limit.min(PAGE_LIMIT) as usize).cloned().collect()
    }

    pub fn get(&self, row: Row) -> Option<DeliveryRecord> {
        self.records.get(&row).cloned()
    }

    pub fn prune(&mut self, app: u32, keep: u32) -> u64 {
        let ended = self.records.values().rev().filter(|record| {
            record.app == app && !matches!(record.state, DeliveryState::Due { .. })
        });
        let old: Vec<Row> = ended.skip(keep as usize).map(|record| record.row).collect();
        for row in &old {
            self.records.remove(row);
        }
        old.len() as u64
    }

    pub fn delete(&mut self, app: u32) -> u64 {
        let before = self.records.len();
        self.records.retain(|_, record| record.app != app);
        (before - self.records.len()) as u64
    }

    /// The calls of an app that wait, by row, and when each is due.
    fn due(&self, app: u32) -> impl Iterator<Item = (Millis, &DeliveryRecord)> {
        self.records.values().filter(move |record| record.app == app).filter_map(|record| {
            match record.state {
                DeliveryState::Due { at } => Some((at, record)),
                DeliveryState::Done { .. } | DeliveryState::Failed { .. } => None,
            }
        })
    }
}
