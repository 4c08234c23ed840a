//! One AVChatRoom as the vendor knows it: profile, rights and what hangs on it.
//!
//! A [`Group`] is a value: a command either changes it and returns what to
//! tell the room ([`Said`]), or is refused with the vendor's number and leaves
//! it as it was. Time is an argument, in seconds. It serialises to one JSON
//! document; a document that lacks newer fields loads.
//!
//! Who speaks, who is here and how fast is the room's affair, not the group's.

mod admins;
mod attributes;
mod bans;
mod counters;
mod edit;
mod marks;
mod order;
mod profile;
mod refused;
mod said;

pub use admins::ADMINS_LIMIT;
pub use attributes::{
    ATTRIBUTE_KEY_LIMIT, ATTRIBUTE_VALUE_LIMIT, ATTRIBUTE_WRITES_PER_S, ATTRIBUTES_LIMIT,
    ATTRIBUTES_SIZE_LIMIT, Attribute, Attributes, Guard, Written,
};
pub use bans::{BAN_DESCRIPTION_LIMIT, BAN_LIMIT, BAN_PAGE_LIMIT, BANS_LIMIT, BanPage};
pub use counters::{COUNTER_KEY_LIMIT, COUNTERS_LIMIT, Counted, CounterMode, Counters};
pub use edit::Edit;
pub use marks::{
    MARK_FLOOR, MARK_HIDDEN, MARK_LIMIT, MARK_ROBOT, MARKED_LIMIT, MARKS_LIMIT, MarkCommand,
    ROBOT_LIFE_S,
};
pub use order::BARRED_LIMIT;
pub use profile::{
    FACE_LIMIT, FIELD_KEY_LIMIT, FIELD_VALUE_LIMIT, FIELDS_LIMIT, ID_LIMIT, ID_PREFIX,
    INTRODUCTION_LIMIT, JOIN_OPTION, NAME_LIMIT, NOTIFICATION_LIMIT, NewGroup, Profile, made_id,
};
pub use refused::{refused, refused_rest};
pub use said::{ANNOUNCEMENT_LIMIT, MUTE_LIMIT, Said, Whom, words};

use crate::code::{Code, Refusal};
use crate::map;
use marks::Marks;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// What somebody may do in a group; a greater one may all a lesser one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Anybody.
    Member,
    /// An admin of this room.
    Admin,
    /// The owner.
    Owner,
    /// An admin of the app: its back end, or somebody logged in as one.
    App,
}

/// Who asks for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct By<'a> {
    /// UserID.
    pub account: &'a str,
    /// What they may.
    pub right: Right,
}

impl By<'_> {
    /// Refuses who may less than `right`.
    pub(crate) fn need(&self, right: Right) -> Result<(), Refusal> {
        if self.right >= right {
            return Ok(());
        }
        let who = match right {
            Right::App => "only an app admin may do this",
            Right::Owner => "only the owner of the group or an app admin may do this",
            Right::Admin | Right::Member => {
                "only the owner or an admin of the group, or an app admin, may do this"
            }
        };
        Err(Refusal::new(Code::NotMember, who))
    }
}

/// The state of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    profile: Profile,
    /// At most [`ADMINS_LIMIT`], distinct, without the owner.
    #[serde(default)]
    admins: Vec<String>,
    #[serde(default)]
    attributes: Attributes,
    /// The second a ban ends, by account; at most [`BANS_LIMIT`].
    #[serde(default)]
    bans: BTreeMap<String, u64>,
    #[serde(default)]
    counters: Counters,
    #[serde(default)]
    marks: Marks,
    #[serde(default)]
    order: order::Order,
}

impl Group {
    /// A group with the id the caller has settled on: `new.id` if there is one
    /// (its form is checked here), else one made by [`made_id`].
    pub fn new(new: &NewGroup, id: String, now_s: u64) -> Result<Self, Refusal> {
        Ok(Self {
            profile: Profile::new(new, id, now_s)?,
            admins: Vec::new(),
            attributes: Attributes::default(),
            bans: BTreeMap::new(),
            counters: Counters::default(),
            marks: Marks::default(),
            order: order::Order::default(),
        })
    }

    /// The rule of a GroupId somebody chooses: 1 to 48 printable ASCII bytes
    /// that do not begin with `@TGS#`.
    pub fn check_id(id: &str) -> Result<(), Refusal> {
        profile::check_id(id)
    }

    /// What an account may here; `app_admin` = it is one of the app's admins.
    pub fn right(&self, account: &str, app_admin: bool) -> Right {
        if app_admin {
            Right::App
        } else if self.profile.owner.as_deref() == Some(account) {
            Right::Owner
        } else if self.is_admin(account) {
            Right::Admin
        } else {
            Right::Member
        }
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Refuses a member's words while all are muted (10017).
    pub fn check_speak(&self, right: Right) -> Result<(), Refusal> {
        if self.profile.mute_all && right == Right::Member {
            return Err(Refusal::new(Code::Muted, "all members of the group are muted"));
        }
        Ok(())
    }

    /// Refuses the owner's leaving for good (10009): only disbanding ends it.
    pub fn check_quit(&self, account: &str) -> Result<(), Refusal> {
        if self.profile.owner.as_deref() == Some(account) {
            return Err(Code::OwnerQuit.into());
        }
        Ok(())
    }
}

/// Whether `account` is a UserID; `field` is named if not.
fn check_account(field: &str, account: &str) -> Result<(), Refusal> {
    if map::is_account(account) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::BadAccount,
        format!("{field} names no UserID: 1 to 32 printable ASCII bytes"),
    ))
}

/// Whether `accounts` is a list of 1 to `limit` UserIDs.
fn check_accounts(field: &str, accounts: &[String], limit: usize) -> Result<(), Refusal> {
    if accounts.is_empty() {
        return Err(Refusal::new(Code::Parameter, format!("{field} is empty")));
    }
    if accounts.len() > limit {
        return Err(Refusal::new(
            Code::TooManyAccounts,
            format!("{field} names more than {limit} accounts"),
        ));
    }
    accounts.iter().try_for_each(|account| check_account(field, account))
}

/// The accounts in their order, each once.
fn distinct(accounts: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    accounts.iter().filter(|account| seen.insert(account.as_str())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub const APP: By<'_> = By { account: "administrator", right: Right::App };
    pub const OWNER: By<'_> = By { account: "owner", right: Right::Owner };
    pub const MEMBER: By<'_> = By { account: "alice", right: Right::Member };

    pub fn group() -> Group {
        let new =
            NewGroup { name: "Live".into(), owner: Some("owner".into()), ..NewGroup::default() };
        Group::new(&new, "G".into(), 10).expect("a group")
    }

    /// The number of a refusal; `None` = not refused.
    pub fn number<T>(result: Result<T, Refusal>) -> Option<u32> {
        result.err().map(|refusal| refusal.number)
    }

    pub fn names(accounts: &[&str]) -> Vec<String> {
        accounts.iter().map(|&account| account.to_owned()).collect()
    }

    #[test]
    fn rights_are_ranked() {
        assert!(Right::App > Right::Owner && Right::Owner > Right::Admin);
        assert!(Right::Admin > Right::Member);
        let group = group();
        assert_eq!(group.right("owner", false), Right::Owner);
        assert_eq!(group.right("owner", true), Right::App);
        assert_eq!(group.right("alice", false), Right::Member);
    }

    #[test]
    fn a_muted_group_hears_only_those_with_a_right() {
        let mut group = group();
        assert!(group.check_speak(Right::Member).is_ok());
        let edit = Edit { mute_all: Some(true), ..Edit::default() };
        group.edit(11, &OWNER, &edit).expect("edited");
        assert_eq!(number(group.check_speak(Right::Member)), Some(10017));
        for right in [Right::Admin, Right::Owner, Right::App] {
            assert!(group.check_speak(right).is_ok());
        }
    }

    #[test]
    fn the_owner_may_not_quit() {
        assert_eq!(number(group().check_quit("owner")), Some(10009));
        assert!(group().check_quit("alice").is_ok());
    }

    #[test]
    fn a_group_without_an_owner_has_no_owner_right() {
        let new = NewGroup { name: "n".into(), ..NewGroup::default() };
        let group = Group::new(&new, "G".into(), 10).expect("a group");
        assert_eq!(group.right("", false), Right::Member);
    }

    #[test]
    fn old_documents_load() {
        let old = r#"{"profile":{"id":"G","name":"Live"},"later":1}"#;
        let group: Group = serde_json::from_str(old).expect("loads");
        assert_eq!((group.profile().id.as_str(), group.profile().name.as_str()), ("G", "Live"));
        assert!(group.admins().is_empty());
    }
}
