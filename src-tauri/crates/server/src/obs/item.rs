//! Our source as a scene holds it, and what is wrong with it there.

use super::client::{Ask, Error};
use serde_json::{Value, json};

/// The canvas of OBS, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canvas {
    /// 1 at least.
    pub width: u32,
    /// 1 at least.
    pub height: u32,
}

/// What a scene says of our source.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its number in this scene.
    pub id: i64,
    /// Switched on.
    pub enabled: bool,
    /// Whether it can be moved by hand.
    pub locked: bool,
    /// Nothing of the scene lies over it.
    pub on_top: bool,
    /// Blended as usual.
    pub normal: bool,
    /// Place and size in the scene.
    pub transform: Value,
    /// What the source itself draws, in pixels; 0 × 0 while it draws nothing.
    pub source: (u32, u32),
}

/// Something about an item that keeps the overlay from the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The scene does not have it.
    Missing,
    /// Its eye is shut.
    Disabled,
    /// It does not fill the canvas exactly.
    Misplaced,
    /// Other sources lie over it.
    Covered,
    /// It is blended in another way than it must be.
    Blended,
    /// It opens another address, or has another size.
    Settings,
}

impl Fault {
    /// What is so.
    pub fn words(self) -> &'static str {
        match self {
            Self::Missing => "the scene does not have it",
            Self::Disabled => "it is switched off in the scene",
            Self::Misplaced => "it does not fill the picture",
            Self::Covered => "other sources lie over it",
            Self::Blended => "its blending mode is changed",
            Self::Settings => "its address or size is changed",
        }
    }

    /// What was done about it.
    pub fn repaired(self) -> &'static str {
        match self {
            Self::Missing => "added it to the scene",
            Self::Disabled => "switched it on",
            Self::Misplaced => "made it fill the picture",
            Self::Covered => "moved it to the top",
            Self::Blended => "reset its blending mode",
            Self::Settings => "set its address and size",
        }
    }
}

impl Item {
    /// Everything wrong with its place on `canvas`.
    pub fn faults(&self, canvas: Canvas) -> Vec<Fault> {
        let wanted = fill(canvas);
        let differs = |key: &String| {
            match (self.transform[key].as_f64(), wanted[key].as_f64()) {
                // OBS keeps these as 32-bit floats.
                (Some(is), Some(must)) => (is - must).abs() > 0.01,
                _ => self.transform[key] != wanted[key],
            }
        };
        let misplaced = wanted.as_object().is_some_and(|keys| keys.keys().any(differs));
        [
            (!self.enabled, Fault::Disabled),
            (misplaced, Fault::Misplaced),
            (!self.on_top, Fault::Covered),
            (!self.normal, Fault::Blended),
        ]
        .into_iter()
        .filter_map(|(is, fault)| is.then_some(fault))
        .collect()
    }
}

/// A transform that stretches any source over the whole canvas.
pub fn fill(canvas: Canvas) -> Value {
    json!({
        "positionX": 0.0, "positionY": 0.0, "rotation": 0.0, "alignment": 5,
        "boundsType": "OBS_BOUNDS_STRETCH", "boundsAlignment": 0,
        "boundsWidth": f64::from(canvas.width), "boundsHeight": f64::from(canvas.height),
        "cropLeft": 0, "cropRight": 0, "cropTop": 0, "cropBottom": 0,
    })
}

/// The canvas of this OBS.
///
/// # Errors
/// [`Error`].
pub async fn canvas(obs: &mut impl Ask) -> Result<Canvas, Error> {
    let video = obs.ask("GetVideoSettings", Value::Null).await?;
    let side = |key: &str| {
        let pixels = video[key].as_u64().unwrap_or_default();
        u32::try_from(pixels.clamp(1, 16_384)).unwrap_or(1)
    };
    Ok(Canvas { width: side("baseWidth"), height: side("baseHeight") })
}

/// The scene that goes out.
///
/// # Errors
/// [`Error`].
pub async fn program_scene(obs: &mut impl Ask) -> Result<String, Error> {
    let current = obs.ask("GetCurrentProgramScene", Value::Null).await?;
    Ok(current["currentProgramSceneName"].as_str().unwrap_or_default().to_owned())
}

/// What `scene` says of the source called `name`; the first, if it has several.
///
/// # Errors
/// [`Error`].
pub async fn find(obs: &mut impl Ask, scene: &str, name: &str) -> Result<Option<Item>, Error> {
    let list = obs.ask("GetSceneItemList", json!({ "sceneName": scene })).await?;
    let items = list["sceneItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let top = items.iter().filter_map(|item| item["sceneItemIndex"].as_i64()).max();
    let ours = items.iter().find(|item| item["sourceName"] == name);
    Ok(ours.map(|item| {
        let transform = &item["sceneItemTransform"];
        // OBS writes sizes as floats; they are whole.
        let pixels = |key: &str| {
            let side = transform[key].as_f64().unwrap_or_default().clamp(0.0, 16_384.0);
            side as u32
        };
        Item {
            id: item["sceneItemId"].as_i64().unwrap_or_default(),
            enabled: item["sceneItemEnabled"] == true,
            locked: item["sceneItemLocked"] == true,
            on_top: item["sceneItemIndex"].as_i64() == top,
            normal: item["sceneItemBlendMode"] == "OBS_BLEND_NORMAL",
            source: (pixels("sourceWidth"), pixels("sourceHeight")),
            transform: transform.clone(),
        }
    }))
}
