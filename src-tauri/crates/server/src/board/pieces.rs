//! A page in pieces, each encoded once for everybody who comes late.

use crate::frames;
use bytes::Bytes;
use std::collections::HashMap;
use surtitle_core::Reject;
use surtitle_core::board::{Board, Deed, Page, PageId, Stroke, StrokeId};
use surtitle_core::wire::{BoardWord, ServerFrame};

/// Strokes of a piece have about this many bytes, well under what may wait for
/// a socket that is slow.
const PIECE: usize = 128 * 1024;
/// Bytes of a stroke beside its ink and words, about.
const HEAD: usize = 120;

/// Encoded pieces of the board as it is now. Only those that were asked for
/// are here, so their bytes are at most those of the board.
#[derive(Debug, Default)]
pub struct Pieces {
    /// By page and by the stroke before them; whether they are full.
    known: HashMap<(PageId, StrokeId), (Bytes, bool)>,
}

impl Pieces {
    /// The strokes of a page after that one.
    ///
    /// # Errors
    /// There is no such page.
    pub fn get(&mut self, board: &Board, page: PageId, after: StrokeId) -> Result<Bytes, Reject> {
        if let Some((bytes, _)) = self.known.get(&(page, after)) {
            return Ok(bytes.clone());
        }
        let word = piece(board.page(page)?, after, PIECE);
        let is_full = matches!(word, BoardWord::Piece { next: Some(_), .. });
        let bytes = frames::encode(&ServerFrame::Board { word });
        self.known.insert((page, after), (bytes.clone(), is_full));
        Ok(bytes)
    }

    /// Forgets what an entry made wrong.
    pub fn note(&mut self, deed: &Deed) {
        match deed {
            // It lies above all others: full pieces stay as they are. That the
            // board was full and threw something away changes none of them.
            Deed::Stroke { stroke } => {
                self.known.retain(|(page, _), (_, full)| *full || *page != stroke.brush.page);
            }
            Deed::Hide { .. }
            | Deed::Show { .. }
            | Deed::Wipe { .. }
            | Deed::Unwipe { .. }
            | Deed::Drop { .. }
            | Deed::Forget { .. } => self.known.clear(),
            _ => {}
        }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.known.clear();
    }
}

/// The strokes of a page after that one, about `most` bytes of them.
pub fn piece(page: &Page, after: StrokeId, most: usize) -> BoardWord {
    let mut size = 0;
    let mut strokes: Vec<Stroke> = Vec::new();
    let mut rest = page.strokes(after).peekable();
    while let Some(stroke) = rest.next_if(|_| size < most) {
        size += HEAD + stroke.bytes();
        strokes.push(stroke.clone());
    }
    let next = strokes.last().map(|stroke| stroke.id).filter(|_| rest.peek().is_some());
    BoardWord::Piece { page: page.id, strokes, next }
}
