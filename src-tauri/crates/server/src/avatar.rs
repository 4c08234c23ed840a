//! A viewer's own picture: `PUT /me/avatar` and `DELETE /me/avatar`.
//!
//! Asked with the viewer's token and answered with a new one that names the
//! picture; who says `hello` with it is seen with it from then on. The picture
//! is drawn anew like any other ([`crate::images`]), and is one of those that
//! go when there are too many and nobody looks at them any more.

use crate::auth::Identity;
use crate::dev::{Answer, Problem, found};
use crate::emotes::refused;
use crate::images::{BYTES, Size};
use crate::state::State;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request, State as Get};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{MethodRouter, put};
use lru::LruCache;
use serde::Serialize;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_core::{Code, Millis, Reject, Sender, UserId};
use surtitle_store::ProfileRecord;

/// Between two pictures of one viewer, ms.
const PAUSE_MS: u64 = 3_000;
/// Viewers whose last picture is remembered; the one longest ago is forgotten.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(1_000).expect("not zero");

/// When viewers last sent a picture.
#[derive(Debug)]
pub struct Pauses(Mutex<LruCache<UserId, Millis>>);

impl Default for Pauses {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Pauses {
    /// Takes one turn.
    fn take(&self, now: Millis, who: &UserId) -> Result<(), Reject> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.get(who).is_some_and(|at| now.since(*at) < PAUSE_MS) {
            return Err(Reject::new(Code::TooFast, "one picture every 3 seconds; wait a moment"));
        }
        last.put(who.clone(), now);
        Ok(())
    }
}

/// Who one is now, and the token that says so.
#[derive(Debug, Serialize)]
pub struct Named {
    user: Sender,
    token: String,
}

/// The routes at `/me/avatar`.
pub fn routes() -> MethodRouter<Arc<State>> {
    put(change).delete(remove).layer(DefaultBodyLimit::max(BYTES))
}

async fn change(Get(state): Get<Arc<State>>, request: Request) -> Result<Answer<Named>, Problem> {
    let who = viewer(&state, request.headers())?;
    let now = state.shared.clock.now();
    state.avatars.take(now, &who.id)?;
    let body = Bytes::from_request(request, &()).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let message = format!("the picture is larger than {} MB", BYTES / 1024 / 1024);
            Problem::new(Code::Oversized, message)
        } else {
            Problem::new(Code::Malformed, "the picture did not come through; try again")
        }
    })?;
    let images = &state.shared.images;
    let drawing = images.draw(body, Size::Face).await.map_err(|fault| refused(&fault))?;
    let path = images.put_face(drawing).await.map_err(|fault| refused(&fault))?;
    name(&state, Sender { avatar: Some(path), ..who }).await
}

async fn remove(Get(state): Get<Arc<State>>, headers: HeaderMap) -> Result<Answer<Named>, Problem> {
    let who = viewer(&state, &headers)?;
    name(&state, Sender { avatar: None, ..who }).await
}

/// Writes it down and signs it.
async fn name(state: &State, user: Sender) -> Result<Answer<Named>, Problem> {
    let now = state.shared.clock.now();
    let profile = ProfileRecord {
        id: user.id.clone(),
        nick: user.nick.clone(),
        avatar: user.avatar.clone(),
        created_at: now,
    };
    state.shared.store.put_profile(&profile).await.map_err(|error| {
        tracing::error!("store: {error}");
        Problem::new(Code::Internal, "the picture could not be written down; try again")
    })?;
    let token = state.shared.tokens.sign(now, &user);
    Ok(found(Named { user, token }))
}

fn viewer(state: &State, headers: &HeaderMap) -> Result<Sender, Problem> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or_else(|| Problem::new(Code::BadToken, "take a name first"))?;
    match state.shared.tokens.check(state.shared.clock.now(), token)? {
        Identity::Viewer(who) => Ok(who),
        _ => Err(Problem::new(Code::Role, "the host, helpers and overlays have no picture here")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_viewer_sends_one_picture_in_three_seconds() {
        let pauses = Pauses::default();
        let (ann, bo) = (UserId("u-1".into()), UserId("u-2".into()));
        assert!(pauses.take(Millis(1_000), &ann).is_ok());
        assert!(pauses.take(Millis(2_000), &bo).is_ok());
        assert_eq!(pauses.take(Millis(3_999), &ann).unwrap_err().code, Code::TooFast);
        assert!(pauses.take(Millis(4_000), &ann).is_ok());
    }
}
