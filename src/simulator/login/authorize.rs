//! The way through the pages: choose who logs in, allow or cancel, perhaps add the account as a friend, and
//! back to the service. The request stays in the address; what was said so far travels in the forms.

use super::{
    ask::{Asked, Ready, Wrong, judge},
    id_token, page,
};
use crate::{
    i18n::{I18n, Lang},
    simulator::{
        state::Shared,
        world::{World, login::Code},
    },
    time::{MINUTE, SECOND},
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};

/// Who logged in last in this browser, and when.
const COOKIE: &str = "sim_login";

/// What a person has said so far.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Told {
    /// `login`, `find`, `consent` or `friend`.
    pub step: String,
    /// Who.
    pub user: String,
    /// How they logged in.
    pub amr: String,
    /// Unix seconds of that.
    pub auth: i64,
    /// `allow`, `add`, or something else.
    pub answer: String,
    /// `on`: the e-mail address too.
    pub email: String,
    /// `on`: messages in their name too.
    pub write: String,
    /// `on`: becomes a friend of the linked account.
    pub friend: String,
    /// `true` or `false` once the option to become a friend was shown: whether that changed something.
    pub changed: String,
    /// Part of a name or an id.
    pub find: String,
}

/// One request on its way.
pub struct Visit {
    pub sim: Shared,
    pub asked: Asked,
    pub ready: Ready,
    pub i18n: I18n,
    /// Where the forms go: the address itself.
    pub action: String,
    liff: bool,
}

/// The languages that the service wishes, then those of the browser.
pub fn language(wished: &str, headers: &HeaderMap) -> I18n {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let wished = wished.split_ascii_whitespace().find_map(Lang::from_tag);
    I18n { lang: wished.unwrap_or_else(|| Lang::negotiate(accepted)) }
}

#[expect(clippy::result_large_err, reason = "made once a page, and given on as it is")]
fn begin(sim: Shared, uri: &Uri, headers: &HeaderMap) -> Result<Visit, Response> {
    let liff = uri.path().starts_with("/liff/");
    let asked = Query::<Asked>::try_from_uri(uri).map(|Query(asked)| asked).unwrap_or_default();
    let i18n = language(&asked.ui_locales, headers);
    match sim.with(|world| judge(world, &asked, liff)) {
        Ok(ready) => Ok(Visit { sim, asked, ready, i18n, action: uri.to_string(), liff }),
        Err(Wrong::Page(words)) => Err(page::bad_request(i18n, words)),
        Err(Wrong::Back(target, error, words)) => Err(go(&refusal(target, error, words, &asked.state))),
    }
}

/// The address of a refusal: always in the query, as LINE documents it.
fn refusal(mut target: Url, error: &str, words: &str, state: &str) -> String {
    {
        let mut query = target.query_pairs_mut();
        query.append_pair("error", error).append_pair("error_description", words);
        if !state.is_empty() {
            query.append_pair("state", state);
        }
    }
    target.into()
}

/// Sends the browser on.
pub fn go(location: &str) -> Response {
    let Ok(location) = HeaderValue::from_str(location) else { return StatusCode::BAD_REQUEST.into_response() };
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// Who is logged in in this browser, and since when (Unix seconds).
fn session(headers: &HeaderMap, world: &World) -> Option<(String, i64)> {
    let all = headers.get(header::COOKIE)?.to_str().ok()?;
    let value = all.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))?;
    let (user, time) = value.split_once('.')?;
    Some((world.user(user)?.id.clone(), time.parse().ok()?))
}

/// GET /oauth2/v2.1/authorize, and GET /liff/v1/authorize for LIFF apps.
pub async fn open(State(sim): State<Shared>, uri: Uri, headers: HeaderMap) -> Response {
    let visit = match begin(sim, &uri, &headers) {
        Ok(visit) => visit,
        Err(response) => return response,
    };
    let asked = &visit.asked;
    let now = visit.sim.now() / SECOND;
    let fresh = |time: i64| asked.max_age.parse::<i64>().map_or(true, |most| now - time <= most);
    // A phone's own browser logs in without a tap, as LINE's does.
    let may_alone = asked.prompt != "login" && asked.disable_auto_login != "true";
    let (phone, session) = visit.sim.with(|world| {
        let phone = world.user(&asked.sim_user).filter(|_| may_alone).map(|user| user.id.clone());
        (phone, session(&headers, world).filter(|(_, time)| asked.prompt != "login" && fresh(*time)))
    });
    let alone = phone.map(|user| Told { user, amr: "lineautologin".into(), auth: now, ..Told::default() });
    let known = session.map(|(user, auth)| Told { user, amr: "linesso".into(), auth, ..Told::default() });
    if asked.prompt == "none" {
        return match alone.or(known) {
            None => visit.back("LOGIN_REQUIRED", "login is required"),
            Some(told) if visit.needs_consent(&told.user) => visit.back("INTERACTION_REQUIRED", "consent is required"),
            Some(told) => visit.finish(&told),
        };
    }
    match alone {
        Some(told) => visit.next(told),
        None => page::login(&visit, known.as_ref(), ""),
    }
}

/// POST to the same address: one step further.
pub async fn step(State(sim): State<Shared>, uri: Uri, headers: HeaderMap, Form(mut told): Form<Told>) -> Response {
    let visit = match begin(sim, &uri, &headers) {
        Ok(visit) => visit,
        Err(response) => return response,
    };
    let (now, known) = (visit.sim.now() / SECOND, visit.sim.with(|world| world.has_user(&told.user)));
    if told.step == "find" || !known {
        return page::login(&visit, None, &told.find);
    }
    match told.step.as_str() {
        "login" => {
            // Whoever is still logged in keeps the time of their login.
            if told.amr != "linesso" || told.auth == 0 {
                told.auth = now;
            }
            let cookie =
                format!("{COOKIE}={}.{}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000", told.user, told.auth);
            let mut response = visit.next(told);
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        "consent" if told.answer == "allow" => visit.allow(told),
        "consent" => visit.back("ACCESS_DENIED", "The resource owner denied the request."),
        "friend" => {
            if told.answer == "add" {
                visit.befriend(&mut told);
            }
            visit.finish(&told)
        }
        _ => page::login(&visit, None, ""),
    }
}

impl Visit {
    fn back(&self, error: &str, words: &str) -> Response {
        go(&refusal(self.ready.target.clone(), error, words, &self.asked.state))
    }

    fn needs_consent(&self, user: &str) -> bool {
        let given = self.sim.with(|world| world.consents(&self.ready.channel.id, user));
        self.ready.scopes.iter().any(|scope| !given.contains(scope))
    }

    fn next(&self, told: Told) -> Response {
        if self.asked.prompt == "consent" || self.needs_consent(&told.user) {
            page::consent(self, told)
        } else {
            self.finish(&told)
        }
    }

    /// The linked account, where the service wants it to be offered.
    pub fn bot(&self) -> Option<&str> {
        self.ready.channel.channel.as_deref().filter(|_| !self.asked.bot_prompt.is_empty())
    }

    fn allow(&self, mut told: Told) -> Response {
        let allowed = allowed(&self.ready.scopes, told.email == "on", told.write == "on");
        self.sim.with(|world| world.consent(&self.ready.channel.id, &told.user, &self.ready.scopes, &allowed));
        if let Some(bot) = self.bot() {
            told.changed = "false".into();
            if self.asked.bot_prompt == "aggressive" && !self.sim.with(|world| world.is_friend(bot, &told.user)) {
                return page::friend(self, &told);
            }
            if told.friend == "on" {
                self.befriend(&mut told);
            }
        }
        self.finish(&told)
    }

    fn befriend(&self, told: &mut Told) {
        let Some(bot) = self.bot() else { return };
        self.sim.with(|world| {
            if !world.is_friend(bot, &told.user) && world.follow(bot, &told.user, world.now()).is_ok() {
                told.changed = "true".into();
            }
        });
    }

    /// What goes back to the service.
    fn answer(&self, told: &Told) -> Vec<(&'static str, String)> {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let code = self.sim.with(|world| {
            let given = world.consents(&self.ready.channel.id, &told.user);
            world.issue_code(Code {
                channel: self.ready.channel.id.clone(),
                user: told.user.clone(),
                scopes: self.ready.scopes.iter().filter(|scope| given.contains(*scope)).cloned().collect(),
                redirect: self.asked.redirect_uri.clone(),
                nonce: some(&self.asked.nonce),
                challenge: some(&self.asked.code_challenge),
                auth_time: some(&self.asked.max_age).map(|_| told.auth),
                amr: told.amr.clone(),
                app: some(&self.asked.app_id).filter(|_| self.liff),
                ends: 0,
            })
        });
        let mut answer = vec![("code", code), ("state", self.asked.state.clone())];
        if !told.changed.is_empty() {
            answer.push(("friendship_status_changed", told.changed.clone()));
        }
        if self.liff {
            answer.push(("liffClientId", self.ready.channel.id.clone()));
            answer.push(("liffRedirectUri", self.asked.redirect_uri.clone()));
        }
        answer
    }

    fn finish(&self, told: &Told) -> Response {
        let mut answer = self.answer(told);
        if self.asked.response_mode.ends_with("jwt") {
            let mut claims: Value = answer.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
            claims["iss"] = id_token::ISSUER.into();
            claims["aud"] = self.ready.channel.id.as_str().into();
            claims["exp"] = ((self.sim.now() + 10 * MINUTE) / SECOND).into();
            let signed = id_token::sign(&self.ready.channel, &claims, self.ready.channel.native);
            answer = vec![("response", signed.unwrap_or_default())];
        }
        if self.asked.response_mode.starts_with("form_post") {
            return page::form_post(self.i18n, &self.asked.redirect_uri, &answer);
        }
        let mut target = self.ready.target.clone();
        target.query_pairs_mut().extend_pairs(answer);
        go(target.as_str())
    }
}

/// What a person allows: profile and identity they can't refuse, the rest is theirs.
pub fn allowed(scopes: &[String], email: bool, write: bool) -> Vec<String> {
    let may = |scope: &&String| match scope.as_str() {
        "email" => email,
        "chat_message.write" => write,
        _ => true,
    };
    scopes.iter().filter(may).cloned().collect()
}

/// Goes the whole way at once, as a script does for a person: where the browser would end.
///
/// # Errors
/// LINE's words when the request is no good, where that is a page.
pub fn authorize(sim: &Shared, query: &str, told: &mut Told) -> Result<String, &'static str> {
    let uri: Uri = format!("/oauth2/v2.1/authorize?{query}").parse().map_err(|_| "this is no query")?;
    let asked = Query::<Asked>::try_from_uri(&uri).map(|Query(asked)| asked).map_err(|_| "this is no query")?;
    let ready = match sim.with(|world| judge(world, &asked, false)) {
        Ok(ready) => ready,
        Err(Wrong::Page(words)) => return Err(words),
        Err(Wrong::Back(target, error, words)) => return Ok(refusal(target, error, words, &asked.state)),
    };
    let visit = Visit { sim: sim.clone(), asked, ready, i18n: I18n::default(), action: String::new(), liff: false };
    if told.answer == "cancel" {
        let words = "The resource owner denied the request.";
        return Ok(refusal(visit.ready.target.clone(), "ACCESS_DENIED", words, &visit.asked.state));
    }
    told.auth = sim.now() / SECOND;
    let allowed = allowed(&visit.ready.scopes, told.email == "on", told.write == "on");
    sim.with(|world| world.consent(&visit.ready.channel.id, &told.user, &visit.ready.scopes, &allowed));
    if visit.bot().is_some() {
        told.changed = "false".into();
        if told.friend == "on" {
            visit.befriend(told);
        }
    }
    let mut target = visit.ready.target.clone();
    target.query_pairs_mut().extend_pairs(visit.answer(told));
    Ok(target.into())
}
