//! Tokens: who a connection is.
//!
//! Host, helper and display tokens are 32 random bytes; the server knows their
//! SHA-256 only. A viewer token is signed: it carries id, name and expiry, so
//! that any number of viewers cost no memory. No token is ever logged.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use surtitle_core::{Code, Millis, Reject, Role, Sender, UserId};
use surtitle_store::{TokenHash, TokenRecord};

/// Life of a viewer token in ms: 30 days.
const VIEWER_LIFE_MS: u64 = 30 * 24 * 3_600_000;
/// Longest token worth looking at, in bytes.
const TOKEN_LIMIT: usize = 1_024;

/// What a token makes of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Host or helper, with the name they speak under.
    Staff(Sender),
    /// An overlay page of this name.
    Display(String),
    /// A named viewer.
    Viewer(Sender),
}

impl Identity {
    /// Their role.
    pub fn role(&self) -> Role {
        match self {
            Self::Staff(sender) | Self::Viewer(sender) => sender.role,
            Self::Display(_) => Role::Display,
        }
    }

    /// Who speaks, if they may speak at all.
    pub fn sender(&self) -> Option<&Sender> {
        match self {
            Self::Staff(sender) | Self::Viewer(sender) => Some(sender),
            Self::Display(_) => None,
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Claims {
    u: UserId,
    n: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    a: Option<String>,
    /// Unix ms.
    x: u64,
}

/// Every token this server accepts.
pub struct Tokens {
    key: Vec<u8>,
    /// Guards the known hashes; held for one look-up.
    known: Mutex<HashMap<TokenHash, (Role, String)>>,
    host_name: String,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

/// SHA-256 of a token.
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// A new random token, 43 characters.
///
/// # Errors
/// [`Code::Internal`] if the system has no randomness.
pub fn random_token() -> Result<String, Reject> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Reject::new(Code::Internal, "the system gives no random bytes"))?;
    Ok(B64.encode(bytes))
}

impl Tokens {
    /// Accepts viewer tokens signed with `key`, and no others yet.
    pub fn new(key: Vec<u8>, host_name: String) -> Self {
        Self { key, known: Mutex::default(), host_name }
    }

    /// Accepts a token from now on.
    pub fn accept(&self, record: &TokenRecord) {
        self.lock().insert(record.hash, (record.role, record.name.clone()));
    }

    /// Withdraws every display token of an overlay.
    pub fn withdraw(&self, overlay: &str) {
        self.lock().retain(|_, (role, name)| *role != Role::Display || name != overlay);
    }

    /// Forgets one token.
    pub fn forget(&self, hash: &TokenHash) {
        self.lock().remove(hash);
    }

    /// How many display tokens an overlay has.
    pub fn paired(&self, overlay: &str) -> u32 {
        let known = self.lock();
        let n = known.values().filter(|(r, name)| *r == Role::Display && name == overlay).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    }

    /// Names of overlays that have a display token.
    pub fn overlays(&self) -> Vec<String> {
        let known = self.lock();
        let mut names: Vec<String> = known
            .values()
            .filter(|(role, _)| *role == Role::Display)
            .map(|(_, name)| name.clone())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// [`Code::BadToken`] or [`Code::OldToken`].
    pub fn check(&self, now: Millis, token: &str) -> Result<Identity, Reject> {
        let bad =
            || Reject::new(Code::BadToken, "the token is not one of this server; get a new one");
        if token.len() > TOKEN_LIMIT {
            return Err(bad());
        }
        if let Some((claims, mac)) = token.strip_prefix("v1.").and_then(|t| t.split_once('.')) {
            let mac = B64.decode(mac).map_err(|_| bad())?;
            self.mac(claims.as_bytes()).verify_slice(&mac).map_err(|_| bad())?;
            let claims: Claims = B64
                .decode(claims)
                .ok()
                .and_then(|json| serde_json::from_slice(&json).ok())
                .ok_or_else(bad)?;
            if claims.x <= now.0 {
                return Err(Reject::new(
                    Code::OldToken,
                    "the token has run out; take a name again",
                ));
            }
            let Claims { u: id, n: nick, a: avatar, .. } = claims;
            return Ok(Identity::Viewer(Sender { id, nick, avatar, role: Role::Viewer }));
        }
        let (role, name) = self.lock().get(&hash(token)).cloned().ok_or_else(bad)?;
        Ok(match role {
            Role::Display => Identity::Display(name),
            Role::Host => Identity::Staff(self.host()),
            role => Identity::Staff(Sender {
                id: "helper".into(),
                nick: "Helper".into(),
                avatar: None,
                role,
            }),
        })
    }

    /// The host, as the room sees them.
    pub fn host(&self) -> Sender {
        Sender { id: "host".into(), nick: self.host_name.clone(), avatar: None, role: Role::Host }
    }

    /// Signs a viewer's identity for 30 days.
    pub fn sign(&self, now: Millis, who: &Sender) -> String {
        let claims = Claims {
            u: who.id.clone(),
            n: who.nick.clone(),
            a: who.avatar.clone(),
            x: now.plus(VIEWER_LIFE_MS).0,
        };
        let json = serde_json::to_vec(&claims).expect("plain strings and a number serialise");
        let body = B64.encode(json);
        let mac = B64.encode(self.mac(body.as_bytes()).finalize().into_bytes());
        format!("v1.{body}.{mac}")
    }

    fn mac(&self, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::new_from_slice(&self.key).expect("HMAC takes a key of any length");
        mac.update(body);
        mac
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<TokenHash, (Role, String)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A new viewer id: `u-` and 12 characters.
///
/// # Errors
/// [`Code::Internal`] if the system has no randomness.
pub fn new_user() -> Result<UserId, Reject> {
    Ok(UserId(format!("u-{}", &random_token()?[..12])))
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Millis = Millis(1_700_000_000_000);

    fn viewer() -> Sender {
        Sender { id: "u-1".into(), nick: "名前".into(), avatar: None, role: Role::Viewer }
    }

    #[test]
    fn signed_viewer_token_reads_back_until_it_runs_out() {
        let tokens = Tokens::new(vec![1; 32], "Host".into());
        let token = tokens.sign(T, &viewer());
        assert_eq!(tokens.check(T, &token), Ok(Identity::Viewer(viewer())));
        let late = T.plus(VIEWER_LIFE_MS);
        assert_eq!(tokens.check(late, &token).map_err(|r| r.code), Err(Code::OldToken));
    }

    #[test]
    fn any_changed_character_is_refused() {
        let tokens = Tokens::new(vec![1; 32], "Host".into());
        let token = tokens.sign(T, &viewer());
        for i in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).expect("ascii");
            // The last character of a base64 group may carry unused bits.
            if changed != token && tokens.check(T, &changed).is_ok() {
                panic!("character {i} did not matter");
            }
        }
        let other = Tokens::new(vec![2; 32], "Host".into());
        assert_eq!(other.check(T, &token).map_err(|r| r.code), Err(Code::BadToken));
    }

    #[test]
    fn withdrawn_display_is_a_stranger() {
        let tokens = Tokens::new(vec![1; 32], "Host".into());
        let record = TokenRecord {
            hash: hash("t"),
            role: Role::Display,
            name: "main".into(),
            created_at: T,
        };
        tokens.accept(&record);
        assert_eq!(tokens.check(T, "t"), Ok(Identity::Display("main".into())));
        assert_eq!(tokens.paired("main"), 1);
        tokens.withdraw("main");
        assert_eq!(tokens.check(T, "t").map_err(|r| r.code), Err(Code::BadToken));
    }
}
