//! What the show's task is told.

use super::News;
use crate::emotes::Told;
use crate::ws::conn::Conn;
use std::net::IpAddr;
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_core::show::Input;
use surtitle_core::wire::{HostCommand, InquiryAsk, Voice};
use surtitle_core::{Backdrop, Event, Placard, Position, Reject, Sender};
use tokio::sync::{mpsc, oneshot};

/// What the show's task is told by pages.
#[derive(Debug)]
pub enum Ask {
    /// A page wants an overlay's cues.
    Watch {
        /// Which page.
        conn: Arc<Conn>,
        /// Overlay name.
        overlay: String,
        /// Its last position.
        resume: Option<Position>,
        /// A console's miniature, not a page on air.
        preview: bool,
    },
    /// An overlay page tells whether it can be heard.
    Voice {
        /// Which.
        conn: ConnId,
        /// Whether it can.
        voice: Voice,
        /// Whether it is in OBS.
        obs: bool,
    },
    /// Somebody did this elsewhere than in the show; for the audit log.
    Note(Sender, Box<HostCommand>),
    /// A viewer asks the host.
    Inquire {
        /// Their page.
        conn: Arc<Conn>,
        /// Who.
        from: Sender,
        /// Their number.
        cid: u32,
        /// What, as the room lets it be asked.
        ask: InquiryAsk,
    },
    /// A console wants the desk.
    Monitor(Arc<Conn>),
    /// A page wants to be paired.
    Pair(Arc<Conn>, String),
    /// A host or helper commands.
    Command {
        /// Who.
        by: Sender,
        /// What.
        command: HostCommand,
        /// Told the outcome.
        reply: oneshot::Sender<Result<(), Reject>>,
    },
    /// A connection that may have asked for something is gone.
    Gone(ConnId),
    /// This theme is another now, or gone.
    Theme(String),
    /// A rehearsed event for the show alone.
    Play(Event),
    /// Confirm by itself the next page of `peer` that wants to be paired with
    /// `overlay`: the host has just put it into OBS.
    Expect {
        /// Overlay name.
        overlay: String,
        /// Whose pages.
        peer: IpAddr,
    },
    /// Have an overlay's pages draw proof marks every so often (ms); 0 for no more.
    Prove {
        /// Overlay name.
        overlay: String,
        /// Time between two marks.
        every_ms: u32,
    },
    /// Whether an overlay's look asks what is behind it.
    AsksBehind {
        /// Overlay name.
        overlay: String,
        /// Told so.
        reply: oneshot::Sender<bool>,
    },
    /// What is behind an overlay; `None` when it is not known any more.
    Behind {
        /// Overlay name.
        overlay: String,
        /// How bright it is.
        grid: Option<Backdrop>,
    },
    /// Rehearsed likes for the show alone.
    PlayLikes(u32),
    /// The emotes changed.
    Emotes(Arc<Told>),
    /// What consoles are told of the stream, encoded.
    Stream(bytes::Bytes),
    /// A rehearsed placard, or its end.
    PlayPlacard(Input),
    /// New figures of placards; one that is not on the picture stays off.
    Figures(Vec<Placard>),
    /// Have everything the session told so far written down; answered when the log has it.
    Keep(oneshot::Sender<()>),
    /// Tell gifts and questions here from now on.
    Listen(mpsc::Sender<News>),
}
