//! One-to-one messages an account has not read yet.
//!
//! A mailbox is one document. It holds at most [`BOUND`] messages and
//! [`BYTES`] of them; the oldest are dropped for a new one, and each when its
//! time is over, [`LIFE_S`] at the longest.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::VecDeque;
use surtitle_tim::item::{self, Direct, Side, Spoken};

/// Most messages that wait for one account.
pub const BOUND: usize = 100;
/// Most bytes of `MsgBody` and `CloudCustomData` that wait for one account.
pub const BYTES: usize = 256 * 1024;
/// Longest time a message waits, in seconds: 7 days.
pub const LIFE_S: u32 = 604_800;

/// A message as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its number in this mailbox, rising.
    pub row: u64,
    /// UserID of its sender.
    pub from: String,
    /// Their nickname and picture then.
    pub nick: String,
    /// Picture address.
    pub face: String,
    /// `MsgSeq`.
    pub seq: u32,
    /// `MsgRandom`.
    pub random: u32,
    /// When it was taken, in seconds.
    pub at_s: u64,
    /// When it is dropped, in seconds.
    pub until_s: u64,
    /// `MsgClientTime`.
    pub client_time: u64,
    /// `CloudCustomData`.
    pub cloud: String,
    /// `MsgBody`, byte for byte.
    pub body: String,
}

impl Waiting {
    /// A message that waits until `until_s`.
    pub fn of(message: &Direct, until_s: u64) -> Self {
        let spoken = &message.spoken;
        Self {
            row: 0,
            from: spoken.account.clone(),
            nick: spoken.nick.clone(),
            face: spoken.face.clone(),
            seq: message.seq,
            random: spoken.random,
            at_s: message.at_s,
            until_s,
            client_time: spoken.client_time,
            cloud: spoken.cloud.clone(),
            body: spoken.body.get().to_owned(),
        }
    }

    /// As its reader's SDK gets it; `None` if it cannot be read any more.
    pub fn json(&self, to: &str) -> Option<Box<RawValue>> {
        let spoken = Spoken {
            account: self.from.clone(),
            nick: self.nick.clone(),
            face: self.face.clone(),
            random: self.random,
            client_time: self.client_time,
            priority: String::new(),
            cloud: self.cloud.clone(),
            body: RawValue::from_string(self.body.clone()).ok()?,
        };
        let message = Direct { to: to.to_owned(), seq: self.seq, at_s: self.at_s, spoken };
        Some(item::direct(&message, Side::Receiver))
    }

    /// `MsgKey`, as [`Direct::key`] has it.
    fn key(&self) -> String {
        format!("{}_{}_{}", self.seq, self.random, self.at_s)
    }

    fn bytes(&self) -> usize {
        self.body.len() + self.cloud.len()
    }
}

/// The messages of one account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mailbox {
    /// Number of the last message there was.
    pub last: u64,
    /// Oldest first.
    pub list: VecDeque<Waiting>,
}

impl Mailbox {
    /// Keeps a message, and drops what no longer fits or is over.
    pub fn put(&mut self, now_s: u64, message: Waiting) {
        self.expire(now_s);
        self.last += 1;
        self.list.push_back(Waiting { row: self.last, ..message });
        let mut bytes: usize = self.list.iter().map(Waiting::bytes).sum();
        while self.list.len() > BOUND || bytes > BYTES {
            let Some(oldest) = self.list.pop_front() else { break };
            bytes -= oldest.bytes();
        }
    }

    /// Drops what is over.
    pub fn expire(&mut self, now_s: u64) {
        self.list.retain(|message| message.until_s > now_s);
    }

    /// Drops what its reader has read of somebody, up to `at_s`; whether that
    /// was anything.
    pub fn read(&mut self, from: &str, at_s: u64) -> bool {
        let before = self.list.len();
        self.list.retain(|message| message.from != from || message.at_s > at_s);
        self.list.len() != before
    }

    /// Drops one message of somebody by its `MsgKey`; whether it was there.
    pub fn withdraw(&mut self, from: &str, key: &str) -> bool {
        let before = self.list.len();
        self.list.retain(|message| message.from != from || message.key() != key);
        self.list.len() != before
    }

    /// Who has written, with how many and the last message, oldest first.
    pub fn senders(&self) -> Vec<(usize, &Waiting)> {
        let mut senders: Vec<(usize, &Waiting)> = Vec::new();
        for message in &self.list {
            match senders.iter_mut().find(|(_, last)| last.from == message.from) {
                Some(known) => *known = (known.0 + 1, message),
                None => senders.push((1, message)),
            }
        }
        senders
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(account: &str, at_s: u64) -> Waiting {
        Waiting {
            row: 0,
            from: account.into(),
            nick: String::new(),
            face: String::new(),
            seq: 1,
            random: 2,
            at_s,
            until_s: at_s + 10,
            client_time: at_s,
            cloud: String::new(),
            body: "[]".into(),
        }
    }

    fn rows(mailbox: &Mailbox) -> Vec<u64> {
        mailbox.list.iter().map(|message| message.row).collect()
    }

    #[test]
    fn oldest_message_goes_for_one_too_many() {
        let mut mailbox = Mailbox::default();
        for _ in 0..=BOUND {
            mailbox.put(1, from("bob", 1));
        }
        assert_eq!((mailbox.list.len(), mailbox.list[0].row), (BOUND, 2));
        let big = Waiting { body: "x".repeat(BYTES), ..from("bob", 1) };
        mailbox.put(1, big);
        assert_eq!(rows(&mailbox), [BOUND as u64 + 2]);
    }

    #[test]
    fn messages_end_with_their_time() {
        let mut mailbox = Mailbox::default();
        mailbox.put(1, from("bob", 1));
        mailbox.put(5, from("bob", 5));
        mailbox.expire(11);
        assert_eq!(rows(&mailbox), [2]);
    }

    #[test]
    fn reading_one_sender_leaves_the_others() {
        let mut mailbox = Mailbox::default();
        for (account, at_s) in [("bob", 1), ("carol", 2), ("bob", 3), ("bob", 4)] {
            mailbox.put(4, from(account, at_s));
        }
        let senders = mailbox.senders();
        let seen: Vec<_> = senders.iter().map(|(n, last)| (*n, &*last.from, last.row)).collect();
        assert_eq!(seen, [(3, "bob", 4), (1, "carol", 2)]);
        assert!(mailbox.read("bob", 3) && !mailbox.read("bob", 3));
        assert_eq!(rows(&mailbox), [2, 4]);
    }

    #[test]
    fn one_message_is_taken_back_by_its_key() {
        let mut mailbox = Mailbox::default();
        mailbox.put(1, from("bob", 1));
        mailbox.put(2, from("bob", 2));
        assert!(!mailbox.withdraw("carol", "1_2_1") && !mailbox.withdraw("bob", "1_2_9"));
        assert!(mailbox.withdraw("bob", "1_2_1") && !mailbox.withdraw("bob", "1_2_1"));
        assert_eq!(rows(&mailbox), [2]);
    }

    #[test]
    fn body_is_kept_byte_for_byte() {
        let body = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"a" , "N":1e400}}]"#;
        let kept = Waiting { body: body.into(), ..from("bob", 1) };
        let text = serde_json::to_string(&kept).expect("JSON");
        let again: Waiting = serde_json::from_str(&text).expect("the same");
        assert!(again.json("alice").expect("a message").get().contains(body));
    }
}
