//! Cleaning of text that came from outside.
//!
//! Cleaned text is still text, never markup; this only removes what would
//! break a line or impersonate: control characters, bidirectional overrides,
//! zero-width fillers, runs of combining marks.

use crate::{Code, Reject};

/// Most characters in a nickname.
pub const NICK_LIMIT: usize = 24;
/// Most characters in a comment.
pub const TEXT_LIMIT: usize = 300;
/// Most combining marks kept after one base character.
const MARKS: usize = 4;

/// Characters that change the direction or the identity of what is around them.
fn is_deceptive(c: char) -> bool {
    matches!(c,
        '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E001F}' | '\u{115F}' | '\u{1160}' | '\u{3164}'
        | '\u{FFA0}' | '\u{00AD}' | '\u{034F}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{2028}' | '\u{2029}')
}

/// Combining marks, roughly: the blocks that stack (enough to stop "zalgo").
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// One line: control characters become spaces, deceptive ones go, white space
/// is folded and trimmed, at most four combining marks stay in a row.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(2048));
    let (mut marks, mut space) = (0, true);
    for c in text.chars() {
        if is_deceptive(c) {
            continue;
        }
        if c.is_control() || c.is_whitespace() {
            if !space {
                out.push(' ');
            }
            space = true;
            continue;
        }
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if marks > MARKS {
            continue;
        }
        out.push(c);
        space = false;
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a reader would see anything.
fn is_visible(text: &str) -> bool {
    text.chars().any(|c| {
        !is_mark(c) && !matches!(c, '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{2800}')
    })
}

/// A nickname of 1–24 characters.
///
/// # Errors
/// [`Code::Nick`] if nothing visible is left or it is too long.
pub fn nick(text: &str) -> Result<String, Reject> {
    let name = clean(text);
    let n = name.chars().count();
    if n == 0 || !is_visible(&name) {
        return Err(Reject::new(
            Code::Nick,
            "the name is empty; take one with a visible character",
        ));
    }
    if n > NICK_LIMIT {
        return Err(Reject::new(
            Code::Nick,
            format!("the name has {n} characters; at most {NICK_LIMIT} fit"),
        ));
    }
    Ok(name)
}

/// A comment of 1–300 characters.
///
/// # Errors
/// [`Code::TextLength`] if nothing visible is left or it is too long.
pub fn comment(text: &str) -> Result<String, Reject> {
    let line = clean(text);
    let n = line.chars().count();
    if n == 0 || !is_visible(&line) {
        return Err(Reject::new(Code::TextLength, "the comment is empty; write something"));
    }
    if n > TEXT_LIMIT {
        return Err(Reject::new(
            Code::TextLength,
            format!("the comment has {n} characters; at most {TEXT_LIMIT} fit"),
        ));
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_do_not_survive() {
        assert_eq!(clean(" a\u{0}b\r\n\u{202E}c\u{200B}\t d "), "a b c d");
    }

    #[test]
    fn emoji_sequences_and_cjk_survive() {
        for text in ["👩‍👩‍👧‍👦", "白い文字", "❤️", "é", "ยินดี", "नमस्ते"]
        {
            assert_eq!(clean(text), text);
        }
    }

    #[test]
    fn stacked_marks_are_cut() {
        let zalgo = format!("a{}", "\u{0301}".repeat(50));
        assert_eq!(clean(&zalgo).chars().count(), 1 + MARKS);
    }

    #[test]
    fn name_of_fillers_is_refused() {
        for bad in ["", "   ", "\u{3164}", "\u{200D}", "\u{0301}"] {
            assert_eq!(nick(bad).map_err(|r| r.code), Err(Code::Nick), "{bad:?}");
        }
        assert_eq!(nick(&"名".repeat(24)), Ok("名".repeat(24)));
        assert!(nick(&"名".repeat(25)).is_err());
    }
}
