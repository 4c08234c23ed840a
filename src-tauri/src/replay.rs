//! `surtitle replay`: a lesson from the store, in time, with the chat of its hours.

use anyhow::{Context as _, ensure};
use std::io::Write as _;
use std::time::Duration;
use surtitle_core::RoomId;
use surtitle_server::lessons::{self, Head};
use surtitle_server::said;
use surtitle_store::Store;

/// Longest pause between two lines.
const PAUSE: Duration = Duration::from_secs(5);

/// Prints the lessons of a room, or one of them line by line as it happened.
/// `speed` 0 prints all at once.
///
/// # Errors
/// The store cannot be read, there is no such lesson, or nobody reads the lines.
pub async fn replay(
    store: &dyn Store,
    room: &RoomId,
    lesson: Option<u32>,
    speed: u32,
) -> anyhow::Result<()> {
    let Some(lesson) = lesson else {
        return list(&lessons::list(store, room).await?, store, room).await;
    };
    let entries = lessons::read(store, room, lesson).await?;
    ensure!(!entries.is_empty(), "no lesson {lesson} was kept; `surtitle replay` lists them");
    let (from, to) = (entries[0].at, entries[entries.len() - 1].at);
    let mut lines = Vec::new();
    for entry in entries.iter() {
        lines.push((entry.at, serde_json::json!({ "board": entry })));
    }
    for event in said::between(store, from, to, usize::MAX, |_| true).await? {
        lines.push((event.at, serde_json::json!({ "chat": event })));
    }
    lines.sort_by_key(|(at, _)| *at);
    let mut now = from;
    let mut out = std::io::stdout().lock();
    for (at, line) in lines {
        if speed > 0 {
            let pause = Duration::from_millis(at.since(now) / u64::from(speed));
            tokio::time::sleep(pause.min(PAUSE)).await;
        }
        now = at;
        writeln!(out, "{line}").context("nobody reads the lines any more")?;
        out.flush().context("nobody reads the lines any more")?;
    }
    Ok(())
}

async fn list(heads: &[Head], store: &dyn Store, room: &RoomId) -> anyhow::Result<()> {
    if heads.is_empty() {
        println!("no lesson was kept yet");
    }
    for head in heads {
        let entries = lessons::read(store, room, head.lesson).await?;
        let last = entries.last().map_or(head.began, |entry| entry.at);
        let minutes = last.since(head.began) / 60_000;
        println!("{}\t{} entries\t{minutes} min", head.lesson, entries.len());
    }
    Ok(())
}
