//! What a room knows of its app.

use crate::apps::Record;
use crate::hooks::Hooks;
use std::sync::{Arc, PoisonError, RwLock};
use surtitle_core::gifts;
use surtitle_tim::body::Element;
use surtitle_tim::map::{self, Meaning};

/// The app of a room, as far as the room needs it.
#[derive(Debug, Clone)]
pub struct Link {
    /// SDKAppID.
    pub app: u32,
    /// Its back end.
    pub hooks: Arc<Hooks>,
    /// Guards what is written down of it; held for one look.
    pub record: Arc<RwLock<Arc<Record>>>,
}

impl Link {
    /// What a message means under the app's mapping.
    pub fn meaning(&self, elements: &[Element]) -> Meaning {
        let record = Arc::clone(&self.record.read().unwrap_or_else(PoisonError::into_inner));
        map::meaning(elements, &record.mapping, gifts::has)
    }
}
