//! Five hundred messages a second into a room that delivers forty.

use crate::harness::{Client, Crowd, Heard, Home, text_of, within};
use std::time::{Duration, Instant};
use surtitle_core::wire::{Entry, HostCommand, Rehearsal};
use surtitle_core::{Cue, EventKind, Tip};

/// The room's budget, messages a second.
const BUDGET: f64 = 40.0;
/// Members who talk, what each says, and how often: 500 lines a second for 4 s.
const MEMBERS: usize = 40;
const LINES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(80);
/// Longest a gift may take to the overlay amid all that.
const GIFT: Duration = Duration::from_millis(1_000);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flood_is_acknowledged_paced_accounted_for_and_does_not_delay_a_gift() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    let mut display = server.bearer(&secrets.display).await;
    display.watch("main").await;
    let mut console = server.bearer(&secrets.host).await;
    let mut giver = server.viewer("Ann").await;
    let reader = server.guest().await;
    let mut crowd = Crowd::gather(&server, MEMBERS).await;
    let before = everybody_is_in(&mut console, MEMBERS + 1).await;

    let reading = tokio::spawn(delivered(reader));
    let gifts = tokio::spawn(async move {
        let mut waits = Vec::new();
        let mut beat = tokio::time::interval(Duration::from_millis(1_200));
        beat.tick().await;
        for gift in ["rose", "cake"] {
            beat.tick().await;
            let start = Instant::now();
            let id = giver.give(gift, 1).await;
            let card = |cue: &Cue| match cue {
                Cue::Gift { card } if card.id == id => Some(()),
                _ => None,
            };
            display.cue("the gift's card", card).await;
            waits.push(start.elapsed());
        }
        (giver, display, waits)
    });
    let acknowledged = crowd.talk(LINES, PAUSE).await;
    assert_eq!(acknowledged.len(), MEMBERS * LINES as usize, "every send is a success");
    let (mut giver, _display, waits) = gifts.await.expect("no panic");
    assert!(waits.iter().all(|wait| *wait <= GIFT), "gifts took {waits:?}");

    // Every figure on the way balances; `stats` asserts it.
    let sent = acknowledged.len() as u64 + 2;
    let end = console
        .stats("all of it has a fate", |s| {
            s.accounts.received == before + sent && s.accounts.waiting == 0
        })
        .await;
    assert!(end.accounts.aged_out > 0, "{:?}", end.accounts);

    giver.say(LAST).await;
    let (count, time) = reading.await.expect("no panic");
    let most = BUDGET * (time.as_secs_f64() + 1.0) + 2.0;
    assert!((count as f64) <= most, "{count} in {time:?}, at most {most}");
    assert!((count as f64) >= BUDGET * 3.0, "{count} in {time:?}: hardly anything arrived");
}

/// Waits until it was told of `people` that they came, so that from then on
/// only the flood counts. Returns what was received until then.
async fn everybody_is_in(console: &mut Client, people: usize) -> u64 {
    let what = "everybody is in";
    within(what, async {
        loop {
            let (entries, stats) = console.monitor().await;
            let came = |entry: &Entry| match &entry.event.kind {
                EventKind::Tip { tip: Tip::Join, users, more } => users.len() + *more as usize,
                _ => 0,
            };
            if entries.iter().map(came).sum::<usize>() == people {
                return stats.accounts.received;
            }
            console.stats(what, |_| true).await;
        }
    })
    .await
}

/// The line after which [`delivered`] stops.
const LAST: &str = "that was the flood";

/// How many lines a member gets, and the time from the first to the last.
async fn delivered(mut reader: Client) -> (usize, Duration) {
    let (mut count, mut first, mut last) = (0, None, Instant::now());
    let end = reader.search(|heard| match heard {
        Heard::Event(event) if text_of(event) == Some(LAST) => Some(()),
        Heard::Event(event) if event.from.is_some() => {
            first.get_or_insert_with(Instant::now);
            last = Instant::now();
            count += 1;
            None
        }
        _ => None,
    });
    end.await.expect("the reader keeps pace");
    (count, last - first.expect("something came"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rehearsed_flood_goes_the_way_of_a_real_one() {
    let home = Home::new();
    let server = home.start().await;
    let mut console = server.bearer(&home.secrets().host).await;
    console.monitor().await;
    let mut guest = server.guest().await;
    let flood = HostCommand::Rehearse { what: Rehearsal::Flood };
    console.command(flood).await.expect("the host may");
    let event = guest
        .until("a rehearsed line", |heard| match heard {
            Heard::Event(event) => Some(event.clone()),
            _ => None,
        })
        .await;
    assert_eq!(event.source, "rehearsal");
    let end = console
        .stats("2,500 lines have a fate", |s| {
            s.accounts.received == 2_500 && s.accounts.waiting == 0
        })
        .await;
    assert!(end.accounts.shown > 0 && end.accounts.aged_out > 2_000, "{:?}", end.accounts);
}
