//! The claims ledger in SQLite (`migrations/0005_ledger.sql`).

use super::{documents, integer, natural};
use crate::{DocumentKey, Error, LEDGER_PAGE};
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteExecutor, SqlitePool};
use std::path::Path;
use surtitle_core::sale::{Hash, Record};

pub async fn append(
    pool: &SqlitePool,
    records: &[Record],
    documents: &[(DocumentKey, Option<Value>)],
) -> Result<(), Error> {
    let mut transaction = pool.begin().await?;
    if !records.is_empty() {
        // One statement whatever their number: each is a way to SQLite's thread and back.
        let rows: Vec<_> =
            records.iter().map(|r| (integer(r.seq), &r.entry, r.hash.to_string())).collect();
        let rows = serde_json::to_string(&rows).map_err(|source| damaged(0, Some(source)))?;
        sqlx::query(
            "INSERT INTO ledger (seq, entry, hash)
             SELECT value ->> 0, value ->> 1, unhex(value ->> 2) FROM json_each(?) ORDER BY key",
        )
        .bind(rows)
        .execute(&mut *transaction)
        .await?;
    }
    for ((kind, key), value) in documents {
        match value {
            Some(value) => documents::put(&mut transaction, kind, key, value).await?,
            None => documents::delete(&mut transaction, kind, key).await?,
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// Reads the ledger of a database that another process may be writing.
pub async fn look(database: &Path) -> Result<Vec<Record>, Error> {
    let options = SqliteConnectOptions::new().filename(database).read_only(true);
    let mut connection = options.connect().await?;
    let mut all: Vec<Record> = Vec::new();
    loop {
        let after = all.last().map_or(0, |record| record.seq);
        let page = list(&mut connection, after, LEDGER_PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

pub async fn list<'e>(
    executor: impl SqliteExecutor<'e>,
    after: u64,
    limit: u32,
) -> Result<Vec<Record>, Error> {
    let rows: Vec<(i64, String, Vec<u8>)> =
        sqlx::query_as("SELECT seq, entry, hash FROM ledger WHERE seq > ? ORDER BY seq LIMIT ?")
            .bind(integer(after))
            .bind(limit.min(LEDGER_PAGE))
            .fetch_all(executor)
            .await?;
    let record = |(seq, entry, hash): (i64, String, Vec<u8>)| {
        let seq = natural(seq);
        let hash = <[u8; 32]>::try_from(hash).map_err(|_| damaged(seq, None))?;
        Ok(Record { seq, entry, hash: Hash(hash) })
    };
    rows.into_iter().map(record).collect()
}

fn damaged(seq: u64, source: Option<serde_json::Error>) -> Error {
    Error::Record { table: "ledger", key: seq.to_string(), source }
}
