//! Ten thousand claims over real sockets, with everything that can go wrong,
//! and a ledger that says afterwards what happened.

use super::{Answer, answer_to, drop_it, voucher};
use crate::harness::{Api, Client, Dice, Home, Server, within};
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use surtitle_core::sale::{Entry, Fact, OfferId};
use surtitle_core::wire::{ClaimInfo, ClientFrame, HostCommand, SaleAsk};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// People who claim.
const PEOPLE: u32 = 250;
/// Vouchers each of them wants: 10,000 claims in all.
const VOUCHERS: u32 = 40;
/// How many there are of each.
const STOCK: u32 = 100;
/// Answers after which the server is killed, in the first run and in the second.
const KILLED_AT: [usize; 2] = [2_000, 3_000];

/// Somebody, and what they know.
struct Person {
    number: u32,
    token: String,
    /// What they were answered, by request. A request is wanted of one voucher.
    answers: BTreeMap<u32, Answer>,
}

/// How many answers there were, and who waits for enough of them.
struct Count {
    answers: AtomicUsize,
    enough: usize,
    reached: Notify,
}

fn offer(number: u32) -> OfferId {
    OfferId::voucher(&format!("v{number}"))
}

/// The order somebody asks in: everybody another one, some things twice.
fn shuffled(person: &Person, run: u64) -> Vec<u32> {
    let mut dice = Dice::new(u64::from(person.number) * 1_000 + run);
    let mut wanted: Vec<u32> =
        (1..=VOUCHERS).filter(|cid| !person.answers.contains_key(cid)).collect();
    // What was answered before is asked again too: the answer must be the same.
    wanted.extend(person.answers.keys().take(5));
    for last in (1..wanted.len()).rev() {
        wanted.swap(last, dice.below(last + 1));
    }
    let again: Vec<u32> =
        (0..5).filter(|_| !wanted.is_empty()).map(|_| *dice.pick(&wanted)).collect();
    wanted.extend(again);
    wanted
}

/// Asks for everything that is wanted, until all is answered or the line is gone.
async fn buy(mut client: Client, mut person: Person, run: u64, count: Arc<Count>) -> Person {
    let wanted = shuffled(&person, run);
    for cid in &wanted {
        let ask = SaleAsk::Claim { offer: offer(*cid) };
        let frame = ClientFrame::Sale { cid: *cid, ask };
        let text = serde_json::to_string(&frame).expect("it serialises");
        // The end shows where it is read.
        let _ = client.try_put(text.into()).await;
    }
    for cid in wanted {
        let answer = client.search(|heard| answer_to(heard, cid)).await;
        let Ok(answer) = answer else { break };
        if let Some(before) = person.answers.insert(cid, answer.clone()) {
            assert_eq!(before, answer, "person {}, request {cid}", person.number);
        }
        if count.answers.fetch_add(1, Ordering::SeqCst) + 1 == count.enough {
            count.reached.notify_one();
        }
    }
    person
}

/// Lets everybody ask at once; kills the server after `enough` answers, if there is a number.
async fn round(
    server: Server,
    people: Vec<Person>,
    run: u64,
    enough: Option<usize>,
) -> (Option<Server>, Vec<Person>) {
    let mut seated = Vec::new();
    for person in people {
        let mut client = server.bearer(&person.token).await;
        client.join(None).await;
        seated.push((client, person));
    }
    let count = Arc::new(Count {
        answers: AtomicUsize::new(0),
        enough: enough.unwrap_or(usize::MAX),
        reached: Notify::new(),
    });
    let mut buying = JoinSet::new();
    for (client, person) in seated {
        buying.spawn(buy(client, person, run, Arc::clone(&count)));
    }
    if enough.is_none() {
        let people = within("everybody is answered", buying.join_all()).await;
        return (Some(server), people);
    }
    within("enough answers", count.reached.notified()).await;
    server.kill();
    (None, buying.join_all().await)
}

/// Runs the program; whether it went well, and what it said.
pub(super) fn run(args: &[&str], last: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_surtitle"))
        .args(args)
        .arg(last)
        .output()
        .expect("the program starts");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_claims_with_retries_and_two_kills_are_sold_once_each_in_one_order() {
    let home = Home::new();
    let server = home.start().await;
    let shop = Api::new(server.addr, &home.secrets().host);
    for number in 1..=VOUCHERS {
        let id = format!("v{number}");
        for order in [voucher(&id, STOCK), drop_it(&id)] {
            let HostCommand::Sale { order } = order else { panic!("they are of the sale") };
            shop.call("POST", "/sale", serde_json::to_value(order).expect("JSON")).await;
        }
    }
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        let client = server.viewer(&format!("person {number}")).await;
        people.push(Person { number, token: client.token(), answers: BTreeMap::new() });
    }
    let (_, people) = round(server, people, 1, Some(KILLED_AT[0])).await;
    let (_, people) = round(home.start().await, people, 2, Some(KILLED_AT[1])).await;
    let (server, people) = round(home.start().await, people, 3, None).await;
    let server = server.expect("it was not killed");

    // Everybody has an answer to everything, and nobody the same thing as another.
    let mut sold: HashMap<OfferId, Vec<ClaimInfo>> = HashMap::new();
    for person in &people {
        assert_eq!(person.answers.len(), VOUCHERS as usize, "person {}", person.number);
        for (cid, answer) in &person.answers {
            match answer {
                Ok(claim) => {
                    assert_eq!(claim.offer, offer(*cid));
                    sold.entry(claim.offer.clone()).or_default().push(claim.clone());
                }
                Err(code) => assert_eq!(*code, 2123, "only for want of stock"),
            }
        }
    }
    for number in 1..=VOUCHERS {
        let claims = &sold[&offer(number)];
        assert_eq!(claims.len(), STOCK as usize, "{}", offer(number));
        let places: BTreeSet<u32> = claims.iter().map(|claim| claim.n).collect();
        assert_eq!(places, (1..=STOCK).collect(), "each place once");
        let codes: BTreeSet<_> = claims.iter().map(|claim| &claim.code).collect();
        assert_eq!(codes.len(), claims.len(), "each code once");
    }

    // The ledger says the same, in an order anybody can follow, while it is being written to.
    let data = home.data();
    let (whole, said) = run(&["ledger", "verify", "--data"], &data);
    assert!(whole && said.contains("voucher:v1: 100 of 100 claimed"), "{said}");
    let receipt = &sold[&offer(1)][0];
    let has = format!("{}:{}", receipt.seq, receipt.hash);
    let (whole, said) = run(&["ledger", "verify", "--has", &has, "--data"], &data);
    assert!(whole, "{said}");
    let other = format!("{}:{}", receipt.seq + 1, receipt.hash);
    assert!(!run(&["ledger", "verify", "--has", &other, "--data"], &data).0);
    let (printed, export) = run(&["ledger", "export", "--data"], &data);
    assert!(printed);
    assert_told_by(&export, &sold);
    let file = home.file("ledger.json", &export);
    assert!(run(&["ledger", "verify", "--file"], &file).0);
    drop(server);
    assert_flip_is_found(&home).await;
}

/// Every claim somebody was told of is in the export, in the order of its number.
fn assert_told_by(export: &str, sold: &HashMap<OfferId, Vec<ClaimInfo>>) {
    let export: serde_json::Value = serde_json::from_str(export).expect("JSON");
    let mut told: HashMap<u64, &ClaimInfo> = sold.values().flatten().map(|c| (c.seq, c)).collect();
    let mut next: HashMap<OfferId, u32> = HashMap::new();
    for line in export["ledger"].as_array().expect("a list") {
        let entry = line["entry"].as_str().expect("a text");
        let entry: Entry = serde_json::from_str(entry).expect("an entry");
        let Fact::Claimed { offer, n, .. } = entry.fact else { continue };
        let claim = told.remove(&entry.seq).expect("whoever claimed was told so in the end");
        assert_eq!((&claim.offer, claim.n), (&offer, n));
        assert_eq!(line["hash"], serde_json::json!(claim.hash));
        let next = next.entry(offer).or_default();
        *next += 1;
        assert_eq!(n, *next, "in order");
    }
    assert!(told.is_empty(), "{} claims are in no ledger", told.len());
}

/// Changes one byte of one entry, past the database's own guards.
async fn assert_flip_is_found(home: &Home) {
    let mut sql = home.sql().await;
    let row = sqlx::query("SELECT seq, entry FROM ledger WHERE seq = 1234");
    let row = row.fetch_one(&mut sql).await.expect("an entry");
    let entry: String = row.get(1);
    let refused = sqlx::query("UPDATE ledger SET entry = '' WHERE seq = 1234").execute(&mut sql);
    refused.await.expect_err("the database itself lets nobody");
    sqlx::query("DROP TRIGGER ledger_same").execute(&mut sql).await.expect("dropped");
    let mut bytes = entry.into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'1').expect("a figure");
    bytes[at] = b'7';
    let flipped = String::from_utf8(bytes).expect("text");
    let update = sqlx::query("UPDATE ledger SET entry = ? WHERE seq = 1234").bind(flipped);
    update.execute(&mut sql).await.expect("written");
    let (whole, said) = run(&["ledger", "verify", "--data"], &home.data());
    assert!(!whole && said.contains("entry 1234"), "{said}");
    drop(sql);

    // The program starts all the same, and sells nothing on such a ledger.
    let server = home.start().await;
    let mut eve = server.viewer("Eve").await;
    assert_eq!(super::claim(&mut eve, &offer(1), 1).await, Err(2900));
}
