//! The board, read and drawn on by custom messages (docs/board.md).
//!
//! `Data` is JSON: `businessID` says that it is for the board, the rest is what a
//! page of ours would ask. Such a message is an order to the board and nobody's
//! to read: it is no event, takes nothing of the room's budget, and no back end
//! is asked about it. Who may draw is for the board to say.

use super::asker::Asker;
use super::relay::{Ask, Sent};
use super::session::Session;
use crate::board::ear::{BUSINESS, Client, Ear};
use crate::room_task::{Input, RoomHandle};
use serde_json::Value;
use std::sync::Arc;
use surtitle_core::board::{HEIGHT, PRESSURE, Point, WIDTH, pack};
use surtitle_core::wire::BoardAsk;
use surtitle_tim::body::Element;
use surtitle_tim::code::{Code, Refusal};
use tokio::sync::oneshot;

/// What is said to points that lie nowhere.
const OUTSIDE: &str = "points: x is 0 to 16000, y 0 to 9000, pressure 0 to 255";

/// What a message asks of the board; `None` if it is for the room. `random` is
/// the number of what has none of its own.
pub fn read(elements: &[Element], random: u32) -> Option<Result<BoardAsk, Refusal>> {
    let [Element::Custom { data, .. }] = elements else { return None };
    if !data.contains(BUSINESS) {
        return None;
    }
    let mut asked: Value = serde_json::from_str(data).ok()?;
    if asked.get("businessID")?.as_str()? != BUSINESS {
        return None;
    }
    if asked.get("n").is_none() {
        asked["n"] = random.into();
    }
    // For who would rather not pack.
    if let Some(points) = asked.get("points") {
        match serde_json::from_value::<Vec<Point>>(points.clone()) {
            Ok(points) if points.iter().all(is_inside) => {
                asked["ink"] = pack(&points).packed().into();
            }
            Ok(_) => return Some(Err(Refusal::new(Code::Parameter, OUTSIDE))),
            Err(error) => return Some(Err(unreadable(&error))),
        }
    }
    Some(serde_json::from_value(asked).map_err(|error| unreadable(&error)))
}

/// Passes on what a member asks of the board of its room; answered like a
/// message, once what it changed is on disk.
///
/// # Errors
/// [`Code::NotMember`], [`Code::UnknownGroup`].
pub async fn ask(
    session: &Session,
    room: RoomHandle,
    asker: &Asker,
    ask: BoardAsk,
) -> Result<(), Refusal> {
    let (reply, answer) = oneshot::channel();
    room.tell(Input::Sdk(Ask::Member { conn: session.conn.id, reply })).await;
    let last = answer.await.map_err(|_| Code::UnknownGroup)?.ok_or(Code::NotMember)?;
    let client = Client {
        conn: session.conn.id,
        rooms: Arc::clone(&session.rooms),
        asker: asker.clone(),
        sent: Sent::aside(session.state.shared.clock.now(), last),
        room,
    };
    let board = session.state.boards.of(&client.room.id);
    board.ask(Ear::Client(client), session.user()?.sender(), ask).await;
    Ok(())
}

fn is_inside([x, y, pressure]: &Point) -> bool {
    (0..=WIDTH).contains(x) && (0..=HEIGHT).contains(y) && (0..=PRESSURE).contains(pressure)
}

fn unreadable(error: &serde_json::Error) -> Refusal {
    Refusal::new(
        Code::Parameter,
        format!("Data: what is asked of the board cannot be read: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::board::{Ink, StrokeId};

    fn custom(data: &str) -> Vec<Element> {
        vec![Element::Custom { data: data.to_owned(), ext: String::new() }]
    }

    #[test]
    fn a_message_for_the_board_says_so_and_all_else_is_the_rooms() {
        let more = r#"{"businessID":"surtitle_board","ask":"more","page":1,"after":7}"#;
        let ask = read(&custom(more), 5).expect("for the board").expect("readable");
        assert!(matches!(ask, BoardAsk::More { after: StrokeId(7), .. }));
        for other in [
            r#"{"businessID":"TUIGift","data":{"giftId":"surtitle_board"}}"#,
            r#"surtitle_board"#,
            r#"{"businessID":["surtitle_board"]}"#,
            r#"["surtitle_board"]"#,
        ] {
            assert!(read(&custom(other), 5).is_none(), "{other}");
        }
        let odd = r#"{"businessID":"surtitle_board","ask":"fly"}"#;
        assert!(read(&custom(odd), 5).expect("for the board").is_err());
        for points in ["[[1,2]]", "[[1,2,3],[-2147483648,2147483647,0]]", "[[1,2,256]]", "7"] {
            let odd =
                format!(r#"{{"businessID":"surtitle_board","ask":"stroke","points":{points}}}"#);
            assert!(read(&custom(&odd), 5).expect("for the board").is_err(), "{points}");
        }
        let both = [custom(more), vec![Element::Text("hi".into())]].concat();
        assert!(read(&both, 5).is_none());
    }

    #[test]
    fn points_are_packed_and_what_has_no_number_takes_the_messages() {
        let data = r#"{"businessID":"surtitle_board","ask":"stroke","points":[[10,10,9],[400,300,0]],
            "brush":{"page":1,"tool":"pen","colour":255,"width":60}}"#;
        let ask = read(&custom(data), 5).expect("for the board").expect("readable");
        let BoardAsk::Stroke { n, ink, .. } = ask else { panic!("{ask:?}") };
        let points: Vec<Point> = Ink::read(&ink).expect("ink").points().collect();
        assert_eq!((n, points), (5, vec![[10, 10, 9], [400, 300, 0]]));
    }
}
