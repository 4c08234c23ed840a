//! The frame around the pictures: Matroska as a live stream, one picture a
//! cluster (RFC 9559). Segment and length are unknown, as a stream's are.
//!
//! The codec is `V_QUICKTIME` with a sample description that names Targa: the
//! one mapping of Targa that ffmpeg's Matroska reader knows.

use super::Size;

/// Everything before the first picture.
pub fn head(size: Size) -> Vec<u8> {
    let ebml = [
        uint(&[0x42, 0x86], 1),              // EBMLVersion
        uint(&[0x42, 0xf7], 1),              // EBMLReadVersion
        uint(&[0x42, 0xf2], 4),              // EBMLMaxIDLength
        uint(&[0x42, 0xf3], 8),              // EBMLMaxSizeLength
        element(&[0x42, 0x82], b"matroska"), // DocType
        uint(&[0x42, 0x87], 4),              // DocTypeVersion
        uint(&[0x42, 0x85], 2),              // DocTypeReadVersion
    ];
    let info = [
        uint(&[0x2a, 0xd7, 0xb1], 1_000_000), // TimestampScale: milliseconds
        element(&[0x4d, 0x80], b"surtitle"),  // MuxingApp
        element(&[0x57, 0x41], b"surtitle"),  // WritingApp
    ];
    let video = [
        uint(&[0xb0], size.width.into()),  // PixelWidth
        uint(&[0xba], size.height.into()), // PixelHeight
        uint(&[0x53, 0xc0], 1),            // AlphaMode: there is alpha
    ];
    let track = [
        uint(&[0xd7], 1),                           // TrackNumber
        uint(&[0x73, 0xc5], 1),                     // TrackUID
        uint(&[0x83], 1),                           // TrackType: video
        uint(&[0x23, 0xe3, 0x83], 33_333_333),      // DefaultDuration: or players wait to count
        uint(&[0x9c], 0),                           // FlagLacing
        element(&[0x86], b"V_QUICKTIME"),           // CodecID
        element(&[0x63, 0xa2], &description(size)), // CodecPrivate
        element(&[0xe0], &video.concat()),
    ];
    let mut out = element(&[0x1a, 0x45, 0xdf, 0xa3], &ebml.concat());
    out.extend_from_slice(&[0x18, 0x53, 0x80, 0x67]); // Segment
    out.extend_from_slice(&[0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    out.extend(element(&[0x15, 0x49, 0xa9, 0x66], &info.concat()));
    out.extend(element(&[0x16, 0x54, 0xae, 0x6b], &element(&[0xae], &track.concat())));
    out
}

/// What stands before a picture of `length` bytes, shown `at` ms after the first.
pub fn cluster(at: u64, length: usize) -> Vec<u8> {
    let timestamp = uint(&[0xe7], at);
    // Track 1, at the cluster's own time, a picture that stands alone.
    let block = [0x81, 0, 0, 0x80];
    let mut head = vec![0xa3];
    head.extend(size_of(block.len() + length));
    head.extend_from_slice(&block);
    let mut out = vec![0x1f, 0x43, 0xb6, 0x75];
    out.extend(size_of(timestamp.len() + head.len() + length));
    out.extend(timestamp);
    out.extend(head);
    out
}

/// QuickTime's video sample description, 86 bytes.
fn description(size: Size) -> Vec<u8> {
    let mut out = vec![0; 86];
    out[3] = 86;
    out[4..8].copy_from_slice(b"tga ");
    out[15] = 1; // data reference
    out[32..34].copy_from_slice(&size.width.to_be_bytes());
    out[34..36].copy_from_slice(&size.height.to_be_bytes());
    out[36..40].copy_from_slice(&[0, 72, 0, 0]); // dots an inch
    out[40..44].copy_from_slice(&[0, 72, 0, 0]);
    out[49] = 1; // pictures a sample
    out[83] = 32; // bits a pixel
    out[84..86].copy_from_slice(&[0xff, 0xff]); // no palette
    out
}

fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    [id, &size_of(body.len()), body].concat()
}

fn uint(id: &[u8], value: u64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(7);
    element(id, &bytes[zeros..])
}

/// A size in eight bytes, the longest form: every body fits.
fn size_of(length: usize) -> [u8; 8] {
    ((1 << 56) | length as u64).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads one element: id, body (all that is left if unknown), rest.
    fn read(bytes: &[u8]) -> (u32, &[u8], &[u8]) {
        let n = bytes[0].leading_zeros() as usize + 1;
        let id = bytes[..n].iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
        let sized = &bytes[n..];
        let m = sized[0].leading_zeros() as usize + 1;
        let first = u64::from(sized[0]) & ((1 << (8 - m)) - 1);
        let length = sized[1..m].iter().fold(first, |len, byte| len << 8 | u64::from(*byte));
        let body = &sized[m..];
        if length == (1 << (7 * m)) - 1 {
            return (id, body, &[]);
        }
        let length = usize::try_from(length).expect("fits");
        (id, &body[..length], &body[length..])
    }

    #[test]
    fn head_names_size_and_codec() {
        let bytes = head(Size { width: 1280, height: 720 });
        let (id, _, rest) = read(&bytes);
        assert_eq!(id, 0x1a45_dfa3);
        let (id, segment, _) = read(rest);
        assert_eq!(id, 0x1853_8067);
        let (_, _, rest) = read(segment);
        let (id, tracks, rest) = read(rest);
        assert_eq!((id, rest.len()), (0x1654_ae6b, 0));
        assert!(tracks.windows(11).any(|w| w == b"V_QUICKTIME"));
        assert!(tracks.windows(4).any(|w| w == b"tga "));
        assert!(tracks.windows(2).any(|w| w == 1280u16.to_be_bytes()));
    }

    #[test]
    fn cluster_ends_where_its_picture_does() {
        let mut bytes = cluster(90_000, 3);
        bytes.extend_from_slice(b"tga");
        let (id, body, rest) = read(&bytes);
        assert_eq!((id, rest.len()), (0x1f43_b675, 0));
        let (id, time, rest) = read(body);
        assert_eq!((id, time), (0xe7, &[1, 0x5f, 0x90][..]));
        let (id, block, rest) = read(rest);
        assert_eq!((id, rest.len()), (0xa3, 0));
        assert_eq!(block, [0x81, 0, 0, 0x80, b't', b'g', b'a']);
    }
}
