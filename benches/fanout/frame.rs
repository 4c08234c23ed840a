//! The little of RFC 6455 a load generator needs, and the messages themselves.

use serde::Deserialize;

/// A masked text frame with a mask of zeros: the bytes go as they are.
pub fn masked(text: &str) -> Vec<u8> {
    let mut out = header(text.len(), 0x80);
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(text.as_bytes());
    out
}

/// An unmasked text frame, as servers send it.
pub fn plain(text: &str) -> Vec<u8> {
    let mut out = header(text.len(), 0);
    out.extend_from_slice(text.as_bytes());
    out
}

fn header(length: usize, mask: u8) -> Vec<u8> {
    if length < 126 {
        return vec![0x81, mask | length as u8];
    }
    let length = u16::try_from(length).expect("messages of this benchmark are short");
    let [high, low] = length.to_be_bytes();
    vec![0x81, mask | 126, high, low]
}

/// The opcode of a close frame.
pub const CLOSE: u8 = 8;

/// Opcode and payload of the first whole frame in `bytes`, and what follows it.
pub fn split(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let opcode = bytes.first()? & 0x0f;
    let short = usize::from(bytes.get(1)? & 0x7f);
    let (start, length) = match short {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => {
            let long = u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?);
            (10, usize::try_from(long).ok()?)
        }
        n => (2, n),
    };
    let payload = bytes.get(start..start + length)?;
    Some((opcode, payload, &bytes[start + length..]))
}

/// A message of `bytes` bytes for servers that pass on what they get: the
/// JSON of an event, with its number in the same place.
pub fn message(cid: u32, bytes: usize) -> String {
    let start = format!(
        r#"{{"id":"3f2a91c7-{cid}","at":1700000000000,"source":"room","from":{{"id":"u-000000000000","nick":"ann","role":"viewer"}},"cid":{cid},"priority":"normal","kind":"comment","text":""#
    );
    let text = "x".repeat(bytes.saturating_sub(start.len() + 2).max(1));
    format!("{start}{text}\"}}")
}

/// What a subscriber looks at in an event.
#[derive(Debug, Deserialize)]
pub struct Event {
    /// The publisher's number for it; other events have none.
    pub cid: Option<u32>,
}

/// What a subscriber looks at in a frame of this server.
#[derive(Debug, Deserialize)]
pub struct Frame<'a> {
    /// Its type.
    pub t: &'a str,
    /// The events of a batch.
    #[serde(default)]
    pub events: Vec<Event>,
}

/// Parses the payload of any server here; each event in it is one message.
pub fn parse(payload: &[u8]) -> serde_json::Result<Frame<'_>> {
    if payload.starts_with(b"[") {
        return Ok(Frame { t: "batch", events: serde_json::from_slice(payload)? });
    }
    if payload.starts_with(br#"{"t":"#) {
        return serde_json::from_slice(payload);
    }
    Ok(Frame { t: "batch", events: vec![serde_json::from_slice(payload)?] })
}

/// Size of the one event in a batch, as JSON.
pub fn event_bytes(payload: &[u8]) -> usize {
    let mark = br#""events":["#;
    let start = payload.windows(mark.len()).position(|w| w == mark);
    start.map_or(payload.len(), |at| payload.len() - at - mark.len() - "]}".len())
}
