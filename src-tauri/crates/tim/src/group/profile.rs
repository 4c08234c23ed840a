//! The profile of a group: what it is called, says of itself and allows.

use super::check_account;
use crate::code::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most bytes of a GroupId a back end or SDK chooses.
pub const ID_LIMIT: usize = 48;
/// How ids begin that the server makes; nobody else may take one.
pub const ID_PREFIX: &str = "@TGS#";
/// Most bytes of a name. The vendor says 30 in older pages and 100 for its
/// newer live rooms; the wider is taken, so that what worked there works here.
pub const NAME_LIMIT: usize = 100;
/// Most bytes of an introduction.
pub const INTRODUCTION_LIMIT: usize = 240;
/// Most bytes of a notification.
pub const NOTIFICATION_LIMIT: usize = 300;
/// Most bytes of a picture address.
pub const FACE_LIMIT: usize = 100;
/// Most custom fields. The vendor says 10 or 20; the wider is taken.
pub const FIELDS_LIMIT: usize = 20;
/// Most bytes of a custom field's key.
pub const FIELD_KEY_LIMIT: usize = 16;
/// Most bytes of a custom field's value.
pub const FIELD_VALUE_LIMIT: usize = 512;
/// `ApplyJoinOption` of every group: all may come in. Another one can be asked
/// for and changes nothing.
pub const JOIN_OPTION: &str = "FreeAccess";

/// What a new group is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewGroup {
    /// The GroupId asked for; `None` = the server makes one.
    pub id: Option<String>,
    /// `Name`: 1 to 100 bytes.
    pub name: String,
    /// `Owner_Account`; a group may have none.
    pub owner: Option<String>,
    /// `Introduction`: at most 240 bytes.
    pub introduction: String,
    /// `Notification`: at most 300 bytes.
    pub notification: String,
    /// `FaceUrl`: at most 100 bytes.
    pub face_url: String,
    /// `AppDefinedData`; what is empty is left out.
    pub fields: Vec<(String, String)>,
    /// `MaxMemberCount`. Kept and told, never a limit: the vendor has none here.
    pub max_members: Option<u32>,
}

/// The profile of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// `GroupId`.
    pub id: String,
    /// `Name`.
    pub name: String,
    /// `Introduction`.
    pub introduction: String,
    /// `Notification`.
    pub notification: String,
    /// `FaceUrl`.
    pub face_url: String,
    /// `Owner_Account`; "" on the wire if there is none.
    pub owner: Option<String>,
    /// `CreateTime`, in seconds.
    pub created_s: u64,
    /// `InfoSeq`: one more with every change of this profile.
    pub info_seq: u64,
    /// `LastInfoTime`, in seconds.
    pub last_info_s: u64,
    /// `MaxMemberNum`; 0 = none was named.
    pub max_members: u32,
    /// `MuteAllMember`: only the owner and admins may speak.
    pub mute_all: bool,
    /// `AppDefinedData`, by key; no value is empty.
    pub fields: BTreeMap<String, String>,
}

impl Profile {
    pub(super) fn new(new: &NewGroup, id: String, now_s: u64) -> Result<Self, Refusal> {
        if let Some(id) = &new.id {
            check_id(id)?;
        }
        check_name(&new.name)?;
        check_size("Introduction", &new.introduction, INTRODUCTION_LIMIT)?;
        check_size("Notification", &new.notification, NOTIFICATION_LIMIT)?;
        check_size("FaceUrl", &new.face_url, FACE_LIMIT)?;
        if let Some(owner) = &new.owner {
            check_account("Owner_Account", owner)?;
        }
        let fields = merged(&BTreeMap::new(), &new.fields)?;
        Ok(Self {
            id,
            name: new.name.clone(),
            introduction: new.introduction.clone(),
            notification: new.notification.clone(),
            face_url: new.face_url.clone(),
            owner: new.owner.clone(),
            created_s: now_s,
            info_seq: 1,
            last_info_s: now_s,
            max_members: new.max_members.unwrap_or(0),
            mute_all: false,
            fields,
        })
    }
}

/// The rule of a GroupId somebody chooses: 1 to 48 printable ASCII bytes, not
/// beginning as ids of ours do.
pub(super) fn check_id(id: &str) -> Result<(), Refusal> {
    let refusal = |text: &str| Err(Refusal::new(Code::BadGroupId, text));
    if id.is_empty() {
        Err(Refusal::new(Code::Parameter, "GroupId is empty"))
    } else if id.len() > ID_LIMIT {
        refusal("GroupId is longer than 48 bytes")
    } else if !id.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        refusal("GroupId has bytes that are not printable ASCII")
    } else if id.starts_with(ID_PREFIX) {
        refusal("GroupId begins with @TGS#, which is for ids the server makes")
    } else {
        Ok(())
    }
}

/// The GroupId the server makes of a random number: `@TGS#a` and 13 characters.
pub fn made_id(random: u64) -> String {
    const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let tail = (0..13).map(|n| DIGITS[(random >> (5 * n) & 31) as usize] as char);
    format!("{ID_PREFIX}a{}", tail.collect::<String>())
}

/// A name is the one text a group must have.
pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if name.is_empty() {
        return Err(Refusal::new(Code::Parameter, "Name is empty"));
    }
    check_size("Name", name, NAME_LIMIT)
}

/// Whether a text of the profile fits.
pub(super) fn check_size(field: &str, value: &str, limit: usize) -> Result<(), Refusal> {
    if value.len() <= limit {
        return Ok(());
    }
    Err(Refusal::new(Code::Parameter, format!("{field} is longer than {limit} bytes")))
}

/// `fields` with `changes`: an empty value deletes, the last of a key counts.
pub(super) fn merged(
    fields: &BTreeMap<String, String>,
    changes: &[(String, String)],
) -> Result<BTreeMap<String, String>, Refusal> {
    let mut fields = fields.clone();
    for (key, value) in changes {
        let word = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let digit = key.bytes().next().is_none_or(|b| b.is_ascii_digit());
        if !word || digit || key.len() > FIELD_KEY_LIMIT {
            let text = "a Key of AppDefinedData is 1 to 16 letters, digits and _, no digit first";
            return Err(Refusal::new(Code::Parameter, text));
        }
        check_size("a Value of AppDefinedData", value, FIELD_VALUE_LIMIT)?;
        if value.is_empty() {
            fields.remove(key);
        } else {
            fields.insert(key.clone(), value.clone());
        }
    }
    if fields.len() > FIELDS_LIMIT {
        return Err(Refusal::new(Code::Parameter, "AppDefinedData has more than 20 keys"));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::super::tests::number;
    use super::*;

    #[test]
    fn custom_ids_are_checked() {
        for (id, refused) in [
            ("room-1", None),
            ("a b~", None),
            ("", Some(10004)),
            ("@TGS#aX", Some(10015)),
            ("raum-ä", Some(10015)),
            ("tab\t", Some(10015)),
            ("x123456789x123456789x123456789x123456789x1234567", None),
            ("x123456789x123456789x123456789x123456789x12345678", Some(10015)),
        ] {
            assert_eq!(number(check_id(id)), refused, "{id}");
        }
    }

    #[test]
    fn made_ids_differ_and_look_like_the_vendors() {
        assert_eq!(made_id(0), "@TGS#aAAAAAAAAAAAAA");
        assert_ne!(made_id(1), made_id(1 << 63));
        assert!(made_id(u64::MAX).len() <= ID_LIMIT);
    }

    #[test]
    fn every_size_is_checked_and_its_field_named() {
        let good = NewGroup { name: "Live".into(), ..NewGroup::default() };
        let long = |n: usize| "x".repeat(n);
        for (field, new) in [
            ("Name", NewGroup { name: String::new(), ..good.clone() }),
            ("Name", NewGroup { name: long(101), ..good.clone() }),
            ("Introduction", NewGroup { introduction: long(241), ..good.clone() }),
            ("Notification", NewGroup { notification: long(301), ..good.clone() }),
            ("FaceUrl", NewGroup { face_url: long(101), ..good.clone() }),
            ("AppDefinedData", NewGroup { fields: vec![("k".into(), long(513))], ..good.clone() }),
            ("AppDefinedData", NewGroup { fields: vec![("1k".into(), "v".into())], ..good }),
        ] {
            let refusal = Profile::new(&new, "G".into(), 1).expect_err("refused");
            assert_eq!(refusal.number, 10004);
            assert!(refusal.text.contains(field), "{}", refusal.text);
        }
    }

    #[test]
    fn sizes_are_bytes_and_their_limit_itself_fits() {
        let new = NewGroup {
            name: "é".repeat(50),
            introduction: "é".repeat(120),
            notification: "名".repeat(100),
            ..NewGroup::default()
        };
        assert!(Profile::new(&new, "G".into(), 1).is_ok());
        let new = NewGroup { name: "名".repeat(34), ..new };
        assert_eq!(number(Profile::new(&new, "G".into(), 1)), Some(10004));
    }

    #[test]
    fn a_wrong_owner_is_a_wrong_user_id() {
        let new = NewGroup { name: "n".into(), owner: Some("x".repeat(33)), ..NewGroup::default() };
        assert_eq!(number(Profile::new(&new, "G".into(), 1)), Some(10012));
    }

    #[test]
    fn fields_are_merged_and_an_empty_value_deletes() {
        let pair = |k: &str, v: &str| (k.to_owned(), v.to_owned());
        let fields = merged(&BTreeMap::new(), &[pair("a", "1"), pair("b", "2")]).expect("fits");
        let fields = merged(&fields, &[pair("a", ""), pair("b", "3"), pair("b", "4")]);
        assert_eq!(fields.expect("fits"), BTreeMap::from([pair("b", "4")]));
        let many: Vec<_> = (0..=FIELDS_LIMIT).map(|n| pair(&format!("k{n}"), "v")).collect();
        assert_eq!(number(merged(&BTreeMap::new(), &many)), Some(10004));
        assert!(merged(&BTreeMap::new(), &many[1..]).is_ok());
    }
}
