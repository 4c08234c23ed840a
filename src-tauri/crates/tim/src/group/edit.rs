//! Changes of a group's profile.

use super::profile::{
    FACE_LIMIT, INTRODUCTION_LIMIT, NOTIFICATION_LIMIT, check_name, check_size, merged,
};
use super::{By, Group, Right, Said};
use crate::code::{Code, Refusal};
use serde_json::{Map, Value, json};

/// What is to change; `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    /// `Name`.
    pub name: Option<String>,
    /// `Introduction`; "" clears.
    pub introduction: Option<String>,
    /// `Notification`; "" clears.
    pub notification: Option<String>,
    /// `FaceUrl`; "" clears.
    pub face_url: Option<String>,
    /// `MaxMemberNum`.
    pub max_members: Option<u32>,
    /// `ApplyJoinOption`: must be one of the vendor's words, and changes
    /// nothing, for everybody may always join.
    pub join_option: Option<String>,
    /// `MuteAllMember` or `ShutUpAllMember`.
    pub mute_all: Option<bool>,
    /// `AppDefinedData`; an empty value deletes the key.
    pub fields: Vec<(String, String)>,
}

impl Group {
    /// Changes the profile, all of it or nothing. The owner and app admins may.
    ///
    /// What is already so is left out of the tip; if nothing is left there is
    /// no tip and `InfoSeq` stays.
    pub fn edit(&mut self, now_s: u64, by: &By<'_>, edit: &Edit) -> Result<Vec<Said>, Refusal> {
        by.need(Right::Owner)?;
        if let Some(name) = &edit.name {
            check_name(name)?;
        }
        if let Some(option) = &edit.join_option
            && !["FreeAccess", "NeedPermission", "DisableApply"].contains(&option.as_str())
        {
            let text = "ApplyJoinOption is FreeAccess, NeedPermission or DisableApply";
            return Err(Refusal::new(Code::Parameter, text));
        }
        let profile = &mut self.profile;
        let fields = merged(&profile.fields, &edit.fields)?;
        for (field, value, limit) in [
            ("Introduction", &edit.introduction, INTRODUCTION_LIMIT),
            ("Notification", &edit.notification, NOTIFICATION_LIMIT),
            ("FaceUrl", &edit.face_url, FACE_LIMIT),
        ] {
            check_size(field, value.as_deref().unwrap_or_default(), limit)?;
        }

        let mut new = Map::new();
        for (key, old, value) in [
            ("GroupName", &mut profile.name, &edit.name),
            ("GroupIntroduction", &mut profile.introduction, &edit.introduction),
            ("GroupNotification", &mut profile.notification, &edit.notification),
            ("GroupFaceUrl", &mut profile.face_url, &edit.face_url),
        ] {
            if let Some(value) = value
                && value != old
            {
                value.clone_into(old);
                new.insert(key.to_owned(), value.as_str().into());
            }
        }
        let changed: Vec<Value> = fields
            .iter()
            .filter(|(key, value)| profile.fields.get(*key) != Some(*value))
            .map(|(key, value)| json!({ "Key": key, "Value": value }))
            .chain(
                profile
                    .fields
                    .keys()
                    .filter(|key| !fields.contains_key(*key))
                    .map(|key| json!({ "Key": key, "Value": "" })),
            )
            .collect();
        if !changed.is_empty() {
            new.insert("MsgAppDefinedData".to_owned(), changed.into());
            profile.fields = fields;
        }
        if let Some(mute_all) = edit.mute_all
            && mute_all != profile.mute_all
        {
            profile.mute_all = mute_all;
            new.insert("ShutupAll".to_owned(), u8::from(mute_all).into());
        }
        let members = edit.max_members.filter(|n| *n != profile.max_members);
        if new.is_empty() && members.is_none() {
            return Ok(Vec::new());
        }
        profile.max_members = members.unwrap_or(profile.max_members);
        profile.info_seq += 1;
        profile.last_info_s = now_s;
        if new.is_empty() {
            // No SDK has a word for the greatest number of members.
            return Ok(Vec::new());
        }
        Ok(vec![Said::tip(6, by, &[]).with("MsgGroupNewInfo", new.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{APP, MEMBER, OWNER, group, number};
    use super::*;

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn a_tip_tells_what_has_changed_and_only_that() {
        let mut group = group();
        let edit = Edit {
            name: Some("Live".into()),
            introduction: Some("i".into()),
            notification: Some("n".into()),
            face_url: Some("http://x/y.png".into()),
            mute_all: Some(true),
            fields: vec![pair("likes", "7")],
            ..Edit::default()
        };
        let said = group.edit(20, &OWNER, &edit).expect("edited");
        let body = json!({
            "OpType": 6, "Operator_Account": "owner", "List_Account": [],
            "MsgGroupNewInfo": {
                "GroupIntroduction": "i", "GroupNotification": "n",
                "GroupFaceUrl": "http://x/y.png",
                "MsgAppDefinedData": [{ "Key": "likes", "Value": "7" }], "ShutupAll": 1,
            },
        });
        assert_eq!(said, [Said::Tip { body }]);
        let profile = group.profile();
        assert_eq!((profile.info_seq, profile.last_info_s, profile.mute_all), (2, 20, true));
        assert_eq!(group.edit(21, &APP, &edit), Ok(Vec::new()));
        assert_eq!((group.profile().info_seq, group.profile().last_info_s), (2, 20));
    }

    #[test]
    fn a_deleted_field_is_told_as_empty() {
        let mut group = group();
        let set = Edit { fields: vec![pair("a", "1"), pair("b", "2")], ..Edit::default() };
        group.edit(1, &OWNER, &set).expect("edited");
        let unset = Edit { fields: vec![pair("a", ""), pair("none", "")], ..Edit::default() };
        let said = group.edit(2, &OWNER, &unset).expect("edited");
        let list = &said[0].body()["MsgGroupNewInfo"]["MsgAppDefinedData"];
        assert_eq!(list, &json!([{ "Key": "a", "Value": "" }]));
        assert_eq!(group.profile().fields.len(), 1);
    }

    #[test]
    fn members_and_room_admins_may_not_edit() {
        let admin = By { account: "mod", right: Right::Admin };
        let edit = Edit { mute_all: Some(true), ..Edit::default() };
        for (by, refused) in [(MEMBER, Some(10007)), (admin, Some(10007)), (APP, None)] {
            assert_eq!(number(group().edit(1, &by, &edit)), refused);
        }
    }

    #[test]
    fn a_refused_edit_changes_nothing() {
        for bad in [
            Edit { name: Some(String::new()), ..Edit::default() },
            Edit { face_url: Some("x".repeat(101)), ..Edit::default() },
            Edit { join_option: Some("Never".into()), ..Edit::default() },
            Edit { fields: vec![pair("bad key", "v")], ..Edit::default() },
        ] {
            let mut group = group();
            let edit = Edit { notification: Some("new".into()), mute_all: Some(true), ..bad };
            assert_eq!(number(group.edit(9, &OWNER, &edit)), Some(10004));
            assert_eq!(group, super::super::tests::group());
        }
    }

    #[test]
    fn the_greatest_number_of_members_is_kept_without_a_tip() {
        let mut group = group();
        let edit = Edit {
            max_members: Some(9),
            join_option: Some("DisableApply".into()),
            ..Edit::default()
        };
        assert_eq!(group.edit(3, &OWNER, &edit), Ok(Vec::new()));
        assert_eq!((group.profile().max_members, group.profile().info_seq), (9, 2));
    }
}
