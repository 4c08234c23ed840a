//! What the owner of a group does with it: makes it, changes it, ends it.

use super::command::act;
use super::session::{Session, malformed};
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;
use surtitle_tim::group::{Edit, NewGroup, refused};

/// The one type of group there is here.
const TYPE: &str = "AVChatRoom";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Field {
    key: String,
    #[serde(default)]
    value: String,
}

fn pairs(fields: Vec<Field>) -> Vec<(String, String)> {
    fields.into_iter().map(|field| (field.key, field.value)).collect()
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    #[serde(rename = "Type")]
    kind: String,
    name: String,
    #[serde(default)]
    group_id: Option<String>,
    #[serde(default)]
    introduction: Option<String>,
    #[serde(default)]
    notification: Option<String>,
    #[serde(default)]
    face_url: Option<String>,
    #[serde(default)]
    max_member_count: Option<u32>,
    #[serde(default)]
    app_defined_data: Option<Vec<Field>>,
    #[serde(default)]
    member_list: Vec<Value>,
}

/// `create_group`: whoever makes it owns it; to be in it they join like others.
pub async fn create(session: &mut Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let actor = session.actor()?;
    let wire: Create = request.body().map_err(malformed)?;
    if wire.kind != TYPE {
        let text = format!("Type is {:?}; this server has groups of type {TYPE} only", wire.kind);
        return Err(Refusal::new(Code::Parameter, text));
    }
    if !wire.member_list.is_empty() {
        let code = refused("create_group MemberList").unwrap_or(Code::NotMember);
        return Err(Refusal::new(code, "MemberList is not for an AVChatRoom; members join it"));
    }
    let new = NewGroup {
        id: wire.group_id.filter(|id| !id.is_empty()),
        name: wire.name,
        owner: Some(actor.account.clone()),
        introduction: wire.introduction.unwrap_or_default(),
        notification: wire.notification.unwrap_or_default(),
        face_url: wire.face_url.unwrap_or_default(),
        fields: pairs(wire.app_defined_data.unwrap_or_default()),
        max_members: wire.max_member_count,
    };
    let room = session.app()?.create(&new, &actor).await?;
    session.made = Some(room.group.to_string());
    Ok(json!({ "GroupId": &*room.group, "Type": TYPE, "HugeGroupFlag": 1 }))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct One {
    group_id: String,
}

/// `destroy_group`: everybody in it is told, and out.
pub async fn destroy(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let actor = session.actor()?;
    let One { group_id } = request.body().map_err(malformed)?;
    session.app()?.dismiss(&group_id, actor).await?;
    Ok(json!({}))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Change {
    name: Option<String>,
    introduction: Option<String>,
    notification: Option<String>,
    face_url: Option<String>,
    max_member_num: Option<u32>,
    apply_join_option: Option<String>,
    /// The older name, which SDKs use.
    shut_up_all_member: Option<String>,
    mute_all_member: Option<String>,
    app_defined_data: Option<Vec<Field>>,
}

/// `modify_group_base_info`: all of `updateGroupProfile`.
pub async fn edit(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let wire: Change = request.body().map_err(malformed)?;
    let edit = wire.edit()?;
    act(session, request, move |desk| desk.edit(&edit)).await?;
    Ok(json!({}))
}

impl Change {
    fn edit(self) -> Result<Edit, Refusal> {
        let mute_all = match self.shut_up_all_member.or(self.mute_all_member).as_deref() {
            None => None,
            Some("On") => Some(true),
            Some("Off") => Some(false),
            Some(other) => {
                let text = format!("ShutUpAllMember is {other:?}; it is On or Off");
                return Err(Refusal::new(Code::Parameter, text));
            }
        };
        Ok(Edit {
            name: self.name,
            introduction: self.introduction,
            notification: self.notification,
            face_url: self.face_url,
            max_members: self.max_member_num,
            join_option: self.apply_join_option,
            mute_all,
            fields: pairs(self.app_defined_data.unwrap_or_default()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(body: &str) -> Result<Edit, Refusal> {
        serde_json::from_str::<Change>(body).expect("a change").edit()
    }

    #[test]
    fn change_names_only_what_changes() {
        let all = edit(
            r#"{"GroupId":"G","Name":"n","Introduction":"","ShutUpAllMember":"On",
                "AppDefinedData":[{"Key":"likes","Value":"7"},{"Key":"gone"}],"More":1}"#,
        );
        let fields = vec![("likes".into(), "7".into()), ("gone".into(), String::new())];
        let expected = Edit {
            name: Some("n".into()),
            introduction: Some(String::new()),
            mute_all: Some(true),
            fields,
            ..Edit::default()
        };
        assert_eq!(all, Ok(expected));
        assert_eq!(edit("{}"), Ok(Edit::default()));
    }

    #[test]
    fn both_names_of_muting_all_are_known_and_only_two_words() {
        let off = edit(r#"{"MuteAllMember":"Off"}"#).expect("a change");
        assert_eq!(off.mute_all, Some(false));
        let refusal = edit(r#"{"ShutUpAllMember":"on"}"#).expect_err("refused");
        assert_eq!(refusal.number, 10004);
        assert!(refusal.text.contains("ShutUpAllMember"), "{}", refusal.text);
    }
}
