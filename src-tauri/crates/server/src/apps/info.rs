//! A group as SDKs and back ends read it (`GroupInfo` of get_group_info and
//! get_group_self_member_info).

use crate::sdk::relay::Figures;
use serde_json::{Value, json};
use surtitle_tim::group::{Group, JOIN_OPTION};

/// `Role` of an account in a group.
pub fn role(group: &Group, account: &str) -> &'static str {
    if group.profile().owner.as_deref() == Some(account) {
        "Owner"
    } else if group.is_admin(account) {
        "Admin"
    } else {
        "Member"
    }
}

/// The fields that are the same for everybody who asks.
///
/// Both spellings of "everybody is muted" are there: the vendor's pages and
/// SDKs differ. Likes and follows that this server counted (seed FAQ 6) are
/// custom fields `likes` and `follows`, unless the app has such fields itself.
pub fn group_info(app: u32, group: &Group, figures: Figures) -> Value {
    let profile = group.profile();
    let on = if profile.mute_all { "On" } else { "Off" };
    let counted = ["likes", "follows"].into_iter().filter_map(|key| {
        let count = group.counters().list.get(key)?;
        if profile.fields.contains_key(key) {
            return None;
        }
        Some(json!({ "Key": key, "Value": count.to_string() }))
    });
    let own = profile.fields.iter().map(|(key, value)| json!({ "Key": key, "Value": value }));
    json!({
        "ErrorCode": 0,
        "ErrorInfo": "",
        "GroupId": profile.id,
        "Type": "AVChatRoom",
        "Name": profile.name,
        "Appid": app,
        "Introduction": profile.introduction,
        "Notification": profile.notification,
        "FaceUrl": profile.face_url,
        "Owner_Account": profile.owner.as_deref().unwrap_or_default(),
        "CreateTime": profile.created_s,
        "InfoSeq": profile.info_seq,
        "LastInfoTime": profile.last_info_s,
        "LastMsgTime": figures.last_at.map_or(0, |at| at.0 / 1_000),
        "NextMsgSeq": figures.next,
        "MemberNum": figures.online,
        "MaxMemberNum": profile.max_members,
        "ApplyJoinOption": JOIN_OPTION,
        "MuteAllMember": on,
        "ShutUpAllMember": on,
        "AppDefinedData": own.chain(counted).collect::<Vec<Value>>(),
    })
}
