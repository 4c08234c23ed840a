//! Frames of the native WebSocket protocol, version 1. Data only; no state
//! machine imports them. docs/protocol.md is the specification.

mod board;
mod client;
mod close;
mod inquiry;
mod obs;
mod order;
mod sale;
mod server;
mod stream;
mod voice;

pub use board::{BoardAsk, BoardOrder, BoardWord, Laser, LessonInfo, LiveInk, SaidLine};
pub use client::{Body, ClientFrame, HostCommand, Rehearsal};
pub use close::Close;
pub use inquiry::{Inquiry, InquiryAsk, InquiryOrder, InquiryState};
pub use obs::{ObsInfo, ObsSource, ObsState};
pub use order::{
    AirInfo, DELAY_LIMIT_S, Named, OrderInfo, OwnRules, PENALTIES, Penalty, RoomOrder, RoomRules,
    SLOW_LIMIT_S, Speakers, TRUSTED_LIMIT,
};
pub use sale::{ClaimInfo, OfferInfo, SaleAsk, SaleDesk, SaleNews};
pub use server::{
    DisplayInfo, Entry, Limits, LinkState, PairingInfo, RoomInfo, ServerFrame, SessionInfo, Stats,
};
pub use stream::{StreamInfo, StreamKind};
pub use voice::Voice;

/// The version in `hello` and `welcome`.
pub const VERSION: u32 = 1;
/// Largest client frame in bytes (bad input over it is refused and closed with 1009).
pub const FRAME_LIMIT: usize = 12 * 1024;
/// A client is silent for at most this long before it sends `ping`, in ms.
pub const BEAT_MS: u32 = 20_000;
/// A socket that sent nothing for this long is closed, in ms.
pub const IDLE_MS: u32 = 60_000;
