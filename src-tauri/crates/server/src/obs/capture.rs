//! Aims a window capture at the desktop overlay, and takes it back if OBS gets
//! no picture of it: which systems can is found out, not assumed.

use super::client::{Ask, Error};
use super::item;
use super::plan::{WINDOW_TITLE, WINDOWS};
use super::put::Want;
use serde_json::json;
use std::time::Duration;

/// How often a picture is looked for, and how long between two looks.
const LOOKS: u32 = 30;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Aims the source that was just put into `scene`; `made` if it was made for this.
///
/// # Errors
/// [`Error::Unfit`] says why there is no picture. A source that was made is gone then.
pub async fn aim(obs: &mut impl Ask, scene: &str, want: &Want, made: bool) -> Result<(), Error> {
    let aimed = aim_or_say(obs, scene, want).await;
    if matches!(aimed, Err(Error::Unfit(_))) && made {
        obs.ask("RemoveInput", json!({ "inputName": want.name })).await?;
    }
    aimed
}

async fn aim_or_say(obs: &mut impl Ask, scene: &str, want: &Want) -> Result<(), Error> {
    let unfit = |why: &str| Err(Error::Unfit(why.to_owned()));
    let Some((_, property)) = WINDOWS.iter().find(|(kind, _)| *kind == want.kind) else {
        return unfit("this kind of capture is not known");
    };
    let asked = json!({ "inputName": want.name, "propertyName": property });
    let list = obs.ask("GetInputPropertiesListPropertyItems", asked).await?;
    let windows = list["propertyItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    let ours = windows
        .iter()
        .find(|window| window["itemName"].as_str().is_some_and(|name| name.contains(WINDOW_TITLE)));
    let Some(window) = ours else {
        return unfit("OBS sees no overlay window; open Surtitle's desktop program on this screen");
    };
    let aimed = json!({ *property: window["itemValue"], "exclude_alpha": false });
    obs.ask("SetInputSettings", json!({ "inputName": want.name, "inputSettings": aimed })).await?;
    for _ in 0..LOOKS {
        let item = item::find(obs, scene, &want.name).await?;
        if item.is_some_and(|item| item.source.0 > 0 && item.source.1 > 0) {
            return Ok(());
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    unfit("OBS finds the overlay window but gets no picture of it here; choose another way in")
}
