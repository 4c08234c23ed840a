//! What outlives the process: rooms, profiles, mutes, tokens, settings,
//! documents, the log of every event with its fate, the claims ledger, and the
//! queue and log of the calls to back ends.
//!
//! [`Store`] is the one interface. [`Sqlite`] keeps everything in one file of
//! the data directory; [`Memory`] keeps it until dropped, for tests and
//! throw-away rooms. Both pass the same story (`tests/story/`).
//!
//! A write is in the file when its future returns `Ok`, and stays there
//! through `kill -9`. A future that is dropped before it returns has written
//! everything it was given or nothing.
#![warn(missing_docs)]

mod directory;
mod error;
mod memory;
mod record;
mod sqlite;

use serde_json::Value;
use std::{future::Future, pin::Pin};
use surtitle_core::sale::Record;
use surtitle_core::{Accounts, Event, EventId, Millis, Role, RoomId, UserId};

pub use error::Error;
pub use memory::Memory;
pub use record::{
    DeliveryRecord, DeliveryState, Document, EventRecord, LogWrite, MuteRecord, NewDelivery,
    ProfileRecord, RoomRecord, Row, Setting, TokenHash, TokenRecord,
};
pub use sqlite::Sqlite;

/// Kind and key of a document.
pub type DocumentKey = (String, String);

/// A future on the heap, so that [`Store`] can be held as `Arc<dyn Store>`.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Most events or deliveries one call returns.
pub const PAGE_LIMIT: u32 = 1_000;
/// Most entries of the ledger one call returns.
pub const LEDGER_PAGE: u32 = 10_000;

/// Persistence behind the server.
///
/// `put_` replaces the record with the same key; `delete_` of something that
/// is not there does nothing. Times and totals are at most `i64::MAX`; what
/// is larger is kept as that.
pub trait Store: std::fmt::Debug + Send + Sync + 'static {
    /// Every room, oldest first.
    fn list_rooms(&self) -> BoxFuture<'_, Result<Vec<RoomRecord>, Error>>;

    /// One room.
    fn get_room<'a>(&'a self, id: &'a RoomId) -> BoxFuture<'a, Result<Option<RoomRecord>, Error>>;

    /// Keeps a room. Its likes never go down: the larger total stays.
    fn put_room<'a>(&'a self, room: &'a RoomRecord) -> BoxFuture<'a, Result<(), Error>>;

    /// Forgets a room, its likes and its mutes. Its events stay in the log.
    fn delete_room<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<(), Error>>;

    /// The profile of one person.
    fn get_profile<'a>(
        &'a self,
        id: &'a UserId,
    ) -> BoxFuture<'a, Result<Option<ProfileRecord>, Error>>;

    /// Keeps a profile.
    fn put_profile<'a>(&'a self, profile: &'a ProfileRecord) -> BoxFuture<'a, Result<(), Error>>;

    /// Every mute of a room by user id, those that have run out too.
    fn list_mutes<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<Vec<MuteRecord>, Error>>;

    /// Keeps a mute; a later one of the same person replaces it.
    fn put_mute<'a>(&'a self, mute: &'a MuteRecord) -> BoxFuture<'a, Result<(), Error>>;

    /// Lifts a mute.
    fn delete_mute<'a>(
        &'a self,
        room: &'a RoomId,
        user: &'a UserId,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Lifts every mute of a room; returns how many.
    fn delete_mutes<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<u64, Error>>;

    /// Every token that was not withdrawn, oldest first.
    fn list_tokens(&self) -> BoxFuture<'_, Result<Vec<TokenRecord>, Error>>;

    /// Keeps the hash of a token.
    fn put_token<'a>(&'a self, token: &'a TokenRecord) -> BoxFuture<'a, Result<(), Error>>;

    /// Withdraws one token.
    fn delete_token<'a>(&'a self, hash: &'a TokenHash) -> BoxFuture<'a, Result<(), Error>>;

    /// Withdraws every token of this role and name; returns how many.
    fn delete_tokens<'a>(&'a self, role: Role, name: &'a str) -> BoxFuture<'a, Result<u64, Error>>;

    /// Every setting, by key.
    fn list_settings(&self) -> BoxFuture<'_, Result<Vec<Setting>, Error>>;

    /// One setting.
    fn get_setting<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Setting>, Error>>;

    /// Keeps a setting.
    fn put_setting<'a>(&'a self, setting: &'a Setting) -> BoxFuture<'a, Result<(), Error>>;

    /// Deletes every setting whose key begins with `prefix`; returns how many.
    fn delete_settings<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<u64, Error>>;

    /// Every document of a kind, by key.
    fn list_documents<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<Vec<Document>, Error>>;

    /// The value of one document.
    fn get_document<'a>(
        &'a self,
        kind: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Value>, Error>>;

    /// Keeps documents, all or nothing. Of two with one key the last counts.
    fn put_documents<'a>(&'a self, documents: &'a [Document]) -> BoxFuture<'a, Result<(), Error>>;

    /// Forgets a document.
    fn delete_document<'a>(
        &'a self,
        kind: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Forgets every document of a kind; returns how many.
    fn delete_documents<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<u64, Error>>;

    /// Queues calls to back ends, due at once, in order, all or nothing;
    /// returns their rows, which rise.
    fn put_deliveries<'a>(
        &'a self,
        new: &'a [NewDelivery],
    ) -> BoxFuture<'a, Result<Vec<Row>, Error>>;

    /// The first `limit` calls (at most [`PAGE_LIMIT`]) of an app that are due
    /// by `now`, by row. Costs the same however many have ended.
    fn list_due_deliveries(
        &self,
        app: u32,
        now: Millis,
        limit: u32,
    ) -> BoxFuture<'_, Result<Vec<DeliveryRecord>, Error>>;

    /// When the earliest call of an app is due; `None` if none is.
    fn next_due_delivery(&self, app: u32) -> BoxFuture<'_, Result<Option<Millis>, Error>>;

    /// Notes what became of calls, all or nothing; an unknown row is passed over.
    fn put_delivery_results<'a>(
        &'a self,
        results: &'a [(Row, u32, DeliveryState)],
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// Keeps what became of a call. One that is not there any more stays so.
    fn put_delivery_result<'a>(
        &'a self,
        row: Row,
        attempts: u32,
        state: &'a DeliveryState,
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.put_delivery_results(&[(row, attempts, state.clone())]).await })
    }

    /// The newest `limit` calls (at most [`PAGE_LIMIT`]) of an app with a row
    /// under `before`, or of all; newest first.
    fn list_deliveries(
        &self,
        app: u32,
        limit: u32,
        before: Option<Row>,
    ) -> BoxFuture<'_, Result<Vec<DeliveryRecord>, Error>>;

    /// One call; `None` if it never was or is forgotten.
    fn get_delivery(&self, row: Row) -> BoxFuture<'_, Result<Option<DeliveryRecord>, Error>>;

    /// Forgets the calls of an app that are done or failed, except the newest
    /// `keep` of them; returns how many. Those that are due stay.
    fn prune_deliveries(&self, app: u32, keep: u32) -> BoxFuture<'_, Result<u64, Error>>;

    /// Forgets every call of an app, those that are due too; returns how many.
    fn delete_deliveries(&self, app: u32) -> BoxFuture<'_, Result<u64, Error>>;

    /// Writes to the log, in order, all or nothing. Appending the same writes
    /// again changes nothing, so a writer that got no answer may repeat them.
    fn append<'a>(&'a self, writes: &'a [LogWrite]) -> BoxFuture<'a, Result<(), Error>>;

    /// Adds to the claims ledger, in order, and changes documents (`None`
    /// forgets one), all or nothing. Records that do not go on where the
    /// ledger ends are refused.
    fn append_ledger<'a>(
        &'a self,
        records: &'a [Record],
        documents: &'a [(DocumentKey, Option<Value>)],
    ) -> BoxFuture<'a, Result<(), Error>>;

    /// The first `limit` entries (at most [`LEDGER_PAGE`]) of the ledger after
    /// number `after`, as they were written.
    fn list_ledger(&self, after: u64, limit: u32) -> BoxFuture<'_, Result<Vec<Record>, Error>>;

    /// The books over the whole log, pruned events included. Costs the same
    /// however long the log is.
    fn totals(&self) -> BoxFuture<'_, Result<Accounts, Error>>;

    /// Every event without a fate, oldest first.
    fn list_unfated(&self) -> BoxFuture<'_, Result<Vec<Event>, Error>>;

    /// Gives `AgedOut { stage }` to every event without a fate, except to
    /// gifts if `except_gifts`; returns to how many.
    fn close_unfated<'a>(
        &'a self,
        stage: &'a str,
        except_gifts: bool,
    ) -> BoxFuture<'a, Result<u64, Error>>;

    /// The newest `limit` events (at most [`PAGE_LIMIT`]) with a row under
    /// `before`, or of all; oldest first.
    fn list_events(
        &self,
        limit: u32,
        before: Option<Row>,
    ) -> BoxFuture<'_, Result<Vec<EventRecord>, Error>>;

    /// The newest `limit` gifts (at most [`PAGE_LIMIT`]); oldest first.
    fn list_gifts(&self, limit: u32) -> BoxFuture<'_, Result<Vec<EventRecord>, Error>>;

    /// One event and its fate; `None` if it never came or was pruned.
    fn get_event<'a>(
        &'a self,
        id: &'a EventId,
    ) -> BoxFuture<'a, Result<Option<EventRecord>, Error>>;

    /// Forgets events accepted before `older_than` that have a fate, and mutes
    /// that ran out before it; returns how many events. They stay counted in
    /// [`Store::totals`]. A forgotten event that is appended again is new.
    fn prune(&self, older_than: Millis) -> BoxFuture<'_, Result<u64, Error>>;

    /// Ends orderly: waits for writes under way, then gives the data directory
    /// free. Nothing may be called after it.
    fn close(&self) -> BoxFuture<'_, ()>;
}
