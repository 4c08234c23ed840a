//! What the host set about OBS. The password is kept apart, among the secrets.

use super::address::Address;
use serde::{Deserialize, Serialize};
use surtitle_core::wire::ObsSource;
use surtitle_core::{Code, Reject};
use surtitle_store::{Setting, Store};

/// Key of the stored setting.
const KEY: &str = "obs";
/// Longest name of a scene, bytes.
const SCENE_LIMIT: usize = 256;

/// Everything but the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether to connect at all.
    pub on: bool,
    /// Where OBS listens.
    pub address: String,
    /// Scene for the overlay; without it the one that goes out.
    pub scene: Option<String>,
    /// How the overlay gets in; without it the best way this OBS has.
    pub source: Option<ObsSource>,
    /// Whether a frozen source is refreshed without asking.
    pub heal: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let address = Address::default().to_string();
        Self { on: false, address, scene: None, source: None, heal: true }
    }
}

impl Settings {
    /// With an address as OBS has it and a scene that may be one.
    ///
    /// # Errors
    /// [`Code::BadAddress`] or [`Code::BadValue`].
    pub fn checked(self) -> Result<Self, Reject> {
        let address = Address::parse(&self.address)
            .map_err(|why| Reject::new(Code::BadAddress, why))?
            .to_string();
        let scene = self.scene.filter(|scene| !scene.is_empty());
        if scene.as_ref().is_some_and(|scene| scene.len() > SCENE_LIMIT) {
            let why = format!("\"scene\" is longer than {SCENE_LIMIT} bytes; choose one of OBS's");
            return Err(Reject::new(Code::BadValue, why));
        }
        Ok(Self { address, scene, ..self })
    }

    /// Where OBS listens.
    pub(super) fn endpoint(&self) -> Address {
        Address::parse(&self.address).unwrap_or_default()
    }

    /// What was kept, the defaults if nothing was.
    pub(super) async fn kept(store: &dyn Store) -> Result<Self, surtitle_store::Error> {
        let all = store.list_settings().await?;
        let kept = all.into_iter().find(|setting| setting.key == KEY).map(|s| s.value);
        Ok(kept.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
    }

    /// Writes them down.
    pub(super) async fn keep(&self, store: &dyn Store) -> Result<(), Reject> {
        let value = serde_json::to_value(self).expect("strings and switches serialise");
        let setting = Setting { key: KEY.to_owned(), value };
        store.put_setting(&setting).await.map_err(|error| {
            tracing::error!("store: {error}");
            Reject::new(Code::Internal, "it could not be written down; the log says why")
        })
    }
}
