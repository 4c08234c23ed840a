//! The room's side of the sale: who may ask, and comments that are claims.

use super::RoomTask;
use super::speech::Waits;
use crate::frames;
use crate::sale::{Ask, SaleLink};
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::wire::SaleAsk;
use surtitle_core::{Code, Event, EventKind, Reject, Role};

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
            SaleAsk::Claim { offer } => Ask::Claim { conn: Arc::clone(&conn), who, cid, offer },
            SaleAsk::Wallet => Ask::Wallet { conn: Arc::clone(&conn), who, cid },
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
        let conn = match waits {
            Waits::Page(conn) => Some(Arc::clone(conn)),
            Waits::Sdk(_) => None,
        };
        let (cid, text) = (event.cid.unwrap_or_default(), text.clone());
        link.tell(Ask::Heard { conn, who: who.clone(), cid, text }).await;
    }

    /// Something has moved on the shelf.
    pub(super) fn stock(&mut self, fan: &Bytes, shelf: Bytes) {
        self.hub.fan_out(fan, Level::Message);
        self.shop.shelf = Some(shelf);
    }
}
