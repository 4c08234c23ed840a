//! What a compressed frame saves and costs: bytes and µs for pushes of 1, 2 and
//! 20 messages and for the history of a join, plain and as zlib of two levels.
//!
//! `cargo run --release -p surtitle-tim --example compress`

use miniz_oxide::deflate::compress_to_vec_zlib;
use serde::Serialize;
use serde_json::{json, value::RawValue};
use std::time::Instant;
use surtitle_core::{Event, EventKind, Millis, Priority};
use surtitle_tim::item::{Group, Item, Spoken, item, push};
use surtitle_tim::{frame, map};

type Make<'a> = Box<dyn Fn() -> Vec<u8> + 'a>;

const ROUNDS: usize = 400;
const LINES: [&str; 8] = [
    "hello from the back row",
    "哈哈哈 太好笑了",
    "where can I buy this?",
    "666",
    "first time here, love the music",
    "can you show the blue one again please",
    "主播好棒",
    "is it the same price as yesterday?",
];

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Joined<'a> {
    rsp_msg_list: Vec<&'a RawValue>,
}

/// A message of one of many people, each with a name and a picture.
fn message(n: u64) -> Item {
    let (account, nick) =
        (format!("user-{}", n * 7_919 % 10_007), format!("Viewer {}", n * 31 % 977));
    let line = LINES[(n % 8) as usize];
    let body = json!([{"MsgType": "TIMTextElem", "MsgContent": {"Text": line}}]);
    let at = Millis(1_795_398_346_000 + n * 25);
    let spoken = Spoken {
        face: format!("https://cdn.example/a/{:08x}.png", n.wrapping_mul(2_654_435_761) as u32),
        random: n.wrapping_mul(2_246_822_519) as u32,
        client_time: at.0 / 1_000,
        priority: "Normal".into(),
        cloud: String::new(),
        body: RawValue::from_string(body.to_string()).expect("JSON"),
        account: account.clone(),
        nick: nick.clone(),
    };
    let event = Event {
        id: format!("1-{n}").as_str().into(),
        at,
        source: "room".into(),
        from: Some(map::sender(&account, &nick, "")),
        cid: None,
        priority: Priority::Normal,
        kind: EventKind::comment(line),
    };
    let group = Group { id: "@TGS#aC72FIKG3".into(), name: "Live".into() };
    item(&group, &event, n, Some(&spoken), 1_000).expect("an item")
}

fn zlib(bytes: &[u8], level: u8) -> Vec<u8> {
    [b"COMP".as_slice(), &compress_to_vec_zlib(bytes, level)].concat()
}

/// Median µs of `work`.
fn median(mut work: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            assert!(std::hint::black_box(work()) > 0);
            begin.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[ROUNDS / 2]
}

fn main() {
    let items: Vec<Item> = (1..=20).map(message).collect();
    let rsp_msg_list = items.iter().map(|item| &*item.json).collect();
    let history = Joined { rsp_msg_list };
    let rows: [(&str, Make<'_>); 4] = [
        ("push of 1", Box::new(|| push(7, &items[..1]))),
        ("push of 2", Box::new(|| push(7, &items[..2]))),
        ("push of 20", Box::new(|| push(7, &items))),
        (
            "history of 20",
            Box::new(|| frame::answer("group_open_http_svc.apply_join_group", 7, &history)),
        ),
    ];
    println!("| frame | JSON bytes | µs to write | zlib 1 bytes | µs | zlib 6 bytes | µs |");
    println!("|---|---|---|---|---|---|---|");
    for (name, make) in rows {
        let plain = make();
        let write = median(|| make().len());
        let [(one, one_us), (six, six_us)] =
            [1, 6].map(|level| (zlib(&plain, level).len(), median(|| zlib(&plain, level).len())));
        println!(
            "| {name} | {} | {write:.1} | {one} | {one_us:.0} | {six} | {six_us:.0} |",
            plain.len()
        );
    }
}
