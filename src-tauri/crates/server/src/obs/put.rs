//! "Put Surtitle into OBS": makes the source or repairs it. Doing it again
//! changes nothing that is right, and nothing that is not ours.

use super::client::{Ask, Error};
use super::item::{self, Canvas, Fault, fill};
use super::plan;
use serde_json::{Value, json};
use std::time::Duration;
use surtitle_core::wire::ObsSource;

/// How often a new source is looked for after OBS said it has made it.
const LOOKS: u32 = 20;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The source as it must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Want {
    /// What it is called in OBS.
    pub name: String,
    /// How the overlay gets in.
    pub source: ObsSource,
    /// OBS's word for it, without a version.
    pub kind: String,
    /// Settings that matter; others are the host's.
    pub settings: Value,
    /// What it must fill.
    pub canvas: Canvas,
}

/// Makes or repairs the source in `scene`; what was done, in words, nothing if all was right.
///
/// # Errors
/// [`Error`]; what was done before it stays done.
pub async fn put(obs: &mut impl Ask, scene: &str, want: &Want) -> Result<Vec<&'static str>, Error> {
    let mut done = Vec::new();
    match settings(obs, &want.name).await? {
        Some((kind, _)) if plan::source_of(&kind).is_none() => {
            return Err(Error::Unfit(format!(
                "OBS has another source called {:?}; rename it, then press again",
                want.name
            )));
        }
        Some((kind, _)) if kind != want.kind => {
            // A name is free only when OBS has let go of its source, which takes a while.
            let old = format!("{} (old)", want.name);
            obs.ask("SetInputName", json!({ "inputName": want.name, "newInputName": old })).await?;
            obs.ask("RemoveInput", json!({ "inputName": old })).await?;
            create(obs, scene, want).await?;
            done.push("replaced a source of another kind");
        }
        Some((_, now)) => {
            if differs(&now, &want.settings) {
                let new = json!({ "inputName": want.name, "inputSettings": want.settings });
                obs.ask("SetInputSettings", new).await?;
                done.push(Fault::Settings.repaired());
            }
        }
        None => {
            create(obs, scene, want).await?;
            done.push("made the source");
        }
    }
    let found = match item::find(obs, scene, &want.name).await? {
        Some(item) => item,
        None => {
            let new = json!({ "sceneName": scene, "sourceName": want.name });
            obs.ask("CreateSceneItem", new).await?;
            if done.is_empty() {
                done.push(Fault::Missing.repaired());
            }
            look(obs, scene, &want.name).await?
        }
    };
    let fresh = done.iter().any(|done| *done != Fault::Settings.repaired());
    let place = |rest: Value| {
        let mut data = json!({ "sceneName": scene, "sceneItemId": found.id });
        if let (Some(data), Some(rest)) = (data.as_object_mut(), rest.as_object()) {
            data.extend(rest.clone());
        }
        data
    };
    if found.locked {
        obs.ask("SetSceneItemLocked", place(json!({ "sceneItemLocked": false }))).await?;
        done.push("unlocked it");
    }
    for fault in found.faults(want.canvas) {
        let (request, rest) = match fault {
            Fault::Disabled => ("SetSceneItemEnabled", json!({ "sceneItemEnabled": true })),
            Fault::Misplaced => {
                ("SetSceneItemTransform", json!({ "sceneItemTransform": fill(want.canvas) }))
            }
            Fault::Covered => {
                let list = obs.ask("GetSceneItemList", json!({ "sceneName": scene })).await?;
                let top = list["sceneItems"].as_array().map_or(0, |all| all.len().max(1) - 1);
                ("SetSceneItemIndex", json!({ "sceneItemIndex": top }))
            }
            Fault::Blended => {
                ("SetSceneItemBlendMode", json!({ "sceneItemBlendMode": "OBS_BLEND_NORMAL" }))
            }
            Fault::Missing | Fault::Settings => continue,
        };
        obs.ask(request, place(rest)).await?;
        // A new source is not repaired, it is made right.
        if !fresh {
            done.push(fault.repaired());
        }
    }
    Ok(done)
}

/// The kind and the settings in force of a source; `None` if there is none.
///
/// # Errors
/// [`Error`].
pub async fn settings(obs: &mut impl Ask, name: &str) -> Result<Option<(String, Value)>, Error> {
    let given = match obs.ask("GetInputSettings", json!({ "inputName": name })).await {
        Ok(given) => given,
        Err(error) if error.is_not_found() => return Ok(None),
        Err(error) => return Err(error),
    };
    let versioned = given["inputKind"].as_str().unwrap_or_default();
    let asked = json!({ "inputKind": versioned });
    let mut all = obs.ask("GetInputDefaultSettings", asked).await?["defaultInputSettings"].take();
    if let (Some(all), Some(given)) = (all.as_object_mut(), given["inputSettings"].as_object()) {
        all.extend(given.clone());
    }
    Ok(Some((unversioned(versioned).to_owned(), all)))
}

/// `color_source_v3` is a `color_source`.
fn unversioned(kind: &str) -> &str {
    match kind.rsplit_once("_v") {
        Some((bare, version)) if version.bytes().all(|b| b.is_ascii_digit()) => bare,
        _ => kind,
    }
}

/// Whether a setting that matters is another than wanted.
pub fn differs(now: &Value, wanted: &Value) -> bool {
    wanted.as_object().is_some_and(|keys| keys.iter().any(|(key, value)| now[key] != *value))
}

async fn create(obs: &mut impl Ask, scene: &str, want: &Want) -> Result<(), Error> {
    let kind = versioned(obs, &want.kind).await?;
    let new = json!({
        "sceneName": scene, "inputName": want.name, "inputKind": kind,
        "inputSettings": want.settings, "sceneItemEnabled": true,
    });
    obs.ask("CreateInput", new).await?;
    look(obs, scene, &want.name).await.map(drop)
}

/// The newest version this OBS has of a kind.
async fn versioned(obs: &mut impl Ask, kind: &str) -> Result<String, Error> {
    let all = kinds(obs, false).await?;
    let newest = all.into_iter().filter(|k| unversioned(k) == kind).max();
    Ok(newest.unwrap_or_else(|| kind.to_owned()))
}

/// The kinds of source this OBS can make.
///
/// # Errors
/// [`Error`].
pub async fn kinds(obs: &mut impl Ask, unversioned: bool) -> Result<Vec<String>, Error> {
    let list = obs.ask("GetInputKindList", json!({ "unversioned": unversioned })).await?;
    let kinds = list["inputKinds"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(kinds.iter().filter_map(|kind| kind.as_str().map(str::to_owned)).collect())
}

/// The item, once the scene has it.
async fn look(obs: &mut impl Ask, scene: &str, name: &str) -> Result<item::Item, Error> {
    for _ in 0..LOOKS {
        if let Some(item) = item::find(obs, scene, name).await? {
            return Ok(item);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    let why = format!("OBS made {name:?} but does not show it in {scene:?}; try again");
    Err(Error::Unfit(why))
}
