//! The queue and the log of calls to back ends in SQLite.

use super::{integer, natural};
use crate::{DeliveryRecord, DeliveryState, Error, NewDelivery, PAGE_LIMIT, Row};
use sqlx::{FromRow, SqlitePool};
use surtitle_core::Millis;

/// Calls forgotten in one transaction: other writes wait for at most one such
/// piece.
const PRUNE_PIECE: i64 = 1_000;

/// First what is due by its time, in the order it was queued. The index is
/// named because the one by time would sort the whole queue for each page.
const LIST_DUE: &str = "SELECT * FROM deliveries INDEXED BY deliveries_due
     WHERE app = ? AND state = 'due' AND at <= ? ORDER BY row LIMIT ?";

const NEXT_DUE: &str = "SELECT min(at) FROM deliveries INDEXED BY deliveries_next
     WHERE app = ? AND state = 'due'";

const LIST: &str = "SELECT * FROM deliveries WHERE app = ? AND row < ? ORDER BY row DESC LIMIT ?";

#[derive(FromRow)]
struct Columns {
    row: i64,
    app: u32,
    command: String,
    query: String,
    body: String,
    made_at: i64,
    attempts: u32,
    state: String,
    at: i64,
    note: String,
}

pub async fn put_deliveries(pool: &SqlitePool, new: &[NewDelivery]) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::with_capacity(new.len());
    let mut transaction = pool.begin().await?;
    for NewDelivery { app, command, query, body, made_at } in new {
        let made_at = integer(made_at.0);
        let done = sqlx::query(
            "INSERT INTO deliveries
             (app, command, query, body, made_at, attempts, state, at, note)
             VALUES (?, ?, ?, ?, ?, 0, 'due', ?, '')",
        )
        .bind(app)
        .bind(command)
        .bind(query)
        .bind(body)
        .bind(made_at)
        .bind(made_at)
        .execute(&mut *transaction)
        .await?;
        rows.push(Row(natural(done.last_insert_rowid())));
    }
    transaction.commit().await?;
    Ok(rows)
}

pub async fn list_due_deliveries(
    pool: &SqlitePool,
    app: u32,
    now: Millis,
    limit: u32,
) -> Result<Vec<DeliveryRecord>, Error> {
    let rows: Vec<Columns> = sqlx::query_as(LIST_DUE)
        .bind(app)
        .bind(integer(now.0))
        .bind(limit.min(PAGE_LIMIT))
        .fetch_all(pool)
        .await?;
    rows.into_iter().map(record).collect()
}

pub async fn next_due_delivery(pool: &SqlitePool, app: u32) -> Result<Option<Millis>, Error> {
    let at: Option<i64> = sqlx::query_scalar(NEXT_DUE).bind(app).fetch_one(pool).await?;
    Ok(at.map(|at| Millis(natural(at))))
}

pub async fn put_delivery_results(
    pool: &SqlitePool,
    results: &[(Row, u32, DeliveryState)],
) -> Result<(), Error> {
    let mut transaction = pool.begin().await?;
    for (row, attempts, state) in results {
        let (word, at, note) = match state {
            DeliveryState::Due { at } => ("due", at, ""),
            DeliveryState::Done { at, note } => ("done", at, note.as_str()),
            DeliveryState::Failed { at, note } => ("failed", at, note.as_str()),
        };
        sqlx::query(
            "UPDATE deliveries SET attempts = ?, state = ?, at = ?, note = ? WHERE row = ?",
        )
        .bind(attempts)
        .bind(word)
        .bind(integer(at.0))
        .bind(note)
        .bind(integer(row.0))
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub async fn list_deliveries(
    pool: &SqlitePool,
    app: u32,
    limit: u32,
    before: Option<Row>,
) -> Result<Vec<DeliveryRecord>, Error> {
    let rows: Vec<Columns> = sqlx::query_as(LIST)
        .bind(app)
        .bind(before.map_or(i64::MAX, |row| integer(row.0)))
        .bind(limit.min(PAGE_LIMIT))
        .fetch_all(pool)
        .await?;
    rows.into_iter().map(record).collect()
}

pub async fn get_delivery(pool: &SqlitePool, row: Row) -> Result<Option<DeliveryRecord>, Error> {
    let row: Option<Columns> = sqlx::query_as("SELECT * FROM deliveries WHERE row = ?")
        .bind(integer(row.0))
        .fetch_optional(pool)
        .await?;
    row.map(record).transpose()
}

pub async fn prune_deliveries(pool: &SqlitePool, app: u32, keep: u32) -> Result<u64, Error> {
    // The newest one that goes.
    let last: Option<i64> = sqlx::query_scalar(
        "SELECT row FROM deliveries WHERE app = ? AND state <> 'due'
         ORDER BY row DESC LIMIT 1 OFFSET ?",
    )
    .bind(app)
    .bind(keep)
    .fetch_optional(pool)
    .await?;
    let Some(last) = last else { return Ok(0) };
    let mut pruned = 0;
    loop {
        let done = sqlx::query(
            "DELETE FROM deliveries WHERE row IN (SELECT row FROM deliveries
             WHERE app = ? AND row <= ? AND state <> 'due' LIMIT ?)",
        )
        .bind(app)
        .bind(last)
        .bind(PRUNE_PIECE)
        .execute(pool)
        .await?;
        pruned += done.rows_affected();
        if done.rows_affected() < PRUNE_PIECE.unsigned_abs() {
            return Ok(pruned);
        }
    }
}

pub async fn delete_deliveries(pool: &SqlitePool, app: u32) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM deliveries WHERE app = ?").bind(app).execute(pool).await?;
    Ok(done.rows_affected())
}

fn record(columns: Columns) -> Result<DeliveryRecord, Error> {
    let Columns { row, app, command, query, body, made_at, attempts, state, at, note } = columns;
    let at = Millis(natural(at));
    let state = match state.as_str() {
        "due" => DeliveryState::Due { at },
        "done" => DeliveryState::Done { at, note },
        "failed" => DeliveryState::Failed { at, note },
        _ => return Err(Error::Record { table: "delivery", key: row.to_string(), source: None }),
    };
    let (row, made_at) = (Row(natural(row)), Millis(natural(made_at)));
    Ok(DeliveryRecord { row, app, command, query, body, made_at, attempts, state })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sqlite, Store};

    /// What SQLite says it does, a line a step.
    async fn plan(store: &Sqlite, query: &str, binds: usize) -> Vec<String> {
        let explain = format!("EXPLAIN QUERY PLAN {query}");
        let steps = (0..binds).fold(sqlx::query_as(&explain), |query, _| query.bind(1));
        let steps: Vec<(i64, i64, i64, String)> =
            steps.fetch_all(&store.write).await.expect("explains");
        steps.into_iter().map(|(_, _, _, step)| step).collect()
    }

    #[tokio::test]
    async fn queue_is_read_without_a_look_at_the_log() {
        let dir = tempfile::tempdir().expect("tempdir");
        let store = Sqlite::open(dir.path()).await.expect("opens");
        for (query, binds, index) in [
            (LIST_DUE, 3, "deliveries_due (app=?)"),
            (NEXT_DUE, 1, "deliveries_next (app=?)"),
            (LIST, 3, "deliveries_of (app=? AND row<?)"),
        ] {
            let plan = plan(&store, query, binds).await;
            let [step] = plan.as_slice() else { panic!("sorts or joins: {plan:?}") };
            assert!(step.starts_with("SEARCH ") && step.ends_with(index), "{plan:?}");
        }
        store.close().await;
    }
}
