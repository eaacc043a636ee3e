//! The rich menu on a friend's phone.

use crate::simulator::{
    model::{Area, RichMenu, Tap},
    world::World,
};
use serde_json::Value;

impl World {
    /// The menu in the room between an account and a friend.
    pub fn menu_of(&self, channel: &str, user: &str) -> Option<RichMenu> {
        let menu = self.rich_menu_of(channel, user).filter(|menu| menu.picture.is_some())?;
        let (body, size) = (&menu.body, menu.body.get("size")?);
        let areas = body.get("areas").and_then(Value::as_array).into_iter().flatten();
        Some(RichMenu {
            id: menu.id.clone(),
            width: number(size, "width"),
            height: number(size, "height"),
            selected: body.get("selected").and_then(Value::as_bool).unwrap_or_default(),
            bar: text(body, "chatBarText"),
            areas: areas.map(area).collect(),
        })
    }
}

fn number(object: &Value, name: &str) -> u32 {
    object.get(name).and_then(Value::as_u64).and_then(|number| number.try_into().ok()).unwrap_or_default()
}

fn text(object: &Value, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Places in the list count: areas are tapped by their number.
fn area(area: &Value) -> Area {
    let (bounds, action) = (&area["bounds"], &area["action"]);
    let own = text(area, "label");
    Area {
        x: number(bounds, "x"),
        y: number(bounds, "y"),
        width: number(bounds, "width"),
        height: number(bounds, "height"),
        label: if own.is_empty() { text(action, "label") } else { own },
        tap: Tap::of(action),
    }
}
