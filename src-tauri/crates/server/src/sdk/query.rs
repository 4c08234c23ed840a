//! The query of an HTTP request, and whose request it is.
//!
//! The vendor's SDKs and its back ends call the same paths with the same
//! bodies. They differ in the query: an SDK says what it is, a back end shows
//! the usersig of an admin and nothing else.

use axum::extract::Query as Pairs;
use axum::http::Uri;

/// What only SDKs say of themselves. Observed with `tim-js-sdk` 2.7.6 and
/// 2.10.2 and `tim-wx-sdk` 2.7.6; none is a parameter of the REST API.
const MARKS: [&str; 7] =
    ["a2", "tinyid", "accounttype", "apn", "websdkappid", "sdkability", "reqtime"];

/// The parameters of a request.
#[derive(Debug, Clone, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the query of an address; one that cannot be read has no parameters.
    pub fn read(uri: &Uri) -> Self {
        Self(Pairs::try_from_uri(uri).map(|Pairs(pairs)| pairs).unwrap_or_default())
    }

    /// A parameter. SDKs write out what they do not have: those texts are none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        Some(value.as_str()).filter(|value| !matches!(*value, "" | "undefined" | "null" | "NaN"))
    }

    /// A parameter, empty for none.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// A number, 0 for none.
    pub fn number(&self, name: &str) -> u32 {
        self.text(name).parse().unwrap_or(0)
    }

    /// Whether an SDK asks, and not a back end.
    pub fn is_sdk(&self) -> bool {
        MARKS.iter().any(|mark| self.get(mark).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Query {
        Query::read(&format!("/v4/s/c?{text}").parse().expect("an address"))
    }

    #[test]
    fn sdk_and_back_end_are_told_apart_by_what_they_say_of_themselves() {
        let sdk = [
            "sdkappid=1&a2=undefined&tinyid=undefined&identifier=alice&usersig=s&apn=1",
            "sdkappid=1&a2=key&tinyid=144115200000000001&contentType=json",
            "sdkappid=1&identifier=&usersig=&accounttype=123456",
            "websdkappid=537048168&v=1.7.3&platform=10&a2=null",
        ];
        for text in sdk {
            assert!(query(text).is_sdk(), "{text}");
        }
        let rest = [
            "",
            "sdkappid=1&identifier=administrator&usersig=s&random=7&contenttype=json",
            "sdkappid=1&identifier=administrator&usersig=s&a2=undefined&tinyid=null&apn=",
        ];
        for text in rest {
            assert!(!query(text).is_sdk(), "{text}");
        }
    }

    #[test]
    fn values_are_decoded_and_what_stands_for_nothing_is_nothing() {
        let query = query("identifier=a%20b&usersig=null&sdkappid=1400000001&platform=x&a2=");
        assert_eq!((query.text("identifier"), query.get("usersig")), ("a b", None));
        assert_eq!((query.number("sdkappid"), query.number("platform")), (1_400_000_001, 0));
        assert_eq!(query.get("a2"), None);
    }
}
