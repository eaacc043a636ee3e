//! The demo: a bath-house in Kyoto and its friends. The friends' sides of their histories are played
//! as webhooks, once the account's endpoint has answered a test. What the account answered was sent
//! before this demo began, so it only stands on the phones; a console takes it from [`answers`].

mod script;

use super::{
    friend::{NewChannel, NewGroup, NewUser, Trouble},
    picture,
    state::Shared,
    world::{Content, World, one_to_one},
};
use crate::time::MINUTE;
use bytes::Bytes;
use script::{Act, FOLLOWED_UP, FRIENDS, GROUP, GUESTS, SETTLED};
use serde_json::json;

/// Channel id of the demo's account.
pub const CHANNEL_ID: &str = "2000000001";
/// Channel secret of the demo's account.
pub const CHANNEL_SECRET: &str = "5f2c1a7e9b3d4c6880e1f2a3b4c5d6e7";
/// A long-lived access token of the demo's account.
pub const CHANNEL_TOKEN: &str = "demo-channel-access-token-2000000001";
/// The demo's group.
pub const GROUP_ID: &str = "C4a5f0e1d2c3b4a5968778695a4b3c2d1";

/// User id of the demo's friend of this number, the same in every run.
pub fn user_id(number: usize) -> String {
    let number = u64::try_from(number).unwrap_or_default() + 1;
    let (high, low) = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15), number.wrapping_mul(0xC2B2_AE3D_27D4_EB4F));
    format!("U{high:016x}{low:016x}")
}

/// Something that the demo's account answered.
pub struct Answered {
    /// LINE's id of the conversation.
    pub to: String,
    /// Minutes before the demo began.
    pub ago: i64,
    /// What.
    pub text: &'static str,
}

/// What the account answered, oldest first.
pub fn answers() -> Vec<Answered> {
    let friends = FRIENDS
        .iter()
        .enumerate()
        .flat_map(|(number, friend)| friend.acts.iter().map(move |(ago, act)| (user_id(number), *ago, *act)));
    let group = GROUP.iter().map(|(ago, _, act)| (GROUP_ID.to_owned(), *ago, *act));
    let mut all: Vec<Answered> = friends
        .chain(group)
        .filter_map(|(to, ago, act)| match act {
            Act::Answer(text) => Some(Answered { to, ago, text }),
            _ => None,
        })
        .collect();
    all.sort_by_key(|answer| std::cmp::Reverse(answer.ago));
    all
}

/// LINE's ids of the conversations whose matter is settled.
pub fn settled() -> impl Iterator<Item = String> {
    SETTLED.iter().copied().map(user_id)
}

/// LINE's ids of the conversations to which somebody has to come back.
pub fn followed_up() -> impl Iterator<Item = String> {
    FOLLOWED_UP.iter().copied().map(user_id)
}

/// Makes the demo's account and the people of the demo, unless they are there.
pub fn demo(state: &Shared) {
    state.with(|world| {
        let new = NewChannel {
            id: Some(CHANNEL_ID.into()),
            secret: Some(CHANNEL_SECRET.into()),
            token: Some(CHANNEL_TOKEN.into()),
            name: "湯屋 かもがわ".into(),
            basic_id: Some("@kamogawa-yuya".into()),
            quota: Some(200),
            verified: true,
            ..NewChannel::default()
        };
        if world.create_channel(new).is_err() {
            // There from an earlier run, with everything else.
            return;
        }
        let guests = GUESTS.iter().map(|(name, language)| (*name, *language, ""));
        let people = FRIENDS.iter().map(|friend| (friend.name, friend.language, friend.status)).chain(guests);
        for (number, (name, language, status)) in people.enumerate() {
            world.create_user(NewUser {
                id: Some(user_id(number)),
                name: name.into(),
                status: status.into(),
                language: Some(language.into()),
                picture: false,
            });
        }
    });
}

/// Plays the histories of the demo's friends, once in the life of this simulator, and waits until
/// every webhook has been tried. Does nothing while the account has no endpoint.
pub async fn play_demo(state: Shared) {
    let pictures: Vec<Bytes> = tokio::task::spawn_blocking(|| {
        ["garden", "bath", "breakfast", "river"].map(|name| Bytes::from(picture::jpeg(name, 1_200, 900))).to_vec()
    })
    .await
    .unwrap_or_default();
    let ready = state.with(|world| {
        let ready = world.channels.get(CHANNEL_ID).is_some_and(|channel| channel.endpoint.is_some() && channel.active);
        if !ready || world.done.iter().any(|done| done == "demo") {
            return ready;
        }
        world.done.push("demo".into());
        world.save("done", "demo", &json!({}));
        if let Err(trouble) = play(world, &pictures, world.now()) {
            tracing::warn!(?trouble, "the demo could not be played to its end");
        }
        true
    });
    if ready {
        state.flush(CHANNEL_ID).await;
    }
}

/// Everything in the order in which it happened, as LINE would have told it.
fn play(world: &mut World, pictures: &[Bytes], now: i64) -> Result<(), Trouble> {
    let mut acts: Vec<(i64, String, &str, Act)> = Vec::new();
    for (number, friend) in FRIENDS.iter().enumerate() {
        let acts_of = friend.acts.iter().map(|(ago, act)| (*ago, user_id(number), CHANNEL_ID, *act));
        acts.extend(acts_of);
    }
    let begun = GROUP.iter().map(|(ago, ..)| *ago).max().unwrap_or_default() + 30;
    acts.extend(GROUP.iter().map(|(ago, number, act)| (*ago, user_id(*number), GROUP_ID, *act)));
    acts.push((begun, String::new(), GROUP_ID, Act::Follow));
    acts.sort_by_key(|(ago, ..)| std::cmp::Reverse(*ago));
    for (ago, user, room, act) in acts {
        let at = now - ago * MINUTE;
        if user.is_empty() {
            let members = script::MEMBERS.iter().map(|number| user_id(*number)).collect();
            let id = Some(GROUP_ID.into());
            world.create_group(
                NewGroup { id, name: "Yoga retreat".into(), members, room: false },
                Some(CHANNEL_ID),
                at,
            )?;
        } else {
            perform(world, &user, room, act, pictures, at)?;
        }
    }
    Ok(())
}

fn perform(world: &mut World, user: &str, room: &str, act: Act, pictures: &[Bytes], at: i64) -> Result<(), Trouble> {
    let content = |bytes: Bytes, mime: &str, kind: &str| {
        Some(Content { bytes, mime: mime.into(), kind: kind.into(), gone: false, ready_at: 0 })
    };
    let (body, content) = match act {
        Act::Follow => return world.follow(room, user, at),
        Act::Block => return world.block(room, user, at),
        Act::Tap(data) => return world.postback(user, room, data, None, at),
        Act::Answer(text) => {
            let room = if room == CHANNEL_ID { one_to_one(room, user) } else { room.to_owned() };
            world.arrive(CHANNEL_ID, Some(&room), &json!({ "messages": [{ "type": "text", "text": text }] }), at);
            return Ok(());
        }
        Act::Text(text) => (json!({ "type": "text", "text": text }), None),
        Act::Sticker(package, id, word) => (
            json!({ "type": "sticker", "packageId": package, "stickerId": id, "stickerResourceType": "STATIC", "keywords": [word] }),
            None,
        ),
        Act::Place(title, address, latitude, longitude) => (
            json!({ "type": "location", "title": title, "address": address, "latitude": latitude, "longitude": longitude }),
            None,
        ),
        Act::Picture(number) => {
            let bytes = pictures.get(number).cloned().unwrap_or_default();
            let body = json!({ "type": "image", "contentProvider": { "type": "line" } });
            (body, content(bytes, "image/jpeg", "image"))
        }
        Act::File(name, text) => {
            let bytes = Bytes::from_static(text.as_bytes());
            let body = json!({ "type": "file", "fileName": name, "fileSize": bytes.len() });
            (body, content(bytes, "text/plain", "file"))
        }
    };
    world.say(user, room, body, content, at).map(drop)
}
