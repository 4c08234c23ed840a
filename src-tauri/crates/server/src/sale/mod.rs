//! The sale of the embedded room: one task owns the state machine, writes its
//! ledger, and tells everybody.
//!
//! Everything that waits is handled together and written in one transaction;
//! only then is anybody answered. If the disk does not take it, nobody is told
//! that it was taken, and the sale is read again from the disk.
//!
//! The task waits for the disk and the show, never for a room: a room may wait
//! for it.

mod cards;
mod letters;
pub mod rest;
pub mod settle;
mod task;
mod told;

use crate::apps::App;
use crate::room_task::RoomHandle;
use crate::show::{Shared, ShowHandle};
use crate::ws::conn::Conn;
use letters::Letters;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use surtitle_core::sale::{OfferId, Sale, SaleOrder};
use surtitle_core::{Code, Millis, Reject, Role, Sender};
use task::SaleTask;
use tokio::sync::{mpsc, oneshot};

/// Asks that may wait; a full queue makes the room, the reader of a socket or
/// the shop's request wait.
const BOUND: usize = 4_096;

/// Something done to the sale. What it returns is called when everything it
/// did is on disk, or with `false` if the disk did not take it.
type Act = Box<dyn FnOnce(&mut Sale, Millis) -> Done + Send>;
/// Looks at the sale and changes nothing.
type Look = Box<dyn FnOnce(&Sale, Millis) + Send>;
/// Tells whoever waits.
type Done = Box<dyn FnOnce(bool) + Send>;

/// Where an answer goes.
#[derive(Debug, Clone)]
pub enum To {
    /// To a page of ours.
    Page(Arc<Conn>),
    /// To the account of who asks, one to one.
    Account,
}

/// What the sale's task is told.
pub enum Ask {
    /// A member claims by the button.
    Claim {
        /// Where the answer goes.
        to: To,
        /// Who.
        who: Sender,
        /// Their number.
        cid: u32,
        /// What.
        offer: OfferId,
    },
    /// A member asks what they have.
    Wallet {
        /// Where the answer goes.
        to: To,
        /// Who.
        who: Sender,
        /// Their number.
        cid: u32,
    },
    /// A comment, which may be a claim.
    Heard {
        /// Where the answer goes.
        to: To,
        /// Who.
        who: Sender,
        /// Their number of the comment.
        cid: u32,
        /// The comment.
        text: String,
    },
    /// A member's SDK asks what can be claimed.
    Shelf {
        /// Who.
        who: Sender,
    },
    /// Something of the host, the shop or a console.
    Act(Act),
    /// A console wants to be told.
    Watch(Arc<Conn>),
    /// Somebody looks at it; called when what came before is on disk.
    Look(Look),
}

/// The sending end of the sale's task.
#[derive(Debug, Clone)]
pub struct SaleHandle {
    asks: mpsc::Sender<Ask>,
    listening: Arc<AtomicBool>,
}

/// The same for the room, which must not keep the task alive: the task keeps
/// the room.
#[derive(Debug, Clone)]
pub struct SaleLink {
    asks: mpsc::WeakSender<Ask>,
    listening: Arc<AtomicBool>,
}

impl SaleLink {
    /// Tells the task; waits while its queue is full.
    pub async fn tell(&self, ask: Ask) {
        if let Some(asks) = self.asks.upgrade() {
            // A closed queue is a server that stops.
            let _ = asks.send(ask).await;
        }
    }

    /// Whether a comment may be a claim at all now.
    pub fn is_listening(&self) -> bool {
        self.listening.load(Ordering::Relaxed)
    }
}

impl SaleHandle {
    /// Starts the task on what an earlier run left.
    pub async fn start(shared: Shared, room: RoomHandle, show: ShowHandle, app: Arc<App>) -> Self {
        let (asks, queue) = mpsc::channel(BOUND);
        let listening = Arc::new(AtomicBool::new(false));
        let handle = Self { asks, listening: Arc::clone(&listening) };
        let letters = Letters::start(&app);
        let task = SaleTask::new(shared, room, show, letters, listening).await;
        tokio::spawn(task.run(queue));
        handle
    }

    /// For the room.
    pub fn link(&self) -> SaleLink {
        let listening = Arc::clone(&self.listening);
        SaleLink { asks: self.asks.downgrade(), listening }
    }

    /// Tells the task; waits while its queue is full.
    pub async fn tell(&self, ask: Ask) {
        // A closed queue is a server that stops.
        let _ = self.asks.send(ask).await;
    }

    /// Does something to the sale. What it changed is on disk when this returns.
    ///
    /// # Errors
    /// The [`Reject`] of `act`, or [`Code::Internal`] if the disk did not take it.
    pub async fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Sale, Millis) -> Result<T, Reject> + Send + 'static,
    ) -> Result<T, Reject> {
        let (reply, answer) = oneshot::channel();
        let act = Box::new(move |sale: &mut Sale, now| {
            let result = act(sale, now);
            // Who asked may be gone.
            Box::new(move |kept: bool| drop(reply.send((result, kept)))) as Done
        });
        self.tell(Ask::Act(act)).await;
        match answer.await {
            Ok((result, true)) => result,
            Ok((Err(reject), false)) => Err(reject),
            Ok((Ok(_), false)) | Err(_) => Err(lost()),
        }
    }

    /// Looks at the sale as it is on disk; `None` if the server stops.
    pub async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Sale, Millis) -> T + Send + 'static,
    ) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        let look = Box::new(move |sale: &Sale, now| drop(reply.send(look(sale, now))));
        self.tell(Ask::Look(look)).await;
        answer.await.ok()
    }

    /// Carries out an order of the host or a helper.
    ///
    /// # Errors
    /// As [`Self::act`].
    pub async fn order(&self, role: Role, order: SaleOrder) -> Result<(), Reject> {
        let seed = seed()?;
        self.act(move |sale, now| sale.order(now, role, order, &seed)).await
    }
}

/// A seed nobody can guess, in hex.
fn seed() -> Result<String, Reject> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Reject::new(Code::Internal, "the system gives no random bytes"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What is said when the disk did not take it.
fn lost() -> Reject {
    Reject::new(Code::Internal, "it could not be written down; try again in a moment")
}
