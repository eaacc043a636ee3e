//! LINE Login (line-platform.md §15): its channels, what people have allowed them, and the tokens that
//! came of it.

use super::World;
use crate::{
    simulator::mint,
    time::{DAY, HOUR, MINUTE},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How long a code can be exchanged.
const CODE_LIFE: i64 = 10 * MINUTE;
/// How long a refresh token works. Using it does not make it longer.
const REFRESH_LIFE: i64 = 90 * DAY;

/// A LINE Login channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LoginChannel {
    /// Ten digits.
    pub id: String,
    /// 32 hex digits; signs the ID tokens of web apps.
    pub secret: String,
    /// What the service is called.
    pub name: String,
    /// Within one provider a person has one id. Empty: the provider of all Messaging API channels.
    pub provider: String,
    /// Where codes may be sent.
    pub redirect_uris: Vec<String>,
    /// The Messaging API channel whose account is linked.
    pub channel: Option<String>,
    /// May ask for e-mail addresses.
    pub email: bool,
    /// A mobile app: needs no secret, and its ID tokens are signed with the platform's key (ES256).
    pub native: bool,
}

/// Where a LIFF app was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// LIFF id.
    pub app: String,
    /// Channel or group id; none outside of chats.
    pub room: Option<String>,
    /// Inside of LINE; `false` in another browser.
    pub inside: bool,
}

/// A person's access token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UserToken {
    /// The login channel.
    pub channel: String,
    /// Whose.
    pub user: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Unix milliseconds.
    pub ends: i64,
    /// For a LIFF app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
}

impl UserToken {
    /// Whether it may do this.
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|own| own == scope)
    }
}

/// Makes new access tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshToken {
    /// The login channel.
    pub channel: String,
    /// Whose.
    pub user: String,
    /// What the access tokens may do.
    pub scopes: Vec<String>,
    /// Unix milliseconds.
    pub ends: i64,
}

/// What an authorization code stands for. Short-lived as reply tokens are, so it is not written down.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// The login channel.
    pub channel: String,
    /// Who logged in.
    pub user: String,
    /// What they allowed.
    pub scopes: Vec<String>,
    /// The `redirect_uri` of the request.
    pub redirect: String,
    /// Comes back in the ID token.
    pub nonce: Option<String>,
    /// Of PKCE, S256.
    pub challenge: Option<String>,
    /// Unix seconds of the login; only where `max_age` was asked.
    pub auth_time: Option<i64>,
    /// How they logged in.
    pub amr: String,
    /// The LIFF app that asked.
    pub app: Option<String>,
    /// Unix milliseconds.
    pub ends: i64,
}

/// Messages on their way to those whom a friend chooses.
#[derive(Clone, Debug)]
pub struct Share {
    /// Who shares.
    pub user: String,
    /// Message objects.
    pub messages: Vec<Value>,
    /// More than one may be chosen, and groups.
    pub multiple: bool,
    /// Unix milliseconds.
    pub ends: i64,
}

/// Everything of LINE Login.
#[derive(Debug, Default)]
pub struct Logins {
    /// By id.
    pub channels: BTreeMap<String, LoginChannel>,
    /// Scopes that a person allowed a login channel, by both.
    pub consents: BTreeMap<(String, String), BTreeSet<String>>,
    /// By token.
    pub tokens: HashMap<String, UserToken>,
    /// By token.
    pub refreshes: HashMap<String, RefreshToken>,
    /// By code.
    pub codes: HashMap<String, Code>,
    /// By user; people who are not here have one that follows from their id.
    pub emails: HashMap<String, Option<String>>,
    /// By an id that its page carries.
    pub shares: HashMap<String, Share>,
}

impl World {
    /// The login channel with this id. A Messaging API channel stands for itself, so that a LIFF app can be
    /// tried without another channel; nobody can log in there but by such an app.
    pub fn login_channel(&self, id: &str) -> Option<LoginChannel> {
        let made = self.logins.channels.get(id).cloned();
        made.or_else(|| {
            let channel = self.channels.get(id)?;
            Some(LoginChannel {
                id: channel.id.clone(),
                secret: channel.secret.clone(),
                name: channel.name.clone(),
                channel: Some(channel.id.clone()),
                email: true,
                ..LoginChannel::default()
            })
        })
    }

    /// Writes a login channel.
    pub fn put_login_channel(&mut self, channel: LoginChannel) {
        self.save("login", &channel.id, &channel);
        self.logins.channels.insert(channel.id.clone(), channel);
        self.changed("");
    }

    /// The secret of a channel of either kind.
    pub fn secret_of(&self, channel: &str) -> Option<&str> {
        let login = || self.logins.channels.get(channel).map(|channel| channel.secret.as_str());
        self.channels.get(channel).map(|channel| channel.secret.as_str()).or_else(login)
    }

    /// By which id a provider knows a person: their own where the Messaging API channels are.
    pub fn known_as(&self, channel: &LoginChannel, user: &str) -> String {
        if channel.provider.is_empty() {
            return user.to_owned();
        }
        let digest = Sha256::digest(format!("{}/{user}", channel.provider));
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("U{hex}")
    }

    /// A person's e-mail address, if they have one.
    pub fn email_of(&self, user: &str) -> Option<String> {
        match self.logins.emails.get(user) {
            Some(email) => email.clone(),
            None => Some(format!("{}@example.com", user.chars().take(9).collect::<String>().to_lowercase())),
        }
    }

    /// What a person has allowed a login channel.
    pub fn consents(&self, channel: &str, user: &str) -> BTreeSet<String> {
        self.logins.consents.get(&(channel.to_owned(), user.to_owned())).cloned().unwrap_or_default()
    }

    /// A person was asked for some scopes and allowed some of them.
    pub fn consent(&mut self, channel: &str, user: &str, asked: &[String], allowed: &[String]) {
        let key = (channel.to_owned(), user.to_owned());
        let all = self.logins.consents.entry(key).or_default();
        all.retain(|scope| !asked.contains(scope));
        all.extend(allowed.iter().cloned());
        let all = all.clone();
        self.save("consent", &format!("{channel}/{user}"), &all);
    }

    /// What was allowed is taken back: every token of this person at this channel dies.
    pub fn deauthorize(&mut self, channel: &str, user: &str) {
        self.logins.consents.remove(&(channel.to_owned(), user.to_owned()));
        self.forget("consent", &format!("{channel}/{user}"));
        let theirs = |of: &str, whose: &str| of == channel && whose == user;
        let tokens: Vec<String> =
            self.logins.tokens.iter().filter(|(_, t)| theirs(&t.channel, &t.user)).map(name).collect();
        let refreshes: Vec<String> =
            self.logins.refreshes.iter().filter(|(_, t)| theirs(&t.channel, &t.user)).map(name).collect();
        for token in tokens {
            self.drop_user_token(&token);
        }
        for refresh in refreshes {
            self.logins.refreshes.remove(&refresh);
            self.forget("refresh", &refresh);
        }
        self.logins.codes.retain(|_, code| !theirs(&code.channel, &code.user));
    }

    /// Issues a code; those that ended are forgotten.
    pub fn issue_code(&mut self, code: Code) -> String {
        let now = self.now();
        self.logins.codes.retain(|_, code| code.ends > now);
        let name = mint::letters(20);
        self.logins.codes.insert(name.clone(), Code { ends: now + CODE_LIFE, ..code });
        name
    }

    /// Issues an access token: 30 days, for a LIFF app 12 hours. Answers it and its life in seconds.
    pub fn issue_user_token(
        &mut self,
        channel: &str,
        user: &str,
        scopes: &[String],
        opened: Option<Opened>,
    ) -> (String, i64) {
        let now = self.now();
        let life = if opened.is_some() { 12 * HOUR } else { 30 * DAY };
        let name = mint::token();
        let token =
            UserToken { channel: channel.into(), user: user.into(), scopes: scopes.to_vec(), ends: now + life, opened };
        self.save("user_token", &name, &token);
        self.logins.tokens.insert(name.clone(), token);
        (name, life / crate::time::SECOND)
    }

    /// Issues a refresh token.
    pub fn issue_refresh_token(&mut self, channel: &str, user: &str, scopes: &[String]) -> String {
        let name = mint::letters(20);
        let ends = self.now() + REFRESH_LIFE;
        let token = RefreshToken { channel: channel.into(), user: user.into(), scopes: scopes.to_vec(), ends };
        self.save("refresh", &name, &token);
        self.logins.refreshes.insert(name.clone(), token);
        name
    }

    /// A person's access token, if it has not ended.
    pub fn user_token(&self, name: &str) -> Option<&UserToken> {
        self.logins.tokens.get(name).filter(|token| token.ends > self.now())
    }

    /// Makes a person's access token invalid.
    pub fn drop_user_token(&mut self, name: &str) {
        self.logins.tokens.remove(name);
        self.forget("user_token", name);
    }
}

fn name<T>((name, _): (&String, T)) -> String {
    name.clone()
}

/// The first half of the SHA-256 of a token, by which a page can prove that it holds it.
pub fn half_hash(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(token.as_bytes())[..16])
}

/// What a PKCE verifier becomes with S256.
pub fn challenge(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_id_within_a_provider() {
        let world = World::default();
        let of = |provider: &str| LoginChannel { provider: provider.into(), ..LoginChannel::default() };
        assert_eq!(world.known_as(&of(""), "U1"), "U1");
        let other = world.known_as(&of("Tea"), "U1");
        assert!(mint::is_line_id(&other, "U"));
        assert_eq!(world.known_as(&of("Tea"), "U1"), other);
        assert_ne!(world.known_as(&of("Sake"), "U1"), other);
    }

    #[test]
    fn a_challenge_is_as_the_rfc_says() {
        // RFC 7636, appendix B.
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn what_is_taken_back_dies() {
        let mut world = World::default();
        let scopes = vec!["profile".to_owned()];
        world.consent("1", "U1", &scopes, &scopes);
        let (mine, _) = world.issue_user_token("1", "U1", &scopes, None);
        let (other, _) = world.issue_user_token("1", "U2", &scopes, None);
        let refresh = world.issue_refresh_token("1", "U1", &scopes);
        world.deauthorize("1", "U1");
        assert!(world.user_token(&mine).is_none() && world.user_token(&other).is_some());
        assert!(!world.logins.refreshes.contains_key(&refresh) && world.consents("1", "U1").is_empty());
    }
}
