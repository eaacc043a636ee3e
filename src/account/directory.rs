//! The credentials of connected accounts, decrypted once and kept in memory.

use super::store;
use crate::{
    id::AccountId,
    line::client::{self, Client},
    server::{db::Db, state::State},
    time::{MINUTE, SECOND, now},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

/// How long an entry is believed: another node may have changed the credentials.
const FRESH: i64 = MINUTE;
/// A stateless token is renewed this long before it ends.
const EARLY: i64 = 2 * MINUTE;

/// Everything known about the channels of this installation.
#[derive(Default)]
pub struct Directory {
    channels: Mutex<HashMap<AccountId, Arc<Channel>>>,
}

/// One account's way to LINE. Never leaves the server; deliberately without `Debug`.
pub struct Channel {
    /// Channel id.
    pub channel_id: String,
    /// Channel secret: signs webhooks.
    pub secret: String,
    /// Our bot's own user id.
    pub bot_user_id: String,
    /// Base URL of LINE's hosts, or of a simulator.
    pub api_base: String,
    /// A long-lived token; none when we fetch stateless ones.
    token: Option<String>,
    stateless: tokio::sync::Mutex<Option<(String, i64)>>,
    read_at: i64,
    noted: [AtomicI64; 2],
}

impl Directory {
    /// Whether this account is connected.
    pub async fn exists(&self, db: &Db, account: AccountId) -> sqlx::Result<bool> {
        if self.cached(account).is_some() {
            return Ok(true);
        }
        store::exists(db.read(), account).await
    }

    /// The account's channel; none when it is not connected.
    pub async fn channel(&self, state: &State, account: AccountId) -> anyhow::Result<Option<Arc<Channel>>> {
        if let Some(channel) = self.cached(account) {
            return Ok(Some(channel));
        }
        let Some(row) = store::secrets(state.db.read(), account).await? else { return Ok(None) };
        let open = |column, sealed: &str| state.vault.open_sealed(("account", column, account.0), sealed);
        let channel = Arc::new(Channel {
            channel_id: row.channel_id,
            secret: open("secret", &row.secret)?,
            bot_user_id: row.bot_user_id,
            api_base: row.api_base,
            token: row.token.map(|token| open("token", &token)).transpose()?,
            stateless: tokio::sync::Mutex::default(),
            read_at: now(),
            noted: Default::default(),
        });
        if let Ok(mut channels) = self.channels.lock() {
            channels.insert(account, channel.clone());
        }
        Ok(Some(channel))
    }

    /// A client with a token that is good now.
    pub async fn client(&self, state: &State, account: AccountId) -> anyhow::Result<Result<Client, client::Error>> {
        let Some(channel) = self.channel(state, account).await? else {
            anyhow::bail!("account {account} is not connected");
        };
        Ok(channel.client(state).await)
    }

    /// Forgets an account, because its credentials changed or were refused.
    pub fn forget(&self, account: AccountId) {
        if let Ok(mut channels) = self.channels.lock() {
            channels.remove(&account);
        }
    }

    fn cached(&self, account: AccountId) -> Option<Arc<Channel>> {
        let channels = self.channels.lock().ok()?;
        channels.get(&account).filter(|channel| channel.read_at + FRESH > now()).cloned()
    }
}

impl Channel {
    /// Whether it is time to note that a webhook came, well (`good`) or badly signed: once a minute,
    /// and whenever the credentials were looked up anew.
    pub fn note_due(&self, good: bool) -> bool {
        let now = now();
        let last = &self.noted[usize::from(good)];
        last.load(Ordering::Relaxed) + MINUTE < now && last.swap(now, Ordering::Relaxed) + MINUTE < now
    }

    async fn client(&self, state: &State) -> Result<Client, client::Error> {
        let (http, data) = (&state.http, state.config.line_data_hosts.get(&self.api_base).map(String::as_str));
        if let Some(token) = &self.token {
            return Ok(Client::new(http, &self.api_base, token.clone()).with_data(data));
        }
        let mut kept = self.stateless.lock().await;
        let token = match &*kept {
            Some((token, until)) if *until > now() => token.clone(),
            _ => {
                let token = client::issue_token(http, &self.api_base, &self.channel_id, &self.secret).await?;
                let until = now() + token.expires_in * SECOND - EARLY;
                kept.insert((token.access_token, until)).0.clone()
            }
        };
        Ok(Client::new(http, &self.api_base, token).with_data(data))
    }
}
