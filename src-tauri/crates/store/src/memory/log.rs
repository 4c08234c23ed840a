//! The log of events in memory.

use crate::{EventRecord, PAGE_LIMIT, Row};
use std::collections::{BTreeMap, HashMap};
use surtitle_core::{Accounts, Event, EventId, EventKind, Fate, Millis};

/// Every event that was not forgotten, and the books over all.
#[derive(Debug, Default)]
pub struct Log {
    records: BTreeMap<Row, EventRecord>,
    rows: HashMap<EventId, Row>,
    last: u64,
    totals: Accounts,
}

impl Log {
    pub fn put_event(&mut self, event: &Event) {
        if self.rows.contains_key(&event.id) {
            return;
        }
        self.last += 1;
        let row = Row(self.last);
        self.rows.insert(event.id.clone(), row);
        self.records.insert(row, EventRecord { row, event: event.clone(), fate: None });
        self.totals.received += 1;
        self.totals.waiting += 1;
    }

    pub fn put_fate(&mut self, id: &EventId, fate: &Fate) {
        match self.rows.get(id) {
            Some(row) => self.put_fate_at(*row, fate),
            None => tracing::warn!(%id, fate = fate.word(), "fate of an unknown event ignored"),
        }
    }

    pub fn totals(&self) -> Accounts {
        self.totals
    }

    pub fn list_unfated(&self) -> Vec<Event> {
        self.unfated().map(|record| record.event.clone()).collect()
    }

    pub fn close_unfated(&mut self, stage: &str, except_gifts: bool) -> u64 {
        let closed: Vec<Row> = self
            .unfated()
            .filter(|record| !(except_gifts && record.event.kind.is_worth_money()))
            .map(|record| record.row)
            .collect();
        for row in &closed {
            self.put_fate_at(*row, &Fate::AgedOut { stage: stage.to_owned() });
        }
        closed.len() as u64
    }

    pub fn list(&self, limit: u32, before: Option<Row>) -> Vec<EventRecord> {
        let under = self.records.range(..before.unwrap_or(Row(u64::MAX)));
        page(under.rev().map(|(_, record)| record), limit)
    }

    pub fn list_gifts(&self, limit: u32) -> Vec<EventRecord> {
        page(self.records.values().rev().filter(|record| is_gift(&record.event)), limit)
    }

    pub fn get(&self, id: &EventId) -> Option<EventRecord> {
        self.rows.get(id).and_then(|row| self.records.get(row)).cloned()
    }

    pub fn prune(&mut self, older_than: Millis) -> u64 {
        let before = self.records.len();
        self.records.retain(|_, record| record.event.at >= older_than || record.fate.is_none());
        self.rows.retain(|_, row| self.records.contains_key(row));
        (before - self.records.len()) as u64
    }

    fn put_fate_at(&mut self, row: Row, fate: &Fate) {
        if let Some(record) = self.records.get_mut(&row) {
            *sum(&mut self.totals, record.fate.as_ref()) -= 1;
            *sum(&mut self.totals, Some(fate)) += 1;
            record.fate = Some(fate.clone());
            if matches!(fate, Fate::Removed { .. }) {
                record.event.redact();
            }
        }
    }

    fn unfated(&self) -> impl Iterator<Item = &EventRecord> {
        self.records.values().filter(|record| record.fate.is_none())
    }
}

/// The first `limit` of these, which come newest first, turned round.
fn page<'a>(newest: impl Iterator<Item = &'a EventRecord>, limit: u32) -> Vec<EventRecord> {
    let mut page: Vec<_> = newest.take(limit.min(PAGE_LIMIT) as usize).cloned().collect();
    page.reverse();
    page
}

/// The sum an event with this fate counts into.
fn sum<'a>(totals: &'a mut Accounts, fate: Option<&Fate>) -> &'a mut u64 {
    match fate.map(Fate::word) {
        Some("shown") => &mut totals.shown,
        Some("merged") => &mut totals.merged,
        Some("aged_out") => &mut totals.aged_out,
        Some("removed") => &mut totals.removed,
        Some("blocked") => &mut totals.blocked,
        Some("refused") => &mut totals.refused,
        _ => &mut totals.waiting,
    }
}

fn is_gift(event: &Event) -> bool {
    matches!(event.kind, EventKind::Gift { .. })
}
