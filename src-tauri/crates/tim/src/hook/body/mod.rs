//! The JSON of every command that is raised.
//!
//! `MsgBody` is carried byte for byte as its sender said it. Times are Unix
//! milliseconds (`at_ms`) or Unix seconds (`time_s`), as the vendor has them.

mod c2c;
mod group;
mod message;
mod sale;
mod state;

pub use c2c::{C2cMessage, after_c2c, before_c2c};
pub use group::{
    Change, Created, Exit, GroupOwner, after_create, after_destroy, after_exit, after_info_change,
    after_join, before_create, before_join, member_state,
};
pub use message::{GroupMessage, after_recall, after_send, before_send, send_exception};
pub use sale::{Claimed, claim_made};
pub use state::{Reason, state_change};

use super::Command;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// `Type` of every group.
const KIND: &str = "AVChatRoom";

#[derive(Serialize)]
struct Named<T> {
    #[serde(rename = "CallbackCommand")]
    command: &'static str,
    #[serde(flatten)]
    body: T,
}

fn write(command: Command, body: impl Serialize) -> Box<RawValue> {
    to_raw_value(&Named { command: command.name(), body }).expect("our own structures serialise")
}

/// An element of a list of accounts.
#[derive(Serialize)]
struct Member<'a> {
    #[serde(rename = "Member_Account")]
    account: &'a str,
}

fn members<'a, A: AsRef<str>>(accounts: &'a [A]) -> Vec<Member<'a>> {
    accounts.iter().map(|account| Member { account: account.as_ref() }).collect()
}

#[cfg(test)]
mod tests;
