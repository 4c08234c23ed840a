//! Lessons that were kept, piece by piece, for whoever replays or saves one.

use super::ear::Ear;
use super::lessons::{self, Head};
use super::said;
use crate::show::Shared;
use std::sync::Arc;
use surtitle_core::board::{BoardEntry, Deed};
use surtitle_core::wire::BoardWord;
use surtitle_core::{Code, Millis, Reject, RoomId, Seq};
use tokio::sync::Mutex;

/// Entries of a lesson in one answer have about this many bytes.
const PIECE: usize = 128 * 1024;

/// The lesson that is being read; one at a time is remembered.
#[derive(Debug, Default)]
pub struct Reading {
    /// Which, up to that entry.
    known: Option<(u32, Seq, Arc<[BoardEntry]>)>,
    /// Held by who looks up what was said; the others wait.
    turn: Arc<Mutex<()>>,
}

impl Reading {
    /// Every lesson, newest first; `head` is that under way, if it has begun.
    ///
    /// # Errors
    /// [`Code::Internal`].
    pub async fn list(
        shared: &Shared,
        room: &RoomId,
        head: Head,
        is_begun: bool,
    ) -> Result<BoardWord, Reject> {
        let known = lessons::list(shared.store.as_ref(), room).await;
        let mut known = known.map_err(unreadable)?;
        known.retain(|other| other.lesson != head.lesson);
        if is_begun {
            known.push(head);
        }
        Ok(BoardWord::Lessons { lessons: known.iter().rev().map(Head::info).collect() })
    }

    /// Entries of a lesson after that one; `head` is that under way.
    ///
    /// # Errors
    /// [`Code::UnknownLesson`], [`Code::Internal`].
    pub async fn piece(
        &mut self,
        shared: &Shared,
        room: &RoomId,
        head: Head,
        lesson: u32,
        after: Seq,
    ) -> Result<BoardWord, Reject> {
        let upto = if lesson == head.lesson { head.seq } else { Seq(u64::MAX) };
        // Who is in the middle of a lesson reads it as it was when they began.
        let known = self
            .known
            .as_ref()
            .filter(|(known, at, _)| *known == lesson && (*at == upto || after > Seq::default()));
        let entries = match known {
            Some((_, _, entries)) => Arc::clone(entries),
            None => {
                shared.log.sync().await;
                let store = shared.store.as_ref();
                let entries = lessons::read(store, room, lesson).await.map_err(unreadable)?;
                if entries.is_empty() {
                    return Err(unknown(lesson));
                }
                self.known = Some((lesson, upto, Arc::clone(&entries)));
                entries
            }
        };
        let rest = &entries[entries.partition_point(|entry| entry.seq <= after)..];
        let mut size = 0;
        let piece: Vec<BoardEntry> = rest
            .iter()
            .take_while(|entry| {
                let fits = size < PIECE;
                size += 160 + bytes(&entry.deed);
                fits
            })
            .cloned()
            .collect();
        let next = piece.last().map(|e| e.seq).filter(|_| piece.len() < rest.len());
        Ok(BoardWord::Lesson { lesson, entries: piece, next })
    }

    /// What was said during a lesson after that moment; `head` is that under way.
    /// Looked up beside the board, which goes on; one look-up at a time.
    ///
    /// # Errors
    /// [`Code::UnknownLesson`], [`Code::Internal`].
    pub async fn said(
        &self,
        shared: &Shared,
        room: &RoomId,
        head: Head,
        (ear, lesson, after): (&Ear, u32, Millis),
    ) -> Result<(), Reject> {
        let known = lessons::list(shared.store.as_ref(), room).await.map_err(unreadable)?;
        let known = known.into_iter().find(|other| other.lesson == lesson);
        let known = if head.lesson == lesson { Some(head) } else { known };
        let known = known.ok_or_else(|| unknown(lesson))?;
        let (store, ear) = (Arc::clone(&shared.store), ear.clone());
        let turn = Arc::clone(&self.turn);
        tokio::spawn(async move {
            let _turn = turn.lock().await;
            let time = (known.began, known.changed);
            match said::said(store.as_ref(), lesson, time, after).await {
                Ok(word) => ear.tell(word),
                Err(error) => ear.refuse(&unreadable(error), None),
            }
        });
        Ok(())
    }

    /// Forgets what was read: it is not what was kept any more.
    pub fn forget(&mut self) {
        self.known = None;
    }
}

fn unknown(lesson: u32) -> Reject {
    Reject::new(Code::UnknownLesson, format!("no lesson {lesson} was kept"))
}

fn unreadable(error: surtitle_store::Error) -> Reject {
    tracing::error!("store: {error}");
    Reject::new(Code::Internal, "the lesson could not be read; the log says why")
}

fn bytes(deed: &Deed) -> usize {
    match deed {
        Deed::Stroke { stroke } => stroke.bytes(),
        _ => 0,
    }
}
