//! Whether a file is ours and which schema it has.

use crate::{Error, error::sqlite_code};
use sqlx::{
    Connection, SqliteConnection, SqlitePool,
    migrate::{MigrateError, Migrator},
    sqlite::SqliteConnectOptions,
};
use std::path::Path;

/// `migrations/*.sql`, only ever appended to.
static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// "SURT", written by the first migration.
const APPLICATION_ID: i64 = 0x5355_5254;

/// Refuses a file that is not ours, or is newer than this program, before
/// anything in it is changed.
pub async fn check(database: &Path) -> Result<(), Error> {
    let options = SqliteConnectOptions::new().filename(database);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    // A first start that was killed may have left sqlx's own table, empty.
    let tables: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM sqlite_schema WHERE tbl_name <> '_sqlx_migrations'",
    )
    .fetch_one(&mut connection)
    .await?;
    if tables > 0 {
        let id: i64 =
            sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut connection).await?;
        if id != APPLICATION_ID {
            return Err(Error::Foreign { path: database.to_owned() });
        }
        let found: i64 = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await?;
        let known = MIGRATOR.iter().map(|m| m.version).max().unwrap_or(0);
        if found > known {
            return Err(Error::Newer { path: database.to_owned(), found, known });
        }
    }
    connection.close().await?;
    Ok(())
}

/// Applies the migrations the database does not have, each in a transaction.
pub async fn migrate(pool: &SqlitePool) -> Result<(), Error> {
    MIGRATOR.run(pool).await.map_err(|error| match error {
        MigrateError::Execute(source) => source.into(),
        source => Error::Migration { source },
    })
}

/// Says of an error met while opening `database` whether the file is to blame.
pub fn blame(error: Error, database: &Path) -> Error {
    const CORRUPT: u32 = 11;
    const NOT_A_DATABASE: u32 = 26;
    match &error {
        Error::Sql { source } if matches!(sqlite_code(source), CORRUPT | NOT_A_DATABASE) => {
            Error::NotADatabase { path: database.to_owned() }
        }
        _ => error,
    }
}
