//! What a service asks for when it sends somebody to log in, and whether LINE would go along with it.

use crate::simulator::world::{World, login::LoginChannel};
use reqwest::Url;
use serde::Deserialize;

/// The query of the authorization request. What is not sent is empty.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// `code`
    pub response_type: String,
    /// Login channel.
    pub client_id: String,
    /// Where to go afterwards.
    pub redirect_uri: String,
    /// Comes back as it is.
    pub state: String,
    /// Separated by spaces.
    pub scope: String,
    /// Comes back in the ID token.
    pub nonce: String,
    /// `consent`, `none` or `login`.
    pub prompt: String,
    /// Seconds since the login, at most.
    pub max_age: String,
    /// Languages of the page.
    pub ui_locales: String,
    /// `normal` or `aggressive`.
    pub bot_prompt: String,
    /// `lineqr`
    pub initial_amr_display: String,
    /// `false`: the way of logging in can't be changed.
    pub switch_amr: String,
    /// `true`: never without a tap.
    pub disable_auto_login: String,
    /// Of PKCE.
    pub code_challenge: String,
    /// `S256`
    pub code_challenge_method: String,
    /// How the answer travels.
    pub response_mode: String,
    /// The LIFF app that asks.
    pub app_id: String,
    /// Whose phone it is; the simulator's own.
    pub sim_user: String,
}

/// A request that is in order.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Who asks.
    pub channel: LoginChannel,
    /// For what.
    pub scopes: Vec<String>,
    /// Where the answer goes.
    pub target: Url,
}

/// A request that is not.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    /// It can't be known where to send the refusal: a page with LINE's words (recalled).
    Page(&'static str),
    /// Sent back to the service: error and description.
    Back(Url, &'static str, &'static str),
}

/// What may be asked for by a service.
const SCOPES: [&str; 3] = ["profile", "openid", "email"];

/// Whether `url` is the endpoint or below it. Query and fragment do not matter.
pub fn under(endpoint: &str, url: &str) -> bool {
    let (Ok(endpoint), Ok(url)) = (Url::parse(endpoint), Url::parse(url)) else { return false };
    let (top, path) = (endpoint.path().trim_end_matches('/'), url.path());
    let below = path.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    endpoint.origin() == url.origin() && below
}

/// Whether a callback URL is this one that was registered: the same to the letter, except that any query may
/// follow, as LINE allows.
fn registered(url: &str, known: &str) -> bool {
    !url.contains('#') && (url == known || url.strip_prefix(known).is_some_and(|rest| rest.starts_with(['?', '&'])))
}

/// Judges a request. `liff`: it came by the address that LIFF apps use.
///
/// # Errors
/// The first thing that is wrong, in LINE's order.
pub fn judge(world: &World, asked: &Asked, liff: bool) -> Result<Ready, Wrong> {
    if liff {
        return judge_app(world, asked);
    }
    let channel = world.logins.channels.get(&asked.client_id).cloned();
    let channel =
        channel.ok_or(Wrong::Page("Invalid client_id value. Check if it is registered in a LINE developers site."))?;
    let known = channel.redirect_uris.iter().any(|known| registered(&asked.redirect_uri, known));
    let target = Url::parse(&asked.redirect_uri).ok().filter(|_| known);
    let target = target
        .ok_or(Wrong::Page("Invalid redirect_uri value. Check if it is registered in a LINE developers site."))?;
    form(asked, &target)?;
    let wrong = |words| Err(Wrong::Back(target.clone(), "INVALID_SCOPE", words));
    let wanted: Vec<&str> = asked.scope.split_ascii_whitespace().collect();
    if wanted.iter().any(|scope| !SCOPES.contains(scope)) {
        return wrong("unknown scope");
    }
    let wants = |scope: &str| wanted.contains(&scope);
    if !wants("profile") && !wants("openid") {
        return wrong("scope must contain profile or openid");
    }
    if wants("email") && !wants("openid") {
        return wrong("email needs openid");
    }
    if wants("email") && !channel.email {
        return wrong("this channel may not ask for email");
    }
    let scopes = SCOPES.into_iter().filter(|scope| wants(scope)).map(str::to_owned).collect();
    Ok(Ready { channel, scopes, target })
}

/// What does not depend on the channel. The errors are LINE's, their descriptions recalled or ours.
fn form(asked: &Asked, target: &Url) -> Result<(), Wrong> {
    let wrong = |error, words| Err(Wrong::Back(target.clone(), error, words));
    let one_of = |value: &str, known: &[&str]| value.is_empty() || known.contains(&value);
    match asked.response_type.as_str() {
        "code" => {}
        "" => return wrong("INVALID_REQUEST", "response_type is missing"),
        _ => return wrong("UNSUPPORTED_RESPONSE_TYPE", "response_type is not supported"),
    }
    if asked.state.is_empty() {
        return wrong("INVALID_REQUEST", "state is missing");
    }
    if !one_of(&asked.prompt, &["consent", "none", "login"]) {
        return wrong("INVALID_REQUEST", "prompt is not valid");
    }
    if !asked.max_age.is_empty() && asked.max_age.parse::<u32>().is_err() {
        return wrong("INVALID_REQUEST", "max_age is not valid");
    }
    if !one_of(&asked.bot_prompt, &["normal", "aggressive"]) {
        return wrong("INVALID_REQUEST", "bot_prompt is not valid");
    }
    if !one_of(&asked.response_mode, &["query", "form_post", "query.jwt", "form_post.jwt", "jwt"]) {
        return wrong("INVALID_REQUEST", "response_mode is not valid");
    }
    let base64url = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
    match (asked.code_challenge.as_str(), asked.code_challenge_method.as_str()) {
        ("", "") => {}
        (challenge, "S256") if challenge.len() == 43 && challenge.bytes().all(base64url) => {}
        (_, "S256") => return wrong("INVALID_REQUEST", "code_challenge is not valid"),
        _ => return wrong("INVALID_REQUEST", "code_challenge_method is not supported"),
    }
    Ok(())
}

/// A LIFF app asks for its own scopes, gets the answer at its endpoint and has no secret.
fn judge_app(world: &World, asked: &Asked) -> Result<Ready, Wrong> {
    let app = world.liff_apps.get(&asked.app_id).ok_or(Wrong::Page("Invalid app_id value."))?;
    let channel = world.login_channel(&app.channel).filter(|channel| channel.id == asked.client_id);
    let channel =
        channel.ok_or(Wrong::Page("Invalid client_id value. Check if it is registered in a LINE developers site."))?;
    let target = Url::parse(app.endpoint()).ok().filter(|_| under(app.endpoint(), &asked.redirect_uri));
    let target = target.ok_or(Wrong::Page("Invalid redirect_uri value. It must begin with the endpoint URL."))?;
    form(asked, &target)?;
    if asked.code_challenge.is_empty() {
        return Err(Wrong::Back(target, "INVALID_REQUEST", "code_challenge is missing"));
    }
    Ok(Ready { scopes: app.scopes(channel.email), channel, target })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_match_to_the_letter_but_for_a_query() {
        let known = "https://example.com/auth";
        for url in ["https://example.com/auth", "https://example.com/auth?key=value"] {
            assert!(registered(url, known), "{url}");
        }
        for url in [
            "https://example.com/auth/",
            "https://example.com/authx",
            "http://example.com/auth",
            "https://example.com/auth#a",
            "",
        ] {
            assert!(!registered(url, known), "{url}");
        }
        assert!(registered("https://example.com/a?k=1&x=2", "https://example.com/a?k=1"));
        assert!(!registered("https://example.com/a?k=12", "https://example.com/a?k=1"));
    }

    #[test]
    fn an_endpoint_has_pages_below_it() {
        let endpoint = "https://example.com/path1/path2?query1=value1";
        for url in [
            "https://example.com/path1/path2?query2=value2",
            "https://example.com/path1/path2#fragment",
            "https://example.com/path1/path2/",
            "https://example.com/path1/path2/path3",
        ] {
            assert!(under(endpoint, url), "{url}");
        }
        for url in [
            "https://example.com/path1",
            "https://example.com/",
            "https://example.com/path1/path22",
            "https://example.org/path1/path2",
        ] {
            assert!(!under(endpoint, url), "{url}");
        }
    }
}
