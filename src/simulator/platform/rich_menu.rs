//! Rich menus as bots see them (line-platform.md §9): making and deleting them here, everything else
//! in the files below.

mod alias;
mod batch;
mod check;
mod link;
mod picture;

use super::{
    call::{Call, Caller},
    refusal::{Answer, Refusal},
};
use crate::simulator::{
    state::Shared,
    world::{World, rich_menu::RichMenu},
};
use axum::{
    Json, Router,
    extract::Path,
    response::IntoResponse,
    routing::{get, post},
};
use serde_json::{Map, Value, json};

/// Every path of rich menus.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/v2/bot/richmenu", post(create))
        .route("/v2/bot/richmenu/validate", post(validate))
        .route("/v2/bot/richmenu/list", get(list))
        .route("/v2/bot/richmenu/{id}", get(read).delete(delete))
        .route("/v2/bot/richmenu/{id}/content", get(picture::download).post(picture::upload))
        .route("/v2/bot/richmenu/alias", post(alias::create))
        .route("/v2/bot/richmenu/alias/list", get(alias::list))
        .route("/v2/bot/richmenu/alias/{alias}", get(alias::read).post(alias::update).delete(alias::delete))
        .route("/v2/bot/richmenu/bulk/link", post(link::bulk_link))
        .route("/v2/bot/richmenu/bulk/unlink", post(link::bulk_unlink))
        .route("/v2/bot/richmenu/batch", post(batch::accept))
        .route("/v2/bot/richmenu/validate/batch", post(batch::validate))
        .route("/v2/bot/richmenu/progress/batch", get(batch::progress))
        .route("/v2/bot/user/all/richmenu", get(link::default).delete(link::clear_default))
        .route("/v2/bot/user/all/richmenu/{id}", post(link::set_default))
        .route("/v2/bot/user/{user}/richmenu", get(link::of_user).delete(link::unlink))
        .route("/v2/bot/user/{user}/richmenu/{id}", post(link::link))
}

/// How most of this family refuses: with a sentence, and a list of details that is empty.
fn refuse(status: u16, message: &str) -> Refusal {
    Refusal { body: json!({ "message": message, "details": [] }), ..Refusal::new(status, "") }
}

/// `{}`, when something was done.
fn done() -> Answer {
    Ok(Json(json!({})).into_response())
}

/// A menu by the id in a path.
fn find<'a>(world: &'a World, caller: &Caller, id: &str) -> Result<&'a RichMenu, Refusal> {
    world.rich_menu(&caller.channel, id).ok_or_else(Refusal::not_found)
}

/// Refuses to show a menu that has no picture yet.
fn seen(menu: &RichMenu) -> Result<(), Refusal> {
    let without = || refuse(400, "must upload richmenu image before applying it to user");
    menu.picture.as_ref().map(|_| ()).ok_or_else(without)
}

/// What is known of a rich menu object; anything else in it is dropped, as LINE does.
fn object(body: &Value) -> Value {
    let known = ["size", "selected", "name", "chatBarText", "areas"];
    let kept: Map<String, Value> =
        known.iter().filter_map(|name| Some(((*name).to_owned(), body.get(name)?.clone()))).collect();
    kept.into()
}

fn checked(body: &Value) -> Result<(), Refusal> {
    let details = check::rich_menu(body);
    if details.is_empty() { Ok(()) } else { Err(Refusal::details(&details)) }
}

/// POST /v2/bot/richmenu
pub async fn create(Call { caller, body, .. }: Call) -> Answer {
    checked(&body)?;
    let id = caller.sim.with(|world| world.create_rich_menu(&caller.channel, object(&body), world.now()));
    // LINE does not publish its words for this one.
    let id = id.ok_or_else(|| refuse(400, "The number of richmenus has reached the limit"))?;
    Ok(Json(json!({ "richMenuId": id })).into_response())
}

/// POST /v2/bot/richmenu/validate
pub async fn validate(call: Call) -> Answer {
    checked(&call.body)?;
    done()
}

/// GET /v2/bot/richmenu/list: the menus that were made by this API, the oldest first.
pub async fn list(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let mut menus: Vec<&RichMenu> = world.rich_menus(&caller.channel).menus.values().collect();
        menus.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
        let menus: Vec<Value> = menus.into_iter().map(RichMenu::object).collect();
        Ok(Json(json!({ "richmenus": menus })).into_response())
    })
}

/// GET /v2/bot/richmenu/{id}
pub async fn read(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.sim.with(|world| Ok(Json(find(world, &caller, &id)?.object()).into_response()))
}

/// DELETE /v2/bot/richmenu/{id}
pub async fn delete(caller: Caller, Path(id): Path<String>) -> Answer {
    if caller.sim.with(|world| world.delete_rich_menu(&caller.channel, &id)) {
        done()
    } else {
        Err(Refusal::not_found())
    }
}
