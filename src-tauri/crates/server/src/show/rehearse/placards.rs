//! Rehearsed placards: each is put up, moves as it would, and leaves.

use super::{NAMES, Place, line, sender};
use std::time::Duration;
use surtitle_core::Placard;
use surtitle_core::placard::{PlacardKind, PollOption, REHEARSED, Unit};
use surtitle_core::sale::{Price, Worth};
use surtitle_core::wire::Rehearsal;
use tokio::time::{interval, sleep};

/// Time to read what does not move.
const READ: Duration = Duration::from_secs(10);
/// Time to see where it ended.
const END: Duration = Duration::from_secs(4);

/// Plays a placard; whatever is none does nothing.
pub(super) async fn play(place: &Place, what: Rehearsal, seed: u32) {
    let id = |name: &str| format!("{REHEARSED}{name}");
    match what {
        Rehearsal::Voucher => {
            let ends_at = place.clock.now().plus(20_000);
            let voucher = |left| Placard {
                id: id("voucher"),
                kind: PlacardKind::Voucher {
                    title: "First fifty orders".into(),
                    value: "€20 off".into(),
                    worth: Some(Worth::Fixed {
                        off: Price { amount: 2_000, currency: "EUR".into() },
                    }),
                    by: None,
                    keyword: None,
                    stock: 50,
                    left,
                    ends_at: Some(ends_at),
                },
            };
            let mut beat = interval(Duration::from_millis(600));
            for left in (0..=40).rev().step_by(4) {
                beat.tick().await;
                place.place(voucher(left)).await;
            }
            sleep(END).await;
            place.take(&id("voucher")).await;
        }
        Rehearsal::Product => {
            let kind = PlacardKind::Product {
                title: "Canvas bag, olive".into(),
                price: "€39.90".into(),
                picture: Some("/gifts/cake.png".into()),
                number: Some(7),
            };
            hold(place, id("product"), kind).await;
        }
        Rehearsal::Question => {
            let n = seed as usize;
            let kind = PlacardKind::Question { event: None, from: Some(sender(n)), text: line(n) };
            hold(place, id("question"), kind).await;
        }
        Rehearsal::Ticker => {
            let lines =
                ["Free delivery until midnight", "下一场直播周六晚八点", "Ask with ! in front"];
            let kind = PlacardKind::Ticker { lines: lines.map(str::to_owned).into(), enter: None };
            hold(place, id("ticker"), kind).await;
        }
        Rehearsal::Poll => poll(place, id("poll"), seed).await,
        Rehearsal::Goal => {
            let kind = PlacardKind::Goal {
                title: "Sixty gifts and we play the encore".into(),
                unit: Unit::Gifts,
                target: 60,
                value: 0,
            };
            place.place(Placard { id: id("goal"), kind }).await;
            give(place, seed, 12).await;
            sleep(END).await;
            place.take(&id("goal")).await;
        }
        Rehearsal::Rank => {
            let kind = PlacardKind::Rank { title: String::new(), places: 5, rows: Vec::new() };
            place.place(Placard { id: id("rank"), kind }).await;
            give(place, seed, 16).await;
            sleep(READ).await;
            place.take(&id("rank")).await;
        }
        _ => {}
    }
}

async fn hold(place: &Place, id: String, kind: PlacardKind) {
    place.place(Placard { id: id.clone(), kind }).await;
    sleep(READ * 2).await;
    place.take(&id).await;
}

async fn poll(place: &Place, id: String, seed: u32) {
    let texts = ["The red one", "The blue one", "さくら", "None of them"];
    let kind = |open| PlacardKind::Poll {
        question: "Which one shall we open first?".into(),
        options: texts.map(|text| PollOption { text: text.into(), votes: 0 }).into(),
        open,
    };
    place.place(Placard { id: id.clone(), kind: kind(true) }).await;
    let mut beat = interval(Duration::from_millis(350));
    for n in 0..24u32 {
        beat.tick().await;
        // Some options are liked better than others.
        let number = [1, 2, 1, 3, 1, 2, 4, 2][n as usize % 8];
        place.comment(n as usize, seed.wrapping_add(n), number.to_string()).await;
    }
    place.place(Placard { id: id.clone(), kind: kind(false) }).await;
    sleep(END).await;
    place.take(&id).await;
}

/// Gifts of five, from one after the other.
async fn give(place: &Place, seed: u32, times: u32) {
    let gifts = ["rose", "cake", "rose", "star", "rose"];
    let mut beat = interval(Duration::from_millis(400));
    for n in 0..times {
        beat.tick().await;
        let i = n as usize;
        place.gift(i % NAMES.len(), seed.wrapping_add(n), gifts[i % gifts.len()], 5).await;
    }
}
