//! What every test here stands on: a real server process and real sockets.
//!
//! Nothing sleeps to wait: a test awaits a frame, a line or a condition, each
//! within [`DEADLINE`], and fails with what it waited for.

mod api;
mod asking;
mod backend;
mod bystander;
mod client;
mod crowd;
mod dice;
mod home;
mod http_sdk;
mod judge;
mod proxy;
mod raw;
mod sdk;
mod server;

pub use api::Api;
pub use asking::{assert_balanced, pair, room, text_of};
pub use backend::Backend;
pub use bystander::Bystander;
pub use client::{Client, Heard};
pub use crowd::Crowd;
pub use dice::Dice;
pub use home::Home;
pub use http_sdk::HttpSdk;
pub use judge::{Judge, Reply, Told};
pub use proxy::Proxy;
pub use raw::{Raw, UPGRADE, http, masked};
pub use sdk::{Sdk, signed};
pub use server::{Launch, Server};

use std::future::Future;
use std::time::Duration;

/// Longest wait for anything that should happen at once. Far over what it
/// takes: a busy machine must not fail a test, only a fault may.
pub const DEADLINE: Duration = Duration::from_secs(20);
/// Pause between two looks at what nobody tells about.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Awaits `future`, at most [`DEADLINE`].
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    match tokio::time::timeout(DEADLINE, future).await {
        Ok(value) => value,
        Err(_) => panic!("{what}: not within {DEADLINE:?}"),
    }
}

/// Looks until `look` finds something.
pub async fn eventually<T, F>(what: &str, mut look: impl FnMut() -> F) -> T
where
    F: Future<Output = Option<T>>,
{
    within(what, async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    })
    .await
}
