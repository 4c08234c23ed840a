//! Tells the overlay how bright OBS's picture behind it is, while its look asks.

use super::behind::Behind;
use super::client::{Client, Error};
use super::picture::Picture;
use crate::show::{Ask as ShowAsk, ShowHandle};
use surtitle_core::Millis;
use tokio::sync::oneshot;

/// What goes from OBS's pictures to one overlay.
pub struct Feed {
    show: ShowHandle,
    overlay: &'static str,
    /// The last picture of our source.
    over: Option<Picture>,
    /// The scene whose cells are kept.
    scene: String,
    behind: Behind,
    /// The overlay was told something that is to be taken back.
    told: bool,
}

impl Feed {
    pub fn new(show: ShowHandle, overlay: &'static str) -> Self {
        let behind = Behind::default();
        Self { show, overlay, over: None, scene: String::new(), behind, told: false }
    }

    /// Keeps a picture of our source: it shows what the overlay covers.
    pub fn covers(&mut self, over: Option<Picture>) {
        self.over = over;
    }

    /// Looks at what is behind the overlay if it is time and its look asks, and tells it.
    /// `scene` is on air and our source fills it.
    pub async fn look(
        &mut self,
        now: Millis,
        client: &mut Client,
        scene: &str,
    ) -> Result<(), Error> {
        if !self.behind.is_due(now) {
            return Ok(());
        }
        if !self.is_asked().await {
            self.forget().await;
            return Ok(());
        }
        let Some(over) = &self.over else { return Ok(()) };
        let size = (over.width, over.height);
        let picture = match Picture::shoot(client, scene, size).await {
            Ok(Some(picture)) => picture,
            Err(error) if error.is_end() => return Err(error),
            // It has no picture just now; what is known stays.
            _ => return Ok(()),
        };
        if self.scene != scene {
            scene.clone_into(&mut self.scene);
            self.behind.clear();
        }
        let grid = self.behind.see(&picture, over);
        self.told = true;
        self.show.tell(ShowAsk::Behind { overlay: self.overlay.to_owned(), grid }).await;
        Ok(())
    }

    /// Takes back what was told: nobody knows it any more.
    pub async fn forget(&mut self) {
        if std::mem::take(&mut self.told) {
            self.behind.clear();
            let overlay = self.overlay.to_owned();
            self.show.tell(ShowAsk::Behind { overlay, grid: None }).await;
        }
    }

    async fn is_asked(&self) -> bool {
        let (reply, answer) = oneshot::channel();
        self.show.tell(ShowAsk::AsksBehind { overlay: self.overlay.to_owned(), reply }).await;
        answer.await.unwrap_or(false)
    }
}
