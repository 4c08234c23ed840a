//! What a room is told about a change of its group.
//!
//! Only the `MsgBody` is made here; who wraps it gives it its sequence.

use super::{By, Group, Right};
use crate::code::{Code, Refusal};
use serde_json::{Value, json};

/// Most bytes of an announcement: the limit of a message, for the vendor names
/// none of its own.
pub const ANNOUNCEMENT_LIMIT: usize = 12_000;
/// Most accounts muted by one command.
pub const MUTE_LIMIT: usize = 500;

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// Everybody in the room, guests too.
    All,
    /// These accounts, wherever they are logged in.
    Only(Vec<String>),
}

/// Something to tell; `body` is the `MsgBody` object.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// A tip to the room: `Event` 6.
    Tip {
        /// `MsgBody`.
        body: Value,
    },
    /// A system notice: `Event` 5.
    Notice {
        /// Who gets it.
        to: Whom,
        /// `MsgBody`.
        body: Value,
    },
}

impl Said {
    /// The `MsgBody`.
    pub fn body(&self) -> &Value {
        match self {
            Self::Tip { body } | Self::Notice { body, .. } => body,
        }
    }

    /// A tip that names `accounts`.
    pub(super) fn tip(op_type: u8, by: &By<'_>, accounts: &[String]) -> Self {
        Self::Tip {
            body: json!({
                "OpType": op_type,
                "Operator_Account": by.account,
                "List_Account": accounts,
            }),
        }
    }

    /// The same tip with one more member.
    pub(super) fn with(mut self, key: &str, value: Value) -> Self {
        let (Self::Tip { body } | Self::Notice { body, .. }) = &mut self;
        body[key] = value;
        self
    }

    /// A notice to `to`. `MsgKey` is the time in milliseconds, as seen.
    pub(super) fn notice(report: u8, now_s: u64, by: &By<'_>, to: Whom) -> Self {
        Self::Notice {
            to,
            body: json!({
                "ReportType": report,
                "Operator_Account": by.account,
                "MsgKey": now_s.saturating_mul(1_000),
            }),
        }
    }

    /// A notice to the whole room.
    fn notice_all(report: u8, now_s: u64, by: &By<'_>) -> Self {
        Self::notice(report, now_s, by, Whom::All)
            .with("Authentication", json!(""))
            .with("RemarkInfo", json!(""))
            .with("MsgMemberExtraInfo", json!({ "UserId": by.account }))
    }
}

/// Notice 255: words of this server to some members; who they are says who sends it.
pub fn words(now_s: u64, content: &str) -> Value {
    let by = By { account: "administrator", right: Right::App };
    Said::notice_all(255, now_s, &by).with("UserDefinedField", content.into()).body().clone()
}

impl Group {
    /// Whether `by` may mute or unmute `accounts`: a room admin any member, the
    /// owner everybody else, an app admin everybody. At most 500 accounts.
    pub fn check_mute(&self, by: &By<'_>, accounts: &[String]) -> Result<(), Refusal> {
        by.need(Right::Admin)?;
        super::check_accounts("Members_Account", accounts, MUTE_LIMIT)?;
        match accounts.iter().find(|account| self.right(account, false) >= by.right) {
            Some(account) => Err(Refusal::new(
                Code::NotMember,
                format!("\"{account}\" ranks as high as you in this group"),
            )),
            None => Ok(()),
        }
    }

    /// Tip 7: these accounts are muted for `seconds`; 0 = no longer.
    pub fn mute_tip(by: &By<'_>, accounts: &[String], seconds: u32) -> Said {
        let list: Vec<Value> = accounts
            .iter()
            .map(|account| json!({ "User_Account": account, "ShutupTime": seconds }))
            .collect();
        Said::tip(7, by, accounts).with("MsgMemberInfo", list.into())
    }

    /// Notice 5: the group is no more. The owner and app admins may disband it.
    pub fn dismissed(&self, now_s: u64, by: &By<'_>) -> Result<Said, Refusal> {
        by.need(Right::Owner)?;
        Ok(Said::notice_all(5, now_s, by))
    }

    /// Notice 255: words of the app to everybody in the room.
    pub fn announce(&self, now_s: u64, by: &By<'_>, content: &str) -> Result<Said, Refusal> {
        by.need(Right::App)?;
        if content.is_empty() {
            return Err(Refusal::new(Code::Parameter, "Content is empty"));
        }
        if content.len() > ANNOUNCEMENT_LIMIT {
            let text = format!("Content is longer than {ANNOUNCEMENT_LIMIT} bytes");
            return Err(Refusal::new(Code::MessageLong, text));
        }
        Ok(Said::notice_all(255, now_s, by).with("UserDefinedField", content.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{APP, MEMBER, OWNER, group, number};
    use super::*;

    const NOW: u64 = 1_795_402_081;

    #[test]
    fn an_announcement_reaches_all_with_its_words() {
        let said = group().announce(NOW, &APP, "text").expect("said");
        let body = json!({
            "ReportType": 255, "Operator_Account": "administrator", "Authentication": "",
            "RemarkInfo": "", "MsgKey": 1_795_402_081_000_u64,
            "MsgMemberExtraInfo": { "UserId": "administrator" }, "UserDefinedField": "text",
        });
        assert_eq!(said, Said::Notice { to: Whom::All, body });
    }

    #[test]
    fn announcements_are_the_apps_and_no_longer_than_a_message() {
        let long = "x".repeat(ANNOUNCEMENT_LIMIT);
        for (by, content, refused) in [
            (APP, long.clone(), None),
            (APP, long + "x", Some(80002)),
            (APP, String::new(), Some(10004)),
            (OWNER, "hello".into(), Some(10007)),
        ] {
            assert_eq!(number(group().announce(NOW, &by, &content)), refused);
        }
    }

    #[test]
    fn the_owner_and_the_app_may_disband() {
        for (by, refused) in [(APP, None), (OWNER, None), (MEMBER, Some(10007))] {
            assert_eq!(number(group().dismissed(NOW, &by)), refused);
        }
        let said = group().dismissed(NOW, &OWNER).expect("said");
        assert_eq!(said.body()["ReportType"], 5);
    }

    #[test]
    fn a_mute_tip_names_everybody_with_the_time() {
        let said = Group::mute_tip(&OWNER, &["bob".into()], 600);
        let body = json!({
            "OpType": 7, "Operator_Account": "owner", "List_Account": ["bob"],
            "MsgMemberInfo": [{ "User_Account": "bob", "ShutupTime": 600 }],
        });
        assert_eq!(said, Said::Tip { body });
    }

    #[test]
    fn nobody_mutes_who_ranks_as_high() {
        let mut group = group();
        group.set_admins(&OWNER, &["mod".into(), "mod2".into()]).expect("set");
        let admin = By { account: "mod", right: Right::Admin };
        for (by, account, refused) in [
            (admin, "bob", None),
            (admin, "mod2", Some(10007)),
            (admin, "owner", Some(10007)),
            (OWNER, "mod", None),
            (OWNER, "owner", Some(10007)),
            (APP, "owner", None),
            (MEMBER, "bob", Some(10007)),
        ] {
            assert_eq!(number(group.check_mute(&by, &[account.into()])), refused, "{account}");
        }
        let many: Vec<String> = (0..=MUTE_LIMIT).map(|n| format!("u{n}")).collect();
        assert_eq!(number(group.check_mute(&OWNER, &many)), Some(10005));
        assert_eq!(number(group.check_mute(&OWNER, &[])), Some(10004));
    }
}
