//! The groups one connection is in.

use crate::room_task::RoomHandle;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_tim::code::{Code, Refusal};

/// Most groups at once; one more is refused.
pub const BOUND: usize = 50;

/// Groups by GroupId, shared by the connection and by whoever may end its login.
#[derive(Debug, Default)]
pub struct Rooms {
    /// Guards the list; held for one look-up.
    list: Mutex<List>,
}

#[derive(Debug, Default)]
struct List {
    rooms: HashMap<Arc<str>, RoomHandle>,
    closed: bool,
}

impl Rooms {
    /// Adds a group.
    ///
    /// # Errors
    /// There are [`BOUND`] already, or the login has ended.
    pub fn add(&self, room: RoomHandle) -> Result<(), Refusal> {
        let mut list = self.lock();
        if list.closed {
            return Err(Code::LoginOver.into());
        }
        if list.rooms.len() >= BOUND && !list.rooms.contains_key(&room.group) {
            let text = format!("a login may be in {BOUND} groups at once; quit one first");
            return Err(Refusal::new(Code::TooManyGroups, text));
        }
        list.rooms.insert(Arc::clone(&room.group), room);
        Ok(())
    }

    /// The group of that GroupId.
    pub fn get(&self, group: &str) -> Option<RoomHandle> {
        self.lock().rooms.get(group).cloned()
    }

    /// Takes a group out.
    pub fn remove(&self, group: &str) -> Option<RoomHandle> {
        self.lock().rooms.remove(group)
    }

    /// All of them.
    pub fn all(&self) -> Vec<RoomHandle> {
        self.lock().rooms.values().cloned().collect()
    }

    /// Takes all out.
    pub fn clear(&self) -> Vec<RoomHandle> {
        self.lock().rooms.drain().map(|(_, room)| room).collect()
    }

    /// Takes all out and lets none in again.
    pub fn close(&self) -> Vec<RoomHandle> {
        self.lock().closed = true;
        self.clear()
    }

    /// Whether none is let in again.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
