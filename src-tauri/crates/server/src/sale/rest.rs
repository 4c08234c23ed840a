//! The sale for the shop's back end, under `/api/sale`, with the host's token.
//!
//! Whatever is repeated because no answer came has the first answer: orders
//! and redemptions have the shop's own number, and what the host orders sets a
//! state.

use super::{settle, task, told};
use crate::dev::{Answer as Reply, Asked, Problem, found};
use crate::state::State;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, State as Get};
use axum::http::{HeaderValue, Response, header};
use axum::routing::{get, post, put};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;
use surtitle_core::room::Origin;
use surtitle_core::sale::{Codes, Draw, Fact, How, OfferId, Price, SaleOrder, Thing};
use surtitle_core::wire::{Body as Said, SaleDesk};
use surtitle_core::{Code, Millis, Reject, Role, Sender, UserId, text};
use surtitle_store::LEDGER_PAGE;

/// Most bytes of imported codes.
const IMPORT_LIMIT: usize = 8 * 1024 * 1024;
/// Most claims one call returns.
const PAGE: usize = 1_000;

/// Everything under `/api/sale`.
pub fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/", get(desk).post(order))
        .route("/claims", get(claims))
        .route("/claims.csv", get(csv))
        .route("/ledger", get(ledger))
        .route("/redeem", post(redeem))
        .route("/orders", post(ordered))
        .route("/vouchers/{id}/codes", put(import).layer(DefaultBodyLimit::max(IMPORT_LIMIT)))
        .route("/draws/{id}", get(drawn))
}

/// `GET /sale`: products, vouchers, offers, the last claims.
async fn desk(Get(state): Get<Arc<State>>) -> Result<Reply<SaleDesk>, Problem> {
    Ok(found(state.sale.act(|sale, now| Ok(told::desk(now, sale, None))).await?))
}

/// `POST /sale`: an order of the host, as on the socket.
async fn order(
    Get(state): Get<Arc<State>>,
    Asked(order): Asked<SaleOrder>,
) -> Result<Reply<Value>, Problem> {
    state.sale.order(Role::Host, order).await?;
    Ok(found(json!({})))
}

/// Which claims.
#[derive(Debug, Deserialize)]
struct Sought {
    /// After this entry.
    #[serde(default)]
    after: u64,
    /// Of this offer only.
    offer: Option<String>,
}

/// A claim as the shop sees it.
#[derive(Debug, Serialize)]
struct Row {
    seq: u64,
    at: Millis,
    offer: OfferId,
    title: String,
    n: u32,
    user: UserId,
    nick: String,
    how: How,
    code: Option<String>,
    amount: Option<Price>,
    order: Option<String>,
    hash: String,
}

async fn rows(
    state: &State,
    after: u64,
    offer: Option<String>,
    most: usize,
) -> Result<Vec<Row>, Reject> {
    state
        .sale
        .act(move |sale, _| {
            let mut rows = Vec::new();
            for (id, known) in sale.books().offers() {
                if offer.as_ref().is_some_and(|offer| offer != id.as_str()) {
                    continue;
                }
                rows.extend(known.claims.iter().filter(|claim| claim.seq > after).map(|claim| {
                    Row {
                        seq: claim.seq,
                        at: claim.at,
                        offer: id.clone(),
                        title: known.terms.title.clone(),
                        n: claim.n,
                        user: claim.user.clone(),
                        nick: claim.nick.clone(),
                        how: claim.how,
                        code: sale.code(id, claim.n),
                        amount: sale.amount(id, claim.n),
                        order: claim.redeemed.clone(),
                        hash: claim.hash.to_string(),
                    }
                }));
            }
            rows.sort_by_key(|row| row.seq);
            rows.truncate(most);
            Ok(rows)
        })
        .await
}

/// `GET /sale/claims?after=&offer=`: at most 1,000, in order.
async fn claims(
    Get(state): Get<Arc<State>>,
    Query(Sought { after, offer }): Query<Sought>,
) -> Result<Reply<Value>, Problem> {
    let rows = rows(&state, after, offer, PAGE).await?;
    let more = rows.len() == PAGE;
    Ok(found(json!({ "claims": rows, "more": more })))
}

/// `GET /sale/claims.csv`: all of them.
async fn csv(Get(state): Get<Arc<State>>) -> Result<Response<Body>, Problem> {
    let rows = rows(&state, 0, None, usize::MAX).await?;
    let mut csv =
        String::from("entry,at_ms,offer,title,n,user,nick,how,code,amount,order,hash\r\n");
    for row in rows {
        let how = serde_json::to_value(row.how).ok();
        let cells = [
            row.seq.to_string(),
            row.at.0.to_string(),
            row.offer.to_string(),
            row.title,
            row.n.to_string(),
            row.user.to_string(),
            row.nick,
            how.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned(),
            row.code.unwrap_or_default(),
            row.amount.map(|price| price.words()).unwrap_or_default(),
            row.order.unwrap_or_default(),
            row.hash,
        ];
        csv.push_str(&cells.map(|cell| surtitle_core::sale::cell(&cell)).join(","));
        csv.push_str("\r\n");
    }
    let mut response = Response::new(Body::from(csv));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    let name = HeaderValue::from_static("attachment; filename=\"claims.csv\"");
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

/// `GET /sale/ledger?after=`: at most 10,000 entries as they are written, for
/// whoever wants to check them. It holds no codes.
async fn ledger(
    Get(state): Get<Arc<State>>,
    Query(Sought { after, .. }): Query<Sought>,
) -> Result<Reply<Value>, Problem> {
    let records = state.shared.store.list_ledger(after, LEDGER_PAGE).await.map_err(|error| {
        tracing::error!("store: {error}");
        Reject::new(Code::Internal, "the ledger could not be read; the log says why")
    })?;
    let rows: Vec<Value> = records
        .into_iter()
        .map(|r| json!({ "seq": r.seq, "entry": r.entry, "hash": r.hash.to_string() }))
        .collect();
    Ok(found(json!({ "ledger": rows })))
}

/// A claim that is used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Used {
    /// Its code, or
    code: Option<String>,
    /// the number of its entry.
    claim: Option<u64>,
    /// The shop's order.
    order: String,
}

/// `POST /sale/redeem`. The same claim and order again has the same answer.
async fn redeem(
    Get(state): Get<Arc<State>>,
    Asked(used): Asked<Used>,
) -> Result<Reply<Value>, Problem> {
    let answer = state
        .sale
        .act(move |sale, now| {
            let claim = used.claim.or_else(|| used.code.and_then(|code| sale.by_code(&code)));
            let unknown = || Reject::new(Code::UnknownClaim, "no claim has this code or number");
            let answer = sale.redeem(now, claim.ok_or_else(unknown)?, &used.order)?;
            Ok(told::claim(sale, &answer))
        })
        .await?;
    Ok(found(json!({ "claim": answer })))
}

/// Something the shop sold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sold {
    /// The shop's number of the order.
    order: String,
    /// Number of the product in the sale.
    product: Option<u32>,
    /// What was bought, if it is not a product of the sale.
    title: Option<String>,
    /// How many.
    #[serde(default = "one")]
    count: u32,
    /// A name to show; nobody's without.
    buyer: Option<String>,
    /// The whole line, in the shop's own words; English ones without.
    text: Option<String>,
}

fn one() -> u32 {
    1
}

/// `POST /sale/orders`: an order notice. The server says it in the room, High;
/// the same order again says nothing more.
async fn ordered(
    Get(state): Get<Arc<State>>,
    Asked(sold): Asked<Sold>,
) -> Result<Reply<Value>, Problem> {
    let Sold { order, product, title, count, buyer, text: said } = sold;
    let said = said.map(|line| text::comment(&line)).transpose()?;
    let buyer = buyer.map(|name| text::nick(&name)).transpose()?;
    // A gift's order has no space.
    let key = format!("notice {order}");
    let told = json!({ "order": order, "product": product, "count": count });
    let (fresh, title) = state
        .sale
        .act(move |sale, now| {
            let known = product.and_then(|number| sale.catalogue().products.get(&number));
            let title = known.map(|product| product.title.clone()).or(title);
            let fresh = sale.note_order(now, &order, product, count)?;
            Ok((fresh, title))
        })
        .await?;
    let what = title.unwrap_or_else(|| "something".to_owned());
    let who = buyer.unwrap_or_else(|| "Somebody".to_owned());
    let times = if count > 1 { format!(" × {count}") } else { String::new() };
    let line = said.unwrap_or_else(|| format!("{who} bought {what}{times}"));
    let text = line.chars().take(text::TEXT_LIMIT).collect();
    let sender = Sender { id: "shop".into(), nick: "Shop".into(), avatar: None, role: Role::Host };
    let from = Origin::Own { sender, source: "shop" };
    // One that a crash cut off after the ledger is said now.
    let notice = settle::say(&state, &key, told, from, Said::Comment { text }).await;
    match notice {
        Err(Reject { code: Code::Settled, .. }) | Ok(_) => {}
        Err(reject) => return Err(reject.into()),
    }
    Ok(found(json!({ "fresh": fresh })))
}

/// The shop's own codes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Imported {
    codes: Vec<String>,
}

/// `PUT /sale/vouchers/ID/codes`.
async fn import(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
    Asked(Imported { codes }): Asked<Imported>,
) -> Result<Reply<Value>, Problem> {
    let codes = Codes::imported(codes)?;
    let count = codes.most();
    state.sale.act(move |sale, _| sale.import(&id, codes)).await?;
    Ok(found(json!({ "codes": count })))
}

/// `GET /sale/draws/ID`: the file with which anybody can do the draw again.
async fn drawn(
    Get(state): Get<Arc<State>>,
    Path(id): Path<String>,
) -> Result<Reply<Draw>, Problem> {
    let offer = OfferId::lottery(&id);
    let records = task::ledger(state.shared.store.as_ref()).await.map_err(|error| {
        tracing::error!("store: {error}");
        Reject::new(Code::Internal, "the ledger could not be read; the log says why")
    })?;
    let seed = records.iter().rev().find_map(|record| {
        let entry: surtitle_core::sale::Entry = serde_json::from_str(&record.entry).ok()?;
        match entry.fact {
            Fact::Drawn { offer: of, seed, .. } if of == offer => Some(seed),
            _ => None,
        }
    });
    let none = || Reject::new(Code::UnknownOffer, format!("no lottery {id:?} was drawn"));
    let seed = seed.ok_or_else(none)?;
    let draw = state
        .sale
        .act(move |sale, _| {
            let none = || Reject::new(Code::UnknownOffer, "this lottery was not drawn");
            let known = sale.books().offer(&offer).ok_or_else(none)?;
            let won = known.drawn.as_ref().ok_or_else(none)?;
            let Thing::Lottery { winners, commitment } = &known.terms.thing else {
                return Err(none());
            };
            let user = |seq: &u64| sale.books().claim(*seq).map(|(_, c)| c.user.to_string());
            Ok(Draw {
                title: known.terms.title.clone(),
                commitment: commitment.clone(),
                seed,
                winners: *winners,
                entrants: known.claims.iter().map(|claim| claim.user.to_string()).collect(),
                drawn: won.iter().filter_map(user).collect(),
            })
        })
        .await?;
    Ok(found(draw))
}
