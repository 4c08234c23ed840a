//! Which page of an overlay sounds: two that show the same would be heard twice.

use surtitle_core::room::ConnId;
use surtitle_core::wire::Voice;

/// What the pages of one overlay say of themselves; bounded by its pages. One
/// in OBS comes before any other, then the one that was ready first.
#[derive(Debug, Default)]
pub struct Voices {
    pages: Vec<Page>,
    chosen: Option<ConnId>,
}

#[derive(Debug)]
struct Page {
    conn: ConnId,
    voice: Voice,
    obs: bool,
}

/// Who sounds no more, and who does instead.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Falls silent.
    pub off: Option<ConnId>,
    /// Sounds from now on.
    pub on: Option<ConnId>,
}

impl Voices {
    /// A page says whether it can be heard, and whether it is in OBS.
    pub fn set(&mut self, conn: ConnId, voice: Voice, obs: bool) -> Change {
        match self.pages.iter_mut().find(|page| page.conn == conn) {
            Some(page) if page.voice == voice => page.obs = obs,
            _ => {
                self.pages.retain(|page| page.conn != conn);
                self.pages.push(Page { conn, voice, obs });
            }
        }
        self.elect()
    }

    /// A page is gone.
    pub fn leave(&mut self, conn: ConnId) -> Change {
        self.pages.retain(|page| page.conn != conn);
        if self.chosen == Some(conn) {
            self.chosen = None;
        }
        self.elect()
    }

    /// Whether the overlay is heard anywhere.
    pub fn voice(&self) -> Voice {
        let blocked = self.pages.iter().any(|page| page.voice == Voice::Blocked);
        match self.chosen {
            Some(_) => Voice::Ready,
            None if blocked => Voice::Blocked,
            None => Voice::Silent,
        }
    }

    fn elect(&mut self) -> Change {
        let mut ready = self.pages.iter().filter(|page| page.voice == Voice::Ready);
        let best = ready.clone().find(|page| page.obs).or_else(|| ready.next());
        let best = best.map(|page| page.conn);
        if best == self.chosen {
            return Change::default();
        }
        Change { off: std::mem::replace(&mut self.chosen, best), on: best }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ConnId = ConnId(1);
    const B: ConnId = ConnId(2);

    #[test]
    fn one_page_sounds_and_the_next_follows_it() {
        let mut voices = Voices::default();
        assert_eq!(voices.set(A, Voice::Ready, false), Change { off: None, on: Some(A) });
        assert_eq!(voices.set(B, Voice::Ready, false), Change::default());
        assert_eq!(voices.set(A, Voice::Silent, false), Change { off: Some(A), on: Some(B) });
        assert_eq!(voices.set(A, Voice::Ready, false), Change::default());
        assert_eq!(voices.leave(B), Change { off: None, on: Some(A) });
    }

    #[test]
    fn page_in_obs_comes_first_and_a_blocked_one_never() {
        let mut voices = Voices::default();
        voices.set(A, Voice::Blocked, false);
        assert_eq!(voices.voice(), Voice::Blocked);
        voices.set(A, Voice::Ready, false);
        assert_eq!(voices.set(B, Voice::Ready, true), Change { off: Some(A), on: Some(B) });
        assert_eq!(voices.voice(), Voice::Ready);
        voices.leave(A);
        voices.leave(B);
        assert_eq!(voices.voice(), Voice::Silent);
    }
}
