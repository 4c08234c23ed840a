//! Bans: the banned neither receive nor send nor come back until they end.

use super::{By, Group, Right, Said, Whom, check_accounts, distinct};
use crate::code::{Code, Refusal};
use serde_json::json;

/// Most accounts banned or freed by one command.
pub const BAN_LIMIT: usize = 20;
/// Most bytes of the description of a ban.
pub const BAN_DESCRIPTION_LIMIT: usize = 1_000;
/// Most bans a group keeps at a time, so that its document stays small; the
/// vendor names no limit. Another ban is refused, none is forgotten early.
pub const BANS_LIMIT: usize = 5_000;
/// Most bans on one page of the list.
pub const BAN_PAGE_LIMIT: usize = 100;

/// A page of the list of bans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanPage {
    /// Account and the second its ban ends, by account.
    pub list: Vec<(String, u64)>,
    /// Where the next page begins; 0 = this is the last.
    pub next_offset: usize,
}

impl Group {
    /// Bans accounts for `duration` seconds, more than 0; a ban that runs is
    /// replaced. The owner and app admins may; nobody bans the owner.
    ///
    /// A room admin that is banned stays one and is one again afterwards.
    pub fn ban(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        accounts: &[String],
        duration: u32,
        description: &str,
    ) -> Result<Vec<Said>, Refusal> {
        by.need(Right::Owner)?;
        check_accounts("Members_Account", accounts, BAN_LIMIT)?;
        if duration == 0 {
            return Err(Refusal::new(Code::Parameter, "Duration is 0; it is in seconds"));
        }
        if description.len() > BAN_DESCRIPTION_LIMIT {
            let text = format!("Description is longer than {BAN_DESCRIPTION_LIMIT} bytes");
            return Err(Refusal::new(Code::Parameter, text));
        }
        if accounts.iter().any(|account| self.profile.owner.as_ref() == Some(account)) {
            let text = "Members_Account names the owner, who cannot be banned";
            return Err(Refusal::new(Code::NotMember, text));
        }
        let accounts = distinct(accounts);
        let running = self.bans.values().filter(|until| **until > now_s).count();
        let new = accounts.iter().filter(|account| self.banned(now_s, account).is_none()).count();
        if running + new > BANS_LIMIT {
            let text = format!("a group keeps at most {BANS_LIMIT} bans; lift one first");
            return Err(Refusal::new(Code::TooManyAccounts, text));
        }

        self.bans.retain(|_, until| *until > now_s);
        let until = now_s.saturating_add(duration.into());
        self.bans.extend(accounts.iter().map(|account| (account.clone(), until)));
        let tip = Said::tip(10, by, &accounts);
        let notice = Said::notice(21, now_s, by, Whom::Only(accounts))
            .with("BanDuration", json!(duration))
            .with("BanDescription", json!(description));
        Ok(vec![notice, tip])
    }

    /// Ends bans early; who is not banned is not in the tip.
    pub fn unban(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        accounts: &[String],
    ) -> Result<Vec<Said>, Refusal> {
        by.need(Right::Owner)?;
        check_accounts("Members_Account", accounts, BAN_LIMIT)?;
        self.bans.retain(|_, until| *until > now_s);
        let mut freed = distinct(accounts);
        freed.retain(|account| self.bans.remove(account).is_some());
        if freed.is_empty() { Ok(Vec::new()) } else { Ok(vec![Said::tip(11, by, &freed)]) }
    }

    /// The second an account's ban ends, if one runs.
    pub fn banned(&self, now_s: u64, account: &str) -> Option<u64> {
        self.bans.get(account).copied().filter(|until| *until > now_s)
    }

    /// Refuses who is banned (10007: the vendor's own number is not known).
    pub fn check_banned(&self, now_s: u64, account: &str) -> Result<(), Refusal> {
        match self.banned(now_s, account) {
            Some(until) => {
                let left = until - now_s;
                let text = format!("banned from the group for another {left} seconds");
                Err(Refusal::new(Code::NotMember, text))
            }
            None => Ok(()),
        }
    }

    /// A page of the bans that run, from `offset`, of 1 to 100.
    pub fn list_bans(&self, now_s: u64, offset: usize, limit: usize) -> Result<BanPage, Refusal> {
        if !(1..=BAN_PAGE_LIMIT).contains(&limit) {
            let text = format!("Limit is not from 1 to {BAN_PAGE_LIMIT}");
            return Err(Refusal::new(Code::Parameter, text));
        }
        let mut rest = self.bans.iter().filter(|(_, until)| **until > now_s).skip(offset);
        let list: Vec<_> =
            rest.by_ref().take(limit).map(|(account, until)| (account.clone(), *until)).collect();
        let next_offset = if rest.next().is_some() { offset + list.len() } else { 0 };
        Ok(BanPage { list, next_offset })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{APP, MEMBER, OWNER, group, names, number};
    use super::*;

    const NOW: u64 = 1_795_402_081;

    #[test]
    fn the_banned_get_a_notice_and_the_room_a_tip() {
        let mut group = group();
        let said = group.ban(NOW, &OWNER, &names(&["bob", "bob"]), 600, "spam").expect("banned");
        let notice = json!({
            "ReportType": 21, "Operator_Account": "owner", "BanDuration": 600,
            "BanDescription": "spam", "MsgKey": 1_795_402_081_000_u64,
        });
        let tip = json!({ "OpType": 10, "Operator_Account": "owner", "List_Account": ["bob"] });
        let to = Whom::Only(names(&["bob"]));
        assert_eq!(said, [Said::Notice { to, body: notice }, Said::Tip { body: tip }]);
        assert_eq!(group.banned(NOW + 599, "bob"), Some(NOW + 600));
        assert_eq!(group.banned(NOW + 600, "bob"), None);
        assert_eq!(number(group.check_banned(NOW, "bob")), Some(10007));
        assert!(group.check_banned(NOW, "alice").is_ok());
    }

    #[test]
    fn lifting_a_ban_is_told_once() {
        let mut group = group();
        group.ban(NOW, &OWNER, &names(&["bob", "eve"]), 600, "").expect("banned");
        let said = group.unban(NOW, &APP, &names(&["bob", "alice"])).expect("freed");
        let tip =
            json!({ "OpType": 11, "Operator_Account": "administrator", "List_Account": ["bob"] });
        assert_eq!(said, [Said::Tip { body: tip }]);
        assert_eq!(group.unban(NOW, &APP, &names(&["bob"])), Ok(Vec::new()));
        assert_eq!(group.unban(NOW + 600, &APP, &names(&["eve"])), Ok(Vec::new()));
        assert_eq!(group.banned(NOW, "eve"), None);
    }

    #[test]
    fn who_may_ban_whom_and_how() {
        let admin = By { account: "mod", right: Right::Admin };
        let many: Vec<String> = (0..=BAN_LIMIT).map(|n| format!("u{n}")).collect();
        let long = "x".repeat(BAN_DESCRIPTION_LIMIT + 1);
        for (by, accounts, duration, description, refused) in [
            (OWNER, names(&["bob"]), 1, "", None),
            (APP, many[1..].to_vec(), u32::MAX, &long[1..], None),
            (admin, names(&["bob"]), 1, "", Some(10007)),
            (MEMBER, names(&["bob"]), 1, "", Some(10007)),
            (APP, names(&["bob", "owner"]), 1, "", Some(10007)),
            (OWNER, many, 1, "", Some(10005)),
            (OWNER, names(&[]), 1, "", Some(10004)),
            (OWNER, names(&[""]), 1, "", Some(10012)),
            (OWNER, names(&["bob"]), 0, "", Some(10004)),
            (OWNER, names(&["bob"]), 1, &long, Some(10004)),
        ] {
            let mut banned = group();
            let result = banned.ban(NOW, &by, &accounts, duration, description);
            assert_eq!(number(result), refused, "{accounts:?}");
            assert_eq!(banned == group(), refused.is_some());
        }
        assert_eq!(number(group().unban(NOW, &admin, &names(&["bob"]))), Some(10007));
    }

    #[test]
    fn a_ban_of_the_greatest_length_outlasts_everybody() {
        let mut group = group();
        group.ban(NOW, &OWNER, &names(&["bob"]), u32::MAX, "").expect("banned");
        assert!(group.banned(NOW + 100 * 365 * 86_400, "bob").is_some());
    }

    #[test]
    fn pages_meet_and_end() {
        let mut group = group();
        group.ban(NOW - 9, &OWNER, &names(&["over"]), 9, "").expect("banned");
        group.ban(NOW, &OWNER, &names(&["c", "a", "e", "b", "d"]), 5, "").expect("banned");
        let mut seen = Vec::new();
        let mut offset = 0;
        loop {
            let page = group.list_bans(NOW, offset, 2).expect("a page");
            seen.extend(page.list.into_iter().map(|(account, _)| account));
            offset = page.next_offset;
            if offset == 0 {
                break;
            }
        }
        assert_eq!(seen, ["a", "b", "c", "d", "e"]);
        assert_eq!(group.list_bans(NOW, 9, 2).expect("a page").list, []);
        for limit in [0, 101] {
            assert_eq!(number(group.list_bans(NOW, 0, limit)), Some(10004));
        }
    }

    #[test]
    fn a_full_list_refuses_until_bans_end() {
        let mut group = group();
        group.bans = (0..BANS_LIMIT).map(|n| (format!("u{n}"), NOW + 1)).collect();
        assert_eq!(number(group.ban(NOW, &OWNER, &names(&["bob"]), 9, "")), Some(10005));
        assert!(group.ban(NOW, &OWNER, &names(&["u1"]), 9, "").is_ok());
        assert!(group.ban(NOW + 1, &OWNER, &names(&["bob"]), 9, "").is_ok());
        assert_eq!(group.bans.len(), 2);
    }
}
