//! Which CSS people may write into a theme.
//!
//! The text is read token by token, escapes and all, as a browser does, and
//! only what is on the lists below passes. So nothing is loaded from
//! elsewhere (pictures may stand in the text itself), nothing is imported,
//! and what no browser of ours understands cannot hide there.

use cssparser::{ParseError, Parser, ParserInput, SourceLocation, Token};

/// Longest text, bytes.
pub const LIMIT: usize = 64 * 1024;
/// Deepest nesting of blocks and functions.
const DEPTH: usize = 24;

/// At-rules that may be used.
const AT_RULES: [&str; 6] =
    ["media", "supports", "keyframes", "-webkit-keyframes", "container", "layer"];

/// Functions that may be used, of values and of selectors.
const FUNCTIONS: &[&str] = &[
    // Values and arithmetic.
    "var",
    "env",
    "attr",
    "calc",
    "min",
    "max",
    "clamp",
    "counter",
    "counters",
    // Colours and gradients.
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "linear-gradient",
    "radial-gradient",
    "conic-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "repeating-conic-gradient",
    // Transforms and timing.
    "translate",
    "translatex",
    "translatey",
    "translatez",
    "translate3d",
    "scale",
    "scalex",
    "scaley",
    "scalez",
    "scale3d",
    "rotate",
    "rotatex",
    "rotatey",
    "rotatez",
    "rotate3d",
    "skew",
    "skewx",
    "skewy",
    "matrix",
    "matrix3d",
    "perspective",
    "cubic-bezier",
    "steps",
    // Filters and shapes.
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    "inset",
    "circle",
    "ellipse",
    "polygon",
    "path",
    // Grids.
    "minmax",
    "repeat",
    "fit-content",
    // Selectors.
    "not",
    "is",
    "where",
    "has",
    "nth-child",
    "nth-last-child",
    "nth-of-type",
    "nth-last-of-type",
    "lang",
    "dir",
    // Its argument is looked at below.
    "url",
];

/// Old ways to run a script from a style sheet.
const PROPERTIES: [&str; 3] = ["behavior", "-moz-binding", "-ms-behavior"];

/// Pictures may stand in the text: these kinds hold pixels only.
const PICTURES: [&str; 5] = [
    "data:image/png;base64,",
    "data:image/webp;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/avif;base64,",
];

/// Checks a style sheet.
///
/// # Errors
/// What is not allowed, and in which line.
pub fn check(css: &str) -> Result<(), String> {
    if css.len() > LIMIT {
        return Err(format!("the CSS is longer than {} KB; shorten it", LIMIT / 1024));
    }
    let mut input = ParserInput::new(css);
    let mut parser = Parser::new(&mut input);
    walk(&mut parser, 0).map_err(|error| match error.kind {
        cssparser::ParseErrorKind::Custom((at, why)) => format!("line {}: {why}", at.line + 1),
        cssparser::ParseErrorKind::Basic(_) => {
            format!("line {}: this cannot be read as CSS", error.location.line + 1)
        }
    })
}

/// Checks that a value is a list of font families: names, strings, commas.
pub fn is_font_list(value: &str) -> bool {
    let mut input = ParserInput::new(value);
    let mut parser = Parser::new(&mut input);
    let mut names = 0;
    while let Ok(token) = parser.next() {
        match token {
            Token::Ident(_) | Token::QuotedString(_) => names += 1,
            Token::Comma => {}
            _ => return false,
        }
    }
    // A string that is not closed would go on behind the value.
    names > 0
        && value.len() <= 240
        && closed(value)
        && !value.contains(['\\', '\n', '\r', ';', '}'])
}

fn closed(value: &str) -> bool {
    let mut open = None;
    for c in value.chars() {
        match open {
            None if c == '"' || c == '\'' => open = Some(c),
            Some(quote) if c == quote => open = None,
            _ => {}
        }
    }
    open.is_none()
}

type Refused<'i> = ParseError<'i, (SourceLocation, String)>;

fn walk<'i>(parser: &mut Parser<'i, '_>, depth: usize) -> Result<(), Refused<'i>> {
    while !parser.is_exhausted() {
        parser.skip_whitespace();
        let at = parser.current_source_location();
        let token = parser.next()?.clone();
        if let Some(why) = refused(&token) {
            return Err(parser.new_custom_error((at, why)));
        }
        let opens = matches!(
            token,
            Token::Function(_)
                | Token::ParenthesisBlock
                | Token::SquareBracketBlock
                | Token::CurlyBracketBlock
        );
        if !opens {
            continue;
        }
        if depth == DEPTH {
            return Err(parser.new_custom_error((at, "blocks are nested too deep".to_owned())));
        }
        let is_address =
            matches!(&token, Token::Function(name) if name.eq_ignore_ascii_case("url"));
        parser.parse_nested_block(|inner| {
            if is_address { address(inner) } else { walk(inner, depth + 1) }
        })?;
    }
    Ok(())
}

/// Inside `url(…)` with a string.
fn address<'i>(parser: &mut Parser<'i, '_>) -> Result<(), Refused<'i>> {
    let at = parser.current_source_location();
    match parser.next()?.clone() {
        Token::QuotedString(text) if is_picture(&text) => {
            parser.expect_exhausted().map_err(Into::into)
        }
        _ => Err(parser.new_custom_error((at, no_address()))),
    }
}

fn is_picture(text: &str) -> bool {
    PICTURES.iter().any(|kind| text.starts_with(kind))
}

fn no_address() -> String {
    "url() may only hold a picture as data:image/png;base64 (or webp, jpeg, gif, avif)".to_owned()
}

/// Why a token may not stand in a theme.
fn refused(token: &Token<'_>) -> Option<String> {
    let is_one =
        |list: &[&str], name: &str| list.iter().any(|known| name.eq_ignore_ascii_case(known));
    match token {
        Token::AtKeyword(name) if !is_one(&AT_RULES, name) => {
            Some(format!("@{name} is not allowed in a theme"))
        }
        Token::Function(name) if !is_one(FUNCTIONS, name) => {
            Some(format!("{name}() is not allowed in a theme"))
        }
        Token::Ident(name) if is_one(&PROPERTIES, name) => {
            Some(format!("{name} is not allowed in a theme"))
        }
        Token::UnquotedUrl(text) if !is_picture(text) => Some(no_address()),
        Token::BadUrl(_) | Token::BadString(_) => {
            Some("a text or address is not closed".to_owned())
        }
        Token::CDO | Token::CDC => Some("this is HTML, not CSS".to_owned()),
        Token::CloseParenthesis | Token::CloseSquareBracket | Token::CloseCurlyBracket => {
            Some("a bracket closes nothing".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_loads_or_runs_something_is_refused_however_it_is_written() {
        for css in [
            "@import 'http://evil.example/x.css';",
            "@IMPORT url(x.css);",
            "@\\69mport 'x.css';",
            ".a { background: url(http://evil.example/x.png) }",
            ".a { background: url( 'https://evil.example/x.png' ) }",
            ".a { background: \\75 rl(//evil.example/x) }",
            ".a { background: url(/api/themes) }",
            ".a { background: url(data:image/svg+xml;base64,AAAA) }",
            ".a { background: URL(javascript:alert(1)) }",
            ".a { background: image-set('//evil.example/x.png' 1x) }",
            ".a { background: -webkit-image-set(url(x) 1x) }",
            ".a { --x: image('//evil.example/x.png') }",
            ".a { background: src('//evil.example/x.png') }",
            ".a { width: expression(alert(1)) }",
            ".a { width: exp/**/ression(alert(1)) }",
            ".a { behavior: url(x.htc) }",
            ".a { -moz-binding: none }",
            ".a { background: element(#x) }",
            ".a { background: paint(x) }",
            "@font-face { font-family: x; src: url(x.woff2) }",
            "@namespace svg url(http://www.w3.org/2000/svg);",
            "@charset 'utf-8';",
            "</style><script>alert(1)</script> <!-- x",
            "} .a { color: red }",
            ".a { background: url(x",
            ".a { content: 'x\n }",
        ] {
            assert!(check(css).is_err(), "{css}");
        }
        assert!(check(&format!("{}{}", "(".repeat(30), ")".repeat(30))).is_err(), "deep");
        assert!(check(&" ".repeat(LIMIT + 1)).is_err(), "long");
    }

    #[test]
    fn what_dresses_a_card_passes() {
        check(
            ".gift-card:not(.leaving)[data-tier=\"5\"] > .gift-plate { background: \
             linear-gradient(90deg, rgba(0, 0, 0, 0.5), var(--tier)); width: calc(10 * var(--px)); \
             transform: translateX(2em) rotate(3deg); animation: x 200ms steps(4, end) both }\n\
             @keyframes x { from { opacity: 0 } }\n\
             @media (prefers-reduced-motion: reduce) { .heart { display: none } }\n\
             .face { mask: url(data:image/png;base64,AAAA); content: '\\201C' attr(data-tier) }",
        )
        .expect("it loads nothing");
    }

    #[test]
    fn a_refusal_names_the_line() {
        let why =
            check(".a {\n  color: red;\n  background: url(x.png);\n}").expect_err("an address");
        assert!(why.starts_with("line 3: "), "{why}");
        let why = check(".a { color: red }\n@import 'x.css';").expect_err("an import");
        assert!(why.starts_with("line 2: "), "{why}");
    }

    #[test]
    fn a_font_list_is_names_and_nothing_else() {
        for good in ["Inter", "\"Noto Sans\", sans-serif", "'Ubuntu Mono', monospace"] {
            assert!(is_font_list(good), "{good}");
        }
        for bad in ["", "a; color: red", "\"a", "url(x)", "a } .b {", "'a\\'", "var(--x)", "3px"] {
            assert!(!is_font_list(bad), "{bad}");
        }
    }

    #[test]
    fn every_shipped_theme_obeys_what_is_asked_of_others() {
        for described in super::super::shipped::shipped() {
            if let Err(why) = check(&described.css) {
                panic!("{}: {why}", described.id);
            }
        }
    }
}
