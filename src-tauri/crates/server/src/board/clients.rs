//! The members with the vendor's SDK who asked to hear of a board.
//!
//! They hear of finished strokes and of rules, not of strokes under way, with
//! at most five notices a second: what happens meanwhile is gathered. A client
//! that has left its room is told nothing and forgotten.

use super::ear::{self, Client};
use std::collections::VecDeque;
use std::time::Duration;
use surtitle_core::room::ConnId;
use surtitle_core::wire::BoardWord;
use surtitle_core::{Code, Reject};
use tokio::time::Instant;

/// Notices are at least this far apart.
const EVERY: Duration = Duration::from_millis(200);
/// Most clients; one more is refused.
const CLIENTS: usize = 1_000;
/// A notice has about this many bytes, or one longer word: as many as the
/// vendor allows a message.
pub const NOTICE: usize = 12_000;
/// Bytes of words that may wait for a busy room; past that all are dropped, and
/// clients hear of the board as it is then, to ask for its strokes anew.
const WAITING: usize = 512 * 1024;

/// Those clients, and what they are to be told.
#[derive(Debug)]
pub struct Clients {
    list: Vec<Client>,
    words: VecDeque<String>,
    bytes: usize,
    /// Words were dropped.
    is_lost: bool,
    told_at: Instant,
}

impl Clients {
    /// Nobody has asked.
    pub fn new() -> Self {
        let told_at = Instant::now();
        Self { list: Vec::new(), words: VecDeque::new(), bytes: 0, is_lost: false, told_at }
    }

    /// Tells this one too from now on.
    ///
    /// # Errors
    /// [`Code::TooManyHands`].
    pub fn add(&mut self, client: Client) -> Result<(), Reject> {
        self.list.retain(Client::is_here);
        if self.list.len() >= CLIENTS {
            let what = format!("{CLIENTS} clients read this board already; try again later");
            return Err(Reject::new(Code::TooManyHands, what));
        }
        self.list.push(client);
        Ok(())
    }

    /// Tells this one nothing more.
    pub fn remove(&mut self, conn: ConnId) {
        self.list.retain(|client| client.conn != conn);
    }

    /// Something that all of them are to hear.
    pub fn hear(&mut self, word: &BoardWord) {
        if self.list.is_empty() || self.is_lost {
            return;
        }
        let text = ear::text(word);
        self.bytes += text.len();
        self.words.push_back(text);
        if self.bytes > WAITING {
            self.is_lost = true;
            self.words.clear();
            self.bytes = 0;
        }
    }

    /// When [`Clients::tell`] has something to do.
    pub fn due(&self) -> Option<Instant> {
        (self.is_lost || !self.words.is_empty()).then_some(self.told_at + EVERY)
    }

    /// Tells what waits, if it is time; `whole` is the board as it is now.
    pub fn tell(&mut self, whole: impl FnOnce() -> BoardWord) {
        if self.due().is_none_or(|due| due > Instant::now()) {
            return;
        }
        self.told_at = Instant::now();
        self.list.retain(Client::is_here);
        let Some(client) = self.list.first() else {
            (self.words, self.bytes, self.is_lost) = (VecDeque::new(), 0, false);
            return;
        };
        let room = client.room.clone();
        let conns: Vec<ConnId> = self.list.iter().map(|client| client.conn).collect();
        if self.is_lost {
            self.is_lost = !ear::notify(&room, &conns, &[ear::text(&whole())]);
            return;
        }
        let (mut some, mut size) = (Vec::new(), 0);
        while let Some(word) = self.words.front() {
            if size > 0 && size + word.len() > NOTICE {
                break;
            }
            size += word.len();
            some.extend(self.words.pop_front());
        }
        if ear::notify(&room, &conns, &some) {
            self.bytes -= size;
        } else {
            some.into_iter().rev().for_each(|word| self.words.push_front(word));
        }
    }
}
