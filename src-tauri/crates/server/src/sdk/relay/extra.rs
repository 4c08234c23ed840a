//! What a room's SDKs are told that is no message of the room: tips, notices,
//! broadcasts and removals. Each takes a number of its own, and the room's own
//! numbers move on by one.

use super::{Kept, Relay, size};
use serde_json::Value;
use serde_json::value::RawValue;
use surtitle_core::room::ConnId;
use surtitle_core::{EventId, Millis};
use surtitle_tim::item::{self, Item, Revoked, Spoken};

impl Relay {
    /// Takes removed messages out of history, and off the screens of SDKs that
    /// know of removals.
    pub fn remove(&mut self, at: Millis, ids: &[EventId], by: &str, reason: &str) {
        let mut list = Vec::new();
        for kept in self.ring.iter_mut().filter(|kept| ids.contains(&kept.id)) {
            self.bytes -= size(kept);
            if let Some(item) = kept.item.take().filter(Item::is_message) {
                list.extend(Revoked::of(&item));
            }
        }
        if !list.is_empty() {
            let seq = self.last + 1;
            let item = item::revoke(&self.group, seq, at.0 / 1_000, by, reason, &list);
            self.extra(at, item);
        }
    }

    /// Tells everybody something that nobody sent; it has a number of its own.
    pub fn say(&mut self, at: Millis, event: u8, body: &Value) {
        let item = item::system(&self.group, self.last + 1, at.0 / 1_000, event, body);
        self.extra(at, item);
    }

    /// Tells some members something; the number it takes is nobody else's.
    pub fn say_to(&mut self, at: Millis, conns: &[ConnId], event: u8, body: &Value) {
        let item = item::system(&self.group, self.last + 1, at.0 / 1_000, event, body);
        self.skip(at, None);
        self.pushes += 1;
        let json = item::push(self.pushes, std::slice::from_ref(&item));
        for member in conns.iter().filter_map(|conn| self.members.get(conn)) {
            member.push(&json);
        }
    }

    /// Says something in the room that no event of ours is. What is `passing`
    /// is in no history.
    pub fn announce(&mut self, at: Millis, spoken: &Spoken, passing: bool) {
        let (seq, at_s) = (self.last + 1, at.0 / 1_000);
        let item = item::said(&self.group, seq, at_s, spoken, passing);
        self.extra(at, item);
    }

    /// Brings a broadcast of the app to everybody; returns its number here.
    pub fn broadcast(&mut self, at: Millis, spoken: &Spoken) -> u64 {
        let item = item::broadcast(&self.group, self.last + 1, at.0 / 1_000, spoken);
        self.extra(at, item);
        self.last
    }

    /// The last messages up to number `last`, newest first, at most `most`, and
    /// whether there are more. Messages taken back are not among them.
    pub fn said(&self, last: u64, most: usize) -> (Vec<Box<RawValue>>, bool) {
        let kept = self.ring.iter().rev().skip_while(|kept| kept.seq > last);
        let mut items = kept.filter_map(|kept| kept.item.as_ref()).filter(|i| i.is_message());
        let said = items.by_ref().take(most).map(|item| item.json.clone()).collect();
        (said, items.next().is_some())
    }

    /// The event of a delivered message's number, while it is remembered.
    pub fn id_of(&self, seq: u64) -> Option<EventId> {
        let i = self.ring.binary_search_by_key(&seq, |kept| kept.seq).ok()?;
        let kept = self.ring.get(i).filter(|kept| !kept.id.as_str().is_empty())?;
        kept.item.is_some().then(|| kept.id.clone())
    }

    /// One more item, after everything delivered so far.
    fn extra(&mut self, at: Millis, item: Item) {
        self.skip(at, Some(item.clone()));
        self.push(&[item]);
        for poll in std::mem::take(&mut self.polls).into_values() {
            self.answer(at, &poll);
        }
    }

    /// Uses up a number that the room does not know of.
    fn skip(&mut self, at: Millis, item: Option<Item>) {
        self.base += 1;
        let id = EventId(String::new());
        self.keep(Kept { seq: self.last + 1, id, at, item });
    }
}
