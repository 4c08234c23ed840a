//! Accounts of an app as members of our rooms.

use surtitle_core::{Role, Sender, UserId, text};

/// Most bytes of a UserID.
pub const ACCOUNT_LIMIT: usize = 32;
/// Most bytes of a nickname or picture address.
pub const PROFILE_LIMIT: usize = 500;

/// Whether a UserID may log in: 1–32 printable ASCII bytes without spaces at the ends.
pub fn is_account(account: &str) -> bool {
    (1..=ACCOUNT_LIMIT).contains(&account.len())
        && account.bytes().all(|b| (0x20..0x7f).contains(&b))
        && account.trim() == account
}

/// The id of an account in our rooms. Ids this server gives to its own people
/// are not for an app to take: those get a `~` before them, and so does what
/// begins with one.
pub fn user_id(account: &str) -> UserId {
    let own = matches!(account, "host" | "helper") || account.starts_with("u-");
    UserId(if own || account.starts_with('~') { format!("~{account}") } else { account.to_owned() })
}

/// The UserID SDKs see for somebody in our rooms.
pub fn account(user: &UserId) -> &str {
    user.0.strip_prefix('~').unwrap_or(&user.0)
}

/// An account as a member of our rooms, under its nickname or else its UserID.
pub fn sender(account: &str, nick: &str, avatar: &str) -> Sender {
    let cut = |name: &str| -> String {
        text::clean(name).chars().take(text::NICK_LIMIT).collect::<String>()
    };
    let shown = text::nick(&cut(nick)).or_else(|_| text::nick(&cut(account)));
    let shows = avatar.starts_with("https://") || avatar.starts_with("http://");
    Sender {
        id: user_id(account),
        nick: shown.unwrap_or_else(|_| "?".to_owned()),
        avatar: shows.then(|| avatar.to_owned()),
        role: Role::Viewer,
    }
}

/// `TinyId`: a number for an account, stable, different for different accounts
/// as far as 47 bits of FNV-1a go. SDKs make message ids of it.
pub fn tiny_id(account: &str) -> String {
    const FLOOR: u64 = 144_115_200_000_000_000;
    let hash = account.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (FLOOR + (hash >> 17)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_cannot_take_the_servers_own_ids() {
        for (name, id) in
            [("alice", "alice"), ("host", "~host"), ("u-abc", "~u-abc"), ("~host", "~~host")]
        {
            assert_eq!(user_id(name).as_str(), id);
            assert_eq!(account(&user_id(name)), name);
        }
    }

    #[test]
    fn account_without_a_nickname_is_shown_by_its_name() {
        assert_eq!(sender("alice", "", "").nick, "alice");
        let long = sender("alice", &"名".repeat(60), "javascript:x");
        assert_eq!((long.nick.chars().count(), long.avatar), (text::NICK_LIMIT, None));
    }

    #[test]
    fn tiny_id_is_stable_and_a_number() {
        assert_eq!(tiny_id("alice"), tiny_id("alice"));
        assert_ne!(tiny_id("alice"), tiny_id("bob"));
        assert!(tiny_id("bob").parse::<u64>().is_ok_and(|n| n < 1 << 58));
    }
}
