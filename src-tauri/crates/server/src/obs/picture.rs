//! A small picture taken by OBS, as pixels.

use super::client::{Ask, Client, Error};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Pixels, row by row from the top left; what has no alpha is opaque.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Pixels of a row; never 0.
    pub width: usize,
    /// Rows; never 0.
    pub height: usize,
    /// Red, green, blue, alpha.
    pub pixels: Vec<[u8; 4]>,
}

impl Picture {
    /// Has OBS draw a source or scene, `width` × `height` pixels; `None` if what comes is no picture.
    pub async fn shoot(
        client: &mut Client,
        name: &str,
        (width, height): (usize, usize),
    ) -> Result<Option<Self>, Error> {
        let asked = json!({
            "sourceName": name, "imageFormat": "png", "imageWidth": width, "imageHeight": height,
        });
        Ok(Self::of_answer(&client.ask("GetSourceScreenshot", asked).await?))
    }

    /// What OBS answers to `GetSourceScreenshot`; `None` if that is no picture.
    fn of_answer(answer: &Value) -> Option<Self> {
        let (_, data) = answer["imageData"].as_str()?.split_once(',')?;
        let png = STANDARD.decode(data).ok()?;
        Self::decode(&png).inspect_err(|error| tracing::debug!("obs: no picture: {error}")).ok()
    }

    /// Reads a PNG.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn decode(png: &[u8]) -> Result<Self, png::DecodingError> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(
            png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
        );
        decoder.set_limits(png::Limits { bytes: 16 << 20 });
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let frame = reader.next_frame(&mut bytes)?;
        bytes.truncate(frame.buffer_size());
        let pixels = match frame.color_type {
            png::ColorType::GrayscaleAlpha => {
                bytes.as_chunks::<2>().0.iter().map(|[c, a]| [*c, *c, *c, *a]).collect()
            }
            // Everything else was made this.
            _ => bytes.as_chunks::<4>().0.to_vec(),
        };
        Ok(Self { width: frame.width as usize, height: frame.height as usize, pixels })
    }
}
