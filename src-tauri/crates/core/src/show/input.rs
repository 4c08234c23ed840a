//! What a show is told, and what it answers.

use crate::{Cue, Event, EventId, Fate, Millis, Placard, UserId};

/// One thing a driver tells a show.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Input {
    /// A new event of the session, a connector or a rehearsal.
    Event(Event),
    /// An event the room took but will not deliver: received, and settled with this fate.
    Fated {
        /// The event.
        event: Event,
        /// What became of it.
        fate: Fate,
    },
    /// An event accepted in an earlier run that has no fate yet. The restored
    /// accounts hold it as waiting, so it is queued and not received again.
    Recovered(Event),
    /// The like counter moved.
    Likes {
        /// New total.
        total: u64,
        /// Taps since the last such input.
        add: u32,
    },
    /// The online count moved.
    Online {
        /// People in the room, guests included.
        count: u32,
    },
    /// Keep one waiting or shown item visible; replaces an earlier one.
    Pin {
        /// Which.
        id: EventId,
        /// Who wants it; changes nothing here.
        by: String,
    },
    /// Nothing is pinned any more.
    Unpin,
    /// Take these items off, or out of the queue.
    Remove {
        /// Which. Unknown ones are passed over as long as one is known.
        ids: Vec<EventId>,
        /// Who does it; stays in the fate.
        by: String,
    },
    /// Take off, and out of the queue, everything by one person.
    RemoveUser {
        /// Whose.
        user: UserId,
        /// Who does it; stays in the fate.
        by: String,
    },
    /// Take off what is on the picture. What waits goes on waiting.
    Clear {
        /// Who does it; changes nothing here.
        by: String,
    },
    /// Put up a placard, or bring the one with its id up to date. Figures the
    /// show counts go on from where they are.
    Place {
        /// Its state.
        placard: Placard,
    },
    /// Take a placard off; of one that is off already, nothing.
    Take {
        /// Which.
        id: String,
    },
    /// How long ordinary comments are held; moved into 0–60 s.
    Delay {
        /// How long.
        seconds: u32,
    },
    /// Whose comments are never held, from now on; at most 500.
    Trust {
        /// All of them.
        users: Vec<UserId>,
    },
    /// Lets a held comment go on at once.
    Air {
        /// Which. One that was let go before is no error.
        id: EventId,
    },
    /// Takes off what is on the picture, and removes every line that is held or waits.
    Dump {
        /// Who does it; stays in the fates.
        by: String,
    },
    /// Comments and tips a second; moved into 1–60.
    Pace {
        /// How many.
        per_second: u32,
    },
}

/// One thing a driver does for a show. Exhaustive on purpose: a driver that
/// overlooks one would lose a cue or a line of the log.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Send it to every surface.
    Cue(Cue),
    /// Write the event to the log; its fate follows, now or later.
    Received {
        /// The event.
        event: Event,
    },
    /// The first fate of a logged event, or the one that replaces it.
    Fate {
        /// Which event.
        id: EventId,
        /// What became of it.
        fate: Fate,
    },
    /// What is pinned now.
    Pinned(Option<Event>),
    /// The air delay holds a comment.
    Held {
        /// Which.
        id: EventId,
        /// Until when, as the delay is now.
        until: Millis,
    },
    /// The air delay has let a comment go on.
    Released {
        /// Which.
        id: EventId,
    },
}
