//! Audiences: groups of people that a narrowcast can be meant for (line-platform.md §10).

use super::{Settings, World};
use crate::{simulator::crowd::People, time::DAY};
use serde::{Deserialize, Serialize};

/// The most audiences that a channel may have.
pub const COUNT_LIMIT: usize = 1_000;
/// How long an audience can be used, milliseconds.
pub const LIFE: i64 = 180 * DAY;
/// How many jobs of one audience may be under way at a time.
pub const JOBS_LIMIT: usize = 10;
/// Counts below this are told as 0, except those of uploads and chat tags.
pub const COUNT_FLOOR: usize = 20;
/// Audiences of people who clicked or saw need this many.
const RETARGET_FLOOR: usize = 50;
/// Audiences are removed a month after they have expired.
const KEPT: i64 = LIFE + 30 * DAY;

/// Where an audience stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Still being filled; an upload without any ids stays so.
    InProgress,
    /// Can be sent to.
    Ready,
    /// Too few people clicked or saw.
    Failed,
    /// Older than 180 days.
    Expired,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum JobStatus {
    /// Waits.
    Queued,
    /// Is being worked on.
    Working,
    /// Its ids are members.
    Finished,
}

/// One group of people.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Audience {
    /// 13 digits; no two audiences of the platform have the same.
    pub id: i64,
    /// Whose, or with whom it is shared.
    pub channel: String,
    /// `UPLOAD`, `CLICK`, `IMP`, or one of the types that are only made elsewhere.
    pub kind: String,
    /// Its name.
    pub description: String,
    /// `MESSAGING_API`, `OA_MANAGER`, …
    pub route: String,
    /// Unix milliseconds.
    pub created: i64,
    /// Whose readers these are: `CLICK` and `IMP`.
    pub request_id: Option<String>,
    /// The link that they opened; any when there is none.
    pub click_url: Option<String>,
    /// Who shares it in the Business Manager.
    pub owner: Option<Owner>,
    /// What was put into it, the oldest first; rows of their own.
    #[serde(skip)]
    pub loads: Vec<Load>,
}

/// Who shares an audience.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Owner {
    /// Such as `lap`, LINE Ads.
    pub service_type: String,
    /// In that service.
    pub id: String,
    /// In that service.
    pub name: String,
}

/// Ids that were put into an audience at once: a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Load {
    /// What the caller wrote beside it.
    pub description: String,
    /// Who.
    #[serde(default)]
    pub people: People,
    /// Unix milliseconds.
    pub created: i64,
}

impl Load {
    /// How far it is.
    pub fn status(&self, now: i64, settings: Settings) -> JobStatus {
        let age = now - self.created;
        if age >= settings.audience_wait {
            JobStatus::Finished
        } else if age >= settings.audience_wait / 2 {
            JobStatus::Working
        } else {
            JobStatus::Queued
        }
    }
}

impl Audience {
    /// Whether the API may change it: only what it made itself.
    pub fn editable(&self) -> bool {
        self.route == "MESSAGING_API" && self.owner.is_none()
    }

    /// Everybody whose job is finished.
    pub fn members(&self, now: i64, settings: Settings) -> People {
        let mut members = People::default();
        for load in self.loads.iter().filter(|load| load.status(now, settings) == JobStatus::Finished) {
            members.extend(&load.people);
        }
        members
    }

    /// Where it stands.
    pub fn status(&self, now: i64, settings: Settings) -> Status {
        if now - self.created >= LIFE {
            return Status::Expired;
        }
        let count = self.members(now, settings).len();
        if matches!(self.kind.as_str(), "CLICK" | "IMP") {
            let floor = if settings.privacy { RETARGET_FLOOR } else { 1 };
            return if now - self.created < settings.audience_wait {
                Status::InProgress
            } else if count < floor {
                Status::Failed
            } else {
                Status::Ready
            };
        }
        if count == 0 { Status::InProgress } else { Status::Ready }
    }

    /// Jobs that are not finished.
    pub fn under_way(&self, now: i64, settings: Settings) -> usize {
        self.loads.iter().filter(|load| load.status(now, settings) != JobStatus::Finished).count()
    }
}

impl World {
    /// The members of an audience that this channel can send to now. None when it has no such audience
    /// or that one is not `READY`.
    pub fn audience_members(&self, channel: &str, id: i64) -> Option<People> {
        let now = self.now();
        let audience = self.audience(channel, id, now)?;
        let ready = audience.status(now, self.settings) == Status::Ready;
        ready.then(|| audience.members(now, self.settings))
    }

    /// An audience that this channel can see.
    pub fn audience(&self, channel: &str, id: i64, now: i64) -> Option<&Audience> {
        self.audiences.get(&id).filter(|audience| audience.channel == channel && now - audience.created < KEPT)
    }

    /// The audiences that this channel can see, the newest first.
    pub fn audiences_of(&self, channel: &str, now: i64) -> impl Iterator<Item = &Audience> {
        let seen = move |audience: &&Audience| audience.channel == channel && now - audience.created < KEPT;
        self.audiences.values().rev().filter(seen)
    }

    /// Adds an audience under a new id, which it answers, and removes those that nobody can see any more.
    pub fn add_audience(&mut self, mut audience: Audience, now: i64) -> i64 {
        let over = |audience: &&Audience| now - audience.created >= KEPT;
        for id in self.audiences.values().filter(over).map(|audience| audience.id).collect::<Vec<_>>() {
            self.remove_audience(id);
        }
        // Milliseconds have the 13 digits that LINE's ids have.
        let id = self.audiences.last_key_value().map_or(now, |(last, _)| now.max(last + 1));
        audience.id = id;
        self.audiences.insert(id, audience);
        self.save_audience(id);
        id
    }

    /// Puts ids into an audience.
    pub fn load_audience(&mut self, id: i64, load: Load) {
        if let Some(audience) = self.audiences.get_mut(&id) {
            let row = format!("{id}/{:06}", audience.loads.len());
            audience.loads.push(load.clone());
            self.save("audience_load", &row, &load);
        }
    }

    /// Writes an audience back, without what was put into it.
    pub fn save_audience(&mut self, id: i64) {
        if let Some(audience) = self.audiences.get(&id).filter(|_| self.keep) {
            let bare = Audience { loads: Vec::new(), ..audience.clone() };
            self.save("audience", &id.to_string(), &bare);
        }
    }

    /// Removes an audience.
    pub fn remove_audience(&mut self, id: i64) {
        if let Some(audience) = self.audiences.remove(&id) {
            self.forget("audience", &id.to_string());
            for at in 0..audience.loads.len() {
                self.forget("audience_load", &format!("{id}/{at:06}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::crowd::Who;

    const SETTINGS: Settings =
        Settings { audience_wait: 1_000, privacy: true, insight_wait: 0, edit_window: 0, unsend_window: 0 };

    fn audience(kind: &str, members: usize) -> Audience {
        let people = (0..members).filter_map(|number| u128::try_from(number).ok()).map(Who::Alone).collect();
        Audience {
            id: 0,
            channel: "1".into(),
            kind: kind.into(),
            description: "A".into(),
            route: "MESSAGING_API".into(),
            created: 0,
            request_id: None,
            click_url: None,
            owner: None,
            loads: vec![Load { description: String::new(), people, created: 0 }],
        }
    }

    #[test]
    fn an_upload_is_ready_when_a_job_is_and_ends_after_180_days() {
        let upload = audience("UPLOAD", 1);
        assert_eq!(upload.loads[0].status(0, SETTINGS), JobStatus::Queued);
        assert_eq!(upload.loads[0].status(500, SETTINGS), JobStatus::Working);
        assert_eq!(upload.status(999, SETTINGS), Status::InProgress);
        assert_eq!(upload.status(1_000, SETTINGS), Status::Ready);
        assert_eq!(upload.status(LIFE - 1, SETTINGS), Status::Ready);
        assert_eq!(upload.status(LIFE, SETTINGS), Status::Expired);
        assert_eq!(audience("UPLOAD", 0).status(DAY, SETTINGS), Status::InProgress);
    }

    #[test]
    fn members_are_told_to_their_channel_when_they_are_ready() {
        let mut world = World { settings: Settings { audience_wait: DAY, ..Settings::default() }, ..World::default() };
        let now = world.now();
        let mut upload = Audience { created: now, ..audience("UPLOAD", 3) };
        upload.loads[0].created = now;
        let id = world.add_audience(upload, now);
        assert_eq!(world.audience_members("1", id), None);
        world.settings.audience_wait = 0;
        assert_eq!(world.audience_members("1", id).map(|members| members.len()), Some(3));
        assert_eq!(world.audience_members("2", id), None);
        assert_eq!(world.audience_members("1", id + 1), None);
    }

    #[test]
    fn fifty_must_have_clicked_unless_privacy_is_off() {
        assert_eq!(audience("CLICK", 50).status(999, SETTINGS), Status::InProgress);
        assert_eq!(audience("CLICK", 49).status(1_000, SETTINGS), Status::Failed);
        assert_eq!(audience("CLICK", 50).status(1_000, SETTINGS), Status::Ready);
        assert_eq!(audience("IMP", 1).status(1_000, Settings { privacy: false, ..SETTINGS }), Status::Ready);
    }

    #[test]
    fn what_expired_a_month_ago_is_removed() {
        let mut world = World::default();
        let old = world.add_audience(audience("UPLOAD", 1), 0);
        assert!(world.audience("1", old, KEPT - 1).is_some() && world.audience("2", old, 0).is_none());
        assert!(world.audience("1", old, KEPT).is_none());
        let new = world.add_audience(Audience { created: KEPT, ..audience("UPLOAD", 1) }, KEPT);
        assert_eq!(world.audiences.keys().collect::<Vec<_>>(), [&new]);
    }
}
