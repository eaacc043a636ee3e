//! `https://liff.line.me/{liffId}`: from a link in a chat to the page behind it. The page is told where the
//! link led by `liff.state`; the SDK goes there once it has taken what it needs (LINE's two redirects).

use crate::{
    i18n::Key,
    simulator::{
        friend::Trouble,
        login::{
            self, Told, id_token,
            page::{self, Consent},
        },
        state::Shared,
        world::{
            LiffApp, World,
            login::{Code, LoginChannel, Opened},
        },
    },
};
use axum::{
    Form,
    extract::{Path, Query, State},
    http::{HeaderMap, Uri, header},
    response::Response,
};
use reqwest::Url;
use serde::Deserialize;
use std::collections::HashMap;

/// What stands behind `#` is known to the browser alone. It carries that along redirects, but not through a form.
const KEEP_FRAGMENT: &str = "for (const form of document.forms) form.action += location.hash";

/// What the phone that opens an app adds to its address; the app does not see it.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Phone {
    sim_user: String,
    sim_room: String,
}

/// An app that is to be opened.
struct Opening {
    sim: Shared,
    id: String,
    app: LiffApp,
    channel: LoginChannel,
    phone: Phone,
    state: String,
}

/// What follows the id in the address, without what the phone added: `/path?query`.
fn state(uri: &Uri, id: &str) -> String {
    let path = uri.path().strip_prefix("/liff/").and_then(|rest| rest.strip_prefix(id)).unwrap_or_default();
    let query: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("sim_user=") && !pair.starts_with("sim_room="))
        .collect();
    let path = if path == "/" { "" } else { path };
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

fn find(sim: &Shared, params: &HashMap<String, String>, uri: &Uri) -> Result<Opening, Key> {
    let id = params.get("id").cloned().unwrap_or_default();
    let phone = Query::<Phone>::try_from_uri(uri).map(|Query(phone)| phone).unwrap_or_default();
    sim.with(|world| {
        let app = world.liff_apps.get(&id).cloned().ok_or(Key::SimLiffUnknown)?;
        let channel = world.login_channel(&app.channel).ok_or(Key::SimLiffUnknown)?;
        if !phone.sim_user.is_empty() && !world.has_user(&phone.sim_user) {
            return Err(Key::SimNotFound);
        }
        let state = state(uri, &id);
        Ok(Opening { sim: sim.clone(), id, app, channel, phone, state })
    })
}

/// GET /liff/{liffId}[/path][?query]
pub async fn open(
    State(sim): State<Shared>,
    Path(params): Path<HashMap<String, String>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let i18n = login::language("", &headers);
    let opening = match find(&sim, &params, &uri) {
        Ok(opening) => opening,
        Err(words) => return page::lost(i18n, words),
    };
    // Somebody else's browser: the page itself asks for a login.
    if opening.phone.sim_user.is_empty() {
        return opening.go(&headers, None);
    }
    let scopes = opening.app.scopes(opening.channel.email);
    let (given, name, email, bot) = sim.with(|world| {
        let user = &opening.phone.sim_user;
        let prompt = opening.app.settings.get("botPrompt").and_then(|prompt| prompt.as_str());
        let bot = opening.channel.channel.as_ref().filter(|_| matches!(prompt, Some("normal" | "aggressive")));
        let bot = bot.and_then(|bot| page::offered(world, bot, user));
        (world.consents(&opening.channel.id, user), world.name_of(user), world.email_of(user), bot)
    });
    if scopes.iter().all(|scope| given.contains(scope)) || !given.is_empty() && refused(&opening, &given) {
        return opening.enter(&headers);
    }
    let user = opening.phone.sim_user.clone();
    page::ask(Consent {
        i18n,
        action: &uri.to_string(),
        service: &opening.channel.name,
        user: (&user, &name),
        scopes: &scopes,
        email,
        bot,
        told: Told { user: user.clone(), ..Told::default() },
        script: KEEP_FRAGMENT,
    })
}

/// Whether everything that is still missing may be refused, and was.
fn refused(opening: &Opening, given: &std::collections::BTreeSet<String>) -> bool {
    let scopes = opening.app.scopes(opening.channel.email);
    given.contains("asked") && scopes.iter().all(|scope| given.contains(scope) || is_optional(scope))
}

fn is_optional(scope: &str) -> bool {
    matches!(scope, "email" | "chat_message.write")
}

/// POST to the same address: allowed or not.
pub async fn answer(
    State(sim): State<Shared>,
    Path(params): Path<HashMap<String, String>>,
    uri: Uri,
    headers: HeaderMap,
    Form(told): Form<Told>,
) -> Response {
    let i18n = login::language("", &headers);
    let opening = match find(&sim, &params, &uri) {
        Ok(opening) => opening,
        Err(words) => return page::lost(i18n, words),
    };
    if told.answer != "allow" {
        // LINE closes the app.
        let script = "parent.postMessage({ source: 'liff', type: 'closeWindow' }, '*')";
        return page::plain(i18n, Key::SimLiffRefused, script);
    }
    let scopes = opening.app.scopes(opening.channel.email);
    let allowed = login::allowed(&scopes, told.email == "on", told.write == "on");
    sim.with(|world| {
        let user = &opening.phone.sim_user;
        let mut allowed = allowed;
        // Remembered, so that what was refused is not asked for at every opening.
        allowed.push("asked".into());
        world.consent(&opening.channel.id, user, &scopes, &allowed);
        if let Some(bot) = opening.channel.channel.as_ref().filter(|_| told.friend == "on") {
            // There is nobody who could be told that the account has gone.
            let _ = world.follow(bot, user, world.now());
        }
    });
    opening.enter(&headers)
}

/// The room in which an app is open: one that this person can see.
fn room(world: &World, user: &str, room: &str) -> Option<String> {
    let group = world.groups.get(room).map(|group| group.members.iter().any(|member| member == user));
    group.unwrap_or_else(|| world.channels.contains_key(room)).then(|| room.to_owned())
}

/// The credentials of a person for an app that they open: access token and ID token.
fn credentials(
    sim: &Shared,
    world: &mut World,
    id: &str,
    channel: &LoginChannel,
    app: &LiffApp,
    phone: (&str, &str),
) -> (String, Option<String>) {
    let (user, place) = phone;
    let given = world.consents(&channel.id, user);
    let scopes: Vec<String> = app.scopes(channel.email).into_iter().filter(|scope| given.contains(scope)).collect();
    let opened = Opened { app: id.to_owned(), room: room(world, user, place), inside: true };
    let (access, _) = world.issue_user_token(&channel.id, user, &scopes, Some(opened));
    let code = Code {
        channel: channel.id.clone(),
        user: user.to_owned(),
        app: Some(id.to_owned()),
        amr: "linesso".into(),
        scopes,
        ..Code::default()
    };
    let wants = code.scopes.iter().any(|scope| scope == "openid");
    let id_token = if wants { id_token::issue(world, &sim.rules.base_url, channel, &code) } else { None };
    (access, id_token)
}

/// The first redirect: the endpoint URL, whatever the link was.
fn first(
    endpoint: &str,
    state: &str,
    tokens: Option<&(String, Option<String>)>,
    referrer: Option<&str>,
) -> Option<Url> {
    let mut url = Url::parse(endpoint).ok()?;
    if state.is_empty() && tokens.is_none() && referrer.is_none() {
        return Some(url);
    }
    {
        let mut query = url.query_pairs_mut();
        if !state.is_empty() {
            query.append_pair("liff.state", state);
        }
        if let Some(referrer) = referrer {
            query.append_pair("liff.referrer", referrer);
        }
        // In the query and not in the fragment, so that the browser carries the link's own fragment along.
        if let Some((access, id)) = tokens {
            query.append_pair("access_token", access);
            if let Some(id) = id {
                query.append_pair("id_token", id);
            }
        }
    }
    Some(url)
}

impl Opening {
    fn enter(&self, headers: &HeaderMap) -> Response {
        let phone = (self.phone.sim_user.as_str(), self.phone.sim_room.as_str());
        let tokens = self.sim.with(|world| credentials(&self.sim, world, &self.id, &self.channel, &self.app, phone));
        self.go(headers, Some(&tokens))
    }

    fn go(&self, headers: &HeaderMap, tokens: Option<&(String, Option<String>)>) -> Response {
        // From one LIFF app to another; the phone and our own pages are none.
        let referrer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
        let origin = |url: &str| Url::parse(url).map(|url| url.origin()).ok();
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let own = [self.sim.rules.base_url.clone(), format!("http://{host}"), format!("https://{host}")];
        let referrer = referrer.filter(|url| !own.iter().any(|own| origin(own) == origin(url)));
        match first(self.app.endpoint(), &self.state, tokens, referrer) {
            Some(url) => login::go(url.as_str()),
            None => page::lost(login::language("", headers), Key::SimLiffUnknown),
        }
    }
}

/// Opens an app for a person who allows everything: where the phone's browser would go first.
///
/// # Errors
/// When the app or the person does not exist.
pub fn launch(sim: &Shared, user: &str, id: &str, room: &str, state: &str) -> Result<String, Trouble> {
    sim.with(|world| {
        let app = world.liff_apps.get(id).cloned().ok_or(Trouble::NotFound)?;
        let channel = world.login_channel(&app.channel).ok_or(Trouble::NotFound)?;
        if !world.has_user(user) {
            return Err(Trouble::NotFound);
        }
        let scopes = app.scopes(channel.email);
        world.consent(&channel.id, user, &scopes, &scopes);
        let tokens = credentials(sim, world, id, &channel, &app, (user, room));
        first(app.endpoint(), state, Some(&tokens), None).map(String::from).ok_or(Trouble::NotFound)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_link_says_becomes_the_state() {
        let of = |uri: &str| uri.parse::<Uri>().map(|uri| state(&uri, "1-a")).unwrap_or_default();
        assert_eq!(of("/liff/1-a"), "");
        assert_eq!(of("/liff/1-a/?sim_user=U1&sim_room=2"), "");
        assert_eq!(of("/liff/1-a/path_A/?key1=value%201&sim_user=U1"), "/path_A/?key1=value%201");
        assert_eq!(of("/liff/1-a?x=1"), "?x=1");
    }

    #[test]
    fn the_first_redirect_is_always_the_endpoint() {
        let url =
            |state: &str| first("https://example.com/2020campaign/?key=value", state, None, None).map(String::from);
        assert_eq!(url("").as_deref(), Some("https://example.com/2020campaign/?key=value"));
        assert_eq!(
            url("/path_A/?key1=value1").as_deref(),
            Some("https://example.com/2020campaign/?key=value&liff.state=%2Fpath_A%2F%3Fkey1%3Dvalue1")
        );
    }
}
