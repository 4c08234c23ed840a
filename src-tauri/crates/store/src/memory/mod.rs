//! A store that forgets when dropped: for tests and throw-away rooms.

mod deliveries;
mod log;

use crate::{
    BoxFuture, DeliveryRecord, DeliveryState, Document, DocumentKey, Error, EventRecord, LogWrite,
    MuteRecord, NewDelivery, ProfileRecord, RoomRecord, Row, Setting, Store, TokenHash,
    TokenRecord,
};
use deliveries::Deliveries;
use log::Log;
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};
use surtitle_core::sale::Record;
use surtitle_core::{Accounts, Event, EventId, Millis, Role, RoomId, UserId};

/// A store in memory. It grows with the logs; [`Store::prune`] it and
/// [`Store::prune_deliveries`].
#[derive(Debug, Default)]
pub struct Memory {
    /// Guards everything; held for one call, which never waits inside.
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    rooms: BTreeMap<RoomId, RoomRecord>,
    profiles: HashMap<UserId, ProfileRecord>,
    mutes: BTreeMap<(RoomId, UserId), Millis>,
    tokens: BTreeMap<TokenHash, TokenRecord>,
    settings: BTreeMap<String, Setting>,
    log: Log,
    /// By kind, then key.
    documents: BTreeMap<String, BTreeMap<String, Value>>,
    deliveries: Deliveries,
    ledger: Vec<Record>,
}

impl State {
    fn append(&mut self, write: &LogWrite) {
        match write {
            LogWrite::Event { event } => self.log.put_event(event),
            LogWrite::Fate { id, fate } => self.log.put_fate(id, fate),
            LogWrite::Likes { room, total } => {
                if let Some(room) = self.rooms.get_mut(room) {
                    room.likes = room.likes.max(*total);
                }
            }
            LogWrite::Document { kind, key, value: Some(value) } => {
                self.put_document(kind, key, value);
            }
            LogWrite::Document { kind, key, value: None } => self.delete_document(kind, key),
        }
    }

    fn put_document(&mut self, kind: &str, key: &str, value: &Value) {
        self.documents.entry(kind.to_owned()).or_default().insert(key.to_owned(), value.clone());
    }

    fn delete_document(&mut self, kind: &str, key: &str) {
        if let Some(of_kind) = self.documents.get_mut(kind) {
            of_kind.remove(key);
        }
    }
}

impl Memory {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A future that is ready: runs `body` on the state when first polled.
    fn ready<'a, T: Send + 'a>(
        &'a self,
        body: impl FnOnce(&mut State) -> T + Send + 'a,
    ) -> BoxFuture<'a, Result<T, Error>> {
        Box::pin(async move { Ok(body(&mut self.state())) })
    }
}

impl Store for Memory {
    fn list_rooms(&self) -> BoxFuture<'_, Result<Vec<RoomRecord>, Error>> {
        self.ready(|state| {
            let mut rooms: Vec<_> = state.rooms.values().cloned().collect();
            rooms.sort_by_key(|room| room.created_at);
            rooms
        })
    }

    fn get_room<'a>(&'a self, id: &'a RoomId) -> BoxFuture<'a, Result<Option<RoomRecord>, Error>> {
        self.ready(move |state| state.rooms.get(id).cloned())
    }

    fn put_room<'a>(&'a self, room: &'a RoomRecord) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            let likes = state.rooms.get(&room.id).map_or(0, |known| known.likes);
            let room = RoomRecord { likes: room.likes.max(likes), ..room.clone() };
            state.rooms.insert(room.id.clone(), room);
        })
    }

    fn delete_room<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(move |state| {
            state.rooms.remove(room);
            state.mutes.retain(|(of, _), _| of != room);
        })
    }

    fn get_profile<'a>(
        &'a self,
        id: &'a UserId,
    ) -> BoxFuture<'a, Result<Option<ProfileRecord>, Error>> {
        self.ready(|state| state.profiles.get(id).cloned())
    }

    fn put_profile<'a>(&'a self, profile: &'a ProfileRecord) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            state.profiles.insert(profile.id.clone(), profile.clone());
        })
    }

    fn list_mutes<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<Vec<MuteRecord>, Error>> {
        self.ready(move |state| {
            let of_room = state.mutes.iter().filter(|((of, _), _)| of == room);
            of_room
                .map(|((_, user), until)| MuteRecord {
                    room: room.clone(),
                    user: user.clone(),
                    until: *until,
                })
                .collect()
        })
    }

    fn put_mute<'a>(&'a self, mute: &'a MuteRecord) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            state.mutes.insert((mute.room.clone(), mute.user.clone()), mute.until);
        })
    }

    fn delete_mute<'a>(
        &'a self,
        room: &'a RoomId,
        user: &'a UserId,
    ) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            state.mutes.remove(&(room.clone(), user.clone()));
        })
    }

    fn delete_mutes<'a>(&'a self, room: &'a RoomId) -> BoxFuture<'a, Result<u64, Error>> {
        self.ready(move |state| {
            let before = state.mutes.len();
            state.mutes.retain(|(of, _), _| of != room);
            (before - state.mutes.len()) as u64
        })
    }

    fn list_tokens(&self) -> BoxFuture<'_, Result<Vec<TokenRecord>, Error>> {
        self.ready(|state| {
            let mut tokens: Vec<_> = state.tokens.values().cloned().collect();
            tokens.sort_by_key(|token| token.created_at);
            tokens
        })
    }

    fn put_token<'a>(&'a self, token: &'a TokenRecord) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            state.tokens.insert(token.hash, token.clone());
        })
    }

    fn delete_token<'a>(&'a self, hash: &'a TokenHash) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            state.tokens.remove(hash);
        })
    }

    fn delete_tokens<'a>(&'a self, role: Role, name: &'a str) -> BoxFuture<'a, Result<u64, Error>> {
        self.ready(move |state| {
            let before = state.tokens.len();
            state.tokens.retain(|_, token| token.role != role || token.name != name);
            (before - state.tokens.len()) as u64
        })
    }

    fn list_settings(&self) -> BoxFuture<'_, Result<Vec<Setting>, Error>> {
        self.ready(|state| state.settings.values().cloned().collect())
    }

    fn get_setting<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Setting>, Error>> {
        self.ready(move |state| state.settings.get(key).cloned())
    }

    fn put_setting<'a>(&'a self, setting: &'a Setting) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| {
            state.settings.insert(setting.key.clone(), setting.clone());
        })
    }

    fn delete_settings<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<u64, Error>> {
        self.ready(move |state| {
            let before = state.settings.len();
            state.settings.retain(|key, _| !key.starts_with(prefix));
            (before - state.settings.len()) as u64
        })
    }

    fn list_documents<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<Vec<Document>, Error>> {
        self.ready(move |state| {
            let of_kind = state.documents.get(kind).into_iter().flatten();
            of_kind
                .map(|(key, value)| Document {
                    kind: kind.to_owned(),
                    key: key.clone(),
                    value: value.clone(),
                })
                .collect()
        })
    }

    fn get_document<'a>(
        &'a self,
        kind: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<Option<Value>, Error>> {
        self.ready(move |state| state.documents.get(kind).and_then(|all| all.get(key)).cloned())
    }

    fn put_documents<'a>(&'a self, documents: &'a [Document]) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(move |state| {
            for Document { kind, key, value } in documents {
                state.put_document(kind, key, value);
            }
        })
    }

    fn delete_document<'a>(
        &'a self,
        kind: &'a str,
        key: &'a str,
    ) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(move |state| state.delete_document(kind, key))
    }

    fn delete_documents<'a>(&'a self, kind: &'a str) -> BoxFuture<'a, Result<u64, Error>> {
        self.ready(move |state| state.documents.remove(kind).map_or(0, |all| all.len() as u64))
    }

    fn put_deliveries<'a>(
        &'a self,
        new: &'a [NewDelivery],
    ) -> BoxFuture<'a, Result<Vec<Row>, Error>> {
        self.ready(move |state| new.iter().map(|new| state.deliveries.put(new)).collect())
    }

    fn list_due_deliveries(
        &self,
        app: u32,
        now: Millis,
        limit: u32,
    ) -> BoxFuture<'_, Result<Vec<DeliveryRecord>, Error>> {
        self.ready(move |state| state.deliveries.list_due(app, now, limit))
    }

    fn next_due_delivery(&self, app: u32) -> BoxFuture<'_, Result<Option<Millis>, Error>> {
        self.ready(move |state| state.deliveries.next_due(app))
    }

    fn put_delivery_results<'a>(
        &'a self,
        results: &'a [(Row, u32, DeliveryState)],
    ) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(move |state| {
            for (row, attempts, result) in results {
                state.deliveries.put_result(*row, *attempts, result);
            }
        })
    }

    fn list_deliveries(
        &self,
        app: u32,
        limit: u32,
        before: Option<Row>,
    ) -> BoxFuture<'_, Result<Vec<DeliveryRecord>, Error>> {
        self.ready(move |state| state.deliveries.list(app, limit, before))
    }

    fn get_delivery(&self, row: Row) -> BoxFuture<'_, Result<Option<DeliveryRecord>, Error>> {
        self.ready(move |state| state.deliveries.get(row))
    }

    fn prune_deliveries(&self, app: u32, keep: u32) -> BoxFuture<'_, Result<u64, Error>> {
        self.ready(move |state| state.deliveries.prune(app, keep))
    }

    fn delete_deliveries(&self, app: u32) -> BoxFuture<'_, Result<u64, Error>> {
        self.ready(move |state| state.deliveries.delete(app))
    }

    fn append<'a>(&'a self, writes: &'a [LogWrite]) -> BoxFuture<'a, Result<(), Error>> {
        self.ready(|state| writes.iter().for_each(|write| state.append(write)))
    }

    fn append_ledger<'a>(
        &'a self,
        records: &'a [Record],
        documents: &'a [(DocumentKey, Option<Value>)],
    ) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let mut state = self.state();
            let next = state.ledger.len() as u64 + 1;
            for (record, seq) in records.iter().zip(next..) {
                if record.seq != seq {
                    let key = record.seq.to_string();
                    return Err(Error::Record { table: "ledger", key, source: None });
                }
            }
            state.ledger.extend_from_slice(records);
            for ((kind, key), value) in documents {
                match value {
                    Some(value) => state.put_document(kind, key, value),
                    None => state.delete_document(kind, key),
                }
            }
            Ok(())
        })
    }

    fn list_ledger(&self, after: u64, limit: u32) -> BoxFuture<'_, Result<Vec<Record>, Error>> {
        self.ready(move |state| {
            let after = usize::try_from(after).unwrap_or(usize::MAX);
            let limit = limit.min(crate::LEDGER_PAGE) as usize;
            state.ledger.iter().skip(after).take(limit).cloned().collect()
        })
    }

    fn totals(&self) -> BoxFuture<'_, Result<Accounts, Error>> {
        self.ready(|state| state.log.totals())
    }

    fn list_unfated(&self) -> BoxFuture<'_, Result<Vec<Event>, Error>> {
        self.ready(|state| state.log.list_unfated())
    }

    fn close_unfated<'a>(
        &'a self,
        stage: &'a str,
        except_gifts: bool,
    ) -> BoxFuture<'a, Result<u64, Error>> {
        self.ready(move |state| state.log.close_unfated(stage, except_gifts))
    }

    fn list_events(
        &self,
        limit: u32,
        before: Option<Row>,
    ) -> BoxFuture<'_, Result<Vec<EventRecord>, Error>> {
        self.ready(move |state| state.log.list(limit, before))
    }

    fn list_gifts(&self, limit: u32) -> BoxFuture<'_, Result<Vec<EventRecord>, Error>> {
        self.ready(move |state| state.log.list_gifts(limit))
    }

    fn get_event<'a>(
        &'a self,
        id: &'a EventId,
    ) -> BoxFuture<'a, Result<Option<EventRecord>, Error>> {
        self.ready(|state| state.log.get(id))
    }

    fn prune(&self, older_than: Millis) -> BoxFuture<'_, Result<u64, Error>> {
        self.ready(move |state| {
            state.mutes.retain(|_, until| *until >= older_than);
            state.log.prune(older_than)
        })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}
