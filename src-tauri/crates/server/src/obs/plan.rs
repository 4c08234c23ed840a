//! Which way into this OBS, and the source it needs.

use super::client::Error;
use super::item::Canvas;
use super::put::Want;
use serde_json::{Value, json};
use std::net::{IpAddr, SocketAddr};
use surtitle_core::wire::ObsSource;

/// What our source is called in OBS.
pub const NAME: &str = "Surtitle";

/// OBS's browser, on every system.
const BROWSER: &str = "browser_source";
/// OBS's media source, on every system.
const MEDIA: &str = "ffmpeg_source";
/// Captures of a whole screen: X11, Windows, macOS before 13 and after.
const SCREENS: [&str; 4] = ["xshm_input", "monitor_capture", "display_capture", "screen_capture"];

/// Captures of one window, and the setting that names it: X11, Windows.
pub const WINDOWS: [(&str, &str); 2] =
    [("xcomposite_input", "capture_window"), ("window_capture", "window")];
/// Title of the desktop overlay's window.
pub const WINDOW_TITLE: &str = "Surtitle overlay";

/// Where our pages are for this OBS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where this server listens.
    pub listen: SocketAddr,
    /// Our address on the connection to OBS.
    pub here: IpAddr,
    /// Overlay to show.
    pub overlay: String,
    /// Address of the alpha stream of a canvas's size; `None` where there is no
    /// browser to draw it, or OBS is not on this machine.
    pub stream: Option<String>,
}

impl Place {
    /// Address of the overlay page as OBS reaches it.
    ///
    /// # Errors
    /// OBS is on another machine and we listen on this one only.
    pub fn page(&self) -> Result<String, Error> {
        let ip = self.listen.ip();
        if ip.is_loopback() && !self.here.is_loopback() {
            return Err(Error::Unfit(
                "OBS is on another machine, and Surtitle answers only this one; start Surtitle \
                 with --listen 0.0.0.0:8787"
                    .to_owned(),
            ));
        }
        let ip = if ip.is_unspecified() { self.here } else { ip };
        let socket = SocketAddr::new(ip, self.listen.port());
        Ok(format!("http://{socket}/overlay/{}", self.overlay))
    }
}

/// The source to put into an OBS that can make `kinds`; `asked` is the host's wish.
///
/// # Errors
/// [`Error::Unfit`] says what is missing and what else works.
pub fn want(
    kinds: &[String],
    asked: Option<ObsSource>,
    canvas: Canvas,
    place: &Place,
) -> Result<Want, Error> {
    let has = |kind: &&str| kinds.iter().any(|k| k == kind);
    let source = match asked {
        Some(source) => source,
        None if has(&BROWSER) => ObsSource::Browser,
        None if has(&MEDIA) && place.stream.is_some() => ObsSource::Stream,
        None => return Err(Error::Unfit(NO_WAY.to_owned())),
    };
    let kind = match source {
        ObsSource::Browser => has(&BROWSER).then_some(BROWSER),
        ObsSource::Stream => has(&MEDIA).then_some(MEDIA),
        ObsSource::Window => WINDOWS.iter().map(|(kind, _)| *kind).find(has),
        ObsSource::Screen => SCREENS.into_iter().find(has),
    };
    let kind = kind.ok_or_else(|| Error::Unfit(lacking(source).to_owned()))?.to_owned();
    let settings = settings(source, canvas, place)?;
    Ok(Want { name: NAME.to_owned(), source, kind, settings, canvas })
}

/// The settings that matter of a source.
///
/// # Errors
/// OBS cannot reach us.
pub fn settings(source: ObsSource, canvas: Canvas, place: &Place) -> Result<Value, Error> {
    match source {
        ObsSource::Browser => Ok(browser(canvas, &place.page()?)),
        ObsSource::Stream => match &place.stream {
            Some(url) => Ok(media(url)),
            None => Err(Error::Unfit(NO_STREAM.to_owned())),
        },
        // What a capture shows is found out in OBS (`capture`), or the host's choice.
        ObsSource::Window | ObsSource::Screen => Ok(json!({})),
    }
}

/// Width and height are the canvas's, so that a pixel of the page is one of the
/// picture; the page runs on while it is out of sight, so that nothing is lost.
fn browser(canvas: Canvas, page: &str) -> Value {
    json!({
        "is_local_file": false, "url": page, "width": canvas.width, "height": canvas.height,
        "shutdown": false, "restart_when_active": false,
    })
}

/// Comes back within a second when we are started again; shows nothing while there is nothing.
fn media(url: &str) -> Value {
    json!({
        "is_local_file": false, "input": url, "input_format": "matroska",
        "reconnect_delay_sec": 1, "restart_on_activate": false, "close_when_inactive": false,
        "clear_on_media_end": true, "hw_decode": false, "linear_alpha": false,
        "speed_percent": 100,
    })
}

fn lacking(source: ObsSource) -> &'static str {
    match source {
        ObsSource::Browser => {
            "this OBS has no browser source; install OBS from obsproject.com or Flathub"
        }
        ObsSource::Stream => "this OBS has no media source; install obs-plugins",
        ObsSource::Window => "this OBS cannot capture a window here",
        ObsSource::Screen => "this OBS has no screen capture",
    }
}

/// Nothing that shows the overlay alone.
const NO_WAY: &str = "this OBS has no browser source, and no Chromium or Chrome is here to draw \
                      an alpha stream for it; install Chromium, or OBS from obsproject.com or \
                      Flathub";
/// No alpha stream.
const NO_STREAM: &str = "an alpha stream needs Chromium or Chrome on this machine, and OBS on the \
                         same one";

/// How the overlay gets in through a source of this kind.
pub fn source_of(kind: &str) -> Option<ObsSource> {
    match kind {
        BROWSER => Some(ObsSource::Browser),
        MEDIA => Some(ObsSource::Stream),
        kind if WINDOWS.iter().any(|(known, _)| *known == kind) => Some(ObsSource::Window),
        kind if SCREENS.contains(&kind) => Some(ObsSource::Screen),
        _ => None,
    }
}
