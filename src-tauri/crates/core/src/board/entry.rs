//! What a lesson's log is made of. The board is what its entries make of it.

use super::{PageId, Stroke, StrokeId};
use crate::{Millis, Seq, UserId};
use serde::{Deserialize, Serialize};

/// What lies under the ink of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Ground {
    /// What is printed on it.
    pub print: Print,
    /// Path of a picture of this server, `/image/KEY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub picture: Option<String>,
}

/// What is printed on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Print {
    /// Nothing.
    #[default]
    Blank,
    /// Lines to write on.
    Lines,
    /// Squares.
    Grid,
    /// Dots.
    Dots,
}

/// One thing that happened to a board. On the wire: `{"kind":"turn","page":2}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Deed {
    /// A stroke was finished.
    Stroke {
        /// All of it.
        stroke: Stroke,
    },
    /// Its author took a stroke back.
    Hide {
        /// Which.
        id: StrokeId,
    },
    /// Its author put a stroke back.
    Show {
        /// Which.
        id: StrokeId,
    },
    /// Everything on a page was wiped away.
    Wipe {
        /// Which.
        page: PageId,
        /// By whom: they may take it back.
        by: UserId,
    },
    /// A wipe was taken back.
    Unwipe {
        /// Number of the entry that wiped.
        wipe: Seq,
    },
    /// A page was added and is in front now.
    Page {
        /// Its number.
        page: PageId,
        /// It comes after this one.
        after: PageId,
    },
    /// Another page is in front.
    Turn {
        /// Which.
        page: PageId,
    },
    /// A page was thrown away with all on it. The one before it is in front if
    /// it was.
    Drop {
        /// Which.
        page: PageId,
    },
    /// Something else lies under the ink of a page.
    Ground {
        /// Which page.
        page: PageId,
        /// What.
        ground: Ground,
    },
    /// Other people may draw.
    Allow {
        /// Helpers may.
        helpers: bool,
        /// Everybody with a name may.
        everyone: bool,
    },
    /// Somebody got the pen, or it was taken from them.
    Pen {
        /// Who.
        user: UserId,
        /// Name to show.
        nick: String,
        /// Whether they have it.
        on: bool,
    },
    /// The board is on the picture, or not any more.
    Air {
        /// Whether it is.
        on: bool,
    },
    /// Everything by somebody was taken off for good, and the pen from them.
    Forget {
        /// Whose.
        user: UserId,
    },
}

/// One entry of a lesson's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BoardEntry {
    /// Its number: the first is 1, each is one more than the last.
    pub seq: Seq,
    /// When it happened.
    pub at: Millis,
    /// What happened.
    #[serde(flatten)]
    pub deed: Deed,
}
