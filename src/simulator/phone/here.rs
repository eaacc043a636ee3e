//! The work behind the phones' server functions that is more than one call.

use crate::{
    error::{AppError, Reason},
    line::count::{TEXT_LIMIT, utf16},
    simulator::{
        crowd::{Languages, NewCrowd, Rates},
        friend::{NewChannel, NewGroup, NewUser, Trouble},
        model::{Account, BeaconKind, CrowdWish, LiffLook, People, Person, Room, address::with_at},
        platform::is_endpoint,
        state::Shared,
        world::World,
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
            Trouble::NoAction | Trouble::Misplaced => Self::field("pointer", Reason::Invalid),
            Trouble::TooLong(limit) => {
                Self::field("text", Reason::TooLong { limit: u32::try_from(limit).unwrap_or(u32::MAX) })
            }
            Trouble::TooLate => Self::Conflict,
            Trouble::Wrong(field, _) => Self::field(field, Reason::Invalid),
            Trouble::TooBig(_) | Trouble::Impossible(_) => Self::field("message", Reason::Invalid),
        }
    }
}

/// The simulator that answers this request; nothing on any other server.
pub fn sim() -> Result<Shared, AppError> {
    use_context::<Shared>().ok_or(AppError::NotFound)
}

/// A name that somebody typed: 1 to 50 characters.
pub fn name(text: &str) -> Result<String, AppError> {
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

pub async fn find_people(wanted: &str, limit: u32) -> Result<People, AppError> {
    let sim = sim()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).min(1_000);
    let wanted = wanted.trim().to_lowercase();
    // User ids begin with a capital letter.
    let wanted = if crate::simulator::mint::is_line_id(&wanted, "u") { wanted.replacen('u', "U", 1) } else { wanted };
    let (mut people, mut passed) = (Vec::new(), 0);
    // One more, to know whether there are more. A crowd is searched in strides, between which others have the world.
    let all = loop {
        let (seen, all) = sim.with(|world| (world.look_for(&wanted, passed, limit + 1, &mut people), world.crowd()));
        if people.len() > limit || seen >= all || seen == passed {
            break all;
        }
        passed = seen;
        tokio::task::yield_now().await;
    };
    // Of each crowd a few, after those who were made one by one.
    let members = sim.with(|world| world.some_members(super::SOME));
    let named = |(_, name): &(String, String)| name.to_lowercase().contains(&wanted);
    people.extend(members.into_iter().filter(named).map(|(id, name)| Person { id, name }));
    let more = people.len() > limit;
    people.truncate(limit);
    Ok(People { people, more, all: u64::try_from(all).unwrap_or(u64::MAX) })
}

/// The account that `find` finds.
pub fn account(user: &str, find: impl FnOnce(&World) -> Option<&str>) -> Result<Account, AppError> {
    sim()?.with(|world| {
        let channel = find(world).and_then(|id| world.channels.get(id)).ok_or(AppError::NotFound)?;
        Ok(world.account(channel, user))
    })
}

pub fn share(user: &str, to: &str, text: &str) -> Result<String, AppError> {
    if text.trim().is_empty() {
        return Err(AppError::field("text", Reason::Empty));
    }
    if utf16(text) > TEXT_LIMIT {
        return Err(AppError::field("text", Reason::TooLong { limit: 5_000 }));
    }
    Ok(sim()?.with(|world| world.share(user, to, text, world.now()))?)
}

pub fn read_liff(id: &str) -> Result<LiffLook, AppError> {
    sim()?.with(|world| {
        let app = world.liff_apps.get(id).ok_or(AppError::NotFound)?;
        let word = |path: &str| app.settings.get(path).and_then(serde_json::Value::as_str);
        let account = world.channels.get(&app.channel).map(|channel| channel.name.as_str());
        let name = word("description").filter(|name| !name.is_empty()).or(account).unwrap_or(id);
        let view = app.settings.get("view").and_then(|view| view["type"].as_str()).unwrap_or("full");
        Ok(LiffLook { name: name.to_owned(), view: view.to_owned() })
    })
}

pub fn set_door(id: &str, premium_id: &str, greeting: &str) -> Result<(), AppError> {
    let premium = Some(premium_id.trim()).filter(|id| !id.is_empty()).map(with_at);
    if premium.as_ref().is_some_and(|id| {
        id.len() > 20 || !id.bytes().skip(1).all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    }) {
        return Err(AppError::field("premium_id", Reason::Invalid));
    }
    if utf16(greeting) > TEXT_LIMIT {
        return Err(AppError::field("greeting", Reason::TooLong { limit: 5_000 }));
    }
    sim()?.with(|world| {
        let holder = premium.as_deref().and_then(|id| world.channel_by_id(id));
        if holder.is_some_and(|holder| holder != id) {
            return Err(AppError::field("premium_id", Reason::Taken));
        }
        let channel = world.channels.get_mut(id).ok_or(AppError::NotFound)?;
        channel.premium_id = premium;
        channel.greeting = greeting.trim().to_owned();
        world.save_channel(id);
        world.changed("");
        Ok(())
    })
}

/// A room as a friend sees it, who has seen what stands in it then.
pub fn read_room(user: &str, room: &str) -> Result<Room, AppError> {
    Ok(sim()?.with(|world| {
        let shown = world.room_of(user, room)?;
        // Its bubbles are counted as they come into sight; the menu stands under them from the start.
        if !shown.group {
            world.look_at_menu(room, user, world.now());
        }
        Ok::<Room, Trouble>(shown)
    })?)
}

/// A share that somebody typed as percent.
fn percent(text: &str) -> Result<f64, AppError> {
    let share = text.trim().parse::<f64>().ok().map(|percent| percent / 100.0);
    share.filter(|share| (0.0..=1.0).contains(share)).ok_or(AppError::field("rates", Reason::Invalid))
}

pub fn create_crowd(wish: &CrowdWish) -> Result<(), AppError> {
    let count = number(&wish.count.replace([',', ' ', '_'], ""), "count")?.and_then(|count| u32::try_from(count).ok());
    let count = count.ok_or(AppError::field("count", Reason::Invalid))?;
    let seed = number(&wish.seed, "seed")?.unwrap_or_default();
    let [open, click, answer, block, menu] = &wish.rates;
    let rates = Rates {
        open: percent(open)?,
        click: percent(click)?,
        answer: percent(answer)?,
        block: percent(block)?,
        menu: percent(menu)?,
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

pub fn create_group(user: &str, given: &str, members: Vec<String>, channel: &str) -> Result<String, AppError> {
    begin(user, &name(given)?, members, channel)
}

/// A group, or without a name one of the old rooms of several people.
pub fn begin(user: &str, given: &str, members: Vec<String>, channel: &str) -> Result<String, AppError> {
    let room = given.trim().is_empty();
    let name = if room { String::new() } else { name(given)? };
    let mut all = vec![user.to_owned()];
    all.extend(members.into_iter().filter(|member| member != user));
    let bot = Some(channel).filter(|channel| !channel.is_empty());
    let new = NewGroup { name, members: all, room, ..NewGroup::default() };
    let group = sim()?.with(|world| world.create_group(new, bot, world.now()))?;
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

/// Comes near a beacon. `kind` is a word of [`BeaconKind`].
pub fn beacon(user: &str, channel: &str, kind: &str, hwid: &str, dm: &str) -> Result<(), AppError> {
    let kind = BeaconKind::from_word(kind).ok_or(AppError::field("kind", Reason::Invalid))?;
    Ok(sim()?.with(|world| world.beacon(channel, user, kind, hwid, dm, world.now()))?)
}

/// Passes an account on, with a link that tells how the next friend came.
pub fn recommend(user: &str, to: &str, channel: &str) -> Result<String, AppError> {
    let sim = sim()?;
    let base = sim.rules.base_url.clone();
    Ok(sim.with(|world| {
        let id = world.channels.get(channel).map(|channel| channel.basic_id.clone()).unwrap_or_default();
        let link = format!("{}?sim_path=recommendation", super::add_link(&base, &id));
        world.recommend(user, to, channel, &link, world.now())
    })?)
}

pub async fn refuses_frames(url: &str, origin: &str) -> Result<bool, AppError> {
    sim()?;
    Ok(super::frames::refuses_frames(url, origin).await)
}
