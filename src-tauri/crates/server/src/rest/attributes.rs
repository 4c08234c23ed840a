//! Attributes of a group; their keys are lower case in this API.

use super::call::Call;
use super::table::{Command, Done};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use surtitle_tim::code::Refusal;
use surtitle_tim::group::{By, Group, Guard, Written};

/// One attribute.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Attribute {
    /// 1 to 32 bytes.
    key: String,
    /// At most 4000 bytes; all of a group together at most 16000.
    value: String,
}

/// Writes at a group's desk; back ends send no sequence.
async fn write(
    call: &Call,
    group: &str,
    write: impl FnOnce(&mut Group, u64, &By<'_>, Guard) -> Result<Written, Refusal> + Send + 'static,
) -> Result<Done, Refusal> {
    let done = call.at(group, move |desk| {
        desk.change(|group, by, now_s| Ok(write(group, now_s, by, Guard::default())?.said))
    });
    done.await?;
    Ok(Done {})
}

fn pairs(list: Vec<Attribute>) -> Vec<(String, String)> {
    list.into_iter().map(|attribute| (attribute.key, attribute.value)).collect()
}

/// `modify_group_attr`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ModifyAttributes")]
#[serde(rename_all = "PascalCase")]
pub struct Modify {
    /// Where.
    group_id: String,
    /// 1 to 16 attributes to add or change.
    group_attr: Vec<Attribute>,
}

impl Command for Modify {
    const PATH: &'static str = "group_open_http_svc/modify_group_attr";
    const ABOUT: &'static str = "Adds or changes attributes; at most 5 writes a second a group.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let list = pairs(self.group_attr);
        write(&call, &self.group_id, move |group, now_s, by, guard| {
            group.modify_attributes(now_s, by, guard, &list)
        })
        .await
    }
}

/// `set_group_attr`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SetAttributes")]
#[serde(rename_all = "PascalCase")]
pub struct Set {
    /// Where.
    group_id: String,
    /// All attributes the group has from now on, at most 16.
    group_attr: Vec<Attribute>,
}

impl Command for Set {
    const PATH: &'static str = "group_open_http_svc/set_group_attr";
    const ABOUT: &'static str = "Replaces all attributes; at most 5 writes a second a group.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let list = pairs(self.group_attr);
        write(&call, &self.group_id, move |group, now_s, by, guard| {
            group.set_attributes(now_s, by, guard, &list)
        })
        .await
    }
}

/// `clear_group_attr`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ClearAttributes")]
#[serde(rename_all = "PascalCase")]
pub struct Clear {
    /// Where.
    group_id: String,
}

impl Command for Clear {
    const PATH: &'static str = "group_open_http_svc/clear_group_attr";
    const ABOUT: &'static str = "Deletes all attributes of a group.";
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        write(&call, &self.group_id, |group, now_s, by, guard| {
            group.clear_attributes(now_s, by, guard)
        })
        .await
    }
}

/// Attributes of a group.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Attributes {
    group_attr_ary: Vec<Attribute>,
}

async fn read(call: &Call, group: &str) -> Result<Attributes, Refusal> {
    let list = call.at(group, |desk| Ok(desk.group.attributes().list.clone())).await?;
    let list = list.into_iter().map(|(key, found)| Attribute { key, value: found.value });
    Ok(Attributes { group_attr_ary: list.collect() })
}

/// `get_group_attr`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetAttributes")]
#[serde(rename_all = "PascalCase")]
pub struct Read {
    /// Where.
    group_id: String,
}

impl Command for Read {
    const PATH: &'static str = "group_open_attr_http_svc/get_group_attr";
    const ABOUT: &'static str = "Attributes of a group.";
    type Answer = Attributes;

    async fn run(self, call: Call) -> Result<Attributes, Refusal> {
        read(&call, &self.group_id).await
    }
}

/// `get_group_attr` where the vendor's Java library looks for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetAttributesOld")]
#[serde(rename_all = "PascalCase")]
pub struct ReadOld {
    /// Where.
    group_id: String,
}

impl Command for ReadOld {
    const PATH: &'static str = "group_open_http_svc/get_group_attr";
    const ABOUT: &'static str = "Attributes of a group, under an older path.";
    type Answer = Attributes;

    async fn run(self, call: Call) -> Result<Attributes, Refusal> {
        read(&call, &self.group_id).await
    }
}
