//! Where an answer goes: one request, over a socket or by HTTP.

use super::outlet::Outlet;
use crate::log::Receipt;
use bytes::Bytes;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame;
use tokio::sync::oneshot;

/// One request, answered once, now or later: the first answer is the answer,
/// and one that is forgotten everywhere is refused as the server's fault.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Whose.
    pub conn: Outlet,
    call: Arc<Call>,
}

#[derive(Debug)]
struct Call {
    form: Form,
    /// Guards the way back, taken by the first answer; held to take it.
    way: Mutex<Option<Way>>,
}

/// What an answer looks like.
#[derive(Debug)]
enum Form {
    /// With the command and number of its request.
    Frame { servcmd: String, seq: u64 },
    /// The body alone.
    Body,
}

#[derive(Debug)]
enum Way {
    Push(Outlet),
    Reply(oneshot::Sender<Bytes>),
}

impl Asker {
    /// A request of a socket: command and number.
    pub fn frame(conn: &Outlet, servcmd: &str, seq: u64) -> Self {
        let form = Form::Frame { servcmd: servcmd.to_owned(), seq };
        Self::new(conn, form, Way::Push(conn.clone()))
    }

    /// A request by HTTP; the receiver gets the body of its answer.
    pub fn http(conn: &Outlet) -> (Self, oneshot::Receiver<Bytes>) {
        let (reply, answer) = oneshot::channel();
        (Self::new(conn, Form::Body, Way::Reply(reply)), answer)
    }

    fn new(conn: &Outlet, form: Form, way: Way) -> Self {
        let call = Arc::new(Call { form, way: Mutex::new(Some(way)) });
        Self { conn: conn.clone(), call }
    }

    /// The same request in the name of another connection.
    pub fn of(self, conn: Outlet) -> Self {
        Self { conn, call: self.call }
    }

    /// Answers with the fields of `rest`.
    pub fn answer<T: Serialize>(&self, rest: &T) {
        self.call.send(self.call.ok(rest));
    }

    /// Says no.
    pub fn refuse(&self, refusal: &Refusal) {
        self.refuse_with(refusal, &frame::Nothing {});
    }

    /// Says no, with the fields of `rest`.
    pub fn refuse_with<T: Serialize>(&self, refusal: &Refusal, rest: &T) {
        self.call.send(self.call.no(refusal, rest));
    }

    /// Answers once the disk has what was written before.
    pub fn receipt<T: Serialize>(&self, rest: &T) -> Receipt {
        let (call, ok) = (Arc::clone(&self.call), self.call.ok(rest));
        Receipt::new(move |kept| {
            let failed = || call.no(&Code::Server.into(), &frame::Nothing {});
            call.send(if kept { ok } else { failed() });
        })
    }
}

impl Call {
    fn ok<T: Serialize>(&self, rest: &T) -> Vec<u8> {
        match &self.form {
            Form::Frame { servcmd, seq } => frame::answer(servcmd, *seq, rest),
            Form::Body => frame::answer_body(rest),
        }
    }

    fn no<T: Serialize>(&self, refusal: &Refusal, rest: &T) -> Vec<u8> {
        match &self.form {
            Form::Frame { servcmd, seq } => frame::refuse_with(servcmd, *seq, refusal, rest),
            Form::Body => frame::refuse_body_with(refusal, rest),
        }
    }

    fn send(&self, json: Vec<u8>) {
        match self.way.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(Way::Push(conn)) => conn.push(&json),
            // A client that hung up needs no answer.
            Some(Way::Reply(reply)) => drop(reply.send(Bytes::from(json))),
            None => {}
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let open = self.way.get_mut().unwrap_or_else(PoisonError::into_inner).is_some();
        if open {
            self.send(self.no(&Code::Server.into(), &frame::Nothing {}));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use surtitle_core::room::ConnId;

    fn ask() -> (Asker, oneshot::Receiver<Bytes>) {
        Asker::http(&Outlet::nowhere(ConnId(1)))
    }

    fn read(body: &Bytes) -> Value {
        serde_json::from_slice(body).expect("JSON")
    }

    #[tokio::test]
    async fn only_the_first_answer_is_given() {
        let (asker, answer) = ask();
        let later = asker.clone();
        asker.answer(&json!({ "MsgSeq": 7 }));
        later.refuse(&Code::Muted.into());
        let expected =
            json!({ "ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", "MsgSeq": 7 });
        assert_eq!(read(&answer.await.expect("an answer")), expected);
    }

    #[tokio::test]
    async fn request_that_everybody_forgot_is_refused() {
        let (asker, answer) = ask();
        let other = asker.clone();
        drop(asker);
        drop(other.receipt(&frame::Nothing {}));
        drop(other);
        assert_eq!(read(&answer.await.expect("an answer"))["ErrorCode"], 10002);
    }

    #[tokio::test]
    async fn receipt_tells_what_became_of_it() {
        for (kept, code) in [(true, 0), (false, 10002)] {
            let (asker, answer) = ask();
            asker.receipt(&frame::Nothing {}).tell(kept);
            assert_eq!(read(&answer.await.expect("an answer"))["ErrorCode"], code);
        }
    }
}
