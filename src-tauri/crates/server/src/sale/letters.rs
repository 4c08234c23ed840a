//! Answers for members who speak through an SDK: one-to-one messages.

use crate::apps::App;
use crate::apps::direct::NewDirect;
use crate::room_task::Caller;
use serde_json::json;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use surtitle_core::wire::SaleNews;
use surtitle_tim::{item, map};
use tokio::sync::mpsc;

/// Letters are sent by so many at once, those for one account in order.
const LANES: usize = 8;
/// Letters that may wait in one lane; one more is dropped. A claim stands
/// without its letter: its member is told of it when they ask for the wallet.
const BOUND: usize = 2_048;

/// What the sale says, as Data of a custom message.
pub(super) fn data(news: &impl serde::Serialize) -> String {
    json!({ "version": "1.0", "businessID": map::SALE, "data": news }).to_string()
}

struct Letter {
    to: String,
    data: String,
    /// Whether it waits for who is away.
    waits: bool,
}

/// The sending end of the letters.
#[derive(Debug, Clone)]
pub(super) struct Letters {
    lanes: Arc<[mpsc::Sender<Letter>]>,
    hasher: RandomState,
}

impl Letters {
    /// Starts sending in the name of the first admin of `app`.
    pub fn start(app: &Arc<App>) -> Self {
        // Part of what names a message: never one of the run before.
        let first = getrandom::u32().unwrap_or_default();
        let number = Arc::new(AtomicU32::new(first));
        let lane = |_| {
            let (lane, queue) = mpsc::channel(BOUND);
            tokio::spawn(send(Arc::downgrade(app), Arc::clone(&number), queue));
            lane
        };
        Self { lanes: (0..LANES).map(lane).collect(), hasher: RandomState::new() }
    }

    /// Tells one account; never waits.
    pub fn tell(&self, account: &str, news: &SaleNews) {
        // Codes wait for who is away; a refusal is for now.
        let waits = matches!(news, SaleNews::Claimed { .. });
        self.put(account, data(news), waits);
    }

    /// The same with ready Data, for now.
    pub fn put_now(&self, account: &str, data: String) {
        self.put(account, data, false);
    }

    fn put(&self, account: &str, data: String, waits: bool) {
        let at = self.hasher.hash_one(account) % LANES as u64;
        let Some(lane) = self.lanes.get(usize::try_from(at).unwrap_or_default()) else { return };
        if lane.try_send(Letter { to: account.to_owned(), data, waits }).is_err() {
            tracing::warn!("sale: too many answers wait; one to {account:?} was dropped");
        }
    }
}

async fn send(app: Weak<App>, number: Arc<AtomicU32>, mut queue: mpsc::Receiver<Letter>) {
    while let Some(Letter { to, data, waits }) = queue.recv().await {
        let Some(app) = app.upgrade() else { break };
        let random = number.fetch_add(1, Ordering::Relaxed);
        let new = NewDirect {
            from: app.record().admins.first().cloned().unwrap_or_default(),
            to,
            seq: random,
            random,
            client_time: None,
            cloud: String::new(),
            body: item::custom(&data),
            life_s: (!waits).then_some(0),
            sync: false,
            hooks: (false, false),
        };
        if let Err(refusal) = app.send_direct(new, None, Caller::default()).await {
            tracing::warn!("sale: an answer was not sent: {}", refusal.text);
        }
    }
}
