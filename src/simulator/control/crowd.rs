//! Crowds: making them, what they are like, what they do.

use super::Answer;
use crate::simulator::{
    crowd::{Country, Crowd, NewCrowd, Rates},
    friend::Trouble,
    state::Shared,
    world::{Reaction, World},
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Paths under `/simulator/api`.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/crowd", get(list).post(create))
        .route("/crowd/{number}", post(change).delete(remove))
        .route("/crowd/{number}/members", get(members))
        .route("/reactions", get(reactions))
}

fn shown(world: &World, crowd: &Crowd) -> Value {
    let mut value = json!(crowd);
    value["rates"] = json!(crowd.rates_at(world.now()));
    value["waiting"] = world.moves_waiting(&crowd.channel).into();
    value["reach"] = world.reach_of(&crowd.channel).into();
    value
}

#[derive(Deserialize)]
struct Which {
    channel: Option<String>,
}

async fn list(State(sim): State<Shared>, Query(which): Query<Which>) -> Json<Value> {
    sim.with(|world| {
        let wanted = |crowd: &&Crowd| which.channel.as_ref().is_none_or(|channel| *channel == crowd.channel);
        Json(world.crowds_here().filter(wanted).map(|crowd| shown(world, crowd)).collect())
    })
}

async fn create(State(sim): State<Shared>, Json(new): Json<NewCrowd>) -> Answer {
    let crowd = new.prepare(sim.now())?;
    sim.with(|world| {
        let number = world.add_crowd(crowd)?;
        Ok(Json(shown(world, &world.crowds[usize::from(number)])))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    rates: Option<Rates>,
    webhooks: Option<bool>,
    per_second: Option<u32>,
}

async fn change(State(sim): State<Shared>, Path(number): Path<u16>, Json(change): Json<Change>) -> Answer {
    let good = change.rates.is_none_or(|rates| rates.good());
    if !good || change.per_second.is_some_and(|rate| !(1..=100_000).contains(&rate)) {
        return Err(Trouble::Invalid);
    }
    sim.with(|world| {
        let now = world.now();
        let crowd = world.crowd_here(number)?;
        if let Some(rates) = change.rates {
            // What was sent before goes on as it began.
            crowd.rates.push((now, rates));
        }
        crowd.webhooks = change.webhooks.unwrap_or(crowd.webhooks);
        crowd.per_second = change.per_second.unwrap_or(crowd.per_second);
        world.save_crowd(number);
        world.changed("");
        Ok(Json(shown(world, &world.crowds[usize::from(number)])))
    })
}

async fn remove(State(sim): State<Shared>, Path(number): Path<u16>) -> Answer {
    sim.with(|world| world.remove_crowd(number))?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    start: u32,
    limit: Option<u32>,
}

fn area(country: Country, number: u32) -> String {
    let country = match country {
        Country::Japan => "jp",
        Country::Taiwan => "tw",
        Country::Thailand => "th",
    };
    format!("{country}_{number:02}")
}

async fn members(State(sim): State<Shared>, Path(number): Path<u16>, Query(page): Query<Page>) -> Answer {
    let limit = page.limit.unwrap_or(100).min(10_000);
    sim.with(|world| {
        let crowd = world.crowd_here(number)?.clone();
        let last = page.start.saturating_add(limit).min(crowd.count);
        let shown = (page.start..last).map(|at| {
            let (id, person) = (crowd.user_id(at), crowd.person(at));
            let (nature, friend) = (person.nature(), world.friend(&crowd.channel, &id));
            json!({
                "id": id,
                "name": person.name(),
                "language": person.language(),
                "path": person.path(),
                "came": crowd.came(at),
                "blocked": friend.is_some_and(|friend| friend.blocked),
                "gender": nature.gender,
                "age": nature.age,
                "area": nature.area.map(|(country, number)| area(country, number)),
                "appType": nature.app,
            })
        });
        Ok(Json(shown.collect()))
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    request_id: String,
    #[serde(default)]
    start: usize,
    limit: Option<usize>,
}

/// What everybody did with the messages of a request, in an order that does not change.
async fn reactions(State(sim): State<Shared>, Query(asked): Query<Asked>) -> Answer {
    let limit = asked.limit.unwrap_or(1_000).min(100_000);
    sim.with(|world| {
        let call = world.call(&asked.request_id).ok_or(Trouble::NotFound)?;
        let (mut count, mut shown) = (0, Vec::<Reaction>::new());
        world.each_reaction(call, |reaction| {
            if count >= asked.start && shown.len() < limit {
                shown.push(reaction);
            }
            count += 1;
        });
        Ok(Json(json!({ "count": count, "reactions": shown })))
    })
}
