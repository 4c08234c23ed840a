//! The heart of Surtitle: what a live room and a live show decide, without IO.
//!
//! Nothing here reads a clock, opens a socket or draws randomness. A driver
//! (the server) calls [`room::Room`] and [`show::Show`] with a time and an
//! input, and performs the effects they return:
//!
//! ```text
//! socket ─frame─► Room::handle(now, Command) ─► effects: deliver, ack, record, tell the show
//!                 Room::flush(now)           ─► one batch for every connection
//! session ─event─► Show::handle(now, Input)  ─► cues for surfaces, fates for the log
//!                  Show::tick(now)           ─► what the pace allows now
//! ```
#![warn(missing_docs)]

mod accounts;
mod backdrop;
pub mod board;
mod cue;
pub mod emote;
mod event;
pub mod filter;
pub mod gifts;
mod id;
pub mod inquiry;
mod look;
mod paid;
pub mod placard;
mod priority;
pub mod record;
mod reject;
pub mod room;
pub mod sale;
pub mod session;
pub mod show;
pub mod text;
mod theme;
pub mod wire;

pub use accounts::Accounts;
pub use backdrop::Backdrop;
pub use cue::{Card, Cue, Stage};
pub use emote::{Emote, Frames};
pub use event::{Event, EventKind, Fate, Gift, Role, Sender, Tip};
pub use id::{Epoch, EventId, Millis, Position, RoomId, Seq, UserId};
pub use look::{BoardLook, Sheet};
pub use look::{CardsLook, Corner, DanmakuLook, FeedLook, Language, Look, Mode, PlaceLook};
pub use look::{ComfortLook, EffectsLook, Plates, SoundLook, SpeechLook};
pub use look::{PaidLook, PlacardsLook};
pub use paid::{AMOUNT_LIMIT, Paid, PaidCard};
pub use placard::{Placard, PlacardKind};
pub use priority::Priority;
pub use reject::{Code, Reject};
pub use theme::{DEFAULT_THEME, Motion, Theme, is_theme_id};
