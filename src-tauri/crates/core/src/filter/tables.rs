//! The tables of docs/moderation.md, run: every evasion is caught, no
//! innocent text is.

use super::{Action, Filter, Rules, Verdict, WordRule};

/// The rows of the table under `heading`: its first column, without backticks.
fn rows(heading: &str) -> Vec<String> {
    let page = include_str!("../../../../../docs/moderation.md");
    let (_, rest) = page.split_once(&format!("## {heading}\n")).expect("the page has the heading");
    let table = rest.lines().skip_while(|line| !line.starts_with("|---")).skip(1);
    table
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').nth(1).expect("a cell").trim().trim_matches('`').to_owned())
        .collect()
}

/// The list the tables are about.
fn filter() -> Filter {
    let words = rows("The list of these tables");
    let words = words.into_iter().map(|word| WordRule { word, action: Action::Hide }).collect();
    Filter::new(&Rules { words, ..Rules::default() }).expect("the list is good")
}

#[test]
fn every_evasion_of_the_published_table_is_caught() {
    let filter = filter();
    let missed: Vec<String> = rows("Caught")
        .into_iter()
        .filter(|text| filter.judge(&crate::text::clean(&unescape(text))) == Verdict::Pass)
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_innocent_text_of_the_published_table_is_caught() {
    let filter = filter();
    let caught: Vec<(String, Verdict)> = rows("Not caught")
        .into_iter()
        .map(|text| (text.clone(), filter.judge(&crate::text::clean(&unescape(&text)))))
        .filter(|(_, verdict)| *verdict != Verdict::Pass)
        .collect();
    assert!(caught.is_empty(), "{caught:#?}");
}

#[test]
fn tables_are_long_enough_to_mean_something() {
    assert!(rows("Caught").len() >= 60, "{}", rows("Caught").len());
    assert!(rows("Not caught").len() >= 60, "{}", rows("Not caught").len());
}

/// `\u{200B}` as its character: what nobody sees is written out in the tables.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u{") {
        let (code, after) = after.split_once('}').expect("a closed escape");
        let code = u32::from_str_radix(code, 16).expect("hexadecimal");
        out.push_str(before);
        out.push(char::from_u32(code).expect("a character"));
        rest = after;
    }
    out + rest
}
