//! Signatures of the vendor's own libraries are accepted, changed ones never.

use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use serde_json::{Value, json};
use std::io::{Read, Write};
use surtitle_tim::usersig::{Claims, Expected, JSON_LIMIT, Reject, TEXT_LIMIT, sign, verify};

const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const APP: u32 = 1_400_000_001;
const HOST: Expected<'_> = Expected { user: "host-1", app: APP, now: 1_700_000_100, not_before: 0 };

fn claims() -> Claims {
    Claims { user: "host-1".into(), app: APP, time: 1_700_000_000, life: 86_400, userbuf: None }
}

/// The JSON text of a signature, by a reader of our own.
fn opened(usersig: &str) -> Value {
    let text = usersig.replace('*', "+").replace('-', "/").replace('_', "=");
    let bytes = STANDARD.decode(text).expect("is base64");
    let mut json = String::new();
    ZlibDecoder::new(&bytes[..]).read_to_string(&mut json).expect("is zlib");
    serde_json::from_str(&json).expect("is JSON")
}

/// A signature with this text inside.
fn closed(json: &[u8]) -> String {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(json).expect("writes");
    let text = STANDARD.encode(encoder.finish().expect("writes"));
    text.replace('+', "*").replace('/', "-").replace('=', "_")
}

/// Numbers that look random and are the same in every run (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut n = self.0;
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((n ^ (n >> 31)) % bound as u64).expect("is below a usize")
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

/// Changes one claim or the HMAC, and packs it again without fault.
#[test]
fn ten_thousand_changed_documents_are_refused() {
    let mut numbers = Numbers(1);
    let good = opened(&sign(KEY, &Claims { userbuf: Some(b"abc".to_vec()), ..claims() }));
    let text = good.to_string();
    let mut changes = 0;
    while changes < 10_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len());
            match numbers.below(3) {
                0 => bytes[at] = u8::try_from(numbers.below(256)).expect("is a byte"),
                1 => bytes[at] ^= 1 << numbers.below(8),
                _ => drop(bytes.remove(at)),
            }
        }
        // An equal document in other bytes would rightly be accepted.
        if serde_json::from_slice::<Value>(&bytes).is_ok_and(|changed| changed == good) {
            continue;
        }
        changes += 1;
        let outcome = verify(KEY, &closed(&bytes), &HOST);
        assert!(outcome.is_err(), "{}", String::from_utf8_lossy(&bytes));
    }
}

/// Changes the text itself. Deflate has a few bits that mean nothing, so a
/// changed text may still hold the very same document; it never holds another.
#[test]
fn ten_thousand_changed_texts_vouch_for_nothing_new() {
    let mut numbers = Numbers(2);
    let good = sign(KEY, &claims());
    let alphabet = b"ABCXYZabcxyz0189*-_+/= \n\x00\xc3";
    let mut same = 0;
    for _ in 0..10_000 {
        let mut bytes = good.clone().into_bytes();
        for _ in 0..=numbers.below(3) {
            let at = numbers.below(bytes.len());
            let new = alphabet[numbers.below(alphabet.len())];
            match numbers.below(3) {
                0 => bytes[at] = new,
                1 => bytes.insert(at, new),
                _ => drop(bytes.remove(at)),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        match verify(KEY, &text, &HOST) {
            Ok(found) => {
                assert_eq!(found, claims(), "{text}");
                same += usize::from(text != good);
            }
            Err(reject) => assert!((70001..=70016).contains(&reject.code())),
        }
    }
    assert!(same < 100, "{same} changed texts held the same document");
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
