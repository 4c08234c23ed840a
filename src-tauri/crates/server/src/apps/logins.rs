//! Who of an app is online, and whose logins the server has ended.
//!
//! An account may be logged in on several platforms at once, and on one
//! platform with a number of instances that the app sets. One more ends the
//! login that is oldest, which need not be one that was there before: who comes
//! back with an old login does not displace a newer one.

use crate::room_task::Input;
use crate::sdk::outlet::Outlet;
use crate::sdk::relay::Ask;
use crate::sdk::rooms::Rooms;
use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_core::Millis;
use surtitle_core::room::ConnId;
use surtitle_tim::item::{self, KickType};

/// Ended logins remembered; then the one ended first is forgotten, and could
/// come back over a new connection until its usersig runs out.
const REVOKED: usize = 50_000;
/// Logins of one account on one platform, unless the app sets more.
pub const INSTANCES: usize = 1;

/// One login that is online.
#[derive(Debug, Clone)]
pub struct Login {
    /// Names it, over lost sockets and restarts.
    pub id: u64,
    /// UserID.
    pub account: String,
    /// The SDK instance; empty if it does not say.
    pub instance: String,
    /// What it runs on: 7 a page, 8 a mini program, 10 an SDK without sockets.
    pub platform: u32,
    /// Where it comes from.
    pub ip: Option<IpAddr>,
    /// When it logged in.
    pub since: Millis,
    /// How it is reached.
    pub outlet: Outlet,
    /// The groups it is in.
    pub rooms: Arc<Rooms>,
}

impl Login {
    /// `InstId`, which SDKs show and do not use.
    pub fn inst_id(&self) -> u32 {
        inst_id(self.id)
    }

    /// The platform as the vendor names it. Every SDK this server speaks with
    /// runs in a page or a mini program, and those are one platform there.
    pub fn platform_word(&self) -> &'static str {
        "Web"
    }

    /// Tells it of its end, and its groups.
    async fn end(&self, kick: KickType, platform: &str, inst_id: u32) {
        self.outlet.kick(kick, &item::kick(1, kick, platform, inst_id));
        for room in self.rooms.close() {
            room.tell(Input::Sdk(Ask::Quit(self.outlet.id))).await;
        }
    }
}

/// `InstId` of a login.
pub fn inst_id(login: u64) -> u32 {
    (login >> 33) as u32
}

/// What a login did to others.
#[derive(Debug, Default)]
pub struct Entered {
    /// The same login over an earlier connection.
    pub replaced: Option<Login>,
    /// Other logins that had to end.
    pub kicked: Vec<Login>,
}

/// What became of a login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is online.
    Login,
    /// It ended on purpose.
    Logout,
    /// Its connection is gone.
    Disconnect,
    /// It stopped asking.
    TimeOut,
}

/// The logins of one app.
#[derive(Debug)]
pub struct Logins {
    /// Guards everything; held for one look-up.
    book: Mutex<Book>,
}

#[derive(Debug)]
struct Book {
    online: HashMap<String, Vec<Login>>,
    count: usize,
    instances: usize,
    revoked: Memory<u64, KickType>,
}

impl Default for Logins {
    fn default() -> Self {
        let book = Book {
            online: HashMap::new(),
            count: 0,
            instances: INSTANCES,
            revoked: Memory::new(REVOKED),
        };
        Self { book: Mutex::new(book) }
    }
}

impl Logins {
    /// Lets an account have this many logins on one platform, at least one.
    /// Those that are too many end with the next login.
    pub fn set_instances(&self, instances: usize) {
        self.lock().instances = instances.max(1);
    }

    /// A login is online, or over a new connection. The caller tells the
    /// kicked with [`Self::expel`].
    ///
    /// # Errors
    /// Why the login has ended, or ends now because newer ones are online.
    pub fn enter(&self, login: Login) -> Result<Entered, KickType> {
        let mut book = self.lock();
        if let Some(kick) = book.revoked.get(&login.id) {
            return Err(*kick);
        }
        let instances = book.instances;
        let list = book.online.entry(login.account.clone()).or_default();
        if let Some(known) = list.iter_mut().find(|known| known.id == login.id) {
            let old = std::mem::replace(known, login);
            let replaced = (old.outlet.id != known.outlet.id).then_some(old);
            return Ok(Entered { replaced, kicked: Vec::new() });
        }
        let mut kicked = Vec::new();
        loop {
            let same = list.iter().enumerate().filter(|(_, l)| l.platform == login.platform);
            if same.clone().count() < instances {
                break;
            }
            let oldest = same.min_by_key(|(_, known)| known.since);
            let Some((at, _)) = oldest.filter(|(_, known)| known.since <= login.since) else {
                book.revoked.put(login.id, KickType::Account);
                return Err(KickType::Account);
            };
            kicked.push(list.remove(at));
        }
        list.push(login);
        book.count += 1;
        book.count -= kicked.len();
        for old in &kicked {
            book.revoked.put(old.id, KickType::Account);
        }
        Ok(Entered { replaced: None, kicked })
    }

    /// Tells the logins that `by` displaced, and takes them out of their groups.
    pub async fn expel(kicked: &[Login], by: &Login) {
        for old in kicked {
            old.end(KickType::Account, by.platform_word(), by.inst_id()).await;
        }
    }

    /// The login of that SDK instance, if it is online.
    pub fn find(&self, account: &str, platform: u32, instance: &str) -> Option<u64> {
        let book = self.lock();
        let mut list = book.online.get(account)?.iter();
        let known = list.find(|l| l.platform == platform && l.instance == instance)?;
        (!instance.is_empty()).then_some(known.id)
    }

    /// A login ended on purpose.
    pub fn leave(&self, account: &str, id: u64) -> Option<Login> {
        self.lock().take(account, |login| login.id == id)
    }

    /// A login's connection is gone; `None` if it is on another by now.
    pub fn lose(&self, account: &str, id: u64, conn: ConnId) -> Option<Login> {
        self.lock().take(account, |login| login.id == id && login.outlet.id == conn)
    }

    /// Ends every login of an account, and returns them.
    pub async fn kick(&self, account: &str, kick: KickType) -> Vec<Login> {
        let ended = {
            let mut book = self.lock();
            let ended = book.online.remove(account).unwrap_or_default();
            book.count -= ended.len();
            for login in &ended {
                book.revoked.put(login.id, kick);
            }
            ended
        };
        for login in &ended {
            login.end(kick, login.platform_word(), login.inst_id()).await;
        }
        ended
    }

    /// Why the server ended a login, if it did.
    pub fn ended(&self, id: u64) -> Option<KickType> {
        self.lock().revoked.get(&id).copied()
    }

    /// Pushes a frame to every login of an account but `except`; returns to how many.
    pub fn send(&self, account: &str, except: Option<u64>, json: &[u8]) -> usize {
        let logins = self.online(account);
        let others = logins.iter().filter(|login| Some(login.id) != except);
        others.map(|login| login.outlet.push(json)).count()
    }

    /// The logins of an account that are online.
    pub fn online(&self, account: &str) -> Vec<Login> {
        self.lock().online.get(account).cloned().unwrap_or_default()
    }

    /// How many logins are online.
    pub fn count(&self) -> usize {
        self.lock().count
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    fn take(&mut self, account: &str, is: impl Fn(&Login) -> bool) -> Option<Login> {
        let list = self.online.get_mut(account)?;
        let taken = list.iter().position(is).map(|at| list.remove(at));
        if list.is_empty() {
            self.online.remove(account);
        }
        self.count -= usize::from(taken.is_some());
        taken
    }
}

/// The last so many entries put in; the oldest are forgotten.
#[derive(Debug)]
struct Memory<K, V> {
    values: HashMap<K, V>,
    order: VecDeque<K>,
    bound: usize,
}

impl<K: Clone + Eq + std::hash::Hash, V> Memory<K, V> {
    fn new(bound: usize) -> Self {
        Self { values: HashMap::new(), order: VecDeque::new(), bound }
    }

    fn put(&mut self, key: K, value: V) {
        if self.values.insert(key.clone(), value).is_none() {
            self.order.push_back(key);
        }
        if self.order.len() > self.bound
            && let Some(oldest) = self.order.pop_front()
        {
            self.values.remove(&oldest);
        }
    }

    fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + std::hash::Hash + ?Sized,
    {
        self.values.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(id: u64, platform: u32, since: u64) -> Login {
        Login {
            id,
            account: "alice".into(),
            instance: format!("i{id}"),
            platform,
            ip: None,
            since: Millis(since),
            outlet: Outlet::nowhere(ConnId(id)),
            rooms: Arc::default(),
        }
    }

    fn ids(logins: &[Login]) -> Vec<u64> {
        logins.iter().map(|login| login.id).collect()
    }

    #[test]
    fn second_login_on_a_platform_ends_the_first_and_no_other() {
        let logins = Logins::default();
        logins.enter(login(1, 7, 10)).expect("fits");
        logins.enter(login(2, 8, 11)).expect("fits");
        let entered = logins.enter(login(3, 7, 12)).expect("fits");
        assert_eq!((ids(&entered.kicked), ids(&logins.online("alice"))), (vec![1], vec![2, 3]));
        assert_eq!(logins.enter(login(1, 7, 10)).err(), Some(KickType::Account));
        assert_eq!(
            (logins.ended(1), logins.ended(2), logins.count()),
            (Some(KickType::Account), None, 2)
        );
    }

    #[test]
    fn old_login_that_comes_back_does_not_displace_a_newer_one() {
        let logins = Logins::default();
        logins.enter(login(2, 7, 20)).expect("fits");
        assert_eq!(logins.enter(login(1, 7, 10)).err(), Some(KickType::Account));
        assert_eq!(ids(&logins.online("alice")), [2]);
    }

    #[test]
    fn app_may_allow_several_instances() {
        let logins = Logins::default();
        logins.set_instances(2);
        for id in 1..=3 {
            logins.enter(login(id, 7, id)).expect("fits");
        }
        assert_eq!(ids(&logins.online("alice")), [2, 3]);
    }

    #[test]
    fn same_login_over_a_new_connection_replaces_the_old_one() {
        let logins = Logins::default();
        logins.enter(login(1, 7, 10)).expect("fits");
        let again = Login { outlet: Outlet::nowhere(ConnId(9)), ..login(1, 7, 10) };
        let entered = logins.enter(again).expect("fits");
        assert_eq!(entered.replaced.map(|old| old.outlet.id), Some(ConnId(1)));
        assert!(logins.lose("alice", 1, ConnId(1)).is_none(), "it is on another by now");
        assert_eq!(logins.find("alice", 7, "i1"), Some(1));
        assert!(logins.lose("alice", 1, ConnId(9)).is_some());
        assert_eq!((logins.count(), logins.find("alice", 7, "i1")), (0, None));
    }

    #[tokio::test]
    async fn kick_ends_every_login_of_an_account() {
        let logins = Logins::default();
        logins.enter(login(1, 7, 10)).expect("fits");
        logins.enter(login(2, 8, 10)).expect("fits");
        let ended = logins.kick("alice", KickType::Rest).await;
        assert_eq!((ids(&ended), logins.count()), (vec![1, 2], 0));
        assert_eq!(logins.ended(2), Some(KickType::Rest));
        assert!(ended[0].rooms.is_closed());
    }

    #[test]
    fn memory_forgets_the_oldest() {
        let mut memory = Memory::new(2);
        for key in 1..=3 {
            memory.put(key, ());
        }
        memory.put(3, ());
        assert_eq!((memory.get(&1), memory.get(&2), memory.get(&3)), (None, Some(&()), Some(&())));
    }
}
