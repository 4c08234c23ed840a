//! Signatures of the vendor's own libraries are accepted, changed ones never.

mod changed;

use base64::{Engine, engine::general_purpose::STANDARD};
use changed::{
    APP, HOST, KEY, Numbers, at_the_block_limit, bombs, claims, closed, document, documents, good,
    texts,
};
use serde_json::{Value, json};
use std::collections::HashMap;
use surtitle_tim::usersig::{Claims, Expected, JSON_LIMIT, Reject, TEXT_LIMIT, sign, verify};

/// What a signature says, by a reader of our own.
fn opened(usersig: &str) -> Value {
    serde_json::from_slice(&document(usersig).expect("is a signature")).expect("is JSON")
}

/// Why [`HOST`] must refuse a document, by a reader of our own; `None` if it
/// says what `good` says.
fn owed(bytes: &[u8], good: &Value) -> Option<Reject> {
    let Ok(Value::Object(found)) = serde_json::from_slice(bytes) else {
        return Some(Reject::Version);
    };
    let text = |name| found.get(name).and_then(Value::as_str);
    let number = |name| found.get(name).and_then(Value::as_u64);
    let user = text("TLS.identifier").filter(|user| !user.contains(char::is_control));
    let app = number("TLS.sdkappid").and_then(|app| u32::try_from(app).ok());
    let userbuf = found.get("TLS.userbuf").is_none_or(|buf| buf.is_string() || buf.is_null());
    let (Some("2.0"), Some(user), Some(app), Some(_), Some(_), Some(_), true) = (
        text("TLS.ver"),
        user,
        app,
        number("TLS.time"),
        number("TLS.expire"),
        text("TLS.sig"),
        userbuf,
    ) else {
        return Some(Reject::Version);
    };
    if app != APP {
        Some(Reject::App)
    } else if user != HOST.user {
        Some(Reject::User)
    } else {
        let members = good.as_object().expect("is one");
        let same = members.iter().all(|(name, value)| found.get(name) == Some(value));
        (!same).then_some(Reject::Key)
    }
}

#[test]
fn signature_has_the_known_hmac() {
    let plain = opened(&sign(KEY, &claims()));
    assert_eq!(plain["TLS.sig"], "Tcnmxsa8iL0J0CPzp9SWZmFVyxEWGZx9SlreHR5TB+s=");
    assert_eq!(plain["TLS.ver"], "2.0");
    assert_eq!(plain["TLS.identifier"], "host-1");
    assert_eq!(plain["TLS.sdkappid"], APP);
    assert_eq!(plain["TLS.time"], 1_700_000_000);
    assert_eq!(plain["TLS.expire"], 86_400);
    assert!(plain.get("TLS.userbuf").is_none());

    let with = opened(&sign(KEY, &Claims { userbuf: Some(b"abc".to_vec()), ..claims() }));
    assert_eq!(with["TLS.userbuf"], "YWJj");
    assert_eq!(with["TLS.sig"], "75P2G2aWuBdBYNZCy7CcqTechiViiTrVvtyjxD0SHAU=");
}

/// Made by `tls-sig-api-v2` 1.0.2 for Node.js, at second 1,700,000,000.
#[test]
fn signature_of_the_vendors_node_library_is_accepted() {
    let alice = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwok5mcmpUInilOzEgoLMFCUrQxMDCDCEyJRk5\
                 qYqWRmaQ0UNIKKpFQWZRalKVhZmJjCh4sx0JSul9HJ9Mz8Po-QoF28-s6BwV6OcLIO80sxs54LiTG2\
                 D8CxXr-A0szBts7QoE1ulWgB1JC-J";
    let expected = Expected { user: "alice", ..HOST };
    let found = verify("test-secret-key", alice, &expected).expect("verifies");
    assert_eq!(found, Claims { user: "alice".into(), ..claims() });
    assert_eq!(opened(&sign("test-secret-key", &found)), opened(alice));

    let with_userbuf = "eJw1jcsKglAURf-lTCu9pmhdcHASEqwQSSOHmle7miU*Uoz*PfKxJ5u91mB-wD2ehTcrgcJ\
                        aILAcNo-Ys*YxH-D9VdUraTJVlAVFwSOgkkLGSKOpec6AStpEyUhZV-CSAd2oyoyaipVhEwMF\
                        RDQDc9tHBuk82bLRQbS63ePiHfAfsR1Kn795AhT8PhWz0F1o*xshtdL6jnLyrnkuimmmxl5ut\
                        Ils*zKqSHT4-gATIECL";
    let found = verify(KEY, with_userbuf, &HOST).expect("verifies");
    let userbuf = found.userbuf.expect("has one");
    assert_eq!(&userbuf[3..9], b"host-1");
}

/// Made by `tls-sig-api-v2` 1.1 for Python: other order, and spaces.
#[test]
fn signature_of_the_vendors_python_library_is_accepted() {
    let host = "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkMvKLS3QNYXLFKdmJBQWZKUAZQxMDCDCEyqVWF\
                GQWpQJlLMyAUlDBksxckJChOVQxTLw4Mx1kekhyXm5FcaJFpo*Bl4FzQFWBZXB4VK5bWGWFa7h7VIVlcE\
                5RqkeQaYiTdrGtUi0AJMMyYw__";
    assert_eq!(verify(KEY, host, &HOST), Ok(claims()));
}

#[test]
fn any_user_buffer_and_name_come_back() {
    for user in ["a", "user@x.y", "演员-1", "\"quoted\\\"", &"x".repeat(32)] {
        for userbuf in [None, Some(Vec::new()), Some((0..=255).collect())] {
            let claims = Claims { user: user.into(), userbuf, ..claims() };
            let usersig = sign(KEY, &claims);
            assert!(usersig.bytes().all(|b| b.is_ascii_alphanumeric() || b"*-_".contains(&b)));
            assert_eq!(verify(KEY, &usersig, &Expected { user, ..HOST }), Ok(claims));
        }
    }
}

#[test]
fn each_reason_has_its_code() {
    let good = sign(KEY, &claims());
    let code = |key, usersig: &str, expected| {
        verify(key, usersig, &expected).expect_err("is refused").code()
    };
    assert_eq!(code(KEY, "", HOST), 70002);
    assert_eq!(code(KEY, "not base64!", HOST), 70003);
    assert_eq!(code(KEY, "QUJD", HOST), 70003);
    assert_eq!(code(KEY, &good[..good.len() - 4], HOST), 70003);
    assert_eq!(code(KEY, &closed(b"[]"), HOST), 70005);
    assert_eq!(code(&KEY[1..], &good, HOST), 70009);
    assert_eq!(code(KEY, &good, Expected { user: "host-2", ..HOST }), 70013);
    assert_eq!(code(KEY, &good, Expected { app: APP + 1, ..HOST }), 70014);
    assert_eq!(code("", &good, HOST), 70016);
}

#[test]
fn life_ends_at_its_last_second() {
    let usersig = sign(KEY, &claims());
    let at = |now| verify(KEY, &usersig, &Expected { now, ..HOST });
    assert!(at(1_700_086_399).is_ok());
    assert_eq!(at(1_700_086_400), Err(Reject::Expired));
    assert_eq!(at(u64::MAX), Err(Reject::Expired));

    let endless = sign(KEY, &Claims { life: u64::MAX, ..claims() });
    assert!(verify(KEY, &endless, &HOST).is_ok(), "does not overflow");
}

#[test]
fn forged_signature_is_never_called_expired() {
    let forged = sign("other key", &claims());
    let late = Expected { now: u64::MAX, not_before: u64::MAX, ..HOST };
    assert_eq!(verify(KEY, &forged, &late), Err(Reject::Key));
}

#[test]
fn kick_withdraws_what_was_signed_until_then() {
    let kicked = Expected { not_before: 1_700_000_001, ..HOST };
    let before = verify(KEY, &sign(KEY, &claims()), &kicked).expect_err("is refused");
    assert_eq!((before, before.code()), (Reject::Withdrawn, 70001));
    let after = sign(KEY, &Claims { time: 1_700_000_001, ..claims() });
    assert!(verify(KEY, &after, &kicked).is_ok());
}

#[test]
fn line_feed_in_a_name_cannot_pass_for_other_lines() {
    let user = "host-1\nTLS.sdkappid:1400000001";
    let usersig = sign(KEY, &Claims { user: user.into(), ..claims() });
    let expected = Expected { user, ..HOST };
    assert_eq!(verify(KEY, &usersig, &expected), Err(Reject::Version));
}

#[test]
fn what_inflates_over_the_limit_is_refused() {
    let bomb = closed(&vec![b' '; 1_000_000]);
    assert!(bomb.len() < TEXT_LIMIT, "fits into the limit of the text");
    assert_eq!(verify(KEY, &bomb, &HOST), Err(Reject::Damaged));

    let mut padded = opened(&sign(KEY, &claims())).to_string();
    padded.push_str(&" ".repeat(JSON_LIMIT - padded.len()));
    assert!(verify(KEY, &closed(padded.as_bytes()), &HOST).is_ok());
    padded.push(' ');
    assert_eq!(verify(KEY, &closed(padded.as_bytes()), &HOST), Err(Reject::Damaged));

    assert_eq!(verify(KEY, &"A".repeat(TEXT_LIMIT + 4), &HOST), Err(Reject::Damaged));
}

#[test]
fn document_of_another_shape_is_refused() {
    let good = opened(&sign(KEY, &claims()));
    for name in good.as_object().expect("is one").keys() {
        for value in [None, Some(json!(null)), Some(json!([])), Some(json!(-1)), Some(json!(1.5))] {
            let mut changed = good.clone();
            let members = changed.as_object_mut().expect("is one");
            match value {
                Some(value) => members.insert(name.clone(), value),
                None => members.remove(name),
            };
            let usersig = closed(changed.to_string().as_bytes());
            assert_eq!(verify(KEY, &usersig, &HOST), Err(Reject::Version), "{changed}");
        }
    }
    let deep = "[".repeat(4_000);
    for bad in ["", "null", "\"x\"", "{}", "{\"TLS.ver\":\"2.0\"", &deep, "\u{0}"] {
        assert_eq!(verify(KEY, &closed(bad.as_bytes()), &HOST), Err(Reject::Version), "{bad}");
    }
    assert_eq!(verify(KEY, &closed(&[0xff; 40]), &HOST), Err(Reject::Version), "not UTF-8");
}

/// Changes what it says, and packs it again without fault.
#[test]
fn ten_thousand_changed_documents_are_refused_with_the_right_code() {
    let good = opened(&sign(KEY, &Claims { userbuf: Some(b"abc".to_vec()), ..claims() }));
    // An equal document in other bytes would rightly be accepted.
    let changed = documents(good.to_string())
        .filter_map(|bytes| owed(&bytes, &good).map(|reject| (bytes, reject)));
    let mut codes = HashMap::new();
    for (bytes, reject) in changed.take(10_000) {
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(verify(KEY, &closed(&bytes), &HOST), Err(reject), "{text}");
        *codes.entry(reject.code()).or_insert(0) += 1;
    }
    for code in [70005, 70009, 70013, 70014] {
        assert!(codes[&code] > 100, "{codes:?}");
    }
}

/// Changes the text itself. Deflate has a few bits that mean nothing, so a
/// changed text may still hold the very same document; it never holds another.
#[test]
fn ten_thousand_changed_texts_vouch_for_nothing_new() {
    let usersig = good();
    let good = opened(&usersig);
    let mut same = 0;
    for text in texts(usersig.clone()).filter(|text| *text != usersig).take(10_000) {
        let owed = document(&text).map_or(Some(Reject::Damaged), |bytes| owed(&bytes, &good));
        // A cut that leaves nothing has a code of its own.
        let owed = if text.is_empty() { Some(Reject::Empty) } else { owed };
        assert_eq!(verify(KEY, &text, &HOST), owed.map_or_else(|| Ok(claims()), Err), "{text}");
        same += usize::from(owed.is_none());
    }
    assert!(same < 100, "{same} changed texts held the same document");
}

/// The bounds of the work: blocks, bytes inflated, and one HMAC of them, which
/// only what is right in everything else gets.
#[test]
fn what_is_built_to_cost_is_stopped_where_it_would() {
    for (name, usersig, reject) in bombs() {
        assert!(usersig.len() <= TEXT_LIMIT, "{name} has {} characters", usersig.len());
        assert_eq!(verify(KEY, &usersig, &HOST), Err(reject), "{name}");
        assert!(!name.contains("blocks") || document(&usersig).is_ok(), "{name} are whole");
    }
    let [within, over] = at_the_block_limit();
    assert_eq!(verify(KEY, &within, &HOST), Ok(claims()));
    assert_eq!(verify(KEY, &over, &HOST), Err(Reject::Damaged));
}

#[test]
fn noise_is_refused() {
    let mut numbers = Numbers(3);
    for _ in 0..10_000 {
        let bytes: Vec<u8> = (0..numbers.below(300))
            .map(|_| u8::try_from(numbers.below(256)).expect("is a byte"))
            .collect();
        assert!(verify(KEY, &String::from_utf8_lossy(&bytes), &HOST).is_err());
        assert!(verify(KEY, &closed(&bytes), &HOST).is_err());
        assert!(verify(KEY, &STANDARD.encode(&bytes).replace('=', "_"), &HOST).is_err());
    }
}
