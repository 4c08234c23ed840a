//! The built-in gift catalogue. Pictures and effects are ours: `ui/public/gifts`,
//! `ui/public/effects`.

use crate::Gift;

/// Most of one gift in one message.
pub const COUNT_LIMIT: u32 = 9_999;

/// Id, name, coins and effect file of each, cheapest first.
const GIFTS: [(&str, &str, u32, Option<&str>); 8] = [
    ("rose", "Rose", 1, None),
    ("coffee", "Coffee", 5, None),
    ("star", "Star", 20, Some("star.webp")),
    ("balloon", "Balloon", 66, Some("balloon.json")),
    ("cake", "Cake", 188, Some("cake.json")),
    ("crown", "Crown", 520, Some("crown.json")),
    ("rocket", "Rocket", 1_314, Some("rocket.json")),
    ("castle", "Castle", 9_999, Some("castle.json")),
];

/// Whether the built-in catalogue has a gift of that id.
pub fn has(id: &str) -> bool {
    GIFTS.iter().any(|(known, ..)| *known == id)
}

/// The built-in catalogue, cheapest first.
pub fn catalogue() -> Vec<Gift> {
    GIFTS
        .into_iter()
        .map(|(id, name, coins, effect)| Gift {
            id: id.to_owned(),
            name: name.to_owned(),
            icon: format!("/gifts/{id}.png"),
            coins,
            effect: effect.map(|file| format!("/effects/{file}")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_and_effect_of_the_catalogue_is_there() {
        let public = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/public");
        for gift in catalogue() {
            for path in [Some(gift.icon), gift.effect].into_iter().flatten() {
                assert!(std::path::Path::new(&format!("{public}{path}")).is_file(), "{path}");
            }
        }
    }
}
