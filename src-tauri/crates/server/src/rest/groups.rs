//! Groups: making, closing, listing, and their profiles.

use super::call::Call;
use super::limits::Pace;
use super::table::{Command, Done};
use crate::apps::group_info;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::{Edit, NewGroup, refused};

/// The one type of group there is here.
const TYPE: &str = "AVChatRoom";
/// Most groups asked about at once.
const INFO_LIMIT: usize = 50;
/// Most groups on one page of the list.
const LIST_LIMIT: usize = 10_000;

/// A custom field; an empty value deletes it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Field {
    /// 1 to 16 letters, digits and `_`, no digit first.
    key: String,
    /// At most 512 bytes.
    value: String,
}

fn pairs(fields: Option<Vec<Field>>) -> Vec<(String, String)> {
    fields.unwrap_or_default().into_iter().map(|field| (field.key, field.value)).collect()
}

/// `create_group`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "CreateGroup")]
#[serde(rename_all = "PascalCase")]
pub struct Create {
    /// `AVChatRoom`; this server has no groups of another type.
    #[schemars(extend("enum" = ["AVChatRoom"]))]
    r#type: String,
    /// 1 to 100 bytes.
    name: String,
    /// The owner, an account of the app.
    #[serde(rename = "Owner_Account")]
    owner: Option<String>,
    /// 1 to 48 printable ASCII characters, not beginning with `@TGS#`; without one the server makes one.
    group_id: Option<String>,
    /// At most 240 bytes.
    introduction: Option<String>,
    /// At most 300 bytes.
    notification: Option<String>,
    /// At most 100 bytes.
    face_url: Option<String>,
    /// Kept and told, never a limit.
    max_member_count: Option<u32>,
    /// Read and not kept: everybody may join.
    #[expect(dead_code, reason = "only its type is checked")]
    apply_join_option: Option<String>,
    /// Custom fields.
    app_defined_data: Option<Vec<Field>>,
    /// Refused with 10007: nobody is made a member of a live group.
    #[schemars(with = "Option<Vec<Value>>")]
    member_list: Option<Vec<Value>>,
}

/// The new group.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CreatedGroup")]
#[serde(rename_all = "PascalCase")]
pub struct Created {
    group_id: String,
}

impl Command for Create {
    const PATH: &'static str = "group_open_http_svc/create_group";
    const ABOUT: &'static str = "Makes a live group.";
    type Answer = Created;

    async fn run(self, call: Call) -> Result<Created, Refusal> {
        if self.r#type != TYPE {
            let text = "Type is AVChatRoom; this server has no groups of another type";
            return Err(Refusal::new(Code::Parameter, text));
        }
        if self.member_list.is_some_and(|list| !list.is_empty()) {
            let code = refused("create_group MemberList").unwrap_or(Code::NotMember);
            let text = "MemberList is given; members of a live group join it themselves";
            return Err(Refusal::new(code, text));
        }
        let owner = self.owner.filter(|owner| !owner.is_empty());
        if let Some(owner) = &owner {
            call.check_known("Owner_Account", owner).await?;
        }
        let new = NewGroup {
            id: self.group_id,
            name: self.name,
            owner,
            introduction: self.introduction.unwrap_or_default(),
            notification: self.notification.unwrap_or_default(),
            face_url: self.face_url.unwrap_or_default(),
            fields: pairs(self.app_defined_data),
            max_members: self.max_member_count,
        };
        let room = call.app.create(&new, &call.actor).await?;
        Ok(Created { group_id: room.group.to_string() })
    }
}

/// `destroy_group`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DestroyGroup")]
#[serde(rename_all = "PascalCase")]
pub struct Destroy {
    /// Which.
    group_id: String,
}

impl Command for Destroy {
    const PATH: &'static str = "group_open_http_svc/destroy_group";
    const ABOUT: &'static str = "Closes a group for good; its members are told.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        call.room(&self.group_id)?;
        call.app.dismiss(&self.group_id, call.actor.clone()).await?;
        Ok(Done {})
    }
}

/// `get_appid_group_list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ListGroups")]
#[serde(rename_all = "PascalCase")]
pub struct List {
    /// Most groups to answer, 1 to 10000; so many without it.
    limit: Option<u32>,
    /// 0 first, then what the last answer said.
    next: Option<u64>,
    /// Only groups of this type; there are none but `AVChatRoom`.
    group_type: Option<String>,
}

/// One GroupId.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Named {
    group_id: String,
}

/// A page of groups.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GroupList")]
#[serde(rename_all = "PascalCase")]
pub struct Listed {
    /// How many there are.
    total_count: usize,
    group_id_list: Vec<Named>,
    /// Where the next page begins; 0 for this is the last.
    next: usize,
}

impl Command for List {
    const PATH: &'static str = "group_open_http_svc/get_appid_group_list";
    const ABOUT: &'static str = "Lists the groups of the app.";
    const PACE: Pace = Pace::Slow;
    type Answer = Listed;

    async fn run(self, call: Call) -> Result<Listed, Refusal> {
        let limit = self.limit.map_or(LIST_LIMIT, |limit| limit as usize);
        if !(1..=LIST_LIMIT).contains(&limit) {
            let text = format!("Limit is not from 1 to {LIST_LIMIT}");
            return Err(Refusal::new(Code::Parameter, text));
        }
        let mut rooms = call.app.rooms();
        if self.group_type.is_some_and(|wanted| wanted != TYPE) {
            rooms.clear();
        }
        let total_count = rooms.len();
        let from = usize::try_from(self.next.unwrap_or(0)).unwrap_or(usize::MAX).min(total_count);
        let to = from.saturating_add(limit).min(total_count);
        let named =
            |room: &crate::room_task::RoomHandle| Named { group_id: room.group.to_string() };
        Ok(Listed {
            total_count,
            group_id_list: rooms[from..to].iter().map(named).collect(),
            next: if to == total_count { 0 } else { to },
        })
    }
}

/// Which fields to answer; all without it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Filter {
    /// Fields of the profile.
    #[serde(rename = "GroupBaseInfoFilter")]
    base: Option<Vec<String>>,
    /// Keys of custom fields.
    #[serde(rename = "AppDefinedDataFilter_Group")]
    fields: Option<Vec<String>>,
}

impl Filter {
    fn apply(&self, info: &mut Value) {
        let Some(object) = info.as_object_mut() else { return };
        if let Some(keys) = &self.fields
            && let Some(Value::Array(fields)) = object.get_mut("AppDefinedData")
        {
            fields.retain(|field| keys.iter().any(|key| field["Key"] == **key));
        }
        if let Some(keys) = &self.base {
            let always = ["GroupId", "ErrorCode", "ErrorInfo", "AppDefinedData", "MemberList"];
            object.retain(|key, _| always.contains(&key.as_str()) || keys.contains(key));
        }
    }
}

/// `get_group_info`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetGroupInfo")]
#[serde(rename_all = "PascalCase")]
pub struct Info {
    /// 1 to 50 GroupIds.
    group_id_list: Vec<String>,
    response_filter: Option<Filter>,
}

/// Profiles in the order of the request; a refusal stands in the entry of its group.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GroupInfos")]
#[serde(rename_all = "PascalCase")]
pub struct Infos {
    #[schemars(with = "Vec<GroupInfo>")]
    group_info: Vec<Value>,
}

/// One entry: what every one has; the profile comes with it if `ErrorCode` is 0.
#[derive(JsonSchema)]
#[serde(rename_all = "PascalCase")]
#[expect(dead_code, reason = "only described; apps::group_info writes it")]
struct GroupInfo {
    group_id: String,
    error_code: u32,
    error_info: String,
}

impl Command for Info {
    const PATH: &'static str = "group_open_http_svc/get_group_info";
    const ABOUT: &'static str = "Profiles of groups; each entry has its own ErrorCode.";
    type Answer = Infos;

    async fn run(self, call: Call) -> Result<Infos, Refusal> {
        if !(1..=INFO_LIMIT).contains(&self.group_id_list.len()) {
            let text = format!("GroupIdList names not from 1 to {INFO_LIMIT} groups");
            return Err(Refusal::new(Code::Parameter, text));
        }
        let filter = self.response_filter.unwrap_or_default();
        let mut group_info = Vec::new();
        for id in self.group_id_list {
            let app = call.app.id;
            let known = call.at(&id, move |desk| Ok(group_info_of(app, desk))).await;
            group_info.push(match known {
                Ok(mut info) => {
                    filter.apply(&mut info);
                    info
                }
                Err(Refusal { number, text }) => {
                    json!({ "GroupId": id, "ErrorCode": number, "ErrorInfo": text })
                }
            });
        }
        Ok(Infos { group_info })
    }
}

fn group_info_of(app: u32, desk: &crate::room_task::Desk<'_>) -> Value {
    let mut info = group_info(app, desk.group, desk.figures());
    // Members of a live group are not kept.
    info["MemberList"] = json!([]);
    info
}

/// `modify_group_base_info`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ModifyGroup")]
#[serde(rename_all = "PascalCase")]
pub struct Modify {
    /// Which.
    group_id: String,
    /// 1 to 100 bytes.
    name: Option<String>,
    /// At most 240 bytes.
    introduction: Option<String>,
    /// At most 300 bytes.
    notification: Option<String>,
    /// At most 100 bytes.
    face_url: Option<String>,
    /// Kept and told, never a limit; `MaxMemberCount` is the same.
    #[serde(alias = "MaxMemberCount")]
    max_member_num: Option<u32>,
    /// `FreeAccess`, `NeedPermission` or `DisableApply`; changes nothing.
    apply_join_option: Option<String>,
    /// `On` or `Off`: whether only the owner and admins may speak.
    mute_all_member: Option<Switch>,
    /// The same under its older name.
    shut_up_all_member: Option<Switch>,
    /// Custom fields to set; an empty value deletes.
    app_defined_data: Option<Vec<Field>>,
}

/// A setting that is on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

impl Command for Modify {
    const PATH: &'static str = "group_open_http_svc/modify_group_base_info";
    const ABOUT: &'static str = "Changes the profile of a group; its members are told.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let edit = Edit {
            name: self.name,
            introduction: self.introduction,
            notification: self.notification,
            face_url: self.face_url,
            max_members: self.max_member_num,
            join_option: self.apply_join_option,
            mute_all: self.mute_all_member.or(self.shut_up_all_member).map(|s| s == Switch::On),
            fields: pairs(self.app_defined_data),
        };
        call.at(&self.group_id, move |desk| desk.edit(&edit)).await?;
        Ok(Done {})
    }
}

/// `get_joined_group_list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "JoinedGroups")]
#[serde(rename_all = "PascalCase")]
pub struct Joined {
    /// Whose groups.
    #[serde(rename = "Member_Account")]
    member_account: String,
}

/// The groups somebody has joined, without live groups: always none.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "JoinedGroupList")]
#[serde(rename_all = "PascalCase")]
pub struct JoinedList {
    total_count: usize,
    group_id_list: Vec<Named>,
}

impl Command for Joined {
    const PATH: &'static str = "group_open_http_svc/get_joined_group_list";
    const ABOUT: &'static str = "The groups of an account; live groups are never among them.";
    type Answer = JoinedList;

    async fn run(self, call: Call) -> Result<JoinedList, Refusal> {
        call.check_known("Member_Account", &self.member_account).await?;
        Ok(JoinedList { total_count: 0, group_id_list: Vec::new() })
    }
}
