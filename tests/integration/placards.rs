//! Placards and paid comments: who may make them, who sees them, what outlives a crash.

use crate::harness::{Api, Client, Heard, Home, Sdk};
use serde_json::json;
use surtitle_core::placard::{Placard, PlacardKind, PollOption, Unit};
use surtitle_core::wire::{HostCommand, ServerFrame};
use surtitle_core::{Cue, EventKind};

const FIRST: u32 = 1_400_000_001;

fn place(id: &str, kind: PlacardKind) -> HostCommand {
    HostCommand::Place { placard: Box::new(Placard { id: id.into(), kind }) }
}

fn ticker() -> PlacardKind {
    PlacardKind::Ticker { lines: vec!["free delivery".into()], enter: None }
}

fn goal() -> PlacardKind {
    PlacardKind::Goal { title: "an encore".into(), unit: Unit::Gifts, target: 60, value: 0 }
}

fn poll() -> PlacardKind {
    let options = ["red", "blue"].map(|text| PollOption { text: text.into(), votes: 0 });
    PlacardKind::Poll { question: "which".into(), options: options.into(), open: true }
}

/// A member hears what stands on the picture.
async fn placards(client: &mut Client, is: impl Fn(&[Placard]) -> bool) -> Vec<Placard> {
    client
        .until("placards", |heard| match heard {
            Heard::Frame(ServerFrame::Placards { placards }) if is(placards) => {
                Some(placards.clone())
            }
            _ => None,
        })
        .await
}

#[tokio::test]
async fn helper_places_words_and_only_the_host_the_rest() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    let mut helper = server.bearer(&secrets.helper).await;
    let mut host = server.bearer(&secrets.host).await;
    let mut ann = server.viewer("Ann").await;
    assert_eq!(ann.command(place("t", ticker())).await, Err(2204));
    assert_eq!(helper.command(place("t", ticker())).await, Ok(()));
    assert_eq!(helper.command(place("g", goal())).await, Err(2204));
    assert_eq!(host.command(place("g", goal())).await, Ok(()));
    assert_eq!(helper.command(HostCommand::Take { id: "g".into() }).await, Err(2204));
    let both = placards(&mut ann, |all| all.len() == 2).await;
    assert_eq!(both[1].id, "g");
    assert_eq!(helper.command(HostCommand::Take { id: "t".into() }).await, Ok(()));
    assert_eq!(helper.command(HostCommand::Take { id: "t".into() }).await, Ok(()));
    placards(&mut ann, |all| all.len() == 1).await;
    let empty = PlacardKind::Ticker { lines: vec![], enter: None };
    assert_eq!(host.command(place("t", empty)).await, Err(2308));
}

#[tokio::test]
async fn votes_are_counted_on_the_overlay_and_placards_outlive_a_kill() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    let mut host = server.bearer(&secrets.host).await;
    let mut overlay = server.bearer(&secrets.display).await;
    overlay.watch("main").await;
    host.command(place("p", poll())).await.expect("placed");
    let mut ann = server.viewer("Ann").await;
    ann.say("1").await;
    ann.say("2").await;
    overlay
        .cue("one vote, the latest", |cue| match cue {
            Cue::Placard { placard } => match &placard.kind {
                PlacardKind::Poll { options, .. } => {
                    ([options[0].votes, options[1].votes] == [0, 1]).then_some(())
                }
                _ => None,
            },
            _ => None,
        })
        .await;
    host.command(place("g", goal())).await.expect("written down before it is answered");
    server.kill();
    let server = home.start().await;
    let mut overlay = server.bearer(&secrets.display).await;
    let stage = overlay.watch("main").await;
    let ids: Vec<&str> = stage.placards.iter().map(|placard| placard.id.as_str()).collect();
    assert_eq!(ids, ["p", "g"]);
    let PlacardKind::Poll { options, .. } = &stage.placards[0].kind else { panic!("the poll") };
    assert_eq!([options[0].votes, options[1].votes], [0, 1]);
}

#[tokio::test]
async fn no_member_can_say_what_was_paid_and_an_admin_can() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    // Over our own socket there is no way to write it.
    let mut ann = server.viewer("Ann").await;
    let paid = json!({ "amount": 500, "currency": "EUR", "tier": 5 });
    let made_up =
        json!({ "t": "send", "cid": 1, "body": { "kind": "paid", "text": "x", "paid": paid } });
    ann.put_text(&made_up.to_string()).await;
    assert_eq!(ann.error().await, 2001);
    let body = json!({ "kind": "comment", "text": "not paid", "paid": paid });
    ann.put_text(&json!({ "t": "send", "cid": 2, "body": body }).to_string()).await;
    assert_eq!(ann.hear("not paid").await.kind, EventKind::comment("not paid"));
    // A rule makes one of an admin's custom message, and of nobody else's.
    let api = Api::new(server.addr, &secrets.host);
    let rule = json!({ "field": "/cmd", "equals": "sc", "becomes": "paid",
        "text": "/msg", "amount": "/sum", "currency": "=JPY" });
    let path = format!("/apps/{FIRST}/mapping");
    api.call("PUT", &path, json!({ "rules": [rule] })).await;
    let mut overlay = server.bearer(&secrets.display).await;
    overlay.watch("main").await;
    let mut bob = Sdk::login(server.addr, FIRST, &secrets.secret_key, "bob").await;
    let mut admin = Sdk::login(server.addr, FIRST, &secrets.secret_key, "administrator").await;
    for sdk in [&mut bob, &mut admin] {
        assert_eq!(sdk.join("main").await, 0);
    }
    let message = |text: &str| json!({ "cmd": "sc", "msg": text, "sum": 1000 }).to_string();
    assert_eq!(bob.custom("main", &message("from bob")).await, 0);
    assert_eq!(admin.custom("main", &message("from the admin")).await, 0);
    let card = overlay
        .cue("a paid comment", |cue| match cue {
            Cue::Paid { card } => Some(card.clone()),
            _ => None,
        })
        .await;
    let EventKind::Comment { text, paid: Some(paid) } = &card.event.kind else { panic!("paid") };
    assert_eq!(
        (text.as_str(), paid.amount, paid.currency.as_str()),
        ("from the admin", 1_000, "JPY")
    );
    assert_eq!(card.until.since(card.since), paid.stay_ms());
}
