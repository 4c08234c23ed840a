//! What the host and helpers order of a board.

use super::Task;
use crate::board::ear::{encode, not_kept};
use crate::board::lessons::{self, Head, LESSONS};
use crate::board::tidings::Tidings;
use crate::log::Receipt;
use crate::ws::conn::Level;
use std::sync::Arc;
use surtitle_core::board::{Board, Lively, Permit, Pupil, Want};
use surtitle_core::wire::BoardOrder;
use surtitle_core::{Code, Reject, Role, Sender, Seq, UserId};
use tokio::sync::oneshot;

impl Task {
    /// Carries out what the host or a helper orders.
    pub(super) async fn order(
        &mut self,
        by: Sender,
        order: BoardOrder,
        reply: oneshot::Sender<Result<(), Reject>>,
    ) {
        let want = match order {
            BoardOrder::Wipe { page } => Want::Wipe(page),
            BoardOrder::Page { after } => Want::Page(after),
            BoardOrder::Turn { page } => Want::Turn(page),
            BoardOrder::Drop { page } => Want::Drop(page),
            BoardOrder::Ground { page, ground } => Want::Ground(page, ground),
            BoardOrder::Allow { helpers, everyone } => Want::Allow(helpers, everyone),
            BoardOrder::Pen { user, nick, on } => match pupil(user, &nick) {
                Ok(pupil) => Want::Pen(pupil, on),
                Err(reject) => return answer(reply, Err(reject)),
            },
            BoardOrder::Air { on } => Want::Air(on),
            // Nothing was drawn: a lesson does not begin with this.
            BoardOrder::Forget { user } if !self.is_begun => {
                self.hands.lower(&user);
                self.stop(&user);
                return answer(reply, Ok(()));
            }
            BoardOrder::Forget { user } => Want::Forget(user),
            BoardOrder::Lower { user } => {
                self.hands.lower(&user);
                return answer(reply, Ok(()));
            }
            BoardOrder::Begin => return self.begin(&by, reply).await,
            _ => {
                let what = "no such order here";
                return answer(reply, Err(Reject::new(Code::UnknownFrame, what)));
            }
        };
        match self.board.handle(self.shared.clock.now(), &by, want) {
            Ok(entry) => {
                let told = Receipt::new(move |kept| {
                    answer(reply, if kept { Ok(()) } else { Err(not_kept()) });
                });
                self.enter(entry, None, Some(told)).await;
            }
            Err(reject) => answer(reply, Err(reject)),
        }
    }

    /// Keeps the lesson and begins an empty one with the same people.
    async fn begin(&mut self, by: &Sender, reply: oneshot::Sender<Result<(), Reject>>) {
        if by.role != Role::Host {
            let what = "only the host may begin a lesson; sign in with the host token";
            return answer(reply, Err(Reject::new(Code::Role, what)));
        }
        if self.board.seq() == Seq::default() {
            return answer(reply, Ok(()));
        }
        let store = Arc::clone(&self.shared.store);
        if let Ok(known) = lessons::list(store.as_ref(), &self.room).await
            && known.len() >= LESSONS
            && let Some(oldest) = known.first()
            && let Err(error) = lessons::delete(store.as_ref(), &self.room, oldest.lesson).await
        {
            tracing::error!("board {}: {error}", self.room);
        }
        let now = self.shared.clock.now();
        let ended = self.head.write(&self.room);
        let lesson = self.head.lesson.saturating_add(1);
        self.head = Head { lesson, began: now, changed: now, seq: Seq::default() };
        let Permit { helpers, everyone, pens } = self.board.permit().clone();
        let on_air = self.board.on_air();
        self.board = Board::default();
        self.lively = Lively::default();
        self.tidings = Tidings::new();
        self.reading.forget();
        self.pieces.clear();
        let pens = pens.into_iter().map(|pupil| Want::Pen(pupil, true));
        let wants = [Want::Allow(helpers, everyone), Want::Air(on_air)].into_iter().chain(pens);
        let entries = wants.filter_map(|want| self.board.handle(now, by, want).ok());
        let mut writes: Vec<_> =
            entries.map(|entry| lessons::write(&self.room, lesson, &entry)).collect();
        self.head.seq = self.board.seq();
        writes.extend([ended, self.head.write(&self.room)]);
        let whole = self.whole();
        self.clients.hear(&whole);
        let whole = encode(whole);
        self.readers.fan_out(&whole, Level::Message);
        self.brief.fan_out(&whole, Level::Message);
        let told = Receipt::new(move |kept| {
            answer(reply, if kept { Ok(()) } else { Err(not_kept()) });
        });
        self.shared.log.write(writes, Some(told)).await;
    }
}

fn answer(reply: oneshot::Sender<Result<(), Reject>>, outcome: Result<(), Reject>) {
    // Who asked may be gone.
    let _ = reply.send(outcome);
}

fn pupil(user: UserId, nick: &str) -> Result<Pupil, Reject> {
    if !(1..=32).contains(&user.as_str().len()) {
        return Err(Reject::new(Code::BadValue, "user: an id has 1 to 32 characters"));
    }
    Ok(Pupil { user, nick: surtitle_core::text::nick(nick)? })
}
