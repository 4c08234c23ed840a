//! Messages from one account to one other (FAQ 4 of the seed needs them).
//!
//! A message is on disk, in its reader's mailbox, before its sender is
//! answered; there it stays until the reader says that it is read. Whoever is
//! online gets it at once, on every instance. Order of checks: mute, size and
//! shape, receiver, duplicate, the app's back end.

use super::mailbox::{LIFE_S, Mailbox, Waiting};
use super::{App, failed};
use crate::hooks::Call;
use crate::room_task::Caller;
use serde_json::value::RawValue;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_core::Millis;
use surtitle_store::{Document, Store};
use surtitle_tim::body;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::hook::body::{C2cMessage, after_c2c, before_c2c};
use surtitle_tim::hook::{Command, Verdict};
use surtitle_tim::item::{self, Direct, Side, Spoken};

/// Answers remembered for senders who ask again; then the oldest is forgotten,
/// and its message sent once more would be delivered once more.
const REMEMBERED: usize = 20_000;
/// Mailboxes are changed by one at a time of each of so many sets.
const SETS: usize = 16;

/// A message to send.
#[derive(Debug)]
pub struct NewDirect {
    /// UserID of its sender, an account of the app.
    pub from: String,
    /// UserID of its reader.
    pub to: String,
    /// `MsgSeq`.
    pub seq: u32,
    /// `MsgRandom`; with the three above it says whether a message is the same.
    pub random: u32,
    /// `MsgClientTime`, in seconds; `None` for now.
    pub client_time: Option<u64>,
    /// `CloudCustomData`.
    pub cloud: String,
    /// `MsgBody`.
    pub body: Box<RawValue>,
    /// `MsgLifeTime`, in seconds: 0 for those online only; `None` for the longest.
    pub life_s: Option<u32>,
    /// Whether the sender's own instances get it too.
    pub sync: bool,
    /// Whether the back end is asked before and told after.
    pub hooks: (bool, bool),
}

/// Answer of a send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentDirect {
    /// `MsgTime`, in seconds.
    pub time_s: u64,
    /// `MsgKey`.
    pub key: String,
}

type Name = (String, String, u32, u32);

/// The mailboxes of an app, and what was sent of late.
pub struct Directs {
    kind: String,
    store: Arc<dyn Store>,
    /// Held while a mailbox of its set is read, changed and written down.
    sets: [tokio::sync::Mutex<()>; SETS],
    hasher: RandomState,
    /// Guards the answers given; held for one look.
    recent: Mutex<Recent>,
    pushes: AtomicU64,
}

#[derive(Default)]
struct Recent {
    answers: HashMap<Name, SentDirect>,
    order: VecDeque<Name>,
}

impl std::fmt::Debug for Directs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Directs({})", self.kind)
    }
}

impl Directs {
    /// The mailboxes of an app.
    pub fn new(app: u32, store: Arc<dyn Store>) -> Self {
        Self {
            kind: format!("direct/{app}"),
            store,
            sets: std::array::from_fn(|_| tokio::sync::Mutex::default()),
            hasher: RandomState::new(),
            recent: Mutex::default(),
            pushes: AtomicU64::new(1),
        }
    }

    /// What waits for an account.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn waiting(&self, account: &str, now: Millis) -> Result<Mailbox, Code> {
        let found = self.store.get_document(&self.kind, account).await.map_err(failed)?;
        let mut mailbox: Mailbox =
            found.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
        mailbox.expire(now.0 / 1_000);
        Ok(mailbox)
    }

    /// An account has read what these wrote up to a second.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn read(
        &self,
        account: &str,
        upto: &[(String, u64)],
        now: Millis,
    ) -> Result<(), Code> {
        let _one = self.set(account).lock().await;
        let mut mailbox = self.waiting(account, now).await?;
        let read = upto.iter().filter(|(from, at_s)| mailbox.read(from, *at_s)).count();
        if read > 0 { self.keep(account, &mailbox).await } else { Ok(()) }
    }

    /// Takes back what an account has not read; whether it was there. What is
    /// on a screen already stays there.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn withdraw(
        &self,
        from: &str,
        to: &str,
        key: &str,
        now: Millis,
    ) -> Result<bool, Code> {
        let _one = self.set(to).lock().await;
        let mut mailbox = self.waiting(to, now).await?;
        let taken = mailbox.withdraw(from, key);
        if taken {
            self.keep(to, &mailbox).await?;
        }
        Ok(taken)
    }

    /// Forgets what waits for an account that is deleted.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn forget(&self, account: &str) -> Result<(), Code> {
        let _one = self.set(account).lock().await;
        self.store.delete_document(&self.kind, account).await.map_err(failed).map(drop)
    }

    /// Forgets everything: the app is deleted.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn delete_all(&self) -> Result<(), Code> {
        self.store.delete_documents(&self.kind).await.map_err(failed).map(drop)
    }

    async fn keep(&self, account: &str, mailbox: &Mailbox) -> Result<(), Code> {
        let value = serde_json::to_value(mailbox).expect("text and numbers serialise");
        let document = Document { kind: self.kind.clone(), key: account.to_owned(), value };
        self.store.put_documents(&[document]).await.map_err(failed)
    }

    fn set(&self, account: &str) -> &tokio::sync::Mutex<()> {
        let at = self.hasher.hash_one(account) % SETS as u64;
        &self.sets[usize::try_from(at).unwrap_or_default()]
    }

    fn known(&self, name: &Name) -> Option<SentDirect> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.answers.get(name).cloned()
    }

    fn remember(&self, name: Name, sent: SentDirect) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.answers.insert(name.clone(), sent);
        recent.order.push_back(name);
        if recent.order.len() > REMEMBERED
            && let Some(oldest) = recent.order.pop_front()
        {
            recent.answers.remove(&oldest);
        }
    }

    /// One push frame with a message.
    fn push(&self, message: &Direct, side: Side) -> Vec<u8> {
        let seq = self.pushes.fetch_add(1, Ordering::Relaxed);
        item::push_direct(seq, &[item::direct(message, side)])
    }
}

impl App {
    /// Sends a message to one account; on disk when this returns, unless it
    /// is for those online only. `login` is the one that sends, if one does:
    /// it is not told of its own message.
    ///
    /// # Errors
    /// 20012 if the sender is muted, 93000 over 12 KB, 90002 for a body that
    /// is none, 90026 for a life over 7 days, 90012 if there is no such
    /// receiver, the back end's refusal, [`Code::DirectServer`].
    pub async fn send_direct(
        &self,
        new: NewDirect,
        login: Option<u64>,
        caller: Caller,
    ) -> Result<SentDirect, Refusal> {
        let now = self.now();
        let muted = self.accounts.limits(&new.from).direct > now;
        if muted && caller.platform != Caller::REST {
            return Err(Code::DirectMuted.into());
        }
        body::read(&new.body, &new.cloud).map_err(|code| match code {
            Code::MessageLong => Code::DirectLong,
            _ => Code::DirectElement,
        })?;
        let life_s = new.life_s.unwrap_or(LIFE_S);
        if life_s > LIFE_S {
            return Err(Code::DirectLife.into());
        }
        let served = |_| Refusal::from(Code::DirectServer);
        self.accounts.find(&new.to).await.map_err(served)?.ok_or(Code::DirectUnknownTo)?;
        let name = (new.from.clone(), new.to.clone(), new.seq, new.random);
        if let Some(sent) = self.direct.known(&name) {
            return Ok(sent);
        }
        let sender = self.accounts.find(&new.from).await.map_err(served)?.unwrap_or_default();
        let at_s = now.0 / 1_000;
        let spoken = Spoken {
            account: new.from,
            nick: sender.nick().to_owned(),
            face: sender.face().to_owned(),
            random: new.random,
            client_time: new.client_time.unwrap_or(at_s),
            priority: String::new(),
            cloud: new.cloud,
            body: new.body,
        };
        let mut message = Direct { to: new.to, seq: new.seq, at_s, spoken };
        let sent = SentDirect { time_s: at_s, key: message.key() };
        if new.hooks.0 && !self.judge(&mut message, life_s, caller).await? {
            self.direct.remember(name, sent.clone());
            return Ok(sent);
        }
        let unread = {
            let _one = self.direct.set(&message.to).lock().await;
            // Sent again while the back end thought about it.
            if let Some(sent) = self.direct.known(&name) {
                return Ok(sent);
            }
            let unread = self.keep_direct(&message, life_s).await.map_err(served)?;
            self.logins.send(&message.to, login, &self.direct.push(&message, Side::Receiver));
            self.direct.remember(name, sent.clone());
            unread
        };
        if new.sync && message.spoken.account != message.to {
            let frame = self.direct.push(&message, Side::Sender);
            self.logins.send(&message.spoken.account, login, &frame);
        }
        if new.hooks.1 {
            let body = after_c2c(&self.told(&message, &sent.key, life_s), Ok(unread));
            self.call(Command::C2cAfterSendMsg, body, caller);
        }
        Ok(sent)
    }

    /// Keeps a message for its reader; returns how many they have not read.
    async fn keep_direct(&self, message: &Direct, life_s: u32) -> Result<u32, Code> {
        let mut mailbox = self.direct.waiting(&message.to, self.now()).await?;
        if life_s > 0 {
            let until_s = message.at_s + u64::from(life_s);
            mailbox.put(message.at_s, Waiting::of(message, until_s));
            self.direct.keep(&message.to, &mailbox).await?;
        }
        let from = &message.spoken.account;
        let unread = mailbox.list.iter().filter(|waiting| waiting.from == *from).count();
        Ok(u32::try_from(unread).unwrap_or(u32::MAX))
    }

    /// Asks the back end; `false` = the message is dropped, and its sender does
    /// not know.
    async fn judge(
        &self,
        message: &mut Direct,
        life_s: u32,
        caller: Caller,
    ) -> Result<bool, Refusal> {
        let command = Command::C2cBeforeSendMsg;
        if !self.hooks.wants(command) {
            return Ok(true);
        }
        let key = message.key();
        let body = before_c2c(&self.told(message, &key, life_s));
        let call = Call { command, body, ip: caller.ip, platform: caller.word() };
        match self.hooks.ask(call).await {
            Verdict::Allow => Ok(true),
            Verdict::Drop => Ok(false),
            Verdict::Refuse(refusal) => Err(refusal),
            Verdict::Rewrite { body, cloud } => {
                let spoken = &mut message.spoken;
                spoken.body = body.unwrap_or_else(|| spoken.body.clone());
                spoken.cloud = cloud.unwrap_or_else(|| spoken.cloud.clone());
                Ok(true)
            }
        }
    }

    fn told<'a>(&self, message: &'a Direct, key: &'a str, life_s: u32) -> C2cMessage<'a> {
        let spoken = &message.spoken;
        C2cMessage {
            from: &spoken.account,
            to: &message.to,
            seq: message.seq.into(),
            random: spoken.random,
            time_s: message.at_s,
            key,
            is_online_only: life_s == 0,
            body: &spoken.body,
            cloud: &spoken.cloud,
            at_ms: self.now().0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_store::Memory;

    #[tokio::test]
    async fn mailbox_outlives_a_restart_until_it_is_read_or_forgotten() {
        let store: Arc<dyn Store> = Arc::new(Memory::default());
        let directs = || Directs::new(7, Arc::clone(&store));
        let body = RawValue::from_string("[]".into()).expect("JSON");
        let spoken = Spoken {
            account: "bob".into(),
            nick: String::new(),
            face: String::new(),
            random: 1,
            client_time: 5,
            priority: String::new(),
            cloud: String::new(),
            body,
        };
        let message = Direct { to: "alice".into(), seq: 1, at_s: 5, spoken };
        let mut mailbox = Mailbox::default();
        mailbox.put(5, Waiting::of(&message, 50));
        directs().keep("alice", &mailbox).await.expect("kept");
        let again = directs();
        assert_eq!(again.waiting("alice", Millis(6_000)).await, Ok(mailbox.clone()));
        again.read("alice", &[("carol".into(), 9)], Millis(6_000)).await.expect("read");
        assert_eq!(again.waiting("alice", Millis(6_000)).await, Ok(mailbox));
        again.read("alice", &[("bob".into(), 5)], Millis(6_000)).await.expect("read");
        assert!(again.waiting("alice", Millis(6_000)).await.expect("read").list.is_empty());
        again.forget("alice").await.expect("forgotten");
        assert_eq!(again.waiting("alice", Millis(6_000)).await, Ok(Mailbox::default()));
    }

    #[test]
    fn only_so_many_answers_are_remembered() {
        let directs = Directs::new(7, Arc::new(Memory::default()));
        let name = |n: u32| ("a".to_owned(), "b".to_owned(), n, n);
        let sent = SentDirect { time_s: 1, key: "k".into() };
        for n in 0..=u32::try_from(REMEMBERED).expect("fits") {
            directs.remember(name(n), sent.clone());
        }
        assert_eq!((directs.known(&name(0)), directs.known(&name(1))), (None, Some(sent)));
    }
}
