//! The apps of this server: each with its own key, admins, accounts and groups.
//!
//! An app sees nothing of another. The first one is configured; its groups
//! are also the rooms of the native protocol and of our own pages.

mod app;

pub use app::App;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Every app by SDKAppID.
#[derive(Debug)]
pub struct Apps {
    first: Arc<App>,
    /// Guards the list; held for one look-up.
    all: RwLock<HashMap<u32, Arc<App>>>,
}

impl Apps {
    /// A server with its first app.
    pub fn new(first: Arc<App>) -> Self {
        let all = HashMap::from([(first.id, Arc::clone(&first))]);
        Self { first, all: RwLock::new(all) }
    }

    /// The app of that number.
    pub fn get(&self, id: u32) -> Option<Arc<App>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// The configured app.
    pub fn first(&self) -> &Arc<App> {
        &self.first
    }
}
