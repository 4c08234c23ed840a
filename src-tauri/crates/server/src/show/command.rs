//! What hosts and helpers command.

use super::{Asked, ShowTask, displays, is_name, placards, random, rehearse, remote};
use crate::auth;
use crate::frames;
use crate::ws::conn::{Conn, Level};
use serde_json::json;
use std::sync::Arc;
use surtitle_connectors::surtitle::Address;
use surtitle_core::room::MUTE_LIMIT_S;
use surtitle_core::session::SessionCommand;
use surtitle_core::show::Input;
use surtitle_core::wire::{Body, HostCommand, ServerFrame};
use surtitle_core::{Code, Cue, Look, Millis, Reject, Role, Sender, UserId};
use surtitle_store::{MuteRecord, Setting, TokenRecord};
use tokio::sync::oneshot;

/// Answers to `say` that may be waited for.
const ASKED: usize = 64;

/// Setting that names the remote room on show, `null` for none.
pub const REMOTE_SETTING: &str = "remote";

pub(super) type Outcome = Result<(), Reject>;

impl ShowTask {
    /// Carries out a command and answers, unless the room answers later.
    pub(super) async fn command(
        &mut self,
        now: Millis,
        by: Sender,
        command: HostCommand,
        reply: oneshot::Sender<Outcome>,
    ) {
        self.stats_dirty = true;
        if by.role < needs(&command) {
            let why = "only the host may do this; sign in with the host token";
            let _ = reply.send(Err(Reject::new(Code::Role, why)));
            return;
        }
        self.note(now, &by, &command).await;
        let outcome = match command {
            HostCommand::Say { text } => return self.say(text, reply),
            HostCommand::Order { order } => return self.order(now, &by, order, reply).await,
            command => self.carry_out(now, &by, command).await,
        };
        let _ = reply.send(outcome);
    }

    fn say(&mut self, text: String, reply: oneshot::Sender<Outcome>) {
        self.cid = self.cid.wrapping_add(1);
        let cid = self.cid;
        let send = SessionCommand::Send { cid, priority: None, body: Body::Comment { text } };
        if self.session.commands.try_send(send).is_err() {
            let _ = reply.send(Err(unanswered()));
            return;
        }
        self.asked.push_back(Asked { cid, reply });
        // One that never got its answer is told so by its dropped sender.
        if self.asked.len() > ASKED {
            self.asked.pop_front();
        }
    }

    async fn carry_out(&mut self, now: Millis, by: &Sender, command: HostCommand) -> Outcome {
        match command {
            HostCommand::Pin { id } => self.show_input(now, Input::Pin { id, by: by.nick.clone() }),
            HostCommand::Unpin => self.show_input(now, Input::Unpin),
            HostCommand::Remove { id } => {
                // The room forgets it too; the show's own copy goes in any case.
                let asked = SessionCommand::Remove { id: id.clone() };
                let sent = self.session.commands.try_send(asked);
                self.show_input(now, Input::Remove { ids: vec![id], by: by.nick.clone() })?;
                sent.map_err(|_| unanswered())
            }
            HostCommand::Mute { user, seconds } => self.mute(now, by, user, seconds).await,
            HostCommand::Clear => self.show_input(now, Input::Clear { by: by.nick.clone() }),
            HostCommand::Visible { overlay, on } => {
                let display = self.displays.open(&overlay).ok_or_else(unknown_overlay)?;
                display.hidden = !on;
                self.displays.send_own(&overlay, Cue::Visible { on });
                self.keep_overlay(&overlay).await
            }
            HostCommand::Look { overlay, look } => self.look(now, overlay, *look).await,
            HostCommand::Backdrop { overlay, grid } => {
                self.displays.open(&overlay).ok_or_else(unknown_overlay)?;
                self.displays.set_backdrop(&overlay, grid);
                Ok(())
            }
            HostCommand::Rehearse { what } => {
                let Some(asks) = self.asks.upgrade() else { return Ok(()) };
                let room = self.session.info.remote.is_none().then(|| self.room.clone());
                let place = rehearse::Place { room, asks, clock: self.shared.clock };
                tokio::spawn(rehearse::play(place, what, random()));
                Ok(())
            }
            HostCommand::ConfirmPair { code } => {
                let (conn, overlay) = self.pairings.confirm(now, &code)?;
                self.pair(now, conn, overlay).await
            }
            HostCommand::Unpair { overlay } => {
                self.shared.store.delete_tokens(Role::Display, &overlay).await.map_err(internal)?;
                self.shared.tokens.withdraw(&overlay);
                if let Some(display) = self.displays.get_mut(&overlay) {
                    display.hub.close_all(surtitle_core::wire::Close::Token);
                }
                Ok(())
            }
            HostCommand::JoinRemote { address, token } => {
                let address = Address::parse(&address)?;
                // Kept, so that a restart in the middle of a show presents the same room.
                let value = json!({ "address": address.to_string(), "token": token });
                self.hear_out().await;
                self.session = remote::join(address, token);
                self.placards.tell();
                self.keep(REMOTE_SETTING, value).await
            }
            HostCommand::LeaveRemote => {
                self.hear_out().await;
                self.session = remote::embedded(&self.shared, &self.room, &self.info);
                self.placards.tell();
                self.keep(REMOTE_SETTING, serde_json::Value::Null).await
            }
            HostCommand::Place { placard } => self.place(now, *placard).await,
            HostCommand::Take { id } => self.take(now, by, id).await,
            HostCommand::Inquiry { order } => self.inquiry(now, by, order).await,
            HostCommand::Stream { stream } => self.shared.broadcast.set(stream).await,
            _ => Err(Reject::new(Code::UnknownFrame, "no such command here")),
        }
    }

    pub(super) fn show_input(&mut self, now: Millis, input: Input) -> Outcome {
        let outputs = self.show.handle(now, input)?;
        self.put_out(outputs);
        Ok(())
    }

    async fn mute(&mut self, now: Millis, by: &Sender, user: UserId, seconds: u32) -> Outcome {
        if seconds > MUTE_LIMIT_S {
            return Err(Reject::new(
                Code::Count,
                format!("{seconds} s is longer than a year; mute for at most {MUTE_LIMIT_S} s"),
            ));
        }
        let room = self.info.id.clone();
        if self.session.info.remote.is_none() {
            let until = now.plus(u64::from(seconds) * 1_000);
            let kept = if seconds == 0 {
                self.shared.store.delete_mute(&room, &user).await
            } else {
                let mute = MuteRecord { room, user: user.clone(), until };
                self.shared.store.put_mute(&mute).await
            };
            kept.map_err(internal)?;
        }
        let command = SessionCommand::Mute { user: user.clone(), seconds };
        if self.session.commands.try_send(command).is_err() {
            return Err(unanswered());
        }
        if seconds > 0 {
            let by = by.nick.clone();
            self.forget_asker(now, &user).await;
            self.show_input(now, Input::RemoveUser { user, by })?;
        }
        Ok(())
    }

    async fn look(&mut self, now: Millis, overlay: String, look: Look) -> Outcome {
        let look = look.clamped();
        let display = self.displays.open(&overlay).ok_or_else(unknown_overlay)?;
        let theme = (display.look.theme != look.theme).then(|| look.theme.clone());
        display.look = look.clone();
        // First, so that the page can load it while it draws the rest.
        if let Some(theme) = theme.map(|id| self.shared.themes.find(&id)) {
            self.displays.send_own(&overlay, Cue::Theme { theme });
        }
        self.displays.send_own(&overlay, Cue::Look { look });
        let per_second = self.displays.pace();
        self.show_input(now, Input::Pace { per_second })?;
        self.keep_overlay(&overlay).await
    }

    /// Writes an overlay's settings down.
    async fn keep_overlay(&mut self, name: &str) -> Outcome {
        let Some(display) = self.displays.get_mut(name) else { return Ok(()) };
        let value = json!({ "look": display.look, "hidden": display.hidden });
        self.keep(&format!("overlay/{name}"), value).await
    }

    pub(super) async fn keep(&self, key: &str, value: serde_json::Value) -> Outcome {
        let setting = Setting { key: key.to_owned(), value };
        self.shared.store.put_setting(&setting).await.map_err(internal)
    }

    pub(super) async fn pair(&mut self, now: Millis, conn: Arc<Conn>, overlay: String) -> Outcome {
        if !is_name(&overlay) || self.displays.open(&overlay).is_none() {
            return Err(unknown_overlay());
        }
        let token = auth::random_token()?;
        let record = TokenRecord {
            hash: auth::hash(&token),
            role: Role::Display,
            name: overlay.clone(),
            created_at: now,
        };
        self.shared.store.put_token(&record).await.map_err(internal)?;
        self.shared.tokens.accept(&record);
        conn.push(&frames::encode(&ServerFrame::Paired { token }), Level::Message);
        self.keep_overlay(&overlay).await
    }
}

/// The role a command needs.
fn needs(command: &HostCommand) -> Role {
    match command {
        HostCommand::Say { .. }
        | HostCommand::Pin { .. }
        | HostCommand::Unpin
        | HostCommand::Remove { .. }
        | HostCommand::Mute { .. }
        | HostCommand::Clear
        | HostCommand::Order { .. }
        | HostCommand::Inquiry { .. }
        // What kind it is of is looked at when it is carried out.
        | HostCommand::Take { .. } => Role::Helper,
        HostCommand::Place { placard } => placards::needs(&placard.kind),
        _ => Role::Host,
    }
}

fn unknown_overlay() -> Reject {
    Reject::new(
        Code::UnknownOverlay,
        format!(
            "no such overlay and no room for more than {}; names are 1 to 32 of a-z, 0-9, hyphen",
            displays::OVERLAYS
        ),
    )
}

pub(super) fn unanswered() -> Reject {
    Reject::new(Code::Offline, "the room does not answer; try again soon")
}

pub(super) fn internal(error: surtitle_store::Error) -> Reject {
    tracing::error!("store: {error}");
    Reject::new(Code::Internal, "it could not be written down; the log says why")
}
