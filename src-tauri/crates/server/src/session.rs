//! The in-process end of a session: the show and the embedded room.

use crate::clock::Clock;
use crate::room_task::{Input, RoomHandle};
use surtitle_core::session::{SessionCommand, SessionEvent};
use surtitle_core::{Code, Reject, Sender};
use tokio::sync::{mpsc, oneshot};

/// Commands that may wait.
const BOUND: usize = 256;

/// Lets `events` hear everything the room tells, and speaks in the room as
/// `host`. Ends when the returned sender is dropped; the room then has no
/// show until the next call.
pub fn local(
    room: RoomHandle,
    host: Sender,
    clock: Clock,
    events: mpsc::Sender<SessionEvent>,
) -> mpsc::Sender<SessionCommand> {
    let (commands, mut queue) = mpsc::channel(BOUND);
    tokio::spawn(async move {
        room.tell(Input::Tap(events.clone())).await;
        while let Some(command) = queue.recv().await {
            match command {
                SessionCommand::Send { cid, body, .. } => {
                    let (reply, answer) = oneshot::channel();
                    let sender = host.clone();
                    let own = Input::Own { sender, source: "room", cid, body, reply: Some(reply) };
                    room.tell(own).await;
                    let result = answer.await.unwrap_or_else(|_| {
                        Err(Reject::new(Code::Offline, "the room has stopped; start it again"))
                    });
                    // The show may have gone over to another room meanwhile.
                    let _ = events.try_send(SessionEvent::Answer { cid, result });
                }
                SessionCommand::Like { count } => room.tell(Input::OwnLike(count)).await,
                SessionCommand::Remove { id } => room.tell(Input::Remove(vec![id])).await,
                SessionCommand::Mute { user, seconds } => {
                    let until = clock.now().plus(u64::from(seconds) * 1_000);
                    room.tell(Input::Mute(user, until)).await;
                }
                _ => {}
            }
        }
    });
    commands
}
