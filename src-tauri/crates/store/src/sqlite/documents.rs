//! Documents in SQLite.
//!
//! A statement for each one: SQLite's own JSON functions, which could take
//! many at once, cut a text at U+0000, and keys are made by others.

use crate::{Document, Error};
use serde_json::Value;
use sqlx::{SqliteConnection, SqlitePool};

pub async fn list_documents(pool: &SqlitePool, kind: &str) -> Result<Vec<Document>, Error> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT key, value FROM documents WHERE kind = ? ORDER BY key")
            .bind(kind)
            .fetch_all(pool)
            .await?;
    rows.into_iter()
        .map(|(key, value)| {
            let value = read(kind, &key, &value)?;
            Ok(Document { kind: kind.to_owned(), key, value })
        })
        .collect()
}

pub async fn get_document(
    pool: &SqlitePool,
    kind: &str,
    key: &str,
) -> Result<Option<Value>, Error> {
    let value: Option<String> =
        sqlx::query_scalar("SELECT value FROM documents WHERE kind = ? AND key = ?")
            .bind(kind)
            .bind(key)
            .fetch_optional(pool)
            .await?;
    value.map(|value| read(kind, key, &value)).transpose()
}

pub async fn put_documents(pool: &SqlitePool, documents: &[Document]) -> Result<(), Error> {
    let mut transaction = pool.begin().await?;
    for Document { kind, key, value } in documents {
        put(&mut transaction, kind, key, value).await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub async fn delete_document(pool: &SqlitePool, kind: &str, key: &str) -> Result<(), Error> {
    let mut connection = pool.acquire().await?;
    delete(&mut connection, kind, key).await
}

pub async fn delete_documents(pool: &SqlitePool, kind: &str) -> Result<u64, Error> {
    let done = sqlx::query("DELETE FROM documents WHERE kind = ?").bind(kind).execute(pool).await?;
    Ok(done.rows_affected())
}

/// Keeps one, within a transaction of the caller's.
pub async fn put(
    connection: &mut SqliteConnection,
    kind: &str,
    key: &str,
    value: &Value,
) -> Result<(), Error> {
    sqlx::query("INSERT OR REPLACE INTO documents (kind, key, value) VALUES (?, ?, ?)")
        .bind(kind)
        .bind(key)
        .bind(value.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets one, within a transaction of the caller's.
pub async fn delete(connection: &mut SqliteConnection, kind: &str, key: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM documents WHERE kind = ? AND key = ?")
        .bind(kind)
        .bind(key)
        .execute(connection)
        .await?;
    Ok(())
}

fn read(kind: &str, key: &str, value: &str) -> Result<Value, Error> {
    serde_json::from_str(value).map_err(|source| Error::Record {
        table: "document",
        key: format!("{kind}/{key}"),
        source: Some(source),
    })
}
