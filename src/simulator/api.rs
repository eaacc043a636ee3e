//! What the phones' pages ask for. These functions answer on the simulator's own listener only,
//! where the state of the simulator is in their context.

use super::model::{ChannelCard, CrowdCard, CrowdWish, Fault, Home, LogEntry, Person, Room};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use super::phone::here;

/// The friends to choose from.
#[server(prefix = "/simulator/fn", endpoint = "people")]
pub async fn people() -> Result<Vec<Person>, AppError> {
    Ok(here::sim()?.with(|world| world.people()))
}

/// Makes a friend and answers who it is.
#[server(prefix = "/simulator/fn", endpoint = "create_person")]
pub async fn create_person(name: String) -> Result<Person, AppError> {
    here::create_person(&name)
}

/// A phone's first screen.
#[server(prefix = "/simulator/fn", endpoint = "read_home")]
pub async fn read_home(user: String) -> Result<Home, AppError> {
    Ok(here::sim()?.with(|world| world.home(&user))?)
}

/// A room on a phone.
#[server(prefix = "/simulator/fn", endpoint = "read_room")]
pub async fn read_room(user: String, room: String) -> Result<Room, AppError> {
    here::read_room(&user, &room)
}

/// Says something.
#[server(prefix = "/simulator/fn", endpoint = "say")]
pub async fn say(user: String, room: String, text: String) -> Result<(), AppError> {
    here::say(&user, &room, &text)
}

/// Sends a sticker.
#[server(prefix = "/simulator/fn", endpoint = "stick")]
pub async fn stick(user: String, room: String, sticker: String) -> Result<(), AppError> {
    here::stick(&user, &room, &sticker)
}

/// Takes a message back.
#[server(prefix = "/simulator/fn", endpoint = "unsend")]
pub async fn unsend(user: String, message: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.unsend(&user, &message, world.now()))?)
}

/// Adds an account as a friend, or unblocks it.
#[server(prefix = "/simulator/fn", endpoint = "add")]
pub async fn add(user: String, channel: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.follow(&channel, &user, world.now()))?)
}

/// Blocks an account.
#[server(prefix = "/simulator/fn", endpoint = "block")]
pub async fn block(user: String, channel: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.block(&channel, &user, world.now()))?)
}

/// Taps an area of a rich menu, counted from 0. `value` is the date or time that was picked, or empty.
#[server(prefix = "/simulator/fn", endpoint = "tap")]
pub async fn tap(user: String, room: String, menu: String, area: u32, value: String) -> Result<(), AppError> {
    let area = usize::try_from(area).unwrap_or(usize::MAX);
    Ok(here::sim()?.with(|world| world.tap(&user, &room, &menu, area, &value, world.now()))?)
}

/// Makes a group of a friend, others, and an account's bot if `channel` is not empty.
#[server(prefix = "/simulator/fn", endpoint = "create_group", input = Json)]
pub async fn create_group(
    user: String,
    name: String,
    members: Vec<String>,
    channel: String,
) -> Result<String, AppError> {
    here::create_group(&user, &name, members, &channel)
}

/// Invites an account's bot into a group, or removes the one that is in it (`channel` empty).
#[server(prefix = "/simulator/fn", endpoint = "group_bot")]
pub async fn group_bot(group: String, channel: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| {
        let now = world.now();
        if channel.is_empty() { world.remove_bot(&group, true, now) } else { world.invite_bot(&group, &channel, now) }
    })?)
}

/// Leaves a group.
#[server(prefix = "/simulator/fn", endpoint = "leave_group")]
pub async fn leave_group(user: String, group: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.members(&group, &[user], false, world.now()))?)
}

/// The channels, and the address of the API.
#[server(prefix = "/simulator/fn", endpoint = "cards")]
pub async fn cards() -> Result<(String, Vec<ChannelCard>), AppError> {
    let sim = here::sim()?;
    Ok((sim.rules.base_url.clone(), sim.with(|world| world.cards())))
}

/// Makes a channel.
#[server(prefix = "/simulator/fn", endpoint = "create_channel")]
pub async fn create_channel(name: String) -> Result<(), AppError> {
    here::create_channel(&name)
}

/// Changes a channel. `quota` is a number, or empty for no limit; `endpoint` may be empty too.
#[server(prefix = "/simulator/fn", endpoint = "set_channel")]
pub async fn set_channel(
    id: String,
    endpoint: String,
    active: bool,
    redelivery: bool,
    quota: String,
) -> Result<(), AppError> {
    here::set_channel(&id, &endpoint, active, redelivery, &quota)
}

/// The crowds, the newest first.
#[server(prefix = "/simulator/fn", endpoint = "crowds")]
pub async fn crowds() -> Result<Vec<CrowdCard>, AppError> {
    Ok(here::sim()?.with(|world| world.crowd_cards()))
}

/// Makes a crowd.
#[server(prefix = "/simulator/fn", endpoint = "create_crowd", input = Json)]
pub async fn create_crowd(wish: CrowdWish) -> Result<(), AppError> {
    here::create_crowd(&wish)
}

/// The faults that are switched on.
#[server(prefix = "/simulator/fn", endpoint = "faults")]
pub async fn faults() -> Result<Vec<Fault>, AppError> {
    Ok(here::sim()?.with(|world| world.faults.clone()))
}

/// Switches a fault on. `times` and `millis` are numbers or empty.
#[server(prefix = "/simulator/fn", endpoint = "switch_on")]
pub async fn switch_on(kind: String, path: String, times: String, millis: String) -> Result<(), AppError> {
    here::switch_on(&kind, path, &times, &millis)
}

/// Switches a fault off.
#[server(prefix = "/simulator/fn", endpoint = "switch_off")]
pub async fn switch_off(id: u64) -> Result<(), AppError> {
    here::sim()?.with(|world| {
        world.faults.retain(|fault| fault.id != id);
        world.changed("");
    });
    Ok(())
}

/// Requests and answers, the newest first.
#[server(prefix = "/simulator/fn", endpoint = "log")]
pub async fn log() -> Result<Vec<LogEntry>, AppError> {
    Ok(here::sim()?.with(|world| world.log.iter().rev().cloned().collect()))
}
