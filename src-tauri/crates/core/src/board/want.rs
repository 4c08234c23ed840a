//! What somebody wants of a board, and the rules that say no.

use super::steps::Step;
use super::{Board, BoardEntry, Deed, Ground, PAGES, PENS, PageId, Pupil};
use crate::{Code, Millis, Reject, Role, Sender, UserId};

/// What somebody wants of a board, beside drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// Take back one's own last stroke or wipe.
    Undo,
    /// Put back what one took back last.
    Redo,
    /// Wipe a page.
    Wipe(PageId),
    /// A new page after that one.
    Page(PageId),
    /// That page in front.
    Turn(PageId),
    /// Throw that page away.
    Drop(PageId),
    /// Another ground.
    Ground(PageId, Ground),
    /// Who may draw: helpers, everyone.
    Allow(bool, bool),
    /// Give somebody the pen, or take it.
    Pen(Pupil, bool),
    /// On the picture, or off it.
    Air(bool),
    /// Take all by somebody off for good.
    Forget(UserId),
}

impl Board {
    /// Does what somebody wants.
    ///
    /// # Errors
    /// The rule that said no.
    pub fn handle(&mut self, now: Millis, who: &Sender, want: Want) -> Result<BoardEntry, Reject> {
        let deed = match want {
            Want::Undo => self.undo(who)?,
            Want::Redo => self.redo(who)?,
            Want::Wipe(page) => {
                self.staff(who)?;
                self.page(page)?;
                Deed::Wipe { page, by: who.id.clone() }
            }
            Want::Page(after) => {
                self.staff(who)?;
                self.page(after)?;
                if self.pages.len() >= PAGES || self.last_page.0 == u32::MAX {
                    let what = format!("a lesson has at most {PAGES} pages; throw one away");
                    return Err(Reject::new(Code::BoardFull, what));
                }
                Deed::Page { page: PageId(self.last_page.0 + 1), after }
            }
            Want::Turn(page) => {
                self.staff(who)?;
                self.page(page)?;
                Deed::Turn { page }
            }
            Want::Drop(page) => {
                self.staff(who)?;
                self.page(page)?;
                if self.pages.len() == 1 {
                    let what = "the last page stays; wipe it instead";
                    return Err(Reject::new(Code::UnknownPage, what));
                }
                Deed::Drop { page }
            }
            Want::Ground(page, ground) => {
                self.staff(who)?;
                self.page(page)?;
                if let Some(picture) = &ground.picture {
                    check_picture(picture)?;
                }
                Deed::Ground { page, ground }
            }
            Want::Allow(helpers, everyone) => {
                host(who)?;
                Deed::Allow { helpers, everyone }
            }
            Want::Pen(pupil, on) => {
                staff_role(who)?;
                let known = self.permit.has(&pupil.user);
                if on && !known && self.permit.pens.len() >= PENS {
                    let what = format!("at most {PENS} people have the pen; take it from one");
                    return Err(Reject::new(Code::TooManyHands, what));
                }
                Deed::Pen { user: pupil.user, nick: pupil.nick, on }
            }
            Want::Air(on) => {
                staff_role(who)?;
                Deed::Air { on }
            }
            Want::Forget(user) => {
                staff_role(who)?;
                Deed::Forget { user }
            }
        };
        Ok(self.enter(now, deed))
    }

    fn undo(&self, who: &Sender) -> Result<Deed, Reject> {
        self.permit.check(who)?;
        let there = |step: &Step| match step {
            Step::Stroke(id) => self.stroke(*id).is_some(),
            Step::Wipe(wipe) => self.pages.iter().any(|page| page.has_wiped(*wipe)),
        };
        match self.steps.last_done(&who.id, there) {
            Some(Step::Stroke(id)) => Ok(Deed::Hide { id }),
            Some(Step::Wipe(wipe)) => Ok(Deed::Unwipe { wipe }),
            None => Err(Reject::new(Code::NoStep, "nothing of yours is left to undo")),
        }
    }

    fn redo(&self, who: &Sender) -> Result<Deed, Reject> {
        self.permit.check(who)?;
        match self.steps.last_undone(&who.id, |id| self.stroke(id).is_some()) {
            Some(id) => Ok(Deed::Show { id }),
            None => Err(Reject::new(Code::NoStep, "nothing of yours is left to redo")),
        }
    }

    /// Host, or a helper who may draw.
    fn staff(&self, who: &Sender) -> Result<(), Reject> {
        staff_role(who)?;
        self.permit.check(who)
    }
}

fn staff_role(who: &Sender) -> Result<(), Reject> {
    if who.role >= Role::Helper {
        return Ok(());
    }
    Err(Reject::new(Code::Role, "only the host and helpers may do this; sign in with their token"))
}

fn host(who: &Sender) -> Result<(), Reject> {
    if who.role == Role::Host {
        return Ok(());
    }
    Err(Reject::new(Code::Role, "only the host may do this; sign in with the host token"))
}

/// A picture of this server, so that no page asks another for it.
fn check_picture(path: &str) -> Result<(), Reject> {
    let key = path.strip_prefix("/image/").unwrap_or_default();
    if (1..=128).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Ok(());
    }
    Err(Reject::new(Code::BadGround, "the picture is not one of this server's; put it up first"))
}
