//! A remote room's frames to core's events, pure.
//!
//! The other server is not trusted to have checked anything: every text is
//! cleaned again, every length bounded, every picture's address looked at.
//! What cannot be made sound is left out (`None`), never passed on.

use super::wire::Frame;
use surtitle_core::wire::RoomInfo;
use surtitle_core::{
    Code, Event, EventId, EventKind, Gift, Millis, Reject, RoomId, Sender, UserId, room, text,
};

/// Most bytes of an event id.
const ID_LIMIT: usize = 96;
/// Most bytes of a custom payload.
const CUSTOM_LIMIT: usize = 4_000;
/// Most of one gift in one event; a room may have folded several sends.
const COUNT_LIMIT: u32 = 999_999;
/// Most bytes of a picture's address.
const PICTURE_LIMIT: usize = 500;
/// Most characters of another server's sentence.
const SENTENCE_LIMIT: usize = 200;
/// The last moment of the year 9999: what every reader's calendar can show.
const LATEST: Millis = Millis(253_402_300_799_999);

/// The frame with every event sound or `None`, every id and name bounded.
pub(super) fn checked(frame: Frame, asked: &RoomId) -> Frame {
    let sound =
        |events: Vec<Option<Event>>| events.into_iter().map(|e| e.and_then(event)).collect();
    match frame {
        Frame::Joined { room, position, resumed, history, online, likes } => Frame::Joined {
            room: RoomInfo { id: asked.clone(), name: room_name(&room.name, asked) },
            position,
            resumed,
            history: sound(history),
            online,
            likes,
        },
        Frame::Batch { position, events } => Frame::Batch { position, events: sound(events) },
        Frame::Remove { ids } => {
            Frame::Remove { ids: ids.into_iter().filter(is_event_id).collect() }
        }
        Frame::Error { code, message, retry, re } => {
            Frame::Error { code, message: sentence(&message), retry, re }
        }
        other => other,
    }
}

/// Events of this frame that could not be read or made sound.
pub(super) fn unsound(frame: &Frame) -> usize {
    match frame {
        Frame::Joined { history: events, .. } | Frame::Batch { events, .. } => {
            events.iter().filter(|e| e.is_none()).count()
        }
        _ => 0,
    }
}

/// The event, cleaned and bounded; `None` if nothing sound is left of it.
pub(crate) fn event(event: Event) -> Option<Event> {
    if !is_event_id(&event.id) {
        return None;
    }
    let from = match event.from {
        Some(from) => Some(sender(from)?),
        None => None,
    };
    let kind = match event.kind {
        EventKind::Comment { text, paid: None } => EventKind::comment(comment(&text)?),
        EventKind::Comment { text, paid: Some(paid) } => {
            let text = if text.is_empty() { text } else { comment(&text)? };
            EventKind::Comment { text, paid: Some(paid.sound()?) }
        }
        EventKind::Gift { gift, count } if count > 0 => {
            EventKind::Gift { gift: self::gift(gift)?, count: count.min(COUNT_LIMIT) }
        }
        EventKind::Tip { tip, users, more } => {
            let known = users.len();
            let users: Vec<Sender> =
                users.into_iter().take(room::TIP_NAMES).filter_map(sender).collect();
            let unnamed = u32::try_from(known - users.len()).unwrap_or(u32::MAX);
            let more = more.saturating_add(unnamed);
            if users.is_empty() && more == 0 {
                return None;
            }
            EventKind::Tip { tip, users, more }
        }
        EventKind::Custom { data } if data.len() <= CUSTOM_LIMIT => EventKind::Custom { data },
        _ => return None,
    };
    let needs_author = matches!(kind, EventKind::Comment { .. } | EventKind::Gift { .. });
    if needs_author && from.is_none() {
        return None;
    }
    Some(Event {
        id: event.id,
        at: event.at.min(LATEST),
        source: source(&event.source),
        from,
        cid: event.cid,
        priority: event.priority,
        kind,
    })
}

/// A refusal of the other server in our codes; one we do not have keeps its
/// number in the sentence.
pub(super) fn reject(code: u16, message: String) -> Reject {
    match Code::ALL.iter().find(|known| known.number() == code) {
        Some(known) => Reject::new(*known, message),
        None => Reject::new(Code::Internal, format!("{message} (the room's code {code})")),
    }
}

/// Another server's words, fit to be shown to people.
pub(super) fn sentence(words: &str) -> String {
    let short: String = words.chars().take(4 * SENTENCE_LIMIT).collect();
    text::clean(&short).chars().take(SENTENCE_LIMIT).collect()
}

/// Whether `id` can stand for an event.
pub(super) fn is_event_id(id: &EventId) -> bool {
    is_printable(id.as_str(), ID_LIMIT)
}

fn is_printable(id: &str, limit: usize) -> bool {
    (1..=limit).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic())
}

/// At most `limit` characters of the cleaned text.
fn cut(words: &str, limit: usize) -> String {
    // Cleaning only shortens, so most of an endless text need not be cleaned at all.
    let short: String = words.chars().take(16 * limit).collect();
    let kept: String = text::clean(&short).chars().take(limit).collect();
    kept.trim_end().to_owned()
}

fn comment(words: &str) -> Option<String> {
    text::comment(&cut(words, text::TEXT_LIMIT)).ok()
}

fn name(words: &str) -> Option<String> {
    text::nick(&cut(words, text::NICK_LIMIT)).ok()
}

fn room_name(words: &str, id: &RoomId) -> String {
    let name = cut(words, 48);
    if name.is_empty() { id.to_string() } else { name }
}

fn sender(from: Sender) -> Option<Sender> {
    let UserId(id) = from.id;
    if !is_printable(&id, 32) {
        return None;
    }
    let nick = name(&from.nick).or_else(|| name(&id))?;
    let avatar = from.avatar.filter(|a| is_picture(a));
    Some(Sender { id: UserId(id), nick, avatar, role: from.role })
}

fn gift(gift: Gift) -> Option<Gift> {
    if !is_printable(&gift.id, 48) {
        return None;
    }
    let name = name(&gift.name).or_else(|| name(&gift.id))?;
    let icon = if is_picture(&gift.icon) { gift.icon } else { String::new() };
    let effect = gift.effect.filter(|path| is_effect(path));
    Some(Gift { id: gift.id, name, icon, coins: gift.coins, effect })
}

/// `/gifts/…` of the server that draws it, or an https address. Nothing with
/// a dot-dot, a space, a quote or a backslash in it.
fn is_picture(address: &str) -> bool {
    let plain = address.len() <= PICTURE_LIMIT
        && address
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~/?#[]@!$&*+,;=:%".contains(&b))
        && !address.contains("..");
    let path = || {
        let rest = address.strip_prefix("/gifts/")?;
        Some(
            !rest.is_empty()
                && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._/".contains(&b)),
        )
    };
    let remote = || {
        let host = address.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
        Some(!host.is_empty() && !host.contains('@'))
    };
    plain && (path().unwrap_or(false) || remote().unwrap_or(false))
}

/// An effect every Surtitle brings along; the pictures of another server are not ours to fetch.
fn is_effect(path: &str) -> bool {
    path.len() <= PICTURE_LIMIT
        && path.strip_prefix("/effects/").is_some_and(|name| {
            !name.starts_with('.')
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        })
}

/// `room`, `rehearsal` or a platform's id; anything else is the room's.
fn source(word: &str) -> String {
    let ok = (1..=24).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if ok { word.to_owned() } else { "room".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::{Priority, Role, Tip};

    fn from(id: &str, nick: &str) -> Sender {
        Sender { id: id.into(), nick: nick.into(), avatar: None, role: Role::Viewer }
    }

    fn of(kind: EventKind) -> Event {
        Event {
            id: "1-1".into(),
            at: Millis(5),
            source: "room".into(),
            from: Some(from("u1", "Ann")),
            cid: None,
            priority: Priority::Normal,
            kind,
        }
    }

    fn says(text: &str) -> Event {
        of(EventKind::comment(text))
    }

    fn rose(icon: &str) -> Gift {
        Gift { id: "rose".into(), name: "Rose".into(), icon: icon.into(), coins: 1, effect: None }
    }

    #[test]
    fn sound_event_passes_unchanged() {
        for sound in [
            says("<b>hi</b> 👩‍👩‍👧‍👦"),
            of(EventKind::Gift { gift: rose("/gifts/rose.png"), count: 3 }),
            of(EventKind::Custom { data: "{\u{0}}".into() }),
            Event {
                from: None,
                ..of(EventKind::Tip { tip: Tip::Join, users: vec![from("u", "n")], more: 4 })
            },
        ] {
            assert_eq!(event(sound.clone()), Some(sound));
        }
    }

    #[test]
    fn texts_are_cleaned_and_cut() {
        let mut wild = says(&format!("\u{202E}a\u{0}b{}", "字".repeat(9_999)));
        wild.from = Some(from("u1", &"n\u{200B}".repeat(99)));
        wild.source = "<script>".into();
        wild.at = Millis(u64::MAX);
        let tame = event(wild).expect("still says something");
        let EventKind::Comment { text, .. } = &tame.kind else { panic!("a comment") };
        assert!(text.starts_with("a b字") && text.chars().count() == text::TEXT_LIMIT);
        assert_eq!(tame.from.map(|f| f.nick), Some("n".repeat(text::NICK_LIMIT)));
        assert_eq!((tame.source.as_str(), tame.at), ("room", LATEST));
    }

    #[test]
    fn events_without_substance_are_left_out() {
        let nobody = Event { from: None, ..says("x") };
        let mut unnamed = says("x");
        unnamed.from = Some(from("a b", "x"));
        let mut anonymous = says("x");
        anonymous.id = EventId(String::new());
        let mut endless = says("x");
        endless.id = EventId("x".repeat(97));
        for none in [
            nobody,
            unnamed,
            anonymous,
            endless,
            says("\u{200B} \u{3164}"),
            of(EventKind::Gift { gift: rose("/gifts/rose.png"), count: 0 }),
            of(EventKind::Custom { data: "x".repeat(CUSTOM_LIMIT + 1) }),
            of(EventKind::Tip { tip: Tip::Join, users: vec![], more: 0 }),
        ] {
            assert_eq!(event(none.clone()), None, "{none:?}");
        }
    }

    #[test]
    fn invisible_name_becomes_the_id() {
        let mut ghost = says("x");
        ghost.from = Some(from("u7", "\u{3164}"));
        assert_eq!(event(ghost).and_then(|e| e.from).map(|f| f.nick), Some("u7".into()));
    }

    #[test]
    fn crowd_in_a_tip_is_counted_not_named() {
        let users = (0..5_000).map(|n| from(&format!("u{n}"), "n")).collect();
        let crowd = of(EventKind::Tip { tip: Tip::Join, users, more: 2 });
        let Some(EventKind::Tip { users, more, .. }) = event(crowd).map(|e| e.kind) else {
            panic!("a tip");
        };
        assert_eq!((users.len(), more as usize), (room::TIP_NAMES, 5_002 - room::TIP_NAMES));
    }

    #[test]
    fn only_pictures_of_ours_or_https_stay() {
        for good in
            ["/gifts/rose.png", "/gifts/a/b-c_d.webp", "https://cdn.example/a.png?x=1&y=%20"]
        {
            assert!(is_picture(good), "{good}");
        }
        for bad in [
            "",
            "/",
            "/gifts/",
            "/console",
            "/gifts/../console",
            "/gifts/%2e%2e/console",
            "gifts/rose.png",
            "//evil.example/x",
            "/gifts/x?do=1",
            "http://cdn.example/a.png",
            "javascript:alert(1)",
            "data:image/png;base64,AA",
            "https://",
            "https:///x",
            "https://u:p@h/x",
            "https://h/a b",
            "https://h/\"onerror=",
            "https://h/<x>",
            "https://h/\\x",
            "https://h/a\nb",
            "https://h/é",
        ] {
            assert!(!is_picture(bad), "{bad}");
        }
        let given = of(EventKind::Gift { gift: rose("javascript:alert(1)"), count: u32::MAX });
        let Some(EventKind::Gift { gift, count }) = event(given).map(|e| e.kind) else {
            panic!("the gift itself stays");
        };
        assert_eq!((gift.icon.as_str(), count), ("", COUNT_LIMIT));
    }

    #[test]
    fn foreign_codes_keep_their_number() {
        assert_eq!(reject(2107, "muted".into()).code, Code::Muted);
        let foreign = reject(4711, "no".into());
        assert_eq!(foreign.code, Code::Internal);
        assert!(foreign.message.contains("4711"));
    }
}
