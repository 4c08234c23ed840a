//! The log in SQLite. The sums are kept by triggers (`migrations/0002_log.sql`).

use super::{documents, integer, natural};
use crate::{Error, EventRecord, LogWrite, PAGE_LIMIT, Row};
use sqlx::SqlitePool;
use std::collections::BTreeMap;
use surtitle_core::{Accounts, Event, EventId, Fate, Millis, RoomId};

/// Events pruned in one transaction: a gift waits for at most one such piece.
const PRUNE_PIECE: i64 = 2_000;

type Columns = (i64, String, String, Option<String>);

/// Two statements whatever the number of events and fates: each statement is
/// a way to SQLite's thread and back, which costs more than the row it writes.
pub async fn append(pool: &SqlitePool, writes: &[LogWrite]) -> Result<(), Error> {
    let mut events = Vec::new();
    let mut fates = BTreeMap::new();
    let mut removed = Vec::new();
    let mut likes = Vec::new();
    let mut values = BTreeMap::new();
    for write in writes {
        match write {
            LogWrite::Event { event } => {
                events.push((&event.id, integer(event.at.0), json(event, &event.id)?));
            }
            // The last one counts; the sums are the same without those between.
            LogWrite::Fate { id, fate } => {
                if matches!(fate, Fate::Removed { .. }) {
                    removed.push(id);
                }
                fates.insert(id, json(fate, id)?);
            }
            LogWrite::Likes { room, total } => likes.push((room, *total)),
            // The last one counts: a room writes its own many times a batch.
            LogWrite::Document { kind, key, value } => {
                values.insert((kind.as_str(), key.as_str()), value.as_ref());
            }
        }
    }
    let all = EventId::from("*");
    let mut transaction = pool.begin().await?;
    if !events.is_empty() {
        sqlx::query(
            "INSERT OR IGNORE INTO events (id, at, event)
             SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) ORDER BY key",
        )
        .bind(json(&events, &all)?)
        .execute(&mut *transaction)
        .await?;
    }
    if !fates.is_empty() {
        let rows: Vec<_> = fates.iter().collect();
        let done = sqlx::query(
            "UPDATE events SET fate = new.value ->> 1 FROM json_each(?) AS new
             WHERE events.id = new.value ->> 0",
        )
        .bind(json(&rows, &all)?)
        .execute(&mut *transaction)
        .await?;
        let unknown = fates.len() as u64 - done.rows_affected();
        if unknown > 0 {
            tracing::warn!(unknown, "fates of unknown events ignored");
        }
    }
    if !removed.is_empty() {
        // What Event::redact does, where the event is.
        sqlx::query(
            "UPDATE events SET event = CASE event ->> '$.kind'
                 WHEN 'comment' THEN json_set(event, '$.text', '')
                 WHEN 'custom' THEN json_set(event, '$.data', '')
                 ELSE event END
             WHERE id IN (SELECT value FROM json_each(?))",
        )
        .bind(json(&removed, &all)?)
        .execute(&mut *transaction)
        .await?;
    }
    for (room, total) in likes {
        put_likes(&mut transaction, room, total).await?;
    }
    for ((kind, key), value) in values {
        match value {
            Some(value) => documents::put(&mut transaction, kind, key, value).await?,
            None => documents::delete(&mut transaction, kind, key).await?,
        }
    }
    transaction.commit().await?;
    Ok(())
}

async fn put_likes(
    connection: &mut sqlx::SqliteConnection,
    room: &RoomId,
    total: u64,
) -> Result<(), Error> {
    sqlx::query("UPDATE rooms SET likes = max(likes, ?) WHERE id = ?")
        .bind(integer(total))
        .bind(room.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn totals(pool: &SqlitePool) -> Result<Accounts, Error> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT word, count FROM counters").fetch_all(pool).await?;
    let mut totals = Accounts::default();
    for (word, count) in rows {
        let place = match word.as_str() {
            "received" => &mut totals.received,
            "shown" => &mut totals.shown,
            "merged" => &mut totals.merged,
            "aged_out" => &mut totals.aged_out,
            "removed" => &mut totals.removed,
            "blocked" => &mut totals.blocked,
            "refused" => &mut totals.refused,
            "waiting" => &mut totals.waiting,
            _ => return Err(Error::Record { table: "counter", key: word, source: None }),
        };
        *place = natural(count);
    }
    Ok(totals)
}

pub async fn list_unfated(pool: &SqlitePool) -> Result<Vec<Event>, Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT id, event FROM events WHERE fate IS NULL ORDER BY row")
            .fetch_all(pool)
            .await?;
    rows.into_iter().map(|(id, event)| read(&event, &id)).collect()
}

pub async fn close_unfated(
    pool: &SqlitePool,
    stage: &str,
    except_gifts: bool,
) -> Result<u64, Error> {
    let fate = Fate::AgedOut { stage: stage.to_owned() };
    let done = sqlx::query(
        "UPDATE events SET fate = ?
         WHERE fate IS NULL AND NOT (? AND (event ->> '$.kind' = 'gift'
             OR event ->> '$.paid' IS NOT NULL))",
    )
    .bind(json(&fate, &EventId::from("*"))?)
    .bind(except_gifts)
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

pub async fn list_events(
    pool: &SqlitePool,
    limit: u32,
    before: Option<Row>,
) -> Result<Vec<EventRecord>, Error> {
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT row, id, event, fate FROM events WHERE row < ? ORDER BY row DESC LIMIT ?",
    )
    .bind(before.map_or(i64::MAX, |row| integer(row.0)))
    .bind(limit.min(PAGE_LIMIT))
    .fetch_all(pool)
    .await?;
    rows.into_iter().rev().map(record).collect()
}

pub async fn list_gifts(pool: &SqlitePool, limit: u32) -> Result<Vec<EventRecord>, Error> {
    let rows: Vec<Columns> = sqlx::query_as(
        "SELECT row, id, event, fate FROM events WHERE event ->> '$.kind' = 'gift'
         ORDER BY row DESC LIMIT ?",
    )
    .bind(limit.min(PAGE_LIMIT))
    .fetch_all(pool)
    .await?;
    rows.into_iter().rev().map(record).collect()
}

pub async fn get_event(pool: &SqlitePool, id: &EventId) -> Result<Option<EventRecord>, Error> {
    let row: Option<Columns> =
        sqlx::query_as("SELECT row, id, event, fate FROM events WHERE id = ?")
            .bind(id.as_str())
            .fetch_optional(pool)
            .await?;
    row.map(record).transpose()
}

pub async fn prune(pool: &SqlitePool, older_than: Millis) -> Result<u64, Error> {
    let mut pruned = 0;
    loop {
        let done = sqlx::query(
            "DELETE FROM events WHERE row IN
             (SELECT row FROM events WHERE at < ? AND fate IS NOT NULL LIMIT ?)",
        )
        .bind(integer(older_than.0))
        .bind(PRUNE_PIECE)
        .execute(pool)
        .await?;
        if done.rows_affected() == 0 {
            break;
        }
        pruned += done.rows_affected();
    }
    sqlx::query("DELETE FROM mutes WHERE until < ?")
        .bind(integer(older_than.0))
        .execute(pool)
        .await?;
    Ok(pruned)
}

fn record((row, id, event, fate): Columns) -> Result<EventRecord, Error> {
    Ok(EventRecord {
        row: Row(natural(row)),
        event: read(&event, &id)?,
        fate: fate.map(|fate| read(&fate, &id)).transpose()?,
    })
}

fn read<T: serde::de::DeserializeOwned>(json: &str, id: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|source| damaged(id, source))
}

fn json<T: serde::Serialize>(value: &T, id: &EventId) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|source| damaged(id.as_str(), source))
}

fn damaged(id: &str, source: serde_json::Error) -> Error {
    Error::Record { table: "event", key: id.to_owned(), source: Some(source) }
}
