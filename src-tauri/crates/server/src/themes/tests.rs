//! Themes of the host's own, on a store in memory.

use super::*;
use std::sync::Arc;
use surtitle_core::Motion;
use surtitle_store::Memory;

fn own(name: &str) -> Own {
    Own {
        name: name.to_owned(),
        base: "glass".to_owned(),
        motion: Motion::Glide,
        values: BTreeMap::from([("accent".to_owned(), "#ff0000".to_owned())]),
        template: BTreeMap::new(),
        css: ".feed-nick { letter-spacing: 0.02em }".to_owned(),
        fonts: Vec::new(),
    }
}

async fn open() -> (Arc<dyn Store>, Themes) {
    let store: Arc<dyn Store> = Arc::new(Memory::default());
    let themes = Themes::open(Arc::clone(&store)).await.expect("opens");
    (store, themes)
}

fn text(themes: &Themes, id: &str) -> String {
    let dressed = themes.get(id).expect("is there");
    String::from_utf8(dressed.sheet.text.to_vec()).expect("CSS is text")
}

#[tokio::test]
async fn a_theme_of_the_hosts_own_is_its_base_with_other_values_and_css_last() {
    let (store, themes) = open().await;
    let id = themes.create(own("My Night")).await.expect("a good theme");
    assert_eq!(id, "my-night");
    let css = text(&themes, &id);
    assert!(css.contains("--accent:#ff0000;"), "{css}");
    assert!(css.ends_with(".feed-nick { letter-spacing: 0.02em }"));
    assert!(css.contains("@font-face"), "the base's fonts");

    let again = Themes::open(store).await.expect("opens");
    assert_eq!(again.find(&id), themes.find(&id), "after a restart");
}

#[tokio::test]
async fn a_change_has_another_address_and_a_deleted_theme_is_the_default() {
    let (_, themes) = open().await;
    let id = themes.create(own("Mine")).await.expect("a good theme");
    let before = themes.find(&id);
    let changed = Own { values: BTreeMap::new(), ..own("Mine") };
    themes.change(&id, changed).await.expect("a good change");
    assert_ne!(themes.find(&id).css, before.css);
    themes.delete(&id).await.expect("is there");
    assert_eq!(themes.find(&id).id, DEFAULT_THEME);
    assert!(themes.delete(&id).await.is_err(), "is gone");
}

#[tokio::test]
async fn two_of_one_name_are_two_and_shipped_ones_stay_as_they_are() {
    let (_, themes) = open().await;
    assert_eq!(themes.create(own("Glass")).await.as_deref(), Ok("glass-2"));
    assert_eq!(themes.create(own("Glass")).await.as_deref(), Ok("glass-3"));
    assert_eq!(themes.create(own("星空")).await.as_deref(), Ok("theme"));
    assert!(themes.change("glass", own("Glass")).await.is_err());
    assert!(themes.delete("glass").await.is_err());
}

#[tokio::test]
async fn what_is_no_theme_is_refused_and_nothing_is_kept() {
    let (store, themes) = open().await;
    let value = |name: &str, value: &str| BTreeMap::from([(name.to_owned(), value.to_owned())]);
    for bad in [
        Own { name: String::new(), ..own("x") },
        Own { name: "a\u{7}".into(), ..own("x") },
        Own { base: "../glass".into(), ..own("x") },
        Own { css: "@import 'x.css';".into(), ..own("x") },
        Own { values: value("nothing", "1"), ..own("x") },
        Own { values: value("accent", "url(x)"), ..own("x") },
        Own { template: BTreeMap::from([("gift".into(), vec!["script".into()])]), ..own("x") },
        Own { fonts: vec![Uploaded { family: "A".into(), key: "0".repeat(24) }], ..own("x") },
    ] {
        assert!(themes.create(bad.clone()).await.is_err(), "{bad:?}");
    }
    assert!(store.list_documents(own::KIND).await.expect("lists").is_empty());
}

#[tokio::test]
async fn fonts_no_theme_uses_make_room_and_others_stay() {
    let (_, themes) = open().await;
    let font = |n: usize| {
        let mut bytes = fonts::tests::font();
        bytes[49] = u8::try_from(n).expect("few");
        bytes
    };
    let kept = themes.add_font("First", &font(0)).await.expect("a font");
    let with_font = Own { fonts: vec![kept.clone()], ..own("With font") };
    let id = themes.create(with_font).await.expect("its font is here");
    assert!(text(&themes, &id).contains(&format!("/themes/fonts/own/{}", kept.key)));
    for n in 1..=2 * fonts::FONTS {
        themes.add_font("Other", &font(n)).await.expect("idle ones make room");
    }
    assert!(themes.font_file(&kept.key).await.expect("reads").is_some());
    assert!(themes.fonts.lock().await.len() <= fonts::FONTS);
}

#[tokio::test]
async fn a_file_holds_the_whole_theme() {
    let (_, themes) = open().await;
    let bytes = fonts::tests::font();
    let font = themes.add_font("Mine", &bytes).await.expect("a font");
    let theme = Own { fonts: vec![font.clone()], ..own("To go") };
    let files = BTreeMap::from([(font.key.clone(), fonts::packed(&bytes))]);
    let file = serde_json::to_vec(&portable::Portable::pack(&theme, &files)).expect("serialises");
    let (read, unpacked) = portable::Portable::read(&file).expect("our own file");
    assert_eq!(read, theme);
    assert_eq!(unpacked, vec![(font, bytes)]);
    for bad in [&file[..file.len() - 1], b"{}", b"[]", b"\xff", br#"{"surtitle_theme":2}"#] {
        assert!(portable::Portable::read(bad).is_err());
    }
}
