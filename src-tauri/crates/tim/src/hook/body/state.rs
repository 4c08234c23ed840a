//! Accounts that come and go.

use super::write;
use crate::hook::Command;
use serde::Serialize;
use serde_json::value::RawValue;

/// Why an account's state changed; `Action` follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Logged in.
    Register,
    /// Logged out, or was made to.
    Unregister,
    /// Its connection was closed.
    LinkClose,
    /// Its connection went silent.
    TimeOut,
}

impl Reason {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Register => ("Login", "Register"),
            Self::Unregister => ("Logout", "Unregister"),
            Self::LinkClose => ("Disconnect", "LinkClose"),
            Self::TimeOut => ("Disconnect", "TimeOut"),
        }
    }
}

#[derive(Serialize)]
struct Info<'a> {
    #[serde(rename = "Action")]
    action: &'static str,
    #[serde(rename = "To_Account")]
    account: &'a str,
    #[serde(rename = "Reason")]
    reason: &'static str,
}

#[derive(Serialize)]
struct Kicked<'a> {
    #[serde(rename = "Platform")]
    platform: &'a str,
}

#[derive(Serialize)]
struct State<'a> {
    #[serde(rename = "EventTime")]
    at_ms: u64,
    #[serde(rename = "Info")]
    info: Info<'a>,
    #[serde(rename = "KickedDevice", skip_serializing_if = "Vec::is_empty")]
    kicked: Vec<Kicked<'a>>,
}

/// [`Command::StateChange`]; `kicked` names the platforms of the account's
/// other logins that a login ended.
pub fn state_change(account: &str, reason: Reason, kicked: &[&str], at_ms: u64) -> Box<RawValue> {
    let (action, reason) = reason.words();
    let kicked = kicked.iter().map(|platform| Kicked { platform }).collect();
    write(Command::StateChange, State { at_ms, info: Info { action, account, reason }, kicked })
}
