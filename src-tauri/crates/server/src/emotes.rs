//! The host's emotes: the list, its pictures, and who is told of a change.
//!
//! Pictures are drawn anew like any other ([`crate::images`]) and stay on disk
//! while their emote is there. The list is one document an emote, written
//! before a change is answered.

use crate::frames;
use crate::images::{Drawing, Fault, Images};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_core::emote::{CODE_LIMIT, EMOTES, is_code};
use surtitle_core::wire::ServerFrame;
use surtitle_core::{Code, Emote, Reject};
use surtitle_store::{Document, Store};
use tokio::sync::watch;

/// Kind of the documents.
const KIND: &str = "emote";
/// An emote as it is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// As pages get it.
    #[serde(flatten)]
    pub emote: Emote,
    /// Where its picture came from; `None` for a file that was put up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Every emote as pages get it, with the frame that tells so.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// By code.
    pub emotes: Vec<Emote>,
    /// An `emotes` frame, encoded once; `None` if there are none and never were in this run.
    pub frame: Option<Bytes>,
}

/// The emotes; clones share them.
#[derive(Debug, Clone)]
pub struct Emotes(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    images: Images,
    store: Arc<dyn Store>,
    /// By code, at most [`EMOTES`]. Held for look-ups only.
    list: Mutex<BTreeMap<String, Kept>>,
    /// One change at a time: what is on disk and what is in `list` stay one.
    change: tokio::sync::Mutex<()>,
    told: watch::Sender<Arc<Told>>,
}

impl Emotes {
    /// Reads what is written down.
    ///
    /// # Errors
    /// What the store said.
    pub async fn open(
        images: Images,
        store: Arc<dyn Store>,
    ) -> Result<Self, surtitle_store::Error> {
        let documents = store.list_documents(KIND).await?;
        let kept = documents.into_iter().filter_map(|document| {
            let kept: Kept = serde_json::from_value(document.value).ok()?;
            is_code(&kept.emote.code).then(|| (kept.emote.code.clone(), kept))
        });
        let list: BTreeMap<String, Kept> = kept.take(EMOTES).collect();
        for Kept { emote, url } in list.values() {
            images.remember(&emote.src, url.as_deref().unwrap_or_default());
        }
        let told = watch::Sender::new(Arc::new(told(&list, false)));
        let (list, change) = (Mutex::new(list), tokio::sync::Mutex::default());
        Ok(Self(Arc::new(Inner { images, store, list, change, told })))
    }

    /// Everything, by code, with where it came from.
    pub fn list(&self) -> Vec<Kept> {
        self.lock().values().cloned().collect()
    }

    /// What pages are told now.
    pub fn told(&self) -> Arc<Told> {
        Arc::clone(&self.0.told.borrow())
    }

    /// What pages are to be told from now on.
    pub fn changes(&self) -> watch::Receiver<Arc<Told>> {
        self.0.told.subscribe()
    }

    /// Puts an emote up, or gives one another picture.
    ///
    /// # Errors
    /// [`Reject`]: the code, the number of emotes, or the disk.
    pub async fn put(
        &self,
        code: &str,
        drawing: Drawing,
        url: Option<String>,
    ) -> Result<Kept, Reject> {
        check(code)?;
        let _one = self.0.change.lock().await;
        let old = {
            let list = self.lock();
            let old = list.get(code).cloned();
            if old.is_none() && list.len() >= EMOTES {
                let message = format!("there are {EMOTES} emotes; delete one first");
                return Err(Reject::new(Code::BadValue, message));
            }
            old
        };
        let Drawing { width, height, frames, .. } = drawing.clone();
        let src = self.0.images.keep(drawing, url.as_deref().unwrap_or_default()).await;
        let src = src.map_err(|fault| refused(&fault))?;
        let emote = Emote { code: code.to_owned(), src, width, height, frames };
        let kept = Kept { emote, url };
        self.write(&kept).await?;
        self.lock().insert(code.to_owned(), kept.clone());
        self.let_go(old).await;
        self.tell();
        Ok(kept)
    }

    /// Gives an emote another code.
    ///
    /// # Errors
    /// [`Reject`]: the code is bad or taken, or there is no such emote.
    pub async fn rename(&self, code: &str, to: &str) -> Result<Kept, Reject> {
        check(to)?;
        let _one = self.0.change.lock().await;
        let mut kept = self.lock().get(code).cloned().ok_or_else(unknown)?;
        if code == to {
            return Ok(kept);
        }
        if self.lock().contains_key(to) {
            let message = format!("there is an emote :{to}: already; delete it first");
            return Err(Reject::new(Code::BadValue, message));
        }
        to.clone_into(&mut kept.emote.code);
        self.write(&kept).await?;
        self.0.store.delete_document(KIND, code).await.map_err(|e| internal(&e))?;
        {
            let mut list = self.lock();
            list.remove(code);
            list.insert(to.to_owned(), kept.clone());
        }
        self.tell();
        Ok(kept)
    }

    /// Takes an emote away. One that is not there changes nothing.
    ///
    /// # Errors
    /// [`Reject`]: the disk.
    pub async fn delete(&self, code: &str) -> Result<(), Reject> {
        let _one = self.0.change.lock().await;
        self.0.store.delete_document(KIND, code).await.map_err(|e| internal(&e))?;
        let old = self.lock().remove(code);
        if old.is_some() {
            self.let_go(old).await;
            self.tell();
        }
        Ok(())
    }

    async fn write(&self, kept: &Kept) -> Result<(), Reject> {
        let value = serde_json::to_value(kept).expect("text and numbers serialise");
        let document = Document { kind: KIND.to_owned(), key: kept.emote.code.clone(), value };
        self.0.store.put_documents(&[document]).await.map_err(|e| internal(&e))
    }

    /// Lets a picture go that no emote shows any more.
    async fn let_go(&self, old: Option<Kept>) {
        let Some(Kept { emote: Emote { src, .. }, .. }) = old else { return };
        let shown = self.lock().values().any(|kept| kept.emote.src == src);
        if !shown {
            self.0.images.let_go(&src).await;
        }
    }

    fn tell(&self) {
        let told = told(&self.lock(), true);
        self.0.told.send_replace(Arc::new(told));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Kept>> {
        self.0.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn told(list: &BTreeMap<String, Kept>, changed: bool) -> Told {
    let emotes: Vec<Emote> = list.values().map(|kept| kept.emote.clone()).collect();
    let frame = (changed || !emotes.is_empty())
        .then(|| frames::encode(&ServerFrame::Emotes { emotes: emotes.clone() }));
    Told { emotes, frame }
}

/// Whether a code may be an emote's.
///
/// # Errors
/// [`Reject`] says what one looks like.
pub fn check(code: &str) -> Result<(), Reject> {
    if is_code(code) {
        return Ok(());
    }
    let message = format!("a code is 1 to {CODE_LIMIT} of A-Z a-z 0-9 _ and hyphen");
    Err(Reject::new(Code::BadValue, message))
}

fn unknown() -> Reject {
    Reject::new(Code::UnknownItem, "there is no emote of this code; it may be deleted")
}

/// Why a picture was not taken, for the host who put it up.
pub fn refused(fault: &Fault) -> Reject {
    match fault {
        Fault::Disk => Reject::new(Code::Internal, fault.to_string()),
        _ => Reject::new(Code::BadValue, fault.to_string()),
    }
}

fn internal(error: &surtitle_store::Error) -> Reject {
    tracing::error!("store: {error}");
    Reject::new(Code::Internal, "it could not be written down; the log says why")
}
