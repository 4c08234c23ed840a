//! Nicknames and pictures of accounts.
//!
//! Of the vendor's profile fields these two are kept; the others are taken
//! and not kept, which docs/compatibility.md says.

use super::asker::Asker;
use super::session::{Session, malformed};
use crate::room_task::Input;
use crate::state::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use surtitle_core::UserId;
use surtitle_store::ProfileRecord;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Nothing, Request};
use surtitle_tim::map;

const NICK: &str = "Tag_Profile_IM_Nick";
const IMAGE: &str = "Tag_Profile_IM_Image";
/// Most profiles in one request.
const PAGE: usize = 100;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    tag: String,
    #[serde(default)]
    value: Value,
}

/// Nickname and picture address of somebody; empty for none.
///
/// # Errors
/// [`Code::Server`] if the store does not answer.
pub async fn load(state: &State, id: &UserId) -> Result<(String, String), Refusal> {
    let profile = state.shared.store.get_profile(id).await.map_err(|error| {
        tracing::error!("store: {error}");
        Code::Server
    })?;
    Ok(profile.map(|p| (p.nick, p.avatar.unwrap_or_default())).unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Set {
    profile_item: Vec<Item>,
}

/// `portrait_set`: on disk before it is answered, then told to the room.
pub async fn set(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    let user = session.user.as_mut().ok_or(Code::NotLoggedIn)?;
    let Set { profile_item } = request.body().map_err(malformed)?;
    let (mut nick, mut face) = (user.nick.clone(), user.face.clone());
    for Item { tag, value } in profile_item {
        let field = match tag.as_str() {
            NICK => &mut nick,
            IMAGE => &mut face,
            _ => continue,
        };
        let value = value.as_str().ok_or(Code::Parameter)?;
        if value.len() > map::PROFILE_LIMIT {
            return Err(Code::ProfileLong.into());
        }
        value.clone_into(field);
    }
    let shared = &session.state.shared;
    let record = ProfileRecord {
        id: user.id(),
        nick: nick.clone(),
        avatar: (!face.is_empty()).then(|| face.clone()),
        created_at: shared.clock.now(),
    };
    shared.store.put_profile(&record).await.map_err(|error| {
        tracing::error!("store: {error}");
        Code::Server
    })?;
    (user.nick, user.face) = (nick, face);
    if let Some(room) = &session.room {
        room.tell(Input::Rename(session.conn.id, user.sender())).await;
    }
    asker.answer(&Nothing {});
    Ok(())
}

#[derive(Deserialize)]
struct Whose {
    #[serde(rename = "To_Account")]
    account: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Get {
    #[serde(default)]
    user_item: Vec<Whose>,
    #[serde(default, rename = "To_Account")]
    accounts: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Profile {
    #[serde(rename = "To_Account")]
    account: String,
    standard_sequence: u32,
    custom_sequence: u32,
    profile_item: Vec<Item>,
    result_code: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Profiles {
    user_profile_item: Vec<Profile>,
}

/// `portrait_get_all`, and `portrait_get` with its other list.
pub async fn get(
    session: &mut Session,
    request: &Request<'_>,
    asker: &Asker,
) -> Result<(), Refusal> {
    session.user()?;
    let Get { user_item, accounts } = request.body().map_err(malformed)?;
    let whose = user_item.into_iter().map(|item| item.account).chain(accounts);
    let mut user_profile_item = Vec::new();
    for account in whose.take(PAGE) {
        let (nick, face) = load(&session.state, &map::user_id(&account)).await?;
        let items = [(NICK, nick), (IMAGE, face)];
        user_profile_item.push(Profile {
            account,
            standard_sequence: 0,
            custom_sequence: 0,
            profile_item: items
                .into_iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(tag, value)| Item { tag: tag.to_owned(), value: value.into() })
                .collect(),
            result_code: 0,
        });
    }
    asker.answer(&Profiles { user_profile_item });
    Ok(())
}
