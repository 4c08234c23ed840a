//! What a shop has settled, told over REST and said in the room by the server.

use super::{claim, say, shelf};
use crate::harness::{Api, Client, Heard, Home, Judge, Reply};
use serde_json::{Value, json};
use surtitle_core::sale::{OfferId, Thing};
use surtitle_core::{Event, EventKind, Priority};

const APP: u32 = 1_400_000_001;

fn rose(order: &str, who: &Client) -> Value {
    json!({ "order": order, "user": who.id(), "gift": "rose", "count": 3,
            "paid": { "amount": 300, "currency": "CNY" } })
}

fn paid(order: &str, who: &Client, text: &str) -> Value {
    json!({ "order": order, "user": who.id(), "text": text, "amount": 1_000, "currency": "eur" })
}

/// The next gift or paid comment.
async fn worth(client: &mut Client) -> Event {
    client
        .until("something worth money", |heard| match heard {
            Heard::Event(event) if event.kind.is_worth_money() => Some(event.clone()),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn settled_gift_is_said_high_and_once_however_often_it_is_told() {
    let home = Home::new();
    let server = home.start().await;
    let (ann, mut bea) = (server.viewer("Ann").await, server.viewer("Bea").await);
    let shop = Api::new(server.addr, &home.secrets().host);
    let tell = || shop.call("POST", "/gifts", rose("g-1", &ann));
    let (a, b, c, d) = tokio::join!(tell(), tell(), tell(), tell());
    let all = [a, b, c, d];
    assert_eq!(all.iter().filter(|said| said["fresh"] == true).count(), 1);
    assert!(all.iter().all(|said| said["id"] == all[0]["id"]));
    let gift = worth(&mut bea).await;
    assert_eq!((json!(gift.id), gift.priority), (all[0]["id"].clone(), Priority::High));
    assert_eq!(gift.from.expect("somebody").id, ann.id());
    let EventKind::Gift { gift, count } = gift.kind else { panic!("a gift") };
    assert_eq!((gift.id.as_str(), count), ("rose", 3));
    // What comes after shows that no second one is on its way.
    let after = json!({ "order": "g-2", "nick": "Somebody far", "gift": "star" });
    shop.call("POST", "/gifts", after).await;
    let gift = worth(&mut bea).await;
    assert_eq!(gift.from.expect("somebody").nick, "Somebody far");
}

#[tokio::test]
async fn settled_order_is_known_after_kill_9() {
    let home = Home::new();
    let server = home.start().await;
    let ann = server.viewer("Ann").await;
    let shop = Api::new(server.addr, &home.secrets().host);
    let gift = shop.call("POST", "/gifts", rose("g-1", &ann)).await;
    let comment = shop.call("POST", "/paid", paid("p-1", &ann, "hello")).await;
    server.kill();
    let server = home.start().await;
    let shop = Api::new(server.addr, &home.secrets().host);
    for (path, told, before) in
        [("/gifts", rose("g-1", &ann), &gift), ("/paid", paid("p-1", &ann, "hello"), &comment)]
    {
        let again = shop.call("POST", path, told).await;
        assert_eq!((&again["fresh"], &again["id"]), (&json!(false), &before["id"]));
    }
    let record = shop.get("/settled/g-1").await;
    assert_eq!(record["told"]["paid"]["amount"], 300);
    assert_eq!((&record["nick"], &record["id"]), (&json!("Ann"), &gift["id"]));
    let mut other = rose("g-1", &ann);
    other["count"] = json!(4);
    assert_eq!(shop.refused("POST", "/gifts", other).await, (409, 2128));
    assert_eq!(shop.refused("GET", "/settled/none", json!(null)).await.0, 404);
}

#[tokio::test]
async fn paid_comment_keeps_its_amount_when_its_words_may_not_be_said() {
    let home = Home::new();
    let server = home.start().await;
    let shop = Api::new(server.addr, &home.secrets().host);
    let rules = json!({ "words": [{ "word": "rotten", "action": "refuse" },
        { "word": "darn*", "action": "mask" }] });
    shop.call("PUT", &format!("/apps/{APP}/filter"), rules).await;
    let (ann, mut bea) = (server.viewer("Ann").await, server.viewer("Bea").await);
    for (order, text, said) in
        [("1", "so good", "so good"), ("2", "rotten", ""), ("3", "darned", "******"), ("4", "", "")]
    {
        let answer = shop.call("POST", "/paid", paid(order, &ann, text)).await;
        assert_eq!(answer["said"], said, "{text}");
        let EventKind::Comment { text, paid: Some(paid) } = worth(&mut bea).await.kind else {
            panic!("a paid comment")
        };
        assert_eq!((text.as_str(), paid.amount, paid.currency.as_str()), (said, 1_000, "EUR"));
    }
}

#[tokio::test]
async fn what_makes_no_sense_or_comes_without_the_right_is_refused() {
    let home = Home::new();
    let server = home.start().await;
    let ann = server.viewer("Ann").await;
    let shop = Api::new(server.addr, &home.secrets().host);
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let (gift, comment) = (rose("g", &ann), paid("p", &ann, "hi"));
    let packet =
        json!({ "id": "luck", "by": "Ann", "title": "Luck", "amounts": [1], "currency": "CNY" });
    for (path, body, code) in [
        ("/gifts", with(gift.clone(), "gift", json!("yacht")), 2109),
        ("/gifts", with(gift.clone(), "count", json!(0)), 2110),
        ("/gifts", with(gift.clone(), "order", json!("")), 2308),
        ("/gifts", with(gift.clone(), "order", json!("two words")), 2308),
        ("/gifts", with(gift.clone(), "user", json!("u-nobody")), 2308),
        ("/gifts", with(gift.clone(), "cuont", json!(2)), 2001),
        ("/gifts", json!({ "order": "g", "gift": "rose" }), 2308),
        ("/paid", with(comment.clone(), "amount", json!(0)), 2308),
        ("/paid", with(comment.clone(), "amount", json!(1_000_000_000_001_u64)), 2308),
        ("/paid", with(comment.clone(), "amount", json!(-5)), 2001),
        ("/paid", with(comment.clone(), "currency", json!("€")), 2308),
        ("/paid", with(comment.clone(), "text", json!("x".repeat(301))), 2108),
        ("/packets", with(packet.clone(), "amounts", json!([])), 2308),
        ("/packets", with(packet.clone(), "amounts", json!([0])), 2308),
        ("/packets", with(packet.clone(), "id", json!("Lü")), 2308),
    ] {
        assert_eq!(shop.refused("POST", path, body.clone()).await, (400, code), "{path} {body}");
    }
    for token in [home.secrets().helper, ann.token()] {
        let other = Api::new(server.addr, &token);
        for (path, body) in [("/gifts", &gift), ("/paid", &comment), ("/packets", &packet)] {
            assert_eq!(other.refused("POST", path, body.clone()).await, (403, 2204), "{path}");
        }
    }
    // Nothing of it was kept: the same orders are fresh.
    assert_eq!(shop.call("POST", "/gifts", gift).await["fresh"], true);
}

#[tokio::test]
async fn red_packet_is_opened_share_by_share_and_outlives_kill_9() {
    let (home, backend) = (Home::new(), Judge::start(|_| Reply::code(0)).await);
    let server = home.start().await;
    let shop = Api::new(server.addr, &home.secrets().host);
    let hook = json!({ "url": backend.url(), "commands": ["Sale.ClaimMade"], "refuse_on_failure": false, "retry": true });
    shop.call("PUT", &format!("/apps/{APP}/hooks"), hook).await;
    let packet = json!({ "id": "luck", "by": "Ann", "title": "Good luck", "amounts": [520, 88, 1],
        "currency": "CNY", "keyword": "lucky", "seconds": 600 });
    let given = shop.call("POST", "/packets", packet.clone()).await;
    assert_eq!(given, json!({ "fresh": true, "offer": "packet:luck" }));
    let offer = OfferId::packet("luck");
    let mut bea = server.viewer("Bea").await;
    shelf(&mut bea, |offers| {
        matches!(offers, [one] if one.value == "¥6.09"
            && matches!(&one.thing, Thing::Packet { by, .. } if by == "Ann"))
    })
    .await;
    let first = claim(&mut bea, &offer, 1).await.expect("opened");
    assert_eq!((first.n, first.value.as_str()), (1, "¥5.20"));
    assert_eq!(claim(&mut bea, &offer, 2).await, Err(2124));
    let told = backend.call("Sale.ClaimMade", |told| told.body["Nick"] == "Bea").await;
    assert_eq!((&told.body["Amount"], &told.body["Currency"]), (&json!(520), &json!("CNY")));
    server.kill();
    let server = home.start().await;
    let shop = Api::new(server.addr, &home.secrets().host);
    assert_eq!(shop.call("POST", "/packets", packet.clone()).await["fresh"], false);
    let mut cid = server.viewer("Cid").await;
    let second = say(&mut cid, "lucky me", 1).await.expect("opened");
    assert_eq!((second.n, second.value.as_str()), (2, "¥0.88"));
    let rows = shop.get("/sale/claims?offer=packet:luck").await;
    let amounts: Vec<_> = rows["claims"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["amount"]["amount"])
        .collect();
    assert_eq!(amounts, [&json!(520), &json!(88)]);
    let other = shop.refused(
        "POST",
        "/packets",
        json!({ "id": "luck", "by": "Ann",
        "title": "Good luck", "amounts": [1], "currency": "CNY" }),
    );
    assert_eq!(other.await, (409, 2128));
}

#[tokio::test]
async fn order_notice_is_said_in_the_shops_own_words() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let shop = Api::new(server.addr, &home.secrets().host);
    let sold = json!({ "order": "o-1", "text": "小明 刚刚买了丝巾" });
    shop.call("POST", "/sale/orders", sold).await;
    assert_eq!(ann.hear("小明 刚刚买了丝巾").await.priority, Priority::High);
}
