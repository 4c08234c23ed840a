//! What is counted of a show, by name.

use serde::{Deserialize, Serialize};

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// How often things happened in some span of time.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(default)]
        pub struct Counts { $($(#[$doc])* pub $name: u64,)* }

        /// The same for many spans: one column a count.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(default)]
        pub struct CountColumns { $($(#[$doc])* pub $name: Vec<u64>,)* }

        impl Counts {
            /// Every name, in order.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name),)*];

            /// The counts in the order of [`Self::NAMES`].
            pub fn values(&self) -> Vec<u64> {
                vec![$(self.$name,)*]
            }

            /// Adds those of another span.
            pub fn add(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_add(other.$name);)*
            }

            /// Takes away those of a span that is not counted after all.
            pub fn subtract(&mut self, other: &Self) {
                $(self.$name = self.$name.saturating_sub(other.$name);)*
            }
        }

        impl CountColumns {
            /// One more row.
            pub fn push(&mut self, row: &Counts) {
                $(self.$name.push(row.$name);)*
            }

            /// A row; a column that an older version did not write is all zeros.
            pub fn row(&self, row: usize) -> Counts {
                Counts { $($name: self.$name.get(row).copied().unwrap_or_default(),)* }
            }
        }
    };
}

counts! {
    /// Messages of priority High.
    high,
    /// Messages of priority Normal.
    normal,
    /// Messages of priority Low.
    low,
    /// Messages of priority Lowest: joins and quits, folded as they were told.
    lowest,
    /// Messages that came onto the picture, alone or counted into another.
    shown,
    /// Messages that did not: no room in time, or a rule kept them off.
    dropped,
    /// Messages that were taken off.
    removed,
    /// Taps on like.
    likes,
    /// Gifts, each of a combo.
    gifts,
    /// What the gifts are worth, in coins of the catalogue.
    coins,
    /// Paid comments.
    paid,
    /// Questions asked.
    questions,
    /// Questions answered.
    answered,
    /// Claims of vouchers, products and lotteries.
    claims,
    /// Mutes and bans.
    muted,
    /// People who spoke for the first time in this show.
    people,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_out_of_its_columns() {
        let row = Counts { high: 1, likes: 7, people: 2, ..Counts::default() };
        let mut columns = CountColumns::default();
        columns.push(&Counts::default());
        columns.push(&row);
        assert_eq!(columns.row(1), row);
        assert_eq!(columns.row(9), Counts::default());
        assert_eq!(row.values().len(), Counts::NAMES.len());
    }
}
