//! Themes: how the picture is dressed. Four are shipped.
//!
//! A theme is a `theme.json` (variables, fonts, motion, template) and a
//! `theme.css`; docs/theming.md says what may stand in them. A page gets one
//! style sheet made of both, under an address that changes with its content,
//! so that no cache ever shows an old one.

mod files;
mod sheet;
mod shipped;

pub use files::{font, sheet};

use sheet::Sheet;
use shipped::shipped;
use std::collections::BTreeMap;
use std::sync::Arc;
use surtitle_core::{DEFAULT_THEME, Theme};

/// A theme as it is served.
#[derive(Debug)]
pub struct Dressed {
    /// What pages are told.
    pub theme: Theme,
    /// What they load.
    pub sheet: Sheet,
}

/// Every theme there is.
#[derive(Debug)]
pub struct Themes {
    shipped: BTreeMap<String, Arc<Dressed>>,
}

impl Themes {
    /// The shipped ones.
    pub fn open() -> Self {
        let dressed = shipped().into_iter().map(|described| {
            let sheet = Sheet::new(described.sheet());
            let theme = Theme {
                css: sheet.path(&described.id),
                id: described.id.clone(),
                motion: described.motion,
                template: described.template,
            };
            (described.id, Arc::new(Dressed { theme, sheet }))
        });
        Self { shipped: dressed.collect() }
    }

    /// The theme of that id.
    pub fn get(&self, id: &str) -> Option<Arc<Dressed>> {
        self.shipped.get(id).map(Arc::clone)
    }

    /// What a page of an overlay with this theme is told; the default theme
    /// where there is none of that id.
    pub fn find(&self, id: &str) -> Theme {
        let found = self.get(id).or_else(|| self.get(DEFAULT_THEME));
        found.map(|dressed| dressed.theme.clone()).unwrap_or_default()
    }
}
