//! What a room does for its members.

use crate::harness::{Client, Heard, Home};
use surtitle_core::wire::{Body, ClientFrame, ServerFrame};
use surtitle_core::{Epoch, EventKind, Position, Priority, Role, Seq, Tip};

#[tokio::test]
async fn guest_reads_and_may_not_speak_like_or_command() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut guest = server.guest().await;
    ann.say("hello, guest").await;
    let heard = guest.hear("hello, guest").await;
    assert_eq!(heard.from.map(|f| (f.nick, f.role)), Some(("Ann".into(), Role::Viewer)));

    let cid = guest.send(Body::Comment { text: "hello, Ann".into() }).await;
    assert_eq!(guest.refused(cid).await, 2103);
    let cid = guest.send(Body::Gift { gift: "rose".into(), count: 1 }).await;
    assert_eq!(guest.refused(cid).await, 2103);
    guest.put(&ClientFrame::Like { count: 1 }).await;
    assert_eq!(guest.error().await, 2103);
    assert_eq!(server.refused(2103).await, 3);
}

#[tokio::test]
async fn member_hears_its_own_message_with_its_own_number() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    ann.send_as(4_000_000_000, None, Body::Comment { text: "mine".into() }).await;
    let id = ann.acked(4_000_000_000).await;
    let event = ann.hear("mine").await;
    assert_eq!((event.id, event.cid), (id, Some(4_000_000_000)));
    assert_eq!((event.from, event.source.as_str()), (ann.user.clone(), "room"));
}

#[tokio::test]
async fn gift_of_the_catalogue_is_acknowledged_and_seen_by_all() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut guest = server.guest().await;
    let id = ann.give("cake", 3).await;
    let event = guest
        .until("the gift", |heard| match heard {
            Heard::Event(event) if event.id == id => Some(event.clone()),
            _ => None,
        })
        .await;
    assert_eq!(event.priority, Priority::High);
    let EventKind::Gift { gift, count } = event.kind else { panic!("a gift") };
    assert_eq!((gift.id.as_str(), gift.coins, count), ("cake", 188, 3));
}

#[tokio::test]
async fn priority_can_be_lowered_and_not_raised() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    for (cid, wish, got) in [
        (1, Some(Priority::High), Priority::Normal),
        (2, Some(Priority::Low), Priority::Low),
        (3, None, Priority::Normal),
    ] {
        let text = format!("wish {cid}");
        ann.send_as(cid, wish, Body::Comment { text: text.clone() }).await;
        assert_eq!(ann.hear(&text).await.priority, got, "{wish:?}");
    }
}

#[tokio::test]
async fn likes_of_many_are_told_as_one_total_a_tick() {
    let home = Home::new();
    let config = home.file("surtitle.toml", "tick_ms = 200");
    let server = home.launch().arg("--config").arg(config).start().await;
    let mut guest = server.guest().await;
    let mut members = Vec::new();
    for n in 0..5 {
        members.push(server.viewer(&format!("member {n}")).await);
    }
    let start = std::time::Instant::now();
    for _ in 0..20 {
        for member in &mut members {
            member.put(&ClientFrame::Like { count: 7 }).await;
        }
    }
    let mut frames = 0;
    guest
        .until("the total", |heard| match heard {
            Heard::Frame(ServerFrame::State { likes: Some(total), .. }) => {
                frames += 1;
                (*total == 5 * 20 * 7).then_some(())
            }
            _ => None,
        })
        .await;
    let ticks = start.elapsed().as_millis() / 200 + 2;
    assert!(frames <= ticks, "{frames} frames in {ticks} ticks, for 100 likes");
    assert_eq!(guest.join(None).await.likes, 700);
}

#[tokio::test]
async fn newcomer_gets_the_last_twenty_messages() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    for n in 0..30 {
        ann.say(&format!("line {n}")).await;
    }
    ann.hear("line 29").await;
    let mut late = Client::open(server.addr).await;
    late.hello(None).await;
    let joined = late.join(None).await;
    let texts: Vec<_> = joined.history.iter().filter_map(crate::harness::text_of).collect();
    let last: Vec<_> = (10..30).map(|n| format!("line {n}")).collect();
    assert_eq!((texts, joined.resumed), (last.iter().map(String::as_str).collect(), false));
    assert_eq!(joined.online, 2);
}

#[tokio::test]
async fn member_who_comes_back_gets_exactly_what_it_missed() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut bob = server.viewer("Bob").await;
    ann.say("before").await;
    bob.hear("before").await;
    let (seen, token) = (bob.position, bob.token());
    drop(bob);
    let mut missed = Vec::new();
    for n in 0..30 {
        missed.push(ann.say(&format!("missed {n}")).await);
    }
    ann.hear("missed 29").await;

    let mut bob = server.bearer(&token).await;
    let joined = bob.join(Some(seen)).await;
    assert!(joined.resumed);
    let comments = joined.history.iter().filter(|e| e.from.is_some());
    assert_eq!(comments.map(|e| e.id.clone()).collect::<Vec<_>>(), missed);
    assert_eq!(joined.position.seq.0 - seen.seq.0, joined.history.len() as u64);
    // And goes on without a gap, which the client checks.
    ann.say("after").await;
    bob.hear("after").await;
}

#[tokio::test]
async fn position_of_another_epoch_or_of_the_future_is_not_resumed() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    ann.say("only line").await;
    ann.hear("only line").await;
    let here = ann.position;
    let foreign = Position { epoch: Epoch(here.epoch.0.wrapping_add(1)), ..here };
    let future = Position { seq: Seq(here.seq.0 + 1_000), ..here };
    for place in [foreign, future] {
        let mut guest = Client::open(server.addr).await;
        guest.hello(None).await;
        let joined = guest.join(Some(place)).await;
        let texts: Vec<_> = joined.history.iter().filter_map(crate::harness::text_of).collect();
        assert_eq!((joined.resumed, texts), (false, vec!["only line"]), "{place:?}");
    }
}

#[tokio::test]
async fn same_number_again_is_the_same_message() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut guest = server.guest().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ann.send_as(7, None, Body::Gift { gift: "rose".into(), count: 2 }).await;
        ids.push(ann.acked(7).await);
    }
    // The same person over another connection, too.
    let mut again = server.bearer(&ann.token()).await;
    again.join(None).await;
    again.send_as(7, None, Body::Gift { gift: "rose".into(), count: 2 }).await;
    ids.push(again.acked(7).await);
    ids.dedup();
    assert_eq!(ids.len(), 1, "one id for one message");
    ann.say("end").await;
    guest.hear("end").await;
    let gifts = guest.drain().into_iter().filter(
        |heard| matches!(heard, Heard::Event(e) if matches!(e.kind, EventKind::Gift { .. })),
    );
    assert_eq!(gifts.count(), 1);
}

#[tokio::test]
async fn coming_and_renaming_is_told_and_counted() {
    let home = Home::new();
    let server = home.start().await;
    let mut guest = server.guest().await;
    let mut ann = server.viewer("Ann").await;
    let mut tip = async |wanted: Tip| {
        guest
            .until("a tip", |heard| match heard {
                Heard::Event(event) => match &event.kind {
                    EventKind::Tip { tip, users, .. } if *tip == wanted => {
                        Some(users.iter().map(|u| u.nick.clone()).collect::<Vec<_>>())
                    }
                    _ => None,
                },
                _ => None,
            })
            .await
    };
    assert_eq!(tip(Tip::Join).await, ["Ann"]);
    ann.take_name("Anna").await;
    assert_eq!(tip(Tip::Profile).await, ["Anna"]);
    ann.say("under the new name").await;
    let event = guest.hear("under the new name").await;
    assert_eq!(event.from, ann.user.clone());
    drop(ann);
    guest
        .until("one left", |heard| match heard {
            Heard::Frame(ServerFrame::State { online: Some(1), .. }) => Some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn one_who_left_hears_and_says_nothing_any_more() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let mut bob = server.viewer("Bob").await;
    bob.put(&ClientFrame::Leave).await;
    bob.settled().await;
    bob.drain();
    let cid = bob.send(Body::Comment { text: "still here?".into() }).await;
    assert_eq!(bob.refused(cid).await, 2102);
    ann.say("gone").await;
    ann.hear("gone").await;
    bob.settled().await;
    assert!(bob.drain().is_empty());
}
