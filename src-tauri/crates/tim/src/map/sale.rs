//! What a member asks of the live sale in a custom message: JSON in Data with
//! the `businessID` of ours, named as the vendor's kits name theirs.

use super::payload::Payload;
use crate::body::Element;
use serde::Deserialize;

/// `businessID` of everything the sale says and is asked.
pub const BUSINESS: &str = "SurtitleSale";

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// One of an offer.
    Claim {
        /// `voucher:ID`, `product:NUMBER`, `lottery:ID` or `packet:ID`.
        offer: String,
    },
    /// Everything they have claimed.
    Wallet,
    /// Everything that can be claimed now.
    Shelf,
}

/// What a message asks of the sale, if it asks anything.
pub fn sale(elements: &[Element]) -> Option<Ask> {
    let payload = Payload::of(elements)?;
    let json = payload.data_json()?;
    if json.get("businessID")?.as_str()? != BUSINESS {
        return None;
    }
    Ask::deserialize(json.get("data")?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::sample::message;
    use super::*;

    fn of(data: &str) -> Option<Ask> {
        sale(&message(data, ""))
    }

    #[test]
    fn asks_are_understood_and_nothing_else_is() {
        let claim = r#"{"businessID":"SurtitleSale","data":{"ask":"claim","offer":"voucher:ten"}}"#;
        assert_eq!(of(claim), Some(Ask::Claim { offer: "voucher:ten".into() }));
        let wallet = r#"{"version":"1.0","businessID":"SurtitleSale","data":{"ask":"wallet"}}"#;
        assert_eq!(of(wallet), Some(Ask::Wallet));
        assert_eq!(of(r#"{"businessID":"SurtitleSale","data":{"ask":"shelf"}}"#), Some(Ask::Shelf));
        for data in [
            "",
            "{}",
            r#"{"businessID":"SurtitleSale"}"#,
            r#"{"businessID":"SurtitleSale","data":{"ask":"claim"}}"#,
            r#"{"businessID":"SurtitleSale","data":{"ask":"claim","offer":7}}"#,
            r#"{"businessID":"SurtitleSale","data":{"ask":"buy"}}"#,
            r#"{"businessID":"SurtitleSale","data":{"news":"left","left":[]}}"#,
            r#"{"businessID":"Other","data":{"ask":"wallet"}}"#,
            r#"{"businessID":["SurtitleSale"],"data":{"ask":"wallet"}}"#,
        ] {
            assert_eq!(of(data), None, "{data}");
        }
    }
}
