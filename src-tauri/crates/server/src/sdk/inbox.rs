//! What a login without a socket is told with its next long poll.
//!
//! Events have numbers; a poll says up to which it has them, so that an answer
//! that got lost is given again.

use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use surtitle_tim::item::KickType;
use tokio::sync::Notify;

/// Events that wait; the oldest is dropped for one more.
const BOUND: usize = 200;
/// Most bytes of one event; a longer one is dropped.
const LIMIT: usize = 64 * 1024;

/// Events for one login.
#[derive(Debug)]
pub struct Inbox {
    base: u64,
    /// Guards the events; held for one look.
    held: Mutex<Held>,
    news: Notify,
}

#[derive(Debug)]
struct Held {
    events: VecDeque<Box<RawValue>>,
    /// Number of the last event there was.
    last: u64,
    ended: Option<KickType>,
}

/// What a long poll brings.
#[derive(Debug)]
pub struct Mail {
    /// Number of the last of them.
    pub last: u64,
    /// Entries of `EventArray`.
    pub events: Vec<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Push<'a> {
    #[serde(borrow)]
    body: PushBody<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PushBody<'a> {
    #[serde(borrow, default)]
    event_array: Vec<&'a RawValue>,
}

impl Inbox {
    /// An empty one that numbers on from `base`, over that of an earlier run.
    pub fn new(base: u64) -> Self {
        let held = Held { events: VecDeque::new(), last: base, ended: None };
        Self { base, held: Mutex::new(held), news: Notify::new() }
    }

    /// The number before its first event.
    pub fn base(&self) -> u64 {
        self.base
    }

    /// Keeps the events of a push frame.
    pub fn put(&self, frame: &[u8]) {
        let Ok(push) = serde_json::from_slice::<Push<'_>>(frame) else { return };
        let mut held = self.lock();
        for event in push.body.event_array.into_iter().filter(|e| e.get().len() <= LIMIT) {
            if held.events.len() == BOUND {
                held.events.pop_front();
            }
            held.events.push_back(event.to_owned());
            held.last += 1;
        }
        drop(held);
        self.news.notify_waiters();
    }

    /// Ends every poll, those to come too.
    pub fn end(&self, kick: KickType) {
        self.lock().ended = Some(kick);
        self.news.notify_waiters();
    }

    /// What came after number `seen`, as soon as there is something, at the
    /// latest after `hold`.
    ///
    /// # Errors
    /// Why the login was ended.
    pub async fn read(&self, seen: u64, hold: Duration) -> Result<Mail, KickType> {
        let wait = async {
            loop {
                let news = self.news.notified();
                tokio::pin!(news);
                news.as_mut().enable();
                let mail = self.take(seen)?;
                if !mail.events.is_empty() {
                    return Ok(mail);
                }
                news.await;
            }
        };
        match tokio::time::timeout(hold, wait).await {
            Ok(mail) => mail,
            Err(_) => self.take(seen),
        }
    }

    fn take(&self, seen: u64) -> Result<Mail, KickType> {
        let mut held = self.lock();
        if let Some(kick) = held.ended {
            return Err(kick);
        }
        let first = held.last + 1 - held.events.len() as u64;
        // A number that was never given is as good as none.
        if seen <= held.last {
            let known = (seen + 1).saturating_sub(first) as usize;
            let known = known.min(held.events.len());
            held.events.drain(..known);
        }
        Ok(Mail { last: held.last, events: held.events.iter().cloned().collect() })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn push(n: u32) -> Vec<u8> {
        format!(r#"{{"head":{{}},"body":{{"EventArray":[{{"Event":{n}}}]}}}}"#).into_bytes()
    }

    fn events(mail: &Mail) -> Vec<&str> {
        mail.events.iter().map(|event| event.get()).collect()
    }

    #[tokio::test]
    async fn poll_waits_for_an_event_and_an_answer_that_got_lost_is_given_again() {
        let inbox = Inbox::new(1_000);
        let (mail, ()) = tokio::join!(inbox.read(0, LONG), async {
            tokio::task::yield_now().await;
            inbox.put(&push(9));
        });
        let mail = mail.expect("not ended");
        assert_eq!((mail.last, events(&mail)), (1_001, vec![r#"{"Event":9}"#]));
        let again = inbox.read(0, LONG).await.expect("not ended");
        assert_eq!(events(&again), events(&mail));
        inbox.put(&push(10));
        let next = inbox.read(1_001, LONG).await.expect("not ended");
        assert_eq!((next.last, events(&next)), (1_002, vec![r#"{"Event":10}"#]));
        let none = inbox.read(1_002, Duration::ZERO).await.expect("not ended");
        assert_eq!((none.last, none.events.len()), (1_002, 0));
    }

    #[tokio::test]
    async fn end_is_told_at_once_and_for_good() {
        let inbox = Inbox::new(0);
        let (ended, ()) = tokio::join!(inbox.read(0, LONG), async {
            tokio::task::yield_now().await;
            inbox.end(KickType::Rest);
        });
        assert_eq!(ended.err(), Some(KickType::Rest));
        assert_eq!(inbox.read(0, LONG).await.err(), Some(KickType::Rest));
    }

    #[tokio::test]
    async fn full_inbox_drops_the_oldest() {
        let inbox = Inbox::new(0);
        for n in 0..BOUND as u32 + 3 {
            inbox.put(&push(n));
        }
        let mail = inbox.read(0, Duration::ZERO).await.expect("not ended");
        assert_eq!((mail.events.len(), events(&mail)[0]), (BOUND, r#"{"Event":3}"#));
        assert!(
            inbox.read(BOUND as u64 + 3, Duration::ZERO).await.expect("open").events.is_empty()
        );
    }
}
