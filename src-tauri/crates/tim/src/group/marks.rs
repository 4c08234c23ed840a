//! Marks: numbers on members, to find them by; and robots, who are always here.
//!
//! A mark is for somebody who is in the room and is lost on leaving. Two are
//! special and only an app admin sets them: 500 makes an account count as here
//! for three days without having come (a robot), 600 hides one from the list
//! of members unless asked for by that mark.

use super::{By, Group, Right, check_account, check_accounts, distinct};
use crate::code::{Code, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The least number of an app's own mark.
pub const MARK_FLOOR: u32 = 1_000;
/// The mark of robots.
pub const MARK_ROBOT: u32 = 500;
/// The mark of the hidden.
pub const MARK_HIDDEN: u32 = 600;
/// Most different marks in a room; the two special ones do not count.
pub const MARKS_LIMIT: usize = 10;
/// Most members of one mark.
pub const MARKED_LIMIT: usize = 1_000;
/// Most accounts marked by one command.
pub const MARK_LIMIT: usize = 500;
/// How long a robot stays, in seconds.
pub const ROBOT_LIFE_S: u64 = 3 * 86_400;

/// `CommandType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkCommand {
    /// 1: mark.
    Set,
    /// 2: unmark.
    Delete,
}

impl MarkCommand {
    /// `CommandType` as a number.
    pub fn of(number: u64) -> Option<Self> {
        match number {
            1 => Some(Self::Set),
            2 => Some(Self::Delete),
            _ => None,
        }
    }
}

/// The marks of a group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Marks {
    /// Members by mark, without robots; no set is empty.
    members: BTreeMap<u32, BTreeSet<String>>,
    /// When a robot goes, in seconds.
    robots: BTreeMap<String, u64>,
}

impl Group {
    /// Marks or unmarks accounts; returns what was done of it. The owner and
    /// app admins may.
    ///
    /// Who is not `online` is passed over, except for 500 and for unmarking;
    /// it is refused (10004) only if that leaves nobody. Beyond a limit all of
    /// it is refused.
    pub fn mark(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        command: MarkCommand,
        list: &[(String, Vec<u32>)],
        online: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u32>)>, Refusal> {
        by.need(Right::Owner)?;
        check_list(by, list)?;
        let mut new = self.marks.running(now_s);
        let mut done = Vec::new();
        for (account, marks) in list {
            let here = command == MarkCommand::Delete || online(account);
            let marks: Vec<u32> =
                marks.iter().copied().filter(|mark| here || *mark == MARK_ROBOT).collect();
            for mark in &marks {
                new.change(now_s, command, account, *mark);
            }
            if !marks.is_empty() {
                done.push((account.clone(), marks));
            }
        }
        if done.is_empty() {
            let text = "none of the accounts is in the room now";
            return Err(Refusal::new(Code::Parameter, text));
        }
        new.check()?;
        self.marks = new;
        Ok(done)
    }

    /// Makes accounts robots for three days from now: mark 500 by another
    /// name, for the owner too.
    pub fn add_robots(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        accounts: &[String],
    ) -> Result<(), Refusal> {
        self.change_robots(now_s, by, MarkCommand::Set, accounts)
    }

    /// Robots are no longer; who is none is passed over.
    pub fn delete_robots(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        accounts: &[String],
    ) -> Result<(), Refusal> {
        self.change_robots(now_s, by, MarkCommand::Delete, accounts)
    }

    fn change_robots(
        &mut self,
        now_s: u64,
        by: &By<'_>,
        command: MarkCommand,
        accounts: &[String],
    ) -> Result<(), Refusal> {
        by.need(Right::Owner)?;
        check_accounts("Member_Account", accounts, MARK_LIMIT)?;
        let mut new = self.marks.running(now_s);
        for account in distinct(accounts) {
            new.change(now_s, command, &account, MARK_ROBOT);
        }
        new.check()?;
        self.marks = new;
        Ok(())
    }

    /// The accounts with a mark, by name; robots for 500.
    pub fn marked(&self, now_s: u64, mark: u32) -> Vec<&str> {
        if mark == MARK_ROBOT {
            let robots = self.marks.robots.iter().filter(|(_, until)| **until > now_s);
            return robots.map(|(account, _)| account.as_str()).collect();
        }
        self.marks.members.get(&mark).into_iter().flatten().map(String::as_str).collect()
    }

    /// The marks of an account, rising.
    pub fn marks_of(&self, now_s: u64, account: &str) -> Vec<u32> {
        let robot = self.is_robot(now_s, account).then_some(MARK_ROBOT);
        let members = &self.marks.members;
        let marks = members.iter().filter(|(_, set)| set.contains(account)).map(|(mark, _)| *mark);
        robot.into_iter().chain(marks).collect()
    }

    /// Whether an account counts as here without being so.
    pub fn is_robot(&self, now_s: u64, account: &str) -> bool {
        self.marks.robots.get(account).is_some_and(|until| *until > now_s)
    }

    /// Whether the list of members leaves an account out.
    pub fn is_hidden(&self, account: &str) -> bool {
        self.marks.members.get(&MARK_HIDDEN).is_some_and(|set| set.contains(account))
    }

    /// Takes the marks of somebody who left; a robot stays one.
    pub fn forget(&mut self, account: &str) {
        self.marks.members.retain(|_, set| {
            set.remove(account);
            !set.is_empty()
        });
    }

    /// Takes the marks of all who are not `online`: for the time after a
    /// restart, when who left meanwhile is not known.
    pub fn retain_marks(&mut self, online: &dyn Fn(&str) -> bool) {
        self.marks.members.retain(|_, set| {
            set.retain(|account| online(account));
            !set.is_empty()
        });
    }
}

impl Marks {
    /// These marks without the robots that have gone.
    fn running(&self, now_s: u64) -> Self {
        let mut marks = self.clone();
        marks.robots.retain(|_, until| *until > now_s);
        marks
    }

    fn change(&mut self, now_s: u64, command: MarkCommand, account: &str, mark: u32) {
        match (command, mark) {
            (MarkCommand::Set, MARK_ROBOT) => {
                self.robots.insert(account.to_owned(), now_s.saturating_add(ROBOT_LIFE_S));
            }
            (MarkCommand::Delete, MARK_ROBOT) => {
                self.robots.remove(account);
            }
            (MarkCommand::Set, _) => {
                self.members.entry(mark).or_default().insert(account.to_owned());
            }
            (MarkCommand::Delete, _) => {
                if let Some(set) = self.members.get_mut(&mark) {
                    set.remove(account);
                    if set.is_empty() {
                        self.members.remove(&mark);
                    }
                }
            }
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let own = self.members.keys().filter(|mark| **mark >= MARK_FLOOR).count();
        if own > MARKS_LIMIT {
            let text = format!("a group has at most {MARKS_LIMIT} different Marks; delete one");
            return Err(Refusal::new(Code::Parameter, text));
        }
        let full = self.members.values().map(BTreeSet::len).any(|len| len > MARKED_LIMIT);
        if full || self.robots.len() > MARKED_LIMIT {
            let text = format!("one of the Marks would have more than {MARKED_LIMIT} members");
            return Err(Refusal::new(Code::TooManyAccounts, text));
        }
        Ok(())
    }
}

fn check_list(by: &By<'_>, list: &[(String, Vec<u32>)]) -> Result<(), Refusal> {
    if list.is_empty() {
        return Err(Refusal::new(Code::Parameter, "MemberList is empty"));
    }
    if list.len() > MARK_LIMIT {
        let text = format!("MemberList names more than {MARK_LIMIT} accounts");
        return Err(Refusal::new(Code::TooManyAccounts, text));
    }
    for (account, marks) in list {
        check_account("Member_Account", account)?;
        if marks.is_empty() || marks.len() > MARKS_LIMIT {
            let text = format!("Marks of an account are not from 1 to {MARKS_LIMIT}");
            return Err(Refusal::new(Code::Parameter, text));
        }
        for mark in marks {
            match *mark {
                MARK_ROBOT | MARK_HIDDEN => by.need(Right::App)?,
                MARK_FLOOR.. => {}
                _ => {
                    let text = format!("Marks has {mark}; marks of your own begin at {MARK_FLOOR}");
                    return Err(Refusal::new(Code::Parameter, text));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{APP, MEMBER, OWNER, group, names, number};
    use super::MarkCommand::{Delete, Set};
    use super::*;

    fn here(account: &str) -> bool {
        !account.starts_with("off")
    }

    fn one(account: &str, marks: &[u32]) -> Vec<(String, Vec<u32>)> {
        vec![(account.to_owned(), marks.to_vec())]
    }

    #[test]
    fn only_who_is_here_is_marked() {
        let mut group = group();
        let list = [one("bob", &[1001, 1002]), one("off", &[1001])].concat();
        let done = group.mark(1, &OWNER, Set, &list, &here).expect("marked");
        assert_eq!(done, one("bob", &[1001, 1002]));
        assert_eq!(
            (group.marked(1, 1001), group.marks_of(1, "bob")),
            (vec!["bob"], vec![1001, 1002])
        );
        assert_eq!(number(group.mark(1, &OWNER, Set, &list[1..], &here)), Some(10004));
        let done = group.mark(1, &OWNER, Delete, &one("bob", &[1001]), &|_| false);
        assert_eq!(done, Ok(one("bob", &[1001])));
        assert_eq!((group.marked(1, 1001), group.marked(1, 1002)), (vec![], vec!["bob"]));
    }

    #[test]
    fn leaving_takes_the_marks_but_a_robot_stays() {
        let mut group = group();
        group.mark(1, &APP, Set, &one("bob", &[500, 600, 1001]), &here).expect("marked");
        assert!(group.is_hidden("bob") && group.is_robot(1, "bob"));
        group.forget("bob");
        assert_eq!(group.marks_of(1, "bob"), [500]);
        assert!(!group.is_hidden("bob"));
        for account in ["a", "b", "c"] {
            group.mark(1, &APP, Set, &one(account, &[1001]), &here).expect("marked");
        }
        group.retain_marks(&|account| account == "b");
        assert_eq!(group.marked(1, 1001), ["b"]);
    }

    #[test]
    fn robots_need_not_be_here_and_go_after_three_days() {
        let mut group = group();
        group.mark(1, &APP, Set, &one("off-1", &[500]), &here).expect("marked");
        group.add_robots(2, &OWNER, &names(&["off-2"])).expect("added");
        assert_eq!(group.marked(2, MARK_ROBOT), ["off-1", "off-2"]);
        assert_eq!(group.marked(1 + ROBOT_LIFE_S, MARK_ROBOT), ["off-2"]);
        group.delete_robots(3, &OWNER, &names(&["off-2", "x"])).expect("deleted");
        assert!(!group.is_robot(3, "off-2"));
    }

    #[test]
    fn who_may_mark_and_with_what() {
        let many: Vec<_> = (0..=MARK_LIMIT).map(|n| (format!("u{n}"), vec![1000])).collect();
        let marks: Vec<u32> = (1000..=1010).collect();
        for (by, list, refused) in [
            (OWNER, one("bob", &marks[1..]), None),
            (APP, many[1..].to_vec(), None),
            (APP, one("bob", &[600]), None),
            (MEMBER, one("bob", &[1000]), Some(10007)),
            (By { account: "mod", right: Right::Admin }, one("bob", &[1000]), Some(10007)),
            (OWNER, one("bob", &[500]), Some(10007)),
            (OWNER, one("bob", &[600]), Some(10007)),
            (APP, one("bob", &[999]), Some(10004)),
            (APP, one("bob", &[0]), Some(10004)),
            (APP, one("bob", &[]), Some(10004)),
            (APP, one("bob", &marks), Some(10004)),
            (APP, one("", &[1000]), Some(10012)),
            (APP, vec![], Some(10004)),
            (APP, many, Some(10005)),
        ] {
            let mut marked = group();
            assert_eq!(number(marked.mark(1, &by, Set, &list, &here)), refused, "{list:?}");
            assert_eq!(marked == group(), refused.is_some());
        }
        assert_eq!(number(group().add_robots(1, &MEMBER, &names(&["x"]))), Some(10007));
    }

    #[test]
    fn an_eleventh_mark_and_a_thousand_and_first_member_are_refused() {
        let mut group = group();
        let ten: Vec<u32> = (1000..1010).collect();
        group.mark(1, &APP, Set, &one("a", &ten), &here).expect("marked");
        assert_eq!(number(group.mark(1, &APP, Set, &one("b", &[2000]), &here)), Some(10004));
        assert!(group.mark(1, &APP, Set, &one("b", &[600]), &here).is_ok());
        for batch in [0, 499] {
            let list: Vec<_> =
                (batch..batch + 499).map(|n| (format!("u{n}"), vec![1000])).collect();
            group.mark(1, &APP, Set, &list, &here).expect("marked");
        }
        group.mark(1, &APP, Set, &one("last", &[1000]), &here).expect("marked");
        let before = group.clone();
        assert_eq!(number(group.mark(1, &APP, Set, &one("more", &[1000]), &here)), Some(10005));
        assert_eq!(group, before);
        assert!(group.mark(1, &APP, Set, &one("last", &[1000]), &here).is_ok());
    }

    #[test]
    fn commands_are_the_vendors_numbers() {
        assert_eq!((MarkCommand::of(1), MarkCommand::of(2)), (Some(Set), Some(Delete)));
        assert_eq!((MarkCommand::of(0), MarkCommand::of(3)), (None, None));
    }
}
