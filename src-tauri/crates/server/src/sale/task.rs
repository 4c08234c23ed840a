//! The task that owns the sale.

use super::cards::{self, Cards};
use super::letters::Letters;
use super::told::{self, Board};
use super::{Ask, Done, Look, To, lost};
use crate::frames;
use crate::hooks::{Call, Platform};
use crate::room_task::{Input as RoomInput, RoomHandle};
use crate::show::{Ask as ShowAsk, Shared, ShowHandle};
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use surtitle_core::sale::{Answer, Catalogue, Change, How, OfferId, Record, Sale};
use surtitle_core::wire::{HostCommand, SaleNews, ServerFrame};
use surtitle_core::{Code, Reject, Sender};
use surtitle_store::{DocumentKey, LEDGER_PAGE, Store};
use surtitle_tim::{hook, map};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// Most asks in one transaction.
const BATCH: usize = 1_024;
/// Members, consoles and overlays are told at most this often.
const TELL_EVERY: Duration = Duration::from_millis(250);
/// Kind of the documents the catalogue is kept in.
const KIND: &str = "sale";
/// What is damaged is read again at most this often.
const LOOK_EVERY: Duration = Duration::from_secs(5);

pub(super) struct SaleTask {
    shared: Shared,
    room: RoomHandle,
    show: ShowHandle,
    sale: Sale,
    /// Why nothing can be claimed, if so.
    fault: Option<String>,
    /// When the disk was last read.
    looked: Instant,
    listening: Arc<AtomicBool>,
    consoles: Hub,
    /// To members who speak through an SDK.
    letters: Letters,
    cards: Cards,
    /// What the overlays and the room were told last.
    board: Board,
    told: Instant,
    /// Something has changed since.
    news: bool,
}

impl SaleTask {
    pub(super) async fn new(
        shared: Shared,
        room: RoomHandle,
        show: ShowHandle,
        letters: Letters,
        listening: Arc<AtomicBool>,
    ) -> Self {
        let mut task = Self {
            shared,
            room,
            show,
            sale: Sale::default(),
            fault: None,
            looked: Instant::now(),
            listening,
            consoles: Hub::default(),
            letters,
            cards: Cards::default(),
            board: Board::default(),
            told: Instant::now(),
            news: true,
        };
        task.reopen().await;
        // What stood on the picture, or was taken off it, stays so.
        task.board.remember(&task.sale);
        task
    }

    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Ask>) {
        let mut asks = Vec::new();
        loop {
            let wake = self.next_wakeup();
            tokio::select! {
                n = queue.recv_many(&mut asks, BATCH) => if n == 0 { break },
                () = tokio::time::sleep_until(wake) => {}
            }
            let (mut waiting, mut looks) = (Vec::new(), Vec::new());
            let is_wanted = asks.iter().any(|ask| !matches!(ask, Ask::Look(_)));
            if self.fault.is_some() && is_wanted && self.looked.elapsed() >= LOOK_EVERY {
                self.reopen().await;
            }
            for ask in asks.drain(..) {
                self.handle(ask, &mut waiting, &mut looks);
            }
            let kept = self.keep().await;
            for done in waiting {
                done(kept);
            }
            for look in looks {
                look(&self.sale, self.shared.clock.now());
            }
            self.tell().await;
        }
    }

    fn next_wakeup(&self) -> Instant {
        let idle = Instant::now() + Duration::from_secs(3_600);
        let told = self.news.then_some(self.told + TELL_EVERY);
        let turn = self.board.next_turn().map(|at| self.shared.clock.instant(at));
        told.into_iter().chain(turn).min().unwrap_or(idle).min(idle)
    }

    fn handle(&mut self, ask: Ask, waiting: &mut Vec<Done>, looks: &mut Vec<Look>) {
        let now = self.shared.clock.now();
        match ask {
            Ask::Claim { to, who, cid, offer } => {
                let answer = match self.stands() {
                    Err(reject) => Err(reject),
                    Ok(()) => self.sale.claim(now, &who, &offer, How::Button, cid),
                };
                waiting.extend(self.webhook(&answer));
                waiting.push(self.answer(to, &who, cid, offer, answer));
            }
            Ask::Heard { to, who, cid, text } => {
                if self.stands().is_err() {
                    return;
                }
                for (offer, answer) in self.sale.hear(now, &who, &text, cid) {
                    self.news |= answer.is_ok();
                    waiting.extend(self.webhook(&answer));
                    waiting.push(self.answer(to.clone(), &who, cid, offer, answer));
                }
            }
            Ask::Wallet { to, who, cid } => {
                let mut claims = self.sale.wallet(&who.id);
                // A message of an SDK has 12 KB.
                let most = if matches!(to, To::Page(_)) { 500 } else { 20 };
                claims.drain(..claims.len().saturating_sub(most));
                let claims = claims.iter().map(|answer| told::claim(&self.sale, answer)).collect();
                let say = self.say(to, &who, SaleNews::Wallet { cid, claims });
                waiting.push(Box::new(move |_| say()));
            }
            Ask::Shelf { who } => {
                let offers = self.sale.books().offers().iter();
                for (id, offer) in offers.filter(|(_, offer)| offer.is_running(now)) {
                    let card = cards::opened(now, &told::offer(id, offer));
                    self.letters.put_now(map::account(&who.id), card);
                }
            }
            Ask::Act(act) => {
                if self.fault.is_some() {
                    // Its dropped reply says that it was not done.
                    return;
                }
                waiting.push(act(&mut self.sale, now));
                self.news = true;
            }
            Ask::Watch(conn) => {
                let desk = Box::new(told::desk(now, &self.sale, self.fault.clone()));
                conn.push(&encode(SaleNews::Desk { desk }), Level::Message);
                self.consoles.add(conn);
            }
            Ask::Look(look) => looks.push(look),
        }
    }

    fn answer(
        &mut self,
        to: To,
        who: &Sender,
        cid: u32,
        offer: OfferId,
        answer: Result<Answer, Reject>,
    ) -> Done {
        let refused = |reject: &Reject| {
            self.shared.metrics.refuse(reject.code);
            SaleNews::Refused {
                cid,
                offer: offer.clone(),
                code: reject.code.number(),
                message: reject.message.clone(),
                retry: reject.code.retry(),
            }
        };
        match answer {
            Ok(answer) => {
                self.news |= answer.fresh;
                let claim = told::claim(&self.sale, &answer);
                let made = self.say(to.clone(), who, SaleNews::Claimed { cid, claim });
                let lost = self.say(to, who, refused(&lost()));
                Box::new(move |kept| if kept { made() } else { lost() })
            }
            Err(reject) => {
                let no = self.say(to, who, refused(&reject));
                Box::new(move |_| no())
            }
        }
    }

    /// Says something to whoever asked, when it is called.
    fn say(&self, to: To, who: &Sender, news: SaleNews) -> impl FnOnce() + Send + 'static {
        let (letters, account) = (self.letters.clone(), map::account(&who.id).to_owned());
        move || match to {
            To::Page(conn) => conn.push(&encode(news), Level::Message),
            To::Account => letters.tell(&account, &news),
        }
    }

    /// Tells the app's back end of a new claim, once it is on disk.
    fn webhook(&self, answer: &Result<Answer, Reject>) -> Option<Done> {
        let hooks = Arc::clone(&self.room.link.hooks);
        let Answer { offer, claim, code, amount, .. } =
            answer.as_ref().ok().filter(|made| made.fresh)?;
        if !hooks.wants(hook::Command::SaleClaimMade) {
            return None;
        }
        let body = hook::body::claim_made(&hook::body::Claimed {
            group: &self.room.group,
            entry: claim.seq,
            offer: offer.as_str(),
            number: claim.n,
            from: map::account(&claim.user),
            nick: &claim.nick,
            code: code.as_deref(),
            amount: amount.as_ref().map(|price| price.amount),
            currency: amount.as_ref().map(|price| price.currency.as_str()),
            at_ms: claim.at.0,
        });
        let call = Call {
            command: hook::Command::SaleClaimMade,
            body,
            ip: None,
            platform: Platform::Unknown,
        };
        Some(Box::new(move |kept| {
            if kept {
                hooks.tell(call);
            }
        }))
    }

    fn stands(&self) -> Result<(), Reject> {
        match &self.fault {
            None => Ok(()),
            Some(_) => Err(Reject::new(Code::Internal, "the sale stands still; tell the host")),
        }
    }

    /// Writes down what was done, in one transaction; says whether the disk took it.
    async fn keep(&mut self) -> bool {
        let records = self.sale.take_records();
        let changes = self.sale.take_changes();
        if records.is_empty() && changes.is_empty() {
            return true;
        }
        let documents: Vec<_> = changes.iter().map(|change| self.document(change)).collect();
        match self.shared.store.append_ledger(&records, &documents).await {
            Ok(()) => true,
            Err(error) => {
                tracing::error!("sale: {} entries were not kept: {error}", records.len());
                self.reopen().await;
                false
            }
        }
    }

    /// Reads the sale from the disk.
    async fn reopen(&mut self) {
        self.looked = Instant::now();
        match open(self.shared.store.as_ref()).await {
            Ok(sale) => (self.sale, self.fault) = (sale, None),
            Err(why) => {
                tracing::error!("sale: {why}");
                self.fault = Some(why);
            }
        }
        self.news = true;
    }

    fn document(&self, change: &Change) -> (DocumentKey, Option<Value>) {
        let catalogue = self.sale.catalogue();
        let (key, value) = match change {
            Change::Products => {
                let products: Vec<_> = catalogue.products.values().collect();
                let value = json!({ "products": products, "on_show": catalogue.on_show });
                ("products".to_owned(), Some(value))
            }
            Change::Voucher(id) => {
                let known = catalogue.vouchers.get(id);
                let value = known.map(|(voucher, codes)| json!([voucher, codes]));
                (format!("voucher/{id}"), value)
            }
            Change::Seed(id) => {
                (format!("seed/{id}"), catalogue.seeds.get(id).map(|seed| json!(seed)))
            }
            Change::Packet(id) => {
                (format!("packet/{id}"), catalogue.packets.get(id).map(|shares| json!(shares)))
            }
        };
        ((KIND.to_owned(), key), value)
    }

    /// Tells members, consoles and the picture, if it is time.
    async fn tell(&mut self) {
        let now = self.shared.clock.now();
        self.listening.store(self.sale.is_listening(), Ordering::Relaxed);
        let turn = self.board.next_turn().is_some_and(|at| at <= now);
        if !(self.news || turn) || Instant::now() < self.told + TELL_EVERY {
            return;
        }
        (self.told, self.news) = (Instant::now(), false);
        if let Some((fan, shelf)) = self.board.frames(now, &self.sale, &self.shared.images) {
            // The room may be waiting for us: if its queue is full, later.
            if !self.room.try_tell(RoomInput::Shelf { fan, shelf }) {
                self.board.forget_frames();
                self.news = true;
            }
        }
        let before = self.cards.clone();
        let (cards, again) = self.cards.news(now, &self.sale);
        self.news |= again;
        if !cards.is_empty() && !self.room.try_tell(RoomInput::Cards(cards)) {
            // The room may be waiting for us: if its queue is full, later.
            self.cards = before;
            self.news = true;
        }
        let (placed, changed, gone) = self.board.placards(now, &self.sale);
        let host = self.shared.tokens.host();
        for placard in placed {
            self.command(HostCommand::Place { placard: Box::new(placard) }, &host).await;
        }
        for id in gone {
            self.command(HostCommand::Take { id }, &host).await;
        }
        if !changed.is_empty() {
            self.show.tell(ShowAsk::Figures(changed)).await;
        }
        if !self.consoles.is_empty() {
            let desk = Box::new(told::desk(now, &self.sale, self.fault.clone()));
            self.consoles.fan_out(&encode(SaleNews::Desk { desk }), Level::Message);
        }
    }

    async fn command(&self, command: HostCommand, host: &surtitle_core::Sender) {
        // Nobody waits: what the show refuses (too many placards) is only not drawn.
        let (reply, _) = oneshot::channel();
        self.show.tell(ShowAsk::Command { by: host.clone(), command, reply }).await;
    }
}

fn encode(news: SaleNews) -> bytes::Bytes {
    frames::encode(&ServerFrame::Sale { news })
}

/// Reads catalogue and ledger; says what is wrong with them.
async fn open(store: &dyn Store) -> Result<Sale, String> {
    let mut catalogue = Catalogue::default();
    for document in store.list_documents(KIND).await.map_err(|error| error.to_string())? {
        let key = document.key.clone();
        read(&mut catalogue, &document.key, document.value)
            .map_err(|error| format!("its document {key:?} cannot be read: {error}"))?;
    }
    let records = ledger(store).await.map_err(|error| error.to_string())?;
    Sale::open(catalogue, &records).map_err(|fault| {
        format!("the ledger is damaged at {fault}; `surtitle ledger verify` says the same")
    })
}

fn read(catalogue: &mut Catalogue, key: &str, value: Value) -> serde_json::Result<()> {
    #[derive(serde::Deserialize)]
    struct Products {
        products: Vec<surtitle_core::sale::Product>,
        on_show: Option<u32>,
    }
    if key == "products" {
        let Products { products, on_show } = serde_json::from_value(value)?;
        catalogue.products = products.into_iter().map(|p| (p.number, p)).collect();
        catalogue.on_show = on_show;
    } else if let Some(id) = key.strip_prefix("voucher/") {
        catalogue.vouchers.insert(id.to_owned(), serde_json::from_value(value)?);
    } else if let Some(id) = key.strip_prefix("seed/") {
        catalogue.seeds.insert(id.to_owned(), serde_json::from_value(value)?);
    } else if let Some(id) = key.strip_prefix("packet/") {
        catalogue.packets.insert(id.to_owned(), serde_json::from_value(value)?);
    }
    Ok(())
}

/// The whole ledger.
pub(super) async fn ledger(store: &dyn Store) -> Result<Vec<Record>, surtitle_store::Error> {
    let mut all: Vec<Record> = Vec::new();
    loop {
        let after = all.last().map_or(0, |record| record.seq);
        let page = store.list_ledger(after, LEDGER_PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
