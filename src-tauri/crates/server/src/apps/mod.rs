//! The apps of this server: each with its own key, admins, accounts and groups.
//!
//! An app sees nothing of another. The first one is configured; its groups
//! are also the rooms of the native protocol and of our own pages.

mod accounts;
mod app;
pub mod direct;
mod house;
mod info;
pub mod logins;
pub mod mailbox;
mod record;
pub mod roster;

pub use accounts::{Account, Accounts, IMAGE, NICK, failed};
pub use app::App;
pub use house::House;
pub use info::{group_info, role};
pub use record::Record;

use crate::FirstApp;
use crate::room_task::RoomHandle;
use record::KIND;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use surtitle_core::{Event, Millis};
use surtitle_store::{Document, Error};
use surtitle_tim::code::Code;
use surtitle_tim::group::Group;

/// The document with the highest number an app ever had. None is used twice:
/// what a client kept of a deleted app must not be worth anything in another.
const HIGHEST: (&str, &str) = ("apps", "highest");

/// Most apps of a server, as the vendor allows an account.
pub const APPS: usize = 300;

/// Every app by SDKAppID.
#[derive(Debug)]
pub struct Apps {
    first: Arc<App>,
    embedded: RoomHandle,
    house: House,
    /// Guards the list; held for one look-up.
    all: RwLock<HashMap<u32, Arc<App>>>,
    /// One app is made or deleted at a time.
    making: tokio::sync::Mutex<()>,
}

impl Apps {
    /// The configured app with the embedded room, and those made at run time.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn open(
        config: &FirstApp,
        embedded: Group,
        remembered: Vec<Event>,
        house: House,
    ) -> Result<Self, Error> {
        let mut records: HashMap<u32, Record> = HashMap::new();
        for Document { key, value, .. } in house.shared.store.list_documents(KIND).await? {
            match (key.parse(), serde_json::from_value(value)) {
                (Ok(id), Ok(record)) => drop(records.insert(id, record)),
                _ => tracing::error!("app {key:?} is damaged and was left out"),
            }
        }
        let mut record = records.remove(&config.id).unwrap_or_default();
        record.secret_key.clone_from(&config.secret_key);
        record.admins.clone_from(&config.admins);
        if record.name.is_empty() {
            "Surtitle".clone_into(&mut record.name);
        }
        let room = embedded.profile().id.clone();
        let first = (embedded, remembered);
        let first = Arc::new(App::open(config.id, record, Some(first), house.clone()).await?);
        let embedded = first.room(&room).expect("it was opened with the app");
        let mut all = HashMap::from([(first.id, Arc::clone(&first))]);
        for (id, record) in records {
            all.insert(id, Arc::new(App::open(id, record, None, house.clone()).await?));
        }
        let (all, making) = (RwLock::new(all), tokio::sync::Mutex::default());
        Ok(Self { first, embedded, house, all, making })
    }

    /// The app of that number.
    pub fn get(&self, id: u32) -> Option<Arc<App>> {
        self.all.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    /// Every app, by number.
    pub fn list(&self) -> Vec<Arc<App>> {
        let all = self.all.read().unwrap_or_else(PoisonError::into_inner);
        let mut list: Vec<Arc<App>> = all.values().cloned().collect();
        list.sort_by_key(|app| app.id);
        list
    }

    /// The configured app.
    pub fn first(&self) -> &Arc<App> {
        &self.first
    }

    /// The room of this server's own pages.
    pub fn embedded(&self) -> &RoomHandle {
        &self.embedded
    }

    /// Makes an app under the next free number; on disk when this returns.
    ///
    /// # Errors
    /// `None` if there are [`APPS`] already, else [`Code::Server`].
    pub async fn create(
        &self,
        name: String,
        secret_key: String,
        admins: Vec<String>,
    ) -> Result<Option<Arc<App>>, Code> {
        let _one = self.making.lock().await;
        let list = self.list();
        if list.len() >= APPS {
            return Ok(None);
        }
        let (kind, key) = HIGHEST;
        let store = &self.house.shared.store;
        let used = store.get_document(kind, key).await.map_err(failed)?;
        let used = used.and_then(|id| u32::try_from(id.as_u64()?).ok()).unwrap_or(0);
        let top = list.last().map_or(used, |app| app.id.max(used));
        let id = top.checked_add(1).ok_or(Code::Server)?;
        let used = Document { kind: kind.to_owned(), key: key.to_owned(), value: id.into() };
        store.put_documents(&[used]).await.map_err(failed)?;
        let created_at: Millis = self.house.shared.clock.now();
        let record = Record { name, secret_key, admins, created_at, ..Record::default() };
        let app = App::open(id, record, None, self.house.clone()).await.map_err(failed)?;
        app.change(|_| {}).await?;
        let app = Arc::new(app);
        let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(id, Arc::clone(&app));
        Ok(Some(app))
    }

    /// Deletes an app with everything it has; not the configured one.
    ///
    /// # Errors
    /// [`Code::Server`]; part of it may be gone then, and it can be tried again.
    pub async fn delete(&self, id: u32) -> Result<bool, Code> {
        let _one = self.making.lock().await;
        let Some(app) = self.get(id).filter(|app| !app.first) else { return Ok(false) };
        let all = || self.all.write().unwrap_or_else(PoisonError::into_inner);
        // First, so that nobody makes anything in it meanwhile.
        all().remove(&id);
        let done = app.delete_all().await;
        if done.is_err() {
            all().insert(id, app);
        }
        done.map(|()| true)
    }
}
