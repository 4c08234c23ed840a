//! What was said while a lesson was held, from the log.

use std::collections::VecDeque;
use surtitle_core::wire::{BoardWord, SaidLine};
use surtitle_core::{Event, EventKind, Fate, Millis};
use surtitle_store::{Error, PAGE_LIMIT, Store};

/// Comments in one answer.
const LINES: usize = 500;

/// Events of that time that everybody could see, the first `most` of them:
/// nothing that was taken off, blocked or refused.
///
/// # Errors
/// What the store says.
pub async fn between(
    store: &dyn Store,
    from: Millis,
    to: Millis,
    most: usize,
    wanted: impl Fn(&Event) -> bool,
) -> Result<VecDeque<Event>, Error> {
    let mut all = VecDeque::new();
    let mut before = None;
    loop {
        // Newest first, as the store has them.
        let records = store.list_events(PAGE_LIMIT, before).await?;
        let Some(first) = records.first() else { break };
        let is_last = first.event.at < from;
        before = Some(first.row);
        for record in records.into_iter().rev() {
            let is_seen = record.fate.as_ref().is_none_or(is_seen);
            if (from..=to).contains(&record.event.at) && is_seen && wanted(&record.event) {
                all.push_front(record.event);
                all.truncate(most);
            }
        }
        if is_last {
            break;
        }
    }
    Ok(all)
}

fn is_seen(fate: &Fate) -> bool {
    !matches!(fate.word(), "removed" | "blocked" | "refused")
}

/// The comments of a lesson of that time, after that moment.
///
/// # Errors
/// What the store says.
pub async fn said(
    store: &dyn Store,
    lesson: u32,
    (from, to): (Millis, Millis),
    after: Millis,
) -> Result<BoardWord, Error> {
    let from = from.max(after.plus(1));
    let is_comment = |event: &Event| matches!(event.kind, EventKind::Comment { .. });
    let mut events = between(store, from, to, LINES + 1, is_comment).await?;
    let mut next = None;
    if events.len() > LINES {
        events.truncate(LINES);
        next = events.back().map(|event| event.at);
    }
    let line = |event: Event| {
        let EventKind::Comment { text, .. } = event.kind else { return None };
        let nick = event.from.map(|from| from.nick).unwrap_or_default();
        Some(SaidLine { at: event.at, nick, text })
    };
    Ok(BoardWord::Said { lesson, lines: events.into_iter().filter_map(line).collect(), next })
}
