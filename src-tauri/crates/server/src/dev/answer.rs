//! Answers of the developers' interface.

use crate::guard;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use serde::Serialize;
use serde_json::json;
use surtitle_core::{Code, Reject};
use surtitle_tim::code::{Code as Number, Refusal};

/// Something done: JSON with a status.
#[derive(Debug)]
pub struct Answer<T>(pub StatusCode, pub T);

/// An answer with 200.
pub fn found<T>(value: T) -> Answer<T> {
    Answer(StatusCode::OK, value)
}

/// Something refused.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    code: u32,
    message: String,
}

impl Problem {
    /// A refusal of our own.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Reject::new(code, message).into()
    }

    /// From a page or under a name that is not ours.
    pub fn elsewhere(refusal: guard::Refusal) -> Self {
        let code = Code::Role.number().into();
        Self { status: StatusCode::FORBIDDEN, code, message: refusal.message().to_owned() }
    }

    /// A path of ours, asked in a way it has not.
    pub fn method() -> Self {
        let status = StatusCode::METHOD_NOT_ALLOWED;
        let message = "this address is not asked in this way".to_owned();
        Self { status, code: Code::UnknownItem.number().into(), message }
    }
}

impl From<Reject> for Problem {
    fn from(Reject { code, message }: Reject) -> Self {
        let status = match code {
            Code::BadToken | Code::OldToken => StatusCode::UNAUTHORIZED,
            Code::Role => StatusCode::FORBIDDEN,
            Code::UnknownApp
            | Code::UnknownRoom
            | Code::UnknownItem
            | Code::UnknownOffer
            | Code::UnknownProduct
            | Code::UnknownClaim
            | Code::UnknownShow => StatusCode::NOT_FOUND,
            Code::TooManyApps
            | Code::Configured
            | Code::Redeemed
            | Code::Settled
            | Code::OfferEnded
            | Code::SoldOut
            | Code::ShowRuns => StatusCode::CONFLICT,
            Code::Oversized => StatusCode::PAYLOAD_TOO_LARGE,
            Code::Offline => StatusCode::SERVICE_UNAVAILABLE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, code: code.number().into(), message }
    }
}

impl From<Refusal> for Problem {
    fn from(Refusal { number, text }: Refusal) -> Self {
        let of = |codes: &[Number]| codes.iter().any(|code| code.number() == number);
        let status = if of(&[Number::UnknownGroup]) {
            StatusCode::NOT_FOUND
        } else if of(&[
            Number::GroupIdTaken,
            Number::GroupIdYours,
            Number::TooManyGroups,
            Number::NotMember,
        ]) {
            StatusCode::CONFLICT
        } else if of(&[Number::Server]) {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::BAD_REQUEST
        };
        Self { status, code: number, message: text }
    }
}

impl From<Number> for Problem {
    fn from(code: Number) -> Self {
        Refusal::from(code).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response<Body> {
        let Self { status, code, message } = self;
        Answer(status, json!({ "code": code, "message": message })).into_response()
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response<Body> {
        let json = serde_json::to_vec(&self.1).expect("text and numbers serialise");
        let mut response = Response::new(Body::from(json));
        *response.status_mut() = self.0;
        let kind = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
