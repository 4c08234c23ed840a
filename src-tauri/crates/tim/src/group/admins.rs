//! Admins of one room: they mute members and speak while all are muted.
//!
//! An admin stays one across leaving and joining, and need not have been here.

use super::{By, Group, Right, Said, check_accounts, distinct};
use crate::code::{Code, Refusal};

/// Most admins of a room, and most named by one command.
pub const ADMINS_LIMIT: usize = 5;

impl Group {
    /// Makes accounts admins. The owner and app admins may; the owner cannot be
    /// one. Who is one already stays one and is not in the tip.
    pub fn set_admins(&mut self, by: &By<'_>, accounts: &[String]) -> Result<Vec<Said>, Refusal> {
        by.need(Right::Owner)?;
        check_accounts("Admin_Account", accounts, ADMINS_LIMIT)?;
        if let Some(owner) = accounts.iter().find(|a| self.profile.owner.as_ref() == Some(a)) {
            let text = format!("Admin_Account names \"{owner}\", the owner of the group");
            return Err(Refusal::new(Code::Parameter, text));
        }
        let new: Vec<String> =
            distinct(accounts).into_iter().filter(|account| !self.is_admin(account)).collect();
        if self.admins.len() + new.len() > ADMINS_LIMIT {
            let text = format!("a group has at most {ADMINS_LIMIT} admins; cancel one first");
            return Err(Refusal::new(Code::TooManyAccounts, text));
        }
        self.admins.extend_from_slice(&new);
        Ok(tip(4, by, &new))
    }

    /// Makes admins members again; who is none is not in the tip.
    pub fn cancel_admins(
        &mut self,
        by: &By<'_>,
        accounts: &[String],
    ) -> Result<Vec<Said>, Refusal> {
        by.need(Right::Owner)?;
        check_accounts("Admin_Account", accounts, ADMINS_LIMIT)?;
        let gone: Vec<String> =
            distinct(accounts).into_iter().filter(|account| self.is_admin(account)).collect();
        self.admins.retain(|admin| !gone.contains(admin));
        Ok(tip(5, by, &gone))
    }

    /// Whether the account is an admin of this room.
    pub fn is_admin(&self, account: &str) -> bool {
        self.admins.iter().any(|admin| admin == account)
    }

    /// The admins, in the order they were made so.
    pub fn admins(&self) -> &[String] {
        &self.admins
    }
}

fn tip(op_type: u8, by: &By<'_>, accounts: &[String]) -> Vec<Said> {
    if accounts.is_empty() { Vec::new() } else { vec![Said::tip(op_type, by, accounts)] }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{APP, MEMBER, OWNER, group, names, number};
    use super::*;
    use serde_json::json;

    #[test]
    fn new_admins_are_told_and_old_ones_are_not() {
        let mut group = group();
        let said = group.set_admins(&OWNER, &names(&["a", "b", "a"])).expect("set");
        let body = json!({ "OpType": 4, "Operator_Account": "owner", "List_Account": ["a", "b"] });
        assert_eq!(said, [Said::Tip { body }]);
        assert_eq!(group.set_admins(&APP, &names(&["a"])), Ok(Vec::new()));
        assert_eq!(group.right("a", false), Right::Admin);
        let said = group.cancel_admins(&OWNER, &names(&["a", "nobody"])).expect("cancelled");
        let body = json!({ "OpType": 5, "Operator_Account": "owner", "List_Account": ["a"] });
        assert_eq!(said, [Said::Tip { body }]);
        assert_eq!(group.admins(), ["b"]);
    }

    #[test]
    fn a_sixth_admin_is_refused() {
        let mut group = group();
        group.set_admins(&OWNER, &names(&["a", "b", "c"])).expect("set");
        assert_eq!(number(group.set_admins(&OWNER, &names(&["d", "e", "f"]))), Some(10005));
        assert_eq!(group.admins().len(), 3);
        assert!(group.set_admins(&OWNER, &names(&["c", "d", "e"])).is_ok());
        assert_eq!(number(group.set_admins(&OWNER, &names(&["f"]))), Some(10005));
    }

    #[test]
    fn only_the_owner_and_the_app_make_admins() {
        let admin = By { account: "mod", right: Right::Admin };
        for (by, accounts, refused) in [
            (OWNER, names(&["a"]), None),
            (APP, names(&["a"]), None),
            (admin, names(&["a"]), Some(10007)),
            (MEMBER, names(&["a"]), Some(10007)),
            (OWNER, names(&[]), Some(10004)),
            (OWNER, names(&["owner"]), Some(10004)),
            (OWNER, names(&["é"]), Some(10012)),
            (OWNER, names(&["1", "2", "3", "4", "5", "6"]), Some(10005)),
        ] {
            assert_eq!(number(group().set_admins(&by, &accounts)), refused, "{accounts:?}");
        }
        assert_eq!(number(group().cancel_admins(&MEMBER, &names(&["a"]))), Some(10007));
    }
}
