//! Claims as CSV (RFC 4180).

/// A cell: quoted where it must be. What a spreadsheet would take for a
/// formula gets an apostrophe before it, for names are anybody's.
pub fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_ends_it_or_runs() {
        assert_eq!(cell("plain 演"), "plain 演");
        assert_eq!(cell("a\",b"), "\"a\"\",b\"");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("-5"), "\"'-5\"");
    }
}
