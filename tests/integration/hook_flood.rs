//! Two thousand messages a second of mixed priorities for ten seconds, each
//! put before the app's back end (seed FAQ 5 and 7).

use crate::harness::{Api, Home, Judge, Reply, Sdk, Server, Told, eventually};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

const APP: u32 = 1_400_000_001;
const BEFORE: &str = "Group.CallbackBeforeSendMsg";
const AFTER: &str = "Group.CallbackAfterSendMsg";
const EXCEPTION: &str = "Group.CallbackSendMsgException";
/// Members who talk, each under what one socket may send.
const MEMBERS: u32 = 25;
/// Messages of each, and the pause between two: 2,000 a second in all.
const LINES: u32 = 800;
const PAUSE: Duration = Duration::from_micros(12_500);
/// Of each member's messages every so many is High: 20 a second in all.
const HIGH_EVERY: u32 = 100;
/// Most of a member's messages without an answer: 600 in all. A machine that
/// is too slow for the pace takes longer, and nothing else changes.
const WINDOW: usize = 24;
/// The room's budget, messages a second.
const BUDGET: usize = 40;

fn priority(n: u32) -> &'static str {
    match n {
        n if n % HIGH_EVERY == 0 => "High",
        n if n % 3 == 0 => "Low",
        n if n % 7 == 0 => "Lowest",
        _ => "Normal",
    }
}

/// Says everything at its pace, and returns the codes of all answers.
async fn talk(mut sdk: Sdk, user: u32) -> (Sdk, Vec<u64>) {
    let mut beat = tokio::time::interval(PAUSE);
    let (mut asked, mut codes) = (VecDeque::new(), Vec::new());
    for n in 0..LINES {
        beat.tick().await;
        if asked.len() >= WINDOW {
            let seq = asked.pop_front().expect("it is full");
            codes.push(code(&sdk.answer(seq).await));
        }
        let content = json!({ "Text": format!("{user}/{n}") });
        let body = json!({
            "GroupId": "main", "Random": n + 1, "MsgPriority": priority(n),
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": content }],
        });
        asked.push_back(sdk.put("group_open_http_svc.send_group_msg", body).await);
    }
    for seq in asked {
        codes.push(code(&sdk.answer(seq).await));
    }
    (sdk, codes)
}

fn code(answer: &Value) -> u64 {
    answer["ErrorCode"].as_u64().expect("a code")
}

fn texts(calls: &[Told]) -> Vec<String> {
    calls.iter().map(|told| told.text().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flood_is_judged_whole_delivered_by_priority_and_accounted_for() {
    let (home, backend) = (Home::new(), Judge::start(|_| Reply::code(0)).await);
    let server = home.start().await;
    configure(&home, &server, &backend).await;
    let key = home.secrets().secret_key;
    let mut crowd = Vec::new();
    for user in 0..MEMBERS {
        let mut sdk = Sdk::login(server.addr, APP, &key, &format!("u{user}")).await;
        assert_eq!(sdk.join("main").await, 0);
        crowd.push(sdk);
    }
    let mut reader = Sdk::login(server.addr, APP, &key, "reader").await;
    assert_eq!(reader.join("main").await, 0);
    let reading = tokio::spawn(async move {
        let mut heard = Vec::new();
        while let Some(frame) = reader.next_push(Duration::from_secs(10)).await {
            heard.extend(said(&frame));
        }
        heard
    });
    let start = Instant::now();
    let mut talking = JoinSet::new();
    for (user, sdk) in (0..).zip(crowd) {
        talking.spawn(talk(sdk, user));
    }
    let mut answers = 0;
    while let Some(done) = talking.join_next().await {
        let (_sdk, codes) = done.expect("no panic");
        answers += codes.len();
        assert!(codes.iter().all(|code| *code == 0), "every sender gets success");
    }
    let time = start.elapsed();
    let sent = (MEMBERS * LINES) as usize;
    assert_eq!(answers, sent);
    let heard = reading.await.expect("no panic");

    let before = texts(&backend.calls(BEFORE));
    assert_eq!(before.len(), sent, "the back end is asked about all");
    assert_eq!(before.iter().collect::<HashSet<_>>().len(), sent);

    let high = |text: &str| {
        let n: u32 = text.split('/').nth(1).and_then(|n| n.parse().ok()).expect("a number");
        priority(n) == "High"
    };
    let mut next: HashMap<&str, u32> = HashMap::new();
    for text in heard.iter().filter(|text| high(text)) {
        let (user, n) = text.split_once('/').expect("ours");
        let due = next.entry(user).or_default();
        assert_eq!(n.parse(), Ok(*due), "High of {user} comes whole and in order");
        *due += HIGH_EVERY;
    }
    assert_eq!(next.len(), MEMBERS as usize);
    assert!(next.values().all(|due| *due == LINES), "{next:?}");

    let told = eventually("the back end is told of all that was delivered", || async {
        let told = backend.calls(AFTER);
        (told.len() >= heard.len()).then_some(told)
    })
    .await;
    let told: HashSet<String> = texts(&told).into_iter().collect();
    assert_eq!(told, heard.iter().cloned().collect(), "after-events are for the delivered alone");
    let dropped = eventually("and of all that was dropped", || async {
        let dropped = backend.calls(EXCEPTION);
        (told.len() + dropped.len() >= sent).then_some(dropped)
    })
    .await;
    assert_eq!(told.len() + dropped.len(), sent, "each has one fate");
    assert!(dropped.iter().all(|call| call.body["ErrorCode"] == 10023));
    // What was said, the bucket's second, and what may wait beyond the end.
    let most = BUDGET as f64 * (time.as_secs_f64() + 1.0 + 5.0);
    println!("{sent} messages in {time:?}, {} delivered, at most {most:.0}", heard.len());
    assert!(heard.len() as f64 <= most, "{} delivered in {time:?}", heard.len());
    assert!(heard.len() as f64 >= BUDGET as f64 * time.as_secs_f64() * 0.9, "{}", heard.len());
}

async fn configure(home: &Home, server: &Server, backend: &Judge) {
    let api = Api::new(server.addr, &home.secrets().host);
    let config = json!({
        "url": backend.url(), "commands": [BEFORE, AFTER, EXCEPTION],
        "refuse_on_failure": false, "retry": true,
    });
    api.call("PUT", &format!("/apps/{APP}/hooks"), config).await;
}

/// The texts a push brings.
fn said(frame: &Value) -> Vec<String> {
    let events = frame["body"]["EventArray"].as_array().into_iter().flatten();
    let messages = events.flat_map(|e| e["GroupMsgArray"].as_array().into_iter().flatten());
    messages
        .filter_map(|m| m["MsgBody"][0]["MsgContent"]["Text"].as_str().map(str::to_owned))
        .collect()
}
