//! The signature that shows a back end who calls.
//!
//! The vendor's stated rule: `Sign` is the SHA-256 of the token immediately
//! followed by `RequestTime`. Its own worked example does not follow it; a
//! receiver written from the rule does.

use sha2::{Digest, Sha256};

/// `Sign`, in lower-case hexadecimal, for a call at `at_s` (Unix seconds).
pub fn sign(token: &str, at_s: u64) -> String {
    let hash = Sha256::new().chain_update(token).chain_update(at_s.to_string()).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signature_is_the_hash_of_token_and_time() {
        // printf xxxyyy1669872112 | sha256sum
        let known = "e78a85473bed2cdc8d6fa8c4d5a4ba4735fd64156e15a99516b9890293e135de";
        assert_eq!(sign("xxxyyy", 1_669_872_112), known);
        assert_ne!(sign("xxxyyy", 1_669_872_113), known);
    }
}
