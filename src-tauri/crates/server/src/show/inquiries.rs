//! Inquiries in the show's task: taken in, written down, told to consoles and
//! to who asked, and put on the picture when they are answered in public.

use super::ShowTask;
use super::command::{Outcome, internal};
use crate::frames;
use crate::log::Receipt;
use crate::room_task::Input as RoomInput;
use crate::ws::conn::{Conn, Level};
use std::sync::Arc;
use surtitle_core::inquiry::Done;
use surtitle_core::placard::{Placard, PlacardKind};
use surtitle_core::session::SessionCommand;
use surtitle_core::show::Input;
use surtitle_core::wire::{Body, Inquiry, InquiryAsk, InquiryOrder, InquiryState, ServerFrame};
use surtitle_core::{Code, Millis, Reject, Sender, UserId, text};
use surtitle_store::{Document, LogWrite};

/// Kind of the documents they are written down as.
pub(super) const KIND: &str = "inquiry";
/// The placard of the one that is answered in public.
const PLACARD: &str = "inquiry";

impl ShowTask {
    /// A viewer asks, or wants to be told what they asked.
    pub(super) async fn inquire(
        &mut self,
        now: Millis,
        conn: Arc<Conn>,
        mut from: Sender,
        cid: u32,
        ask: InquiryAsk,
    ) {
        let InquiryAsk::New { text, product } = ask else {
            let list = self.inquiries.of(&from.id).iter().map(outside).collect();
            let frame = ServerFrame::Inquiry { list, gone: Vec::new(), whole: true, re: Some(cid) };
            return conn.push(&frames::encode(&frame), Level::Message);
        };
        self.shared.images.own_sender(&mut from);
        match self.inquiries.ask(now, from, cid, &text, product) {
            Err(reject) => conn.push(&frames::encode_reject(&reject, Some(cid)), Level::Message),
            Ok((inquiry, fresh, gone)) => {
                let frame = frames::encode(&frame(&[outside(&inquiry)], &[], Some(cid)));
                if !fresh {
                    return conn.push(&frame, Level::Message);
                }
                self.shared.record.question();
                let lost = "the question could not be written down; ask again in a moment";
                let lost = Reject::new(Code::Internal, lost);
                let failed = frames::encode_reject(&lost, Some(cid));
                let mut writes = vec![write(inquiry.id, Some(&inquiry))];
                writes.extend(gone.map(|id| write(id, None)));
                let receipt = Receipt::frame(conn, frame, failed);
                self.shared.log.write(writes, Some(receipt)).await;
                let gone: Vec<u32> = gone.into_iter().collect();
                self.note_question(&inquiry);
                self.tell_consoles(&[inquiry], &gone);
            }
        }
    }

    /// A host or helper does something with one.
    pub(super) async fn inquiry(
        &mut self,
        now: Millis,
        by: &Sender,
        order: InquiryOrder,
    ) -> Outcome {
        match self.inquiries.order(by, &order)? {
            Done::Gone(inquiry) => self.forget_inquiry(now, &inquiry).await,
            Done::Now { fresh: false, .. } => Ok(()),
            Done::Now { inquiry, .. } => {
                let value = value(&inquiry);
                let document = Document { kind: KIND.into(), key: key(inquiry.id), value };
                self.shared.store.put_documents(&[document]).await.map_err(internal)?;
                if matches!(inquiry.state, InquiryState::Answered { .. }) {
                    self.shared.record.answered();
                }
                match &inquiry.state {
                    InquiryState::Answered { text, public: true, .. } => {
                        self.answer_in_public(now, &inquiry, text).await?;
                    }
                    InquiryState::Closed { .. } => self.take_inquiry(now, &inquiry),
                    _ => {}
                }
                self.tell_asker(&inquiry, false);
                self.tell_consoles(&[*inquiry], &[]);
                Ok(())
            }
        }
    }

    /// Forgets everything somebody asked: they were muted or banned.
    pub(super) async fn forget_asker(&mut self, now: Millis, user: &UserId) {
        for inquiry in self.inquiries.remove_user(user) {
            // The log says why it did not work; it is off every page in any case.
            let _ = self.forget_inquiry(now, &inquiry).await;
        }
    }

    /// Tells a console that opens.
    pub(super) fn greet_inquiries(&self, conn: &Arc<Conn>) {
        let list = self.inquiries.list();
        let frame = ServerFrame::Inquiry { list, gone: Vec::new(), whole: true, re: None };
        conn.push(&frames::encode(&frame), Level::Message);
    }

    async fn answer_in_public(&mut self, now: Millis, inquiry: &Inquiry, answer: &str) -> Outcome {
        let (from, text) = (Some(inquiry.from.clone()), inquiry.text.clone());
        let kind = PlacardKind::Question { event: None, from, text };
        self.place(now, Placard { id: PLACARD.to_owned(), kind }).await?;
        if !answer.is_empty() {
            let words = format!("@{} {answer}", inquiry.from.nick);
            let text = words.chars().take(text::TEXT_LIMIT).collect();
            self.cid = self.cid.wrapping_add(1);
            let body = Body::Comment { text };
            let send = SessionCommand::Send { cid: self.cid, priority: None, body };
            let sent = self.session.commands.try_send(send);
            sent.map_err(|_| super::command::unanswered())?;
        }
        Ok(())
    }

    async fn forget_inquiry(&mut self, now: Millis, inquiry: &Inquiry) -> Outcome {
        self.take_inquiry(now, inquiry);
        self.tell_asker(inquiry, true);
        self.tell_consoles(&[], &[inquiry.id]);
        self.shared.store.delete_document(KIND, &key(inquiry.id)).await.map_err(internal)
    }

    /// Takes its placard off, if it is this one's.
    fn take_inquiry(&mut self, now: Millis, inquiry: &Inquiry) {
        let shows = |placard: &Placard| match &placard.kind {
            PlacardKind::Question { from: Some(from), text, .. } => {
                placard.id == PLACARD && from.id == inquiry.from.id && *text == inquiry.text
            }
            _ => false,
        };
        if self.show.placards().iter().any(shows) {
            self.placards.at_once();
            let _ = self.show_input(now, Input::Take { id: PLACARD.to_owned() });
        }
    }

    fn tell_consoles(&mut self, list: &[Inquiry], gone: &[u32]) {
        let frame = frames::encode(&frame(list, gone, None));
        self.consoles.fan_out(&frame, Level::Message);
    }

    /// Tells every page of who asked; the room may be waiting for us.
    fn tell_asker(&self, inquiry: &Inquiry, is_gone: bool) {
        let frame = match is_gone {
            true => frame(&[], &[inquiry.id], None),
            false => frame(&[outside(inquiry)], &[], None),
        };
        let (room, user) = (self.room.clone(), inquiry.from.id.clone());
        let told = RoomInput::TellUser(user, frames::encode(&frame));
        tokio::spawn(async move { room.tell(told).await });
    }
}

fn frame(list: &[Inquiry], gone: &[u32], re: Option<u32>) -> ServerFrame {
    ServerFrame::Inquiry { list: list.to_vec(), gone: gone.to_vec(), whole: false, re }
}

/// As who asked sees it: which helper takes care of it is not their affair.
fn outside(inquiry: &Inquiry) -> Inquiry {
    let mut inquiry = inquiry.clone();
    match &mut inquiry.state {
        InquiryState::Picked { by }
        | InquiryState::Closed { by }
        | InquiryState::Answered { by, .. } => by.clear(),
        _ => {}
    }
    inquiry
}

fn key(id: u32) -> String {
    format!("{id:010}")
}

fn value(inquiry: &Inquiry) -> serde_json::Value {
    serde_json::to_value(inquiry).expect("text and numbers serialise")
}

fn write(id: u32, inquiry: Option<&Inquiry>) -> LogWrite {
    LogWrite::Document { kind: KIND.into(), key: key(id), value: inquiry.map(value) }
}
