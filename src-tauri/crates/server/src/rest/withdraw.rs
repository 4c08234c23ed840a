//! Taking a one-to-one message back.

use super::call::Call;
use super::direct::malformed;
use super::table::{Command, Done, Family};
use schemars::JsonSchema;
use serde::Deserialize;
use surtitle_tim::code::{Code, Refusal};

/// `admin_msgwithdraw`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "WithdrawDirect")]
#[serde(rename_all = "PascalCase")]
pub struct Withdraw {
    /// Who wrote it.
    #[serde(rename = "From_Account")]
    from_account: String,
    /// To whom.
    #[serde(rename = "To_Account")]
    to_account: String,
    /// `MsgKey` of its answer.
    msg_key: String,
}

impl Command for Withdraw {
    const PATH: &'static str = "openim/admin_msgwithdraw";
    const ABOUT: &'static str = "Takes back a message that its reader has not read.";
    const FAMILY: Family = Family::Direct;
    type Answer = Done;

    fn malformed(field: &str) -> Code {
        match field {
            "MsgKey" => Code::DirectKey,
            "From_Account" => Code::DirectFrom,
            field => malformed(field),
        }
    }

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let (from, to) = (&self.from_account, &self.to_account);
        if call.app.direct.withdraw(from, to, &self.msg_key, call.now).await? {
            return Ok(Done {});
        }
        Err(Code::DirectKey.into())
    }
}
