//! Rehearsal: made-up viewers, played through the path of real ones.
//!
//! Into the embedded room, so that budget, fan-out and log have their part;
//! or, while a remote room is on show, into the show only: other people's
//! viewers must not see a rehearsal.

use super::Ask;
use crate::clock::Clock;
use crate::room_task::{Input, RoomHandle};
use std::time::Duration;
use surtitle_core::wire::{Body, Rehearsal};
use surtitle_core::{Event, EventId, EventKind, Gift, Priority, Role, Sender, UserId, gifts};
use tokio::sync::mpsc;

const NAMES: [&str; 8] = ["Mika", "小雨", "ゆうと", "Sara", "Leïla", "준호", "Noor", "Ada"];
const LINES: [&str; 10] = [
    "Hello from the back row!",
    "今日の配信も楽しみ",
    "是不是有优惠券？",
    "The sound is great tonight 🎧",
    "어디서 보고 있어요?",
    "مرحبا من القاهرة",
    "Is it still in stock?",
    "那个红色的好看 ❤️",
    "gg 🎉🎉",
    "Können wir das noch einmal sehen?",
];
const GIFTS: [&str; 5] = ["rose", "cake", "rocket", "crown", "star"];
const EFFECTS: [&str; 4] = ["castle", "rocket", "crown", "cake"];
const SOURCE: &str = "rehearsal";

/// Where a rehearsal plays.
#[derive(Debug)]
pub enum Place {
    /// The embedded room.
    Room(RoomHandle),
    /// The show alone.
    Show(mpsc::Sender<Ask>, Clock),
}

impl Place {
    async fn comment(&self, n: usize, cid: u32, text: String) {
        let kind = EventKind::Comment { text: text.clone() };
        self.put(n, cid, Priority::Normal, Body::Comment { text }, kind).await;
    }

    async fn gift(&self, n: usize, cid: u32, id: &str) {
        let Some(gift): Option<Gift> = gifts::catalogue().into_iter().find(|g| g.id == id) else {
            return;
        };
        let kind = EventKind::Gift { gift, count: 1 };
        let body = Body::Gift { gift: id.to_owned(), count: 1 };
        self.put(n, cid, Priority::High, body, kind).await;
    }

    async fn likes(&self, count: u32) {
        match self {
            Self::Room(room) => room.tell(Input::OwnLike(count)).await,
            // A closed queue is a server that stops.
            Self::Show(asks, _) => drop(asks.send(Ask::PlayLikes(count)).await),
        }
    }

    async fn put(&self, n: usize, cid: u32, priority: Priority, body: Body, kind: EventKind) {
        let sender = sender(n);
        match self {
            Self::Room(room) => {
                room.tell(Input::Own { sender, source: SOURCE, cid, body, reply: None }).await;
            }
            Self::Show(asks, clock) => {
                let event = Event {
                    id: EventId(format!("{SOURCE}-{cid:x}")),
                    at: clock.now(),
                    source: SOURCE.to_owned(),
                    from: Some(sender),
                    cid: Some(cid),
                    priority,
                    kind,
                };
                drop(asks.send(Ask::Play(event)).await);
            }
        }
    }
}

fn sender(n: usize) -> Sender {
    Sender {
        id: UserId(format!("{SOURCE}-{}", n % NAMES.len())),
        nick: NAMES[n % NAMES.len()].to_owned(),
        avatar: None,
        role: Role::Viewer,
    }
}

/// Plays `what`; `seed` keeps repeats apart. Bounded: the longest takes five
/// seconds and 2,500 messages.
pub async fn play(place: Place, what: Rehearsal, seed: u32) {
    let pick = seed as usize;
    let line = |n: usize| LINES[n % LINES.len()].to_owned();
    match what {
        Rehearsal::Comment => place.comment(pick, seed, line(pick)).await,
        Rehearsal::Gift => place.gift(pick, seed, GIFTS[pick % GIFTS.len()]).await,
        Rehearsal::Effect => place.gift(pick, seed, EFFECTS[pick % EFFECTS.len()]).await,
        Rehearsal::Combo => {
            let mut beat = tokio::time::interval(Duration::from_millis(250));
            for n in 0..12 {
                beat.tick().await;
                place.gift(pick, seed.wrapping_add(n), GIFTS[0]).await;
            }
        }
        Rehearsal::Likes => {
            let mut beat = tokio::time::interval(Duration::from_millis(50));
            for _ in 0..50 {
                beat.tick().await;
                place.likes(20).await;
            }
        }
        Rehearsal::Flood => {
            let mut beat = tokio::time::interval(Duration::from_millis(20));
            for n in 0..2_500u32 {
                if n % 10 == 0 {
                    beat.tick().await;
                }
                let i = n as usize;
                place.comment(i, seed.wrapping_add(n), format!("{} #{n}", line(i))).await;
            }
        }
    }
}
