//! Ink: the points of one stroke, quantised and packed into text.
//!
//! A point is x, y and pressure. x runs from 0 to [`WIDTH`] and y from 0 to
//! [`HEIGHT`] whatever the size of the screen; pressure from 0 to
//! [`PRESSURE`]. Each number is written as the difference to that of the point
//! before (the first to 0), zigzag, five bits a character, low bits first,
//! with the sixth bit set where more follows: the base64 VLQ of source maps.
//! A pen's point costs three to six bytes, and the ink of two pieces of a
//! stroke is the one text after the other.

use crate::{Code, Reject};

/// Units from the left edge of a page to the right.
pub const WIDTH: i32 = 16_000;
/// Units from the top of a page to the bottom.
pub const HEIGHT: i32 = 9_000;
/// Full pressure.
pub const PRESSURE: i32 = 255;
/// Most points in one stroke; a page ends the stroke there and begins another.
pub const POINTS: usize = 2_000;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// No difference inside the bounds needs more characters.
const DIGITS: u32 = 4;

/// x, y, pressure.
pub type Point = [i32; 3];

/// Checked ink that can grow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ink {
    packed: String,
    last: Point,
    count: usize,
}

impl Ink {
    /// Reads packed ink from its beginning.
    ///
    /// # Errors
    /// [`Code::BadInk`] as for [`Ink::extend`], and if there is no point in it.
    pub fn read(packed: &str) -> Result<Self, Reject> {
        let mut ink = Self::default();
        ink.extend(packed)?;
        if ink.count == 0 {
            return Err(bad("a stroke begins with a point"));
        }
        Ok(ink)
    }

    /// Appends a packed piece whose first difference is to the last point here;
    /// all of it or nothing.
    ///
    /// # Errors
    /// [`Code::BadInk`] if it is cut or has other characters, leaves the page,
    /// or would be longer than [`POINTS`].
    pub fn extend(&mut self, packed: &str) -> Result<(), Reject> {
        let (mut last, mut count) = (self.last, self.count);
        let mut bytes = packed.bytes().peekable();
        while bytes.peek().is_some() {
            for (value, most) in last.iter_mut().zip([WIDTH, HEIGHT, PRESSURE]) {
                *value += number(&mut bytes)?;
                if !(0..=most).contains(value) {
                    return Err(bad("a point lies outside the page"));
                }
            }
            count += 1;
            if count > POINTS {
                return Err(bad("the stroke has too many points; end it and begin another"));
            }
        }
        self.packed.push_str(packed);
        (self.last, self.count) = (last, count);
        Ok(())
    }

    /// The first and the last point alone: what a line, an arrow, a rectangle
    /// or an ellipse is.
    pub fn ends(&self) -> Self {
        let first = self.points().next().unwrap_or(self.last);
        pack(&[first, self.last])
    }

    /// The points, in order.
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        let mut bytes = self.packed.bytes();
        let mut last = Point::default();
        (0..self.count).map(move |_| {
            for value in &mut last {
                *value += number(&mut bytes).unwrap_or(0);
            }
            last
        })
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The text.
    pub fn packed(&self) -> &str {
        &self.packed
    }

    /// The text, for keeps.
    pub fn into_packed(self) -> String {
        self.packed
    }
}

/// Packs points; those outside the page are moved to its edge.
pub fn pack(points: &[Point]) -> Ink {
    let mut ink = Ink::default();
    for point in points.iter().take(POINTS) {
        for ((value, last), most) in point.iter().zip(&mut ink.last).zip([WIDTH, HEIGHT, PRESSURE])
        {
            let value = (*value).clamp(0, most);
            put(&mut ink.packed, value - *last);
            *last = value;
        }
        ink.count += 1;
    }
    ink
}

fn put(out: &mut String, value: i32) {
    let mut left = value.unsigned_abs() << 1 | u32::from(value < 0);
    loop {
        let digit = left & 31;
        left >>= 5;
        let more = if left > 0 { 32 } else { 0 };
        out.push(char::from(ALPHABET[(digit | more) as usize]));
        if left == 0 {
            return;
        }
    }
}

fn number(bytes: &mut impl Iterator<Item = u8>) -> Result<i32, Reject> {
    let mut value = 0u32;
    for place in 0..DIGITS {
        let byte = bytes.next().ok_or_else(|| bad("the ink ends inside a point"))?;
        let digit =
            sextet(byte).ok_or_else(|| bad("the ink has a character that is not base64"))?;
        value |= (digit & 31) << (5 * place);
        if digit & 32 == 0 {
            let size = i32::try_from(value >> 1).unwrap_or(i32::MAX);
            return Ok(if value & 1 == 1 { -size } else { size });
        }
    }
    Err(bad("a number in the ink is too long"))
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

fn bad(what: &str) -> Reject {
    Reject::new(Code::BadInk, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_points_read_back() {
        let points = [[0, 0, 0], [16_000, 9_000, 255], [15_999, 8_000, 128], [15_999, 8_000, 128]];
        let ink = pack(&points);
        assert_eq!(ink.points().collect::<Vec<_>>(), points);
        assert_eq!(Ink::read(ink.packed()), Ok(ink));
    }

    #[test]
    fn pieces_after_each_other_are_the_whole() {
        let whole = pack(&[[10, 10, 9], [20, 5, 9], [21, 6, 9]]);
        let first = pack(&[[10, 10, 9]]);
        let rest = &whole.packed()[first.packed().len()..];
        let mut ink = first;
        assert_eq!(ink.extend(rest), Ok(()));
        assert_eq!(ink, whole);
    }

    #[test]
    fn what_is_no_ink_is_refused_and_changes_nothing() {
        let mut ink = pack(&[[10, 10, 9]]);
        let before = ink.clone();
        let beyond = "gggggg";
        let outside = "VVV";
        for bad in ["A", "AA", "A A", "é", beyond, outside, &"AAA".repeat(POINTS)] {
            assert_eq!(ink.extend(bad).map_err(|r| r.code), Err(Code::BadInk), "{bad:.9}");
            assert_eq!(ink, before);
        }
        assert_eq!(Ink::read("").map_err(|r| r.code), Err(Code::BadInk));
    }
}
