//! The stream that viewer pages play: its address, and who is told of it.
//!
//! One setting, written before a change is answered. The address is the host's
//! own, so a page's policy names its origin and no other ([`crate::pages`]).

use crate::frames;
use crate::room_task::Input;
use crate::show::Ask;
use crate::state::State;
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::wire::{ServerFrame, StreamInfo, StreamKind};
use surtitle_core::{Code, Reject};
use surtitle_store::{Setting, Store};
use tokio::sync::watch;
use url::Url;

/// Setting that holds the stream.
const STREAM_SETTING: &str = "stream";
/// Most bytes of an address.
const ADDRESS_LIMIT: usize = 2_048;
/// What a path of this server is read against.
const HERE: &str = "http://here.invalid";

/// The stream as pages are told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// A `stream` frame, encoded once; `None` if there is none and never was in this run.
    pub frame: Option<Bytes>,
    /// Where a page may load it from; `None` if that is this server.
    pub origin: Option<String>,
}

/// The stream; clones share it.
#[derive(Debug, Clone)]
pub struct Broadcast(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Arc<dyn Store>,
    told: watch::Sender<Arc<Told>>,
}

impl Broadcast {
    /// Reads what is written down.
    ///
    /// # Errors
    /// What the store said.
    pub async fn open(store: Arc<dyn Store>) -> Result<Self, surtitle_store::Error> {
        let settings = store.list_settings().await?;
        let setting = settings.into_iter().find(|setting| setting.key == STREAM_SETTING);
        let kept = setting.and_then(|setting| serde_json::from_value(setting.value).ok());
        // One that an older version took and this one would not is none.
        let (stream, origin) = kept.and_then(|stream| check(stream).ok()).unwrap_or_default();
        let frame = (!stream.address.is_empty()).then(|| encode(stream));
        let told = watch::Sender::new(Arc::new(Told { frame, origin }));
        Ok(Self(Arc::new(Inner { store, told })))
    }

    /// What pages are told now.
    pub fn told(&self) -> Arc<Told> {
        Arc::clone(&self.0.told.borrow())
    }

    /// Sets the stream; written down before this returns.
    ///
    /// # Errors
    /// [`Code::BadStream`], or [`Code::Internal`] if it could not be written.
    pub async fn set(&self, stream: StreamInfo) -> Result<(), Reject> {
        let (stream, origin) = check(stream)?;
        let value = serde_json::to_value(&stream).expect("text serialises");
        let setting = Setting { key: STREAM_SETTING.to_owned(), value };
        self.0.store.put_setting(&setting).await.map_err(|error| {
            tracing::error!("store: {error}");
            Reject::new(Code::Internal, "it could not be written down; the log says why")
        })?;
        self.0.told.send_replace(Arc::new(Told { frame: Some(encode(stream)), origin }));
        Ok(())
    }
}

/// Tells the room and the consoles of the stream, until `stop` changes.
pub async fn tell(state: Arc<State>, mut stop: watch::Receiver<bool>) {
    let mut changes = state.shared.broadcast.0.told.subscribe();
    changes.mark_changed();
    loop {
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { break },
            _ = stop.changed() => break,
        }
        let told = Arc::clone(&changes.borrow_and_update());
        if let Some(frame) = &told.frame {
            state.room.tell(Input::Stream(frame.clone())).await;
            state.show.tell(Ask::Stream(frame.clone())).await;
        }
    }
}

fn encode(stream: StreamInfo) -> Bytes {
    frames::encode(&ServerFrame::Stream { stream })
}

/// The stream with its kind, and the origin it is loaded from if that is not this server.
fn check(stream: StreamInfo) -> Result<(StreamInfo, Option<String>), Reject> {
    let address = stream.address.trim();
    if address.is_empty() {
        return Ok((StreamInfo::default(), None));
    }
    if address.len() > ADDRESS_LIMIT {
        return Err(refused("the address of a stream has at most 2,048 bytes"));
    }
    let here = Url::parse(HERE).expect("a constant address");
    let is_path = address.starts_with('/');
    let read = if is_path { here.join(address) } else { Url::parse(address) };
    let url = read.map_err(|_| refused(WHAT_IS_ONE))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(WHAT_IS_ONE));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("leave name and password out: every viewer gets the address"));
    }
    let own = url.origin() == here.origin();
    // `//elsewhere/…` begins like a path and is none.
    if is_path != own {
        return Err(refused(WHAT_IS_ONE));
    }
    let origin = (!own).then(|| url.origin().ascii_serialization());
    // It goes into a header in which `;`, `,`, `*` and quotes have a meaning.
    let plain = |c: char| c.is_ascii_alphanumeric() || ".:-_/[]".contains(c);
    if origin.as_ref().is_some_and(|origin| !origin.chars().all(plain)) {
        return Err(refused("the server's name may have letters, figures, hyphens and dots"));
    }
    let kind = stream.kind.unwrap_or_else(|| kind_of(url.path()));
    let address = if own {
        // As the page would read it, so that both mean one place.
        url[url::Position::BeforePath..].to_owned()
    } else {
        url.to_string()
    };
    Ok((StreamInfo { address, kind: Some(kind) }, origin))
}

const WHAT_IS_ONE: &str =
    "a stream's address begins with http:// or https://, or is a path of this server";

/// What the end of a path says.
fn kind_of(path: &str) -> StreamKind {
    let end = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match end.as_str() {
        "m3u8" | "m3u" => StreamKind::Hls,
        "flv" => StreamKind::Flv,
        _ => StreamKind::File,
    }
}

fn refused(why: &str) -> Reject {
    Reject::new(Code::BadStream, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(address: &str) -> Result<(StreamInfo, Option<String>), Reject> {
        check(StreamInfo { address: address.to_owned(), kind: None })
    }

    #[test]
    fn the_kind_is_read_from_the_address_and_the_origin_goes_into_the_policy() {
        let (stream, origin) = checked("https://cdn.example:8443/live/a.m3u8?t=1").unwrap();
        assert_eq!(stream.kind, Some(StreamKind::Hls));
        assert_eq!(origin.as_deref(), Some("https://cdn.example:8443"));
        let (stream, origin) = checked("http://[::1]:9/a.FLV").unwrap();
        assert_eq!(
            (stream.kind, origin.as_deref()),
            (Some(StreamKind::Flv), Some("http://[::1]:9"))
        );
        assert_eq!(checked("https://a.example/film").unwrap().0.kind, Some(StreamKind::File));
        let asked =
            StreamInfo { address: "https://a.example/".into(), kind: Some(StreamKind::Flv) };
        assert_eq!(check(asked).unwrap().0.kind, Some(StreamKind::Flv));
    }

    #[test]
    fn a_path_is_this_servers_and_needs_no_origin() {
        let (stream, origin) = checked("/live/../live/a.flv").unwrap();
        assert_eq!((stream.address.as_str(), origin), ("/live/a.flv", None));
        assert_eq!(checked("  ").unwrap(), (StreamInfo::default(), None));
    }

    #[test]
    fn what_could_run_or_widen_the_policy_is_refused() {
        let long = format!("https://a.example/{}", "a".repeat(2_048));
        for address in [
            "javascript:alert(1)",
            "data:video/mp4,x",
            "ftp://a.example/a.flv",
            "//elsewhere.example/a.flv",
            "/\\elsewhere.example/a.flv",
            "https://user:secret@a.example/a.flv",
            "https://a;script-src/a.flv",
            "https://a,b/a.flv",
            "https://*/a.flv",
            "https://*.example/a.flv",
            "https://a'b/a.flv",
            "live/a.flv",
            "http://here.invalid/a.flv",
            long.as_str(),
        ] {
            let refused = checked(address).expect_err(address);
            assert_eq!(refused.code, Code::BadStream, "{address}");
        }
    }
}
