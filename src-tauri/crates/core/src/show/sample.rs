//! Events for the tests of this folder.

use crate::{Event, EventKind, Gift, Millis, Paid, Priority, Role, Sender, Tip};

pub(super) fn sender(user: &str) -> Sender {
    Sender { id: user.into(), nick: user.to_owned(), avatar: None, role: Role::Viewer }
}

fn event(id: &str, from: Option<&str>, priority: Priority, kind: EventKind) -> Event {
    Event {
        id: id.into(),
        at: Millis(0),
        source: "room".to_owned(),
        from: from.map(sender),
        cid: None,
        priority,
        kind,
    }
}

pub(super) fn comment(id: &str, user: &str, text: &str) -> Event {
    event(id, Some(user), Priority::Normal, EventKind::comment(text))
}

pub(super) fn paid(id: &str, user: &str, tier: u8) -> Event {
    let paid = Some(Paid { amount: 500, currency: "EUR".to_owned(), tier });
    event(id, Some(user), Priority::High, EventKind::Comment { text: id.to_owned(), paid })
}

/// `what` is of the catalogue, or a free gift.
pub(super) fn gift(id: &str, user: &str, what: &str, count: u32) -> Event {
    let free = || Gift {
        id: what.to_owned(),
        name: what.to_owned(),
        icon: String::new(),
        coins: 0,
        effect: None,
    };
    let gift = crate::gifts::catalogue().into_iter().find(|g| g.id == what).unwrap_or_else(free);
    event(id, Some(user), Priority::High, EventKind::Gift { gift, count })
}

pub(super) fn tip(id: &str) -> Event {
    let users = vec![sender("new")];
    event(id, None, Priority::Lowest, EventKind::Tip { tip: Tip::Join, users, more: 0 })
}

pub(super) fn custom(id: &str) -> Event {
    event(id, Some("app"), Priority::Normal, EventKind::Custom { data: "{}".to_owned() })
}
