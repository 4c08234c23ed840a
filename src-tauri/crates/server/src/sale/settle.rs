//! What a shop has settled, told over REST: gifts, paid comments, red packets.
//!
//! The shop moves the money first, under an order number of its own, and tells
//! us after. The same order again has the answer it had, over restarts too;
//! another content under its number is refused.

use crate::dev::{Answer as Reply, Asked, Problem, found};
use crate::room_task::{Input, SETTLED, Settled};
use crate::state::State;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State as Get};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use surtitle_core::room::Origin;
use surtitle_core::sale::{Packet, Price};
use surtitle_core::wire::Body as Said;
use surtitle_core::{Code, Paid, Reject, Role, Sender, UserId, text};
use tokio::sync::{Mutex, oneshot};

/// Most bytes of a red packet: 10,000 amounts.
const PACKET_LIMIT: usize = 512 * 1024;
/// Orders are told by one at a time of each of so many sets.
const SETS: usize = 64;

/// Keeps the same order from being said twice at once. Held from the look at
/// its record until the record is on disk.
#[derive(Debug)]
pub struct Tills([Mutex<()>; SETS]);

impl Default for Tills {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

/// What is settled, under `/api`.
pub fn router() -> Router<Arc<State>> {
    Router::new()
        .route("/gifts", post(gift))
        .route("/paid", post(paid))
        .route("/packets", post(packet).layer(DefaultBodyLimit::max(PACKET_LIMIT)))
        .route("/settled/{order}", get(look))
}

/// Who gave or paid: their id, as claims and webhooks have it, or somebody
/// unknown; their name, or the one they have in the room.
fn payer(user: Option<&str>, nick: Option<&str>) -> Result<Origin, Reject> {
    let nick = nick.map(text::nick).transpose()?.unwrap_or_default();
    let id = match user {
        Some(user) if is_printed(user) => user.to_owned(),
        Some(_) => return Err(bad("\"user\" must be 1 to 64 printable characters")),
        None if nick.is_empty() => return Err(bad("say who: \"user\" or \"nick\"")),
        None => format!("shop-{:08x}", number(&nick)),
    };
    // Nobody is staff by having paid.
    let sender = Sender { id: UserId(id), nick, avatar: None, role: Role::Viewer };
    Ok(Origin::BackEnd { sender, mutable: false })
}

/// A gift that was paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Gift {
    /// The shop's number of it.
    order: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nick: Option<String>,
    /// Its id in the catalogue.
    gift: String,
    /// How many, 1–9,999.
    #[serde(default = "one")]
    count: u32,
    /// What was paid for all of them; kept in the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    paid: Option<Price>,
}

fn one() -> u32 {
    1
}

/// A comment that was paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    /// The shop's number of it.
    order: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nick: Option<String>,
    /// At most 300 characters; it may have none.
    #[serde(default)]
    text: String,
    /// In the smallest unit of the currency, 1–10^12.
    amount: u64,
    /// ISO 4217.
    currency: String,
}

/// `POST /gifts`.
async fn gift(
    Get(state): Get<Arc<State>>,
    Asked(told): Asked<Gift>,
) -> Result<Reply<Value>, Problem> {
    if let Some(price) = &told.paid {
        price.clone().checked("paid")?;
    }
    let body = Said::Gift { gift: told.gift.clone(), count: told.count };
    let from = payer(told.user.as_deref(), told.nick.as_deref())?;
    Ok(found(say(&state, order(&told.order)?, json!(told), from, body).await?))
}

/// `POST /paid`.
async fn paid(
    Get(state): Get<Arc<State>>,
    Asked(told): Asked<Comment>,
) -> Result<Reply<Value>, Problem> {
    let paid = Paid::new(told.amount, &told.currency)?;
    let text = if told.text.is_empty() { String::new() } else { text::comment(&told.text)? };
    let from = payer(told.user.as_deref(), told.nick.as_deref())?;
    let body = Said::Paid { text, paid };
    Ok(found(say(&state, order(&told.order)?, json!(told), from, body).await?))
}

/// `POST /packets`: a red packet, to be opened share by share.
async fn packet(
    Get(state): Get<Arc<State>>,
    Asked(packet): Asked<Packet>,
) -> Result<Reply<Value>, Problem> {
    let offer = surtitle_core::sale::OfferId::packet(&packet.id);
    let fresh = state.sale.act(move |sale, now| sale.give(now, packet)).await?;
    Ok(found(json!({ "fresh": fresh, "offer": offer })))
}

/// `GET /settled/ORDER`: what was said for an order.
async fn look(
    Get(state): Get<Arc<State>>,
    Path(order): Path<String>,
) -> Result<Reply<Value>, Problem> {
    let none = || Reject::new(Code::UnknownItem, format!("no order {order:?} was told"));
    Ok(found(known(&state, &order).await?.ok_or_else(none)?))
}

/// Says something of the shop's order `key` in the room, once.
///
/// # Errors
/// [`Code::Settled`] if something else was told under it, what the room
/// refuses, or [`Code::Internal`] if the disk does not take it: then it may be
/// told again.
pub async fn say(
    state: &State,
    key: &str,
    told: Value,
    from: Origin,
    body: Said,
) -> Result<Value, Reject> {
    let cid = number(key);
    let _one = state.tills.0[cid as usize % SETS].lock().await;
    if let Some(record) = known(state, key).await? {
        return if record["told"] == told {
            Ok(json!({ "fresh": false, "id": record["id"], "said": record["said"] }))
        } else {
            let message = format!("{key:?} was told with other contents");
            Err(Reject::new(Code::Settled, message))
        };
    }
    let (reply, answer) = oneshot::channel();
    let settled = Settled { key: key.to_owned(), told, from, cid, body, reply };
    state.room.tell(Input::Settled(Box::new(settled))).await;
    let record = answer.await.unwrap_or_else(|_| Err(super::lost()))?;
    Ok(json!({ "fresh": true, "id": record["id"], "said": record["said"] }))
}

async fn known(state: &State, key: &str) -> Result<Option<Value>, Reject> {
    state.shared.store.get_document(SETTLED, key).await.map_err(|error| {
        tracing::error!("store: {error}");
        Reject::new(Code::Internal, "the order could not be looked up; the log says why")
    })
}

fn order(order: &str) -> Result<&str, Reject> {
    if is_printed(order) {
        return Ok(order);
    }
    Err(bad("\"order\" must be 1 to 64 printable characters"))
}

/// A number for a text.
fn number(text: &str) -> u32 {
    let digest = Sha256::digest(text.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

fn is_printed(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

fn bad(message: &str) -> Reject {
    Reject::new(Code::BadValue, message)
}
