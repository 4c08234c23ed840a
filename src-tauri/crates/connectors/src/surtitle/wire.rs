//! Bytes of the native protocol to frames and back, pure.
//!
//! Reads [`ServerFrame`], but forgives a newer server: an event of a kind not
//! known here keeps its place in its batch (so that the numbering stays
//! whole), an unknown frame type is told apart from a broken one.

use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use surtitle_core::wire::{ClientFrame, RoomInfo, ServerFrame};
use surtitle_core::{Event, EventId, Position};

/// Largest sequence number and count believed: what JavaScript counts exactly.
const NUMBER_LIMIT: u64 = 1 << 53;

/// What a session needs of a server's frame.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Frame {
    Welcome {
        v: u32,
        beat_ms: u32,
    },
    Joined {
        room: RoomInfo,
        position: Position,
        resumed: bool,
        /// `None` stands for one that cannot be read.
        history: Vec<Option<Event>>,
        online: u32,
        likes: u64,
    },
    Batch {
        /// Number of the last; the first is `seq − events.len() + 1` ≥ 1.
        position: Position,
        /// At least one; `None` stands for one that cannot be read.
        events: Vec<Option<Event>>,
    },
    State {
        likes: Option<u64>,
        online: Option<u32>,
    },
    Remove {
        ids: Vec<EventId>,
    },
    Ack {
        cid: u32,
        id: EventId,
    },
    Done {
        id: u32,
    },
    Error {
        code: u16,
        message: String,
        retry: bool,
        re: Option<u32>,
    },
    /// Known and of no use here (a pong has done its work by arriving).
    Other,
}

/// What a text message turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Read {
    Frame(Frame),
    /// A frame type of a newer protocol.
    Unknown,
    /// Not a frame, or one that contradicts itself.
    Malformed,
}

/// The frames whose whole loss would hurt, with the parts that may be newer
/// than this program left open.
#[derive(Deserialize)]
#[serde(tag = "t", rename_all = "lowercase")]
enum Loose {
    Welcome {
        v: u32,
        #[serde(default)]
        beat_ms: u32,
    },
    Joined {
        room: RoomInfo,
        position: Position,
        resumed: bool,
        history: Vec<Value>,
        online: u32,
        likes: u64,
    },
    Batch {
        position: Position,
        events: Vec<Value>,
    },
}

/// Reads one text message.
pub(super) fn read(text: &str) -> Read {
    let frame = match serde_json::from_str::<ServerFrame>(text) {
        Ok(frame) => strict(frame),
        Err(_) => match serde_json::from_str::<Loose>(text) {
            Ok(frame) => loose(frame),
            Err(_) => return unreadable(text),
        },
    };
    if is_sound(&frame) { Read::Frame(frame) } else { Read::Malformed }
}

/// Writes one frame.
pub(super) fn write(frame: &ClientFrame) -> String {
    serde_json::to_string(frame).expect("a client frame has only string keys")
}

fn strict(frame: ServerFrame) -> Frame {
    let some = |events: Vec<Event>| events.into_iter().map(Some).collect();
    match frame {
        ServerFrame::Welcome { v, beat_ms, .. } => Frame::Welcome { v, beat_ms },
        ServerFrame::Joined { room, position, resumed, history, online, likes } => {
            Frame::Joined { room, position, resumed, history: some(history), online, likes }
        }
        ServerFrame::Batch { position, events } => Frame::Batch { position, events: some(events) },
        ServerFrame::State { likes, online } => Frame::State { likes, online },
        ServerFrame::Remove { ids } => Frame::Remove { ids },
        ServerFrame::Ack { cid, id } => Frame::Ack { cid, id },
        ServerFrame::Done { id } => Frame::Done { id },
        ServerFrame::Error { code, message, retry, re } => {
            Frame::Error { code, message, retry, re }
        }
        _ => Frame::Other,
    }
}

fn loose(frame: Loose) -> Frame {
    let known =
        |events: Vec<Value>| events.into_iter().map(|e| serde_json::from_value(e).ok()).collect();
    match frame {
        Loose::Welcome { v, beat_ms } => Frame::Welcome { v, beat_ms },
        Loose::Joined { room, position, resumed, history, online, likes } => {
            Frame::Joined { room, position, resumed, history: known(history), online, likes }
        }
        Loose::Batch { position, events } => Frame::Batch { position, events: known(events) },
    }
}

/// Tells a type this program does not know from a broken frame.
fn unreadable(text: &str) -> Read {
    #[derive(Deserialize)]
    struct Tag<'a> {
        #[serde(borrow)]
        t: Cow<'a, str>,
    }
    let Ok(tag) = serde_json::from_str::<Tag>(text) else { return Read::Malformed };
    // A frame of the type alone fails either for its type or for a missing field.
    match serde_json::from_value::<ServerFrame>(serde_json::json!({ "t": tag.t })) {
        Err(e) if e.to_string().starts_with("unknown variant") => Read::Unknown,
        _ => Read::Malformed,
    }
}

fn is_sound(frame: &Frame) -> bool {
    match frame {
        Frame::Batch { position, events } => {
            let count = events.len() as u64;
            count > 0 && count <= position.seq.0 && position.seq.0 <= NUMBER_LIMIT
        }
        Frame::Joined { position, likes, .. } => {
            position.seq.0 <= NUMBER_LIMIT && *likes <= NUMBER_LIMIT
        }
        Frame::State { likes, .. } => likes.is_none_or(|n| n <= NUMBER_LIMIT),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::EventKind;

    const COMMENT: &str = r#"{"id":"1-1","at":5,"source":"room","priority":"normal","kind":"comment","text":"hi","from":{"id":"u","nick":"n"}}"#;
    const NEWER: &str =
        r#"{"id":"1-2","at":5,"source":"room","priority":"normal","kind":"hologram","beams":3}"#;

    fn batch(seq: u64, events: &str) -> Read {
        read(&format!(
            r#"{{"t":"batch","position":{{"epoch":1,"seq":{seq}}},"events":[{events}]}}"#
        ))
    }

    #[test]
    fn event_of_a_newer_kind_keeps_its_place() {
        let Read::Frame(Frame::Batch { events, .. }) =
            batch(9, &format!("{COMMENT},{NEWER},{COMMENT}"))
        else {
            panic!("a batch");
        };
        assert_eq!(events.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
        let text = events[0].as_ref().map(|e| &e.kind);
        assert_eq!(text, Some(&EventKind::comment("hi")));
    }

    #[test]
    fn welcome_of_a_newer_server_still_says_its_version() {
        let newer = r#"{"t":"welcome","v":2,"role":"archduke","hall":7}"#;
        assert_eq!(read(newer), Read::Frame(Frame::Welcome { v: 2, beat_ms: 0 }));
    }

    #[test]
    fn unknown_types_are_told_from_broken_frames() {
        assert_eq!(read(r#"{"t":"hologram","x":1}"#), Read::Unknown);
        assert_eq!(read(r#"{"x":1,"t":"caf\u00e9"}"#), Read::Unknown);
        let deep = format!("{}{}", "[".repeat(9_999), "]".repeat(9_999));
        for broken in [
            "",
            "null",
            "[]",
            "7",
            "{}",
            r#"{"t":7}"#,
            r#"{"t":"ack"}"#,
            r#"{"t":"ack","cid":-1}"#,
            r#"{"t":"batch","position":{"epoch":1,"seq":1},"events":7}"#,
            r#"{"t":"pong"}{"#,
            &deep,
        ] {
            assert_eq!(read(broken), Read::Malformed, "{broken:.40}");
        }
    }

    #[test]
    fn numbering_that_contradicts_itself_is_malformed() {
        assert_eq!(batch(9, ""), Read::Malformed, "empty");
        assert_eq!(batch(1, &format!("{COMMENT},{COMMENT}")), Read::Malformed, "first would be 0");
        assert_eq!(batch(u64::MAX, COMMENT), Read::Malformed, "beyond counting");
        assert_eq!(read(r#"{"t":"state","likes":18446744073709551615}"#), Read::Malformed);
    }

    #[test]
    fn frames_of_no_use_here_are_no_fault() {
        assert_eq!(read(r#"{"t":"pong","n":1}"#), Read::Frame(Frame::Other));
        assert_eq!(read(r#"{"t":"pinned"}"#), Read::Frame(Frame::Other));
    }
}
