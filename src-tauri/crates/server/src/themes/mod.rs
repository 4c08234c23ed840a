//! Themes: how the picture is dressed. Four are shipped, others are the host's.
//!
//! A shipped theme is a `theme.json` (variables, fonts, motion, template) and
//! a `theme.css`; one of the host's own stands on a shipped one. Pages get one
//! style sheet made of it all, under an address that changes with its
//! content, so that no cache ever shows an old one. docs/theming.md says what
//! may stand in a theme.

mod api;
mod css;
mod files;
mod fonts;
mod own;
mod portable;
mod sheet;
mod shipped;
mod slots;
mod variable;

pub use api::router;
pub use files::{font, own_font, sheet};

use fonts::Uploaded;
use own::Own;
use sheet::Sheet;
use shipped::{Described, shipped};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};
use surtitle_core::{Code, DEFAULT_THEME, Reject, Theme, is_theme_id};
use surtitle_store::{Document, Store};

/// A theme as it is served.
#[derive(Debug)]
pub struct Dressed {
    /// What pages are told.
    pub theme: Theme,
    /// What they load.
    pub sheet: Sheet,
    /// What the host made of it; `None` for a shipped one.
    own: Option<Own>,
}

/// Every theme there is.
#[derive(Debug)]
pub struct Themes {
    store: Arc<dyn Store>,
    shipped: Vec<Described>,
    /// By id. Guards short look-ups; never held across an await.
    all: RwLock<BTreeMap<String, Arc<Dressed>>>,
    /// Keys of the font files in the store. Held while anything is written,
    /// so that writes come one after the other.
    fonts: tokio::sync::Mutex<BTreeSet<String>>,
}

impl Themes {
    /// The shipped ones, and those in the store. One that is damaged is left
    /// out and logged.
    ///
    /// # Errors
    /// The store's.
    pub async fn open(store: Arc<dyn Store>) -> Result<Self, surtitle_store::Error> {
        let shipped = shipped();
        let mut all = BTreeMap::new();
        for described in &shipped {
            let sheet = Sheet::new(described.sheet(&BTreeMap::new()));
            let theme = Theme {
                css: sheet.path(&described.id),
                id: described.id.clone(),
                motion: described.motion,
                template: described.template.clone(),
            };
            all.insert(described.id.clone(), Arc::new(Dressed { theme, sheet, own: None }));
        }
        let fonts = store.list_documents(fonts::KIND).await?.into_iter().map(|d| d.key).collect();
        let kept = store.list_documents(own::KIND).await?;
        let themes =
            Self { store, shipped, all: RwLock::new(all), fonts: tokio::sync::Mutex::new(fonts) };
        for Document { key, value, .. } in kept {
            match serde_json::from_value(value).map_err(|error| error.to_string()) {
                Ok(own) if is_theme_id(&key) => themes.put_on(&key, own),
                Ok(_) => tracing::error!("theme {key:?} has no good name"),
                Err(why) => tracing::error!("theme {key:?} is damaged: {why}"),
            }
        }
        Ok(themes)
    }

    /// The theme of that id.
    pub fn get(&self, id: &str) -> Option<Arc<Dressed>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(id).map(Arc::clone)
    }

    /// What a page of an overlay with this theme is told; the default theme
    /// where there is none of that id.
    pub fn find(&self, id: &str) -> Theme {
        let found = self.get(id).or_else(|| self.get(DEFAULT_THEME));
        found.map(|dressed| dressed.theme.clone()).unwrap_or_default()
    }

    /// Every theme: the shipped ones first, then the host's by id.
    fn list(&self) -> Vec<Arc<Dressed>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        let shipped = shipped::SHIPPED.iter().filter_map(|&id| all.get(id));
        let own = all.values().filter(|dressed| dressed.own.is_some());
        shipped.chain(own).map(Arc::clone).collect()
    }

    fn described(&self, id: &str) -> Option<&Described> {
        self.shipped.iter().find(|described| described.id == id)
    }

    /// Checks a theme of the host's; gives its base.
    fn check(&self, own: &Own) -> Result<&Described, Reject> {
        let bad = |why: String| Reject::new(Code::BadValue, why);
        let base = self
            .described(&own.base)
            .ok_or_else(|| bad(format!("no shipped theme {:?}", own.base)))?;
        own.check(base).map_err(bad)?;
        Ok(base)
    }

    /// Makes a theme what `own` says, for pages that ask from now on.
    fn put_on(&self, id: &str, own: Own) {
        let Some(base) = self.described(&own.base) else {
            tracing::error!("theme {id:?} stands on {:?}, which is not there", own.base);
            return;
        };
        let (theme, sheet) = own.dress(id, base);
        let dressed = Arc::new(Dressed { theme, sheet, own: Some(own) });
        self.all.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), dressed);
    }

    /// Keeps a new theme; gives its id, made of its name.
    async fn create(&self, own: Own) -> Result<String, Reject> {
        self.check(&own)?;
        let fonts = self.fonts.lock().await;
        let taken = |id: &str| self.get(id).is_some();
        if self.list().len() >= own::THEMES + self.shipped.len() {
            return Err(Reject::new(
                Code::BadValue,
                format!("there are {} themes; delete one first", own::THEMES),
            ));
        }
        let name = slug(&own.name);
        let numbered = (2..).map(|n| format!("{name}-{n}"));
        let id = std::iter::once(name.clone()).chain(numbered).find(|id| !taken(id));
        let id = id.expect("there are more numbers than themes");
        self.keep(&fonts, &id, own).await?;
        Ok(id)
    }

    /// Changes a theme of the host's.
    async fn change(&self, id: &str, own: Own) -> Result<(), Reject> {
        self.check(&own)?;
        let fonts = self.fonts.lock().await;
        self.own(id)?;
        self.keep(&fonts, id, own).await
    }

    /// Forgets a theme of the host's.
    async fn delete(&self, id: &str) -> Result<(), Reject> {
        let _writing = self.fonts.lock().await;
        self.own(id)?;
        self.store.delete_document(own::KIND, id).await.map_err(failed)?;
        self.all.write().unwrap_or_else(PoisonError::into_inner).remove(id);
        Ok(())
    }

    /// What the host made of a theme.
    fn own(&self, id: &str) -> Result<Own, Reject> {
        let dressed = self.get(id).ok_or_else(|| unknown(id))?;
        let shipped =
            || Reject::new(Code::Configured, "a shipped theme stays as it is; duplicate it first");
        dressed.own.clone().ok_or_else(shipped)
    }

    async fn keep(&self, fonts: &BTreeSet<String>, id: &str, own: Own) -> Result<(), Reject> {
        if let Some(font) = own.fonts.iter().find(|font| !fonts.contains(&font.key)) {
            let why = format!("the file of font {:?} is not here; add it again", font.family);
            return Err(Reject::new(Code::BadValue, why));
        }
        let value = serde_json::to_value(&own).expect("text and lists serialise");
        let document = Document { kind: own::KIND.to_owned(), key: id.to_owned(), value };
        self.store.put_documents(&[document]).await.map_err(failed)?;
        self.put_on(id, own);
        Ok(())
    }

    /// Keeps a font file; the same one twice is one. Files that no theme uses
    /// make room when there are too many.
    async fn add_font(&self, family: &str, bytes: &[u8]) -> Result<Uploaded, Reject> {
        let bad = |why: String| Reject::new(Code::BadValue, why);
        if !fonts::is_family(family) {
            return Err(bad(
                "a font's name has 1 to 60 letters, digits, spaces or hyphens".to_owned()
            ));
        }
        fonts::check(bytes).map_err(bad)?;
        let font = Uploaded { family: family.to_owned(), key: fonts::key_of(bytes) };
        let mut keys = self.fonts.lock().await;
        if keys.contains(&font.key) {
            return Ok(font);
        }
        if keys.len() >= fonts::FONTS {
            let all = self.list();
            let own = all.iter().filter_map(|dressed| dressed.own.as_ref());
            let used: BTreeSet<&str> =
                own.flat_map(|own| &own.fonts).map(|f| f.key.as_str()).collect();
            let Some(idle) = keys.iter().find(|key| !used.contains(key.as_str())).cloned() else {
                return Err(bad(format!("there are {} fonts; delete a theme first", fonts::FONTS)));
            };
            self.store.delete_document(fonts::KIND, &idle).await.map_err(failed)?;
            keys.remove(&idle);
        }
        let value = serde_json::Value::String(fonts::packed(bytes));
        let document = Document { kind: fonts::KIND.to_owned(), key: font.key.clone(), value };
        self.store.put_documents(&[document]).await.map_err(failed)?;
        keys.insert(font.key.clone());
        Ok(font)
    }

    /// A font file, as it is kept.
    async fn font_file(&self, key: &str) -> Result<Option<String>, Reject> {
        let found = self.store.get_document(fonts::KIND, key).await.map_err(failed)?;
        Ok(found.and_then(|value| value.as_str().map(str::to_owned)))
    }
}

/// A name as an id: its letters `a–z` and digits, 24 at most.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug: String = words.collect::<Vec<_>>().join("-").chars().take(24).collect();
    if slug.is_empty() { "theme".to_owned() } else { slug }
}

fn unknown(id: &str) -> Reject {
    Reject::new(Code::UnknownItem, format!("there is no theme {id:?}; it may be deleted"))
}

fn failed(error: surtitle_store::Error) -> Reject {
    tracing::error!("store: {error}");
    Reject::new(Code::Internal, "it could not be written down; the log says why")
}

#[cfg(test)]
mod tests;
