//! The board: what a teacher writes, page by page.
//!
//! A board is what the entries of its lesson's log make of it and nothing
//! else, so that a late page, a restarted server and a replay see the same.
//! [`Board`] checks what somebody wants, makes the entry of it and applies it;
//! a driver writes the entry down and tells everybody. Strokes under way
//! ([`Lively`]), hands that are up and the laser pointer are in no log.
//!
//! Bounds: 50 pages, 40,000 strokes with 32 MiB of ink, 2,000 points a stroke,
//! 200 undo steps of each author. What was undone or wiped counts; when the
//! board is full it is thrown away first.

mod entry;
mod ink;
mod live;
mod page;
mod permit;
mod steps;
mod stroke;
#[cfg(test)]
mod tests;
mod want;

pub use entry::{BoardEntry, Deed, Ground, Print};
pub use ink::{HEIGHT, Ink, POINTS, PRESSURE, Point, WIDTH, pack};
pub use live::{Drawn, FINGERS, LIVE, LiveStroke, Lively};
pub use page::{Page, PageInfo};
pub use permit::{HANDS, PENS, Permit, Pupil};
pub use stroke::{Brush, PageId, Stroke, StrokeId, Tool, WIDTHS, WORDS, kept};
pub use want::Want;

use crate::{Code, Millis, Reject, Sender, Seq};
use steps::{Step, Steps};

/// Most pages.
pub const PAGES: usize = 50;
/// Most strokes, those that were taken back too.
pub const STROKES: usize = 40_000;
/// Most bytes of ink and words.
pub const BYTES: usize = 32 * 1024 * 1024;

/// A board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    seq: Seq,
    pages: Vec<Page>,
    current: PageId,
    /// The last page number given.
    last_page: PageId,
    permit: Permit,
    on_air: bool,
    steps: Steps,
    /// Strokes and bytes of all pages.
    size: (usize, usize),
}

impl Default for Board {
    fn default() -> Self {
        let first = PageId(1);
        Self {
            seq: Seq(0),
            pages: vec![Page::new(first)],
            current: first,
            last_page: first,
            permit: Permit::default(),
            on_air: false,
            steps: Steps::default(),
            size: (0, 0),
        }
    }
}

impl Board {
    /// The board these entries make, in their order.
    pub fn replay<'a>(entries: impl IntoIterator<Item = &'a BoardEntry>) -> Self {
        let mut board = Self::default();
        for entry in entries {
            board.apply(entry);
        }
        board
    }

    /// Number of the last entry.
    pub fn seq(&self) -> Seq {
        self.seq
    }

    /// The pages, in order; at least one.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The page in front.
    pub fn current(&self) -> PageId {
        self.current
    }

    /// Who may draw.
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// Whether it is on the picture.
    pub fn on_air(&self) -> bool {
        self.on_air
    }

    /// One page.
    ///
    /// # Errors
    /// [`Code::UnknownPage`].
    pub fn page(&self, id: PageId) -> Result<&Page, Reject> {
        self.pages.iter().find(|page| page.id == id).ok_or_else(|| unknown_page(id))
    }

    /// One stroke, seen or not.
    pub fn stroke(&self, id: StrokeId) -> Option<&Stroke> {
        self.pages.iter().find_map(|page| page.find(id))
    }

    /// Whether `who` may begin a stroke there.
    ///
    /// # Errors
    /// [`Code::NoPen`], [`Code::UnknownPage`], or what [`Brush::checked`] says.
    pub fn may_begin(&self, who: &Sender, brush: Brush) -> Result<Brush, Reject> {
        self.permit.check(who)?;
        self.page(brush.page)?;
        brush.checked()
    }

    /// Keeps a finished stroke.
    ///
    /// # Errors
    /// [`Code::NoPen`], [`Code::UnknownPage`], [`Code::BadInk`], [`Code::BoardFull`].
    pub fn draw(
        &mut self,
        now: Millis,
        who: &Sender,
        brush: Brush,
        ink: Ink,
    ) -> Result<BoardEntry, Reject> {
        let brush = self.may_begin(who, brush)?;
        let ink = kept(brush.tool, ink).into_packed();
        let id = StrokeId(self.seq.next().0);
        let stroke = Stroke { id, by: who.id.clone(), brush, ink };
        if self.is_full(stroke.bytes()) {
            // The entry does the same: what was taken back makes room first.
            let seen: usize = self.pages.iter().map(|page| page.strokes(StrokeId(0)).count()).sum();
            if seen >= STROKES || self.seen_bytes() + stroke.bytes() > BYTES {
                let what = "the board is full; wipe a page or begin a new lesson";
                return Err(Reject::new(Code::BoardFull, what));
            }
        }
        Ok(self.enter(now, Deed::Stroke { stroke }))
    }

    /// Applies an entry of the log. One that refers to what is not there
    /// changes nothing but the number.
    pub fn apply(&mut self, entry: &BoardEntry) {
        self.seq = entry.seq;
        match &entry.deed {
            Deed::Stroke { stroke } => {
                if self.is_full(stroke.bytes()) {
                    self.compact();
                }
                if let Some(page) = self.pages.iter_mut().find(|p| p.id == stroke.brush.page) {
                    page.put(stroke.clone());
                    self.size.0 += 1;
                    self.size.1 += stroke.bytes();
                    self.steps.did(&stroke.by, Step::Stroke(stroke.id));
                }
            }
            Deed::Hide { id } => self.hide(*id, Some(entry.seq)),
            Deed::Show { id } => self.hide(*id, None),
            Deed::Wipe { page, by } => {
                if let Some(page) = self.find(*page) {
                    page.wipe(entry.seq);
                    self.steps.did(by, Step::Wipe(entry.seq));
                }
            }
            Deed::Unwipe { wipe } => {
                for page in &mut self.pages {
                    page.unwipe(*wipe);
                }
                self.steps.undid(Step::Wipe(*wipe));
            }
            Deed::Page { page, after } => {
                let at = self.pages.iter().position(|p| p.id == *after);
                self.pages.insert(at.map_or(self.pages.len(), |at| at + 1), Page::new(*page));
                self.last_page = self.last_page.max(*page);
                self.current = *page;
            }
            Deed::Turn { page } => {
                if self.find(*page).is_some() {
                    self.current = *page;
                }
            }
            Deed::Drop { page } => self.drop_page(*page),
            Deed::Ground { page, ground } => {
                if let Some(page) = self.find(*page) {
                    page.ground = ground.clone();
                }
            }
            Deed::Allow { helpers, everyone } => {
                (self.permit.helpers, self.permit.everyone) = (*helpers, *everyone);
            }
            Deed::Pen { user, nick, on } => self.permit.give(user, nick, *on),
            Deed::Air { on } => self.on_air = *on,
            Deed::Forget { user } => {
                for page in &mut self.pages {
                    page.forget(user);
                }
                self.permit.give(user, "", false);
                self.steps.forget(user);
                self.measure();
            }
        }
    }

    fn enter(&mut self, at: Millis, deed: Deed) -> BoardEntry {
        let entry = BoardEntry { seq: self.seq.next(), at, deed };
        self.apply(&entry);
        entry
    }

    fn hide(&mut self, id: StrokeId, by: Option<Seq>) {
        let changed = self.pages.iter_mut().any(|page| page.hide(id, by));
        let step = Step::Stroke(id);
        match by {
            _ if !changed => {}
            Some(_) => self.steps.undid(step),
            None => self.steps.redid(step),
        }
    }

    fn drop_page(&mut self, id: PageId) {
        let Some(at) = self.pages.iter().position(|page| page.id == id) else { return };
        if self.pages.len() == 1 {
            return;
        }
        self.pages.remove(at);
        if self.current == id {
            self.current = self.pages[at.saturating_sub(1)].id;
        }
        self.measure();
    }

    fn find(&mut self, id: PageId) -> Option<&mut Page> {
        self.pages.iter_mut().find(|page| page.id == id)
    }

    fn is_full(&self, more: usize) -> bool {
        self.size.0 >= STROKES || self.size.1 + more > BYTES
    }

    fn seen_bytes(&self) -> usize {
        self.pages.iter().flat_map(|page| page.strokes(StrokeId(0))).map(Stroke::bytes).sum()
    }

    fn compact(&mut self) {
        self.pages.iter_mut().for_each(Page::compact);
        self.measure();
    }

    fn measure(&mut self) {
        self.size = self.pages.iter().map(Page::size).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
    }
}

fn unknown_page(id: PageId) -> Reject {
    Reject::new(Code::UnknownPage, format!("no page {} on this board", id.0))
}
