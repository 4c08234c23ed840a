//! The chain: each entry's hash covers the one before it.
//!
//! `hash(0)` is SHA-256 of [`GENESIS`]; `hash(n)` is SHA-256 of the 32 bytes
//! `hash(n − 1)` and the entry's JSON as written. Whoever has noted one hash
//! can tell whether anything up to it was changed, put in or taken out.

use super::{Books, Entry};
use crate::Millis;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// What the hash before the first entry is of.
pub const GENESIS: &[u8] = b"surtitle ledger 1";

/// SHA-256 of an entry and all before it. Written in hex.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash before the first entry.
    pub fn genesis() -> Self {
        Self(Sha256::digest(GENESIS).into())
    }

    /// The hash after `entry`.
    pub fn after(self, entry: &str) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(entry).finalize().into())
    }

    /// The hash that `hex` writes.
    pub fn parse(hex: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (byte, i) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(hex.get(i..i + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// A line of the ledger as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub seq: u64,
    /// The [`Entry`] as JSON.
    pub entry: String,
    /// The hash after it.
    pub hash: Hash,
}

/// What is wrong with a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Number the bad entry should have.
    pub seq: u64,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "entry {}: {}", self.seq, self.why)
    }
}

impl std::error::Error for Fault {}

/// Reads one record after `books`, checks number, hash, form and rules, and
/// takes it into the books.
///
/// # Errors
/// The [`Fault`] of it; the books are as before then.
pub fn verify(books: &mut Books, record: &Record) -> Result<Entry, Fault> {
    let seq = books.last() + 1;
    let fault = |why: String| Fault { seq, why };
    if record.seq != seq {
        return Err(fault(format!("the next entry is numbered {}; one is missing", record.seq)));
    }
    let hash = books.head().after(&record.entry);
    if hash != record.hash {
        return Err(fault(format!("its hash is {hash}, but {} is written", record.hash)));
    }
    let entry: Entry = serde_json::from_str(&record.entry)
        .map_err(|error| fault(format!("it cannot be read: {error}")))?;
    if json(&entry) != record.entry {
        return Err(fault("it is not written the one way an entry is written".to_owned()));
    }
    if entry.seq != seq {
        return Err(fault(format!("it says that it is number {}", entry.seq)));
    }
    books
        .check(entry.at, &entry.fact)
        .map_err(|reject| fault(format!("it breaks a rule: {}", reject.message)))?;
    books.take(&entry, hash);
    Ok(entry)
}

/// The one way an entry is written.
pub(super) fn json(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("text and numbers serialise")
}

/// The record of an entry after `head`.
pub(super) fn record(head: Hash, seq: u64, at: Millis, fact: super::Fact) -> (Entry, Record) {
    let entry = Entry { seq, at, fact };
    let text = json(&entry);
    let hash = head.after(&text);
    (entry, Record { seq, entry: text, hash })
}
