//! Signatures that are not as they were made: changed at random, or built to
//! cost as much as they can. The same in every run.

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use std::io::{Error, ErrorKind, Read, Write};
use surtitle_tim::usersig::{BLOCK_LIMIT, Claims, Expected, JSON_LIMIT, Reject, TEXT_LIMIT, sign};

pub const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
pub const APP: u32 = 1_400_000_001;
pub const HOST: Expected<'_> =
    Expected { user: "host-1", app: APP, now: 1_700_000_100, not_before: 0 };

pub fn claims() -> Claims {
    Claims { user: "host-1".into(), app: APP, time: 1_700_000_000, life: 86_400, userbuf: None }
}

/// The document of a signature, by a reader of our own.
pub fn document(usersig: &str) -> Result<Vec<u8>, Error> {
    let damaged = |_| Error::from(ErrorKind::InvalidData);
    if usersig.contains(['+', '/', '=']) {
        return Err(damaged(()));
    }
    let text = usersig.replace('*', "+").replace('-', "/").replace('_', "=");
    let bytes = STANDARD.decode(text).map_err(|_| damaged(()))?;
    let mut document = Vec::new();
    let mut zlib = ZlibDecoder::new(&bytes[..]);
    zlib.read_to_end(&mut document)?;
    if zlib.total_in() == bytes.len() as u64 { Ok(document) } else { Err(damaged(())) }
}

/// Bytes as the text of a signature.
pub fn escaped(compressed: &[u8]) -> String {
    STANDARD.encode(compressed).replace('+', "*").replace('/', "-").replace('=', "_")
}

/// A signature with this text inside.
pub fn closed(json: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(json).expect("writes");
    escaped(&encoder.finish().expect("writes"))
}

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((n ^ (n >> 31)) % bound as u64).expect("is below a usize")
    }

    pub fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("is a byte")
    }
}

/// The document of a signature with one to three bytes changed, for ever.
pub fn documents(document: String) -> impl Iterator<Item = Vec<u8>> {
    let mut numbers = Numbers(1);
    std::iter::repeat_with(move || {
        let mut bytes = document.clone().into_bytes();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len());
            match numbers.below(3) {
                0 => bytes[at] = numbers.byte(),
                1 => bytes[at] ^= 1 << numbers.below(8),
                _ => drop(bytes.remove(at)),
            }
        }
        bytes
    })
}

/// A signature with one to three characters changed, for ever.
pub fn texts(usersig: String) -> impl Iterator<Item = String> {
    let mut numbers = Numbers(2);
    let alphabet = b"ABCXYZabcxyz0189*-_+/= \n\x00\xc3";
    std::iter::repeat_with(move || {
        let mut bytes = usersig.clone().into_bytes();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len());
            let new = alphabet[numbers.below(alphabet.len())];
            match numbers.below(3) {
                0 => bytes[at] = new,
                1 => bytes.insert(at, new),
                _ => drop(bytes.remove(at)),
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Deflate, bit by bit.
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// A zlib stream that has just begun.
    fn zlib() -> Self {
        Self { bytes: vec![0x78, 0x9c], used: 8 }
    }

    /// Writes the lowest `count` bits, the lowest first. A block begins with
    /// three: whether it is the last, and two of its kind.
    fn put(&mut self, bits: u32, count: u32) {
        for n in 0..count {
            if self.used == 8 {
                self.bytes.push(0);
                self.used = 0;
            }
            let last = self.bytes.last_mut().expect("has a header");
            *last |= u8::try_from(bits >> n & 1).expect("is a bit") << self.used;
            self.used += 1;
        }
    }

    /// A block with the fixed codes and nothing in it: ten bits.
    fn empty_fixed(&mut self) {
        self.put(0b010, 3);
        self.put(0, 7);
    }

    /// A block with codes of its own and nothing in it: about eleven bytes.
    fn empty_dynamic(&mut self) {
        self.put(0b100, 3);
        // 257 literal codes, one distance code, 18 code lengths.
        self.put(0, 5);
        self.put(0, 5);
        self.put(14, 4);
        // Only the lengths "1" and "a run of zeros" (18) have a code, of one bit.
        for order in 0..18 {
            self.put(u32::from(order == 2 || order == 17), 3);
        }
        let run = |zeros: u32| 1 | (zeros - 11) << 1;
        self.put(run(138), 8);
        self.put(run(118), 8);
        // The end of the block, and the one distance.
        self.put(0, 2);
        self.put(0, 1);
    }

    /// Ends the stream with a document in a stored block.
    fn end(mut self, document: &[u8]) -> Vec<u8> {
        self.put(0b001, 3);
        let length = u16::try_from(document.len()).expect("is short");
        self.bytes.extend(length.to_le_bytes());
        self.bytes.extend((!length).to_le_bytes());
        self.bytes.extend(document);
        let (mut a, mut b) = (1_u32, 0_u32);
        for byte in document {
            a = (a + u32::from(*byte)) % 65_521;
            b = (b + a) % 65_521;
        }
        self.bytes.extend((b << 16 | a).to_be_bytes());
        self.bytes
    }
}

/// Most bytes a signature may hold.
const ROOM: usize = TEXT_LIMIT / 4 * 3;

/// A signature with a document after this many empty blocks.
fn after_blocks(count: usize, block: fn(&mut Bits), document: &[u8]) -> Option<String> {
    let mut bits = Bits::zlib();
    (0..count).for_each(|_| block(&mut bits));
    let compressed = bits.end(document);
    (compressed.len() <= ROOM).then(|| escaped(&compressed))
}

/// The good document after as many blocks as are allowed with it, and one more.
pub fn at_the_block_limit() -> [String; 2] {
    let document = document(&good()).expect("is one");
    [BLOCK_LIMIT - 1, BLOCK_LIMIT]
        .map(|count| after_blocks(count, Bits::empty_dynamic, &document).expect("fits"))
}

/// Signatures built to cost as much as they can, and where they are stopped.
///
/// What they say is right but for the key: a [`Reject::Key`] has cost all
/// there is, [`Reject::Version`] a reading of the document, and
/// [`Reject::Damaged`] no more than [`BLOCK_LIMIT`] blocks or [`JSON_LIMIT`]
/// bytes of inflating.
pub fn bombs() -> Vec<(&'static str, String, Reject)> {
    let document = document(&sign("another key", &claims())).expect("is one");
    let document = String::from_utf8(document).expect("is text");
    let members = document.trim_matches(['{', '}']);
    let room = JSON_LIMIT - document.len();
    let with = |member: String| closed(format!("{{{members},{member}}}").as_bytes());
    let blocks = |block: fn(&mut Bits)| {
        let text = |count| after_blocks(count, block, document.as_bytes());
        let most = (0..).find(|count| text(count + 1).is_none());
        most.and_then(text).expect("one fits")
    };
    let mut numbers = Numbers(4);
    let noise: Vec<u8> = (0..ROOM - 64).map(|_| numbers.byte()).collect();
    let long_user = format!("{{\"TLS.identifier\":\"{}\"}}", "\\u0061".repeat(JSON_LIMIT / 6 - 5));
    vec![
        ("a megabyte of spaces", closed(&vec![b' '; 1_000_000]), Reject::Damaged),
        ("empty fixed blocks", blocks(Bits::empty_fixed), Reject::Damaged),
        ("empty dynamic blocks", blocks(Bits::empty_dynamic), Reject::Damaged),
        ("noise", escaped(&noise), Reject::Damaged),
        ("the longest text", "A".repeat(TEXT_LIMIT), Reject::Damaged),
        ("noise in a stored block", closed(&noise), Reject::Version),
        ("lists in lists", closed(&vec![b'['; JSON_LIMIT]), Reject::Version),
        ("a long name in escapes", closed(long_user.as_bytes()), Reject::Version),
        (
            "allowed blocks",
            after_blocks(BLOCK_LIMIT - 1, Bits::empty_dynamic, document.as_bytes()).expect("fits"),
            Reject::Key,
        ),
        ("many members", with(format!("\"\":0{}", ",\"\":0".repeat(room / 5 - 2))), Reject::Key),
        ("a long number", with(format!("\"x\":{}", "9".repeat(room - 5))), Reject::Key),
        (
            "a long user buffer to hash",
            with(format!("\"TLS.userbuf\":\"{}\"", "QUJD".repeat(room / 4 - 5))),
            Reject::Key,
        ),
    ]
}

/// A signature as this program makes it.
pub fn good() -> String {
    sign(KEY, &claims())
}
