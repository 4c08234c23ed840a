//! The room's side of the sale: who may ask, and comments that are claims.

use super::RoomTask;
use super::speech::{Speech, Waits};
use crate::frames;
use crate::sale::{Ask, SaleLink, To};
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::room::Origin;
use surtitle_core::sale::OfferId;
use surtitle_core::wire::SaleAsk;
use surtitle_core::{Code, Event, EventKind, Millis, Reject, Role};
use surtitle_tim::item::{self, Spoken};
use surtitle_tim::{body, map};

/// The sale of a room, if it has one.
#[derive(Debug, Default)]
pub struct Shop {
    link: Option<SaleLink>,
    shelf: Option<Bytes>,
}

impl Shop {
    /// There is a sale from now on.
    pub fn open(&mut self, link: SaleLink) {
        self.link = Some(link);
    }

    /// What is for sale, for who comes in.
    pub fn shelf(&self) -> Option<&Bytes> {
        self.shelf.as_ref()
    }
}

impl RoomTask {
    /// A member asks something of the sale.
    pub(super) async fn sell(&mut self, conn: Arc<Conn>, cid: u32, ask: SaleAsk) {
        let who = match self.room.member(conn.id) {
            Ok(who) => who.clone(),
            Err(reject) => return self.no(&conn, cid, &reject),
        };
        let ask = match ask {
            SaleAsk::Claim { offer } => {
                Ask::Claim { to: To::Page(Arc::clone(&conn)), who, cid, offer }
            }
            SaleAsk::Wallet => Ask::Wallet { to: To::Page(Arc::clone(&conn)), who, cid },
            _ => {
                let reject = Reject::new(Code::UnknownFrame, "the sale does not know this");
                return self.no(&conn, cid, &reject);
            }
        };
        match &self.shop.link {
            Some(link) => link.tell(ask).await,
            None => {
                let reject = Reject::new(Code::UnknownOffer, "nothing is for sale in this room");
                self.no(&conn, cid, &reject);
            }
        }
    }

    fn no(&self, conn: &Arc<Conn>, cid: u32, reject: &Reject) {
        self.metrics.refuse(reject.code);
        conn.push(&frames::encode_reject(reject, Some(cid)), Level::Message);
    }

    /// Lets the sale hear a comment, which may be a claim. Of a comment that is
    /// sent again it hears again: the claim is known by its number.
    pub(super) async fn overhear(&self, event: &Event, waits: &Waits) {
        let Some(link) = self.shop.link.as_ref().filter(|link| link.is_listening()) else { return };
        let (EventKind::Comment { text, .. }, Some(who)) = (&event.kind, &event.from) else {
            return;
        };
        // The host who says what to write has not written it.
        if who.role > Role::Viewer {
            return;
        }
        let to = match waits {
            Waits::Page(conn) => To::Page(Arc::clone(conn)),
            Waits::Sdk(_) => To::Account,
        };
        let (cid, text) = (event.cid.unwrap_or_default(), text.clone());
        link.tell(Ask::Heard { to, who: who.clone(), cid, text }).await;
    }

    /// What a member's SDK asks of the sale with this message, which then goes
    /// to nobody else.
    pub(super) fn sdk_asks(&self, speech: &Speech) -> Option<map::SaleAsk> {
        let spoken = speech.spoken.as_ref()?;
        let is_here = matches!(speech.from, Origin::App(_)) && self.shop.link.is_some();
        // A body is read once before this already; only one that may ask is read again.
        let may_ask = is_here && spoken.body.get().contains(map::SALE);
        may_ask.then(|| body::read(&spoken.body, "").ok())?.and_then(|body| map::sale(&body))
    }

    /// Passes it on. One that is sent again has the answer it had.
    pub(super) async fn sell_sdk(&self, event: &Event, ask: map::SaleAsk) {
        let (Some(link), Some(who)) = (&self.shop.link, event.from.clone()) else { return };
        let (to, cid) = (To::Account, event.cid.unwrap_or_default());
        link.tell(match ask {
            map::SaleAsk::Claim { offer } => Ask::Claim { to, who, cid, offer: OfferId(offer) },
            map::SaleAsk::Wallet => Ask::Wallet { to, who, cid },
            map::SaleAsk::Shelf => Ask::Shelf { who },
        })
        .await;
    }

    /// Tells SDKs of the sale, in the name of the app's first admin.
    pub(super) fn show_cards(&mut self, now: Millis, cards: Vec<(String, bool)>) {
        for (data, passing) in cards {
            let spoken = Spoken {
                account: self.link.admin(),
                nick: String::new(),
                face: String::new(),
                // Part of a message's id: another for each.
                random: u32::try_from(self.relay.last() & 0x7fff_ffff).unwrap_or_default(),
                client_time: now.0 / 1_000,
                priority: "High".to_owned(),
                cloud: String::new(),
                body: item::custom(&data),
            };
            self.relay.announce(now, &spoken, passing);
        }
        self.reserve();
    }

    /// Something has moved on the shelf.
    pub(super) fn stock(&mut self, fan: &Bytes, shelf: Bytes) {
        self.hub.fan_out(fan, Level::Message);
        self.shop.shelf = Some(shelf);
    }
}
