//! What no live group has: refused as the vendor does.
//!
//! The group is looked for first, where one is named.

use super::call::Call;
use super::table::{Command, Done};
use schemars::JsonSchema;
use serde::Deserialize;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::refused_rest;

/// The vendor's refusal of a command.
fn refusal(path: &str) -> Refusal {
    let command = path.rsplit('/').next().unwrap_or(path);
    let code = refused_rest(command).unwrap_or(Code::UnknownCommand);
    if code != Code::NotMember && code != Code::Parameter {
        return code.into();
    }
    Refusal::new(code, format!("an AVChatRoom has no {command}"))
}

macro_rules! refused {
    ($($name:ident, $schema:literal, $command:literal;)*) => {$(
        #[doc = concat!("`", $command, "`.")]
        #[derive(Debug, Deserialize, JsonSchema)]
        #[schemars(rename = $schema)]
        #[serde(rename_all = "PascalCase")]
        pub struct $name {
            /// Where.
            group_id: String,
        }

        impl Command for $name {
            const PATH: &'static str = concat!("group_open_http_svc/", $command);
            const ABOUT: &'static str = "Refused: an AVChatRoom does not have it.";
            type Answer = Done;

            async fn run(self, call: Call) -> Result<Done, Refusal> {
                call.room(&self.group_id)?;
                Err(refusal(Self::PATH))
            }
        }
    )*};
}

refused! {
    ChangeOwner, "ChangeOwner", "change_group_owner";
    AddMember, "AddMember", "add_group_member";
    DeleteMember, "DeleteMember", "delete_group_member";
    MemberInfo, "MemberInfo", "get_group_member_info";
    ModifyMember, "ModifyMember", "modify_group_member_info";
    Role, "GetRole", "get_role_in_group";
    Recall, "RecallMsg", "group_msg_recall";
    ImportMember, "ImportMember", "import_group_member";
    ImportMessage, "ImportMsg", "import_group_msg";
}

/// `import_group`: there is no group to look for.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "ImportGroup")]
pub struct ImportGroup {}

impl Command for ImportGroup {
    const PATH: &'static str = "group_open_http_svc/import_group";
    const ABOUT: &'static str = "Refused: a live group has nothing to import.";
    type Answer = Done;

    async fn run(self, _: Call) -> Result<Done, Refusal> {
        Err(refusal(Self::PATH))
    }
}
