//! Bans by SDK: what `deleteGroupMember` is in an AVChatRoom.

use super::command::act;
use super::session::{Session, malformed};
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_tim::code::Refusal;
use surtitle_tim::frame::Request;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Ban {
    #[serde(rename = "Members_Account")]
    accounts: Vec<String>,
    #[serde(default)]
    duration: u32,
    #[serde(default)]
    description: Option<String>,
}

/// `ban_group_member`: the banned hear of it first, then they are out.
pub async fn ban(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Ban { accounts, duration, description } = request.body().map_err(malformed)?;
    let description = description.unwrap_or_default();
    act(session, request, move |desk| desk.ban(&accounts, duration, &description)).await?;
    Ok(json!({}))
}

/// `unban_group_member`.
pub async fn unban(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let Ban { accounts, .. } = request.body().map_err(malformed)?;
    act(session, request, move |desk| desk.unban(&accounts)).await?;
    Ok(json!({}))
}
