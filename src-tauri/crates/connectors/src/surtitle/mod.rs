//! The remote end of a room session: another Surtitle's room, joined over its
//! native WebSocket protocol.
//!
//! ```text
//! wire.rs      text ─► frames, forgiving what is newer          pure
//! map.rs       frames ─► checked core events                     pure
//! progress.rs  numbers and ids: each message once, gaps found    pure
//! flight.rs    what was asked and not answered yet            pure
//! link.rs      one connection from hello to its end              pure
//! dial.rs      opens the socket
//! client.rs    the task: dial, drive the link, come back         async
//! ```
//! The other server is not trusted: messages over 4 MiB end the connection,
//! unknown and broken frames are counted ([`Tally`]) and ignored, events are
//! cleaned again.

mod address;
mod client;
mod dial;
mod flight;
mod link;
pub(crate) mod map;
mod progress;
mod wire;

pub use address::Address;

use crate::backoff::Backoff;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use surtitle_core::session::{SessionCommand, SessionEvent};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// Commands that wait for the link; a full channel makes the sender wait.
const COMMANDS: usize = 256;

/// What to join and how patiently.
#[derive(Clone)]
pub struct RemoteConfig {
    /// The room.
    pub address: Address,
    /// A token of that server; `None` joins as a guest, who only reads.
    pub token: Option<String>,
    /// Send something at least this often; after twice as long without a
    /// sign of the server the link is dead. `None` takes the server's word.
    pub beat: Option<Duration>,
    /// When to come back after a cut.
    pub backoff: Backoff,
    /// Longest wait for each step until the room is joined.
    pub patience: Duration,
}

impl RemoteConfig {
    /// `address` with `token` (`None`: as a guest) and the usual times.
    pub fn new(address: Address, token: Option<String>) -> Self {
        Self {
            address,
            token,
            beat: None,
            backoff: Backoff::default(),
            patience: Duration::from_secs(10),
        }
    }
}

impl fmt::Debug for RemoteConfig {
    /// Everything but the token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteConfig")
            .field("address", &self.address)
            .field("token", &self.token.as_ref().map(|_| "…"))
            .field("beat", &self.beat)
            .finish_non_exhaustive()
    }
}

/// What a remote server sent that was left out, since [`connect`].
#[derive(Debug, Default)]
pub struct Tally {
    unknown: AtomicU64,
    malformed: AtomicU64,
    events: AtomicU64,
}

impl Tally {
    /// Frames of a type this program does not know.
    pub fn unknown(&self) -> u64 {
        self.unknown.load(Ordering::Relaxed)
    }

    /// Messages that were no frame.
    pub fn malformed(&self) -> u64 {
        self.malformed.load(Ordering::Relaxed)
    }

    /// Events inside good frames that could not be read or made sound.
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }
}

/// A running link. Dropping it closes the link (as does dropping the
/// receiver of its events), so keep it as long as the room is on show.
#[derive(Debug)]
pub struct Remote {
    /// What the show asks of the room; bounded, 256, a full channel waits.
    /// While the room cannot be reached a send is answered with
    /// [`surtitle_core::Code::Offline`] at once and anything else is dropped.
    pub commands: mpsc::Sender<SessionCommand>,
    /// Ends soon after the link was closed, and never before.
    pub task: JoinHandle<()>,
    /// What was left out so far.
    pub tally: Arc<Tally>,
    /// Its end is the sign to close.
    _open: oneshot::Sender<()>,
}

/// Joins the room and keeps coming back until the [`Remote`] is dropped or
/// the other side refuses. Tells everything to `events`, in order; while that
/// channel is full the link reads nothing, and the server's slow-consumer
/// rule applies. Must be called inside a tokio runtime.
pub fn connect(config: RemoteConfig, events: mpsc::Sender<SessionEvent>) -> Remote {
    let (commands, orders) = mpsc::channel(COMMANDS);
    let (open, closed) = oneshot::channel();
    let tally = Arc::new(Tally::default());
    let task = tokio::spawn(client::run(config, orders, events, closed, tally.clone()));
    Remote { commands, task, tally, _open: open }
}
