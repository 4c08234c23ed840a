//! A second program that presents the first one's room over a socket.

use crate::harness::{Client, Heard, Home, Proxy, Server, eventually, text_of, within};
use sqlx::Row as _;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use surtitle_core::wire::{Body, Entry, HostCommand, LinkState, ServerFrame, Stats};
use surtitle_core::{Cue, Event, EventId, EventKind, Fate};
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep_until};

/// How long the wire is cut.
const CUT: Duration = Duration::from_secs(10);
/// Members who talk all the while, and how often each does: 60 lines a second
/// into a room that delivers 40.
const MEMBERS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(83);
/// The line that ends a test.
const LAST: &str = "that was all";

fn address(addr: SocketAddr) -> String {
    format!("ws://{addr}/main")
}

/// A second program that is told at its start to present the room at `addr`.
async fn presenting(home: &Home, addr: SocketAddr) -> Server {
    home.launch().arg("--join").arg(address(addr)).start().await
}

/// The console of a server, once its link is in `state`.
async fn console(home: &Home, server: &Server, state: LinkState) -> Client {
    let mut console = server.bearer(&home.secrets().host).await;
    let (_, stats) = console.monitor().await;
    if stats.session.state != state {
        linked(&mut console, state).await;
    }
    console
}

async fn linked(console: &mut Client, state: LinkState) -> Stats {
    console.stats(&format!("{state:?}"), |stats| stats.session.state == state).await
}

/// The page of the overlay `main`.
async fn overlay(home: &Home, server: &Server) -> Client {
    let mut page = server.bearer(&home.secrets().display).await;
    page.watch("main").await;
    page
}

/// The ids of the comments a page draws, up to the one that says `last`.
async fn drawn(page: &mut Client, last: &str) -> Vec<EventId> {
    let mut ids = Vec::new();
    let comment = |cue: &Cue| match cue {
        Cue::Comment { event } if text_of(event) == Some(last) => Some(()),
        Cue::Comment { event } => {
            ids.extend(event.from.is_some().then(|| event.id.clone()));
            None
        }
        _ => None,
    };
    page.cue("the last line", comment).await;
    ids
}

#[tokio::test]
async fn second_program_draws_what_the_first_one_does() {
    let (first, second) = (Home::new(), Home::new());
    let a = first.start().await;
    let b = presenting(&second, a.addr).await;
    let mut there = console(&second, &b, LinkState::Live).await;
    let (mut page_a, mut page_b) = (overlay(&first, &a).await, overlay(&second, &b).await);
    let mut ann = a.viewer("Ann").await;
    let mut said = Vec::new();
    for n in 0..10 {
        said.push(ann.say(&format!("line {n}")).await);
    }
    let gift = ann.give("cake", 2).await;
    let card = |cue: &Cue| match cue {
        Cue::Gift { card } if card.id == gift => Some((card.from.nick.clone(), card.count)),
        _ => None,
    };
    assert_eq!(page_b.cue("the gift", card).await, ("Ann".to_owned(), 2));
    ann.put(&surtitle_core::wire::ClientFrame::Like { count: 9 }).await;
    let total = |cue: &Cue| matches!(cue, Cue::Likes { total: 9, .. }).then_some(());
    page_b.cue("the likes", total).await;
    ann.say(LAST).await;
    assert_eq!(drawn(&mut page_a, LAST).await, said);
    assert_eq!(drawn(&mut page_b, LAST).await, said);
    let stats = there.stats("the link is told", |s| s.session.remote.is_some()).await;
    assert_eq!(stats.session.remote, Some(address(a.addr)));

    // What the first one's host takes off leaves the second one's picture too.
    let mut host = first_host(&first, &a).await;
    host.command(HostCommand::Remove { id: said[0].clone() }).await.expect("it is there");
    let gone = |cue: &Cue| matches!(cue, Cue::Remove { ids } if ids.contains(&said[0]));
    page_b.cue("its removal", |cue| gone(cue).then_some(())).await;
}

async fn first_host(home: &Home, server: &Server) -> Client {
    server.bearer(&home.secrets().host).await
}

/// Lets members talk until `stop`; each ends with how many of its lines were
/// acknowledged: all of them.
async fn talking(server: &Server, stop: &Arc<AtomicBool>) -> JoinSet<usize> {
    let mut talking = JoinSet::new();
    for n in 0..MEMBERS {
        let mut member = server.viewer(&format!("member {n}")).await;
        let stop = Arc::clone(stop);
        talking.spawn(async move {
            let mut beat = interval(PAUSE);
            let mut cids = Vec::new();
            while !stop.load(Ordering::SeqCst) {
                beat.tick().await;
                let text = format!("line {} of member {n}", cids.len());
                cids.push(member.send(Body::Comment { text }).await);
            }
            for cid in &cids {
                member.acked(*cid).await;
            }
            cids.len()
        });
    }
    talking
}

/// Every comment a member gets, up to [`LAST`].
async fn comments(mut reader: Client) -> Vec<Event> {
    let mut all = Vec::new();
    let end = reader.search(|heard| match heard {
        Heard::Event(event) if text_of(event).is_some() => {
            all.push(event.clone());
            (text_of(event) == Some(LAST)).then_some(())
        }
        _ => None,
    });
    end.await.expect("the reader keeps pace");
    all
}

/// What a console is told of new entries, up to [`LAST`]: the entries, and how
/// many it was told are left out.
async fn told(console: &mut Client) -> (Vec<Entry>, u64) {
    let (mut all, mut skipped) = (Vec::new(), 0);
    let log = |heard: &Heard| match heard {
        Heard::Frame(ServerFrame::Log { entries, skipped: more, .. }) => {
            skipped += u64::from(*more);
            all.extend(entries.iter().cloned());
            entries.iter().any(|entry| text_of(&entry.event) == Some(LAST)).then_some(())
        }
        _ => None,
    };
    console.until("the last line in the console", log).await;
    (all, skipped)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn link_cut_for_ten_seconds_in_a_flood_leaves_no_gap_and_no_double() {
    let (first, second) = (Home::new(), Home::new());
    let a = first.start().await;
    let mut wire = Proxy::to(a.addr).await;
    let b = presenting(&second, wire.addr).await;
    let mut there = console(&second, &b, LinkState::Live).await;
    let mut page = overlay(&second, &b).await;
    let reading = tokio::spawn(comments(a.guest().await));
    let stop = Arc::new(AtomicBool::new(false));
    let flood = talking(&a, &stop).await;

    there.stats("the flood arrives", |s| s.accounts.received > 60).await;
    wire.cut().await;
    let cut = Instant::now();
    let lost = linked(&mut there, LinkState::Retrying).await;
    assert!(lost.session.detail.is_some(), "the console says why");
    sleep_until(cut + CUT).await;
    wire.mend().await;
    let back = linked(&mut there, LinkState::Live).await;
    assert!(cut.elapsed() >= CUT);
    // It goes on after that, too.
    there.stats("more arrives", |s| s.accounts.received > back.accounts.received + 60).await;
    stop.store(true, Ordering::SeqCst);
    let said: usize = flood.join_all().await.into_iter().sum();
    // Once each was delivered or dropped, the next one is the last for everybody.
    eventually("the flood is over", || async {
        let logged = logged(&first).await;
        (logged.iter().filter(|event| text_of(event).is_some()).count() == said).then_some(())
    })
    .await;
    let mut host = first_host(&first, &a).await;
    host.command(HostCommand::Say { text: LAST.into() }).await.expect("said");

    let got = within("the members have it", reading).await.expect("no panic");
    let (entries, skipped) = told(&mut there).await;

    // The console saw each at most once, and was told of all it did not see.
    let unique: BTreeSet<_> = entries.iter().map(|entry| &entry.event.id).collect();
    assert_eq!(unique.len(), entries.len(), "an entry came twice");
    let (_, stats) = there.monitor().await;
    assert_eq!(stats.accounts.received, entries.len() as u64 + skipped);
    assert_eq!((stats.unaccounted, stats.session.lost), (0, 0));

    // The log holds every line the members got, once, and no other.
    eventually("the last line is logged", || async {
        logged(&second).await.iter().any(|event| text_of(event) == Some(LAST)).then_some(())
    })
    .await;
    let lines = |events: &[Event]| {
        let mut all: Vec<_> =
            events.iter().filter_map(|e| Some((text_of(e)?.to_owned(), e.id.clone()))).collect();
        all.sort();
        all
    };
    let (expected, found) = (lines(&got), lines(&logged(&second).await));
    assert!(expected.len() > 400, "{} lines are no flood", expected.len());
    assert_eq!(found, expected);

    // And the picture shows none of them twice.
    let ids = drawn(&mut page, LAST).await;
    let members_got: BTreeSet<_> = got.iter().map(|event| &event.id).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "a line was drawn twice");
    assert!(ids.iter().all(|id| members_got.contains(id)));
}

/// Every event in the log of a server.
async fn logged(home: &Home) -> Vec<Event> {
    let mut sql = home.sql().await;
    let rows = sqlx::query("SELECT event FROM events ORDER BY row").fetch_all(&mut sql).await;
    let read = |row: &sqlx::sqlite::SqliteRow| {
        serde_json::from_str(row.get::<&str, _>(0)).expect("an event")
    };
    rows.expect("the log is readable").iter().map(read).collect()
}

#[tokio::test]
async fn console_goes_to_a_remote_room_and_back() {
    let (first, second) = (Home::new(), Home::new());
    let (a, b) = (first.start().await, second.start().await);
    let mut there = console(&second, &b, LinkState::Live).await;
    let mut page = overlay(&second, &b).await;
    let token = a.viewer("Guest star").await.token();
    let join = HostCommand::JoinRemote { address: address(a.addr), token: Some(token) };
    there.command(join).await.expect("joined");
    there
        .stats("live over there", |s| {
            s.session.remote.is_some() && s.session.state == LinkState::Live
        })
        .await;

    // The console speaks there in the name of its token.
    let mut ann = a.viewer("Ann").await;
    there.command(HostCommand::Say { text: "greetings".into() }).await.expect("said");
    let heard = ann.hear("greetings").await;
    assert_eq!(heard.from.map(|f| f.nick), Some("Guest star".to_owned()));
    ann.say("welcome").await;
    let welcome = |cue: &Cue| match cue {
        Cue::Comment { event } => (text_of(event) == Some("welcome")).then_some(()),
        _ => None,
    };
    page.cue("her line", welcome).await;

    there.command(HostCommand::LeaveRemote).await.expect("left");
    there
        .stats("live at home", |s| s.session.remote.is_none() && s.session.state == LinkState::Live)
        .await;
    let mut bob = b.viewer("Bob").await;
    ann.say("nobody there sees this").await;
    ann.hear("nobody there sees this").await;
    bob.say(LAST).await;
    let lines = drawn_texts(&mut page).await;
    assert!(!lines.iter().any(|line| line.contains("nobody")), "{lines:?}");
}

/// What a page draws, up to [`LAST`].
async fn drawn_texts(page: &mut Client) -> Vec<String> {
    let mut texts = Vec::new();
    let comment = |cue: &Cue| match cue {
        Cue::Comment { event } if text_of(event) == Some(LAST) => Some(()),
        Cue::Comment { event } => {
            texts.extend(text_of(event).map(str::to_owned));
            None
        }
        _ => None,
    };
    page.cue("the last line", comment).await;
    texts
}

#[tokio::test]
async fn link_that_is_refused_says_why_and_does_not_try_again() {
    let (first, second) = (Home::new(), Home::new());
    let (a, b) = (first.start().await, second.start().await);
    let mut there = console(&second, &b, LinkState::Live).await;
    let elsewhere = format!("ws://{}/elsewhere", a.addr);
    for (address, token, word) in
        [(address(a.addr), Some("not-a-token".to_owned()), "token"), (elsewhere, None, "elsewhere")]
    {
        let join = HostCommand::JoinRemote { address: address.clone(), token };
        there.command(join).await.expect("tried");
        let stats = there
            .stats("refused", |s| {
                s.session.remote.as_ref() == Some(&address) && s.session.state == LinkState::Refused
            })
            .await;
        let detail = stats.session.detail.expect("it says why");
        assert!(detail.contains(word) && !detail.contains("not-a-token"), "{detail}");
    }
    // The own room is not harmed by any of it.
    there.command(HostCommand::LeaveRemote).await.expect("left");
    linked(&mut there, LinkState::Live).await;
    b.viewer("Bob").await.say("at home").await;
}

#[tokio::test]
async fn remote_room_on_show_is_on_show_again_after_kill_9() {
    let (first, second) = (Home::new(), Home::new());
    let a = first.start().await;
    let b = second.start().await;
    let mut there = console(&second, &b, LinkState::Live).await;
    let join = HostCommand::JoinRemote { address: address(a.addr), token: None };
    there.command(join).await.expect("joined");
    b.kill();
    let b = second.start().await;
    let mut there = console(&second, &b, LinkState::Live).await;
    let (_, stats) = there.monitor().await;
    assert_eq!(stats.session.remote, Some(address(a.addr)));
}

#[tokio::test]
async fn gift_to_the_own_room_is_kept_while_another_is_on_show() {
    let (first, second) = (Home::new(), Home::new());
    let (a, b) = (first.start().await, second.start().await);
    let mut there = console(&second, &b, LinkState::Live).await;
    let mut bob = b.viewer("Bob").await;
    let join = HostCommand::JoinRemote { address: address(a.addr), token: None };
    there.command(join).await.expect("joined");
    let gifts = [bob.give("rose", 1).await, bob.give("cake", 1).await];
    b.kill();
    let b = second.start().await;
    let mut there = console(&second, &b, LinkState::Live).await;
    let (entries, stats) = there.monitor().await;
    for gift in gifts {
        let entry = entries.iter().find(|entry| entry.event.id == gift).expect("it is listed");
        assert!(matches!(entry.event.kind, EventKind::Gift { .. }));
        assert_eq!(entry.fate, Some(Fate::Blocked { rule: "off-show".into() }));
    }
    assert_eq!((stats.accounts.waiting, stats.unaccounted), (0, 0));
}
