//! Whether a file is ours and which schema it has.

use crate::{Error, error::sqlite_code};
use sqlx::{
    Connection, SqliteConnection, SqlitePool,
    migrate::{Migrate, MigrateError, Migrator},
    sqlite::SqliteConnectOptions,
};
use std::path::Path;

/// `migrations/*.sql`, only ever appended to.
static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// "SURT", written by the first migration.
const APPLICATION_ID: i64 = 0x5355_5254;

/// Refuses a file that is not a database, is not ours, or is newer than this
/// program, before anything in it is changed.
pub async fn check(database: &Path) -> Result<(), Error> {
    const CORRUPT: u32 = 11;
    const NOT_A_DATABASE: u32 = 26;
    match inspect(database).await {
        Err(Error::Sql { source }) if matches!(sqlite_code(&source), CORRUPT | NOT_A_DATABASE) => {
            Err(Error::NotADatabase { path: database.to_owned() })
        }
        outcome => outcome,
    }
}

async fn inspect(database: &Path) -> Result<(), Error> {
    let options = SqliteConnectOptions::new().filename(database);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let tables: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema").fetch_one(&mut connection).await?;
    if tables > 0 {
        let id: i64 =
            sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut connection).await?;
        if id != APPLICATION_ID {
            return Err(Error::Foreign { path: database.to_owned() });
        }
        let applied = connection
            .list_applied_migrations()
            .await
            .map_err(|source| Error::Migration { source })?;
        let found = applied.iter().map(|m| m.version).max().unwrap_or(0);
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
