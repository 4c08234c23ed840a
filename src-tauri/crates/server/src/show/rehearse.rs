//! Rehearsal: made-up viewers, played through the path of real ones.
//!
//! Into the embedded room, so that budget, fan-out and log have their part;
//! or, while a remote room is on show, into the show only: other people's
//! viewers must not see a rehearsal. Placards and follows are the show's own.

mod placards;

use super::Ask;
use crate::clock::Clock;
use crate::room_task::{Input, RoomHandle};
use std::time::Duration;
use surtitle_core::show::Input as ShowInput;
use surtitle_core::wire::{Body, Rehearsal};
use surtitle_core::{
    Event, EventId, EventKind, Gift, Paid, Placard, Priority, Role, Sender, Tip, UserId, gifts,
};
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
/// One amount of each tier: minor units and currency.
const AMOUNTS: [(u64, &str); 5] =
    [(200, "EUR"), (1_000, "USD"), (5_000, "JPY"), (50_000, "CNY"), (12_000, "GBP")];
/// Made-up people; names repeat among them.
const PEOPLE: usize = 24;
/// Source of every made-up event.
pub(super) const SOURCE: &str = "rehearsal";

/// Where a rehearsal plays.
#[derive(Debug)]
pub struct Place {
    /// The embedded room, if that is on show.
    pub room: Option<RoomHandle>,
    /// The show.
    pub asks: mpsc::Sender<Ask>,
    /// The time.
    pub clock: Clock,
}

impl Place {
    async fn comment(&self, n: usize, cid: u32, text: String) {
        let kind = EventKind::comment(text.as_str());
        self.put(n, cid, Priority::Normal, Body::Comment { text }, kind).await;
    }

    async fn paid(&self, n: usize, cid: u32, text: String, (amount, currency): (u64, &str)) {
        let Ok(paid) = Paid::new(amount, currency) else { return };
        let kind = EventKind::Comment { text: text.clone(), paid: Some(paid.clone()) };
        self.put(n, cid, Priority::High, Body::Paid { text, paid }, kind).await;
    }

    async fn gift(&self, n: usize, cid: u32, id: &str, count: u32) {
        let Some(gift): Option<Gift> = gifts::catalogue().into_iter().find(|g| g.id == id) else {
            return;
        };
        let kind = EventKind::Gift { gift, count };
        let body = Body::Gift { gift: id.to_owned(), count };
        self.put(n, cid, Priority::High, body, kind).await;
    }

    async fn likes(&self, count: u32) {
        match &self.room {
            Some(room) => room.tell(Input::OwnLike(count)).await,
            // A closed queue is a server that stops.
            None => drop(self.asks.send(Ask::PlayLikes(count)).await),
        }
    }

    async fn follow(&self, n: usize, cid: u32) {
        let kind = EventKind::Tip { tip: Tip::Follow, users: vec![sender(n)], more: 0 };
        self.show(None, cid, Priority::Lowest, kind).await;
    }

    async fn put(&self, n: usize, cid: u32, priority: Priority, body: Body, kind: EventKind) {
        let sender = sender(n);
        match &self.room {
            Some(room) => {
                room.tell(Input::Own { sender, source: SOURCE, cid, body, reply: None }).await;
            }
            None => self.show(Some(sender), cid, priority, kind).await,
        }
    }

    /// Plays an event to the show alone.
    async fn show(&self, from: Option<Sender>, cid: u32, priority: Priority, kind: EventKind) {
        let event = Event {
            id: EventId(format!("{SOURCE}-{cid:x}")),
            at: self.clock.now(),
            source: SOURCE.to_owned(),
            from,
            cid: Some(cid),
            priority,
            kind,
        };
        drop(self.asks.send(Ask::Play(event)).await);
    }

    async fn place(&self, placard: Placard) {
        drop(self.asks.send(Ask::PlayPlacard(ShowInput::Place { placard })).await);
    }

    async fn take(&self, id: &str) {
        let id = id.to_owned();
        drop(self.asks.send(Ask::PlayPlacard(ShowInput::Take { id })).await);
    }
}

fn sender(n: usize) -> Sender {
    Sender {
        id: UserId(format!("{SOURCE}-{}", n % PEOPLE)),
        nick: NAMES[n % NAMES.len()].to_owned(),
        avatar: None,
        role: Role::Viewer,
    }
}

fn line(n: usize) -> String {
    LINES[n % LINES.len()].to_owned()
}

/// Plays `what`; `seed` keeps repeats apart. Bounded: the longest takes twenty
/// seconds, the most is 2,500 messages.
pub async fn play(place: Place, what: Rehearsal, seed: u32) {
    let pick = seed as usize;
    match what {
        Rehearsal::Comment => place.comment(pick, seed, line(pick)).await,
        Rehearsal::Gift => place.gift(pick, seed, GIFTS[pick % GIFTS.len()], 1).await,
        Rehearsal::Effect => place.gift(pick, seed, EFFECTS[pick % EFFECTS.len()], 1).await,
        Rehearsal::Combo => {
            let mut beat = tokio::time::interval(Duration::from_millis(250));
            for n in 0..12 {
                beat.tick().await;
                place.gift(pick, seed.wrapping_add(n), GIFTS[0], 1).await;
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
        Rehearsal::Paid => {
            for (n, amount) in (0u32..).zip(AMOUNTS) {
                let i = pick.wrapping_add(n as usize);
                place.paid(i, seed.wrapping_add(n), line(i), amount).await;
            }
        }
        Rehearsal::Follow => place.follow(pick, seed).await,
        _ => placards::play(&place, what, seed).await,
    }
}
