//! What a room's filter makes of a message before anybody else hears of it.

use super::speech::Speech;
use serde_json::Value;
use surtitle_core::filter::{Filter, Verdict};
use surtitle_core::room::{Checked, Origin};
use surtitle_core::wire::Body;
use surtitle_core::{Code, EventKind, Reject, Role};
use surtitle_tim::body::{self, Element};

/// What is to become of a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sifted {
    /// It goes on, perhaps in other words.
    On,
    /// It is taken and shown to nobody.
    Hidden,
}

/// Whether the filter has a say: not over staff, and not over the back end.
pub(super) fn is_sifted(from: &Origin, checked: &Checked) -> bool {
    matches!(from, Origin::Conn(_) | Origin::App(_)) && checked.sender.role < Role::Helper
}

/// Judges `speech`, and puts asterisks into it where the rules say so.
///
/// # Errors
/// [`Code::Filtered`] names the rule's kind, never the word.
pub(super) fn sift(
    filter: &Filter,
    kind: &EventKind,
    speech: &mut Speech,
) -> Result<Sifted, Reject> {
    let EventKind::Comment { text, .. } = kind else { return Ok(Sifted::On) };
    match filter.judge(text) {
        Verdict::Pass => Ok(Sifted::On),
        Verdict::Hide { .. } => Ok(Sifted::Hidden),
        Verdict::Refuse { rule } => Err(refusal(&rule)),
        Verdict::Mask { text, .. } => Ok(mask(filter, text, speech)),
    }
}

/// Says no without saying the word again.
fn refusal(rule: &str) -> Reject {
    let message = match rule.split(':').next() {
        Some("link") => "links are not allowed here; say it without one",
        _ => "it holds words that are not allowed here; say it in others",
    };
    Reject::new(Code::Filtered, message)
}

/// Elements other than text cannot be said in other words: they are hidden.
fn mask(filter: &Filter, text: String, speech: &mut Speech) -> Sifted {
    if let Some(spoken) = &mut speech.spoken {
        let is_text = |element: &Element| matches!(element, Element::Text(_));
        let elements = body::read(&spoken.body, "").unwrap_or_default();
        let Ok(mut wire) = serde_json::from_str::<Value>(spoken.body.get()) else {
            return Sifted::Hidden;
        };
        if !elements.iter().all(is_text) {
            return Sifted::Hidden;
        }
        for element in wire.as_array_mut().into_iter().flatten() {
            let said = element.pointer_mut("/MsgContent/Text");
            if let Some(Value::String(said)) = said
                && let Verdict::Mask { text, .. } = filter.judge(said)
            {
                *said = text;
            }
        }
        let Ok(body) = serde_json::value::to_raw_value(&wire) else { return Sifted::Hidden };
        spoken.body = body;
    }
    speech.meaning.body = Body::Comment { text };
    Sifted::On
}
