//! Messages that wait for the word of the app's back end.
//!
//! Each sender has a line: what they said leaves it in the order they said it,
//! however late an answer comes, and nobody waits for another's. A question
//! is answered within two seconds, by policy if not by the back end, so a
//! message waits no longer than that and the gate holds at most what came in
//! in two seconds; over [`BOUND`] messages new ones are refused as too fast.

use super::speech::{Speech, Waits};
use std::collections::{HashMap, VecDeque};
use surtitle_core::UserId;
use surtitle_tim::hook::Verdict;

/// Most messages that wait.
const BOUND: usize = 20_000;

/// Names a message that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket(u64);

#[derive(Debug)]
struct Waiting {
    ticket: Ticket,
    speech: Speech,
    verdict: Option<Verdict>,
    /// Retries that came meanwhile; they get the same answer.
    also: Vec<Waits>,
}

/// A message that may go on.
#[derive(Debug)]
pub struct Judged {
    /// The message.
    pub speech: Speech,
    /// The word.
    pub verdict: Verdict,
    /// Who wait for it besides.
    pub also: Vec<Waits>,
    /// Whether the room's own filter hides it, and not the back end.
    pub hidden: bool,
}

/// The lines before one room.
#[derive(Debug, Default)]
pub struct Gate {
    lines: HashMap<UserId, VecDeque<Waiting>>,
    /// Whose line a ticket is in.
    tickets: HashMap<Ticket, UserId>,
    last: u64,
}

impl Gate {
    /// Whether nobody waits.
    pub fn is_empty(&self) -> bool {
        self.tickets.is_empty()
    }

    /// Whether one more may wait.
    pub fn has_room(&self) -> bool {
        self.tickets.len() < BOUND
    }

    /// Puts a message at the end of its sender's line.
    pub fn park(&mut self, sender: UserId, speech: Speech) -> Ticket {
        self.last += 1;
        let ticket = Ticket(self.last);
        let waiting = Waiting { ticket, speech, verdict: None, also: Vec::new() };
        self.tickets.insert(ticket, sender.clone());
        self.lines.entry(sender).or_default().push_back(waiting);
        ticket
    }

    /// A retry of a message that waits joins it; else it comes back.
    pub fn join(&mut self, sender: &UserId, speech: Speech) -> Option<Speech> {
        let line = self.lines.get_mut(sender);
        match line.and_then(|line| line.iter_mut().find(|w| w.speech.cid == speech.cid)) {
            Some(waiting) => {
                waiting.also.push(speech.waits);
                None
            }
            None => Some(speech),
        }
    }

    /// The word on a message came; returns what may go on now, in order.
    pub fn judge(&mut self, ticket: Ticket, verdict: Verdict) -> Vec<Judged> {
        let Some(sender) = self.tickets.get(&ticket).cloned() else { return Vec::new() };
        let Some(line) = self.lines.get_mut(&sender) else { return Vec::new() };
        if let Some(waiting) = line.iter_mut().find(|waiting| waiting.ticket == ticket) {
            waiting.verdict = Some(verdict);
        }
        let mut judged = Vec::new();
        while line.front().is_some_and(|waiting| waiting.verdict.is_some()) {
            let Some(Waiting { ticket, speech, verdict: Some(verdict), also }) = line.pop_front()
            else {
                break;
            };
            self.tickets.remove(&ticket);
            judged.push(Judged { speech, verdict, also, hidden: false });
        }
        if line.is_empty() {
            self.lines.remove(&sender);
        }
        judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sdk::asker::Asker;
    use crate::sdk::outlet::Outlet;
    use surtitle_core::room::{ConnId, Origin};
    use surtitle_core::wire::Body;
    use surtitle_tim::map::Meaning;

    fn speech(cid: u32) -> Speech {
        let conn = ConnId(1);
        Speech {
            from: Origin::App(conn),
            cid,
            priority: None,
            meaning: Meaning { body: Body::Comment { text: "x".into() }, likes: 0, follows: 0 },
            spoken: None,
            waits: Waits::Sdk(Asker::http(&Outlet::nowhere(conn)).0),
            operator: None,
            caller: super::super::desk::Caller::default(),
            ask: true,
            tell: true,
        }
    }

    fn cids(judged: &[Judged]) -> Vec<u32> {
        judged.iter().map(|judged| judged.speech.cid).collect()
    }

    #[test]
    fn one_sender_keeps_their_order_and_nobody_waits_for_another() {
        let (mut gate, a, b) = (Gate::default(), UserId("a".into()), UserId("b".into()));
        let tickets: Vec<Ticket> = (1..=3).map(|n| gate.park(a.clone(), speech(n))).collect();
        let other = gate.park(b, speech(9));
        assert!(gate.judge(tickets[1], Verdict::Allow).is_empty());
        assert_eq!(cids(&gate.judge(other, Verdict::Drop)), [9]);
        assert_eq!(cids(&gate.judge(tickets[0], Verdict::Allow)), [1, 2]);
        assert!(gate.judge(tickets[0], Verdict::Allow).is_empty(), "a second word is ignored");
        assert_eq!(cids(&gate.judge(tickets[2], Verdict::Allow)), [3]);
        assert!(gate.is_empty() && gate.lines.is_empty());
    }

    #[test]
    fn retry_of_what_waits_is_not_asked_again() {
        let (mut gate, a) = (Gate::default(), UserId("a".into()));
        let ticket = gate.park(a.clone(), speech(1));
        assert!(gate.join(&a, speech(1)).is_none());
        assert!(gate.join(&a, speech(2)).is_some());
        assert_eq!(gate.judge(ticket, Verdict::Allow)[0].also.len(), 1);
    }
}
