//! What every connection needs: the room, the show, and the list of sockets.

use crate::apps::Apps;
use crate::avatar;
use crate::board::Boards;
use crate::dev::KeepKey;
use crate::guard::Guard;
use crate::obs::Obs;
use crate::rest;
use crate::room_task::RoomHandle;
use crate::sale::SaleHandle;
use crate::sale::settle::Tills;
use crate::sdk::Sdk;
use crate::show::{Shared, ShowHandle};
use crate::stream::Streams;
use crate::ws::conn::Conn;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use surtitle_core::room::ConnId;
use surtitle_core::wire::{Close, IDLE_MS};
use surtitle_core::{Gift, RoomId};

/// Shared by every connection.
#[derive(Debug)]
pub struct State {
    /// Clock, log, store, tokens, counters.
    pub shared: Shared,
    /// The embedded room.
    pub room: RoomHandle,
    /// The show.
    pub show: ShowHandle,
    /// The sale of the embedded room.
    pub sale: SaleHandle,
    /// The gift catalogue.
    pub gifts: Vec<Gift>,
    /// Every app and its groups; the embedded room is one of the first's.
    pub apps: Apps,
    /// The gateway of the vendor's SDKs.
    pub sdk: Sdk,
    /// The boards of the rooms.
    pub boards: Boards,
    /// The alpha streams.
    pub streams: Arc<Streams>,
    /// Where orders of the shop are told one by one.
    pub tills: Tills,
    /// How often viewers may send a picture of theirs.
    pub avatars: avatar::Pauses,
    /// How often back ends may call.
    pub rest: rest::Limits,
    /// Which Host and Origin are ours.
    pub guard: Guard,
    /// Where a new secret key of the first app goes.
    pub keep_key: KeepKey,
    /// The way to OBS.
    pub obs: Obs,
    /// Most sockets at once.
    pub max_sockets: usize,
    conns: AtomicU64,
    /// Guards the list of open sockets; held for one look-up or one sweep.
    sockets: Mutex<HashMap<ConnId, Weak<Conn>>>,
}

impl State {
    /// Puts the parts together.
    #[expect(clippy::too_many_arguments, reason = "each is one part")]
    pub fn new(
        shared: Shared,
        room: RoomHandle,
        show: ShowHandle,
        sale: SaleHandle,
        gifts: Vec<Gift>,
        apps: Apps,
        sdk: Sdk,
        streams: Arc<Streams>,
        guard: Guard,
        keep_key: KeepKey,
        obs: Obs,
        max_sockets: usize,
    ) -> Self {
        let (conns, sockets) = (AtomicU64::new(1), Mutex::default());
        let rest = rest::Limits::default();
        let boards = Boards::new(shared.clone());
        Self {
            shared,
            boards,
            room,
            show,
            sale,
            gifts,
            apps,
            sdk,
            streams,
            tills: Tills::default(),
            avatars: avatar::Pauses::default(),
            rest,
            guard,
            keep_key,
            obs,
            max_sockets,
            conns,
            sockets,
        }
    }

    /// The room of that name for our own pages: a group of the first app.
    pub fn room(&self, id: &RoomId) -> Option<RoomHandle> {
        self.apps.first().room(id.as_str())
    }

    /// A number no other connection of this run has.
    pub fn next_conn(&self) -> ConnId {
        ConnId(self.conns.fetch_add(1, Ordering::Relaxed))
    }

    /// Notes an open socket.
    pub fn socket_opened(&self, conn: &Arc<Conn>) {
        self.lock().insert(conn.id, Arc::downgrade(conn));
    }

    /// Forgets a socket.
    pub fn socket_closed(&self, id: ConnId) {
        self.lock().remove(&id);
    }

    /// Whether one more socket fits.
    pub fn has_room(&self) -> bool {
        self.lock().len() < self.max_sockets
    }

    /// Closes sockets that sent nothing for [`IDLE_MS`], and cuts those that do not end then.
    pub fn sweep(&self) {
        let now = self.shared.clock.now().0;
        let idle: Vec<Arc<Conn>> = self
            .lock()
            .values()
            .filter_map(Weak::upgrade)
            .filter(|conn| now.saturating_sub(conn.heard()) > u64::from(IDLE_MS))
            .collect();
        for conn in idle {
            // One that did not take its close frame since the last sweep never will.
            if conn.is_closed() {
                conn.abort();
            }
            conn.close(Close::Idle);
        }
    }

    /// Closes every socket with "come back in a moment".
    pub fn close_all(&self) {
        let all: Vec<Arc<Conn>> = self.lock().values().filter_map(Weak::upgrade).collect();
        for conn in all {
            conn.close(Close::GoingAway);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ConnId, Weak<Conn>>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
