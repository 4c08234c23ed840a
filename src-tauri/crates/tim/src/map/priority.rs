//! The vendor's words for our levels.

use surtitle_core::Priority;

/// `MsgPriority` as our level; unknown words are `Normal`.
pub fn priority(word: &str) -> Priority {
    match word {
        "High" => Priority::High,
        "Low" => Priority::Low,
        "Lowest" => Priority::Lowest,
        _ => Priority::Normal,
    }
}

/// Our level as `MsgPriority`.
pub fn priority_word(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "High",
        Priority::Normal => "Normal",
        Priority::Low => "Low",
        Priority::Lowest => "Lowest",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_levels_are_one_to_one_and_the_rest_is_normal() {
        for level in Priority::ALL {
            assert_eq!(priority(priority_word(level)), level);
        }
        assert_eq!(priority("high"), Priority::Normal);
    }
}
