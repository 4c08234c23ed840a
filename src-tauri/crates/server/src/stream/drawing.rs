//! One browser's run: it opens the overlay page on nothing and hands out every
//! picture that differs from the last.
//!
//! The page's screencast is used, not screenshots: it sends a picture only when
//! something changed and three times as many a second (docs/obs.md has the
//! figures). Chromium writes its colours multiplied by alpha into a PNG, which
//! is straight by definition; whether this one does is looked up on a page of
//! known colour before the overlay is opened.

use super::cdp::{Message, Pipe};
use super::targa::{self, Alpha};
use super::{Fault, Size};
use bytes::Bytes;
use serde_json::{Value, json};
use std::io::Cursor;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

/// Pictures are at least this far apart: 30 a second.
const APART: Duration = Duration::from_millis(33);
/// A page that is alive answers within this time.
const ALIVE: Duration = Duration::from_secs(5);
/// How long the page of known colour may take to show.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long another page of the same browser may take to open.
const RENEWAL: Duration = Duration::from_secs(5);
/// A page that is asked to start over within this time gets another browser.
const RENEWED: Duration = Duration::from_secs(30);
/// Red at half, as CSS and as the two ways to write it.
const KNOWN: &str = "document.documentElement.style.background='rgba(255,0,0,0.502)'";
const HALF: u8 = 128;
/// Changes the lower edge of that page and nothing else of it.
const STIR: &str = "{const{style}=document.documentElement;\
    style.height='100vh';style.boxShadow=style.boxShadow?'':'inset 0 -1px #000'}";
/// How long a page that changed may take to show before it is changed again.
const STIRRED: Duration = Duration::from_millis(500);

/// What to open.
#[derive(Debug, Clone)]
pub struct Target {
    /// The overlay page, without any secret.
    pub url: String,
    /// The token it says hello with.
    pub token: String,
    /// The picture.
    pub size: Size,
}

/// Opens the page and hands pictures to `out` until something goes wrong, or
/// until `again` asks for a fresh start that a new page cannot give: `None`.
///
/// A page that hangs takes its process with it, so a fresh start is another
/// page in another process of the same browser; it draws a second sooner than
/// another browser would.
pub async fn draw(
    pipe: &mut Pipe,
    target: &Target,
    again: &Notify,
    out: impl Fn(Bytes),
) -> Option<Fault> {
    let opened = async {
        let page = Page::first(pipe).await?;
        page.prepare(pipe, target.size).await?;
        let known = timeout(PATIENCE, known_alpha(pipe, target.size));
        let alpha = known.await.map_err(|_| Fault::Opaque)??;
        page.open(pipe, target).await?;
        Ok((page, alpha))
    };
    let (mut page, alpha) = tokio::select! {
        opened = opened => match opened {
            Ok(opened) => opened,
            Err(fault) => return Some(fault),
        },
        () = again.notified() => return None,
    };
    let mut renewed: Option<Instant> = None;
    loop {
        tokio::select! {
            followed = follow(pipe, target.size, alpha, &out) => match followed {
                Ok(never) => match never {},
                Err(fault) => return Some(fault),
            },
            () = again.notified() => {}
        }
        // A page that is asked to start over so soon again needs more than another page.
        if renewed.is_some_and(|at| at.elapsed() < RENEWED) {
            return None;
        }
        renewed = Some(Instant::now());
        page = timeout(RENEWAL, page.renew(pipe, target)).await.ok()?.ok()?;
    }
}

/// One page of the browser.
struct Page(Value);

impl Page {
    /// The page the browser starts with.
    async fn first(pipe: &mut Pipe) -> Result<Self, Fault> {
        let targets = pipe.ask("Target.getTargets", json!({})).await?;
        let first = targets["targetInfos"]
            .as_array()
            .and_then(|all| all.iter().find(|info| info["type"] == "page"))
            .map(|info| info["targetId"].clone());
        Ok(Self(first.ok_or(Fault::Gone)?))
    }

    /// Another page that shows the overlay; this one is closed.
    async fn renew(&self, pipe: &mut Pipe, target: &Target) -> Result<Self, Fault> {
        pipe.attach(None);
        let made = pipe.ask("Target.createTarget", json!({ "url": "about:blank" })).await?;
        // It may hang, so nobody waits for its end.
        pipe.post("Target.closeTarget", json!({ "targetId": self.0 })).await?;
        let page = Self(made["targetId"].clone());
        page.prepare(pipe, target.size).await?;
        page.open(pipe, target).await?;
        Ok(page)
    }

    /// Takes hold of the page and makes it the size of the picture, on nothing.
    async fn prepare(&self, pipe: &mut Pipe, Size { width, height }: Size) -> Result<(), Fault> {
        let attach = json!({ "targetId": self.0, "flatten": true });
        let attached = pipe.ask("Target.attachToTarget", attach).await?;
        pipe.attach(Some(attached["sessionId"].as_str().ok_or(Fault::Gone)?.to_owned()));
        pipe.ask("Page.enable", json!({})).await?;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        pipe.ask("Emulation.setDeviceMetricsOverride", metrics).await?;
        let nothing = json!({ "color": { "r": 0, "g": 0, "b": 0, "a": 0 } });
        pipe.ask("Emulation.setDefaultBackgroundColorOverride", nothing).await?;
        Ok(())
    }

    /// Opens the overlay in it.
    async fn open(&self, pipe: &mut Pipe, target: &Target) -> Result<(), Fault> {
        // Never in an address or a command line: only the page itself sees the token.
        let source = format!("window.__SURTITLE__={};", json!({ "token": target.token }));
        pipe.ask("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        let gone = pipe.ask("Page.navigate", json!({ "url": target.url })).await?;
        if let Some(why) = gone["errorText"].as_str() {
            return Err(Fault::Refused { method: "Page.navigate", why: why.to_owned() });
        }
        loop {
            match timeout(PATIENCE, pipe.next()).await.map_err(|_| Fault::Silent)?? {
                Message::Loaded => return Ok(()),
                Message::Crashed => return Err(Fault::Crashed),
                Message::Picture { .. } | Message::Answer(..) | Message::Other => {}
            }
        }
    }
}

/// How this browser writes half of red. A screencast is silent while nothing
/// changes, and its first picture may be of another size: the page is stirred
/// until a picture tells.
async fn known_alpha(pipe: &mut Pipe, size: Size) -> Result<Alpha, Fault> {
    pipe.ask("Runtime.evaluate", json!({ "expression": KNOWN })).await?;
    pipe.ask("Page.startScreencast", json!({ "format": "png" })).await?;
    loop {
        let Ok(message) = timeout(STIRRED, pipe.next()).await else {
            pipe.post("Runtime.evaluate", json!({ "expression": STIR })).await?;
            continue;
        };
        let Message::Picture { png, number } = message? else { continue };
        pipe.post("Page.screencastFrameAck", json!({ "sessionId": number })).await?;
        let Some(pixels) = decode(&png, size) else { continue };
        let alpha = match pixels.first_chunk() {
            Some([255, 0, 0, HALF]) => Alpha::Straight,
            Some([HALF, 0, 0, HALF]) => Alpha::Premultiplied,
            _ => continue,
        };
        pipe.ask("Page.stopScreencast", json!({})).await?;
        return Ok(alpha);
    }
}

async fn follow(
    pipe: &mut Pipe,
    size: Size,
    alpha: Alpha,
    out: &impl Fn(Bytes),
) -> Result<std::convert::Infallible, Fault> {
    pipe.ask("Page.startScreencast", json!({ "format": "png" })).await?;
    let mut pulse = interval(ALIVE);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut asked = None;
    let mut next = Instant::now();
    loop {
        tokio::select! {
            _ = pulse.tick() => {
                if asked.is_some() {
                    return Err(Fault::Silent);
                }
                // A page that draws answers; one that only breathes does not.
                asked = Some(pipe.post("Runtime.evaluate", breath()).await?);
            }
            message = pipe.next() => match message? {
                Message::Picture { png, number } => {
                    let encoded = tokio::task::spawn_blocking(move || encode(&png, size, alpha));
                    // The acknowledgement asks for the next one, which is drawn meanwhile.
                    sleep_until(next).await;
                    next = Instant::now() + APART;
                    pipe.post("Page.screencastFrameAck", json!({ "sessionId": number })).await?;
                    if let Ok(Some(picture)) = encoded.await {
                        out(picture);
                    }
                }
                Message::Answer(id, _) if asked == Some(id) => asked = None,
                Message::Crashed => return Err(Fault::Crashed),
                Message::Answer(..) | Message::Loaded | Message::Other => {}
            }
        }
    }
}

fn breath() -> Value {
    json!({
        "expression": "new Promise((drawn) => requestAnimationFrame(() => drawn(0)))",
        "awaitPromise": true,
    })
}

fn encode(png: &[u8], size: Size, alpha: Alpha) -> Option<Bytes> {
    let pixels = decode(png, size)?;
    let mut out = Vec::with_capacity(pixels.len() / 8);
    targa::encode(&pixels, size, alpha, &mut out);
    Some(out.into())
}

/// RGBA pixels of a PNG of exactly this size; `None` for any other.
fn decode(png: &[u8], size: Size) -> Option<Vec<u8>> {
    let mut decoder = png::Decoder::new(Cursor::new(png));
    decoder.ignore_checksums(true);
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().ok()?;
    let info = reader.info();
    if (info.width, info.height) != (size.width.into(), size.height.into()) {
        return None;
    }
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    (pixels.len() == size.pixels() * 4).then_some(pixels)
}
