//! Claims in comments: by keyword, or by the number of a product.

use unicode_normalization::UnicodeNormalization as _;

/// A comment as it is compared: one width, one case.
pub(super) fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// Whether a folded text has a folded word. Where a Latin letter or a figure
/// stands at an end of the word, none may stand beside it.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        is_end(before, word.chars().next()) && is_end(after, word.chars().next_back())
    })
}

fn is_end(outside: Option<char>, inside: Option<char>) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !(part(outside) && part(inside))
}

/// The product numbers a folded text claims: it is nothing but the number, or
/// it has `#12` or `+12` somewhere. A bare number inside a sentence is only a
/// number.
pub(super) fn numbers(text: &str) -> Vec<u32> {
    let text = text.trim();
    if let Some(number) = number(text) {
        return vec![number];
    }
    let words = text.split(|c: char| c.is_whitespace() || ",.;!?、。！？，".contains(c));
    let mut found: Vec<u32> = words
        .filter_map(|word| word.strip_prefix('#').or_else(|| word.strip_prefix('+')))
        .filter_map(number)
        .collect();
    found.dedup();
    found
}

fn number(word: &str) -> Option<u32> {
    let fits = (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|number| fits && *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keyword_is_met_whole_in_any_case_and_width() {
        let has = |text: &str, word: &str| has_word(&folded(text), &folded(word));
        assert!(
            has("DEAL please!", "deal") && has("ｄｅａｌ", "deal") && has("我要优惠券", "优惠")
        );
        assert!(!has("ideal", "deal") && !has("deals", "deal") && !has("de al", "deal"));
    }

    #[test]
    fn number_claims_alone_or_marked_and_never_inside_a_sentence() {
        let of = |text: &str| numbers(&folded(text));
        assert_eq!(of(" 12 "), [12]);
        assert_eq!(of("＃１２"), [12]);
        assert_eq!(of("me! #12, and +7"), [12, 7]);
        assert_eq!(of("only 12 minutes left"), [0_u32; 0]);
        assert_eq!(of("0"), [0_u32; 0]);
        assert_eq!(of("123456"), [0_u32; 0]);
    }
}
