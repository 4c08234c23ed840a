//! Secret keys: made here, shown once, in no other answer and in no log.

use super::answer::{Problem, found};
use super::asked::Place;
use crate::state::State;
use axum::extract::State as Get;
use axum::response::IntoResponse;
use serde_json::json;
use std::fmt;
use std::sync::Arc;
use surtitle_core::Code;

type Keep = dyn Fn(&str) -> Result<(), String> + Send + Sync;

/// Keeps a new secret (the first app's key, OBS's password) where the program has its secrets.
/// It is kept when the call returns; an error is a sentence for the host.
#[derive(Clone)]
pub struct KeepKey(Arc<Keep>);

impl fmt::Debug for KeepKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeepKey(…)")
    }
}

impl KeepKey {
    /// Keeps it with `keep`, which may block.
    pub fn new(keep: impl Fn(&str) -> Result<(), String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(keep))
    }

    /// Keeps `secret`; may block.
    ///
    /// # Errors
    /// A sentence for the host; nothing changed.
    pub fn keep(&self, secret: &str) -> Result<(), String> {
        (self.0)(secret)
    }
}

/// A new key: 64 hexadecimal characters, as the vendor's are.
pub fn made() -> Result<String, Problem> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Problem::new(Code::Internal, "the system gives no random bytes"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `POST /apps/APP/key`: a new key; what the old one signed is refused from
/// now on. Who is logged in stays so until their signature runs out.
pub async fn rotate(
    Get(state): Get<Arc<State>>,
    place: Place,
) -> Result<impl IntoResponse, Problem> {
    let (app, key) = (place.app, made()?);
    if app.first {
        let (keep, kept) = (state.keep_key.clone(), key.clone());
        let done = tokio::task::spawn_blocking(move || keep.keep(&kept)).await;
        let lost = |_| Problem::new(Code::Internal, "the key could not be kept; nothing changed");
        done.map_err(lost)?.map_err(|why| Problem::new(Code::Configured, why))?;
    }
    let new = key.clone();
    app.change(|record| record.secret_key = new).await?;
    tracing::info!("app {} has a new secret key", app.id);
    Ok(found(json!({ "secret_key": key })))
}
