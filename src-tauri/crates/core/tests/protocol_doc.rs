//! docs/protocol.md lists every error and close code.

use surtitle_core::Code;
use surtitle_core::wire::Close;

const DOC: &str = include_str!("../../../../docs/protocol.md");

#[test]
fn every_error_code_is_documented() {
    for code in Code::ALL {
        let row = format!("| {} |", code.number());
        assert!(DOC.contains(&row), "docs/protocol.md has no row {row:?} for {code:?}");
    }
}

#[test]
fn every_close_code_is_documented() {
    for close in [
        Close::GoingAway,
        Close::Protocol,
        Close::Binary,
        Close::NotUtf8,
        Close::TooBig,
        Close::Slow,
        Close::Idle,
        Close::Abuse,
        Close::Full,
        Close::Token,
        Close::Version,
    ] {
        assert!(DOC.contains(&close.code().to_string()), "docs/protocol.md lacks {close:?}");
        assert!(close.reason().len() <= 123, "a close reason has at most 123 bytes");
    }
}
