//! The live sale from outside: claims, roles, what the overlay and the shop see.

mod ledger;
mod settled;

use crate::harness::{Api, Client, Heard, Home, Judge, Reply, Server};
use serde_json::json;
use surtitle_core::placard::{Placard, PlacardKind};
use surtitle_core::sale::{How, OfferId, Price, Product, SaleOrder, Voucher, Worth};
use surtitle_core::wire::{Body, ClaimInfo, ClientFrame, HostCommand, SaleAsk, SaleNews};
use surtitle_core::wire::{OfferInfo, ServerFrame};
use surtitle_core::{Cue, Priority};

/// The answer to a claim: what was claimed, or the code of the refusal.
pub(super) type Answer = Result<ClaimInfo, u16>;

pub(super) fn voucher(id: &str, stock: u32) -> HostCommand {
    let voucher = Voucher {
        id: id.into(),
        title: format!("Voucher {id}"),
        worth: Worth::Percent { percent: 10 },
        stock,
        per_person: 1,
        min_spend: None,
        keyword: Some(format!("deal-{id}")),
        opens_at: None,
        ends_at: None,
    };
    order(SaleOrder::Voucher { voucher: Box::new(voucher) })
}

pub(super) fn order(order: SaleOrder) -> HostCommand {
    HostCommand::Sale { order }
}

pub(super) fn drop_it(id: &str) -> HostCommand {
    order(SaleOrder::Drop { id: id.into(), seconds: None })
}

/// A host who has dropped the voucher `ten`.
async fn dropped(home: &Home, server: &Server, stock: u32) -> Client {
    let mut host = server.bearer(&home.secrets().host).await;
    host.command(voucher("ten", stock)).await.expect("prepared");
    host.command(drop_it("ten")).await.expect("dropped");
    host
}

/// The answer this frame is to request `cid`.
pub(super) fn answer_to(heard: &Heard, number: u32) -> Option<Answer> {
    match heard {
        Heard::Frame(ServerFrame::Sale { news: SaleNews::Claimed { cid, claim } })
            if *cid == number =>
        {
            Some(Ok(claim.clone()))
        }
        Heard::Frame(ServerFrame::Sale { news: SaleNews::Refused { cid, code, .. } })
            if *cid == number =>
        {
            Some(Err(*code))
        }
        Heard::Frame(ServerFrame::Error { code, re: Some(re), .. }) if *re == number => {
            Some(Err(*code))
        }
        _ => None,
    }
}

pub(super) async fn claim(client: &mut Client, offer: &OfferId, cid: u32) -> Answer {
    let ask = SaleAsk::Claim { offer: offer.clone() };
    client.put(&ClientFrame::Sale { cid, ask }).await;
    client.until("an answer to the claim", |heard| answer_to(heard, cid)).await
}

async fn say(client: &mut Client, text: &str, cid: u32) -> Answer {
    let body = Body::Comment { text: text.into() };
    client.put(&ClientFrame::Send { cid, priority: None, body }).await;
    client.until("an answer to the comment", |heard| answer_to(heard, cid)).await
}

/// Waits for a shelf on which every offer is as `is` wants it.
async fn shelf(client: &mut Client, is: impl Fn(&[OfferInfo]) -> bool) -> Vec<Product> {
    client
        .until("the shelf", |heard| match heard {
            Heard::Frame(ServerFrame::Sale { news: SaleNews::Shelf { offers, products, .. } })
                if is(offers) =>
            {
                Some(products.clone())
            }
            _ => None,
        })
        .await
}

fn product(number: u32) -> HostCommand {
    let price = Price { amount: 1_990, currency: "EUR".into() };
    let title = "Silk scarf".to_owned();
    let product = Product { number, title, price, picture: None, link: None, stock: 2 };
    order(SaleOrder::Product { product: Box::new(product) })
}

#[tokio::test]
async fn voucher_is_claimed_by_button_and_by_keyword_until_it_is_sold_out() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = dropped(&home, &server, 2).await;
    let offer = OfferId::voucher("ten");
    let mut ann = server.viewer("Ann").await;
    shelf(&mut ann, |offers| offers.len() == 1 && offers[0].open).await;
    let first = claim(&mut ann, &offer, 1).await.expect("claimed");
    assert_eq!((first.n, first.how, first.value.as_str()), (1, How::Button, "10% off"));
    assert_eq!(claim(&mut ann, &offer, 1).await.as_ref(), Ok(&first), "the same again");
    assert_eq!(claim(&mut ann, &offer, 2).await, Err(2124));
    let mut bea = server.viewer("Bea").await;
    let second = say(&mut bea, "a DEAL-TEN for me!", 7).await.expect("claimed");
    assert_eq!((second.n, second.how), (2, How::Keyword));
    assert_ne!(first.code, second.code);
    let mut cid = server.viewer("Cid").await;
    assert_eq!(claim(&mut cid, &offer, 1).await, Err(2123));
    assert_eq!(say(&mut cid, "deal-ten", 2).await, Err(2123));
    assert_eq!(claim(&mut cid, &OfferId::voucher("none"), 3).await, Err(2120));

    ann.put(&ClientFrame::Sale { cid: 9, ask: SaleAsk::Wallet }).await;
    let wallet = ann.until("the wallet", |heard| match heard {
        Heard::Frame(ServerFrame::Sale { news: SaleNews::Wallet { cid: 9, claims } }) => {
            Some(claims.clone())
        }
        _ => None,
    });
    assert_eq!(wallet.await, [first]);
    host.command(order(SaleOrder::End { offer })).await.expect("ended");
    shelf(&mut server.viewer("Dan").await, <[OfferInfo]>::is_empty).await;
}

#[tokio::test]
async fn guests_look_viewers_claim_helpers_show_and_the_host_does_the_rest() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = dropped(&home, &server, 2).await;
    host.command(product(12)).await.expect("put");
    let offer = OfferId::voucher("ten");
    let mut guest = server.guest().await;
    guest.join(None).await;
    shelf(&mut guest, |offers| offers.len() == 1).await;
    assert_eq!(claim(&mut guest, &offer, 1).await, Err(2103));
    let mut helper = server.bearer(&home.secrets().helper).await;
    let show = |number| order(SaleOrder::Show { number });
    assert_eq!(helper.command(show(Some(12))).await, Ok(()));
    assert_eq!(helper.command(show(Some(99))).await, Err(2125));
    assert_eq!(helper.command(drop_it("ten")).await, Err(2204));
    assert_eq!(helper.command(order(SaleOrder::End { offer: offer.clone() })).await, Err(2204));
    let mut ann = server.viewer("Ann").await;
    assert_eq!(ann.command(show(None)).await, Err(2204));
    let mut outside = Client::open(server.addr).await;
    outside.hello(Some(&ann.token())).await;
    assert_eq!(claim(&mut outside, &offer, 1).await, Err(2102), "not in the room");
    let shop = Api::new(server.addr, &home.secrets().helper);
    assert_eq!(shop.refused("GET", "/sale", json!(null)).await.0, 403);
}

#[tokio::test]
async fn product_is_claimed_by_its_number_in_any_comment() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    host.command(product(12)).await.expect("put");
    let price = Some(Price { amount: 990, currency: "EUR".into() });
    let open =
        SaleOrder::Open { number: 12, stock: None, per_person: None, price, seconds: Some(60) };
    host.command(order(open)).await.expect("opened");
    let mut ann = server.viewer("Ann").await;
    let mut bea = server.viewer("Bea").await;
    assert_eq!(say(&mut ann, "12", 1).await.map(|claim| claim.value), Ok("€9.90".into()));
    assert_eq!(say(&mut bea, "I'd love #12 please", 1).await.map(|c| c.n), Ok(2));
    assert_eq!(say(&mut ann, "+12", 2).await, Err(2124));
}

#[tokio::test]
async fn overlay_counts_down_in_a_few_cues_however_many_claim() {
    let home = Home::new();
    let server = home.start().await;
    let mut overlay = server.bearer(&home.secrets().display).await;
    overlay.watch("main").await;
    dropped(&home, &server, 60).await;
    let offer = OfferId::voucher("ten");
    let mut ann = server.viewer("Ann").await;
    let mut all = Vec::new();
    for n in 0..60 {
        all.push(server.viewer(&format!("viewer {n}")).await);
    }
    for (n, one) in all.iter_mut().enumerate() {
        let ask = SaleAsk::Claim { offer: offer.clone() };
        one.put(&ClientFrame::Sale { cid: n as u32, ask }).await;
    }
    let mut cues = 0;
    overlay
        .cue("sold out", |cue| match cue {
            Cue::Placard { placard: Placard { kind: PlacardKind::Voucher { left, .. }, .. } } => {
                cues += 1;
                (*left == 0).then_some(())
            }
            _ => None,
        })
        .await;
    // One each 250 ms; a loaded machine takes a second or two for the claims.
    assert!(cues <= 30, "{cues} cues for 60 claims");
    assert_eq!(claim(&mut ann, &offer, 1).await, Err(2123));
}

#[tokio::test]
async fn shop_redeems_once_and_its_orders_are_said_in_the_room_once() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = dropped(&home, &server, 5).await;
    host.command(product(12)).await.expect("put");
    let shop = Api::new(server.addr, &home.secrets().host);
    let mut ann = server.viewer("Ann").await;
    let code = claim(&mut ann, &OfferId::voucher("ten"), 1).await.expect("claimed").code;
    let used = |order: &str| json!({ "code": code, "order": order });
    let first = shop.call("POST", "/sale/redeem", used("o-1")).await;
    assert_eq!(first["claim"]["redeemed"], json!(true));
    assert_eq!(shop.call("POST", "/sale/redeem", used("o-1")).await, first);
    assert_eq!(shop.refused("POST", "/sale/redeem", used("o-2")).await, (409, 2127));
    let nonsense = json!({ "code": "NONSENSE", "order": "o-3" });
    assert_eq!(shop.refused("POST", "/sale/redeem", nonsense).await, (404, 2126));

    let sold = json!({ "order": "o-9", "product": 12, "count": 2, "buyer": "Bea" });
    assert_eq!(shop.call("POST", "/sale/orders", sold.clone()).await["fresh"], json!(true));
    assert_eq!(shop.call("POST", "/sale/orders", sold).await["fresh"], json!(false));
    let told = ann.hear("Bea bought Silk scarf × 2").await;
    assert_eq!((told.priority, told.source.as_str()), (Priority::High, "shop"));
    let gone = |products: &[Product]| products.first().map(|p| p.stock);
    assert_eq!(gone(&shelf(&mut server.viewer("Dan").await, |_| true).await), Some(0));
    let rows = shop.get("/sale/claims").await;
    assert_eq!(rows["claims"][0]["order"], json!("o-1"));
    assert_eq!(rows["claims"][0]["nick"], json!("Ann"));
}

#[tokio::test]
async fn back_end_is_told_of_every_claim_once() {
    let (home, backend) = (Home::new(), Judge::start(|_| Reply::code(0)).await);
    let server = home.start().await;
    let hook = json!({ "url": backend.url(), "commands": ["Sale.ClaimMade"], "refuse_on_failure": false, "retry": true });
    let api = Api::new(server.addr, &home.secrets().host);
    api.call("PUT", "/apps/1400000001/hooks", hook).await;
    dropped(&home, &server, 5).await;
    let mut ann = server.viewer("Ann").await;
    let made = claim(&mut ann, &OfferId::voucher("ten"), 1).await.expect("claimed");
    claim(&mut ann, &OfferId::voucher("ten"), 1).await.expect("the same");
    let mut bea = server.viewer("Bea").await;
    say(&mut bea, "deal-ten", 1).await.expect("claimed");
    let told = backend.call("Sale.ClaimMade", |told| told.body["Nick"] == "Ann").await;
    assert_eq!(told.body["Offer"], "voucher:ten");
    assert_eq!(told.body["Code"], json!(made.code));
    assert_eq!(told.body["Entry"], made.seq);
    backend.call("Sale.ClaimMade", |told| told.body["Nick"] == "Bea").await;
    assert_eq!(backend.calls("Sale.ClaimMade").len(), 2);
}

#[tokio::test]
async fn sale_is_after_kill_9_what_it_was_before() {
    let home = Home::new();
    let server = home.start().await;
    dropped(&home, &server, 2).await;
    let offer = OfferId::voucher("ten");
    let mut ann = server.viewer("Ann").await;
    let first = claim(&mut ann, &offer, 1).await.expect("claimed");
    let token = ann.token();
    server.kill();
    let server = home.start().await;
    let mut ann = server.bearer(&token).await;
    ann.join(None).await;
    assert_eq!(claim(&mut ann, &offer, 1).await, Ok(first));
    assert_eq!(claim(&mut ann, &offer, 2).await, Err(2124));
    let mut bea = server.viewer("Bea").await;
    assert_eq!(say(&mut bea, "deal-ten", 1).await.map(|claim| claim.n), Ok(2));
}

#[tokio::test]
async fn lottery_is_drawn_from_a_seed_promised_before_and_anybody_can_do_it_again() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    let (id, title) = ("scarf".to_owned(), "A scarf".to_owned());
    let keyword = Some("win".to_owned());
    let open = SaleOrder::Lottery { id: id.clone(), title, keyword, winners: 1 };
    host.command(order(open)).await.expect("opened");
    for name in ["Ann", "Bea", "Cid"] {
        say(&mut server.viewer(name).await, "win", 1).await.expect("entered");
    }
    host.command(order(SaleOrder::Draw { id })).await.expect("drawn");
    let draw = Api::new(server.addr, &home.secrets().host).get("/sale/draws/scarf").await;
    assert_eq!(draw["entrants"].as_array().map(Vec::len), Some(3));
    let file = home.file("draw.json", &draw.to_string());
    let (status, said) = ledger::run(&["draw", "verify"], &file);
    assert!(status && said.contains("the draw is right"), "{said}");
    let mut other = draw.clone();
    other["drawn"] =
        json!([draw["entrants"][usize::from(draw["drawn"][0] == draw["entrants"][0])]]);
    let file = home.file("draw.json", &other.to_string());
    assert!(!ledger::run(&["draw", "verify"], &file).0);
}
