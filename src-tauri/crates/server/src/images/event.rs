//! Events as our own pages get them: every picture is a path of this server.

use super::Images;
use surtitle_core::{Event, EventKind, Gift, Sender};

impl Images {
    /// Replaces every outside address in an event. Idempotent.
    pub fn own_event(&self, event: &mut Event) {
        if let Some(from) = &mut event.from {
            self.own_sender(from);
        }
        match &mut event.kind {
            EventKind::Gift { gift, .. } => self.own_gift(gift),
            EventKind::Tip { users, .. } => users.iter_mut().for_each(|user| self.own_sender(user)),
            _ => {}
        }
    }

    /// Replaces a person's picture.
    pub fn own_sender(&self, sender: &mut Sender) {
        sender.avatar = sender.avatar.take().and_then(|avatar| self.own(&avatar));
    }

    /// Replaces a gift's picture; without one the card shows the name alone.
    fn own_gift(&self, gift: &mut Gift) {
        gift.icon = self.own(&gift.icon).unwrap_or_default();
    }
}
