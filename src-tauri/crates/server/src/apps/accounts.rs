//! What an app knows of its accounts: profile, whether they exist, and what
//! its back end has withdrawn or forbidden.
//!
//! Profiles lie in the store and are read when asked for. The few accounts
//! that are kicked or silenced are in memory, because every login and every
//! message asks about them.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use surtitle_core::Millis;
use surtitle_store::{Document, Store};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::map;

/// A nickname (`Tag_Profile_IM_Nick`).
pub const NICK: &str = "Tag_Profile_IM_Nick";
/// A picture's address (`Tag_Profile_IM_Image`).
pub const IMAGE: &str = "Tag_Profile_IM_Image";

/// How tags of an app's own begin, and most of them in a profile.
const CUSTOM: &str = "Tag_Profile_Custom_";
const CUSTOM_ITEMS: usize = 20;

/// One account, as it is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Profile items by tag (avchatroom.md §5.6), those that were set.
    pub items: BTreeMap<String, Value>,
}

impl Account {
    /// Nickname, uncut; empty for none.
    pub fn nick(&self) -> &str {
        self.text(NICK)
    }

    /// Picture address; empty for none.
    pub fn face(&self) -> &str {
        self.text(IMAGE)
    }

    fn text(&self, tag: &str) -> &str {
        self.items.get(tag).and_then(Value::as_str).unwrap_or_default()
    }
}

/// What a back end has forbidden an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Signatures and logins made before this second were withdrawn by a kick.
    pub not_before: u64,
    /// Until when it may send nothing to one person.
    pub direct: Millis,
    /// Until when it may send nothing to any group.
    pub group: Millis,
}

/// The accounts of one app.
pub struct Accounts {
    first: bool,
    kinds: [String; 2],
    store: Arc<dyn Store>,
    /// Guards the limits; held for one look-up.
    limits: RwLock<HashMap<String, Limits>>,
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Accounts({})", self.kinds[0])
    }
}

impl Accounts {
    /// The accounts an earlier run left. Those of the `first` app may have a
    /// name they took on our own pages.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn open(
        app: u32,
        first: bool,
        store: Arc<dyn Store>,
    ) -> Result<Self, surtitle_store::Error> {
        let kinds = [format!("account/{app}"), format!("limits/{app}")];
        let limits = store.list_documents(&kinds[1]).await?.into_iter();
        let limits =
            limits.map(|d| (d.key, serde_json::from_value(d.value).unwrap_or_default())).collect();
        Ok(Self { first, kinds, store, limits: RwLock::new(limits) })
    }

    /// One account; `None` if it never logged in and was not imported.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn find(&self, user: &str) -> Result<Option<Account>, Code> {
        let found = self.store.get_document(&self.kinds[0], user).await.map_err(failed)?;
        if let Some(value) = found {
            return Ok(Some(serde_json::from_value(value).unwrap_or_default()));
        }
        if !self.first {
            return Ok(None);
        }
        let own = self.store.get_profile(&map::user_id(user)).await.map_err(failed)?;
        Ok(own.map(|profile| {
            let face = profile.avatar.map(|face| (IMAGE.to_owned(), face.into()));
            let nick = (NICK.to_owned(), Value::from(profile.nick));
            Account { items: std::iter::once(nick).chain(face).collect() }
        }))
    }

    /// Keeps accounts, all or none.
    ///
    /// # Errors
    /// [`Code::Server`]; nothing was kept then.
    pub async fn put(&self, accounts: &[(String, Account)]) -> Result<(), Code> {
        let document = |(key, account): &(String, Account)| Document {
            kind: self.kinds[0].clone(),
            key: key.clone(),
            value: serde_json::to_value(account).expect("text and values serialise"),
        };
        let documents: Vec<Document> = accounts.iter().map(document).collect();
        self.store.put_documents(&documents).await.map_err(failed)
    }

    /// Makes sure that an account exists.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn import(&self, user: &str) -> Result<Account, Code> {
        let found = self.store.get_document(&self.kinds[0], user).await.map_err(failed)?;
        if let Some(value) = found {
            return Ok(serde_json::from_value(value).unwrap_or_default());
        }
        let account = self.find(user).await?.unwrap_or_default();
        self.put(&[(user.to_owned(), account.clone())]).await?;
        Ok(account)
    }

    /// Changes items of a profile (avchatroom.md §5.6); returns all of it.
    ///
    /// # Errors
    /// 40009 for a tag that no profile has, 40001 for a value of the wrong type, 40601
    /// over a limit, [`Code::Server`]; nothing has changed then.
    pub async fn edit(&self, user: &str, items: Vec<(String, Value)>) -> Result<Account, Refusal> {
        for (tag, value) in &items {
            check(tag, value)?;
        }
        let mut account = self.find(user).await?.unwrap_or_default();
        account.items.extend(items);
        if account.items.keys().filter(|tag| tag.starts_with(CUSTOM)).count() > CUSTOM_ITEMS {
            let text = format!("a profile has at most {CUSTOM_ITEMS} custom items");
            return Err(Refusal::new(Code::ProfileRequest, text));
        }
        self.put(&[(user.to_owned(), account.clone())]).await?;
        Ok(account)
    }

    /// Forgets an account and what was forbidden it.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn delete(&self, user: &str) -> Result<(), Code> {
        for kind in &self.kinds {
            self.store.delete_document(kind, user).await.map_err(failed)?;
        }
        self.limits.write().unwrap_or_else(PoisonError::into_inner).remove(user);
        Ok(())
    }

    /// What is forbidden an account.
    pub fn limits(&self, user: &str) -> Limits {
        let limits = self.limits.read().unwrap_or_else(PoisonError::into_inner);
        limits.get(user).copied().unwrap_or_default()
    }

    /// Changes what is forbidden an account; in force and on disk when it returns.
    ///
    /// # Errors
    /// [`Code::Server`]; it is in force all the same, until the next start.
    pub async fn limit(&self, user: &str, change: impl FnOnce(&mut Limits)) -> Result<(), Code> {
        let limits = {
            let mut all = self.limits.write().unwrap_or_else(PoisonError::into_inner);
            let limits = all.entry(user.to_owned()).or_default();
            change(limits);
            *limits
        };
        let value = serde_json::to_value(limits).expect("numbers serialise");
        let document = Document { kind: self.kinds[1].clone(), key: user.to_owned(), value };
        self.store.put_documents(&[document]).await.map_err(failed)
    }

    /// Forgets all of them: the app is deleted.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn delete_all(&self) -> Result<(), Code> {
        for kind in &self.kinds {
            self.store.delete_documents(kind).await.map_err(failed)?;
        }
        Ok(())
    }
}

/// What a tag's value must be.
fn check(tag: &str, value: &Value) -> Result<(), Refusal> {
    let text = |limit: usize| match value.as_str() {
        Some(text) if text.len() > limit => {
            let text = format!("{tag} is longer than {limit} bytes");
            Err(Refusal::new(Code::ProfileLong, text))
        }
        Some(_) => Ok(()),
        None => Err(Refusal::new(Code::ProfileRequest, format!("{tag} is a string"))),
    };
    let number = || match value.as_u64().filter(|n| u32::try_from(*n).is_ok()) {
        Some(_) => Ok(()),
        None => Err(Refusal::new(Code::ProfileRequest, format!("{tag} is a number of 32 bits"))),
    };
    match tag.strip_prefix("Tag_Profile_IM_") {
        Some("Nick" | "Image" | "SelfSignature") => text(500),
        Some("Location") => text(16),
        Some("Gender" | "AllowType" | "AdminForbidType") => text(64),
        Some("BirthDay" | "Language" | "Level" | "Role" | "MsgSettings") => number(),
        _ => match tag.strip_prefix(CUSTOM) {
            Some(name)
                if (1..=8).contains(&name.len())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric()) =>
            {
                if value.is_u64() {
                    number()
                } else {
                    text(500)
                }
            }
            _ => Err(Refusal::new(Code::ProfileTag, format!("no profile has {tag:?}"))),
        },
    }
}

/// A store that does not answer, said in the log.
pub fn failed(error: surtitle_store::Error) -> Code {
    tracing::error!("store: {error}");
    Code::Server
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_store::Memory;

    #[tokio::test]
    async fn limits_and_profiles_outlive_a_restart_and_end_with_the_account() {
        let store: Arc<dyn Store> = Arc::new(Memory::default());
        let open = || Accounts::open(7, false, Arc::clone(&store));
        let accounts = open().await.expect("opens");
        assert_eq!(accounts.find("a").await, Ok(None));
        let account = Account { items: BTreeMap::from([(NICK.to_owned(), "A".into())]) };
        accounts.put(&[("a".to_owned(), account.clone())]).await.expect("kept");
        accounts.limit("a", |limits| limits.not_before = 9).await.expect("kept");
        let again = open().await.expect("opens");
        assert_eq!(again.find("a").await, Ok(Some(account)));
        assert_eq!(again.limits("a").not_before, 9);
        again.delete("a").await.expect("deleted");
        let last = open().await.expect("opens");
        assert_eq!((last.find("a").await, last.limits("a")), (Ok(None), Limits::default()));
    }
}
