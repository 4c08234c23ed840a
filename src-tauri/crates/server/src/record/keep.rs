//! How shows are kept: documents, so that they are written in one transaction.
//!
//! Kind `show` has the sums of each show under its id. Kind `show/ID` has the
//! rest: while it runs, `block/N` for every ten minutes, `people/N` for those
//! who spoke and `giver/USER`; when it has ended, `series` alone. Ids and
//! numbers are padded with zeros, so that the store's order is theirs.

use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use surtitle_core::Millis;
use surtitle_core::record::{BLOCKS, Kept, RecordSeries, Recorder, ShowRecord, ShowReport, Unkept};
use surtitle_store::{Document, Error, Store};

/// Most shows kept; the oldest goes for a new one.
pub const SHOWS: usize = 100;
const KIND: &str = "show";
const SERIES: &str = "series";

/// Writes shows down and reads them.
#[derive(Debug)]
pub struct Keeper {
    store: Arc<dyn Store>,
    /// Held while something is written: an older state must not follow a newer.
    writing: tokio::sync::Mutex<()>,
}

impl Keeper {
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self { store, writing: tokio::sync::Mutex::default() }
    }

    /// A recorder that knows of earlier shows.
    pub async fn open(&self, now: Millis) -> Result<Recorder, Error> {
        let mut recorder = Recorder::new(now);
        let mut shows = self.list().await?;
        for show in &shows {
            recorder = recorder.after(show);
        }
        let last = shows.pop().filter(|show| show.ended.is_none());
        match last {
            Some(show) => Ok(recorder.resume(now, self.read_running(show).await?)),
            None => Ok(recorder),
        }
    }

    /// Every show that is written down, oldest first.
    pub async fn list(&self) -> Result<Vec<ShowRecord>, Error> {
        let documents = self.store.list_documents(KIND).await?;
        Ok(documents.into_iter().filter_map(|d| read(&d.key, d.value)).collect())
    }

    /// A show that has ended.
    pub async fn get(&self, id: u64) -> Result<Option<ShowReport>, Error> {
        let Some(show) = self.store.get_document(KIND, &key(id)).await? else { return Ok(None) };
        let Some(show) = read::<ShowRecord>("show", show) else { return Ok(None) };
        let series = self.store.get_document(&parts(id), SERIES).await?;
        let series = series.and_then(|value| read(SERIES, value)).unwrap_or_default();
        Ok(Some(ShowReport { show, series }))
    }

    /// Names a show that has ended; `false` if there is none.
    pub async fn rename(&self, id: u64, name: String) -> Result<bool, Error> {
        let _writing = self.writing.lock().await;
        let Some(show) = self.store.get_document(KIND, &key(id)).await? else { return Ok(false) };
        let Some(mut show) = read::<ShowRecord>("show", show) else { return Ok(false) };
        show.name = name;
        self.store.put_documents(&[head(&show)]).await?;
        Ok(true)
    }

    /// Forgets a show; `false` if there is none.
    pub async fn delete(&self, id: u64) -> Result<bool, Error> {
        let _writing = self.writing.lock().await;
        let known = self.store.get_document(KIND, &key(id)).await?.is_some();
        self.forget(id).await?;
        Ok(known)
    }

    /// Writes down what changed since the last call.
    pub async fn keep(&self, recorder: &Mutex<Recorder>) {
        self.keep_ended(recorder).await;
        let _writing = self.writing.lock().await;
        let lock = || recorder.lock().unwrap_or_else(PoisonError::into_inner);
        let before = lock().running().map(|show| show.kept);
        let (Some(before), Some(unkept)) = (before, lock().take_unkept()) else { return };
        if let Err(error) = self.put_running(&unkept).await {
            tracing::error!("show {}: not kept: {error}", unkept.show.id);
            lock().put_back(unkept, before);
        }
    }

    /// Writes down the shows that ended.
    pub async fn keep_ended(&self, recorder: &Mutex<Recorder>) {
        let _writing = self.writing.lock().await;
        let lock = || recorder.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = lock().ended();
        for report in ended {
            match self.put_ended(&report).await {
                Ok(()) => lock().forget(report.show.id),
                Err(error) => tracing::error!("show {}: not kept: {error}", report.show.id),
            }
        }
    }

    async fn put_running(&self, unkept: &Unkept) -> Result<(), Error> {
        let kind = parts(unkept.show.id);
        let mut documents = vec![head(&unkept.show)];
        for (number, series) in &unkept.blocks {
            documents.push(document(&kind, format!("block/{number:020}"), series));
        }
        if !unkept.speakers.is_empty() {
            let name = format!("people/{:010}", unkept.speakers_before);
            documents.push(document(&kind, name, &unkept.speakers));
        }
        for giver in &unkept.givers {
            documents.push(document(&kind, format!("giver/{}", giver.user), giver));
        }
        self.store.put_documents(&documents).await?;
        for (number, _) in &unkept.blocks {
            let old = format!("block/{:020}", number.saturating_sub(BLOCKS));
            self.store.delete_document(&kind, &old).await?;
        }
        Ok(())
    }

    async fn put_ended(&self, report: &ShowReport) -> Result<(), Error> {
        let kind = parts(report.show.id);
        // Before its head: a crash between leaves a show that goes on, whole.
        self.store.put_documents(&[document(&kind, SERIES.to_owned(), &report.series)]).await?;
        self.store.put_documents(&[head(&report.show)]).await?;
        for part in self.store.list_documents(&kind).await? {
            if part.key != SERIES {
                self.store.delete_document(&kind, &part.key).await?;
            }
        }
        let shows = self.list().await?;
        let over = shows.len().saturating_sub(SHOWS);
        for old in shows.iter().take(over) {
            self.forget(old.id).await?;
        }
        Ok(())
    }

    async fn read_running(&self, show: ShowRecord) -> Result<Kept, Error> {
        let mut kept = Kept { show, ..Kept::default() };
        for Document { key, value, .. } in self.store.list_documents(&parts(kept.show.id)).await? {
            match key.split('/').next() {
                Some("block") => kept.blocks.extend(read::<RecordSeries>(&key, value)),
                Some("people") => {
                    kept.speakers.extend(read::<Vec<u64>>(&key, value).unwrap_or_default());
                }
                Some("giver") => kept.givers.extend(read(&key, value)),
                _ => {}
            }
        }
        Ok(kept)
    }

    async fn forget(&self, id: u64) -> Result<(), Error> {
        self.store.delete_document(KIND, &key(id)).await?;
        self.store.delete_documents(&parts(id)).await?;
        Ok(())
    }
}

fn key(id: u64) -> String {
    format!("{id:020}")
}

fn parts(id: u64) -> String {
    format!("{KIND}/{id}")
}

fn head(show: &ShowRecord) -> Document {
    document(KIND, key(show.id), show)
}

fn document(kind: &str, key: String, value: &impl serde::Serialize) -> Document {
    let value = serde_json::to_value(value).expect("text and numbers serialise");
    Document { kind: kind.to_owned(), key, value }
}

/// One that cannot be read is passed over: the rest is worth having.
fn read<T: serde::de::DeserializeOwned>(key: &str, value: Value) -> Option<T> {
    serde_json::from_value(value)
        .inspect_err(|error| tracing::error!("show: {key} cannot be read: {error}"))
        .ok()
}
