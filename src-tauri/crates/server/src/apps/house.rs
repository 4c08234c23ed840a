//! Opens rooms: what they all have in common.

use crate::room_task::{Link, RoomHandle, RoomStart, Tick, followers, staff};
use crate::sdk::relay::{self, Relay};
use crate::show::Shared;
use surtitle_core::room::{Room, RoomConfig};
use surtitle_core::wire::RoomInfo;
use surtitle_core::{Epoch, Event, Millis, RoomId, UserId, gifts};
use surtitle_store::{Error, RoomRecord, Setting};
use surtitle_tim::group::{BAN_PAGE_LIMIT, Group};
use surtitle_tim::{item, map};

/// What a room task needs besides its room.
#[derive(Debug, Clone)]
pub struct House {
    /// Clock, log, store, counters.
    pub shared: Shared,
    /// Time between deliveries.
    pub tick: Tick,
    /// Messages a second.
    pub budget: u32,
    /// Numbering of this run.
    pub epoch: Epoch,
}

/// The room of a group. The first app's have the group's own name, because our
/// own pages name them so; no room id from outside can be another app's.
pub fn room_id(app: u32, first: bool, group: &str) -> RoomId {
    RoomId(if first { group.to_owned() } else { format!("{app}·{group}") })
}

/// Who may not be in a group, and until when.
fn bans(group: &Group, now: Millis) -> Vec<(UserId, Millis)> {
    let (mut all, mut offset) = (Vec::new(), 0);
    while let Ok(page) = group.list_bans(now.0 / 1_000, offset, BAN_PAGE_LIMIT) {
        let ends = page.list.iter().map(|(account, until)| (account, Millis(until * 1_000)));
        all.extend(ends.map(|(account, until)| (map::user_id(account), until)));
        if page.next_offset == 0 {
            break;
        }
        offset = page.next_offset;
    }
    all.extend(group.barred(now.0 / 1_000).map(|(user, until)| (user, Millis(until * 1_000))));
    all
}

impl House {
    /// Opens the room of a group, as the last run left it; `remembered` are
    /// events of that run whose retries must be known.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn open(
        &self,
        link: Link,
        first: bool,
        group: Group,
        remembered: &[Event],
    ) -> Result<RoomHandle, Error> {
        let (store, now) = (&self.shared.store, self.shared.clock.now());
        let profile = group.profile();
        let id = room_id(link.app, first, &profile.id);
        let info = RoomInfo { id: id.clone(), name: profile.name.clone() };
        let created_at = Millis(profile.created_s * 1_000);
        let known = store.get_room(&id).await?;
        let likes = known.as_ref().map_or(0, |room| room.likes);
        let record = RoomRecord { id: id.clone(), name: info.name.clone(), created_at, likes };
        if known.as_ref() != Some(&record) {
            store.put_room(&record).await?;
        }
        let mutes = store.list_mutes(&id).await?;
        let followers = store.list_documents(&followers(&id)).await?;
        let mut room = Room::new(
            now,
            RoomConfig {
                info: info.clone(),
                budget: self.budget,
                epoch: self.epoch,
                likes,
                mutes: mutes.into_iter().map(|m| (m.user, m.until)).collect(),
                bans: bans(&group, now),
                mute_all: profile.mute_all,
                staff: staff(&group),
                gifts: gifts::catalogue(),
                rules: group.rules(),
                followers: followers.into_iter().map(|known| UserId(known.key)).collect(),
            },
        );
        for event in remembered {
            room.remember(event);
        }
        let item = item::Group { id: profile.id.clone(), name: info.name.clone() };
        let relay = Relay::new(item, self.base(&id).await?);
        let tick = self.tick;
        let start = RoomStart { link, info, created_at, room, relay, group, tick };
        Ok(RoomHandle::start(start, &self.shared))
    }

    /// Where a room's SDK numbers go on from: where no earlier run came.
    async fn base(&self, room: &RoomId) -> Result<u64, Error> {
        let store = &self.shared.store;
        let key = relay::setting(room);
        let used = store.get_setting(&key).await?;
        let base = used.and_then(|setting| setting.value.as_u64()).unwrap_or(0);
        let reserved = Setting { key, value: (base + relay::BLOCK).into() };
        store.put_setting(&reserved).await?;
        Ok(base)
    }
}
