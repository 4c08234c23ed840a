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
/// Captures of a whole screen: X11, Windows, macOS before 13 and after.
const SCREENS: [&str; 4] = ["xshm_input", "monitor_capture", "display_capture", "screen_capture"];

/// Where our pages are for this OBS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where this server listens.
    pub listen: SocketAddr,
    /// Our address on the connection to OBS.
    pub here: IpAddr,
    /// Overlay to show.
    pub overlay: String,
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
        None => {
            return Err(Error::Unfit(
                "this OBS has no browser source; install OBS from obsproject.com or Flathub, or \
                 choose a screen capture"
                    .to_owned(),
            ));
        }
    };
    let kind = match source {
        ObsSource::Browser => has(&BROWSER).then_some(BROWSER),
        ObsSource::Screen => SCREENS.into_iter().find(has),
        _ => None,
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
        _ => Ok(json!({})),
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

fn lacking(source: ObsSource) -> &'static str {
    match source {
        ObsSource::Browser => {
            "this OBS has no browser source; install OBS from obsproject.com or Flathub"
        }
        ObsSource::Screen => "this OBS has no screen capture",
        _ => "this OBS cannot take the overlay in this way",
    }
}

/// How the overlay gets in through a source of this kind.
pub fn source_of(kind: &str) -> Option<ObsSource> {
    match kind {
        BROWSER => Some(ObsSource::Browser),
        kind if SCREENS.contains(&kind) => Some(ObsSource::Screen),
        _ => None,
    }
}
