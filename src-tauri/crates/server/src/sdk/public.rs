//! What anybody who logged in may know of a group.

use super::command::act_outside;
use super::session::{Session, malformed};
use crate::apps::group_info;
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::Request;

/// Most groups asked about at once.
const GROUPS: usize = 50;
/// Seconds an SDK keeps the online count.
const ONLINE_LIFE_S: u32 = 10;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Many {
    group_id_list: Vec<String>,
}

/// `get_group_public_info`, as `searchGroupByID` asks: the profile without
/// members. A refusal stands in the entry of its group.
pub async fn info(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let actor = session.actor()?;
    let app = session.app()?;
    let Many { group_id_list } = request.body().map_err(malformed)?;
    let mut list = Vec::new();
    for id in group_id_list.into_iter().take(GROUPS) {
        let Some(room) = app.room(&id) else {
            let code = Code::UnknownGroup;
            list.push(
                json!({ "GroupId": id, "ErrorCode": code.number(), "ErrorInfo": code.text() }),
            );
            continue;
        };
        let number = app.id;
        let read =
            room.act(actor.clone(), move |desk| Ok(group_info(number, desk.group, desk.figures())));
        list.push(read.await?);
    }
    Ok(json!({ "GroupInfo": list }))
}

/// `get_online_member_num`.
pub async fn online(session: &Session, request: &Request<'_>) -> Result<Value, Refusal> {
    let online = act_outside(session, request, |desk| Ok(desk.figures().online)).await?;
    Ok(json!({ "OnlineMemberNum": online, "ExpireTime": ONLINE_LIFE_S }))
}
