//! The board's task: it owns the [`Board`], its readers and the strokes under way.

mod order;

use crate::board::clients::{Clients, NOTICE};
use crate::board::ear::{Ear, encode};
use crate::board::hands::Hands;
use crate::board::lessons::{self, Head};
use crate::board::pieces::{self, Pieces};
use crate::board::reading::Reading;
use crate::board::tidings::Tidings;
use crate::board::{Asked, Input};
use crate::log::Receipt;
use crate::show::Shared;
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use std::sync::Arc;
use surtitle_core::board::{Board, BoardEntry, Deed, HEIGHT, Ink, Lively, WIDTH, Want};
use surtitle_core::room::ConnId;
use surtitle_core::wire::{BoardAsk, BoardWord, Laser};
use surtitle_core::{Code, Millis, Reject, Role, RoomId, Sender, Seq, UserId};
use tokio::sync::mpsc;
use tokio::time::Instant;

struct Task {
    shared: Shared,
    room: RoomId,
    board: Board,
    head: Head,
    /// Whether the head is on disk.
    is_begun: bool,
    lively: Lively,
    hands: Hands,
    readers: Hub,
    /// Who wants to know of rules alone.
    brief: Hub,
    clients: Clients,
    pieces: Pieces,
    tidings: Tidings,
    reading: Reading,
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
        let due = [task.tidings.due(task.lively.len()), task.clients.due()];
        let due = due.into_iter().flatten().min();
        tokio::select! {
            n = queue.recv_many(&mut inputs, 256) => if n == 0 { break },
            () = sleep_until(due) => {}
        }
        for input in inputs.drain(..) {
            task.handle(input).await;
        }
        task.tell();
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
            hands: Hands::default(),
            readers: Hub::default(),
            brief: Hub::default(),
            clients: Clients::new(),
            pieces: Pieces::default(),
            tidings: Tidings::new(),
            reading: Reading::default(),
        })
    }

    async fn handle(&mut self, input: Input) {
        match input {
            Input::Ask { ear, who, ask } => {
                let n = ask.number();
                match self.ask(&ear, who, ask).await {
                    Ok(Asked::Done) => ear.done(),
                    Ok(Asked::Waits) => {}
                    Err(reject) => {
                        self.shared.metrics.refuse(reject.code);
                        ear.refuse(&reject, n);
                    }
                }
            }
            Input::Order { by, order, reply } => self.order(by, order, reply).await,
            Input::Gone(conn) => self.gone(conn),
        }
    }

    fn gone(&mut self, conn: ConnId) {
        self.readers.remove(conn);
        self.brief.remove(conn);
        self.clients.remove(conn);
        self.hands.leave(conn);
        for live in self.lively.leave(conn) {
            self.tidings.cancel(live);
        }
    }

    async fn ask(
        &mut self,
        ear: &Ear,
        who: Option<Sender>,
        ask: BoardAsk,
    ) -> Result<Asked, Reject> {
        let now = self.shared.clock.now();
        let hand = |n| (ear.id(), n);
        match ask {
            BoardAsk::Open { brief, .. } => self.opened(ear, who.as_ref(), brief)?,
            BoardAsk::Close => self.gone(ear.id()),
            BoardAsk::More { page, after } => match ear {
                Ear::Page(conn) => {
                    conn.push(&self.pieces.get(&self.board, page, after)?, Level::Message);
                }
                Ear::Client(_) => {
                    ear.tell(pieces::piece(self.board.page(page)?, after, NOTICE));
                }
            },
            BoardAsk::Begin { n, brush, ink } => {
                let who = named(who)?;
                let brush = self.board.may_begin(&who, brush)?;
                let stroke = self.lively.begin(hand(n), &who.id, brush, Ink::read(&ink)?)?;
                ear.tell(BoardWord::Begun { n, live: stroke.live });
                self.tidings.begin(stroke);
            }
            BoardAsk::Extend { n, ink } => {
                let live = self.lively.extend(hand(n), &ink)?;
                self.tidings.extend(live, &ink);
            }
            BoardAsk::End { n, ink } => {
                self.end(now, ear, named(who)?, n, &ink).await?;
                return Ok(Asked::Waits);
            }
            BoardAsk::Stroke { n, brush, ink } => {
                let entry = self.board.draw(now, &named(who)?, brush, Ink::read(&ink)?)?;
                let receipt = ear.kept(n, entry.seq);
                self.enter(entry, None, Some(receipt)).await;
                return Ok(Asked::Waits);
            }
            BoardAsk::Cancel { n } => {
                if let Some(drawn) = self.lively.take(ear.id(), n) {
                    self.tidings.cancel(drawn.live);
                }
            }
            BoardAsk::Undo { n } | BoardAsk::Redo { n } => {
                let want =
                    if matches!(ask, BoardAsk::Undo { .. }) { Want::Undo } else { Want::Redo };
                let entry = self.board.handle(now, &named(who)?, want)?;
                let receipt = ear.kept(n, entry.seq);
                self.enter(entry, None, Some(receipt)).await;
                return Ok(Asked::Waits);
            }
            BoardAsk::Laser { x, y } => {
                let who = named(who)?;
                self.board.permit().check(&who)?;
                if x > WIDTH as u32 || y > HEIGHT as u32 {
                    return Err(Reject::new(Code::BadInk, "the pointer lies outside the page"));
                }
                self.tidings.point(Laser { by: who.id, x, y });
            }
            BoardAsk::Hand { up: true } => self.hands.raise(ear.clone(), named(who)?)?,
            BoardAsk::Hand { up: false } => self.hands.lower(&named(who)?.id),
            BoardAsk::Lessons => {
                staff(who.as_ref())?;
                let (shared, room) = (&self.shared, &self.room);
                ear.tell(Reading::list(shared, room, self.head, self.is_begun).await?);
            }
            BoardAsk::Lesson { lesson, after } => {
                staff(who.as_ref())?;
                let (shared, room) = (&self.shared, &self.room);
                ear.tell(self.reading.piece(shared, room, self.head, lesson, after).await?);
            }
            BoardAsk::Said { lesson, after } => {
                staff(who.as_ref())?;
                let (shared, room) = (&self.shared, &self.room);
                self.reading.said(shared, room, self.head, (ear, lesson, after)).await?;
            }
            _ => return Err(Reject::new(Code::UnknownFrame, "a board is not asked this")),
        }
        Ok(Asked::Done)
    }

    fn opened(&mut self, ear: &Ear, who: Option<&Sender>, brief: bool) -> Result<(), Reject> {
        self.gone(ear.id());
        // What is told next begins after this.
        self.tell_live_now();
        match ear {
            Ear::Page(conn) => {
                conn.push(&encode(self.whole()), Level::Message);
                if brief { &mut self.brief } else { &mut self.readers }.add(Arc::clone(conn));
                if who.is_some_and(|who| who.role >= Role::Helper) {
                    conn.push(&encode(self.hands.all()), Level::Message);
                    self.hands.staff.add(Arc::clone(conn));
                }
            }
            Ear::Client(client) => {
                self.clients.add(client.clone())?;
                ear.tell(self.whole());
            }
        }
        Ok(())
    }

    /// The board without its strokes.
    fn whole(&self) -> BoardWord {
        BoardWord::Opened {
            room: self.room.clone(),
            lesson: self.head.lesson,
            seq: self.board.seq(),
            pages: self.board.pages().iter().map(|page| page.info()).collect(),
            current: self.board.current(),
            permit: self.board.permit().clone(),
            on_air: self.board.on_air(),
            live: self.lively.list(),
        }
    }

    async fn end(
        &mut self,
        now: Millis,
        ear: &Ear,
        who: Sender,
        n: u32,
        ink: &str,
    ) -> Result<(), Reject> {
        let grown = self.lively.extend((ear.id(), n), ink);
        let drawn = self.lively.take(ear.id(), n);
        let drawn = drawn
            .ok_or_else(|| Reject::new(Code::UnknownStroke, format!("no stroke {n} has begun")))?;
        self.tidings.forget(drawn.live);
        let entry = grown.and_then(|_| self.board.draw(now, &who, drawn.brush, drawn.ink));
        match entry {
            Ok(entry) => {
                let receipt = ear.kept(n, entry.seq);
                self.enter(entry, Some(drawn.live), Some(receipt)).await;
                Ok(())
            }
            Err(reject) => {
                self.tidings.cancel(drawn.live);
                Err(reject)
            }
        }
    }

    /// Writes an entry down and tells everybody of it.
    async fn enter(&mut self, entry: BoardEntry, live: Option<u32>, receipt: Option<Receipt>) {
        let mut back = None;
        match &entry.deed {
            Deed::Show { id } => back = self.board.stroke(*id).cloned(),
            Deed::Pen { user, on, .. } => {
                self.hands.lower(user);
                if !on {
                    self.stop(user);
                }
            }
            Deed::Forget { user } => {
                self.hands.lower(user);
                self.stop(user);
                self.reading.forget();
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
        let word = BoardWord::Entry { entry, live, back };
        self.clients.hear(&word);
        let told = encode(word);
        self.readers.fan_out(&told, Level::Message);
        if is_rule {
            self.brief.fan_out(&told, Level::Message);
        }
        self.shared.log.write(writes, receipt).await;
    }

    /// Ends what somebody draws now, if they may not any more.
    fn stop(&mut self, user: &UserId) {
        for live in self.lively.forget(user) {
            self.tidings.cancel(live);
        }
    }

    /// Tells what is under way and what clients wait for, if it is time.
    fn tell(&mut self) {
        if self.tidings.due(self.lively.len()).is_some_and(|due| due <= Instant::now()) {
            self.tell_live_now();
        }
        let mut clients = std::mem::replace(&mut self.clients, Clients::new());
        clients.tell(|| self.whole());
        self.clients = clients;
    }

    fn tell_live_now(&mut self) {
        if self.tidings.is_empty() {
            return;
        }
        let (word, must) = self.tidings.take();
        let level = if must { Level::Message } else { Level::State };
        self.readers.fan_out(&encode(word), level);
    }
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

/// Whether it concerns who may draw or whether the board is seen.
fn is_rule(deed: &Deed) -> bool {
    use Deed::{Air, Allow, Forget, Pen};
    matches!(deed, Air { .. } | Allow { .. } | Pen { .. } | Forget { .. })
}
