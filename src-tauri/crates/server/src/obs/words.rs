//! What the light says, and the next step: sentences for the host.

use super::address::Address;
use super::client::Error;
use super::healing::Healing;
use super::item::Fault;
use super::judge::Verdict;
use surtitle_core::wire::{ObsInfo, ObsSource, ObsState};

/// Where the host sets the password and the port in OBS.
const WHERE: &str = "in OBS, open Tools, WebSocket Server Settings";

fn info(state: ObsState, detail: impl Into<String>, next: impl Into<String>) -> ObsInfo {
    let (detail, next) = (detail.into(), next.into());
    ObsInfo { state, source: None, scene: None, detail, next, heals: 0 }
}

/// Not set up.
pub fn off() -> ObsInfo {
    info(ObsState::Off, "", "Set OBS up on the page Connect.")
}

/// Trying for the first time.
pub fn connecting(address: &Address) -> ObsInfo {
    info(ObsState::Connecting, format!("Calling {address}."), "")
}

/// The connection could not be made, or is lost.
pub fn not_connected(error: &Error) -> ObsInfo {
    let (detail, next) = match error {
        Error::Unreachable(address) => (
            format!("OBS does not answer at {address}."),
            format!("Start OBS; {WHERE}, and enable the server. Surtitle keeps trying."),
        ),
        Error::Stranger(address) => (
            format!("Something answers at {address}, but not as OBS does."),
            "OBS 28 or newer is needed; check the port on the page Connect.".to_owned(),
        ),
        Error::NoPassword => (
            "OBS wants a password.".to_owned(),
            format!("To see it: {WHERE}, Show Connect Info. Give it on the page Connect."),
        ),
        Error::WrongPassword => (
            "OBS did not take the password.".to_owned(),
            format!("To see it: {WHERE}, Show Connect Info. Give it on the page Connect."),
        ),
        Error::Silent(_) => (
            "OBS runs but does not answer.".to_owned(),
            "If its window hangs too, end it and start it again. Surtitle keeps trying.".to_owned(),
        ),
        _ => (
            "OBS has closed the connection.".to_owned(),
            "Start OBS again if it was ended. Surtitle keeps trying.".to_owned(),
        ),
    };
    info(ObsState::NotConnected, detail, next)
}

/// OBS has no source of ours.
pub fn absent() -> ObsInfo {
    info(
        ObsState::Absent,
        "OBS is connected and has no Surtitle source.",
        "Press Put Surtitle into OBS.",
    )
}

/// The source is not in the picture that goes out.
pub fn hidden(scene: &str, fault: Fault) -> ObsInfo {
    let detail = match fault {
        Fault::Disabled => format!("Surtitle is switched off in the scene {scene}."),
        _ => format!("The scene on air, {scene}, does not show Surtitle."),
    };
    info(ObsState::Hidden, detail, "Press Put Surtitle into OBS, or change the scene.")
}

/// The source is in the picture; `verdict` says what its pixels are.
pub fn shown(verdict: Verdict, source: ObsSource, faults: &[Fault], healing: &Healing) -> ObsInfo {
    let tries = healing.tries();
    let state = match verdict {
        Verdict::Fresh => ObsState::OnAir,
        Verdict::Still | Verdict::Stuck | Verdict::Blank => ObsState::Frozen,
        // One that is being mended stays frozen until it is proved fresh.
        _ if tries > 0 => ObsState::Frozen,
        _ => ObsState::Checking,
    };
    let detail = match verdict {
        Verdict::Fresh => match faults.first() {
            Some(fault) => format!("But {}.", fault.words()),
            None => String::new(),
        },
        Verdict::Still => "The overlay in OBS stands still.".to_owned(),
        Verdict::Stuck => "The overlay runs, but OBS shows an old picture of it.".to_owned(),
        Verdict::Blank => "The overlay in OBS draws nothing.".to_owned(),
        Verdict::Cut => "The overlay in OBS has lost its line to Surtitle.".to_owned(),
        Verdict::Covered if source == ObsSource::Screen => {
            "A screen capture shows the whole screen; whether Surtitle is in it cannot be proved."
                .to_owned()
        }
        Verdict::Covered => "Something covers the lower left corner of the overlay.".to_owned(),
        Verdict::Checking => "Comparing pixels.".to_owned(),
    };
    let next = match (state, verdict) {
        (ObsState::OnAir, _) if faults.is_empty() => "",
        (ObsState::OnAir, _) => "Press Put Surtitle into OBS to repair it.",
        (ObsState::Frozen, _) if healing.gave_up() => {
            "Refreshing did not help. Press Refresh, or restart OBS."
        }
        (ObsState::Frozen, _) if tries > 0 => "Surtitle refreshes it.",
        (ObsState::Frozen, _) => "Press Refresh.",
        (_, Verdict::Cut) => "It comes back by itself.",
        _ => "",
    };
    ObsInfo { source: Some(source), heals: tries, ..info(state, detail, next) }
}
