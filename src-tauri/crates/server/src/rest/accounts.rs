//! Accounts of the app: importing, deleting, ending their logins.

use super::call::Call;
use super::limits::Pace;
use super::table::{Command, Done, Family};
use crate::apps::{Account, IMAGE, NICK};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::map;

/// Most accounts of one call.
const BATCH: usize = 100;

/// Refuses what is no UserID.
fn check(account: &str) -> Result<(), Refusal> {
    if map::is_account(account) {
        return Ok(());
    }
    let text = "UserID is 1 to 32 printable ASCII characters without spaces around them";
    Err(Refusal::new(Code::AccountParameter, text))
}

/// Refuses a list over its limit.
fn check_batch(field: &str, length: usize) -> Result<(), Refusal> {
    if (1..=BATCH).contains(&length) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::AccountBatch,
        format!("{field} has {length} accounts, not 1 to {BATCH}"),
    ))
}

/// `account_import`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ImportAccount")]
pub struct Import {
    /// 1 to 32 printable ASCII characters; `Identifier` is the same under its older name.
    #[serde(rename = "UserID", alias = "Identifier")]
    user: String,
    /// At most 500 bytes.
    #[serde(rename = "Nick")]
    nick: Option<String>,
    /// At most 500 bytes.
    #[serde(rename = "FaceUrl")]
    face_url: Option<String>,
}

impl Command for Import {
    const PATH: &'static str = "im_open_login_svc/account_import";
    const ABOUT: &'static str = "Makes an account; one that exists takes the nickname and picture.";
    const FAMILY: Family = Family::Account;
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        check(&self.user)?;
        let items = [(NICK, self.nick), (IMAGE, self.face_url)];
        let items: Vec<(String, Value)> = items
            .into_iter()
            .filter_map(|(tag, value)| Some((tag.to_owned(), value?.into())))
            .collect();
        call.app.accounts.edit(&self.user, items).await?;
        Ok(Done {})
    }
}

/// `multiaccount_import`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ImportAccounts")]
#[serde(rename_all = "PascalCase")]
pub struct ImportMany {
    /// 1 to 100 UserIDs.
    #[serde(alias = "AccountList")]
    accounts: Vec<String>,
}

/// Those that could not be imported.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Failed {
    fail_accounts: Vec<String>,
}

impl Command for ImportMany {
    const PATH: &'static str = "im_open_login_svc/multiaccount_import";
    const ABOUT: &'static str = "Makes accounts; what is no UserID is named in the answer.";
    const FAMILY: Family = Family::Account;
    const PACE: Pace = Pace::Bulk;
    type Answer = Failed;

    async fn run(self, call: Call) -> Result<Failed, Refusal> {
        check_batch("Accounts", self.accounts.len())?;
        let (good, fail_accounts): (Vec<String>, Vec<String>) =
            self.accounts.into_iter().partition(|account| map::is_account(account));
        let mut new: Vec<(String, Account)> = Vec::new();
        for account in good {
            let known = call.app.accounts.find(&account).await?;
            new.push((account, known.unwrap_or_default()));
        }
        call.app.accounts.put(&new).await?;
        Ok(Failed { fail_accounts })
    }
}

/// One account of a list.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct Item {
    /// `Identifier` is the same under its older name.
    #[serde(rename = "UserID", alias = "Identifier")]
    user: String,
}

/// `account_check`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "CheckAccounts")]
#[serde(rename_all = "PascalCase")]
pub struct Check {
    /// 1 to 100 accounts.
    check_item: Vec<Item>,
}

/// What became of one account.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Outcome {
    #[serde(rename = "UserID")]
    user: String,
    /// 0, or why not.
    result_code: u32,
    result_info: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_status: Option<Status>,
}

/// Whether an account is there.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub enum Status {
    /// It is.
    Imported,
    /// It is not.
    NotImported,
}

impl Outcome {
    fn new(user: String, result: Result<Option<Status>, Refusal>) -> Self {
        let (result_code, result_info, account_status) = match result {
            Ok(status) => (0, String::new(), status),
            Err(refusal) => (refusal.number, refusal.text, None),
        };
        Self { user, result_code, result_info, account_status }
    }
}

/// One result an account, in the order of the request.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Outcomes {
    result_item: Vec<Outcome>,
}

impl Command for Check {
    const PATH: &'static str = "im_open_login_svc/account_check";
    const ABOUT: &'static str = "Which accounts there are.";
    const FAMILY: Family = Family::Account;
    const PACE: Pace = Pace::Bulk;
    type Answer = Outcomes;

    async fn run(self, call: Call) -> Result<Outcomes, Refusal> {
        check_batch("CheckItem", self.check_item.len())?;
        let mut result_item = Vec::new();
        for Item { user } in self.check_item {
            let result = match check(&user) {
                Err(refusal) => Err(refusal),
                Ok(()) => match call.app.accounts.find(&user).await? {
                    Some(_) => Ok(Some(Status::Imported)),
                    None => Ok(Some(Status::NotImported)),
                },
            };
            result_item.push(Outcome::new(user, result));
        }
        Ok(Outcomes { result_item })
    }
}

/// `account_delete`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DeleteAccounts")]
#[serde(rename_all = "PascalCase")]
pub struct Delete {
    /// 1 to 100 accounts.
    delete_item: Vec<Item>,
}

impl Command for Delete {
    const PATH: &'static str = "im_open_login_svc/account_delete";
    const ABOUT: &'static str = "Ends the logins of accounts and forgets them.";
    const FAMILY: Family = Family::Account;
    const PACE: Pace = Pace::Bulk;
    type Answer = Outcomes;

    async fn run(self, call: Call) -> Result<Outcomes, Refusal> {
        check_batch("DeleteItem", self.delete_item.len())?;
        let mut result_item = Vec::new();
        for Item { user } in self.delete_item {
            let result = match delete(&call, &user).await {
                Ok(()) => Ok(None),
                Err(refusal) => Err(refusal),
            };
            result_item.push(Outcome::new(user, result));
        }
        Ok(Outcomes { result_item })
    }
}

async fn delete(call: &Call, user: &str) -> Result<(), Refusal> {
    check(user)?;
    if call.app.is_admin(user) {
        let text = "an admin of the app is not deleted; take its right away first";
        return Err(Refusal::new(Code::AccountParameter, text));
    }
    if call.app.accounts.find(user).await?.is_none() {
        return Err(Code::NoAccount.into());
    }
    call.app.accounts.delete(user).await?;
    call.app.direct.forget(user).await?;
    // Last, for what was withdrawn goes with the account.
    call.app.kick(user).await?;
    Ok(())
}

/// `kick`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "KickAccount")]
pub struct Kick {
    /// `Identifier` is the same under its older name.
    #[serde(rename = "UserID", alias = "Identifier")]
    user: String,
}

impl Command for Kick {
    const PATH: &'static str = "im_open_login_svc/kick";
    const ABOUT: &'static str =
        "Ends every login of an account; usersigs made before are withdrawn.";
    const FAMILY: Family = Family::Account;
    type Answer = Done;

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        check(&self.user)?;
        if !call.app.is_admin(&self.user) && call.app.accounts.find(&self.user).await?.is_none() {
            return Err(Code::NoAccount.into());
        }
        call.app.kick(&self.user).await?;
        Ok(Done {})
    }
}
