//! Aliases: names under which menus are switched to.

use super::{check, done, refuse};
use crate::simulator::{
    platform::{
        call::{Call, Caller},
        refusal::{Answer, Refusal},
    },
    world::{World, rich_menu::LIMIT},
};
use axum::{Json, extract::Path, response::IntoResponse};
use serde_json::{Value, json};

/// Whether an alias has the form that LINE wants: 1 to 32 of `a-z`, `0-9`, `_` and `-`.
fn is_alias(alias: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'-');
    (1..=32).contains(&alias.len()) && alias.bytes().all(fits)
}

/// The menu that an alias is to name; it must have its picture.
fn target<'a>(world: &World, caller: &Caller, body: &'a Value) -> Result<&'a str, Refusal> {
    let id = check::menu_id(body, "richMenuId")?;
    let menu = world.rich_menu(&caller.channel, id).filter(|menu| menu.picture.is_some());
    menu.map(|_| id).ok_or_else(|| refuse(400, "richmenu not found"))
}

/// The menu that an alias names.
fn named(world: &mut World, caller: &Caller, alias: &str) -> Result<String, Refusal> {
    let menu = world.rich_menus(&caller.channel).aliases.get(alias).cloned();
    menu.ok_or_else(|| refuse(404, "richmenu alias not found"))
}

fn shown(alias: &str, menu: &str) -> Value {
    json!({ "richMenuAliasId": alias, "richMenuId": menu })
}

/// POST /v2/bot/richmenu/alias
pub async fn create(Call { caller, body, .. }: Call) -> Answer {
    let alias = body.get("richMenuAliasId").and_then(Value::as_str).unwrap_or_default();
    if !is_alias(alias) {
        let words = if alias.is_empty() { "must be specified" } else { "invalid richMenuAliasId" };
        return Err(Refusal::details(&[(words.into(), "richMenuAliasId".into())]));
    }
    caller.sim.with(|world| {
        let menu = target(world, &caller, &body)?;
        let aliases = &world.rich_menus(&caller.channel).aliases;
        if aliases.contains_key(alias) {
            return Err(refuse(400, "conflict richmenu alias id"));
        }
        if aliases.len() >= LIMIT {
            // LINE does not publish its words for this one.
            return Err(refuse(400, "The number of richmenu aliases has reached the limit"));
        }
        world.set_rich_menu_alias(&caller.channel, alias, Some(menu));
        done()
    })
}

/// POST /v2/bot/richmenu/alias/{alias}
pub async fn update(Path(alias): Path<String>, Call { caller, body, .. }: Call) -> Answer {
    caller.sim.with(|world| {
        named(world, &caller, &alias)?;
        let menu = target(world, &caller, &body)?;
        world.set_rich_menu_alias(&caller.channel, &alias, Some(menu));
        done()
    })
}

/// GET /v2/bot/richmenu/alias/{alias}
pub async fn read(caller: Caller, Path(alias): Path<String>) -> Answer {
    let menu = caller.sim.with(|world| named(world, &caller, &alias))?;
    Ok(Json(shown(&alias, &menu)).into_response())
}

/// GET /v2/bot/richmenu/alias/list
pub async fn list(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let aliases = world.rich_menus(&caller.channel).aliases.iter();
        let aliases: Vec<Value> = aliases.map(|(alias, menu)| shown(alias, menu)).collect();
        Ok(Json(json!({ "aliases": aliases })).into_response())
    })
}

/// DELETE /v2/bot/richmenu/alias/{alias}
pub async fn delete(caller: Caller, Path(alias): Path<String>) -> Answer {
    caller.sim.with(|world| {
        named(world, &caller, &alias)?;
        world.set_rich_menu_alias(&caller.channel, &alias, None);
        done()
    })
}
