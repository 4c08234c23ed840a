//! Webhooks: what an app's back end is told and asked, and what it answers.
//!
//! Pure: [`body`] writes the JSON of every command, [`reply()`] reads an answer.
//! Field names and their order are the vendor's; `CallbackCommand` is first.
//! `EventTime` is a number of milliseconds in every body, as the vendor's
//! tables say; only its newer samples have it, and receivers ignore what they
//! do not know.

pub mod body;
mod command;
mod reply;

pub use command::Command;
pub use reply::{Bad, REPLY_LIMIT, Verdict, check, reply};
