//! What a host or a helper does by hand: pin, take off, clear, dump.
//!
//! * Taking off any gift of a card that is open or waits takes the card: its
//!   opening gift and the one named become Removed, the others stay merged.
//! * Clear takes only what is on the picture. Fates stay, and what waits goes
//!   on waiting.
//! * Pinning a waiting gift opens its card at once, out of turn.

use super::cards::Taken;
use super::recent::{Record, Was};
use super::{Output, Show};
use crate::{
    Code, Cue, Event, EventId, EventKind, Fate, Millis, Placard, PlacardKind, Reject, UserId,
};

/// A removal while it is put together.
struct Removal<'a> {
    by: &'a str,
    /// What was on the picture and leaves it.
    gone: Vec<EventId>,
    /// Cards that end.
    ended: Vec<Output>,
    /// New fates.
    fates: Vec<Output>,
}

impl<'a> Removal<'a> {
    fn new(by: &'a str) -> Self {
        Self { by, gone: Vec::new(), ended: Vec::new(), fates: Vec::new() }
    }

    fn fate(&self) -> Fate {
        Fate::Removed { by: self.by.to_owned() }
    }

    fn changed(&mut self, id: EventId) {
        self.fates.push(Output::Fate { id: id.clone(), fate: self.fate() });
        self.gone.push(id);
    }
}

impl Show {
    /// Shows a waiting or remembered item in the banner.
    pub(super) fn pin(
        &mut self,
        now: Millis,
        id: &EventId,
        out: &mut Vec<Output>,
    ) -> Result<(), Reject> {
        if self.pinned().is_some_and(|event| event.id == *id) {
            return Ok(());
        }
        if let Some(event) = self.take_waiting(id) {
            out.push(Output::Cue(Cue::Pin { event: event.clone() }));
            self.settle(event.clone(), Fate::Shown, out);
            self.set_pinned(Record { event, was: Was::Shown }, out);
            return Ok(());
        }
        if let Some(moves) = self.cards.open_now(now, id) {
            self.play(moves, out);
        }
        let card = self.cards.opener(id).map(|e| Record { event: e.clone(), was: Was::Shown });
        let record = card.or_else(|| self.recent.find(id).cloned());
        let Some(record) = record.filter(|record| record.was != Was::Removed) else {
            return Err(unknown(std::slice::from_ref(id)));
        };
        out.push(Output::Cue(Cue::Pin { event: record.event.clone() }));
        self.set_pinned(record, out);
        Ok(())
    }

    /// Empties the banner.
    pub(super) fn unpin(&mut self, out: &mut Vec<Output>) {
        if self.pinned.take().is_some() {
            out.push(Output::Cue(Cue::Unpin));
            out.push(Output::Pinned(None));
        }
    }

    /// Puts up a placard. A question by the id of its comment gets the asker
    /// and the words of that comment.
    pub(super) fn place(
        &mut self,
        now: Millis,
        placard: Placard,
        out: &mut Vec<Output>,
    ) -> Result<(), Reject> {
        let mut placard = placard.checked()?;
        if let PlacardKind::Question { event: Some(id), from, text } = &mut placard.kind {
            let record = self.recent.find(id).filter(|record| record.was != Was::Removed);
            let waiting = || self.queue.find(id).or_else(|| self.held.find(id));
            let asked = record.map(|record| &record.event).or_else(waiting);
            let known = asked.and_then(|event| match &event.kind {
                EventKind::Comment { text, .. } => Some((event.from.clone(), text.clone())),
                _ => None,
            });
            (*from, *text) = known.ok_or_else(|| unknown(std::slice::from_ref(id)))?;
        }
        out.push(Output::Cue(self.placards.place(now, placard)?));
        Ok(())
    }

    /// Takes items off the picture and out of the queue.
    pub(super) fn remove(
        &mut self,
        ids: &[EventId],
        by: &str,
        out: &mut Vec<Output>,
    ) -> Result<(), Reject> {
        let mut removal = Removal::new(by);
        let mut known = false;
        for id in ids {
            known |= self.remove_one(id, &mut removal);
        }
        if !known {
            return Err(unknown(ids));
        }
        let cue = (!removal.gone.is_empty()).then(|| Cue::Remove { ids: removal.gone.clone() });
        self.finish(removal, cue, out);
        Ok(())
    }

    /// Takes everything by one person off the picture and out of the queue.
    /// The cue goes out even if nothing is known here: a surface may know more.
    pub(super) fn remove_user(&mut self, user: &UserId, by: &str, out: &mut Vec<Output>) {
        let mut removal = Removal::new(by);
        let mut waiting = self.held.take_user(user);
        waiting.extend(self.queue.take_user(user));
        waiting.extend(self.paid.take_user(user));
        for event in waiting {
            self.remove_waiting(event, &mut removal);
        }
        for card in self.cards.ids_of(user) {
            self.remove_card(&card, &mut removal);
        }
        self.remove_shown(|record| record.is_by(user), &mut removal);
        removal.ended.extend(self.placards.remove_user(user).into_iter().map(Output::Cue));
        self.finish(removal, Some(Cue::RemoveUser { user: user.clone() }), out);
    }

    /// Empties the picture; counters, fates and what waits stay.
    pub(super) fn clear(&mut self, out: &mut Vec<Output>) {
        for opener in self.cards.clear() {
            self.recent.push(opener, Was::Shown);
        }
        self.paid.clear();
        self.feed.clear();
        out.extend(self.placards.clear().into_iter().map(Output::Cue));
        out.push(Output::Cue(Cue::Clear));
        if self.pinned.take().is_some() {
            out.push(Output::Pinned(None));
        }
    }

    /// Lets a held comment go on at once. One that went on before is no error.
    pub(super) fn air(
        &mut self,
        now: Millis,
        id: &EventId,
        out: &mut Vec<Output>,
    ) -> Result<(), Reject> {
        if let Some(event) = self.held.take(id) {
            out.push(Output::Released { id: id.clone() });
            self.line_up(now, event, out);
        } else if self.queue.find(id).is_none() && self.recent.find(id).is_none() {
            return Err(unknown(std::slice::from_ref(id)));
        }
        Ok(())
    }

    /// Removes every line that is held or waits, and empties the picture. Gifts
    /// and what was paid for wait on.
    pub(super) fn dump(&mut self, by: &str, out: &mut Vec<Output>) {
        let mut lines = self.held.take_all();
        lines.extend(self.queue.take_all());
        for event in lines {
            self.settle(event, Fate::Removed { by: by.to_owned() }, out);
        }
        self.clear(out);
    }

    /// Takes out a line that waits anywhere.
    fn take_waiting(&mut self, id: &EventId) -> Option<Event> {
        let waiting = self.queue.take(id).or_else(|| self.held.take(id));
        waiting.or_else(|| self.paid.take(id))
    }

    fn set_pinned(&mut self, record: Record, out: &mut Vec<Output>) {
        out.push(Output::Pinned(Some(record.event.clone())));
        self.pinned = Some(record);
    }

    /// Takes one item off, its card too; `false` if it is not known.
    fn remove_one(&mut self, id: &EventId, removal: &mut Removal<'_>) -> bool {
        if let Some(event) = self.take_waiting(id) {
            self.remove_waiting(event, removal);
            return true;
        }
        let was = self.recent.find(id).map(|record| record.was.clone());
        let card = match &was {
            Some(Was::Merged { into }) => into,
            _ => id,
        };
        let had_card = self.remove_card(card, removal);
        let is_pinned = self.pinned().is_some_and(|event| event.id == *id);
        self.remove_shown(|record| record.event.id == *id, removal);
        was.is_some() || had_card || is_pinned
    }

    fn remove_waiting(&mut self, event: Event, removal: &mut Removal<'_>) {
        let mut first = Vec::new();
        self.settle(event, removal.fate(), &mut first);
        removal.fates.append(&mut first);
    }

    /// Takes a card with its opening gift; `false` if it neither is open nor waits.
    fn remove_card(&mut self, id: &EventId, removal: &mut Removal<'_>) -> bool {
        match self.cards.take(id) {
            Some(Taken::Open(opener)) => {
                removal.ended.push(Output::Cue(Cue::CardEnd { id: opener.id.clone() }));
                removal.changed(opener.id.clone());
                self.books.take_off(&Was::Shown);
                self.recent.push(opener, Was::Removed);
                true
            }
            Some(Taken::Waiting(opener)) => {
                self.remove_waiting(opener, removal);
                true
            }
            None => false,
        }
    }

    /// Takes off what is remembered as shown or merged. The pinned item may be
    /// remembered by the banner alone.
    fn remove_shown(&mut self, is_meant: impl Fn(&Record) -> bool, removal: &mut Removal<'_>) {
        for record in self.recent.records().filter(|record| is_meant(record)) {
            if let Some(was) = record.take_off() {
                self.books.take_off(&was);
                removal.changed(record.event.id.clone());
            }
        }
        if let Some(pinned) = &self.pinned
            && is_meant(pinned)
            && !removal.gone.contains(&pinned.event.id)
        {
            self.books.take_off(&pinned.was);
            removal.changed(pinned.event.id.clone());
        }
    }

    /// Says what was taken off: cards that end, the cue, the banner, the fates.
    fn finish(&mut self, removal: Removal<'_>, cue: Option<Cue>, out: &mut Vec<Output>) {
        self.feed.retain(|event| !removal.gone.contains(&event.id));
        self.paid.take_off(&removal.gone);
        out.extend(self.placards.remove(&removal.gone).into_iter().map(Output::Cue));
        out.extend(removal.ended);
        out.extend(cue.map(Output::Cue));
        if self.pinned().is_some_and(|event| removal.gone.contains(&event.id)) {
            self.unpin(out);
        }
        out.extend(removal.fates);
    }
}

fn unknown(ids: &[EventId]) -> Reject {
    let which = ids.first().map_or("nothing", EventId::as_str);
    Reject::new(
        Code::UnknownItem,
        format!("\"{which}\" neither waits nor was shown lately; pick an item of the live feed"),
    )
}
