//! An animation as one sheet: its frames side by side in one picture, with
//! the time each is seen. Surfaces draw it as a function of time.

use super::redraw::{Bad, Drawing, SIDE, Size, encode, fit, shrink, side};
use image::{Frame, Frames as Source, GenericImage as _, RgbaImage};
use std::time::{Duration, Instant};
use surtitle_core::Frames;
use surtitle_core::emote::FRAMES;

/// Most pixels of all decoded frames together: 128 megapixels, 500 frames of 500 × 500.
const WORK: u64 = 128 * 1024 * 1024;
/// Most pixels of a sheet; a page keeps it decoded, 4 bytes each.
const SHEET: u32 = 2 * 1024 * 1024;
/// Most frames looked at.
const LOOKED_AT: u64 = 1_000;
/// Longest time to decode them.
const TIME: Duration = Duration::from_secs(8);
/// A frame said to be shorter is shown for [`USUAL_MS`], as browsers do.
const SHORTEST_MS: u32 = 20;
/// What browsers make of no time.
const USUAL_MS: u16 = 100;
/// Longest time of one frame.
const LONGEST_MS: u32 = 60_000;

/// Draws the sheet of an animation of this size; of one frame, a still picture.
pub(super) fn draw(size: (u32, u32), source: Source<'_>) -> Result<Drawing, Bad> {
    let start = Instant::now();
    let (width, height) = fit(size, Size::Emote.side());
    let area = u64::from(size.0) * u64::from(size.1);
    let mut kept = Kept::default();
    for (n, frame) in (1..).zip(source) {
        if n > LOOKED_AT || n * area > WORK {
            return Err(Bad::Large);
        }
        if start.elapsed() > TIME {
            return Err(Bad::Slow);
        }
        let frame = frame?;
        let ms = time_of(&frame);
        kept.add(ms, || shrink(frame.into_buffer(), width, height));
    }
    let Kept { frames, ms, .. } = kept;
    match frames.len() {
        0 => Err(Bad::Broken),
        1 => {
            let (width, height) = (side(width), side(height));
            Ok(Drawing { png: encode(&frames[0])?, width, height, frames: None })
        }
        _ => lay_out(frames, ms, (width, height)),
    }
}

/// How long a frame is seen.
fn time_of(frame: &Frame) -> u16 {
    let (ms, parts) = frame.delay().numer_denom_ms();
    let ms = ms / parts.max(1);
    if ms < SHORTEST_MS { USUAL_MS } else { u16::try_from(ms.min(LONGEST_MS)).unwrap_or(u16::MAX) }
}

/// Frames so far, at most [`FRAMES`]: of more only every second is kept, then
/// every fourth, and the time of the others goes to the one before.
#[derive(Default)]
struct Kept {
    frames: Vec<RgbaImage>,
    ms: Vec<u16>,
    seen: usize,
    /// Every which is kept, as a power of two.
    step: u32,
}

impl Kept {
    fn add(&mut self, ms: u16, frame: impl FnOnce() -> RgbaImage) {
        let own_turn = self.seen.is_multiple_of(1 << self.step);
        self.seen += 1;
        if !own_turn {
            return extend(self.ms.last_mut(), ms);
        }
        if self.frames.len() == FRAMES {
            self.step += 1;
            let mut turn = 0..;
            self.frames.retain(|_| turn.next().is_some_and(|n: usize| n.is_multiple_of(2)));
            self.ms =
                self.ms.chunks(2).map(|two| two.iter().fold(0, |sum, ms| add(sum, *ms))).collect();
        }
        self.frames.push(frame());
        self.ms.push(ms);
    }
}

fn extend(last: Option<&mut u16>, ms: u16) {
    if let Some(last) = last {
        *last = add(*last, ms);
    }
}

fn add(sum: u16, ms: u16) -> u16 {
    sum.saturating_add(ms).min(LONGEST_MS as u16)
}

/// Puts frames into rows; made smaller where there are many.
fn lay_out(frames: Vec<RgbaImage>, ms: Vec<u16>, size: (u32, u32)) -> Result<Drawing, Bad> {
    let count = u32::try_from(frames.len()).unwrap_or(u32::MAX);
    let (mut width, mut height) = size;
    while width * height * count > SHEET {
        (width, height) = fit((width, height), width.max(height) - 1);
    }
    let columns = (1..=count).find(|n| n * n >= count).unwrap_or(count);
    // A row as wide as a picture may be at most, for wide frames.
    let columns = columns.min(SIDE / width).max(1);
    let rows = count.div_ceil(columns);
    let mut sheet = RgbaImage::new(columns * width, rows * height);
    for (index, frame) in (0..).zip(frames) {
        let frame = shrink(frame, width, height);
        let (x, y) = (index % columns * width, index / columns * height);
        sheet.copy_from(&frame, x, y)?;
    }
    let frames = Frames { count: side(count), columns: side(columns), ms };
    Ok(Drawing {
        png: encode(&sheet)?,
        width: side(width),
        height: side(height),
        frames: Some(frames),
    })
}
