//! UserSig: the signed text a user of an app logs in with (seed, step 5; the
//! vendor's TLSSigAPIv2).
//!
//! It is a JSON object, zlib-compressed, in base64 with `*-_` for `+/=`:
//!
//! ```text
//! {"TLS.ver":"2.0","TLS.identifier":"alice","TLS.sdkappid":1400000001,
//!  "TLS.time":1700000000,"TLS.expire":86400,"TLS.sig":"gw/6NH2g…="}
//! ```
//!
//! `TLS.sig` is the base64 of an HMAC-SHA256 over four lines, or five with a
//! `TLS.userbuf`, each ended by a line feed, in this order whatever the order
//! of the members:
//!
//! ```text
//! TLS.identifier:alice
//! TLS.sdkappid:1400000001
//! TLS.time:1700000000
//! TLS.expire:86400
//! ```
//!
//! The key is the app's secret as text; it is not decoded, even if it looks
//! like hexadecimal. The older elliptic-curve signatures are not accepted.

use base64::{
    Engine,
    alphabet::{Alphabet, Symbol},
    engine::general_purpose::{GeneralPurpose, PAD, STANDARD},
};
use hmac::{Hmac, KeyInit, Mac};
use miniz_oxide::{
    deflate::{CompressionLevel, compress_to_vec_zlib},
    inflate::{
        TINFLStatus,
        core::{DecompressorOxide, decompress, inflate_flags},
    },
};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::borrow::Cow;

/// Seconds a signature lives unless its maker says otherwise: 180 days.
pub const LIFE: u64 = 180 * 24 * 60 * 60;
/// Longest signature read, in bytes; a usual one has 200.
pub const TEXT_LIMIT: usize = 4 * 1024;
/// Longest JSON in it, in bytes: what a few bytes may inflate to.
pub const JSON_LIMIT: usize = 4 * 1024;
/// Most deflate blocks in it. Most compressors make one of so short a text,
/// some end with an empty one. Each costs the building of code tables but
/// takes only ten bits: without a limit, four kilobytes cost 700 times as much
/// as a usual signature (`make bench-usersig`).
pub const BLOCK_LIMIT: usize = 4;

/// What a signature says, and vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// UserID; has no control characters.
    pub user: String,
    /// SDKAppID.
    pub app: u32,
    /// When it was made, in seconds since 1970-01-01 UTC.
    pub time: u64,
    /// Seconds it lives, from `time`.
    pub life: u64,
    /// What the maker added; the vendor's rooms for calls use it.
    pub userbuf: Option<Vec<u8>>,
}

/// What a signature must say to be accepted.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// Who logs in.
    pub user: &'a str,
    /// SDKAppID of this app.
    pub app: u32,
    /// Now, in seconds since 1970-01-01 UTC.
    pub now: u64,
    /// Signatures made before this second were withdrawn; 0 for none. A kick
    /// at second `s` sets it to `s + 1`.
    pub not_before: u64,
}

/// Why a signature was not accepted; [`Reject::code`] is the vendor's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Reject {
    /// It has run out.
    #[error("usersig has expired; sign a new one")]
    Expired,
    /// It was withdrawn by a kick. The vendor publishes no number for it; it
    /// has that of [`Reject::Expired`], which makes an SDK ask for a new one.
    #[error("usersig was withdrawn by a kick; sign a new one")]
    Withdrawn,
    /// There is none.
    #[error("usersig is empty")]
    Empty,
    /// Not base64 of zlib, or over a limit.
    #[error("usersig is damaged or cut off; pass it on as it was made")]
    Damaged,
    /// Not a JSON object with the members of version 2.0.
    #[error("usersig is not of TLSSigAPIv2; sign it with that")]
    Version,
    /// The HMAC is not of these claims under this key.
    #[error("usersig does not verify; sign it with the secret key of this app")]
    Key,
    /// For another user.
    #[error("usersig is for another user; sign one for this UserID")]
    User,
    /// For another app.
    #[error("usersig is for another app; sign one for this SDKAppID")]
    App,
    /// The app has no secret key, so nothing can be verified.
    #[error("the app has no secret key; give it one")]
    NoKey,
}

impl Reject {
    /// The vendor's ErrorCode.
    pub fn code(self) -> u32 {
        match self {
            Self::Expired | Self::Withdrawn => 70001,
            Self::Empty => 70002,
            Self::Damaged => 70003,
            Self::Version => 70005,
            Self::Key => 70009,
            Self::User => 70013,
            Self::App => 70014,
            Self::NoKey => 70016,
        }
    }
}

/// The JSON object. Members may come in any order; unknown ones are not read.
#[derive(Serialize, Deserialize)]
struct Document<'a> {
    #[serde(rename = "TLS.ver", borrow)]
    version: Cow<'a, str>,
    #[serde(rename = "TLS.identifier", borrow)]
    user: Cow<'a, str>,
    #[serde(rename = "TLS.sdkappid")]
    app: u32,
    #[serde(rename = "TLS.time")]
    time: u64,
    #[serde(rename = "TLS.expire")]
    life: u64,
    #[serde(rename = "TLS.userbuf", borrow, default, skip_serializing_if = "Option::is_none")]
    userbuf: Option<Cow<'a, str>>,
    #[serde(rename = "TLS.sig", borrow)]
    sig: Cow<'a, str>,
}

impl Document<'_> {
    /// The HMAC of the claims under `key`, to be finished or compared.
    fn mac(&self, key: &str) -> Hmac<Sha256> {
        let mut text = format!(
            "TLS.identifier:{}\nTLS.sdkappid:{}\nTLS.time:{}\nTLS.expire:{}\n",
            self.user, self.app, self.time, self.life
        );
        if let Some(userbuf) = &self.userbuf {
            text.push_str("TLS.userbuf:");
            text.push_str(userbuf);
            text.push('\n');
        }
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes())
            .expect("HMAC takes keys of any length");
        mac.update(text.as_bytes());
        mac
    }
}

/// Signs `claims` with the secret key of the app.
///
/// `claims.user` must have no control characters: [`verify`] refuses them,
/// since a line feed would let one user's lines pass for another's.
pub fn sign(key: &str, claims: &Claims) -> String {
    let mut document = Document {
        version: "2.0".into(),
        user: claims.user.as_str().into(),
        app: claims.app,
        time: claims.time,
        life: claims.life,
        userbuf: claims.userbuf.as_ref().map(|bytes| STANDARD.encode(bytes).into()),
        sig: "".into(),
    };
    document.sig = STANDARD.encode(document.mac(key).finalize().into_bytes()).into();
    let json = serde_json::to_vec(&document).expect("strings and numbers serialise");
    let level = CompressionLevel::DefaultLevel as u8;
    ESCAPED.encode(compress_to_vec_zlib(&json, level))
}

/// Reads a signature and returns what it vouches for, if that is what is
/// `expected`.
///
/// Time is looked at last, so that [`Reject::Expired`] is only ever said of a
/// signature that was once good.
pub fn verify(key: &str, usersig: &str, expected: &Expected<'_>) -> Result<Claims, Reject> {
    if key.is_empty() {
        return Err(Reject::NoKey);
    }
    let json = inflate(usersig)?;
    let text = str::from_utf8(&json).map_err(|_| Reject::Version)?;
    let document: Document<'_> = serde_json::from_str(text).map_err(|_| Reject::Version)?;
    if document.version != "2.0" || document.user.chars().any(char::is_control) {
        return Err(Reject::Version);
    }
    if document.app != expected.app {
        return Err(Reject::App);
    }
    if document.user != expected.user {
        return Err(Reject::User);
    }
    let sig = STANDARD.decode(document.sig.as_bytes()).map_err(|_| Reject::Key)?;
    // Compares in constant time.
    document.mac(key).verify_slice(&sig).map_err(|_| Reject::Key)?;
    let userbuf = document.userbuf.as_ref().map(|text| STANDARD.decode(text.as_bytes()));
    let userbuf = userbuf.transpose().map_err(|_| Reject::Version)?;
    if document.time < expected.not_before {
        return Err(Reject::Withdrawn);
    }
    if document.time.saturating_add(document.life) <= expected.now {
        return Err(Reject::Expired);
    }
    Ok(Claims {
        user: document.user.into_owned(),
        app: document.app,
        time: document.time,
        life: document.life,
        userbuf,
    })
}

/// base64 whose `+`, `/` and `=` are `*`, `-` and `_`. Not the URL-safe base64 of RFC 4648.
const ESCAPED: GeneralPurpose = GeneralPurpose::new(&ESCAPED_ALPHABET, PAD);

const ESCAPED_ALPHABET: Alphabet = match Alphabet::new_with_padding(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-",
    Symbol::new(b'_').expect("is printable"),
) {
    Ok(alphabet) => alphabet,
    Err(_) => panic!("has 64 characters"),
};

/// The JSON of a signature, at most [`JSON_LIMIT`] bytes in [`BLOCK_LIMIT`] blocks.
fn inflate(usersig: &str) -> Result<Vec<u8>, Reject> {
    use inflate_flags::{
        TINFL_FLAG_PARSE_ZLIB_HEADER as ZLIB, TINFL_FLAG_STOP_ON_BLOCK_BOUNDARY as BY_BLOCKS,
        TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF as ONE_PIECE,
    };
    if usersig.is_empty() {
        return Err(Reject::Empty);
    }
    if usersig.len() > TEXT_LIMIT {
        return Err(Reject::Damaged);
    }
    let compressed = ESCAPED.decode(usersig).map_err(|_| Reject::Damaged)?;
    let mut zlib = DecompressorOxide::new();
    // Never grows: what does not fit is not inflated.
    let mut json = vec![0; JSON_LIMIT];
    let (mut read, mut written) = (0, 0);
    for _ in 0..BLOCK_LIMIT {
        let flags = ZLIB | BY_BLOCKS | ONE_PIECE;
        let (status, more_read, more_written) =
            decompress(&mut zlib, &compressed[read..], &mut json, written, flags);
        read += more_read;
        written += more_written;
        match status {
            TINFLStatus::BlockBoundary => {}
            TINFLStatus::Done if read == compressed.len() => {
                json.truncate(written);
                return Ok(json);
            }
            _ => break,
        }
    }
    Err(Reject::Damaged)
}
