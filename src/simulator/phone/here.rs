//! The work behind the phones' server functions that is more than one call.

use crate::{
    error::{AppError, Reason},
    line::count::{TEXT_LIMIT, utf16},
    simulator::{
        friend::{NewChannel, NewUser, Trouble},
        model::{Person, STICKERS},
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
        world.resume_webhooks(id);
        world.changed("");
        Ok(())
    })
}
