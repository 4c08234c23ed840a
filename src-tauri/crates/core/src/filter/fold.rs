//! Folding: what a reader takes a text for, whatever it is written with.
//!
//! Width, case, accents, zero-width characters, squared, circled and turned
//! letters, and letters of other scripts that look Latin (UTS 39 §4) fold
//! into plain lower-case letters. Each folded piece knows the bytes it came
//! from, so that what is found can be masked in the text itself.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a piece of a text is to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A letter or a digit, folded.
    Letter(char),
    /// Anything visible that is neither.
    Sign(char),
    /// White space.
    Space,
}

/// One unit and the bytes of the text it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub unit: Unit,
    pub bytes: Range<usize>,
}

/// Folds `text`; characters nobody sees leave no piece.
pub(super) fn fold(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let bytes = at..at + c.len_utf8();
        let mut put = |unit| pieces.push(Piece { unit, bytes: bytes.clone() });
        if c.is_ascii_alphanumeric() {
            put(Unit::Letter(c.to_ascii_lowercase()));
        } else if c.is_whitespace() {
            put(Unit::Space);
        } else if let Some(letter) = drawn(c) {
            put(Unit::Letter(letter));
        } else if c.is_ascii() {
            put(Unit::Sign(c));
        } else if !is_unseen(c) {
            for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
                for letter in part.to_lowercase() {
                    alike(letter).for_each(&mut put);
                }
            }
        }
    }
    pieces
}

/// Letters and signs `c` is easily taken for.
fn alike(c: char) -> impl Iterator<Item = Unit> {
    let one = [c];
    let mut buffer = [0; 4];
    let latin: String = if c.is_ascii() {
        String::new()
    } else {
        unicode_security::skeleton(c.encode_utf8(&mut buffer)).collect()
    };
    let is_latin = !latin.is_empty() && latin.chars().all(|l| l.is_ascii_alphanumeric());
    let letters: Vec<char> =
        if is_latin { latin.to_lowercase().chars().collect() } else { one.to_vec() };
    letters.into_iter().map(|letter| match letter {
        letter if letter.is_alphanumeric() => Unit::Letter(letter),
        letter if letter.is_whitespace() => Unit::Space,
        sign => Unit::Sign(sign),
    })
}

/// Characters that take no room: joiners, variation selectors, tags, fillers.
fn is_unseen(c: char) -> bool {
    is_combining_mark(c)
        || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Letters drawn in boxes, as flags, upside down, struck or as small capitals,
/// which no normal form undoes.
fn drawn(c: char) -> Option<char> {
    const LIKE_LATIN: [(&str, &str); 2] = [
        ("ɐɔǝɟƃɥᴉɾʞꞁɯɹʇʌʍʎøł", "acefghijklmrtvwyol"),
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"),
    ];
    let like = |(from, to): &(&str, &str)| {
        from.chars().position(|like| like == c).and_then(|n| to.chars().nth(n))
    };
    let boxed = |first: char| {
        let n = u32::from(c).checked_sub(u32::from(first)).filter(|n| *n < 26)?;
        char::from_u32(u32::from('a') + n)
    };
    ['\u{1F150}', '\u{1F170}', '\u{1F1E6}']
        .into_iter()
        .find_map(boxed)
        .or_else(|| LIKE_LATIN.iter().find_map(like))
}

/// The letter a digit or sign stands for among letters; `i` and `l` are one.
pub(super) fn stand_in(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' | 'l' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '8' => 'b',
        '9' => 'g',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        fold(text)
            .iter()
            .map(|piece| match piece.unit {
                Unit::Letter(c) | Unit::Sign(c) => c,
                Unit::Space => ' ',
            })
            .collect()
    }

    #[test]
    fn every_way_to_draw_a_letter_folds_into_it() {
        for (text, folded) in [
            ("ＦＵＬＬ width", "full width"),
            ("ⓒⓘⓡⓒⓛⓔ", "circle"),
            ("🅱🅾🆇", "box"),
            ("🇫🇱🇦🇬", "flag"),
            ("𝒮𝒸𝓇𝒾𝓅𝓉", "script"),
            ("Ácc̷ë̶n̴ts", "accents"),
            ("сосо", "coco"),
            ("ze\u{200B}ro\u{200D} wi\u{2060}dth", "zero width"),
            ("ɟᴉʌǝ", "five"),
            ("白い文字", "白い文字"),
            ("ﬁne", "fine"),
        ] {
            assert_eq!(plain(text), folded, "{text}");
        }
    }

    #[test]
    fn pieces_name_the_bytes_they_came_from() {
        let text = "a🅱\u{200B}ﬁ";
        let bytes: Vec<_> = fold(text).into_iter().map(|p| text[p.bytes].to_owned()).collect();
        assert_eq!(bytes, ["a", "🅱", "ﬁ", "ﬁ"]);
    }
}
