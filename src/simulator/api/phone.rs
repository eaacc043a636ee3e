//! What a phone's own screens ask for: friends, accounts, coupons, addresses.

use super::*;
use crate::simulator::model::{Account, CouponCard, LiffLook, People, Profile};

/// People whose name contains `wanted`, the newest first; at most `limit`.
#[server(prefix = "/simulator/fn", endpoint = "find_people")]
pub async fn find_people(wanted: String, limit: u32) -> Result<People, AppError> {
    here::find_people(&wanted, limit).await
}

/// The profile page of an account.
#[server(prefix = "/simulator/fn", endpoint = "read_profile")]
pub async fn read_profile(user: String, channel: String) -> Result<Profile, AppError> {
    let sim = here::sim()?;
    Ok(sim.with(|world| world.profile_of(&user, &channel, &sim.rules.base_url))?)
}

/// The account with a basic or premium id.
#[server(prefix = "/simulator/fn", endpoint = "account_by_id")]
pub async fn account_by_id(user: String, id: String) -> Result<Account, AppError> {
    here::account(&user, |world| world.channel_by_id(&id))
}

/// The account of a short link.
#[server(prefix = "/simulator/fn", endpoint = "account_by_code")]
pub async fn account_by_code(user: String, code: String) -> Result<Account, AppError> {
    here::account(&user, |world| world.channel_by_code(&code))
}

/// Adds an account, or unblocks it. `path` is a word of [`crate::simulator::model::FriendPath`], or empty.
#[server(prefix = "/simulator/fn", endpoint = "add_by")]
pub async fn add_by(user: String, channel: String, path: String) -> Result<(), AppError> {
    let path = crate::simulator::model::FriendPath::from_word(&path);
    Ok(here::sim()?.with(|world| world.follow_by(&channel, &user, path, world.now()))?)
}

/// Takes an account from the phone's lists, which blocks it too.
#[server(prefix = "/simulator/fn", endpoint = "delete_friend")]
pub async fn delete_friend(user: String, channel: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.delete_friend(&channel, &user, world.now()))?)
}

/// Switches banners of a room off or on.
#[server(prefix = "/simulator/fn", endpoint = "mute")]
pub async fn mute(user: String, room: String, muted: bool) -> Result<(), AppError> {
    here::sim()?.with(|world| world.mute(&user, &room, muted));
    Ok(())
}

/// Has read a room to its end.
#[server(prefix = "/simulator/fn", endpoint = "see")]
pub async fn see(user: String, room: String) -> Result<(), AppError> {
    here::sim()?.with(|world| world.see(&user, &room));
    Ok(())
}

/// Bubbles of the account came into sight, each once since the room was opened.
#[server(prefix = "/simulator/fn", endpoint = "sight", input = Json)]
pub async fn sight(user: String, room: String, messages: Vec<String>) -> Result<(), AppError> {
    here::sim()?.with(|world| world.sight(&user, &room, &messages, world.now()));
    Ok(())
}

/// A film or sound was played as far as so many percent.
#[server(prefix = "/simulator/fn", endpoint = "play", input = Json)]
pub async fn play(user: String, room: String, message: String, percent: u8) -> Result<(), AppError> {
    here::sim()?.with(|world| world.play(&user, &room, &message, percent, world.now()));
    Ok(())
}

/// Comes near a beacon. `kind` is a word of [`crate::simulator::model::BeaconKind`]; `dm` may be empty.
#[server(prefix = "/simulator/fn", endpoint = "beacon")]
pub async fn beacon(user: String, channel: String, kind: String, hwid: String, dm: String) -> Result<(), AppError> {
    here::beacon(&user, &channel, &kind, hwid.trim(), dm.trim())
}

/// Passes a text on to a group or a friend; answers the room in which it stands.
#[server(prefix = "/simulator/fn", endpoint = "share")]
pub async fn share(user: String, to: String, text: String) -> Result<String, AppError> {
    here::share(&user, &to, &text)
}

/// Passes an account on to a group or a friend; answers the room in which it stands.
#[server(prefix = "/simulator/fn", endpoint = "recommend")]
pub async fn recommend(user: String, to: String, channel: String) -> Result<String, AppError> {
    here::recommend(&user, &to, &channel)
}

/// The coupons of a friend.
#[server(prefix = "/simulator/fn", endpoint = "read_wallet")]
pub async fn read_wallet(user: String) -> Result<Vec<CouponCard>, AppError> {
    Ok(here::sim()?.with(|world| world.wallet(&user))?)
}

/// One coupon.
#[server(prefix = "/simulator/fn", endpoint = "read_coupon")]
pub async fn read_coupon(user: String, id: String) -> Result<CouponCard, AppError> {
    Ok(here::sim()?.with(|world| world.coupon_of(&user, &id))?)
}

/// Takes a coupon, or takes part in its lottery. Answers whether it is theirs now.
#[server(prefix = "/simulator/fn", endpoint = "take_coupon")]
pub async fn take_coupon(user: String, id: String) -> Result<bool, AppError> {
    Ok(here::sim()?.with(|world| world.take_coupon(&user, &id, None, world.now()))?)
}

/// Uses a coupon at the till.
#[server(prefix = "/simulator/fn", endpoint = "use_coupon")]
pub async fn use_coupon(user: String, id: String) -> Result<(), AppError> {
    Ok(here::sim()?.with(|world| world.use_coupon(&user, &id, world.now()))?)
}

/// How a LIFF app opens.
#[server(prefix = "/simulator/fn", endpoint = "read_liff")]
pub async fn read_liff(id: String) -> Result<LiffLook, AppError> {
    here::read_liff(&id)
}

/// Whether a site refuses to be shown inside a page of `origin`.
#[server(prefix = "/simulator/fn", endpoint = "refuses_frames")]
pub async fn refuses_frames(url: String, origin: String) -> Result<bool, AppError> {
    here::refuses_frames(&url, &origin).await
}

/// Sets what an account has at its door: an id that was bought, and what new friends are greeted with.
#[server(prefix = "/simulator/fn", endpoint = "set_door")]
pub async fn set_door(channel: String, premium_id: String, greeting: String) -> Result<(), AppError> {
    here::set_door(&channel, &premium_id, &greeting)
}
