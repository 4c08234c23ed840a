//! The sending end of a room task, and what it is told.

use super::desk::{Actor, Desk};
use super::gate::Ticket;
use super::link::Link;
use super::{BOUND, RoomTask, Settled, Tick};
use crate::sale::SaleLink;
use crate::sdk::relay::{Ask, Relay};
use crate::show::Shared;
use crate::ws::conn::Conn;
use bytes::Bytes;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use surtitle_core::room::{ConnId, Room};
use surtitle_core::session::SessionEvent;
use surtitle_core::wire::{Body, RoomInfo, SaleAsk};
use surtitle_core::{EventId, Millis, Position, Priority, Reject, RoomId, Sender, UserId};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::Group;
use surtitle_tim::hook::Verdict;
use tokio::sync::{mpsc, oneshot};

/// Something done at a group's desk. What it returns is called when that is
/// on disk, or with `false` if the disk did not take it.
pub type Act = Box<dyn FnOnce(&mut Desk<'_>) -> Done + Send>;
/// Tells whoever waits.
pub type Done = Box<dyn FnOnce(bool) + Send>;

/// Who may ask the host what; `None` for words that go nowhere.
pub type Vetted = Result<Option<(Sender, String)>, Reject>;

/// What a room task is told.
pub enum Input {
    /// A connection joins; answered by `joined`.
    Join {
        /// Which.
        conn: Arc<Conn>,
        /// `None` for a guest.
        who: Option<Sender>,
        /// Its last position.
        resume: Option<Position>,
    },
    /// A connection that may be in the room took a name.
    Rename(ConnId, Sender),
    /// A connection is gone.
    Leave(ConnId),
    /// A message; answered by `ack` or `error`.
    Send {
        /// From whom.
        conn: Arc<Conn>,
        /// Its number.
        cid: u32,
        /// Its wish.
        priority: Option<Priority>,
        /// What.
        body: Body,
    },
    /// Taps on like; answered only if refused.
    Like(Arc<Conn>, u32),
    /// A message of the program's own.
    Own {
        /// In whose name.
        sender: Sender,
        /// The event's source.
        source: &'static str,
        /// Its number.
        cid: u32,
        /// What.
        body: Body,
        /// Told the event's id.
        reply: Option<oneshot::Sender<Result<EventId, Reject>>>,
    },
    /// Likes of the program's own.
    OwnLike(u32),
    /// Takes messages off.
    Remove(Vec<EventId>),
    /// A frame for every page of our own in the room.
    Tell(Bytes),
    /// Mutes or unmutes.
    Mute(UserId, Millis),
    /// From now on the room tells this channel everything; replaces an earlier one.
    Tap(mpsc::Sender<SessionEvent>),
    /// A frame for every page of somebody in the room.
    TellUser(UserId, Bytes),
    /// Whether a connection may ask the host this, and as whom.
    Vet(ConnId, String, oneshot::Sender<Vetted>),
    /// What an SDK session asks.
    Sdk(Ask),
    /// Somebody changes or reads the group.
    Act(Actor, Act),
    /// What members are told of the placards, encoded; kept for who comes later.
    Placards(Bytes),
    /// What members are told of the stream, encoded; kept for who comes later.
    Stream(Bytes),
    /// The sale of this room, from now on.
    Sell(SaleLink),
    /// A member asks something of the sale.
    Sale {
        /// Where the answer goes.
        conn: Arc<Conn>,
        /// Its number.
        cid: u32,
        /// What.
        ask: SaleAsk,
    },
    /// What is for sale, encoded: what has moved for who is here, everything
    /// for who comes later.
    Shelf {
        /// For who is here.
        fan: Bytes,
        /// For who comes later.
        shelf: Bytes,
    },
    /// What SDKs are told of the sale: Data of custom messages, each with
    /// whether it is worth nothing to who comes later.
    Cards(Vec<(String, bool)>),
    /// Something a shop has settled.
    Settled(Box<Settled>),
    /// The back end's word on a message that waits.
    Verdict(Ticket, Verdict),
    /// Have everything told before written down; answered when the log has it.
    Keep(oneshot::Sender<()>),
}

/// The sending end of a room task.
#[derive(Debug, Clone)]
pub struct RoomHandle {
    /// The room's id, unlike any other's of this server.
    pub id: RoomId,
    /// Its GroupId within its app.
    pub group: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// When it was made.
    pub created_at: Millis,
    /// Its app.
    pub link: Link,
    pub(super) online: Arc<AtomicU32>,
    inputs: mpsc::Sender<Input>,
}

/// What a room task starts from.
#[derive(Debug)]
pub struct RoomStart {
    /// The app it belongs to.
    pub link: Link,
    /// Id and name.
    pub info: RoomInfo,
    /// When it was made.
    pub created_at: Millis,
    /// Its rules and people.
    pub room: Room,
    /// Its SDK side.
    pub relay: Relay,
    /// As the vendor's commands know it.
    pub group: Group,
    /// Time between deliveries.
    pub tick: Tick,
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Input")
    }
}

impl RoomHandle {
    /// Starts the task of a room.
    pub fn start(start: RoomStart, shared: &Shared) -> Self {
        let (inputs, queue) = mpsc::channel(BOUND);
        let handle = Self {
            id: start.info.id.clone(),
            group: start.relay.group().into(),
            name: start.info.name.as_str().into(),
            created_at: start.created_at,
            link: start.link.clone(),
            online: Arc::default(),
            inputs,
        };
        let own = handle.inputs.downgrade();
        let online = Arc::clone(&handle.online);
        tokio::spawn(RoomTask::new(start, own, online, shared).run(queue));
        handle
    }

    /// People here at the last delivery.
    pub fn online(&self) -> u32 {
        self.online.load(Ordering::Relaxed)
    }

    /// Tells the task; waits while its queue is full.
    pub async fn tell(&self, input: Input) {
        // A closed queue is a server that stops.
        let _ = self.inputs.send(input).await;
    }

    /// Tells the task if its queue has room; for who must not wait for it.
    pub fn try_tell(&self, input: Input) -> bool {
        self.inputs.try_send(input).is_ok()
    }

    /// Does something at the group's desk. What it changed is on disk when
    /// this returns, and everybody was told.
    ///
    /// # Errors
    /// The refusal of `act`, 10010 if the group was closed, or [`Code::Server`].
    pub async fn act<T: Send + 'static>(
        &self,
        actor: Actor,
        act: impl FnOnce(&mut Desk<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (reply, answer) = oneshot::channel();
        let act = Box::new(move |desk: &mut Desk<'_>| {
            let result = act(desk);
            // Who asked may be gone.
            Box::new(move |kept: bool| drop(reply.send((result, kept)))) as Done
        });
        self.tell(Input::Act(actor, act)).await;
        match answer.await {
            Ok((result, true)) => result,
            // The task goes on for a while after the group was closed.
            Err(_) if !self.inputs.is_closed() => Err(Code::UnknownGroup.into()),
            Ok((_, false)) | Err(_) => Err(Code::Server.into()),
        }
    }

    /// Returns when everything told before is in the log's hands and the show's.
    pub async fn keep(&self) {
        let (done, kept) = oneshot::channel();
        self.tell(Input::Keep(done)).await;
        let _ = kept.await;
    }
}
