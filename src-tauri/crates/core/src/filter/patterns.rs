//! Patterns of a host: regular expressions that always end in time.
//!
//! The engine never goes back in the text, so time grows with the length of
//! the text times the size of the expression, and the size is bounded here.
//! Look-around and references do not exist; a repetition of a repetition,
//! which other engines hang on, is refused too, so that a list works anywhere.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, HirKind};

/// Most characters of an expression.
pub const PATTERN_LIMIT: usize = 200;
/// Most bytes of a compiled expression.
const COMPILED_LIMIT: usize = 256 * 1024;
/// Most parts in one another.
const NEST_LIMIT: u32 = 12;

/// Compiles an expression; letters match in either case.
///
/// # Errors
/// What is wrong with it, in words.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    let n = pattern.chars().count();
    if n == 0 || n > PATTERN_LIMIT {
        return Err(format!("it has {n} characters; 1 to {PATTERN_LIMIT} are allowed"));
    }
    let tree = regex_syntax::ParserBuilder::new()
        .nest_limit(NEST_LIMIT)
        .case_insensitive(true)
        .build()
        .parse(pattern)
        .map_err(|error| last_line(&error.to_string()))?;
    if tree.properties().minimum_len() == Some(0) {
        return Err("it matches nothing at all, and so every message".to_owned());
    }
    if repeats_repetition(&tree, false) {
        return Err("a repetition is repeated, as in (a+)+; repeat one of them only".to_owned());
    }
    RegexBuilder::new(pattern)
        .case_insensitive(true)
        .nest_limit(NEST_LIMIT)
        .size_limit(COMPILED_LIMIT)
        .dfa_size_limit(COMPILED_LIMIT)
        .build()
        .map_err(|error| last_line(&error.to_string()))
}

/// Whether something without an end is repeated without an end.
fn repeats_repetition(tree: &Hir, inside: bool) -> bool {
    match tree.kind() {
        HirKind::Repetition(repetition) => {
            let endless = repetition.max.is_none();
            endless && inside || repeats_repetition(&repetition.sub, inside || endless)
        }
        HirKind::Capture(capture) => repeats_repetition(&capture.sub, inside),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().any(|part| repeats_repetition(part, inside))
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

/// A parser's picture of the mistake ends with what it is.
fn last_line(text: &str) -> String {
    let line = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or(text);
    line.trim().trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_that_other_engines_hang_on_are_refused() {
        for pattern in [
            "(a+)+$",
            "(a*)*b",
            "([a-zA-Z]+)*x",
            "(?:(?:a|b)+c?)+",
            "(.*)*",
            r"^(\d+\s?)+$",
            r"(\w+)\1",
            "(?=a)b",
            "(?<!a)b",
            "x{900}{900}",
            "((((((((((((((a))))))))))))))",
            "a*",
            "",
            "(",
            &"a".repeat(201),
        ] {
            assert!(compile(pattern).is_err(), "{pattern:?} was accepted");
        }
    }

    #[test]
    fn useful_patterns_compile_and_ignore_case() {
        for (pattern, text) in [
            (r"\bcall\s+me\b", "CALL  me now"),
            (r"\+?\d[\d ]{7,}\d", "tel 0049 123 456 789"),
            ("加.{0,3}微信", "加一下微信"),
            ("(free|cheap) followers?", "Cheap follower"),
        ] {
            assert!(compile(pattern).expect(pattern).is_match(text), "{pattern:?}");
        }
    }

    #[test]
    fn refusal_says_what_is_wrong() {
        assert_eq!(compile("(").unwrap_err(), "unclosed group");
        assert!(compile("(a+)+").unwrap_err().contains("repetition is repeated"));
    }
}
