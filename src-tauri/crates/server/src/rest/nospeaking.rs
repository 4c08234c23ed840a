//! Muting by the app, everywhere: in one-to-one messages and in all groups.

use super::call::Call;
use super::table::{Command, Done, Family};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use surtitle_core::Millis;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::map;

/// Seconds that stand for ever.
const EVER: u32 = u32::MAX;
/// A moment nobody lives to see.
const NEVER: Millis = Millis(u64::MAX >> 1);

/// `setnospeaking`. An app admin named here may speak all the same by REST.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "SetNoSpeaking")]
pub struct Set {
    /// Whom.
    #[serde(rename = "Set_Account")]
    #[schemars(required)]
    account: Option<String>,
    /// Seconds in one-to-one messages; 0 lifts it, 4294967295 is for ever. One of the two must be there.
    #[serde(rename = "C2CmsgNospeakingTime")]
    direct: Option<u32>,
    /// Seconds in all groups.
    #[serde(rename = "GroupmsgNospeakingTime")]
    group: Option<u32>,
}

impl Command for Set {
    const PATH: &'static str = "openconfigsvr/setnospeaking";
    const ABOUT: &'static str = "Mutes an account in one-to-one messages or in all groups.";
    const FAMILY: Family = Family::Mute;
    type Answer = Done;

    fn malformed(field: &str) -> Code {
        match field {
            "Set_Account" => Code::MuteBadSet,
            "C2CmsgNospeakingTime" | "GroupmsgNospeakingTime" => Code::MuteNoTime,
            _ => Code::MuteJson,
        }
    }

    async fn run(self, call: Call) -> Result<Done, Refusal> {
        let account = account(self.account, Code::MuteNoSet, Code::MuteBadSet)?;
        if self.direct.is_none() && self.group.is_none() {
            return Err(Code::MuteNoTime.into());
        }
        let until = |seconds: u32| match seconds {
            0 => Millis(0),
            EVER => NEVER,
            seconds => call.now.plus(u64::from(seconds) * 1_000),
        };
        let limited = call.app.accounts.limit(&account, |limits| {
            limits.direct = self.direct.map_or(limits.direct, until);
            limits.group = self.group.map_or(limits.group, until);
        });
        limited.await?;
        Ok(Done {})
    }
}

/// `getnospeaking`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "GetNoSpeaking")]
pub struct Get {
    /// Whose.
    #[serde(rename = "Get_Account")]
    #[schemars(required)]
    account: Option<String>,
}

/// What is left of both, in seconds; 4294967295 for ever.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NoSpeaking {
    #[serde(rename = "C2CmsgNospeakingTime")]
    direct: u32,
    #[serde(rename = "GroupmsgNospeakingTime")]
    group: u32,
}

impl Command for Get {
    const PATH: &'static str = "openconfigsvr/getnospeaking";
    const ABOUT: &'static str = "How long an account is still muted by the app.";
    const FAMILY: Family = Family::Mute;
    type Answer = NoSpeaking;

    fn malformed(field: &str) -> Code {
        if field == "Get_Account" { Code::MuteBadGet } else { Code::MuteJson }
    }

    async fn run(self, call: Call) -> Result<NoSpeaking, Refusal> {
        let account = account(self.account, Code::MuteNoGet, Code::MuteBadGet)?;
        let limits = call.app.accounts.limits(&account);
        let left = |until: Millis| match until {
            NEVER => EVER,
            until => u32::try_from(until.since(call.now).div_ceil(1_000)).unwrap_or(EVER),
        };
        Ok(NoSpeaking { direct: left(limits.direct), group: left(limits.group) })
    }
}

fn account(given: Option<String>, missing: Code, bad: Code) -> Result<String, Refusal> {
    match given {
        None => Err(missing.into()),
        Some(account) if map::is_account(&account) => Ok(account),
        Some(_) => Err(bad.into()),
    }
}
