//! The work behind the phones' server functions that is more than one call.

use crate::{
    error::{AppError, Reason},
    line::count::{TEXT_LIMIT, utf16},
    simulator::{
        crowd::{Languages, NewCrowd, Rates},
        friend::{NewChannel, NewUser, Trouble},
        model::{CrowdWish, Fault, FaultKind, Person, Room, STICKERS},
        platform::is_endpoint,
        state::Shared,
    },
};
use leptos::prelude::use_context;
use serde_json::json;

impl From<Trouble> for AppError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::NotFound => Self::NotFound,
            Trouble::Forbidden => Self::Forbidden,
            Trouble::Taken => Self::Conflict,
            Trouble::Invalid => Self::field("value", Reason::Invalid),
        }
    }
}

/// The simulator that answers this request; nothing on any other server.
pub fn sim() -> Result<Shared, AppError> {
    use_context::<Shared>().ok_or(AppError::NotFound)
}

/// A name that somebody typed: 1 to 50 characters.
fn name(text: &str) -> Result<String, AppError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(AppError::field("name", Reason::Empty)),
        1..=50 => Ok(text.to_owned()),
        _ => Err(AppError::field("name", Reason::TooLong { limit: 50 })),
    }
}

pub fn create_person(given: &str) -> Result<Person, AppError> {
    let name = name(given)?;
    let user = sim()?.with(|world| world.create_user(NewUser { name, ..NewUser::default() }));
    Ok(Person { id: user.id, name: user.name })
}

/// A room as a friend sees it, who has seen what stands in it then.
pub fn read_room(user: &str, room: &str) -> Result<Room, AppError> {
    Ok(sim()?.with(|world| {
        let shown = world.room_of(user, room)?;
        if !shown.group {
            world.look(room, user, world.now());
        }
        Ok::<Room, Trouble>(shown)
    })?)
}

/// A share that somebody typed as percent.
fn share(text: &str) -> Result<f64, AppError> {
    let share = text.trim().parse::<f64>().ok().map(|percent| percent / 100.0);
    share.filter(|share| (0.0..=1.0).contains(share)).ok_or(AppError::field("rates", Reason::Invalid))
}

pub fn create_crowd(wish: &CrowdWish) -> Result<(), AppError> {
    let count = number(&wish.count.replace([',', ' ', '_'], ""), "count")?.and_then(|count| u32::try_from(count).ok());
    let count = count.ok_or(AppError::field("count", Reason::Invalid))?;
    let seed = number(&wish.seed, "seed")?.unwrap_or_default();
    let [open, click, answer, block] = &wish.rates;
    let rates = Rates {
        open: share(open)?,
        click: share(click)?,
        answer: share(answer)?,
        block: share(block)?,
        ..Rates::default()
    };
    let none = Languages::default();
    let languages = match wish.language.as_str() {
        "ja" => Languages { ja: 1, ..none },
        "th" => Languages { th: 1, ..none },
        "zh" => Languages { zh: 1, ..none },
        "en" => Languages { en: 1, ..none },
        _ => none,
    };
    let sim = sim()?;
    // Who chose none means the one that stood first in the list.
    let first = || sim.with(|world| world.cards().into_iter().next().map(|card| card.id)).unwrap_or_default();
    let channel = if wish.channel.is_empty() { first() } else { wish.channel.clone() };
    let new = NewCrowd {
        seed: u32::try_from(seed).map_err(|_| AppError::field("seed", Reason::Invalid))?,
        languages,
        rates,
        webhooks: wish.webhooks,
        announce: wish.announce,
        ..NewCrowd::of(&channel, count)
    };
    let crowd = new.prepare(sim.now()).map_err(|_| AppError::field("count", Reason::Invalid))?;
    sim.with(|world| world.add_crowd(crowd))?;
    Ok(())
}

pub fn say(user: &str, room: &str, text: &str) -> Result<(), AppError> {
    if text.trim().is_empty() {
        return Err(AppError::field("text", Reason::Empty));
    }
    if utf16(text) > TEXT_LIMIT {
        return Err(AppError::field("text", Reason::TooLong { limit: 5_000 }));
    }
    let body = json!({ "type": "text", "text": text });
    sim()?.with(|world| world.say(user, room, body, None, world.now()))?;
    Ok(())
}

pub fn stick(user: &str, room: &str, sticker: &str) -> Result<(), AppError> {
    let sticker = STICKERS.iter().find(|known| known.id == sticker).ok_or(AppError::NotFound)?;
    let body = json!({
        "type": "sticker",
        "packageId": sticker.package,
        "stickerId": sticker.id,
        "stickerResourceType": "STATIC",
        "keywords": [sticker.words],
    });
    sim()?.with(|world| world.say(user, room, body, None, world.now()))?;
    Ok(())
}

pub fn create_group(user: &str, given: &str, members: Vec<String>, channel: &str) -> Result<String, AppError> {
    let name = name(given)?;
    let mut all = vec![user.to_owned()];
    all.extend(members.into_iter().filter(|member| member != user));
    let bot = Some(channel).filter(|channel| !channel.is_empty());
    let group = sim()?.with(|world| world.create_group(None, &name, all, bot, world.now()))?;
    Ok(group.id)
}

pub fn create_channel(given: &str) -> Result<(), AppError> {
    let name = name(given)?;
    sim()?.with(|world| world.create_channel(NewChannel { name, quota: Some(200), ..NewChannel::default() }))?;
    Ok(())
}

fn number(text: &str, field: &str) -> Result<Option<u64>, AppError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| AppError::field(field, Reason::Invalid)),
    }
}

pub fn set_channel(id: &str, endpoint: &str, active: bool, redelivery: bool, quota: &str) -> Result<(), AppError> {
    let quota = number(quota, "quota")?;
    let endpoint = endpoint.trim();
    let sim = sim()?;
    if !endpoint.is_empty() && !is_endpoint(endpoint, sim.rules.strict) {
        return Err(AppError::field("endpoint", Reason::Invalid));
    }
    sim.with(|world| {
        let channel = world.channels.get_mut(id).ok_or(AppError::NotFound)?;
        channel.endpoint = Some(endpoint.to_owned()).filter(|endpoint| !endpoint.is_empty());
        channel.active = active;
        channel.redelivery = redelivery;
        channel.quota = quota;
        world.save_channel(id);
        world.changed("");
        Ok(())
    })
}

pub fn switch_on(kind: &str, path: String, times: &str, millis: &str) -> Result<(), AppError> {
    let kind = FaultKind::from_word(kind).ok_or(AppError::field("kind", Reason::Invalid))?;
    let remaining = number(times, "times")?.map(|times| u32::try_from(times).unwrap_or(u32::MAX));
    let millis = number(millis, "millis")?.unwrap_or(1_000).min(120_000);
    sim()?.with(|world| world.add_fault(Fault { id: 0, kind, path, probability: 1.0, remaining, millis }));
    Ok(())
}
