//! What hosts and helpers order.

use super::{OfferId, Price, Product, Voucher};
use crate::Role;
use serde::{Deserialize, Serialize};

/// An order of the sale. Each sets a state; given twice it changes nothing more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "order", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SaleOrder {
    /// Put a product into the sale, or change the one of its number.
    Product {
        /// All of it.
        product: Box<Product>,
    },
    /// Take a product out of the sale.
    RemoveProduct {
        /// Which.
        number: u32,
    },
    /// Show a product, or none. By helpers too.
    Show {
        /// Which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        number: Option<u32>,
    },
    /// Prepare a voucher, or change the one of its id; what was dropped keeps
    /// its terms until it is dropped again.
    Voucher {
        /// All of it.
        voucher: Box<Voucher>,
    },
    /// Forget a voucher nobody has claimed.
    RemoveVoucher {
        /// Which.
        id: String,
    },
    /// Let a voucher be claimed.
    Drop {
        /// Its id.
        id: String,
        /// How long, 1–86,400; until it is ended or its own time is over without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        seconds: Option<u32>,
    },
    /// Let a product be claimed by its number; with another price and a time a
    /// flash sale.
    Open {
        /// Which.
        number: u32,
        /// How many; its stock without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        stock: Option<u32>,
        /// How many one person may have, 1–99; 1 without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        per_person: Option<u32>,
        /// What it costs while it is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        price: Option<Price>,
        /// How long, 1–86,400.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        seconds: Option<u32>,
    },
    /// Open a lottery: its list is who writes the keyword or presses the button.
    Lottery {
        /// 1–20 of `a–z 0–9 -`; never one that was before.
        id: String,
        /// What is won, 1–80 characters.
        title: String,
        /// The keyword.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        keyword: Option<String>,
        /// How many win, 1–1,000.
        winners: u32,
    },
    /// End an offer. Its card stays a moment and leaves.
    End {
        /// Which.
        offer: OfferId,
    },
    /// End a lottery and draw it.
    Draw {
        /// Its id.
        id: String,
    },
}

impl SaleOrder {
    /// The role it needs.
    pub fn needs(&self) -> Role {
        match self {
            Self::Show { .. } => Role::Helper,
            _ => Role::Host,
        }
    }
}
