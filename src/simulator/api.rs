//! What the phones' pages ask for. These functions answer on the simulator's own listener only,
//! where the state of the simulator is in their context.

mod phone;

pub use phone::*;

use super::model::{
    self, ChannelCard, CrowdCard, CrowdWish, DocSection, FaultPage, Home, HookReport, LogDetail, LogPage, LogQuery,
    LoginCard, Manners, Person, PlatformCard, Room,
};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::Json};
use serde_json::Value;

#[cfg(feature = "ssr")]
use super::{
    desk, docs,
    phone::{here, login},
};

/// The newest friends, at most a hundred.
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

/// Sends a message object: a text with what is in it, a sticker, a place.
#[server(prefix = "/simulator/fn", endpoint = "send_message", input = Json)]
pub async fn send_message(user: String, room: String, message: Value) -> Result<(), AppError> {
    here::sim()?.with(|world| world.say(&user, &room, message, None, world.now()))?;
    Ok(())
}

/// Puts other words into a text.
#[server(prefix = "/simulator/fn", endpoint = "edit", input = Json)]
pub async fn edit(user: String, id: String, message: Value) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.edit(&user, &id, &message, world.now()))?)
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

/// Taps an area of a rich menu, counted from 0. `value` is the date or time that was picked, or empty. Answers what
/// is left for the phone to do.
#[server(prefix = "/simulator/fn", endpoint = "tap")]
pub async fn tap(user: String, room: String, menu: String, area: u32, value: String) -> Result<model::Tap, AppError> {
    let area = usize::try_from(area).unwrap_or(usize::MAX);
    Ok(here::sim()?.with(|world| world.tap(&user, &room, &menu, area, &value, world.now()))?)
}

/// Taps the action at a place of a message (a JSON pointer, such as `/template/actions/0`). `value` is the date or
/// time that was picked, or empty. Answers what is left for the phone to do.
#[server(prefix = "/simulator/fn", endpoint = "act")]
pub async fn act(
    user: String,
    room: String,
    message: String,
    pointer: String,
    value: String,
) -> Result<model::Tap, AppError> {
    Ok(here::sim()?.with(|world| world.act(&user, &room, &message, &pointer, &value, world.now()))?)
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

/// Makes a group as [`create_group`], or without a name one of the old rooms of several people.
#[server(prefix = "/simulator/fn", endpoint = "begin", input = Json)]
pub async fn begin(user: String, name: String, members: Vec<String>, channel: String) -> Result<String, AppError> {
    here::begin(&user, &name, members, &channel)
}

/// Invites people into a group, and an account's bot if `channel` is not empty.
#[server(prefix = "/simulator/fn", endpoint = "invite", input = Json)]
pub async fn invite(user: String, group: String, users: Vec<String>, channel: String) -> Result<(), AppError> {
    let bot = Some(channel.as_str()).filter(|channel| !channel.is_empty());
    Ok(here::sim()?.with(|world| world.invite(&user, &group, &users, bot, world.now()))?)
}

/// Removes people from a group, and its bot if `bot` is set. Oneself, too: that is leaving.
#[server(prefix = "/simulator/fn", endpoint = "remove", input = Json)]
pub async fn remove(user: String, group: String, users: Vec<String>, bot: bool) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.remove(&user, &group, &users, bot, world.now()))?)
}

/// Gives a group another name.
#[server(prefix = "/simulator/fn", endpoint = "rename", input = Json)]
pub async fn rename(user: String, group: String, name: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.rename(&user, &group, &name, world.now()))?)
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

/// Takes a crowd away.
#[server(prefix = "/simulator/fn", endpoint = "remove_crowd")]
pub async fn remove_crowd(number: u16) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.remove_crowd(number))?)
}

/// The faults that are switched on, and those that ended by themselves.
#[server(prefix = "/simulator/fn", endpoint = "faults")]
pub async fn faults() -> Result<FaultPage, AppError> {
    Ok(here::sim()?.with(|world| world.fault_page()))
}

/// Switches a fault on. All but `kind` may be empty; `percent`, `times`, `millis` and `seconds` are numbers.
#[server(prefix = "/simulator/fn", endpoint = "switch_on")]
pub async fn switch_on(
    kind: String,
    path: String,
    channel: String,
    percent: String,
    times: String,
    millis: String,
    seconds: String,
) -> Result<(), AppError> {
    desk::switch_on(desk::Wish { kind, path, channel, percent, times, millis, seconds })
}

/// Switches a fault off.
#[server(prefix = "/simulator/fn", endpoint = "switch_off")]
pub async fn switch_off(id: u64) -> Result<(), AppError> {
    here::sim()?.with(|world| world.drop_fault(id));
    Ok(())
}

/// Switches every fault off.
#[server(prefix = "/simulator/fn", endpoint = "switch_all_off")]
pub async fn switch_all_off() -> Result<(), AppError> {
    here::sim()?.with(|world| {
        world.faults.clear();
        world.changed("faults");
    });
    Ok(())
}

/// Requests and answers that fit, the newest first.
#[server(prefix = "/simulator/fn", endpoint = "log", input = Json)]
pub async fn log(query: LogQuery) -> Result<LogPage, AppError> {
    desk::log(&query)
}

/// One request and its answer.
#[server(prefix = "/simulator/fn", endpoint = "log_entry")]
pub async fn log_entry(id: u64) -> Result<LogDetail, AppError> {
    desk::log_entry(id)
}

/// Sends a webhook of the log again; answers the number of the new entry.
#[server(prefix = "/simulator/fn", endpoint = "send_again")]
pub async fn send_again(id: u64, redelivery: bool) -> Result<u64, AppError> {
    let sim = here::sim()?;
    sim.send_again(id, redelivery).await.map(|outcome| outcome.log).ok_or(AppError::NotFound)
}

/// Forgets the log.
#[server(prefix = "/simulator/fn", endpoint = "clear_log")]
pub async fn clear_log() -> Result<(), AppError> {
    here::sim()?.log.clear();
    Ok(())
}

/// How the webhooks of every channel went.
#[server(prefix = "/simulator/fn", endpoint = "webhooks")]
pub async fn webhooks() -> Result<Vec<HookReport>, AppError> {
    Ok(here::sim()?.with(|world| {
        let names = world.channel_names();
        names.iter().filter_map(|(id, _)| world.hook_report(id)).collect()
    }))
}

/// Sends a channel's webhooks again after they were suspended, or (`anew`) begins to count anew.
#[server(prefix = "/simulator/fn", endpoint = "tend_webhooks")]
pub async fn tend_webhooks(channel: String, anew: bool) -> Result<(), AppError> {
    here::sim()?.with(|world| if anew { world.reset_webhooks(&channel) } else { world.resume_webhooks(&channel) });
    Ok(())
}

/// The platform: its clock, how it behaves, what is in it.
#[server(prefix = "/simulator/fn", endpoint = "platform")]
pub async fn platform() -> Result<PlatformCard, AppError> {
    desk::platform()
}

/// Changes how the platform behaves.
#[server(prefix = "/simulator/fn", endpoint = "set_platform", input = Json)]
pub async fn set_platform(manners: Manners, audience_wait: i64, privacy: bool) -> Result<(), AppError> {
    desk::set_platform(manners, audience_wait, privacy)
}

/// Sets the clock (`at`, Japan's time), moves it (`advance`, milliseconds), or back to the real time.
#[server(prefix = "/simulator/fn", endpoint = "set_clock")]
pub async fn set_clock(at: String, advance: i64) -> Result<(), AppError> {
    desk::set_clock(&at, advance)
}

/// The documentation in the reader's language, with this simulator's address and a channel of it.
#[server(prefix = "/simulator/fn", endpoint = "docs")]
pub async fn docs() -> Result<Vec<DocSection>, AppError> {
    docs::sections()
}

/// The LINE Login channels, and the accounts to link them with.
#[server(prefix = "/simulator/fn", endpoint = "logins")]
pub async fn logins() -> Result<(Vec<LoginCard>, Vec<ChannelCard>), AppError> {
    let sim = here::sim()?;
    Ok(sim.with(|world| (world.login_cards(&sim.rules.base_url), world.cards())))
}

/// Makes a LINE Login channel, or changes one.
#[server(prefix = "/simulator/fn", endpoint = "set_login", input = Json)]
pub async fn set_login(card: LoginCard) -> Result<(), AppError> {
    login::set(card)
}
