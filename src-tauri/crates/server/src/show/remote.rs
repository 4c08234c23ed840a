//! Which room is on show: the embedded one or a remote one.

use super::{SESSION_BOUND, Session, Shared, connecting};
use crate::room_task::RoomHandle;
use crate::session;
use surtitle_connectors::surtitle::{Address, RemoteConfig, connect};
use surtitle_core::Seq;
use surtitle_core::wire::RoomInfo;
use tokio::sync::mpsc;

/// A session to the embedded room.
pub fn embedded(shared: &Shared, room: &RoomHandle, info: &RoomInfo) -> Session {
    let (tx, events) = mpsc::channel(SESSION_BOUND);
    let commands = session::local(room.clone(), shared.tokens.host(), shared.clock, tx);
    let viewer = format!("/viewer/{}", info.id.as_str().replace('#', "%23"));
    let info = connecting(None, info.id.clone());
    Session { info, viewer, seq: Seq(0), commands, events, _remote: None }
}

/// A session to a remote room.
pub fn join(address: Address, token: Option<String>) -> Session {
    let (tx, events) = mpsc::channel(SESSION_BOUND);
    let info = connecting(Some(address.to_string()), address.room.clone());
    let viewer = address.viewer_url();
    let remote = connect(RemoteConfig::new(address, token), tx);
    Session {
        info,
        viewer,
        seq: Seq(0),
        commands: remote.commands.clone(),
        events,
        _remote: Some(remote),
    }
}
