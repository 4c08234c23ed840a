//! The built-in gift catalogue. The pictures are ours: `ui/public/gifts`.

use crate::Gift;

/// Most of one gift in one message.
pub const COUNT_LIMIT: u32 = 9_999;

/// Id, name and coins of each, cheapest first.
const GIFTS: [(&str, &str, u32); 8] = [
    ("rose", "Rose", 1),
    ("coffee", "Coffee", 5),
    ("star", "Star", 20),
    ("balloon", "Balloon", 66),
    ("cake", "Cake", 188),
    ("crown", "Crown", 520),
    ("rocket", "Rocket", 1_314),
    ("castle", "Castle", 9_999),
];

/// Whether the built-in catalogue has a gift of that id.
pub fn has(id: &str) -> bool {
    GIFTS.iter().any(|(known, ..)| *known == id)
}

/// The built-in catalogue, cheapest first.
pub fn catalogue() -> Vec<Gift> {
    GIFTS
        .into_iter()
        .map(|(id, name, coins)| Gift {
            id: id.to_owned(),
            name: name.to_owned(),
            icon: format!("/gifts/{id}.png"),
            coins,
        })
        .collect()
}
