//! Pairing: an overlay page shows a code, the host confirms it, the page keeps a token.

use crate::ws::conn::Conn;
use std::net::IpAddr;
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_core::wire::PairingInfo;
use surtitle_core::{Code, Millis, Reject};

/// Life of a code in ms: 5 minutes.
const LIFE_MS: u64 = 300_000;
/// A page that was announced must ask within this time, ms.
const EXPECT_MS: u64 = 30_000;
/// Most pages that wait at once.
const BOUND: usize = 20;

#[derive(Debug)]
struct Pairing {
    info: PairingInfo,
    conn: Arc<Conn>,
}

/// Pages that wait for the host. At most [`BOUND`]; more are refused.
#[derive(Debug, Default)]
pub struct Pairings {
    waiting: Vec<Pairing>,
    /// A page that was announced: overlay, machine, until when.
    expected: Option<(String, IpAddr, Millis)>,
}

impl Pairings {
    /// A page asks; `random` picks the code. Asking again gives a new code.
    ///
    /// # Errors
    /// [`Code::Full`] if too many wait.
    pub fn ask(
        &mut self,
        now: Millis,
        random: u32,
        conn: Arc<Conn>,
        overlay: String,
    ) -> Result<PairingInfo, Reject> {
        self.leave(conn.id);
        self.expire(now);
        if self.waiting.len() >= BOUND {
            return Err(Reject::new(
                Code::Full,
                "too many pages wait to be paired; try again later",
            ));
        }
        let mut number = random % 1_000_000;
        while self.waiting.iter().any(|p| p.info.code == format!("{number:06}")) {
            number = (number + 1) % 1_000_000;
        }
        let info = PairingInfo { code: format!("{number:06}"), overlay, until: now.plus(LIFE_MS) };
        self.waiting.push(Pairing { info: info.clone(), conn });
        Ok(info)
    }

    /// The host has just had a page of `peer` opened: it need not show a code.
    pub fn expect(&mut self, now: Millis, overlay: String, peer: IpAddr) {
        self.expected = Some((overlay, peer, now.plus(EXPECT_MS)));
    }

    /// Whether a page that asks is the one that was announced, once.
    pub fn is_expected(&mut self, now: Millis, conn: &Conn, overlay: &str) -> bool {
        let Ok(peer) = conn.stream().peer_addr() else { return false };
        let ours = self.expected.take_if(|(name, from, until)| {
            name == overlay && *from == peer.ip().to_canonical() && *until > now
        });
        ours.is_some()
    }

    /// The host confirms a code: the page and the overlay it asked for.
    ///
    /// # Errors
    /// [`Code::BadCode`] if no page shows it (any more).
    pub fn confirm(&mut self, now: Millis, code: &str) -> Result<(Arc<Conn>, String), Reject> {
        self.expire(now);
        let i = self.waiting.iter().position(|p| p.info.code == code.trim()).ok_or_else(|| {
            Reject::new(Code::BadCode, "no page shows this code; look at the page for a new one")
        })?;
        let Pairing { info, conn } = self.waiting.remove(i);
        Ok((conn, info.overlay))
    }

    /// A connection is gone. Returns whether it waited.
    pub fn leave(&mut self, conn: ConnId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|p| p.conn.id != conn);
        before != self.waiting.len()
    }

    /// Who waits now.
    pub fn list(&self, now: Millis) -> Vec<PairingInfo> {
        self.waiting.iter().map(|p| p.info.clone()).filter(|i| i.until > now).collect()
    }

    fn expire(&mut self, now: Millis) {
        self.waiting.retain(|p| p.info.until > now && !p.conn.is_closed());
    }
}
