//! The pages that the SDK lays over an app: with whom to share, and whether to become a friend.

use crate::{
    i18n::Key,
    simulator::{
        login::{language, page},
        state::Shared,
        world::World,
    },
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// How many people and groups are offered.
const OFFERED: usize = 50;

const DONE: &str = "parent.postMessage({ source: 'liff', type: 'done', status: 'success' }, '*')";
const CLOSED: &str = "parent.postMessage({ source: 'liff', type: 'done' }, '*')";
const BROKEN: &str = "parent.postMessage({ source: 'liff', type: 'done', status: 'failed' }, '*')";

/// Ids and names.
type Named = Vec<(String, String)>;

fn targets(world: &World, user: &str) -> (Named, Named) {
    let mut people: Vec<_> = world.users.values().filter(|other| other.id != user).collect();
    people.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
    let people = people.iter().take(OFFERED).map(|other| (other.id.clone(), other.name.clone())).collect();
    let groups = world.groups_of.get(user).into_iter().flatten().filter_map(|id| world.groups.get(id));
    (people, groups.take(OFFERED).map(|group| (group.id.clone(), group.name.clone())).collect())
}

fn over(headers: &HeaderMap, script: &'static str) -> Response {
    page::plain(language("", headers), Key::SimShareOver, script)
}

/// GET /liff/share/{id}
pub async fn picker(State(sim): State<Shared>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let i18n = language("", &headers);
    let found = sim.with(|world| {
        let share = world.logins.shares.get(&id).filter(|share| share.ends > world.now())?;
        let (people, groups) = targets(world, &share.user);
        Some((people, if share.multiple { groups } else { Vec::new() }, share.multiple))
    });
    let Some((people, groups, multiple)) = found else { return over(&headers, BROKEN) };
    let kind = if multiple { "checkbox" } else { "radio" };
    let list = move |title: Key, targets: Named| {
        (!targets.is_empty()).then(|| {
            view! {
                <fieldset class="sim-login__targets">
                    <legend>{i18n.t(title)}</legend>
                    {targets.into_iter().map(|(id, name)| {
                        let shown = page::face(&id, &name);
                        view! {
                            <label class="sim-login__check">
                                <input type=kind name="to" value=id/>
                                {shown}
                            </label>
                        }
                    }).collect_view()}
                </fieldset>
            }
        })
    };
    let title = i18n.t(Key::SimShareTitle);
    let body = view! {
        <h1>{title}</h1>
        <form method="post">
            {list(Key::SimShareFriends, people)}
            {list(Key::SimShareGroups, groups)}
            <div class="sim-login__deeds sim-login__deeds--below">
                <button type="submit" class="sim-button sim-button--main" name="answer" value="send">
                    {i18n.t(Key::SimSend)}
                </button>
                <button type="submit" class="sim-button" name="answer" value="cancel">{i18n.t(Key::SimCancel)}</button>
            </div>
        </form>
    };
    page::document(i18n, StatusCode::OK, title, body.into_any(), "")
}

/// POST /liff/share/{id}: the form's fields as they come, because `to` may come often.
pub async fn send(
    State(sim): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let Some(share) = sim.with(|world| world.logins.shares.remove(&id).filter(|share| share.ends > world.now())) else {
        return over(&headers, BROKEN);
    };
    let to: Vec<&String> = fields.iter().filter(|(name, _)| name == "to").map(|(_, to)| to).collect();
    if to.is_empty() || !fields.iter().any(|(name, value)| name == "answer" && value == "send") {
        return over(&headers, CLOSED);
    }
    sim.with(|world| {
        let now = world.now();
        for to in to.iter().take(if share.multiple { to.len() } else { 1 }) {
            // Whoever is gone by now gets nothing; LINE tells nobody how many got it.
            if let Ok(room) = world.room_with(&share.user, to, now) {
                let _ = world.say_all(&share.user, &room, share.messages.clone(), now);
            }
        }
    });
    over(&headers, DONE)
}

/// Whose page it is.
#[derive(Deserialize)]
pub struct As {
    #[serde(default, rename = "as")]
    id: String,
}

/// GET /liff/friendship/{channel}: add the linked account, or unblock it.
pub async fn offer(
    State(sim): State<Shared>,
    Path(channel): Path<String>,
    Query(whose): Query<As>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let i18n = language("", &headers);
    let found = sim.with(|world| {
        let share = world.logins.shares.get(&whose.id).filter(|share| share.ends > world.now())?;
        let bot = world.login_channel(&channel)?.channel?;
        Some((page::offered(world, &bot, &share.user)?, bot))
    });
    match found {
        None => over(&headers, BROKEN),
        Some(((_, true, _), _)) => over(&headers, DONE),
        Some(((name, false, blocked), bot)) => page::befriend(i18n, &uri.to_string(), &bot, &name, blocked, &[]),
    }
}

/// What was decided.
#[derive(Deserialize)]
pub struct Decided {
    #[serde(default)]
    answer: String,
}

/// POST to the same address.
pub async fn befriend(
    State(sim): State<Shared>,
    Path(channel): Path<String>,
    Query(whose): Query<As>,
    headers: HeaderMap,
    Form(decided): Form<Decided>,
) -> Response {
    sim.with(|world| {
        let share = world.logins.shares.remove(&whose.id).filter(|share| share.ends > world.now());
        let bot = world.login_channel(&channel).and_then(|channel| channel.channel);
        if let (Some(share), Some(bot)) = (share, bot)
            && decided.answer == "add"
        {
            // An account that has gone can't be added; the page learns that by asking.
            let _ = world.follow(&bot, &share.user, world.now());
        }
    });
    over(&headers, DONE)
}
