//! One app: who may log in, and the groups it has.

use super::direct::Directs;
use super::house::room_id;
use super::logins::{INSTANCES, Login, Logins, Step};
use super::record::{KIND, Record};
use super::{Accounts, House, failed};
use crate::hooks::{Call, Hooks};
use crate::room_task::{self, Actor, Caller, Link, RoomHandle};
use crate::sdk::relay;
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use surtitle_core::{Event, Millis, Reject, filter};
use surtitle_store::{Document, Error};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::{Group, NewGroup, made_id};
use surtitle_tim::hook::body::{
    Created, GroupOwner, Reason, after_create, before_create, state_change,
};
use surtitle_tim::hook::{Command, Verdict};
use surtitle_tim::item::KickType;

/// Most groups of an app; more are refused with 10036.
const GROUPS: usize = 10_000;
/// How long those who poll a closed group may still hear that it is.
const FAREWELL: Duration = Duration::from_secs(3);

/// An app whose users may log in.
pub struct App {
    /// SDKAppID.
    pub id: u32,
    /// Whether it is the configured one.
    pub first: bool,
    /// GroupId of the embedded room, if it is this app's.
    embedded: Option<String>,
    /// Its accounts.
    pub accounts: Accounts,
    /// Its back end.
    pub hooks: Arc<Hooks>,
    house: House,
    /// What its rooms know of it.
    link: Link,
    /// What is written down of it is changed by one at a time.
    changing: tokio::sync::Mutex<()>,
    /// Guards the groups by GroupId; held for one look-up.
    rooms: RwLock<HashMap<String, RoomHandle>>,
    /// The same for those closed a moment ago.
    closed: RwLock<HashMap<String, RoomHandle>>,
    /// One group is made or closed at a time.
    making: tokio::sync::Mutex<()>,
    /// Who is online.
    pub logins: Logins,
    /// Messages between two of its accounts.
    pub direct: Directs,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({}, …)", self.id)
    }
}

impl App {
    /// An app with the groups an earlier run left; the first app's embedded
    /// room is `embedded`, whose recent events are remembered.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn open(
        id: u32,
        record: Record,
        embedded: Option<(Group, Vec<Event>)>,
        house: House,
    ) -> Result<Self, Error> {
        let first = embedded.is_some();
        let own = embedded.as_ref().map(|(group, _)| group.profile().id.clone());
        let store = &house.shared.store;
        let accounts = Accounts::open(id, first, Arc::clone(store)).await?;
        let kind = room_task::kind(id);
        let mut groups: Vec<Group> = Vec::new();
        for document in store.list_documents(&kind).await? {
            match serde_json::from_value(document.value) {
                Ok(group) => groups.push(group),
                Err(error) => {
                    tracing::error!("group {:?} of app {id} is damaged: {error}", document.key);
                }
            }
        }
        let mut remembered = HashMap::new();
        if let Some((group, events)) = embedded {
            let key = group.profile().id.clone();
            if !groups.iter().any(|known| known.profile().id == key) {
                groups.push(group);
            }
            remembered.insert(key, events);
        }
        let logins = Logins::default();
        logins.set_instances(record.instances.unwrap_or(INSTANCES));
        let hooks =
            Hooks::open(id, record.hooks.clone(), Arc::clone(store), house.shared.clock).await?;
        let record = Arc::new(RwLock::new(Arc::new(record)));
        let link = Link { app: id, hooks: Arc::clone(&hooks), record, filter: Arc::default() };
        link.refilter();
        let direct = Directs::new(id, Arc::clone(store));
        let mut rooms = HashMap::new();
        for group in groups {
            let key = group.profile().id.clone();
            let events = remembered.remove(&key).unwrap_or_default();
            rooms.insert(key, house.open(link.clone(), first, group, &events).await?);
        }
        Ok(Self {
            id,
            first,
            embedded: own,
            accounts,
            hooks,
            house,
            link,
            changing: tokio::sync::Mutex::default(),
            rooms: RwLock::new(rooms),
            closed: RwLock::default(),
            making: tokio::sync::Mutex::default(),
            logins,
            direct,
        })
    }

    /// What is written down of it.
    pub fn record(&self) -> Arc<Record> {
        Arc::clone(&self.link.record.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes what is written down of it; on disk when it returns.
    ///
    /// # Errors
    /// [`Code::Server`]; nothing has changed then.
    pub async fn change(&self, change: impl FnOnce(&mut Record)) -> Result<(), Code> {
        let _one = self.changing.lock().await;
        let mut record = (*self.record()).clone();
        change(&mut record);
        let mut kept = record.clone();
        if self.first {
            kept.secret_key.clear();
        }
        let value = serde_json::to_value(&kept).expect("text and numbers serialise");
        let document = Document { kind: KIND.to_owned(), key: self.id.to_string(), value };
        self.house.shared.store.put_documents(&[document]).await.map_err(failed)?;
        self.hooks.configure(record.hooks.clone());
        self.logins.set_instances(record.instances.unwrap_or(INSTANCES));
        *self.link.record.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(record);
        self.link.refilter();
        Ok(())
    }

    /// Whether a name may be taken.
    ///
    /// # Errors
    /// [`surtitle_core::Code::Filtered`] if it meets any rule of the filter.
    pub fn check_nick(&self, nick: &str) -> Result<(), Reject> {
        match self.link.filter().map(|filter| filter.judge(nick)) {
            None | Some(filter::Verdict::Pass) => Ok(()),
            Some(_) => {
                let message = "the name holds words that are not allowed here; take another";
                Err(Reject::new(surtitle_core::Code::Filtered, message))
            }
        }
    }

    /// The time.
    pub(super) fn now(&self) -> Millis {
        self.house.shared.clock.now()
    }

    /// Whether an account is one of its admins.
    pub fn is_admin(&self, account: &str) -> bool {
        self.record().admins.iter().any(|admin| admin == account)
    }

    /// A login came or went; `kicked` are those it displaced. The back end is told.
    pub fn note_login(&self, login: &Login, step: Step, kicked: &[Login]) {
        let reason = match step {
            Step::Login => Reason::Register,
            Step::Logout => Reason::Unregister,
            Step::Disconnect => Reason::LinkClose,
            Step::TimeOut => Reason::TimeOut,
        };
        let kicked: Vec<&str> = kicked.iter().map(Login::platform_word).collect();
        let at = self.house.shared.clock.now().0;
        let body = state_change(&login.account, reason, &kicked, at);
        let caller = Caller { ip: login.ip, platform: login.platform };
        self.call(Command::StateChange, body, caller);
    }

    /// Ends every login of an account, as a back end asks; nothing signed up
    /// to now is accepted any more. Returns how many ended.
    ///
    /// # Errors
    /// [`Code::Server`]; they have ended all the same.
    pub async fn kick(&self, account: &str) -> Result<usize, Code> {
        // Told first: a request that crosses the kick would be told of its usersig alone.
        let mut ended = self.logins.kick(account, KickType::Rest).await;
        let now_s = self.house.shared.clock.now().0 / 1_000;
        let kept = self.accounts.limit(account, |limits| limits.not_before = now_s + 1).await;
        // Whoever came back with an old usersig meanwhile.
        ended.extend(self.logins.kick(account, KickType::Rest).await);
        for login in &ended {
            self.note_login(login, Step::Logout, &[]);
        }
        kept.map(|()| ended.len())
    }

    /// The group of that GroupId.
    pub fn room(&self, group: &str) -> Option<RoomHandle> {
        self.rooms.read().unwrap_or_else(PoisonError::into_inner).get(group).cloned()
    }

    /// The same, or one that was closed a moment ago.
    pub fn room_or_closed(&self, group: &str) -> Option<RoomHandle> {
        let closed = || self.closed.read().unwrap_or_else(PoisonError::into_inner);
        self.room(group).or_else(|| closed().get(group).cloned())
    }

    /// Every group, by GroupId.
    pub fn rooms(&self) -> Vec<RoomHandle> {
        let rooms = self.rooms.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<RoomHandle> = rooms.values().cloned().collect();
        all.sort_by(|a, b| a.group.cmp(&b.group));
        all
    }

    /// Makes a group; it is on disk when this returns. Returns its room.
    ///
    /// # Errors
    /// 10021 if the id is taken, 10025 if by the same owner, 10036 over the
    /// bound, and what [`Group::new`] refuses.
    pub async fn create(&self, new: &NewGroup, actor: &Actor) -> Result<RoomHandle, Refusal> {
        let owner = new.owner.as_deref().unwrap_or_default();
        let of = GroupOwner { name: &new.name, owner, operator: &actor.account };
        self.ask_create(&of, actor).await?;
        let room = self.make(new).await?;
        let made = Created { group: &room.group, of, fields: &new.fields };
        let body = after_create(&made, self.house.shared.clock.now().0);
        self.call(Command::AfterCreateGroup, body, actor.caller);
        Ok(room)
    }

    /// Asks the back end whether a group may be made.
    async fn ask_create(&self, of: &GroupOwner<'_>, actor: &Actor) -> Result<(), Refusal> {
        let command = Command::BeforeCreateGroup;
        if !self.hooks.wants(command) {
            return Ok(());
        }
        let mut owned = 0;
        for room in self.rooms() {
            let theirs = of.owner.to_owned();
            let asked = Actor::default();
            let same = room
                .act(asked, move |desk| Ok(desk.group.profile().owner.as_ref() == Some(&theirs)))
                .await?;
            owned += u32::from(same);
        }
        let body = before_create(of, owned, self.house.shared.clock.now().0);
        self.ask(command, body, actor.caller).await
    }

    /// Asks the back end about something that is no message.
    ///
    /// # Errors
    /// Its refusal, or the policy's.
    pub async fn ask(
        &self,
        command: Command,
        body: Box<RawValue>,
        caller: Caller,
    ) -> Result<(), Refusal> {
        let call = Call { command, body, ip: caller.ip, platform: caller.word() };
        match self.hooks.ask(call).await {
            Verdict::Refuse(refusal) => Err(refusal),
            _ => Ok(()),
        }
    }

    /// Tells the back end something, if it wants to hear of it.
    pub fn call(&self, command: Command, body: Box<RawValue>, caller: Caller) {
        self.hooks.tell(Call { command, body, ip: caller.ip, platform: caller.word() });
    }

    async fn make(&self, new: &NewGroup) -> Result<RoomHandle, Refusal> {
        let _one = self.making.lock().await;
        let now_s = self.house.shared.clock.now().0 / 1_000;
        let id = match &new.id {
            Some(id) => id.clone(),
            None => made_id(getrandom::u64().map_err(|_| Code::Server)?),
        };
        let group = Group::new(new, id.clone(), now_s)?;
        if let Some(known) = self.room(&id) {
            let asked = Actor::default();
            let owner = known.act(asked, |desk| Ok(desk.group.profile().owner.clone())).await?;
            let same = new.owner.is_some() && owner == new.owner;
            return Err(if same { Code::GroupIdYours } else { Code::GroupIdTaken }.into());
        }
        if self.rooms.read().unwrap_or_else(PoisonError::into_inner).len() >= GROUPS {
            return Err(Code::TooManyGroups.into());
        }
        let store = &self.house.shared.store;
        let value = serde_json::to_value(&group).expect("text and numbers serialise");
        let document = Document { kind: room_task::kind(self.id), key: id.clone(), value };
        store.put_documents(&[document]).await.map_err(failed)?;
        let room =
            self.house.open(self.link.clone(), self.first, group, &[]).await.map_err(failed)?;
        let mut rooms = self.rooms.write().unwrap_or_else(PoisonError::into_inner);
        rooms.insert(id, room.clone());
        Ok(room)
    }

    /// Closes a group for good. The embedded room cannot be closed.
    ///
    /// # Errors
    /// 10010 if there is none, 10007 if `actor` may not.
    pub async fn dismiss(self: &Arc<Self>, group: &str, actor: Actor) -> Result<(), Refusal> {
        let _one = self.making.lock().await;
        let room = self.room(group).ok_or(Code::UnknownGroup)?;
        if self.embedded.as_deref() == Some(group) {
            let text = "the room of this server's own pages cannot be closed; make another group";
            return Err(Refusal::new(Code::NotMember, text));
        }
        room.act(actor, |desk| desk.dismiss()).await?;
        let store = &self.house.shared.store;
        store.delete_document(&room_task::kind(self.id), group).await.map_err(failed)?;
        store.delete_room(&room.id).await.map_err(failed)?;
        self.rooms.write().unwrap_or_else(PoisonError::into_inner).remove(group);
        let closed = || self.closed.write().unwrap_or_else(PoisonError::into_inner);
        closed().insert(group.to_owned(), room);
        let (app, group) = (Arc::clone(self), group.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(FAREWELL).await;
            app.closed.write().unwrap_or_else(PoisonError::into_inner).remove(&group);
        });
        Ok(())
    }

    /// Closes every group and forgets everything of this app.
    ///
    /// # Errors
    /// [`Code::Server`]; part of it may be gone then.
    pub(super) async fn delete_all(self: &Arc<Self>) -> Result<(), Code> {
        let account = self.record().admins.first().cloned().unwrap_or_default();
        for room in self.rooms() {
            let actor = Actor { account: account.clone(), app_admin: true, ..Actor::default() };
            self.dismiss(&room.group, actor).await.map_err(|refusal| {
                tracing::error!("group {:?} of app {}: {}", room.group, self.id, refusal.text);
                Code::Server
            })?;
        }
        self.hooks.close().await;
        self.accounts.delete_all().await?;
        self.direct.delete_all().await?;
        let store = &self.house.shared.store;
        store.delete_deliveries(self.id).await.map_err(failed)?;
        let numbers = relay::setting(&room_id(self.id, false, ""));
        store.delete_settings(&numbers).await.map_err(failed)?;
        store.delete_document(KIND, &self.id.to_string()).await.map_err(failed)
    }
}
