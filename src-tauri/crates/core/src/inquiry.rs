//! The inquiries of a room: who asks, who takes care of it, what was answered.
//!
//! A value without IO: a command changes one inquiry and returns it, or is
//! refused and changes nothing. The same command again changes nothing and is
//! no error. Two people never take the same one: the second hears who has it.

use crate::text;
use crate::wire::{Inquiry, InquiryOrder, InquiryState};
use crate::{Code, Millis, Reject, Role, Sender, UserId};
use std::collections::BTreeMap;

/// Most inquiries kept. The oldest that is closed or answered makes room; if
/// none is, the new one is refused.
pub const INQUIRIES: usize = 500;
/// Most of one person that wait for an answer.
pub const EACH: usize = 3;

/// What a command did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It stands so now; `fresh` if that is news.
    Now {
        /// The inquiry.
        inquiry: Box<Inquiry>,
        /// Whether anything changed.
        fresh: bool,
    },
    /// It is gone.
    Gone(Box<Inquiry>),
}

/// Every inquiry, by number. At most [`INQUIRIES`].
#[derive(Debug, Clone, Default)]
pub struct Inquiries {
    all: BTreeMap<u32, Inquiry>,
    last: u32,
}

impl Inquiries {
    /// Those of an earlier run.
    pub fn new(kept: impl IntoIterator<Item = Inquiry>) -> Self {
        let all: BTreeMap<u32, Inquiry> = kept.into_iter().map(|one| (one.id, one)).collect();
        let last = all.last_key_value().map_or(0, |(id, _)| *id);
        Self { all, last }
    }

    /// All of them, oldest first.
    pub fn list(&self) -> Vec<Inquiry> {
        self.all.values().cloned().collect()
    }

    /// Those of one person, oldest first.
    pub fn of(&self, user: &UserId) -> Vec<Inquiry> {
        self.all.values().filter(|one| one.from.id == *user).cloned().collect()
    }

    /// Takes a question in; returns it, whether it is new, and the one that
    /// made room for it. The same person and `cid` is the same inquiry.
    ///
    /// # Errors
    /// [`Code::TextLength`], [`Code::BadValue`], [`Code::InquiryLimit`] or [`Code::InquiryFull`].
    pub fn ask(
        &mut self,
        now: Millis,
        from: Sender,
        cid: u32,
        words: &str,
        product: Option<u32>,
    ) -> Result<(Inquiry, bool, Option<u32>), Reject> {
        let mut theirs = self.all.values().filter(|one| one.from.id == from.id);
        if let Some(known) = theirs.clone().find(|one| one.cid == cid) {
            return Ok((known.clone(), false, None));
        }
        let text = text::comment(words)?;
        if product.is_some_and(|number| !(1..=9_999).contains(&number)) {
            return Err(Reject::new(Code::BadValue, "\"product\" must be 1 to 9999"));
        }
        let waits = |one: &&Inquiry| waits(one);
        if theirs.by_ref().filter(waits).count() >= EACH {
            let why = format!("{EACH} of your questions wait already; wait for an answer");
            return Err(Reject::new(Code::InquiryLimit, why));
        }
        let mut gone = None;
        if self.all.len() >= INQUIRIES {
            let done = self.all.values().find(|one| !waits(one)).map(|one| one.id);
            let full = || Reject::new(Code::InquiryFull, "too many questions wait; ask later");
            gone = Some(done.ok_or_else(full)?);
        }
        if let Some(id) = gone {
            self.all.remove(&id);
        }
        self.last += 1;
        let state = InquiryState::Open;
        let inquiry = Inquiry { id: self.last, at: now, from, cid, text, product, state };
        self.all.insert(inquiry.id, inquiry.clone());
        Ok((inquiry, true, gone))
    }

    /// Carries out what a host or helper does. A host may do with any what they
    /// like, except take one from somebody by [`InquiryOrder::Pick`].
    ///
    /// # Errors
    /// [`Code::UnknownItem`]; [`Code::InquiryTaken`] with the name of who has
    /// it; [`Code::InquiryClosed`]; [`Code::TextLength`].
    pub fn order(&mut self, by: &Sender, order: &InquiryOrder) -> Result<Done, Reject> {
        let (InquiryOrder::Pick { id }
        | InquiryOrder::Release { id }
        | InquiryOrder::Answer { id, .. }
        | InquiryOrder::Close { id }
        | InquiryOrder::Remove { id }) = order;
        if let InquiryOrder::Remove { .. } = order {
            let gone = self.all.remove(id).ok_or_else(|| unknown(*id))?;
            return Ok(Done::Gone(Box::new(gone)));
        }
        let inquiry = self.all.get_mut(id).ok_or_else(|| unknown(*id))?;
        let state = next(&inquiry.state, by, order)?;
        let fresh = inquiry.state != state;
        inquiry.state = state;
        Ok(Done::Now { inquiry: Box::new(inquiry.clone()), fresh })
    }

    /// Forgets everything by somebody.
    pub fn remove_user(&mut self, user: &UserId) -> Vec<Inquiry> {
        let gone = self.of(user);
        self.all.retain(|_, one| one.from.id != *user);
        gone
    }
}

/// Whether it waits for an answer.
fn waits(inquiry: &Inquiry) -> bool {
    matches!(inquiry.state, InquiryState::Open | InquiryState::Picked { .. })
}

/// The state after an order that removes nothing.
fn next(state: &InquiryState, by: &Sender, order: &InquiryOrder) -> Result<InquiryState, Reject> {
    use InquiryState::{Answered, Closed, Open, Picked};
    let me = || by.nick.clone();
    // A host answers and closes what a helper has; nobody picks what is picked.
    let overrules = by.role >= Role::Host && !matches!(order, InquiryOrder::Pick { .. });
    if let Picked { by: who } = state
        && *who != by.nick
        && !overrules
    {
        return Err(Reject::new(Code::InquiryTaken, format!("{who} has it; take another")));
    }
    Ok(match (order, state) {
        (InquiryOrder::Close { .. }, Closed { .. }) => state.clone(),
        (_, Closed { by }) => {
            return Err(Reject::new(Code::InquiryClosed, format!("{by} has closed it")));
        }
        (InquiryOrder::Pick { .. }, Answered { by, .. }) => {
            return Err(Reject::new(Code::InquiryTaken, format!("{by} has answered it")));
        }
        (InquiryOrder::Pick { .. }, _) => Picked { by: me() },
        (InquiryOrder::Release { .. }, Answered { .. }) => state.clone(),
        (InquiryOrder::Release { .. }, _) => Open,
        (InquiryOrder::Answer { text, public, .. }, _) => {
            let text = match text.trim().is_empty() && *public {
                true => String::new(),
                false => text::comment(text)?,
            };
            Answered { by: me(), text, public: *public }
        }
        (_, _) => Closed { by: me() },
    })
}

fn unknown(id: u32) -> Reject {
    Reject::new(Code::UnknownItem, format!("question {id} is not there (any more)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(id: &str, role: Role) -> Sender {
        Sender { id: id.into(), nick: id.to_owned(), avatar: None, role }
    }

    fn asked() -> (Inquiries, u32) {
        let mut all = Inquiries::default();
        let (one, fresh, _) = all
            .ask(Millis(1), who("ann", Role::Viewer), 7, "how big is it?", Some(3))
            .expect("taken");
        assert!(fresh);
        (all, one.id)
    }

    fn code(result: Result<Done, Reject>) -> Option<Code> {
        result.err().map(|reject| reject.code)
    }

    #[test]
    fn the_second_helper_hears_who_has_it() {
        let (mut all, id) = asked();
        let (mia, leo) = (who("Mia", Role::Helper), who("Leo", Role::Helper));
        all.order(&mia, &InquiryOrder::Pick { id }).expect("free");
        let again = all.order(&mia, &InquiryOrder::Pick { id }).expect("hers");
        assert!(matches!(again, Done::Now { fresh: false, .. }));
        let refused = all.order(&leo, &InquiryOrder::Pick { id }).expect_err("taken");
        assert_eq!(
            (refused.code, refused.message.as_str()),
            (Code::InquiryTaken, "Mia has it; take another")
        );
        let close = InquiryOrder::Close { id };
        assert_eq!(code(all.order(&leo, &close)), Some(Code::InquiryTaken));
        all.order(&mia, &InquiryOrder::Release { id }).expect("put back");
        all.order(&leo, &InquiryOrder::Pick { id }).expect("free again");
    }

    #[test]
    fn a_host_answers_what_a_helper_has_picked_and_it_stays_so_when_closed() {
        let (mut all, id) = asked();
        all.order(&who("Mia", Role::Helper), &InquiryOrder::Pick { id }).expect("free");
        let host = who("Host", Role::Host);
        assert_eq!(code(all.order(&host, &InquiryOrder::Pick { id })), Some(Code::InquiryTaken));
        let answer = InquiryOrder::Answer { id, text: "40 cm".into(), public: true };
        all.order(&host, &answer).expect("overrules");
        all.order(&host, &InquiryOrder::Close { id }).expect("closed");
        let again = all.order(&host, &InquiryOrder::Close { id }).expect("closed already");
        assert!(matches!(again, Done::Now { fresh: false, .. }));
        assert_eq!(code(all.order(&host, &answer)), Some(Code::InquiryClosed));
    }

    #[test]
    fn a_private_answer_needs_words_and_a_public_one_may_be_said_aloud() {
        let (mut all, id) = asked();
        let host = who("Host", Role::Host);
        let answer = |public| InquiryOrder::Answer { id, text: " ".into(), public };
        assert_eq!(code(all.order(&host, &answer(false))), Some(Code::TextLength));
        all.order(&host, &answer(true)).expect("said aloud");
    }

    #[test]
    fn a_retry_is_no_second_question_and_three_may_wait() {
        let (mut all, id) = asked();
        let ann = || who("ann", Role::Viewer);
        let again = all.ask(Millis(2), ann(), 7, "how big is it?", None).expect("the same");
        assert_eq!((again.0.id, again.1), (id, false));
        for cid in 8..10 {
            all.ask(Millis(2), ann(), cid, "and?", None).expect("taken");
        }
        let fourth = all.ask(Millis(2), ann(), 10, "and?", None).map(|_| ());
        assert_eq!(fourth.map_err(|r| r.code), Err(Code::InquiryLimit));
        assert_eq!(all.remove_user(&"ann".into()).len(), 3);
        assert!(all.list().is_empty());
    }

    #[test]
    fn what_is_done_makes_room_and_what_waits_does_not() {
        let mut all = Inquiries::default();
        let asker = |n: usize| who(&format!("u{n}"), Role::Viewer);
        for n in 0..INQUIRIES {
            all.ask(Millis(1), asker(n), 1, "well?", None).expect("fits");
        }
        let over = |all: &mut Inquiries| all.ask(Millis(1), asker(9_999), 1, "well?", None);
        assert_eq!(over(&mut all).map(|_| ()).map_err(|r| r.code), Err(Code::InquiryFull));
        all.order(&who("Host", Role::Host), &InquiryOrder::Close { id: 5 }).expect("closed");
        assert_eq!(over(&mut all).expect("fits").2, Some(5));
        assert_eq!(all.list().len(), INQUIRIES);
    }
}
