//! What a room knows of its app.

use crate::apps::Record;
use crate::hooks::Hooks;
use std::sync::{Arc, PoisonError, RwLock};
use surtitle_core::filter::Filter;
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
    /// Guards the filter made of it; held for one look.
    pub filter: Arc<RwLock<Option<Arc<Filter>>>>,
}

impl Link {
    /// What may not be said; `None` for no rules.
    pub fn filter(&self) -> Option<Arc<Filter>> {
        self.filter.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes the rules of the record what may not be said from now on.
    pub fn refilter(&self) {
        // They were tried before they were written down.
        let made = Filter::new(&self.record().filter);
        let filter = made.inspect_err(|why| tracing::error!("filter: {why}")).ok();
        *self.filter.write().unwrap_or_else(PoisonError::into_inner) =
            filter.filter(|filter| !filter.is_empty()).map(Arc::new);
    }

    /// UserID of the app's first admin.
    pub fn admin(&self) -> String {
        self.record().admins.first().cloned().unwrap_or_else(|| "administrator".to_owned())
    }

    fn record(&self) -> Arc<Record> {
        Arc::clone(&self.record.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What a message means under the app's mapping.
    pub fn meaning(&self, elements: &[Element]) -> Meaning {
        map::meaning(elements, &self.record().mapping, gifts::has)
    }
}
