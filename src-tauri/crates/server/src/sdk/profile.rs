//! Profiles of accounts: nickname, picture, and the vendor's other fields.

use super::asker::Asker;
use super::session::{Session, malformed};
use crate::apps::App;
use crate::room_task::Input;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{Nothing, Request};

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
pub async fn load(app: &App, account: &str) -> Result<(String, String), Refusal> {
    let account = app.accounts.find(account).await?.unwrap_or_default();
    Ok((account.nick().to_owned(), account.face().to_owned()))
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
    let account = session.user()?.a2.account.clone();
    let Set { profile_item } = request.body().map_err(malformed)?;
    let items = profile_item.into_iter().map(|item| (item.tag, item.value)).collect();
    let kept = session.app()?.accounts.edit(&account, items).await?;
    let user = session.user.as_mut().ok_or(Code::NotLoggedIn)?;
    (user.nick, user.face) = (kept.nick().to_owned(), kept.face().to_owned());
    let sender = user.sender();
    for room in session.rooms.all() {
        room.tell(Input::Rename(session.conn.id, sender.clone())).await;
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
        let known = session.app()?.accounts.find(&account).await?.unwrap_or_default();
        user_profile_item.push(Profile {
            account,
            standard_sequence: 0,
            custom_sequence: 0,
            profile_item: known
                .items
                .into_iter()
                .filter(|(_, value)| *value != "")
                .map(|(tag, value)| Item { tag, value })
                .collect(),
            result_code: 0,
        });
    }
    asker.answer(&Profiles { user_profile_item });
    Ok(())
}
