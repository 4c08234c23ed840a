//! Pictures nobody should send: each is refused or drawn anew, and the
//! process stays as large as it was.

use super::super::redraw::{Bad, Drawing, Size, redraw};
use super::make::{
    animated_webp, anmf, apng, chunk, gif, jpeg, pixels, png, png_of, riff, vp8x, webp, webp_of,
    zeros,
};
use std::time::{Duration, Instant};

/// What must never come through.
const MARK: &[u8] = b"alert(document.domain)";
/// Most memory the whole corpus may add to the process at its peak, in KB.
const PEAK_KB: u64 = 500_000;
/// Longest time for one picture, on a machine that is busy and without optimisation.
const TIME: Duration = Duration::from_secs(60);

/// A number after `label` in `/proc/self/status`, in KB.
#[cfg(target_os = "linux")]
fn memory(label: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = status.lines().find(|line| line.starts_with(label)).expect("a line");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).expect("a number")
}

fn frames(count: u8) -> Vec<image::RgbaImage> {
    (0..count).map(|shade| pixels(12, 9, shade.wrapping_mul(60))).collect()
}

/// A small good one of every format, still and moving.
fn good() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("png", png(&pixels(9, 7, 0))),
        ("apng", apng(&frames(3), (1, 10))),
        ("gif", gif(&frames(3), 50)),
        ("webp", webp(&pixels(9, 7, 0))),
        ("webp-moving", animated_webp(&frames(3), 70)),
        ("jpeg", jpeg(&pixels(9, 7, 0))),
    ]
}

/// A GIF's screen and no more.
fn gif_screen(width: u16, height: u16) -> Vec<u8> {
    let screen = [width.to_le_bytes(), height.to_le_bytes()].concat();
    [&b"GIF89a"[..], &screen, &[0x80, 0, 0, 0, 0, 0, 255, 255, 255]].concat()
}

/// A frame of one pixel, or of a size it does not have.
fn gif_frame(x: u16, y: u16, width: u16, height: u16) -> Vec<u8> {
    let place = [x, y, width, height].map(u16::to_le_bytes).concat();
    let control = [0x21, 0xf9, 4, 0, 0, 0, 0, 0];
    [&control[..], &[0x2c], &place, &[0, 2, 2, 0x44, 0x01, 0]].concat()
}

fn jpeg_of(size: (u16, u16), scans: usize) -> Vec<u8> {
    let whole = jpeg(&pixels(16, 16, 0));
    let mut bytes = whole.clone();
    let at = bytes.windows(2).position(|pair| pair == b"\xff\xc0").expect("a frame header");
    bytes[at + 5..at + 7].copy_from_slice(&size.1.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&size.0.to_be_bytes());
    let scan = whole.windows(2).position(|pair| pair == b"\xff\xda").expect("a scan");
    let end = bytes.len() - 2;
    let again = bytes[scan..end].to_vec();
    let mut out = bytes[..end].to_vec();
    for _ in 1..scans {
        out.extend_from_slice(&again);
    }
    [out, b"\xff\xd9".to_vec()].concat()
}

fn with_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend_from_slice(b"<script>alert(document.domain)</script>");
    bytes
}

/// An animated PNG that claims more frames than it has.
fn apng_of(claimed: u32, place: [u32; 4], delay: (u16, u16)) -> Vec<u8> {
    let control = chunk(b"acTL", &[claimed.to_be_bytes(), [0; 4]].concat());
    let [width, height, x, y] = place.map(u32::to_be_bytes);
    let delay = [delay.0.to_be_bytes(), delay.1.to_be_bytes()].concat();
    let frame = [&[0; 4][..], &width, &height, &x, &y, &delay, &[0, 0]].concat();
    let data = chunk(b"IDAT", &zeros(8 * (1 + 8 * 4)));
    png_of((8, 8), 8, 6, &[control, chunk(b"fcTL", &frame), data])
}

/// Everything, with a word for what it is.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let idat = |bytes: usize| chunk(b"IDAT", &zeros(bytes));
    let text =
        |kind: &[u8; 4], bytes: usize| chunk(kind, &[b"Title\0\0".to_vec(), zeros(bytes)].concat());
    let many = |n: usize| {
        let frames: Vec<u8> = (0..n).flat_map(|_| gif_frame(0, 0, 1, 1)).collect();
        [gif_screen(1, 1), frames, vec![0x3b]].concat()
    };
    let canvas =
        |width, height| [gif_screen(width, height), gif_frame(0, 0, 1, 1), vec![0x3b]].concat();
    let small = pixels(8, 8, 0);
    let huge_vp8l = {
        // Two sides less one, 14 bits each.
        let mut bytes = webp(&small);
        let at = bytes.windows(4).position(|four| four == b"VP8L").expect("a chunk") + 9;
        bytes[at..at + 4].copy_from_slice(&(8_191_u32 | 8_191 << 14).to_le_bytes());
        bytes
    };
    let lying_riff = {
        let mut bytes = webp(&small);
        bytes[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        bytes
    };
    let jpeg_comment = {
        let mut bytes = jpeg(&small);
        let note = b"\xff\xfe\x00\x2a/*<script>alert(document.domain)</script>*/";
        bytes.splice(2..2, note.iter().copied());
        bytes
    };
    let png_text = {
        let mut bytes = png(&small);
        let note = chunk(b"tEXt", b"Comment\0<img src=x onerror=alert(document.domain)>");
        bytes.splice(33..33, note);
        bytes
    };
    let gif_script = {
        // A comment that opens in the screen's size and closes after the picture.
        let mut bytes = gif_screen(0x2a2f, 9);
        bytes.extend(b"\x21\xfe\x1f*/=1;alert(document.domain)/*xxxx\0");
        bytes
    };
    let named: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", vec![]),
        ("png magic alone", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("png 60,000 a side", png_of((60_000, 60_000), 8, 6, &[idat(1_000)])),
        ("png u32 a side", png_of((u32::MAX, u32::MAX), 8, 6, &[idat(1_000)])),
        ("png one side over", png_of((4_097, 1), 8, 6, &[idat(20_000)])),
        ("png 16 bits of 16 megapixels", png_of((4_096, 4_096), 16, 6, &[idat(1_000_000)])),
        ("png nothing wide", png_of((0, 9), 8, 6, &[idat(9)])),
        ("png 100 MB of pixels it does not have", png_of((1, 1), 8, 6, &[idat(100_000_000)])),
        ("png palette without one", png_of((8, 8), 8, 3, &[idat(72)])),
        ("png colour that is none", png_of((8, 8), 8, 5, &[idat(72)])),
        ("png depth that is none", png_of((8, 8), 7, 6, &[idat(72)])),
        ("png without pixels", png_of((8, 8), 8, 6, &[])),
        ("png zlib that is none", png_of((8, 8), 8, 6, &[chunk(b"IDAT", &[0xff; 64])])),
        ("png text of 100 MB", png_of((1, 1), 8, 6, &[text(b"zTXt", 100_000_000), idat(5)])),
        ("png profile of 100 MB", png_of((1, 1), 8, 6, &[text(b"iCCP", 100_000_000), idat(5)])),
        ("png chunk longer than the file", [png(&small), vec![0xff; 8]].concat()),
        ("apng a billion frames", apng_of(1_000_000_000, [8, 8, 0, 0], (1, 10))),
        ("apng frame outside", apng_of(2, [8, 8, 4, 4], (1, 10))),
        ("apng frame larger", apng_of(2, [80_000, 80_000, 0, 0], (1, 10))),
        ("apng no time", apng_of(1, [8, 8, 0, 0], (0, 0))),
        ("gif 65,535 a side", canvas(65_535, 65_535)),
        ("gif nothing wide", canvas(0, 0)),
        ("gif 16 megapixels of one", canvas(4_096, 4_096)),
        ("gif 40,000 frames", many(40_000)),
        ("gif frame outside", [gif_screen(4, 4), gif_frame(9, 9, 1, 1), vec![0x3b]].concat()),
        ("gif frame larger", [gif_screen(4, 4), gif_frame(0, 0, 65_535, 65_535)].concat()),
        ("gif without an end", [gif_screen(4, 4), gif_frame(0, 0, 4, 4)].concat()),
        ("gif and script", gif_script),
        ("gif and script after it", with_mark(gif(&frames(2), 0))),
        ("webp 8,192 a side", huge_vp8l),
        ("webp canvas of 16,777,216", webp_of(&[vp8x(1 << 24, 1 << 24), riff(b"ANIM", &[0; 6])])),
        ("webp longer than it is", lying_riff),
        (
            "webp frame outside",
            webp_of(&[vp8x(8, 8), riff(b"ANIM", &[0; 6]), anmf(&small, (4, 4), 10)]),
        ),
        ("webp no time", animated_webp(&frames(2), 0)),
        ("webp no frames", webp_of(&[vp8x(8, 8), riff(b"ANIM", &[0; 6])])),
        ("webp lossy that is none", webp_of(&[riff(b"VP8 ", &[0xff; 40])])),
        ("jpeg 65,535 a side", jpeg_of((65_535, 65_535), 1)),
        ("jpeg nothing high", jpeg_of((16, 0), 1)),
        ("jpeg larger than it has pixels", jpeg_of((4_096, 2_048), 1)),
        ("jpeg 5,000 scans", jpeg_of((16, 16), 5_000)),
        ("jpeg start alone", b"\xff\xd8\xff".to_vec()),
        ("jpeg and script in a comment", jpeg_comment),
        ("png and script in a text", png_text),
        ("png and page after it", with_mark(png(&small))),
        ("webp and page after it", with_mark(webp(&small))),
        ("bmp that lies", [&b"BM"[..], &[0xff; 60]].concat()),
        ("ico", b"\0\0\x01\0\xff\xff\0\0\0\0\x01\0\x20\0".to_vec()),
        ("tiff", b"II*\0\xff\xff\xff\xff".to_vec()),
        (
            "svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(document.domain)'/>".to_vec(),
        ),
        ("page", b"<!doctype html><script>alert(document.domain)</script>".to_vec()),
        ("pdf", b"%PDF-1.7\n1 0 obj".to_vec()),
        ("zip", b"PK\x03\x04".to_vec()),
        ("avif", b"\0\0\0\x20ftypavif".to_vec()),
    ];
    let mut all: Vec<(String, Vec<u8>)> =
        named.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    for (name, bytes) in good() {
        for cut in 0..bytes.len() {
            all.push((format!("{name} cut at {cut}"), bytes[..cut].to_vec()));
        }
        let mut seed = 7_u32;
        for round in 0..400 {
            let mut turned = bytes.clone();
            for _ in 0..=round % 4 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (seed >> 8) as usize % turned.len();
                turned[at] ^= 1 << (seed % 8);
            }
            all.push((format!("{name} turned {round}"), turned));
        }
    }
    all
}

/// A drawing is ours through and through.
fn check(name: &str, size: Size, Drawing { png, width, height, frames }: &Drawing) {
    assert!(*width > 0 && *height > 0, "{name}");
    assert!(u32::from(*width.max(height)) <= size.side(), "{name}: {width} × {height}");
    assert!(!png.windows(MARK.len()).any(|part| part == MARK), "{name}: its script came through");
    let again = image::load_from_memory(png).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (columns, rows) =
        frames.as_ref().map_or((1, 1), |f| (f.columns, f.count.div_ceil(f.columns)));
    let sheet = (u32::from(columns) * u32::from(*width), u32::from(rows) * u32::from(*height));
    assert_eq!((again.width(), again.height()), sheet, "{name}");
    if let Some(frames) = frames {
        assert!((2..=120).contains(&frames.count), "{name}: {} frames", frames.count);
        assert_eq!(frames.ms.len(), usize::from(frames.count), "{name}");
        assert!(frames.ms.iter().all(|ms| (20..=60_000).contains(ms)), "{name}: {:?}", frames.ms);
    }
}

#[test]
fn hostile_pictures_are_refused_or_drawn_anew_within_bounds() {
    #[cfg(target_os = "linux")]
    let before = memory("VmHWM:");
    let (mut drawn, mut refused) = (0, 0);
    for (name, bytes) in corpus() {
        for size in [Size::Face, Size::Emote] {
            let start = Instant::now();
            match redraw(&bytes, size) {
                Ok(drawing) => {
                    check(&name, size, &drawing);
                    drawn += 1;
                }
                Err(_) => refused += 1,
            }
            assert!(start.elapsed() < TIME, "{name} took {:?}", start.elapsed());
        }
    }
    assert!(drawn > 1_000 && refused > 1_000, "{drawn} drawn, {refused} refused");
    #[cfg(target_os = "linux")]
    {
        let grown = memory("VmHWM:") - before;
        println!("{drawn} drawn, {refused} refused, {grown} KB at the peak");
        assert!(grown < PEAK_KB, "the process grew by {grown} KB");
    }
}

#[test]
fn what_is_too_large_is_refused_by_its_header() {
    let corpus = corpus();
    for (name, why) in [
        ("png 60,000 a side", Bad::Large),
        ("png 16 bits of 16 megapixels", Bad::Large),
        ("gif 65,535 a side", Bad::Large),
        ("gif 40,000 frames", Bad::Large),
        ("webp 8,192 a side", Bad::Large),
        ("jpeg 65,535 a side", Bad::Large),
        ("jpeg 5,000 scans", Bad::Slow),
        ("svg", Bad::Format),
        ("bmp that lies", Bad::Format),
        ("ico", Bad::Format),
    ] {
        let (_, bytes) = corpus.iter().find(|(known, _)| known == name).expect(name);
        assert_eq!(redraw(bytes, Size::Emote), Err(why), "{name}");
    }
}

#[test]
fn what_moves_becomes_a_sheet_and_no_time_becomes_a_tenth_of_a_second() {
    for (name, bytes, ms) in [
        ("gif", gif(&frames(3), 50), 50),
        ("gif no time", gif(&frames(3), 0), 100),
        ("apng", apng(&frames(3), (1, 20)), 50),
        ("apng no time", apng(&frames(3), (0, 0)), 100),
        ("webp", animated_webp(&frames(3), 70), 70),
    ] {
        let drawing = redraw(&bytes, Size::Emote).expect(name);
        check(name, Size::Emote, &drawing);
        let frames = drawing.frames.expect(name);
        assert_eq!((frames.count, frames.columns, frames.ms), (3, 2, vec![ms; 3]), "{name}");
        assert_eq!((drawing.width, drawing.height), (12, 9), "{name}");
        assert_eq!(redraw(&bytes, Size::Face).expect(name).frames, None, "{name}: a face is still");
    }
}

#[test]
fn many_frames_become_fewer_and_last_as_long() {
    let all: Vec<_> = (0..250_u32).map(|n| pixels(4, 4, n as u8)).collect();
    let drawing = redraw(&gif(&all, 40), Size::Emote).expect("a sheet");
    let frames = drawing.frames.expect("it moves");
    assert!(frames.count <= 120, "{}", frames.count);
    assert_eq!(frames.ms.iter().map(|ms| u32::from(*ms)).sum::<u32>(), 250 * 40);
}

#[test]
fn transparency_stays_and_colours_its_edge() {
    let mut picture = image::RgbaImage::from_pixel(512, 512, image::Rgba([0, 0, 0, 0]));
    for (x, _, pixel) in picture.enumerate_pixels_mut() {
        if x >= 255 {
            *pixel = image::Rgba([250, 10, 10, 255]);
        }
    }
    let drawing = redraw(&png(&picture), Size::Face).expect("a picture");
    let small = image::load_from_memory(&drawing.png).expect("a PNG").into_rgba8();
    assert_eq!(small.get_pixel(10, 100).0[3], 0);
    assert_eq!(small.get_pixel(200, 100).0, [250, 10, 10, 255]);
    let edge = (100..156).map(|x| *small.get_pixel(x, 100)).find(|p| (1..255).contains(&p.0[3]));
    let edge = edge.expect("a pixel that is half there");
    assert!(edge.0[0] > 230 && edge.0[1] < 30, "no dark rim: {edge:?}");
}
