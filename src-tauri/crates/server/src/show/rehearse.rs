//! Rehearsal: made-up viewers, played through the path of real ones.

use crate::room_task::{Input, RoomHandle};
use std::time::Duration;
use surtitle_core::wire::{Body, Rehearsal};
use surtitle_core::{Role, Sender, UserId};

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

fn sender(n: usize) -> Sender {
    Sender {
        id: UserId(format!("rehearsal-{}", n % NAMES.len())),
        nick: NAMES[n % NAMES.len()].to_owned(),
        avatar: None,
        role: Role::Viewer,
    }
}

/// One input of a rehearsal; `cid` makes it a message of its own.
fn input(n: usize, cid: u32, body: Body) -> Input {
    Input::Own { sender: sender(n), source: "rehearsal", cid, body, reply: None }
}

/// Plays `what` into `room`; `seed` keeps repeats apart. Bounded: the longest
/// takes five seconds and 2,500 messages.
pub async fn play(room: RoomHandle, what: Rehearsal, seed: u32) {
    let comment = |n: usize| Body::Comment { text: LINES[n % LINES.len()].to_owned() };
    let gift = |gift: &str| Body::Gift { gift: gift.to_owned(), count: 1 };
    let pick = seed as usize;
    match what {
        Rehearsal::Comment => room.tell(input(pick, seed, comment(pick))).await,
        Rehearsal::Gift => {
            let kinds = ["rose", "cake", "rocket", "crown", "star"];
            room.tell(input(pick, seed, gift(kinds[pick % kinds.len()]))).await;
        }
        Rehearsal::Combo => {
            let mut beat = tokio::time::interval(Duration::from_millis(250));
            for n in 0..12 {
                beat.tick().await;
                room.tell(input(pick, seed.wrapping_add(n), gift("rose"))).await;
            }
        }
        Rehearsal::Likes => {
            let mut beat = tokio::time::interval(Duration::from_millis(50));
            for _ in 0..50 {
                beat.tick().await;
                room.tell(Input::OwnLike(20)).await;
            }
        }
        Rehearsal::Flood => {
            let mut beat = tokio::time::interval(Duration::from_millis(20));
            for round in 0..250u32 {
                beat.tick().await;
                for n in 0..10u32 {
                    let i = round * 10 + n;
                    let text = format!("{} #{i}", LINES[i as usize % LINES.len()]);
                    let cid = seed.wrapping_add(i);
                    room.tell(input(i as usize, cid, Body::Comment { text })).await;
                }
            }
        }
    }
}
