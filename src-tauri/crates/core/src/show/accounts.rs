//! The books of one show: every received event stands in exactly one column.

use super::recent::Was;
use crate::Accounts;
use crate::Fate;

/// Keeps `received = shown + merged + aged_out + removed + blocked + refused +
/// waiting` true after every call, if it was true of the restored accounts.
#[derive(Debug, Clone)]
pub(super) struct Books {
    accounts: Accounts,
    /// Restored as waiting and not yet handed back by [`Books::recover`].
    owed: u64,
}

impl Books {
    /// Books that go on from `accounts`.
    pub(super) fn new(accounts: Accounts) -> Self {
        Self { accounts, owed: accounts.waiting }
    }

    /// The columns now.
    pub(super) fn accounts(&self) -> Accounts {
        self.accounts
    }

    /// A new event; it waits until [`Books::settle`].
    pub(super) fn receive(&mut self) {
        self.accounts.received += 1;
        self.accounts.waiting += 1;
    }

    /// An event of an earlier run comes back. It already waits in the restored
    /// accounts; one more than they promised is received like a new one.
    pub(super) fn recover(&mut self) {
        match self.owed.checked_sub(1) {
            Some(rest) => self.owed = rest,
            None => self.receive(),
        }
    }

    /// A waiting event gets its fate.
    pub(super) fn settle(&mut self, fate: &Fate) {
        self.accounts.waiting -= 1;
        let a = &mut self.accounts;
        *match fate {
            Fate::Shown => &mut a.shown,
            Fate::Merged { .. } => &mut a.merged,
            Fate::AgedOut { .. } => &mut a.aged_out,
            Fate::Removed { .. } => &mut a.removed,
            Fate::Blocked { .. } => &mut a.blocked,
            Fate::Refused { .. } => &mut a.refused,
        } += 1;
    }

    /// A settled event is taken off; the only change of a fate there is.
    pub(super) fn take_off(&mut self, was: &Was) {
        match was {
            Was::Shown => self.accounts.shown -= 1,
            Was::Merged { .. } => self.accounts.merged -= 1,
            Was::Removed => return,
        }
        self.accounts.removed += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fate_has_its_own_column() {
        let mut books = Books::new(Accounts::default());
        let fates = [
            Fate::Shown,
            Fate::Merged { into: "1-1".into() },
            Fate::AgedOut { stage: "queue".into() },
            Fate::Removed { by: "host".into() },
            Fate::Blocked { rule: "custom".into() },
            Fate::Refused { code: 2107 },
        ];
        for fate in &fates {
            books.receive();
            books.settle(fate);
        }
        let a = books.accounts();
        assert_eq!([a.shown, a.merged, a.aged_out, a.removed, a.blocked, a.refused], [1; 6]);
        assert_eq!((a.received, a.waiting, a.unaccounted()), (6, 0, 0));
    }

    #[test]
    fn taking_off_moves_one_count_to_removed() {
        let mut books = Books::new(Accounts::default());
        books.receive();
        books.settle(&Fate::Shown);
        books.take_off(&Was::Shown);
        books.take_off(&Was::Removed);
        let a = books.accounts();
        assert_eq!((a.shown, a.removed, a.unaccounted()), (0, 1, 0));
    }

    #[test]
    fn recovered_events_are_not_received_again() {
        let restored = Accounts { received: 5, shown: 4, waiting: 1, ..Accounts::default() };
        let mut books = Books::new(restored);
        books.recover();
        assert_eq!(books.accounts(), restored);
        books.recover();
        let a = books.accounts();
        assert_eq!((a.received, a.waiting, a.unaccounted()), (6, 2, 0));
    }
}
