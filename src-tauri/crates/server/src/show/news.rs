//! What the program around the server may ring a bell for: gifts and questions.
//!
//! Never a comment and never what a question says: a bell is shown by the
//! desktop, where nothing that was removed later can be taken back.

use super::{Ask, ShowHandle, ShowTask, rehearse};
use surtitle_core::wire::Inquiry;
use surtitle_core::{Event, EventKind};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

/// News that may wait for who listens; what does not fit is not told.
const BOUND: usize = 256;

/// Something worth a bell. A rehearsal is not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum News {
    /// A gift came.
    Gift {
        /// Nickname of the giver.
        from: String,
        /// Name of the gift.
        gift: String,
        /// How many, at least 1.
        count: u32,
    },
    /// A viewer asks the host.
    Question {
        /// Nickname of the asker.
        from: String,
    },
}

impl ShowHandle {
    /// Listens from now on; who listened before hears nothing any more.
    pub async fn news(&self) -> mpsc::Receiver<News> {
        let (sender, receiver) = mpsc::channel(BOUND);
        self.tell(Ask::Listen(sender)).await;
        receiver
    }
}

impl ShowTask {
    /// An event came in.
    pub(super) fn note_event(&mut self, event: &Event) {
        let (EventKind::Gift { gift, count }, Some(from)) = (&event.kind, &event.from) else {
            return;
        };
        if event.source != rehearse::SOURCE {
            let (from, gift) = (from.nick.clone(), gift.name.clone());
            self.ring(News::Gift { from, gift, count: *count });
        }
    }

    /// A new question came in.
    pub(super) fn note_question(&mut self, inquiry: &Inquiry) {
        self.ring(News::Question { from: inquiry.from.nick.clone() });
    }

    fn ring(&mut self, news: News) {
        let Some(sender) = &self.news else { return };
        if let Err(TrySendError::Closed(_)) = sender.try_send(news) {
            self.news = None;
        }
    }
}
