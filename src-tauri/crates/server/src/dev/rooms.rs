//! Rooms of an app: which there are, new ones, and the end of one.

use super::answer::{Answer, Problem, found};
use super::asked::{Asked, Place, Sought};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use surtitle_tim::group::NewGroup;

/// Most rooms of one answer.
const PAGE: usize = 100;

/// Where a page of rooms begins.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// After this GroupId.
    #[serde(default)]
    after: String,
}

/// `GET /apps/APP/rooms?after=GROUP`: at most [`PAGE`], by GroupId.
pub async fn list(place: Place, Sought(page): Sought<Page>) -> Answer<Value> {
    let rooms = place.app.rooms();
    let total = rooms.len();
    let begin = rooms.partition_point(|room| *room.group <= *page.after);
    let mut list = Vec::new();
    for room in rooms.iter().skip(begin).take(PAGE) {
        let row = room.act(place.actor(), |desk| {
            let (profile, figures) = (desk.group.profile(), desk.figures());
            Ok(json!({
                "id": profile.id,
                "name": profile.name,
                "owner": profile.owner,
                "online": figures.online,
                "created": profile.created_s * 1_000,
                "last_message": figures.last_at,
            }))
        });
        // One that ends meanwhile is not listed.
        list.extend(row.await);
    }
    let more = begin + PAGE < total;
    found(json!({ "rooms": list, "total": total, "more": more }))
}

/// A new room.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
    id: Option<String>,
    owner: Option<String>,
    #[serde(default)]
    introduction: String,
    #[serde(default)]
    notification: String,
    #[serde(default)]
    face_url: String,
}

/// `POST /apps/APP/rooms`. Without an owner, the app's first admin owns it.
pub async fn create(place: Place, Asked(new): Asked<New>) -> Result<Answer<Value>, Problem> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let group = NewGroup {
        id: given(new.id),
        name: new.name,
        owner: given(new.owner).or_else(|| Some(place.actor().account)),
        introduction: new.introduction,
        notification: new.notification,
        face_url: new.face_url,
        ..NewGroup::default()
    };
    let room = place.app.create(&group, &place.actor()).await?;
    Ok(Answer(StatusCode::CREATED, json!({ "id": *room.group })))
}

/// `DELETE /apps/APP/rooms/GROUP`: everybody in it is told, and it is gone.
pub async fn dismiss(place: Place) -> Result<Answer<Value>, Problem> {
    place.app.dismiss(place.part("group"), place.actor()).await?;
    Ok(found(json!({})))
}
