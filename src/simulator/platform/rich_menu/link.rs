//! Who sees which menu: the default of all, and the own ones of friends.

use super::{check, done, find, refuse, seen};
use crate::simulator::{
    mint,
    platform::{
        call::{Call, Caller},
        refusal::{Answer, Refusal},
    },
};
use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// The most users of one bulk call.
const USERS: usize = 500;

/// POST /v2/bot/user/all/richmenu/{id}
pub async fn set_default(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.sim.with(|world| {
        seen(find(world, &caller, &id)?)?;
        world.set_default_rich_menu(&caller.channel, Some(&id));
        done()
    })
}

/// GET /v2/bot/user/all/richmenu
pub async fn default(caller: Caller) -> Answer {
    let id = caller.sim.with(|world| world.rich_menus(&caller.channel).default.clone());
    let id = id.ok_or_else(|| refuse(404, "no default richmenu"))?;
    Ok(Json(json!({ "richMenuId": id })).into_response())
}

/// DELETE /v2/bot/user/all/richmenu
pub async fn clear_default(caller: Caller) -> Answer {
    caller.sim.with(|world| world.set_default_rich_menu(&caller.channel, None));
    done()
}

fn user_id(user: &str) -> Result<(), Refusal> {
    let invalid = || Refusal::new(400, "The value for the 'userId' parameter is invalid");
    mint::is_line_id(user, "U").then_some(()).ok_or_else(invalid)
}

/// POST /v2/bot/user/{userId}/richmenu/{id}: 200 for strangers too, to whom nothing happens.
pub async fn link(caller: Caller, Path((user, id)): Path<(String, String)>) -> Answer {
    user_id(&user)?;
    caller.sim.with(|world| {
        seen(find(world, &caller, &id)?)?;
        world.link_rich_menu(&caller.channel, &user, Some(&id));
        done()
    })
}

/// GET /v2/bot/user/{userId}/richmenu: their own, never the default.
pub async fn of_user(caller: Caller, Path(user): Path<String>) -> Answer {
    user_id(&user)?;
    let id = caller.sim.with(|world| world.rich_menus(&caller.channel).links.get(&user).map(|link| link.menu.clone()));
    let id = id.ok_or_else(|| refuse(404, "the user has no richmenu"))?;
    Ok(Json(json!({ "richMenuId": id })).into_response())
}

/// DELETE /v2/bot/user/{userId}/richmenu
pub async fn unlink(caller: Caller, Path(user): Path<String>) -> Answer {
    user_id(&user)?;
    caller.sim.with(|world| world.link_rich_menu(&caller.channel, &user, None));
    done()
}

/// The users of a bulk call, 1 to 500 ids.
fn users(body: &Value) -> Result<Vec<&str>, Refusal> {
    let list = body.get("userIds").and_then(Value::as_array);
    let list = list.ok_or_else(|| Refusal::details(&[("must be specified".into(), "userIds".into())]))?;
    if list.is_empty() || list.len() > USERS {
        let size = format!("Size must be between 1 and {USERS}");
        return Err(Refusal::details(&[(size, "userIds".into())]));
    }
    let ids = list.iter().enumerate().map(|(at, user)| {
        let invalid = format!("The property, 'userIds[{at}]', in the request body is invalid (line: -, column: -)");
        user.as_str().filter(|user| mint::is_line_id(user, "U")).ok_or_else(|| Refusal::new(400, invalid))
    });
    ids.collect()
}

fn accepted() -> Response {
    (StatusCode::ACCEPTED, Json(json!({}))).into_response()
}

/// POST /v2/bot/richmenu/bulk/link: LINE takes some seconds for it, this platform none.
pub async fn bulk_link(Call { caller, body, .. }: Call) -> Answer {
    let users = users(&body)?;
    let id = check::menu_id(&body, "richMenuId")?;
    caller.sim.with(|world| {
        let menu = world.rich_menu(&caller.channel, id).ok_or_else(|| refuse(404, "richmenu not found"))?;
        seen(menu)?;
        for user in users {
            world.link_rich_menu(&caller.channel, user, Some(id));
        }
        Ok(accepted())
    })
}

/// POST /v2/bot/richmenu/bulk/unlink
pub async fn bulk_unlink(Call { caller, body, .. }: Call) -> Answer {
    let users = users(&body)?;
    caller.sim.with(|world| {
        for user in users {
            world.link_rich_menu(&caller.channel, user, None);
        }
        Ok(accepted())
    })
}
