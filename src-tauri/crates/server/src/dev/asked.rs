//! What a request names: an app, a part of it, and what to do in its body.

use super::answer::Problem;
use crate::apps::App;
use crate::room_task::Actor;
use crate::state::State;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use surtitle_core::Code;

/// The app of the path, and the rest of it, decoded.
#[derive(Debug)]
pub struct Place {
    /// The app.
    pub app: Arc<App>,
    parts: HashMap<String, String>,
}

impl Place {
    /// A part of the path by its name; empty if it has none.
    pub fn part(&self, name: &str) -> &str {
        self.parts.get(name).map_or("", String::as_str)
    }

    /// The host, as the app's groups know them: its first admin.
    pub fn actor(&self) -> Actor {
        let account = self.app.record().admins.first().cloned().unwrap_or_default();
        Actor { account, app_admin: true, ..Actor::default() }
    }
}

impl FromRequestParts<Arc<State>> for Place {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &Arc<State>,
    ) -> Result<Self, Self::Rejection> {
        let bad = |_| Problem::new(Code::Malformed, "the address is not UTF-8");
        let Path(parts): Path<HashMap<String, String>> =
            Path::from_request_parts(parts, state).await.map_err(bad)?;
        let id = parts.get("app").and_then(|id| id.parse().ok());
        let app = id.and_then(|id| state.apps.get(id)).ok_or_else(|| {
            Problem::new(Code::UnknownApp, "there is no app of this number; it may be deleted")
        })?;
        Ok(Self { app, parts })
    }
}

/// The parameters of a request.
#[derive(Debug)]
pub struct Sought<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Sought<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let bad = |_| Problem::new(Code::Malformed, "the address's parameters cannot be read");
        let Query(sought) = Query::from_request_parts(parts, state).await.map_err(bad)?;
        Ok(Self(sought))
    }
}

/// The body of a request.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::new(Code::Oversized, "the request is longer than 64 KB; shorten it")
            } else {
                Problem::new(Code::Malformed, "the request did not come through; try again")
            }
        })?;
        let read = serde_json::from_slice(&bytes);
        read.map(Self).map_err(|error| {
            Problem::new(Code::Malformed, format!("the request cannot be read: {error}"))
        })
    }
}
