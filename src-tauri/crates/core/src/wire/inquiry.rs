//! Inquiries: what viewers ask the host, and what becomes of it.

use crate::{Millis, Sender};
use serde::{Deserialize, Serialize};

/// Where an inquiry stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InquiryState {
    /// Nobody has taken it.
    Open,
    /// Somebody takes care of it.
    Picked {
        /// Their name.
        by: String,
    },
    /// It has its answer.
    Answered {
        /// Who answered.
        by: String,
        /// What, 0–300 characters; empty if it was said aloud.
        text: String,
        /// Whether everybody sees it; else only who asked.
        public: bool,
    },
    /// It is done with.
    Closed {
        /// Who closed it.
        by: String,
    },
}

/// What a viewer asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Inquiry {
    /// Rises with every inquiry of a server.
    pub id: u32,
    /// When it was asked.
    pub at: Millis,
    /// Who asks.
    pub from: Sender,
    /// The asker's own number for it.
    pub cid: u32,
    /// What, 1–300 characters.
    pub text: String,
    /// Number of the product it is about, 1–9,999.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub product: Option<u32>,
    /// Where it stands.
    pub state: InquiryState,
}

/// What a viewer wants of inquiries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "ask", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InquiryAsk {
    /// Ask; on disk before it is answered.
    New {
        /// 1–300 characters.
        text: String,
        /// Number of a product, 1–9,999.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        product: Option<u32>,
    },
    /// Be told one's own.
    Mine,
}

/// What a host or helper does with an inquiry. Each sets a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "to", rename_all = "snake_case")]
#[non_exhaustive]
pub enum InquiryOrder {
    /// Take it. One that somebody else has is refused (2152), with their name.
    Pick {
        /// Which.
        id: u32,
    },
    /// Put it back for others.
    Release {
        /// Which.
        id: u32,
    },
    /// Answer it: in public it stands on the picture until it is closed.
    Answer {
        /// Which.
        id: u32,
        /// 0–300 characters; a private answer needs words.
        text: String,
        /// Whether everybody sees it.
        public: bool,
    },
    /// Done with it.
    Close {
        /// Which.
        id: u32,
    },
    /// Take it off everywhere and forget it.
    Remove {
        /// Which.
        id: u32,
    },
}
