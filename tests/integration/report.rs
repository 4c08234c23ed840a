//! The record of a show from outside: its figures are those of what was sent,
//! its series add up to them, and a `kill -9` costs at most what was not
//! written down yet.

use crate::harness::{Api, Client, Home, Server, eventually};
use crate::sale::{claim, drop_it, voucher};
use serde_json::{Value, json};
use std::time::Duration;
use surtitle_core::Priority;
use surtitle_core::sale::OfferId;
use surtitle_core::wire::{Body, ClientFrame, HostCommand, InquiryAsk, InquiryOrder};

fn comment(text: &str) -> Body {
    Body::Comment { text: text.into() }
}

/// The show that runs, once `is` holds of it.
async fn running(api: &Api, what: &str, is: impl Fn(&Value) -> bool) -> Value {
    eventually(what, || async {
        let running = api.get("/report/live").await["running"].clone();
        is(&running).then_some(running)
    })
    .await
}

fn count(show: &Value, name: &str) -> u64 {
    show["totals"][name].as_u64().unwrap_or_default()
}

/// The sum of a column of a series.
fn sum(series: &Value, name: &str) -> u64 {
    let column = series["counts"][name].as_array().expect("a column");
    column.iter().filter_map(Value::as_u64).sum()
}

/// Everybody does something; what the record has to say of it.
async fn evening(server: &Server, api: &Api, host: &mut Client) -> Vec<(&'static str, u64)> {
    host.command(voucher("ten", 5)).await.expect("prepared");
    host.command(drop_it("ten")).await.expect("dropped");
    let mut ann = server.viewer("Ann").await;
    let mut bea = server.viewer("Bea").await;
    let mut rude = server.viewer("Rude").await;
    for n in 0..8 {
        ann.say(&format!("line {n}")).await;
    }
    bea.send_as(900, Some(Priority::Low), comment("quietly")).await;
    bea.acked(900).await;
    bea.give("star", 3).await;
    ann.give("rose", 1).await;
    rude.say("rude words").await;
    for count in [200, 50] {
        bea.put(&ClientFrame::Like { count }).await;
    }
    for (client, cid) in [(&mut ann, 31), (&mut bea, 31)] {
        claim(client, &OfferId::voucher("ten"), cid).await.expect("one is left");
    }
    let ask = InquiryAsk::New { text: "how big is it?".into(), product: None };
    ann.put(&ClientFrame::Inquire { cid: 77, ask }).await;
    let order = InquiryOrder::Answer { id: 1, text: "40 cm".into(), public: false };
    running(api, "the question is there", |show| count(show, "questions") == 1).await;
    host.command(HostCommand::Inquiry { order }).await.expect("answered");
    host.command(HostCommand::Mute { user: rude.id(), seconds: 60 }).await.expect("muted");
    vec![
        ("high", 2),
        ("normal", 9),
        ("low", 1),
        ("likes", 250),
        ("gifts", 4),
        ("coins", 61),
        ("claims", 2),
        ("questions", 1),
        ("answered", 1),
        ("muted", 1),
        ("people", 3),
    ]
}

#[tokio::test]
async fn a_report_says_what_was_sent_and_its_samples_add_up_to_it() {
    let home = Home::new();
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let mut host = server.bearer(&home.secrets().host).await;
    let begun = api.call("POST", "/report/start", json!({ "name": "  The evening " })).await;
    assert_eq!(begun["show"]["name"], "The evening");
    let expected = evening(&server, &api, &mut host).await;
    running(&api, "all is counted", |show| {
        expected.iter().all(|(name, n)| count(show, name) == *n)
            && count(show, "shown") + count(show, "removed") >= 12
            && show["most_online"].as_u64() >= Some(3)
    })
    .await;
    let live = api.get("/report/live").await;
    assert_eq!(live["series"]["stock"][0]["title"], "Voucher ten");

    let ended = api.call("POST", "/report/end", json!({})).await;
    let id = ended["show"]["id"].as_u64().expect("it ran");
    assert_eq!(Some(id), begun["show"]["id"].as_u64());
    let again = api.call("POST", "/report/end", json!({})).await;
    assert_eq!(again["show"], Value::Null, "ended is ended");
    let report = api.get(&format!("/report/{id}")).await;
    for (name, n) in &expected {
        assert_eq!((*name, count(&report["show"], name)), (*name, *n));
        assert_eq!((*name, sum(&report["series"], name)), (*name, *n));
    }
    for name in ["lowest", "shown", "dropped", "removed"] {
        assert_eq!(sum(&report["series"], name), count(&report["show"], name), "{name}");
    }
    let givers = report["show"]["givers"].as_array().expect("a list");
    let givers: Vec<_> = givers.iter().map(|g| (g["nick"].as_str(), g["coins"].as_u64())).collect();
    assert_eq!(givers, [(Some("Bea"), Some(60)), (Some("Ann"), Some(1))]);
    let offer = &report["show"]["offers"][0];
    assert_eq!((offer["claimed"].as_u64(), offer["left"].as_u64()), (Some(2), Some(3)));

    // The same as a table.
    let csv = reqwest::Client::new()
        .get(server.url(&format!("/api/report/{id}/csv")))
        .bearer_auth(&home.secrets().host);
    let csv = csv.send().await.expect("it answers").text().await.expect("it is text");
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let likes = head.iter().position(|name| *name == "likes").expect("a column");
    let total: u64 = lines.filter_map(|line| line.get(likes)?.parse::<u64>().ok()).sum();
    assert_eq!(total, 250);
    assert!(head.contains(&"left of Voucher ten"), "{head:?}");

    // It is listed, named and forgotten.
    api.call("PATCH", &format!("/report/{id}"), json!({ "name": "Last night" })).await;
    assert_eq!(api.get("/report").await["shows"][0]["name"], "Last night");
    api.call("DELETE", &format!("/report/{id}"), json!({})).await;
    assert_eq!(api.get("/report").await["shows"], json!([]));
    assert_eq!(api.refused("GET", &format!("/report/{id}"), json!({})).await, (404, 2170));
}

#[tokio::test]
async fn a_show_goes_on_after_kill_9_with_what_was_written_down_and_every_claim() {
    let home = Home::new();
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let mut host = server.bearer(&home.secrets().host).await;
    // Nobody began it: the first word does.
    let expected = evening(&server, &api, &mut host).await;
    let counted = running(&api, "all is counted", |show| {
        expected.iter().all(|(name, n)| count(show, name) == *n)
    })
    .await;
    assert_eq!(counted["by_hand"], false);
    // On disk within ten seconds, which is all that is promised.
    let kept = counted["kept"].as_u64().expect("a time");
    let before = tokio::time::timeout(Duration::from_secs(60), async {
        running(&api, "it is written down", |show| show["kept"].as_u64() > Some(kept)).await
    });
    let before = before.await.expect("within a minute");
    let mut late = server.viewer("Late").await;
    claim(&mut late, &OfferId::voucher("ten"), 5).await.expect("one is left");
    server.kill();

    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let after =
        running(&api, "the claim is found in the ledger", |show| count(show, "claims") == 3).await;
    assert_eq!(after["id"], before["id"], "the same show goes on");
    for (name, n) in expected.iter().filter(|(name, _)| *name != "claims") {
        assert_eq!((*name, count(&after, name)), (*name, *n));
    }
    assert_eq!(after["givers"], before["givers"]);
    let mut new = server.viewer("New").await;
    new.say("hello").await;
    running(&api, "it counts on", |show| count(show, "people") == 4).await;
    let id = after["id"].as_u64().expect("a number");
    assert_eq!(api.refused("DELETE", &format!("/report/{id}"), json!({})).await, (409, 2171));
    api.call("POST", "/report/end", json!({})).await;
    let report = api.get(&format!("/report/{id}")).await;
    for (name, n) in &expected {
        let more = u64::from(["normal", "people", "claims"].contains(name));
        assert_eq!((*name, sum(&report["series"], name)), (*name, *n + more));
    }
}

#[tokio::test]
async fn helpers_read_reports_and_only_the_host_begins_ends_and_forgets() {
    let home = Home::new();
    let server = home.start().await;
    let helper = Api::new(server.addr, &home.secrets().helper);
    let changes = [
        ("POST", "/report/start"),
        ("POST", "/report/end"),
        ("PATCH", "/report/1"),
        ("DELETE", "/report/1"),
    ];
    for (method, path) in changes {
        assert_eq!(helper.refused(method, path, json!({})).await, (403, 2204), "{method} {path}");
    }
    assert_eq!(helper.get("/report").await["shows"], json!([]));
    assert_eq!(helper.get("/report/live").await["running"], Value::Null);
    let viewer = server.viewer("Ann").await;
    for token in [viewer.token(), home.secrets().display, "nonsense".into()] {
        let outsider = Api::new(server.addr, &token);
        for path in ["/report", "/report/live", "/report/1", "/report/1/csv"] {
            let (status, _) = outsider.refused("GET", path, json!({})).await;
            assert!([401, 403].contains(&status), "{path}: {status}");
        }
    }
}
