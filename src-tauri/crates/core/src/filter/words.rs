//! Words a host does not want, found however they are disguised.
//!
//! A text is read several ways: as it stands, with the signs inside words
//! taken out (`w.o.r.d`), with letters spelled out apart put together
//! (`w o r d`), each also with digits and signs read as letters (`w0rd`), and
//! with signs that hide a letter (`w*rd`). A letter drawn out to three or more
//! counts as however many the word has. A word is met whole, unless its rule
//! says otherwise, so that a town or a bird is not caught for a part of its name.

use super::fold::{Piece, Unit, fold, stand_in};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// From how many on a repeated letter is one that was drawn out.
const DRAWN_OUT: usize = 3;
/// Shortest word that counts as a part of a spelled-out row.
const IN_A_ROW: usize = 4;

/// Where a word may stand in a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    before: bool,
    after: bool,
}

/// A letter and how often it comes in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    letter: char,
    count: usize,
}

#[derive(Debug, Clone)]
struct Word {
    /// Place in the list it was given in.
    index: usize,
    runs: Vec<Run>,
    letters: Vec<char>,
    open: Open,
}

/// One way to read the list: with or without digits as letters.
#[derive(Debug, Clone)]
struct Reading {
    search: AhoCorasick,
    /// The words of each pattern of `search`.
    words: Vec<Vec<Word>>,
}

/// A list of words, ready to be looked for.
#[derive(Debug, Clone)]
pub(super) struct Words {
    plain: Reading,
    leet: Reading,
}

/// A word that was found: its place in the list, and the bytes of the text,
/// with what an open end of it let stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub index: usize,
    pub bytes: Range<usize>,
}

/// Folded letters of a text read one way; `None` between words.
type Stream = Vec<(Option<char>, Range<usize>)>;

impl Words {
    /// A list; `*` at an end of a word lets letters follow or go before.
    /// `None` if a word has no letter, with its place.
    pub(super) fn new(list: &[impl AsRef<str>]) -> Result<Self, usize> {
        let mut words = Vec::with_capacity(list.len());
        for (index, written) in list.iter().enumerate() {
            words.push(Word::new(index, written.as_ref()).ok_or(index)?);
        }
        let leet = words.iter().map(|word| word.leet()).collect();
        Ok(Self { plain: Reading::new(words), leet: Reading::new(leet) })
    }

    /// Every word of the list in `text`, by place in the text.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        let pieces = fold(text);
        let mut found = Vec::new();
        for reading in [&self.plain, &self.leet] {
            let pieces =
                if std::ptr::eq(reading, &self.leet) { leet(&pieces) } else { pieces.clone() };
            let joined = joined(&pieces);
            reading.find(&split(&pieces), false, &mut found);
            reading.find(&joined, false, &mut found);
            reading.find(&rows(&joined), true, &mut found);
            reading.find_hidden(&pieces, &mut found);
        }
        found.sort_by_key(|found| (found.bytes.start, found.bytes.end, found.index));
        found.dedup();
        found
    }
}

impl Word {
    fn new(index: usize, written: &str) -> Option<Self> {
        let bare = written.trim();
        let open = Open { before: bare.starts_with('*'), after: bare.ends_with('*') };
        let letters: Vec<char> = fold(bare.trim_matches('*'))
            .into_iter()
            .filter_map(|piece| match piece.unit {
                Unit::Letter(c) => Some(c),
                Unit::Sign(_) | Unit::Space => None,
            })
            .collect();
        // Scripts that write without spaces have no whole words to meet.
        let spaceless = letters.iter().any(|c| is_spaceless(*c));
        let open = Open { before: open.before || spaceless, after: open.after || spaceless };
        (!letters.is_empty()).then(|| Self { index, runs: runs(&letters), letters, open })
    }

    fn leet(&self) -> Self {
        let letters: Vec<char> = self.letters.iter().map(|c| stand_in(*c)).collect();
        Self { index: self.index, runs: runs(&letters), letters, open: self.open }
    }

    /// Whether letters this often repeated are this word's.
    fn is_met(&self, runs: &[Run]) -> bool {
        self.runs.iter().zip(runs).all(|(own, met)| {
            met.count == own.count
                || met.count > own.count && (met.count >= DRAWN_OUT || is_spaceless(own.letter))
        })
    }
}

impl Reading {
    fn new(words: Vec<Word>) -> Self {
        let mut patterns: BTreeMap<String, Vec<Word>> = BTreeMap::new();
        for word in words {
            let short = word.runs.iter().map(|run| run.letter).collect();
            patterns.entry(short).or_default().push(word);
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns.keys())
            .expect("a list of bounded words is far below the automaton's limits");
        Self { search, words: patterns.into_values().collect() }
    }

    /// Looks through a stream; in `rows` a short word must fill its row.
    fn find(&self, stream: &Stream, rows: bool, found: &mut Vec<Found>) {
        let mut text = String::with_capacity(stream.len());
        let mut met: Vec<(Run, Range<usize>)> = Vec::with_capacity(stream.len());
        let mut at = Vec::with_capacity(stream.len());
        for (letter, bytes) in stream {
            let letter = letter.unwrap_or(' ');
            match met.last_mut() {
                Some((run, range)) if run.letter == letter => {
                    run.count += 1;
                    range.end = range.end.max(bytes.end);
                }
                _ => {
                    at.resize(text.len() + letter.len_utf8(), met.len());
                    text.push(letter);
                    met.push((Run { letter, count: 1 }, bytes.clone()));
                }
            }
        }
        for hit in self.search.find_overlapping_iter(&text) {
            let (first, last) = (at[hit.start()], at[hit.end() - 1]);
            let starts = first == 0 || met[first - 1].0.letter == ' ';
            let ends = last + 1 == met.len() || met[last + 1].0.letter == ' ';
            let runs: Vec<Run> = met[first..=last].iter().map(|(run, _)| *run).collect();
            for word in &self.words[hit.pattern().as_usize()] {
                let part = rows && (starts || ends) && word.letters.len() >= IN_A_ROW;
                let stands = (starts || word.open.before) && (ends || word.open.after) || part;
                if stands && word.is_met(&runs) {
                    let goes_on = |(run, _): &&(Run, Range<usize>)| {
                        run.letter != ' ' && !is_spaceless(run.letter)
                    };
                    let before = met[..first].iter().rev().take_while(goes_on).last();
                    let after = met[last + 1..].iter().take_while(goes_on).last();
                    let (_, start) = before.filter(|_| word.open.before).unwrap_or(&met[first]);
                    let (_, end) = after.filter(|_| word.open.after).unwrap_or(&met[last]);
                    let bytes = start.start..end.end;
                    found.push(Found { index: word.index, bytes });
                }
            }
        }
    }

    /// Words of which signs hide up to half the letters.
    fn find_hidden(&self, pieces: &[Piece], found: &mut Vec<Found>) {
        for token in pieces.split(|piece| piece.unit == Unit::Space) {
            let hidden = token.iter().filter(|piece| matches!(piece.unit, Unit::Sign(_))).count();
            let first = matches!(token.first().map(|piece| piece.unit), Some(Unit::Letter(_)));
            if hidden == 0 || !first || hidden * 2 > token.len() || token.len() < IN_A_ROW {
                continue;
            }
            let same = |word: &&Word| {
                word.letters.len() == token.len()
                    && token.iter().zip(&word.letters).all(|(piece, letter)| match piece.unit {
                        Unit::Letter(c) => c == *letter,
                        Unit::Sign(_) => true,
                        Unit::Space => false,
                    })
            };
            for word in self.words.iter().flatten().filter(same) {
                let bytes = token[0].bytes.start..token[token.len() - 1].bytes.end;
                found.push(Found { index: word.index, bytes });
            }
        }
    }
}

fn runs(letters: &[char]) -> Vec<Run> {
    letters.chunk_by(|a, b| a == b).map(|same| Run { letter: same[0], count: same.len() }).collect()
}

/// Digits and signs as letters, in words that have a letter.
fn leet(pieces: &[Piece]) -> Vec<Piece> {
    let mut read = pieces.to_vec();
    for token in read.split_mut(|piece| piece.unit == Unit::Space) {
        let has_letter =
            token.iter().any(|piece| matches!(piece.unit, Unit::Letter(c) if !c.is_ascii_digit()));
        let last = token.len().saturating_sub(1);
        for (at, piece) in token.iter_mut().enumerate().filter(|_| has_letter) {
            match piece.unit {
                // At the end it ends a sentence.
                Unit::Sign('!') if at == last => {}
                Unit::Letter(c) => piece.unit = Unit::Letter(stand_in(c)),
                Unit::Sign(c) if stand_in(c) != c => piece.unit = Unit::Letter(stand_in(c)),
                Unit::Sign(_) | Unit::Space => {}
            }
        }
    }
    read
}

/// As it stands: a sign ends a word like a space.
fn split(pieces: &[Piece]) -> Stream {
    let letter = |piece: &Piece| match piece.unit {
        Unit::Letter(c) => (Some(c), piece.bytes.clone()),
        Unit::Sign(_) | Unit::Space => (None, piece.bytes.clone()),
    };
    pieces.iter().map(letter).collect()
}

/// Signs are not there.
fn joined(pieces: &[Piece]) -> Stream {
    let is_seen = |piece: &&Piece| !matches!(piece.unit, Unit::Sign(_));
    let seen: Vec<Piece> = pieces.iter().filter(is_seen).cloned().collect();
    split(&seen)
}

/// Rows of three and more letters that stand alone, each put together; two
/// are a row in scripts written without spaces.
fn rows(joined: &Stream) -> Stream {
    let mut rows = Stream::new();
    let tokens: Vec<_> =
        joined.split(|(letter, _)| letter.is_none()).filter(|t| !t.is_empty()).collect();
    for row in tokens.chunk_by(|a, b| (a.len() == 1) == (b.len() == 1)) {
        let spaceless =
            row.iter().flat_map(|token| token.iter()).all(|(c, _)| c.is_some_and(is_spaceless));
        if row[0].len() == 1 && (row.len() >= 3 || spaceless && row.len() == 2) {
            rows.extend(row.iter().map(|token| token[0].clone()));
            let end = rows.last().map_or(0, |(_, bytes)| bytes.end);
            rows.push((None, end..end));
        }
    }
    rows
}

/// Han, kana, Thai, Lao, Khmer, Burmese: written without spaces; Hangul is
/// written with them, but its words take endings.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
