//! What brings events in from elsewhere, in core's vocabulary.
//!
//! One folder a platform, three layers each: `wire.rs` (bytes to that
//! platform's frames, pure), `map.rs` (frames to core's events, pure) and
//! `client.rs` (the socket, the only `async`). All of them come back after a
//! cut by the same [`backoff::Backoff`].
#![warn(missing_docs)]

pub mod backoff;
pub mod replay;
pub mod surtitle;
