//! How lessons are kept: one document for each entry, one for each lesson.
//!
//! Kind `board/ROOM` has a lesson's head under its number; kind
//! `board/ROOM/LESSON` has its entries under theirs. Numbers are padded with
//! zeros, so that the store's order is theirs.

use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_core::board::{BoardEntry, Deed};
use surtitle_core::wire::LessonInfo;
use surtitle_core::{Millis, RoomId, Seq};
use surtitle_store::{Error, LogWrite, Store};

/// Most lessons kept of one board; the oldest goes.
pub const LESSONS: usize = 200;

/// A lesson's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its number, from 1.
    pub lesson: u32,
    /// When it began.
    pub began: Millis,
    /// When it last changed, as far as is known.
    pub changed: Millis,
    /// Number of its last entry, as far as is known.
    pub seq: Seq,
}

impl Head {
    /// As pages are told.
    pub fn info(&self) -> LessonInfo {
        let Self { lesson, began, changed, seq } = *self;
        LessonInfo { lesson, began, changed, seq }
    }

    /// Writes it down.
    pub fn write(&self, room: &RoomId) -> LogWrite {
        let value = json!({ "began": self.began, "changed": self.changed, "seq": self.seq });
        let key = format!("{:010}", self.lesson);
        LogWrite::Document { kind: heads(room), key, value: Some(value) }
    }
}

/// Writes an entry down.
pub fn write(room: &RoomId, lesson: u32, entry: &BoardEntry) -> LogWrite {
    let value = serde_json::to_value(entry).expect("an entry serialises: it has no maps");
    let key = format!("{:020}", entry.seq.0);
    LogWrite::Document { kind: entries(room, lesson), key, value: Some(value) }
}

/// The heads of every lesson, oldest first.
///
/// # Errors
/// What the store says.
pub async fn list(store: &dyn Store, room: &RoomId) -> Result<Vec<Head>, Error> {
    let documents = store.list_documents(&heads(room)).await?;
    let head = |key: &str, value: &Value| {
        let number = |name| value.get(name).and_then(Value::as_u64).unwrap_or(0);
        let (began, changed) = (Millis(number("began")), Millis(number("changed")));
        Some(Head { lesson: key.parse().ok()?, began, changed, seq: Seq(number("seq")) })
    };
    Ok(documents.iter().filter_map(|d| head(&d.key, &d.value)).collect())
}

/// The entries of a lesson, in order. Ink of whoever was removed in it is not
/// among them.
///
/// # Errors
/// What the store says.
pub async fn read(
    store: &dyn Store,
    room: &RoomId,
    lesson: u32,
) -> Result<Arc<[BoardEntry]>, Error> {
    let documents = store.list_documents(&entries(room, lesson)).await?;
    let mut all: Vec<BoardEntry> = Vec::with_capacity(documents.len());
    for document in documents {
        match serde_json::from_value(document.value) {
            Ok(entry) => all.push(entry),
            Err(error) => tracing::error!("board {room}: entry {} skipped: {error}", document.key),
        }
    }
    let forgotten: Vec<_> = all
        .iter()
        .filter_map(|entry| match &entry.deed {
            Deed::Forget { user } => Some((entry.seq, user.clone())),
            _ => None,
        })
        .collect();
    if !forgotten.is_empty() {
        all.retain(|entry| match &entry.deed {
            Deed::Stroke { stroke } => {
                !forgotten.iter().any(|(seq, user)| *seq > entry.seq && *user == stroke.by)
            }
            _ => true,
        });
    }
    Ok(all.into())
}

/// Forgets a lesson.
///
/// # Errors
/// What the store says.
pub async fn delete(store: &dyn Store, room: &RoomId, lesson: u32) -> Result<(), Error> {
    store.delete_documents(&entries(room, lesson)).await?;
    store.delete_document(&heads(room), &format!("{lesson:010}")).await
}

fn heads(room: &RoomId) -> String {
    format!("board/{room}")
}

fn entries(room: &RoomId, lesson: u32) -> String {
    format!("board/{room}/{lesson}")
}
