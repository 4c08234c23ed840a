//! Groups and who is in them.

use super::{KIND, Member, members, write};
use crate::hook::Command;
use serde::Serialize;
use serde_json::value::RawValue;

/// A group by its makers.
#[derive(Debug, Clone, Copy)]
pub struct GroupOwner<'a> {
    /// Its name.
    pub name: &'a str,
    /// UserID of its owner; empty if it has none.
    pub owner: &'a str,
    /// UserID of who sent the request.
    pub operator: &'a str,
}

/// A group that was made.
#[derive(Debug, Clone, Copy)]
pub struct Created<'a> {
    /// GroupId.
    pub group: &'a str,
    /// Name, owner and maker.
    pub of: GroupOwner<'a>,
    /// Its custom fields.
    pub fields: &'a [(String, String)],
}

#[derive(Serialize)]
struct Field<'a> {
    #[serde(rename = "Key")]
    key: &'a str,
    #[serde(rename = "Value")]
    value: &'a str,
}

#[derive(Serialize)]
struct Create<'a> {
    #[serde(rename = "GroupId", skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(rename = "Owner_Account")]
    owner: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "Name")]
    name: &'a str,
    #[serde(rename = "CreateGroupNum", skip_serializing_if = "Option::is_none")]
    owned: Option<u32>,
    /// Always empty: an AVChatRoom is made without members.
    #[serde(rename = "MemberList")]
    members: [Member<'a>; 0],
    #[serde(rename = "UserDefinedDataList", skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Field<'a>>>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

impl<'a> Create<'a> {
    fn new(of: &GroupOwner<'a>, at_ms: u64) -> Self {
        let GroupOwner { name, owner, operator } = *of;
        Self {
            group: None,
            operator,
            owner,
            kind: KIND,
            name,
            owned: None,
            members: [],
            fields: None,
            at_ms,
        }
    }
}

/// [`Command::BeforeCreateGroup`]; `owned` is how many groups its owner has.
pub fn before_create(of: &GroupOwner<'_>, owned: u32, at_ms: u64) -> Box<RawValue> {
    write(Command::BeforeCreateGroup, Create { owned: Some(owned), ..Create::new(of, at_ms) })
}

/// [`Command::AfterCreateGroup`].
pub fn after_create(made: &Created<'_>, at_ms: u64) -> Box<RawValue> {
    let fields = made.fields.iter().map(|(key, value)| Field { key, value }).collect();
    let create = Create::new(&made.of, at_ms);
    let create = Create { group: Some(made.group), fields: Some(fields), ..create };
    write(Command::AfterCreateGroup, create)
}

#[derive(Serialize)]
struct Apply<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "Requestor_Account")]
    who: &'a str,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::BeforeApplyJoinGroup`].
pub fn before_join(group: &str, who: &str, at_ms: u64) -> Box<RawValue> {
    write(Command::BeforeApplyJoinGroup, Apply { group, kind: KIND, who, at_ms })
}

#[derive(Serialize)]
struct Join<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    /// Always `Apply`: nobody can be invited.
    #[serde(rename = "JoinType")]
    join: &'static str,
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(rename = "NewMemberList")]
    members: [Member<'a>; 1],
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::AfterNewMemberJoin`]: `who` joined of their own will.
pub fn after_join(group: &str, who: &str, at_ms: u64) -> Box<RawValue> {
    let members = [Member { account: who }];
    let join = Join { group, kind: KIND, join: "Apply", operator: who, members, at_ms };
    write(Command::AfterNewMemberJoin, join)
}

/// How somebody left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Of their own will.
    Quit,
    /// Removed or banned.
    Kicked,
}

#[derive(Serialize)]
struct Left<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "ExitType")]
    exit: &'static str,
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(rename = "ExitMemberList")]
    members: Vec<Member<'a>>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::AfterMemberExit`]: `who` left; `operator` is who did it, for a
/// quit the person.
pub fn after_exit<A: AsRef<str>>(
    group: &str,
    exit: Exit,
    operator: &str,
    who: &[A],
    at_ms: u64,
) -> Box<RawValue> {
    let exit = match exit {
        Exit::Quit => "Quit",
        Exit::Kicked => "Kicked",
    };
    let members = members(who);
    write(Command::AfterMemberExit, Left { group, kind: KIND, exit, operator, members, at_ms })
}

#[derive(Serialize)]
struct Destroyed<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "Owner_Account")]
    owner: &'a str,
    #[serde(rename = "Name")]
    name: &'a str,
    #[serde(rename = "MemberList")]
    members: Vec<Member<'a>>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::AfterGroupDestroyed`], with who was inside.
pub fn after_destroy<A: AsRef<str>>(
    group: &str,
    name: &str,
    owner: &str,
    inside: &[A],
    at_ms: u64,
) -> Box<RawValue> {
    let members = members(inside);
    write(
        Command::AfterGroupDestroyed,
        Destroyed { group, kind: KIND, owner, name, members, at_ms },
    )
}

/// What changed in a profile. Custom fields alone raise nothing: see
/// [`Change::is_empty`].
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Change<'a> {
    /// The new name.
    #[serde(rename = "Name", skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// The new introduction.
    #[serde(rename = "Introduction", skip_serializing_if = "Option::is_none")]
    pub introduction: Option<&'a str>,
    /// The new notice.
    #[serde(rename = "Notification", skip_serializing_if = "Option::is_none")]
    pub notification: Option<&'a str>,
    /// The new picture.
    #[serde(rename = "FaceUrl", skip_serializing_if = "Option::is_none")]
    pub face_url: Option<&'a str>,
}

impl Change<'_> {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        [self.name, self.introduction, self.notification, self.face_url].iter().all(Option::is_none)
    }
}

#[derive(Serialize)]
struct Changed<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(flatten)]
    change: &'a Change<'a>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::AfterGroupInfoChanged`].
pub fn after_info_change(
    group: &str,
    operator: &str,
    change: &Change<'_>,
    at_ms: u64,
) -> Box<RawValue> {
    write(Command::AfterGroupInfoChanged, Changed { group, kind: KIND, operator, change, at_ms })
}

#[derive(Serialize)]
struct Presence<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "EventType")]
    event: &'static str,
    #[serde(rename = "MemberList")]
    members: Vec<Member<'a>>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::OnMemberStateChange`]: `who` went silent, or came back.
pub fn member_state<A: AsRef<str>>(
    group: &str,
    is_online: bool,
    who: &[A],
    at_ms: u64,
) -> Box<RawValue> {
    let event = if is_online { "Online" } else { "Offline" };
    let members = members(who);
    write(Command::OnMemberStateChange, Presence { group, event, members, at_ms })
}
