//! Templates: parts of cards, in order. Names only, never markup.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Parts of cards, in order, by slot.
pub type Template = BTreeMap<String, Vec<String>>;

/// Every slot with the parts that may stand in it; the pages read the same file.
static SLOTS: LazyLock<Template> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../../ui/src/themes/slots.json"))
        .expect("slots.json is part of the program and checked by its tests")
});

/// Every slot with the parts that may stand in it.
pub fn slots() -> &'static Template {
    &SLOTS
}

/// Checks a template.
///
/// # Errors
/// The slot or part that is not there, or is there twice.
pub fn check(template: &Template) -> Result<(), String> {
    for (slot, parts) in template {
        let known = slots().get(slot).ok_or_else(|| format!("there is no slot {slot:?}"))?;
        for (i, part) in parts.iter().enumerate() {
            if !known.contains(part) {
                return Err(format!("slot {slot:?} has no part {part:?}"));
            }
            if parts[..i].contains(part) {
                return Err(format!("slot {slot:?} names {part:?} twice"));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(slot: &str, parts: &[&str]) -> Template {
        BTreeMap::from([(slot.to_owned(), parts.iter().map(|&part| part.to_owned()).collect())])
    }

    #[test]
    fn a_template_names_parts_that_are_there_once_each() {
        assert_eq!(check(&template("gift", &["icon", "words"])), Ok(()));
        assert!(check(&template("gift", &["icon", "icon"])).is_err());
        assert!(check(&template("gift", &["<b>"])).is_err());
        assert!(check(&template("script", &[])).is_err());
    }

    #[test]
    fn every_shipped_template_is_a_good_one() {
        for described in super::super::shipped::shipped() {
            assert_eq!(check(&described.template), Ok(()), "{}", described.id);
        }
    }
}
