//! One client: who is behind it, where they are, and what they ask.
//!
//! Every request is judged by its own head: an SDK that lost its socket sends
//! what was pending with its `a2` before it says `wslogin` again.

use super::asker::Asker;
use super::outlet::Outlet;
use super::relay::Ask;
use super::rooms::Rooms;
use super::seal::A2;
use super::{command, group, login, message, poll, profile};
use crate::apps::App;
use crate::apps::logins::{Login, Logins, Step};
use crate::room_task::{Actor, Caller, Input};
use crate::state::State;
use std::net::IpAddr;
use std::sync::Arc;
use surtitle_core::Sender;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Head, Request};
use surtitle_tim::item::KickType;
use surtitle_tim::map;

/// Requests a client may send at once, and then a second. SDKs do not pace
/// themselves; what a room takes is for its budget to say.
const BURST: u64 = 500;
const PER_SECOND: u64 = 100;

/// What a client says it runs on.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// The SDK instance, the same over lost sockets; empty if it does not say.
    pub instance: String,
    /// 7 a page, 8 a mini program, 10 an SDK without sockets; 0 if it does not say.
    pub platform: u32,
    /// Where it comes from.
    pub ip: Option<IpAddr>,
}

/// Who logged in.
#[derive(Debug)]
pub struct User {
    /// What the login gave.
    pub a2: A2,
    /// Where.
    pub app: Arc<App>,
    /// Nickname, uncut; empty for none.
    pub nick: String,
    /// Picture address; empty for none.
    pub face: String,
}

impl User {
    /// As our rooms see them.
    pub fn sender(&self) -> Sender {
        map::sender(&self.a2.account, &self.nick, &self.face)
    }
}

/// Why a login no longer counts.
#[derive(Debug)]
pub enum Over {
    /// The server ended it.
    Kicked(KickType),
    /// It ran out, or is refused for what the refusal says.
    Refused(Refusal),
}

impl From<Refusal> for Over {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Code> for Over {
    fn from(code: Code) -> Self {
        Self::Refused(code.into())
    }
}

impl From<Over> for Refusal {
    fn from(over: Over) -> Self {
        match over {
            Over::Kicked(_) => Code::LoginOver.into(),
            Over::Refused(refusal) => refusal,
        }
    }
}

/// What a client is and where it is.
pub struct Session {
    /// The server.
    pub state: Arc<State>,
    /// Its connection.
    pub conn: Outlet,
    /// What it runs on.
    pub device: Device,
    /// The app its last request was for; `None` before, or if there is none of that number.
    pub app: Option<Arc<App>>,
    /// `None` for a guest.
    pub user: Option<User>,
    /// The groups it joined as a member.
    pub rooms: Arc<Rooms>,
    /// The groups it polls as a guest.
    pub guest: Rooms,
    /// The group it made last, until it has asked about it: SDKs up to 2.18
    /// read what they have made before they join it.
    pub made: Option<String>,
    /// Thousandths of a request left, and when that was so (ms).
    allowance: (u64, u64),
}

impl Session {
    /// A client that has said nothing yet.
    pub fn new(state: Arc<State>, conn: Outlet, device: Device) -> Self {
        let allowance = (BURST * 1_000, state.shared.clock.now().0);
        let (rooms, guest) = (Arc::default(), Rooms::default());
        let (app, user, made) = (None, None, None);
        Self { state, conn, device, app, user, rooms, guest, made, allowance }
    }

    /// Answers one request, or sees to it that it is answered.
    pub async fn answer(&mut self, request: &Request<'_>, asker: &Asker) {
        self.state.shared.metrics.frames.inc();
        if !self.allowed() {
            return asker.refuse(&Code::TooFast.into());
        }
        let answered = match self.identify(&request.head).await {
            Ok(()) => self.dispatch(request, asker).await,
            Err(Over::Refused(refusal)) => Err(refusal),
            Err(Over::Kicked(kick)) => login::ended(&request.head, kick, asker),
        };
        if let Err(refusal) = answered {
            asker.refuse(&refusal);
        }
    }

    /// Token bucket of this client.
    fn allowed(&mut self) -> bool {
        let now = self.state.shared.clock.now().0;
        let (left, at) = self.allowance;
        let gained = now.saturating_sub(at) * PER_SECOND;
        let left = (left + gained).min(BURST * 1_000);
        let Some(rest) = left.checked_sub(1_000) else {
            self.allowance = (left, now);
            return false;
        };
        self.allowance = (rest, now);
        true
    }

    /// Takes the head's `a2` for whom it stands for, and sits them in the rooms
    /// they were in. A head without one changes nothing.
    ///
    /// # Errors
    /// The login is over.
    pub async fn identify(&mut self, head: &Head<'_>) -> Result<(), Over> {
        self.enter(head.sdkappid);
        if self.device.platform == 0 {
            self.device.platform = head.platform;
        }
        if head.a2.is_empty() {
            let over = self.user.as_ref().map(|user| self.check(&user.app, &user.a2));
            return match over {
                Some(Err(over)) => {
                    self.leave().await;
                    Err(over)
                }
                _ => Ok(()),
            };
        }
        let a2: A2 = self.state.sdk.seal.open(&head.a2).ok_or(Code::LoginOver)?;
        self.enter(a2.app);
        let app = Arc::clone(self.app.as_ref().ok_or(Code::LoginOver)?);
        let known = self.user.as_ref().is_some_and(|user| user.a2.id == a2.id);
        if let Err(over) = self.check(&app, &a2) {
            if known {
                self.leave().await;
            }
            return Err(over);
        }
        if known {
            return Ok(());
        }
        self.leave().await;
        let (nick, face) = profile::load(&app, &a2.account).await?;
        self.sit(User { a2, app, nick, face }).await
    }

    /// Whether a login of ours still counts.
    fn check(&self, app: &App, a2: &A2) -> Result<(), Over> {
        if let Some(kick) = app.logins.ended(a2.id) {
            return Err(Over::Kicked(kick));
        }
        let now_s = self.state.shared.clock.now().0 / 1_000;
        if a2.expires <= now_s || a2.time < app.accounts.limits(&a2.account).not_before {
            return Err(Code::LoginOver.into());
        }
        Ok(())
    }

    /// Goes over to the app of that number; each time, for one may be deleted.
    fn enter(&mut self, app: u32) {
        self.app = self.state.apps.get(app);
    }

    /// The app its last request was for.
    ///
    /// # Errors
    /// [`Code::UnknownApp`].
    pub fn app(&self) -> Result<&Arc<App>, Code> {
        self.app.as_ref().ok_or(Code::UnknownApp)
    }

    /// Takes a user in, who is nobody here yet: in the rooms they are in, and
    /// in place of an earlier connection of the same login.
    ///
    /// # Errors
    /// The login is over.
    pub async fn sit(&mut self, user: User) -> Result<(), Over> {
        let rooms: Arc<Rooms> = Arc::default();
        let login = Login {
            id: user.a2.id,
            account: user.a2.account.clone(),
            instance: self.device.instance.clone(),
            platform: self.device.platform,
            ip: self.device.ip,
            since: user.a2.since,
            outlet: self.conn.clone(),
            rooms: Arc::clone(&rooms),
        };
        let entered = user.app.logins.enter(login.clone()).map_err(Over::Kicked)?;
        let now = self.state.shared.clock.now();
        let seats = self.state.sdk.seats.claim(login.id, self.conn.id, now);
        let (groups, since) = seats.unwrap_or_default();
        for room in groups.iter().filter_map(|id| user.app.room(id.as_str())) {
            let (conn, who) = (self.conn.clone(), user.sender());
            if rooms.add(room.clone()).is_err() {
                continue;
            }
            room.tell(Input::Sdk(Ask::Again { conn, who, since })).await;
            if rooms.is_closed() {
                // Kicked meanwhile, perhaps before the room heard of it.
                room.tell(Input::Sdk(Ask::Quit(self.conn.id))).await;
            }
        }
        if let Some(old) = &entered.replaced {
            old.outlet.cut();
        }
        Logins::expel(&entered.kicked, &login).await;
        if entered.replaced.is_none() {
            user.app.note_login(&login, Step::Login, &entered.kicked);
        }
        (self.user, self.rooms) = (Some(user), rooms);
        Ok(())
    }

    /// Ends the login, if there is one, on purpose: out of every room.
    pub async fn leave(&mut self) {
        if let Some(user) = self.user.take() {
            self.state.sdk.seats.free_all(user.a2.id);
            if let Some(login) = user.app.logins.leave(&user.a2.account, user.a2.id) {
                user.app.note_login(&login, Step::Logout, &[]);
            }
        }
        for room in self.rooms.close() {
            room.tell(Input::Sdk(Ask::Quit(self.conn.id))).await;
        }
        self.rooms = Arc::default();
    }

    /// The connection is gone.
    pub async fn lose(&mut self, step: Step) {
        if let Some(user) = &self.user {
            let (id, account) = (user.a2.id, &user.a2.account);
            if self.rooms.is_closed() {
                self.state.sdk.seats.free_all(id);
            } else {
                self.state.sdk.seats.lose(id, self.conn.id, self.state.shared.clock.now());
            }
            if let Some(login) = user.app.logins.lose(account, id, self.conn.id) {
                user.app.note_login(&login, step, &[]);
            }
        }
        for room in self.rooms.clear().into_iter().chain(self.guest.clear()) {
            room.tell(Input::Leave(self.conn.id)).await;
        }
    }

    /// Who asks, as a group's desk knows them.
    ///
    /// # Errors
    /// [`Code::NotLoggedIn`].
    pub fn actor(&self) -> Result<Actor, Code> {
        let account = self.user()?.a2.account.clone();
        let app_admin = self.user()?.app.is_admin(&account);
        let caller = Caller { ip: self.device.ip, platform: self.device.platform };
        Ok(Actor { account, app_admin, caller })
    }

    /// Who logged in, with the app of this request: whoever that is, they are
    /// nobody to another app.
    ///
    /// # Errors
    /// [`Code::NotLoggedIn`].
    pub fn user(&self) -> Result<&User, Code> {
        let app = self.app.as_ref().map(|app| app.id);
        self.user.as_ref().filter(|user| Some(user.a2.app) == app).ok_or(Code::NotLoggedIn)
    }

    async fn dispatch(&mut self, request: &Request<'_>, asker: &Asker) -> Result<(), Refusal> {
        match &*request.head.servcmd {
            "im_open_status.wslogin" | "openim.login" => login::login(self, request, asker).await,
            "im_open_status.wslogout" | "openim.logout" => login::logout(self, asker).await,
            "openim.getlongpollingid" => login::polling_id(self, asker),
            "group_open_http_svc.apply_join_group" => group::join(self, request, asker).await,
            "group_open_http_svc.quit_group" => group::quit(self, request, asker).await,
            "group_open_http_svc.get_group_self_member_info"
            | "group_open_http_svc.get_group_info" => group::info(self, request, asker).await,
            "group_open_http_noauth_svc.apply_join_group" => poll::join(self, request, asker).await,
            "group_open_long_polling_http_noauth_svc.get_msg" => {
                poll::read(self, request, asker).await
            }
            "group_open_long_polling_http_svc.get_msg" => {
                poll::read_as_member(self, request, asker).await
            }
            "group_open_http_svc.send_group_msg" => message::send(self, request, asker).await,
            "profile.portrait_set" => profile::set(self, request, asker).await,
            "profile.portrait_get_all" | "profile.portrait_get" => {
                profile::get(self, request, asker).await
            }
            _ => {
                let rest = command::carry_out(self, request).await?;
                let rest = rest.or_else(|| login::standing_answer(request));
                asker.answer(&rest.ok_or(Code::UnknownCommand)?);
                Ok(())
            }
        }
    }
}

/// A body that cannot be read.
pub fn malformed(error: serde_json::Error) -> Refusal {
    Refusal {
        number: Code::Parameter.number(),
        text: format!("the request cannot be read: {error}"),
    }
}
