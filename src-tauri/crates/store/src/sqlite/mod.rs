//! The default store: one SQLite file in WAL mode.

mod deliveries;
mod documents;
mod ledger;
mod log;
mod records;
mod schema;

use crate::{
    BoxFuture, DeliveryRecord, DeliveryState, Document, DocumentKey, Error, EventRecord, LogWrite,
    MuteRecord, NewDelivery, ProfileRecord, RoomRecord, Row, Setting, Store, TokenHash,
    TokenRecord, directory::Directory,
};
use serde_json::Value;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::path::Path;
use surtitle_core::sale::Record;
use surtitle_core::{Accounts, Event, EventId, Millis, Role, RoomId, UserId};

/// Readers at once, beside the writer: the console and one more.
const READERS: u32 = 2;

/// A store in `surtitle.db` of a data directory, which it holds for itself.
///
/// There are one writing connection and two reading ones; in WAL mode
/// none of them waits for another. Callers queue for a connection in the
/// order they came, each holding its own data, for at most 30 s.
#[derive(Debug)]
pub struct Sqlite {
    write: SqlitePool,
    read: SqlitePool,
    directory: Directory,
}

impl Sqlite {
    /// Opens the store in `data_dir`, making it if it is not there and
    /// bringing an older schema up to date.
    pub async fn open(data_dir: &Path) -> Result<Self, Error> {
        let directory = Directory::hold(data_dir)?;
        match Self::connect(&directory.database).await {
            Ok((write, read)) => Ok(Self { write, read, directory }),
            Err(error) => Err(schema::blame(error, &directory.database)),
        }
    }

    /// The claims ledger of a data directory, which another process may hold
    /// and write to.
    pub async fn look_at_ledger(data_dir: &Path) -> Result<Vec<Record>, Error> {
        let database = Directory::database(data_dir);
        ledger::look(&database).await.map_err(|error| schema::blame(error, &database))
    }

    /// The writing and the reading pool.
    async fn connect(database: &Path) -> Result<(SqlitePool, SqlitePool), Error> {
        schema::check(database).await?;
        let options = SqliteConnectOptions::new()
            .filename(database)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL survives kill -9; FULL also keeps an acknowledged gift
            // through a power cut. At 500 writes/s in batches of 25 it cost
            // 1.3 ms a batch instead of 0.8 (median, SSD, release build).
            .synchronous(SqliteSynchronous::Full);
        let pool = |connections: u32| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
        };
        let write = pool(1).connect_with(options.clone()).await?;
        schema::migrate(&write).await?;
        let read = pool(READERS).connect_lazy_with(options.pragma("query_only", "ON"));
        Ok((write, read))
    }
}

impl Store for Sqlite {
    fn list_rooms(&self) -> BoxFuture<'_, Result<Vec<RoomRecord>, Error>> {
        Box::pin(records::list_rooms(&self.read))
    }

    fn get_room<'a>(&'a self, id: &'a RoomId) -> BoxFuture<'a, Result<Option<RoomRecord>, Error>> {
        Box::pin(records::get_room(&self.read, id))
    }

    fn put_room<'a>(&'a self, room: &'a RoomRecord) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::put_room(&self.write, room))
    }

    fn delete_room<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::delete_room(&self.write, room))
    }

    fn get_profile<'a>(
        &'a self,
        id: &'a UserId,
    ) -> BoxFuture<'a, Result<Option<ProfileRecord>, Error>> {
        Box::pin(records::get_profile(&self.read, id))
    }

    fn put_profile<'a>(&'a self, profile: &'a ProfileRecord) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::put_profile(&self.write, profile))
    }

    fn list_mutes<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<Vec<MuteRecord>, Error>> {
        Box::pin(records::list_mutes(&self.read, room))
    }

    fn put_mute<'a>(&'a self, mute: &'a MuteRecord) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::put_mute(&self.write, mute))
    }

    fn delete_mute<'a>(
        &'a self,
        room: &'a RoomId,
        user: &'a UserId,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::delete_mute(&self.write, room, user))
    }

    fn delete_mutes<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(records::delete_mutes(&self.write, room))
    }

    fn list_tokens(&self) -> BoxFuture<'_, Result<Vec<TokenRecord>, Error>> {
        Box::pin(records::list_tokens(&self.read))
    }

    fn put_token<'a>(&'a self, token: &'a TokenRecord) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::put_token(&self.write, token))
    }

    fn delete_token<'a>(&'a self, hash: &'a TokenHash) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::delete_token(&self.write, hash))
    }

    fn delete_tokens<'a>(&'a self, role: Role, name: &'a str) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(records::delete_tokens(&self.write, role, name))
    }

    fn list_settings(&self) -> BoxFuture<'_, Result<Vec<Setting>, Error>> {
        Box::pin(records::list_settings(&self.read))
    }

    fn get_setting<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Setting>, Error>> {
        Box::pin(records::get_setting(&self.read, key))
    }

    fn put_setting<'a>(&'a self, setting: &'a Setting) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(records::put_setting(&self.write, setting))
    }

    fn delete_settings<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(records::delete_settings(&self.write, prefix))
    }

    fn list_documents<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<Vec<Document>, Error>> {
        Box::pin(documents::list_documents(&self.read, kind))
    }

    fn get_document<'a>(
        &'a self,
        kind: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Value>, Error>> {
        Box::pin(documents::get_document(&self.read, kind, key))
    }

    fn put_documents<'a>(&'a self, documents: &'a [Document]) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(documents::put_documents(&self.write, documents))
    }

    fn delete_document<'a>(
        &'a self,
        kind: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(documents::delete_document(&self.write, kind, key))
    }

    fn delete_documents<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(documents::delete_documents(&self.write, kind))
    }

    fn put_deliveries<'a>(
        &'a self,
        new: &'a [NewDelivery],
    ) -> BoxFuture<'a, Result<Vec<Row>, Error>> {
        Box::pin(deliveries::put_deliveries(&self.write, new))
    }

    fn list_due_deliveries(
        &self,
        app: u32,
        now: Millis,
        limit: u32,
    ) -> BoxFuture<'_, Result<Vec<DeliveryRecord>, Error>> {
        Box::pin(deliveries::list_due_deliveries(&self.read, app, now, limit))
    }

    fn next_due_delivery(&self, app: u32) -> BoxFuture<'_, Result<Option<Millis>, Error>> {
        Box::pin(deliveries::next_due_delivery(&self.read, app))
    }

    fn put_delivery_results<'a>(
        &'a self,
        results: &'a [(Row, u32, DeliveryState)],
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(deliveries::put_delivery_results(&self.write, results))
    }

    fn list_deliveries(
        &self,
        app: u32,
        limit: u32,
        before: Option<Row>,
    ) -> BoxFuture<'_, Result<Vec<DeliveryRecord>, Error>> {
        Box::pin(deliveries::list_deliveries(&self.read, app, limit, before))
    }

    fn get_delivery(&self, row: Row) -> BoxFuture<'_, Result<Option<DeliveryRecord>, Error>> {
        Box::pin(deliveries::get_delivery(&self.read, row))
    }

    fn prune_deliveries(&self, app: u32, keep: u32) -> BoxFuture<'_, Result<u64, Error>> {
        Box::pin(deliveries::prune_deliveries(&self.write, app, keep))
    }

    fn delete_deliveries(&self, app: u32) -> BoxFuture<'_, Result<u64, Error>> {
        Box::pin(deliveries::delete_deliveries(&self.write, app))
    }

    fn append<'a>(&'a self, writes: &'a [LogWrite]) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(log::append(&self.write, writes))
    }

    fn append_ledger<'a>(
        &'a self,
        records: &'a [Record],
        documents: &'a [(DocumentKey, Option<Value>)],
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(ledger::append(&self.write, records, documents))
    }

    fn list_ledger(&self, after: u64, limit: u32) -> BoxFuture<'_, Result<Vec<Record>, Error>> {
        Box::pin(ledger::list(&self.read, after, limit))
    }

    fn totals(&self) -> BoxFuture<'_, Result<Accounts, Error>> {
        Box::pin(log::totals(&self.read))
    }

    fn list_unfated(&self) -> BoxFuture<'_, Result<Vec<Event>, Error>> {
        Box::pin(log::list_unfated(&self.read))
    }

    fn close_unfated<'a>(
        &'a self,
        stage: &'a str,
        except_gifts: bool,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        Box::pin(log::close_unfated(&self.write, stage, except_gifts))
    }

    fn list_events(
        &self,
        limit: u32,
        before: Option<Row>,
    ) -> BoxFuture<'_, Result<Vec<EventRecord>, Error>> {
        Box::pin(log::list_events(&self.read, limit, before))
    }

    fn list_gifts(&self, limit: u32) -> BoxFuture<'_, Result<Vec<EventRecord>, Error>> {
        Box::pin(log::list_gifts(&self.read, limit))
    }

    fn get_event<'a>(
        &'a self,
        id: &'a EventId,
    ) -> BoxFuture<'a, Result<Option<EventRecord>, Error>> {
        Box::pin(log::get_event(&self.read, id))
    }

    fn prune(&self, older_than: Millis) -> BoxFuture<'_, Result<u64, Error>> {
        Box::pin(log::prune(&self.write, older_than))
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.read.close().await;
            // The last connection to close writes the WAL back into the file.
            self.write.close().await;
            self.directory.release();
        })
    }
}

/// A number as SQLite keeps it.
fn integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A number SQLite kept. We write none below 0.
fn natural(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::{EventKind, Priority};

    #[tokio::test]
    async fn append_on_a_full_disk_is_refused_whole_and_later_works() {
        let dir = tempfile::tempdir().expect("tempdir");
        let store = Sqlite::open(dir.path()).await.expect("opens");
        // SQLite answers the same when the file may not grow as when the disk is full.
        let limit = |pages| sqlx::query(pages).execute(&store.write);
        limit("PRAGMA max_page_count = 1").await.expect("shrinks to the size it has");
        let writes: Vec<_> = (0..200)
            .map(|n| LogWrite::Event {
                event: Event {
                    id: format!("{n}").as_str().into(),
                    at: Millis(n),
                    source: "room".into(),
                    from: None,
                    cid: None,
                    priority: Priority::Normal,
                    kind: EventKind::comment("x".repeat(300)),
                },
            })
            .collect();
        let refused = store.append(&writes).await;
        assert!(matches!(refused, Err(Error::Full)), "{refused:?}");
        assert_eq!(store.totals().await.expect("totals"), Accounts::default());

        limit("PRAGMA max_page_count = 100000").await.expect("grows");
        store.append(&writes).await.expect("append");
        assert_eq!(store.totals().await.expect("totals").received, 200);
    }
}
