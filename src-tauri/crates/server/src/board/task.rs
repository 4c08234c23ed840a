//! The board's task: it owns the [`Board`], its readers and the strokes under way.

use super::Input;
use super::lessons::{self, Head, LESSONS};
use super::pieces::Pieces;
use crate::frames;
use crate::log::Receipt;
use crate::show::Shared;
use crate::ws::conn::{Conn, Level};
use crate::ws::hub::Hub;
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;
use surtitle_core::board::{
    Board, BoardEntry, Deed, HANDS, HEIGHT, Ink, LiveStroke, Lively, Permit, Pupil, WIDTH, Want,
};
use surtitle_core::room::ConnId;
use surtitle_core::wire::{BoardAsk, BoardOrder, BoardWord, Laser, LiveInk, ServerFrame};
use surtitle_core::{Code, Millis, Reject, Role, RoomId, Sender, Seq, UserId};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// Strokes under way are told at least this far apart: 60 times a second.
const LIVE_EVERY: Duration = Duration::from_micros(16_666);
/// Entries of a lesson in one answer have about this many bytes.
const PIECE: usize = 128 * 1024;

/// What goes out with the next telling.
#[derive(Debug, Default)]
struct Tidings {
    begun: Vec<LiveStroke>,
    more: Vec<LiveInk>,
    gone: Vec<u32>,
    lasers: Vec<Laser>,
}

impl Tidings {
    fn is_empty(&self) -> bool {
        self.begun.is_empty()
            && self.more.is_empty()
            && self.gone.is_empty()
            && self.lasers.is_empty()
    }

    /// More points of a stroke: one piece of each, however often it grew.
    fn extend(&mut self, live: u32, ink: &str) {
        if let Some(known) = self.begun.iter_mut().find(|stroke| stroke.live == live) {
            known.ink.push_str(ink);
        } else if let Some(known) = self.more.iter_mut().find(|more| more.live == live) {
            known.ink.push_str(ink);
        } else {
            self.more.push(LiveInk { live, ink: ink.to_owned() });
        }
    }

    /// It is over: the entry tells all of it, or it never was.
    fn forget(&mut self, live: u32) {
        self.begun.retain(|stroke| stroke.live != live);
        self.more.retain(|more| more.live != live);
    }
}

struct Task {
    shared: Shared,
    room: RoomId,
    board: Board,
    head: Head,
    /// Whether the head is on disk.
    is_begun: bool,
    lively: Lively,
    hands: Vec<Pupil>,
    readers: Hub,
    /// Who wants to know of rules alone.
    brief: Hub,
    staff: Hub,
    /// Who has a hand up, and over which connection.
    raised: Vec<(UserId, Arc<Conn>)>,
    pieces: Pieces,
    tidings: Tidings,
    told_at: Instant,
    /// The lesson somebody reads, up to that entry.
    read: Option<(u32, Seq, Arc<[BoardEntry]>)>,
}

/// Serves the board of `room` until every handle is gone.
pub async fn run(shared: Shared, room: RoomId, mut queue: mpsc::Receiver<Input>) {
    let mut task = match Task::open(shared, room).await {
        Ok(task) => task,
        Err(error) => {
            // Its queue closes: who asks is told that nothing answers.
            tracing::error!("board: its lesson cannot be read: {error}");
            return;
        }
    };
    let mut inputs = Vec::new();
    loop {
        let due = (!task.tidings.is_empty()).then_some(task.told_at + LIVE_EVERY);
        tokio::select! {
            n = queue.recv_many(&mut inputs, 256) => if n == 0 { break },
            () = sleep_until(due) => {}
        }
        for input in inputs.drain(..) {
            task.handle(input).await;
        }
        task.tell_live();
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

impl Task {
    async fn open(shared: Shared, room: RoomId) -> Result<Self, surtitle_store::Error> {
        let store = shared.store.as_ref();
        let last = lessons::list(store, &room).await?.pop();
        let is_begun = last.is_some();
        let now = shared.clock.now();
        let mut head =
            last.unwrap_or(Head { lesson: 1, began: now, changed: now, seq: Seq::default() });
        let entries = lessons::read(store, &room, head.lesson).await?;
        let board = Board::replay(entries.iter());
        if let Some(entry) = entries.last() {
            (head.changed, head.seq) = (entry.at, entry.seq);
        }
        Ok(Self {
            shared,
            room,
            board,
            head,
            is_begun,
            lively: Lively::default(),
            hands: Vec::new(),
            readers: Hub::default(),
            brief: Hub::default(),
            staff: Hub::default(),
            raised: Vec::new(),
            pieces: Pieces::default(),
            tidings: Tidings::default(),
            told_at: Instant::now(),
            read: None,
        })
    }

    async fn handle(&mut self, input: Input) {
        match input {
            Input::Ask { conn, who, ask } => {
                let n = ask.number();
                if let Err(reject) = self.ask(&conn, who, ask).await {
                    self.shared.metrics.refuse(reject.code);
                    conn.push(&frames::encode_reject(&reject, n), Level::Message);
                }
            }
            Input::Order { by, order, reply } => self.order(by, order, reply).await,
            Input::Gone(conn) => self.gone(conn),
        }
    }

    fn gone(&mut self, conn: ConnId) {
        self.readers.remove(conn);
        self.brief.remove(conn);
        self.staff.remove(conn);
        for live in self.lively.leave(conn) {
            self.drop_live(live);
        }
        let left = self.raised.iter().position(|(_, raised)| raised.id == conn);
        if let Some((user, _)) = left.map(|at| self.raised.remove(at)) {
            self.lower(&user);
        }
    }

    async fn ask(
        &mut self,
        conn: &Arc<Conn>,
        who: Option<Sender>,
        ask: BoardAsk,
    ) -> Result<(), Reject> {
        let now = self.shared.clock.now();
        match ask {
            BoardAsk::Open { brief, .. } => self.opened(conn, who.as_ref(), brief),
            BoardAsk::More { page, after } => {
                conn.push(&self.pieces.get(&self.board, page, after)?, Level::Message);
            }
            BoardAsk::Begin { n, brush, ink } => {
                let who = named(who)?;
                let brush = self.board.may_begin(&who, brush)?;
                let stroke = self.lively.begin((conn.id, n), &who.id, brush, Ink::read(&ink)?)?;
                let begun = BoardWord::Begun { n, live: stroke.live };
                conn.push(&encode(begun), Level::Message);
                self.tidings.begun.push(stroke);
            }
            BoardAsk::Extend { n, ink } => {
                let live = self.lively.extend((conn.id, n), &ink)?;
                self.tidings.extend(live, &ink);
            }
            BoardAsk::End { n, ink } => self.end(now, conn, named(who)?, n, &ink).await?,
            BoardAsk::Cancel { n } => {
                if let Some(drawn) = self.lively.take(conn.id, n) {
                    self.drop_live(drawn.live);
                }
            }
            BoardAsk::Undo { n } => {
                let entry = self.board.handle(now, &named(who)?, Want::Undo)?;
                self.enter(entry, None, Some(kept(conn, n, self.board.seq()))).await;
            }
            BoardAsk::Redo { n } => {
                let entry = self.board.handle(now, &named(who)?, Want::Redo)?;
                self.enter(entry, None, Some(kept(conn, n, self.board.seq()))).await;
            }
            BoardAsk::Laser { x, y } => {
                let who = named(who)?;
                self.board.permit().check(&who)?;
                if x > WIDTH as u32 || y > HEIGHT as u32 {
                    return Err(Reject::new(Code::BadInk, "the pointer lies outside the page"));
                }
                self.tidings.lasers.retain(|laser| laser.by != who.id);
                self.tidings.lasers.push(Laser { by: who.id, x, y });
            }
            BoardAsk::Hand { up } => self.hand(conn, named(who)?, up)?,
            BoardAsk::Lessons => self.tell_lessons(conn, who.as_ref()).await?,
            BoardAsk::Lesson { lesson, after } => {
                self.tell_lesson(conn, who.as_ref(), lesson, after).await?;
            }
            _ => return Err(Reject::new(Code::UnknownFrame, "a board is not asked this")),
        }
        Ok(())
    }

    fn opened(&mut self, conn: &Arc<Conn>, who: Option<&Sender>, brief: bool) {
        self.gone(conn.id);
        // What is told next begins after this.
        self.tell_live_now();
        conn.push(&self.whole(), Level::Message);
        if brief { &mut self.brief } else { &mut self.readers }.add(Arc::clone(conn));
        if who.is_some_and(|who| who.role >= Role::Helper) {
            conn.push(&encode(BoardWord::Hands { hands: self.hands.clone() }), Level::Message);
            self.staff.add(Arc::clone(conn));
        }
    }

    /// The board without its strokes.
    fn whole(&self) -> Bytes {
        encode(BoardWord::Opened {
            room: self.room.clone(),
            lesson: self.head.lesson,
            seq: self.board.seq(),
            pages: self.board.pages().iter().map(|page| page.info()).collect(),
            current: self.board.current(),
            permit: self.board.permit().clone(),
            on_air: self.board.on_air(),
            live: self.lively.list(),
        })
    }

    async fn end(
        &mut self,
        now: Millis,
        conn: &Arc<Conn>,
        who: Sender,
        n: u32,
        ink: &str,
    ) -> Result<(), Reject> {
        let grown = self.lively.extend((conn.id, n), ink);
        let drawn = self.lively.take(conn.id, n);
        let drawn = drawn
            .ok_or_else(|| Reject::new(Code::UnknownStroke, format!("no stroke {n} has begun")))?;
        self.tidings.forget(drawn.live);
        let entry = grown.and_then(|_| self.board.draw(now, &who, drawn.brush, drawn.ink));
        match entry {
            Ok(entry) => {
                let receipt = kept(conn, n, entry.seq);
                self.enter(entry, Some(drawn.live), Some(receipt)).await;
                Ok(())
            }
            Err(reject) => {
                self.drop_live(drawn.live);
                Err(reject)
            }
        }
    }

    async fn order(
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
                self.lower(&user);
                return answer(reply, Ok(()));
            }
            BoardOrder::Forget { user } => Want::Forget(user),
            BoardOrder::Lower { user } => {
                self.lower(&user);
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

    /// Writes an entry down and tells everybody of it.
    async fn enter(&mut self, entry: BoardEntry, live: Option<u32>, receipt: Option<Receipt>) {
        let mut back = None;
        match &entry.deed {
            Deed::Show { id } => back = self.board.stroke(*id).cloned(),
            Deed::Pen { user, on, .. } => {
                self.lower(user);
                if !on {
                    self.stop(user);
                }
            }
            Deed::Forget { user } => {
                self.lower(user);
                self.stop(user);
                self.read = None;
            }
            _ => {}
        }
        self.pieces.note(&entry.deed);
        let mut writes = vec![lessons::write(&self.room, self.head.lesson, &entry)];
        (self.head.changed, self.head.seq) = (entry.at, entry.seq);
        if !self.is_begun {
            self.is_begun = true;
            self.head.began = entry.at;
            writes.push(self.head.write(&self.room));
        }
        self.tell_live_now();
        let is_rule = is_rule(&entry.deed);
        let told = encode(BoardWord::Entry { entry, live, back });
        self.readers.fan_out(&told, Level::Message);
        if is_rule {
            self.brief.fan_out(&told, Level::Message);
        }
        self.shared.log.write(writes, receipt).await;
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
        (self.tidings, self.read) = (Tidings::default(), None);
        self.pieces.clear();
        let pens = pens.into_iter().map(|pupil| Want::Pen(pupil, true));
        let wants = [Want::Allow(helpers, everyone), Want::Air(on_air)].into_iter().chain(pens);
        let entries = wants.filter_map(|want| self.board.handle(now, by, want).ok());
        let mut writes: Vec<_> =
            entries.map(|entry| lessons::write(&self.room, lesson, &entry)).collect();
        self.head.seq = self.board.seq();
        writes.extend([ended, self.head.write(&self.room)]);
        let whole = self.whole();
        self.readers.fan_out(&whole, Level::Message);
        self.brief.fan_out(&whole, Level::Message);
        let told = Receipt::new(move |kept| {
            answer(reply, if kept { Ok(()) } else { Err(not_kept()) });
        });
        self.shared.log.write(writes, Some(told)).await;
    }

    /// Ends what somebody draws now, if they may not any more.
    fn stop(&mut self, user: &UserId) {
        for live in self.lively.forget(user) {
            self.drop_live(live);
        }
    }

    fn drop_live(&mut self, live: u32) {
        self.tidings.forget(live);
        self.tidings.gone.push(live);
    }

    fn hand(&mut self, conn: &Arc<Conn>, who: Sender, up: bool) -> Result<(), Reject> {
        if !up {
            self.lower(&who.id);
            return Ok(());
        }
        if self.hands.iter().any(|pupil| pupil.user == who.id) {
            return Ok(());
        }
        if self.hands.len() >= HANDS {
            let what = format!("{HANDS} hands are up already; try again soon");
            return Err(Reject::new(Code::TooManyHands, what));
        }
        self.raised.push((who.id.clone(), Arc::clone(conn)));
        self.hands.push(Pupil { user: who.id, nick: who.nick });
        self.tell_hands();
        Ok(())
    }

    fn lower(&mut self, user: &UserId) {
        let before = self.hands.len();
        self.hands.retain(|pupil| pupil.user != *user);
        let left = self.raised.iter().position(|(raised, _)| raised == user);
        if let Some((_, conn)) = left.map(|at| self.raised.remove(at)) {
            conn.push(&encode(BoardWord::Hands { hands: Vec::new() }), Level::Message);
        }
        if self.hands.len() != before {
            self.tell_hands();
        }
    }

    /// To the staff all, to each pupil their own.
    fn tell_hands(&mut self) {
        let all = encode(BoardWord::Hands { hands: self.hands.clone() });
        self.staff.fan_out(&all, Level::Message);
        for (user, conn) in &self.raised {
            let own = self.hands.iter().filter(|pupil| pupil.user == *user).cloned().collect();
            conn.push(&encode(BoardWord::Hands { hands: own }), Level::Message);
        }
    }

    async fn tell_lessons(&mut self, conn: &Arc<Conn>, who: Option<&Sender>) -> Result<(), Reject> {
        staff(who)?;
        let known = lessons::list(self.shared.store.as_ref(), &self.room).await;
        let mut known = known.map_err(unreadable)?;
        known.retain(|head| head.lesson != self.head.lesson);
        if self.is_begun {
            known.push(self.head);
        }
        let lessons = known.iter().rev().map(Head::info).collect();
        conn.push(&encode(BoardWord::Lessons { lessons }), Level::Message);
        Ok(())
    }

    async fn tell_lesson(
        &mut self,
        conn: &Arc<Conn>,
        who: Option<&Sender>,
        lesson: u32,
        after: Seq,
    ) -> Result<(), Reject> {
        staff(who)?;
        let upto = if lesson == self.head.lesson { self.head.seq } else { Seq(u64::MAX) };
        // Who is in the middle of a lesson reads it as it was when they began.
        let known = self
            .read
            .as_ref()
            .filter(|(known, at, _)| *known == lesson && (*at == upto || after > Seq::default()));
        let entries = match known {
            Some((_, _, entries)) => Arc::clone(entries),
            None => {
                self.shared.log.sync().await;
                let store = self.shared.store.as_ref();
                let entries = lessons::read(store, &self.room, lesson).await.map_err(unreadable)?;
                if entries.is_empty() {
                    let what = format!("no lesson {lesson} was kept");
                    return Err(Reject::new(Code::UnknownLesson, what));
                }
                self.read = Some((lesson, upto, Arc::clone(&entries)));
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
        conn.push(&encode(BoardWord::Lesson { lesson, entries: piece, next }), Level::Message);
        Ok(())
    }

    /// Tells what is under way, if it is time.
    fn tell_live(&mut self) {
        if !self.tidings.is_empty() && self.told_at.elapsed() >= LIVE_EVERY {
            self.tell_live_now();
        }
    }

    fn tell_live_now(&mut self) {
        if self.tidings.is_empty() {
            return;
        }
        self.told_at = Instant::now();
        let Tidings { begun, more, gone, lasers } = std::mem::take(&mut self.tidings);
        // An end must arrive; points that are lost come with the entry.
        let level = if gone.is_empty() { Level::State } else { Level::Message };
        self.readers.fan_out(&encode(BoardWord::Live { begun, more, gone, lasers }), level);
    }
}

fn encode(word: BoardWord) -> Bytes {
    frames::encode(&ServerFrame::Board { word })
}

/// The acknowledgement that waits for the disk.
fn kept(conn: &Arc<Conn>, n: u32, seq: Seq) -> Receipt {
    let failed = frames::encode_reject(&not_kept(), Some(n));
    Receipt::frame(Arc::clone(conn), encode(BoardWord::Kept { n, seq }), failed)
}

fn not_kept() -> Reject {
    Reject::new(Code::NotKept, "it could not be written down; try again in a moment")
}

fn unreadable(error: surtitle_store::Error) -> Reject {
    tracing::error!("store: {error}");
    Reject::new(Code::Internal, "the lesson could not be read; the log says why")
}

fn answer(reply: oneshot::Sender<Result<(), Reject>>, outcome: Result<(), Reject>) {
    // Who asked may be gone.
    let _ = reply.send(outcome);
}

fn named(who: Option<Sender>) -> Result<Sender, Reject> {
    who.ok_or_else(|| Reject::new(Code::NoPen, "guests read only; take a name first"))
}

fn staff(who: Option<&Sender>) -> Result<(), Reject> {
    if who.is_some_and(|who| who.role >= Role::Helper) {
        return Ok(());
    }
    Err(Reject::new(Code::Role, "only the host and helpers may do this; sign in with their token"))
}

fn pupil(user: UserId, nick: &str) -> Result<Pupil, Reject> {
    if !(1..=32).contains(&user.as_str().len()) {
        return Err(Reject::new(Code::BadValue, "user: an id has 1 to 32 characters"));
    }
    Ok(Pupil { user, nick: surtitle_core::text::nick(nick)? })
}

/// Whether it concerns who may draw or whether the board is seen.
fn is_rule(deed: &Deed) -> bool {
    use Deed::{Air, Allow, Forget, Pen};
    matches!(deed, Air { .. } | Allow { .. } | Pen { .. } | Forget { .. })
}

fn bytes(deed: &Deed) -> usize {
    match deed {
        Deed::Stroke { stroke } => stroke.bytes(),
        _ => 0,
    }
}
