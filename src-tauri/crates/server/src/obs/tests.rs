//! The browser source's requests against a small model of an OBS that has one.
//! Answers have the shape obs-websocket 5.1 gave when asked for the same of
//! other kinds; a real OBS with its browser has not been asked (docs/obs.md).

use super::client::{Ask, Error};
use super::item::Canvas;
use super::plan::{self, Place};
use super::put;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use surtitle_core::wire::ObsSource;

const CANVAS: Canvas = Canvas { width: 1920, height: 1080 };

/// An OBS with one scene.
#[derive(Default)]
struct Model {
    inputs: BTreeMap<String, (String, Value)>,
    /// From the lowest.
    items: Vec<Value>,
    /// Requests that change something.
    changes: Vec<&'static str>,
}

impl Model {
    fn add(&mut self, name: &Value) {
        self.items.push(json!({
            "sceneItemId": self.items.len() + 1, "sourceName": name,
            "sceneItemEnabled": true, "sceneItemLocked": false,
            "sceneItemBlendMode": "OBS_BLEND_NORMAL",
            "sceneItemTransform": {
                "positionX": 0.0, "positionY": 0.0, "rotation": 0.0, "alignment": 5,
                "boundsType": "OBS_BOUNDS_NONE", "boundsAlignment": 0,
                "boundsWidth": 0.0, "boundsHeight": 0.0,
                "cropLeft": 0, "cropRight": 0, "cropTop": 0, "cropBottom": 0,
                "sourceWidth": 1920.0, "sourceHeight": 1080.0,
            },
        }));
    }

    fn item(&mut self, data: &Value) -> &mut Value {
        let id = &data["sceneItemId"];
        self.items.iter_mut().find(|item| item["sceneItemId"] == *id).expect("a known item")
    }

    fn change(&mut self, request: &'static str, data: &Value) {
        let name = data["inputName"].as_str().unwrap_or_default().to_owned();
        match request {
            "CreateInput" => {
                let kind = data["inputKind"].as_str().expect("a kind").to_owned();
                self.inputs.insert(name, (kind, data["inputSettings"].clone()));
                self.add(&data["inputName"]);
            }
            "CreateSceneItem" => self.add(&data["sourceName"]),
            "RemoveInput" => {
                self.inputs.remove(&name);
                self.items.retain(|item| item["sourceName"] != name.as_str());
            }
            "SetInputName" => {
                let input = self.inputs.remove(&name).expect("a known input");
                let new = data["newInputName"].as_str().expect("a name").to_owned();
                for item in self.items.iter_mut().filter(|i| i["sourceName"] == name.as_str()) {
                    item["sourceName"] = new.as_str().into();
                }
                self.inputs.insert(new, input);
            }
            "SetInputSettings" => {
                let (_, settings) = self.inputs.get_mut(&name).expect("a known input");
                let new = data["inputSettings"].as_object().expect("settings").clone();
                settings.as_object_mut().expect("settings").extend(new);
            }
            "SetSceneItemIndex" => {
                let index = data["sceneItemIndex"].as_u64().expect("an index") as usize;
                let id = &data["sceneItemId"];
                let at = self.items.iter().position(|item| item["sceneItemId"] == *id);
                let item = self.items.remove(at.expect("a known item"));
                self.items.insert(index, item);
            }
            "SetSceneItemTransform" => {
                let new = data["sceneItemTransform"].as_object().expect("a transform").clone();
                let old = &mut self.item(data)["sceneItemTransform"];
                old.as_object_mut().expect("a transform").extend(new);
            }
            other => {
                let key = match other {
                    "SetSceneItemEnabled" => "sceneItemEnabled",
                    "SetSceneItemLocked" => "sceneItemLocked",
                    "SetSceneItemBlendMode" => "sceneItemBlendMode",
                    _ => panic!("OBS is not asked for {other:?} here"),
                };
                self.item(data)[key] = data[key].clone();
            }
        }
    }
}

impl Ask for Model {
    async fn ask(&mut self, request: &'static str, data: Value) -> Result<Value, Error> {
        Ok(match request {
            "GetInputKindList" => json!({ "inputKinds": ["color_source_v3", "browser_source"] }),
            "GetInputDefaultSettings" => {
                json!({ "defaultInputSettings": { "shutdown": false, "width": 800, "css": "" } })
            }
            "GetInputSettings" => {
                match self.inputs.get(data["inputName"].as_str().expect("name")) {
                    Some((kind, settings)) => {
                        json!({ "inputKind": kind, "inputSettings": settings })
                    }
                    None => {
                        let comment = "No source was found".to_owned();
                        return Err(Error::Refused { request, code: 600, comment });
                    }
                }
            }
            "GetSceneItemList" => {
                let indexed = self.items.iter().enumerate().map(|(i, item)| {
                    let mut item = item.clone();
                    item["sceneItemIndex"] = i.into();
                    item
                });
                json!({ "sceneItems": indexed.collect::<Vec<_>>() })
            }
            change => {
                self.changes.push(change);
                self.change(change, &data);
                Value::Null
            }
        })
    }
}

fn place() -> Place {
    Place {
        listen: "127.0.0.1:8787".parse().expect("an address"),
        here: "127.0.0.1".parse().expect("an address"),
        overlay: "main".into(),
        stream: Some("http://127.0.0.1:8787/stream/main".into()),
    }
}

async fn press(obs: &mut Model) -> Vec<&'static str> {
    let kinds = put::kinds(obs, true).await.expect("an answer");
    let want = plan::want(&kinds, None, CANVAS, &place()).expect("a way in");
    assert_eq!(want.source, ObsSource::Browser);
    put::put(obs, "Scene", &want).await.expect("done")
}

#[tokio::test]
async fn browser_source_opens_the_overlay_in_the_canvas_size_and_is_made_once() {
    let mut obs = Model::default();
    assert_eq!(press(&mut obs).await, ["made the source"]);
    let (kind, settings) = &obs.inputs["Surtitle"];
    assert_eq!(kind, "browser_source");
    assert_eq!(settings["url"], "http://127.0.0.1:8787/overlay/main");
    assert_eq!((&settings["width"], &settings["height"]), (&json!(1920), &json!(1080)));
    assert_eq!(
        (&settings["shutdown"], &settings["restart_when_active"]),
        (&json!(false), &json!(false))
    );
    obs.changes.clear();
    assert!(press(&mut obs).await.is_empty());
    assert!(obs.changes.is_empty(), "{:?}", obs.changes);
}

#[tokio::test]
async fn whatever_was_changed_by_hand_is_repaired_and_the_hosts_own_css_stays() {
    let mut obs = Model::default();
    press(&mut obs).await;
    obs.add(&json!("Camera"));
    let settings = &mut obs.inputs.get_mut("Surtitle").expect("made").1;
    settings["url"] = "http://127.0.0.1:1/".into();
    settings["css"] = "body { opacity: .9 }".into();
    let ours = &mut obs.items[0];
    ours["sceneItemEnabled"] = false.into();
    ours["sceneItemLocked"] = true.into();
    ours["sceneItemBlendMode"] = "OBS_BLEND_ADDITIVE".into();
    ours["sceneItemTransform"]["rotation"] = 90.0.into();
    let done = press(&mut obs).await;
    assert_eq!(
        done,
        [
            "set its address and size",
            "unlocked it",
            "switched it on",
            "made it fill the picture",
            "moved it to the top",
            "reset its blending mode",
        ]
    );
    assert_eq!(obs.inputs["Surtitle"].1["css"], "body { opacity: .9 }");
    assert_eq!(obs.items.last().expect("items")["sourceName"], "Surtitle");
    assert!(press(&mut obs).await.is_empty());
}

#[tokio::test]
async fn source_of_ours_of_another_kind_is_replaced_and_a_strangers_is_left_alone() {
    let mut obs = Model::default();
    obs.inputs.insert("Surtitle".into(), ("ffmpeg_source".into(), json!({})));
    obs.add(&json!("Surtitle"));
    assert_eq!(press(&mut obs).await, ["replaced a source of another kind"]);
    assert_eq!((obs.inputs.len(), obs.items.len()), (1, 1));
    obs.inputs.insert("Surtitle".into(), ("text_ft2_source_v2".into(), json!({})));
    obs.changes.clear();
    let want = plan::want(&["browser_source".into()], None, CANVAS, &place()).expect("a way in");
    let error = put::put(&mut obs, "Scene", &want).await.expect_err("not ours");
    assert!(error.to_string().contains("rename it"), "{error}");
    assert!(obs.changes.is_empty());
}

#[test]
fn way_in_is_the_browser_then_the_stream_and_a_capture_only_when_asked_for() {
    let kinds = |all: &[&str]| all.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>();
    let way = |all: &[&str], asked, place: &Place| {
        plan::want(&kinds(all), asked, CANVAS, place).map(|want| want.source).ok()
    };
    let (here, bare) = (place(), Place { stream: None, ..place() });
    let all = ["ffmpeg_source", "xshm_input", "xcomposite_input", "browser_source"];
    assert_eq!(way(&all, None, &here), Some(ObsSource::Browser));
    assert_eq!(way(&all[..3], None, &here), Some(ObsSource::Stream));
    assert_eq!(way(&all[..3], None, &bare), None);
    assert_eq!(way(&all[..3], Some(ObsSource::Screen), &bare), Some(ObsSource::Screen));
    assert_eq!(way(&all[..3], Some(ObsSource::Browser), &here), None);
    assert_eq!(way(&all[..3], Some(ObsSource::Stream), &bare), None);
}

#[test]
fn page_is_where_obs_reaches_it() {
    let at = |listen: &str, here: &str| {
        let place = Place {
            listen: listen.parse().expect("an address"),
            here: here.parse().expect("an address"),
            ..place()
        };
        place.page().ok()
    };
    let page = |host: &str| Some(format!("http://{host}/overlay/main"));
    assert_eq!(at("127.0.0.1:8787", "127.0.0.1"), page("127.0.0.1:8787"));
    assert_eq!(at("0.0.0.0:8787", "192.168.1.5"), page("192.168.1.5:8787"));
    assert_eq!(at("192.168.1.5:80", "127.0.0.1"), page("192.168.1.5:80"));
    assert_eq!(at("[::]:8787", "::1"), page("[::1]:8787"));
    assert_eq!(at("127.0.0.1:8787", "192.168.1.5"), None);
}
