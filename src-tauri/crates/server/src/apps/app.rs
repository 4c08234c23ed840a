//! One app: who may log in, and the groups it has.

use crate::room_task::RoomHandle;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// An app whose users may log in.
pub struct App {
    /// SDKAppID.
    pub id: u32,
    /// What usersigs are signed with.
    secret_key: String,
    /// Accounts that own its groups; at least one.
    admins: Vec<String>,
    /// Guards the groups by GroupId; held for one look-up.
    rooms: RwLock<HashMap<String, RoomHandle>>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({}, …)", self.id)
    }
}

impl App {
    /// An app without groups.
    pub fn new(id: u32, secret_key: String, admins: Vec<String>) -> Self {
        Self { id, secret_key, admins, rooms: RwLock::default() }
    }

    /// What usersigs are signed with.
    pub fn secret_key(&self) -> &str {
        &self.secret_key
    }

    /// Its admins, the one that owns groups nobody else owns first.
    pub fn admins(&self) -> &[String] {
        &self.admins
    }

    /// Opens a group.
    pub fn add(&self, room: RoomHandle) {
        let mut rooms = self.rooms.write().unwrap_or_else(PoisonError::into_inner);
        rooms.insert(room.group.to_string(), room);
    }

    /// The group of that GroupId.
    pub fn room(&self, group: &str) -> Option<RoomHandle> {
        self.rooms.read().unwrap_or_else(PoisonError::into_inner).get(group).cloned()
    }
}
