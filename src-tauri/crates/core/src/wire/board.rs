//! What pages say to the board, and the board to pages (docs/board.md).

use crate::board::{
    BoardEntry, Brush, Ground, LiveStroke, PageId, PageInfo, Permit, Pupil, Stroke, StrokeId,
};
use crate::{Millis, RoomId, Seq, UserId};
use serde::{Deserialize, Serialize};

/// What a page asks of a board. On the wire: `{"t":"board","ask":"undo","n":7}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "ask", rename_all = "snake_case")]
#[non_exhaustive]
pub enum BoardAsk {
    /// Read a board; answered by `opened`, then by what happens to it.
    Open {
        /// Of which room; without it of the embedded one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        room: Option<RoomId>,
        /// Only who may draw and whether it is on the picture, no ink.
        #[serde(default)]
        brief: bool,
    },
    /// No more of it.
    Close,
    /// The next strokes of a page; answered by `piece`.
    More {
        /// Which page.
        page: PageId,
        /// The last stroke known; 0 for none.
        after: StrokeId,
    },
    /// A stroke begins.
    Begin {
        /// The author's own number for it.
        n: u32,
        /// With what.
        brush: Brush,
        /// At least one point.
        ink: String,
    },
    /// It goes on.
    Extend {
        /// Its number.
        n: u32,
        /// More points.
        ink: String,
    },
    /// It is finished; answered by `kept` once it is on disk.
    End {
        /// Its number.
        n: u32,
        /// More points, or none.
        #[serde(default)]
        ink: String,
    },
    /// It shall not be.
    Cancel {
        /// Its number.
        n: u32,
    },
    /// Take back one's own last step; answered by `kept`.
    Undo {
        /// The author's own number for this.
        n: u32,
    },
    /// Put it back; answered by `kept`.
    Redo {
        /// The author's own number for this.
        n: u32,
    },
    /// The laser pointer is there now.
    Laser {
        /// Units from the left.
        x: u32,
        /// Units from the top.
        y: u32,
    },
    /// Raise one's hand, or take it down.
    Hand {
        /// Whether it is up.
        up: bool,
    },
    /// What was kept of a lesson; answered by `lesson`.
    Lesson {
        /// Which.
        lesson: u32,
        /// After this entry.
        after: Seq,
    },
    /// Every lesson that was kept; answered by `lessons`. Host and helpers.
    Lessons,
    /// A stroke as a whole; answered by `kept` once it is on disk.
    Stroke {
        /// The author's own number for it.
        n: u32,
        /// With what.
        brush: Brush,
        /// Its points.
        ink: String,
    },
    /// What was said while a lesson was held; answered by `said`. Host and helpers.
    Said {
        /// Which.
        lesson: u32,
        /// After this moment.
        after: Millis,
    },
}

impl BoardAsk {
    /// The asker's own number, for the answer to name.
    pub fn number(&self) -> Option<u32> {
        match self {
            Self::Begin { n, .. }
            | Self::Extend { n, .. }
            | Self::End { n, .. }
            | Self::Cancel { n }
            | Self::Stroke { n, .. }
            | Self::Undo { n }
            | Self::Redo { n } => Some(*n),
            _ => None,
        }
    }
}

/// What the host or a helper orders. Each sets a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "order", rename_all = "snake_case")]
#[non_exhaustive]
pub enum BoardOrder {
    /// Wipe a page.
    Wipe {
        /// Which.
        page: PageId,
    },
    /// Add a page and bring it to the front.
    Page {
        /// After this one.
        after: PageId,
    },
    /// Bring a page to the front.
    Turn {
        /// Which.
        page: PageId,
    },
    /// Throw a page away.
    Drop {
        /// Which.
        page: PageId,
    },
    /// Lay something else under the ink.
    Ground {
        /// On which page.
        page: PageId,
        /// What.
        ground: Ground,
    },
    /// Who may draw. Host only.
    Allow {
        /// Helpers may.
        helpers: bool,
        /// Everybody with a name may.
        everyone: bool,
    },
    /// Give somebody the pen, or take it from them.
    Pen {
        /// Whom.
        user: UserId,
        /// Name to show.
        nick: String,
        /// Whether they have it.
        on: bool,
    },
    /// Take somebody's hand down.
    Lower {
        /// Whose.
        user: UserId,
    },
    /// Put the board on the picture, or take it off.
    Air {
        /// Whether it is.
        on: bool,
    },
    /// Take everything by somebody off for good, and the pen from them.
    Forget {
        /// Whose.
        user: UserId,
    },
    /// Keep this lesson and begin an empty one. Host only.
    Begin,
}

/// A lesson that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LessonInfo {
    /// Its number.
    pub lesson: u32,
    /// When it began.
    pub began: Millis,
    /// When it last changed.
    pub changed: Millis,
    /// Number of its last entry.
    pub seq: Seq,
}

/// A comment of the hour of a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SaidLine {
    /// When.
    pub at: Millis,
    /// Who.
    pub nick: String,
    /// What.
    pub text: String,
}

/// More points of a stroke under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LiveInk {
    /// Which.
    pub live: u32,
    /// Its new points, packed.
    pub ink: String,
}

/// Where a laser pointer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Laser {
    /// Whose.
    pub by: UserId,
    /// Units from the left.
    pub x: u32,
    /// Units from the top.
    pub y: u32,
}

/// What a board says. On the wire: `{"t":"board","say":"kept","n":7,"seq":12}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "say", rename_all = "snake_case")]
#[non_exhaustive]
pub enum BoardWord {
    /// Answer to `open`, and to everybody when a lesson begins: all of it but
    /// the strokes, which `more` asks for.
    Opened {
        /// Whose board.
        room: RoomId,
        /// Which lesson.
        lesson: u32,
        /// Number of the last entry.
        seq: Seq,
        /// Its pages, in order.
        pages: Vec<PageInfo>,
        /// The one in front.
        current: PageId,
        /// Who may draw.
        permit: Permit,
        /// Whether it is on the picture.
        on_air: bool,
        /// Strokes under way.
        live: Vec<LiveStroke>,
    },
    /// Answer to `more`: strokes of a page, lowest first, at most 128 KiB.
    Piece {
        /// Which page.
        page: PageId,
        /// Some of its strokes.
        strokes: Vec<Stroke>,
        /// Ask for more after this one; `None` when that is all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        next: Option<StrokeId>,
    },
    /// Something happened to the board.
    Entry {
        /// What.
        entry: BoardEntry,
        /// The number a stroke had while it was drawn.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        live: Option<u32>,
        /// What came back, if a stroke did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        back: Option<Stroke>,
    },
    /// Strokes under way, at most 60 times a second. Some may be left out for
    /// who is slow: the entry has all of it.
    Live {
        /// New ones.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        begun: Vec<LiveStroke>,
        /// More points of known ones.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        more: Vec<LiveInk>,
        /// Those that shall not be.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        gone: Vec<u32>,
        /// Laser pointers that moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        lasers: Vec<Laser>,
    },
    /// The stroke the asker began has this number for everybody.
    Begun {
        /// The asker's number.
        n: u32,
        /// Everybody's.
        live: u32,
    },
    /// What was asked with this number is on disk.
    Kept {
        /// The asker's number.
        n: u32,
        /// The entry it became.
        seq: Seq,
    },
    /// Hands that are up, in that order; to the host and helpers, and to each
    /// who has one up.
    Hands {
        /// Whose.
        hands: Vec<Pupil>,
    },
    /// Answer to `lesson`: entries in order, at most 128 KiB.
    Lesson {
        /// Which.
        lesson: u32,
        /// Some of its entries.
        entries: Vec<BoardEntry>,
        /// Ask for more after this one; `None` when that is all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        next: Option<Seq>,
    },
    /// Answer to `lessons`, newest first.
    Lessons {
        /// All of them.
        lessons: Vec<LessonInfo>,
    },
    /// Answer to `said`: comments in order, at most 500.
    Said {
        /// Which.
        lesson: u32,
        /// Some of what was said.
        lines: Vec<SaidLine>,
        /// Ask for more after this moment; `None` when that is all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        next: Option<Millis>,
    },
}
