//! A message on its way into a room, whoever says it.

use super::desk::Caller;
use crate::frames;
use crate::sdk::asker::Asker;
use crate::ws::conn::{Conn, Level};
use std::sync::Arc;
use surtitle_core::room::Origin;
use surtitle_core::wire::Body;
use surtitle_core::{Priority, Reject};
use surtitle_tim::code::Refusal;
use surtitle_tim::item::Spoken;
use surtitle_tim::map::Meaning;

/// A message and who waits for its answer.
#[derive(Debug)]
pub struct Speech {
    /// Who says it.
    pub from: Origin,
    /// The sender's own number.
    pub cid: u32,
    /// Their wish.
    pub priority: Option<Priority>,
    /// As our room understands it.
    pub meaning: Meaning,
    /// As an SDK or a back end said it; `None` for our own pages.
    pub spoken: Option<Box<Spoken>>,
    /// Who waits.
    pub waits: Waits,
    /// UserID of who sent the request, if that is not the sender.
    pub operator: Option<String>,
    /// From where.
    pub caller: Caller,
    /// Whether the app's back end is asked before.
    pub ask: bool,
    /// Whether it is told after.
    pub tell: bool,
}

/// Who waits for the answer to a message.
#[derive(Debug, Clone)]
pub enum Waits {
    /// A page of our own; told `ack` or `error`.
    Page(Arc<Conn>),
    /// A request of an SDK or back end.
    Sdk(Asker),
}

impl Speech {
    /// What a page of our own says.
    pub fn page(conn: Arc<Conn>, cid: u32, priority: Option<Priority>, body: Body) -> Self {
        Self {
            from: Origin::Conn(conn.id),
            cid,
            priority,
            meaning: Meaning { body, likes: 0, follows: 0 },
            spoken: None,
            caller: Caller::of(&conn),
            waits: Waits::Page(conn),
            operator: None,
            ask: true,
            tell: true,
        }
    }

    /// What an SDK or back end says, under the number it gave.
    pub fn app(
        from: Origin,
        asker: Asker,
        priority: Priority,
        spoken: Box<Spoken>,
        meaning: Meaning,
        caller: Caller,
    ) -> Self {
        Self {
            from,
            cid: spoken.random,
            priority: Some(priority),
            meaning,
            spoken: Some(spoken),
            waits: Waits::Sdk(asker),
            operator: None,
            caller,
            ask: true,
            tell: true,
        }
    }
}

impl Waits {
    /// Says no, with the room's reason.
    pub fn reject(&self, cid: u32, reject: &Reject) {
        match self {
            Self::Page(conn) => {
                conn.push(&frames::encode_reject(reject, Some(cid)), Level::Message);
            }
            Self::Sdk(asker) => asker.refuse(&reject.into()),
        }
    }

    /// Says no, with the back end's reason.
    pub fn refuse(&self, cid: u32, refusal: &Refusal) {
        match self {
            Self::Page(_) => {
                let reject = Reject::new(surtitle_core::Code::Hooked, refusal.text.clone());
                self.reject(cid, &reject);
            }
            Self::Sdk(asker) => asker.refuse(refusal),
        }
    }
}
