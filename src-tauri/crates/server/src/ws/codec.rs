//! The read side of RFC 6455 and the headers of the write side.
//!
//! Our own because of memory: an idle connection keeps no buffer here, where
//! a general codec keeps kilobytes; the write side must hand one encoded
//! frame to every socket, which codecs that own their sink cannot.

use surtitle_core::wire::{Close, FRAME_LIMIT};

/// A whole message, or a control frame, from a client.
#[derive(Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A text message.
    Text(String),
    /// To be answered by a pong with the same bytes.
    Ping(Vec<u8>),
    /// An unasked pong; proves life.
    Pong,
    /// The client closes; its code, if it gave one.
    Close(Option<u16>),
}

/// Parses the masked frames of one client. Keeps bytes only between a frame's
/// first and last; at most `limit` payload bytes.
#[derive(Debug)]
pub struct Codec {
    pending: Vec<u8>,
    message: Option<Vec<u8>>,
    limit: usize,
    binary: bool,
}

impl Default for Codec {
    /// The native protocol's: [`FRAME_LIMIT`], text only.
    fn default() -> Self {
        Self::new(FRAME_LIMIT, false)
    }
}

struct Header {
    fin: bool,
    opcode: u8,
    mask: [u8; 4],
    length: usize,
    size: usize,
}

impl Codec {
    /// Takes messages of at most `limit` bytes; `binary` ones too, if they are UTF-8.
    pub fn new(limit: usize, binary: bool) -> Self {
        Self { pending: Vec::new(), message: None, limit, binary }
    }

    /// Feeds bytes as they came and calls `each` for every whole message.
    ///
    /// # Errors
    /// The close that ends the connection, if a rule is broken.
    pub fn feed(&mut self, bytes: &[u8], mut each: impl FnMut(Incoming)) -> Result<(), Close> {
        let mut held = std::mem::take(&mut self.pending);
        let mut rest: &[u8] = if held.is_empty() {
            bytes
        } else {
            held.extend_from_slice(bytes);
            &held
        };
        while let Some(header) = self.header(rest)? {
            let end = header.size + header.length;
            if rest.len() < end {
                break;
            }
            let mut payload = rest[header.size..end].to_vec();
            for (i, byte) in payload.iter_mut().enumerate() {
                *byte ^= header.mask[i % 4];
            }
            rest = &rest[end..];
            if let Some(incoming) = self.frame(&header, payload)? {
                each(incoming);
            }
        }
        self.pending = rest.to_vec();
        Ok(())
    }

    fn header(&self, bytes: &[u8]) -> Result<Option<Header>, Close> {
        let [first, second, ..] = *bytes else { return Ok(None) };
        let opcode = first & 0x0f;
        if first & 0x70 != 0 || second & 0x80 == 0 || !matches!(opcode, 0..=2 | 8..=10) {
            return Err(Close::Protocol);
        }
        let short = usize::from(second & 0x7f);
        let extra = match short {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let size = 2 + extra + 4;
        if bytes.len() < size {
            // A declared length over the limit is refused before its bytes come.
            return Ok(None);
        }
        let length = match extra {
            0 => short as u64,
            _ => bytes[2..2 + extra].iter().fold(0, |n, b| n << 8 | u64::from(*b)),
        };
        if opcode >= 8 && (length > 125 || first & 0x80 == 0) {
            return Err(Close::Protocol);
        }
        let length = usize::try_from(length).map_err(|_| Close::TooBig)?;
        if length > self.limit {
            return Err(Close::TooBig);
        }
        let mut mask = [0; 4];
        mask.copy_from_slice(&bytes[2 + extra..size]);
        Ok(Some(Header { fin: first & 0x80 != 0, opcode, mask, length, size }))
    }

    fn frame(&mut self, header: &Header, payload: Vec<u8>) -> Result<Option<Incoming>, Close> {
        match header.opcode {
            8 => {
                let code = payload.get(..2).map(|c| u16::from_be_bytes([c[0], c[1]]));
                Ok(Some(Incoming::Close(code)))
            }
            9 => Ok(Some(Incoming::Ping(payload))),
            10 => Ok(Some(Incoming::Pong)),
            2 if !self.binary => Err(Close::Binary),
            opcode => {
                let whole = match (opcode, self.message.take()) {
                    (1 | 2, None) => payload,
                    (0, Some(mut start)) => {
                        start.extend_from_slice(&payload);
                        start
                    }
                    _ => return Err(Close::Protocol),
                };
                if whole.len() > self.limit {
                    return Err(Close::TooBig);
                }
                if !header.fin {
                    self.message = Some(whole);
                    return Ok(None);
                }
                String::from_utf8(whole)
                    .map(|t| Some(Incoming::Text(t)))
                    .map_err(|_| Close::NotUtf8)
            }
        }
    }
}

/// One unmasked, unfragmented frame: header and payload in one piece.
pub fn encode(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(payload.len() + 10);
    out.push(0x80 | opcode);
    match payload.len() {
        n @ 0..=125 => out.push(n as u8),
        n @ 126..=0xffff => {
            out.push(126);
            out.extend_from_slice(&(n as u16).to_be_bytes());
        }
        n => {
            out.push(127);
            out.extend_from_slice(&(n as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(payload);
    out
}

/// A close frame with its code and reason.
pub fn encode_close(close: Close) -> Vec<u8> {
    let mut payload = close.code().to_be_bytes().to_vec();
    payload.extend_from_slice(close.reason().as_bytes());
    encode(8, &payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
        let mask = [1, 2, 3, 4];
        let mut out = vec![first];
        match payload.len() {
            n @ 0..=125 => out.push(0x80 | n as u8),
            n => {
                out.push(0x80 | 126);
                out.extend_from_slice(&(n as u16).to_be_bytes());
            }
        }
        out.extend_from_slice(&mask);
        out.extend(payload.iter().enumerate().map(|(i, b)| b ^ mask[i % 4]));
        out
    }

    fn feed(codec: &mut Codec, bytes: &[u8]) -> (Vec<Incoming>, Result<(), Close>) {
        let mut got = Vec::new();
        let end = codec.feed(bytes, |i| got.push(i));
        (got, end)
    }

    #[test]
    fn messages_are_the_same_however_the_bytes_are_cut() {
        let mut bytes = masked(0x81, "héllo".as_bytes());
        bytes.extend(masked(0x01, b"ab"));
        bytes.extend(masked(0x89, b"p"));
        bytes.extend(masked(0x80, b"cd"));
        bytes.extend(masked(0x81, &[b'x'; 300]));
        for cut in 1..bytes.len() {
            let mut codec = Codec::default();
            let mut got = Vec::new();
            for part in bytes.chunks(cut) {
                let (more, end) = feed(&mut codec, part);
                assert_eq!(end, Ok(()));
                got.extend(more);
            }
            assert_eq!(got.len(), 4, "cut {cut}");
            assert_eq!(got[0], Incoming::Text("héllo".into()));
            assert_eq!(got[1], Incoming::Ping(b"p".to_vec()));
            assert_eq!(got[2], Incoming::Text("abcd".into()));
            assert!(codec.pending.is_empty() && codec.pending.capacity() == 0);
        }
    }

    #[test]
    fn broken_rules_close_with_their_code() {
        let unmasked = [0x81, 0x01, b'a'];
        let reserved_bit = masked(0xc1, b"a");
        let orphan = masked(0x80, b"a");
        let long_control = masked(0x89, &[0; 126]);
        for (bytes, close) in [
            (&unmasked[..], Close::Protocol),
            (&reserved_bit, Close::Protocol),
            (&orphan, Close::Protocol),
            (&long_control, Close::Protocol),
            (&masked(0x82, b"a"), Close::Binary),
            (&masked(0x81, &[0xff, 0xfe]), Close::NotUtf8),
            (&masked(0x81, &[b'x'; FRAME_LIMIT + 1]), Close::TooBig),
        ] {
            assert_eq!(feed(&mut Codec::default(), bytes).1, Err(close), "{bytes:x?}");
        }
    }

    #[test]
    fn huge_declared_length_is_refused_before_its_bytes_come() {
        let bytes = [0x81, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4];
        assert_eq!(feed(&mut Codec::default(), &bytes).1, Err(Close::TooBig));
    }

    #[test]
    fn binary_messages_and_larger_ones_are_taken_where_allowed() {
        let mut codec = Codec::new(20_000, true);
        let (got, end) = feed(&mut codec, &masked(0x82, &[b'x'; FRAME_LIMIT + 1]));
        assert_eq!((got.len(), end), (1, Ok(())));
        assert_eq!(feed(&mut codec, &masked(0x82, &[b'x'; 20_001])).1, Err(Close::TooBig));
    }

    #[test]
    fn fragments_cannot_grow_past_the_limit() {
        let mut codec = Codec::default();
        assert_eq!(feed(&mut codec, &masked(0x01, &[b'x'; 9_000])).1, Ok(()));
        assert_eq!(feed(&mut codec, &masked(0x80, &[b'x'; 9_000])).1, Err(Close::TooBig));
    }
}
