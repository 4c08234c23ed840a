//! What outlives a run beside overlays and placards: the air delay, inquiries
//! and who did what.

use super::audit::{self, AUDIT_KIND};
use super::inquiries::KIND;
use super::order::{AIR_SETTING, Air};
use surtitle_core::Millis;
use surtitle_core::wire::Inquiry;
use surtitle_store::{Error, Store};

/// As the last run left it.
#[derive(Debug, Default)]
pub struct Standing {
    /// The air delay.
    pub air: Air,
    /// Inquiries.
    pub inquiries: Vec<Inquiry>,
    /// Keys of the audit log, oldest first.
    pub audit: Vec<String>,
}

impl Standing {
    /// Reads it, and forgets who did what before `since`.
    ///
    /// # Errors
    /// The store did not answer. What cannot be read is left out.
    pub async fn load(store: &dyn Store, since: Millis) -> Result<Self, Error> {
        let air = store.get_setting(AIR_SETTING).await?.map(|setting| setting.value);
        let air = air.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
        let inquiries = store.list_documents(KIND).await?.into_iter();
        let inquiries = inquiries.filter_map(|one| serde_json::from_value(one.value).ok());
        let first = audit::key(since, 0);
        let mut keys = Vec::new();
        for entry in store.list_documents(AUDIT_KIND).await? {
            if entry.key < first {
                store.delete_document(AUDIT_KIND, &entry.key).await?;
            } else {
                keys.push(entry.key);
            }
        }
        Ok(Self { air, inquiries: inquiries.collect(), audit: keys })
    }
}
