//! Profiles of accounts. Answers also have `ErrorDisplay`, as the vendor's.

use super::call::Call;
use super::table::{Command, Family};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::map;

/// Most accounts asked about at once.
const ASKED: usize = 100;
/// Most items changed at once: every tag there is, and the app's 20.
const ITEMS: usize = 40;

/// One item of a profile.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Item {
    /// `Tag_Profile_IM_…`, or `Tag_Profile_Custom_` and up to 8 letters or digits.
    tag: String,
    /// A text or a number, as the tag has it.
    value: Value,
}

/// `portrait_set`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SetProfile")]
#[serde(rename_all = "PascalCase")]
pub struct Set {
    /// Whose.
    #[serde(rename = "From_Account")]
    account: String,
    /// 1 to 40 items.
    profile_item: Vec<Item>,
}

/// Nothing beside the frame, whose text for people is empty.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Displayed {
    error_display: &'static str,
}

impl Command for Set {
    const PATH: &'static str = "profile/portrait_set";
    const ABOUT: &'static str = "Changes items of a profile, all or none.";
    const FAMILY: Family = Family::Profile;
    type Answer = Displayed;

    fn malformed(field: &str) -> Code {
        if field == "From_Account" { Code::ProfileWhose } else { Code::ProfileRequest }
    }

    async fn run(self, call: Call) -> Result<Displayed, Refusal> {
        if !map::is_account(&self.account) {
            return Err(Refusal::new(Code::ProfileWhose, "From_Account is no UserID"));
        }
        if !(1..=ITEMS).contains(&self.profile_item.len()) {
            let text = format!("ProfileItem has not from 1 to {ITEMS} items");
            return Err(Refusal::new(Code::ProfileRequest, text));
        }
        let known = call.app.accounts.find(&self.account).await?.is_some();
        if !known && !call.app.is_admin(&self.account) {
            return Err(Code::ProfileUnknown.into());
        }
        let items = self.profile_item.into_iter().map(|item| (item.tag, item.value)).collect();
        call.app.accounts.edit(&self.account, items).await?;
        Ok(Displayed { error_display: "" })
    }
}

/// `portrait_get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetProfiles")]
#[serde(rename_all = "PascalCase")]
pub struct Get {
    /// 1 to 100 accounts.
    #[serde(rename = "To_Account")]
    accounts: Vec<String>,
    /// The items wanted.
    tag_list: Vec<String>,
}

/// One profile.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Profile {
    #[serde(rename = "To_Account")]
    account: String,
    profile_item: Vec<Item>,
    /// 0, or why not.
    result_code: u32,
    result_info: String,
}

/// Profiles in the order of the request.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
pub struct Profiles {
    user_profile_item: Vec<Profile>,
    /// Those there are none of.
    #[serde(rename = "Fail_Account")]
    failed: Vec<String>,
    error_display: &'static str,
}

impl Command for Get {
    const PATH: &'static str = "profile/portrait_get";
    const ABOUT: &'static str = "Items of profiles; each has its own ResultCode.";
    const FAMILY: Family = Family::Profile;
    type Answer = Profiles;

    fn malformed(field: &str) -> Code {
        if field == "To_Account" { Code::ProfileWhose } else { Code::ProfileRequest }
    }

    async fn run(self, call: Call) -> Result<Profiles, Refusal> {
        if self.accounts.is_empty() {
            return Err(Refusal::new(Code::ProfileWhose, "To_Account is empty"));
        }
        if self.accounts.len() > ASKED {
            let text = format!("To_Account names more than {ASKED} accounts");
            return Err(Refusal::new(Code::ProfileRequest, text));
        }
        if self.tag_list.is_empty() {
            return Err(Refusal::new(Code::ProfileRequest, "TagList is empty"));
        }
        let (mut user_profile_item, mut failed) = (Vec::new(), Vec::new());
        for account in self.accounts {
            let known = call.app.accounts.find(&account).await?;
            let (result_code, result_info) = match &known {
                Some(_) => (0, String::new()),
                None if call.app.is_admin(&account) => (0, String::new()),
                None => {
                    failed.push(account.clone());
                    (Code::ProfileUnknown.number(), Code::ProfileUnknown.text().to_owned())
                }
            };
            let items = known.unwrap_or_default().items.into_iter();
            let wanted = items.filter(|(tag, _)| self.tag_list.contains(tag));
            let profile_item = wanted.map(|(tag, value)| Item { tag, value }).collect();
            user_profile_item.push(Profile { account, profile_item, result_code, result_info });
        }
        Ok(Profiles { user_profile_item, failed, error_display: "" })
    }
}
