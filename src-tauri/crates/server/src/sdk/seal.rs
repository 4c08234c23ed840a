//! What SDK clients keep for us, signed: so a restarted server, which
//! remembers none of them, still knows them.
//!
//! An `A2Key` is what a login gives; a `Key` is a place in a room
//! from which somebody polls.
//! Both are `payload.mac` in base64, with HMAC-SHA256 over kind and payload.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use surtitle_core::Millis;

/// Longest text worth looking at, in bytes.
const LIMIT: usize = 512;

/// Who logged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct A2 {
    /// UserID.
    #[serde(rename = "u")]
    pub account: String,
    /// SDKAppID.
    #[serde(rename = "a")]
    pub app: u32,
    /// When the usersig it was had for runs out, in seconds since 1970.
    #[serde(rename = "x")]
    pub expires: u64,
    /// Random; names this login.
    #[serde(rename = "i")]
    pub id: u64,
    /// When the usersig was made, in seconds since 1970.
    #[serde(rename = "t", default)]
    pub time: u64,
    /// When it logged in, in ms since 1970.
    #[serde(rename = "l", default)]
    pub since: Millis,
}

/// Where somebody who polls began to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollKey {
    /// SDKAppID.
    #[serde(rename = "a")]
    pub app: u32,
    /// GroupId.
    #[serde(rename = "g")]
    pub room: String,
    /// Number of the last message before.
    #[serde(rename = "s")]
    pub seq: u64,
    /// Random; tells guests apart who have no socket.
    #[serde(rename = "i", default)]
    pub id: u64,
}

/// What may be sealed, told apart so that one never passes for another.
pub trait Sealed: Serialize + DeserializeOwned {
    /// Its name under the mac.
    const KIND: &'static str;
}

impl Sealed for A2 {
    const KIND: &'static str = "a2";
}

impl Sealed for PollKey {
    const KIND: &'static str = "poll";
}

/// Signs and verifies.
pub struct Seal {
    key: Vec<u8>,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    /// Signs with `key`.
    pub fn new(key: &[u8]) -> Self {
        Self { key: key.to_vec() }
    }

    /// The text a client keeps.
    pub fn close<T: Sealed>(&self, what: &T) -> String {
        let json = serde_json::to_vec(what).expect("plain strings and numbers serialise");
        let payload = B64.encode(json);
        let mac = B64.encode(self.mac(T::KIND, &payload).finalize().into_bytes());
        format!("{payload}.{mac}")
    }

    /// What a client kept, if it is ours and unchanged.
    pub fn open<T: Sealed>(&self, text: &str) -> Option<T> {
        let (payload, mac) = text.split_once('.').filter(|_| text.len() <= LIMIT)?;
        self.mac(T::KIND, payload).verify_slice(&B64.decode(mac).ok()?).ok()?;
        serde_json::from_slice(&B64.decode(payload).ok()?).ok()
    }

    fn mac(&self, kind: &str, payload: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(b"sdk ");
        mac.update(kind.as_bytes());
        mac.update(b" ");
        mac.update(payload.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_sealed_as_that_kind_opens() {
        let seal = Seal::new(b"key");
        let a2 = A2 {
            account: "alice".into(),
            app: 1,
            expires: 9,
            id: u64::MAX,
            time: 1,
            since: Millis(2),
        };
        let text = seal.close(&a2);
        assert_eq!(seal.open(&text), Some(a2));
        assert_eq!(seal.open::<PollKey>(&text), None);
        assert_eq!(Seal::new(b"other").open::<A2>(&text), None);
        for i in 0..text.len() - 1 {
            let mut bytes = text.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).expect("ASCII");
            assert!(changed == text || seal.open::<A2>(&changed).is_none(), "character {i}");
        }
    }
}
