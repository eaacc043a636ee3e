//! What every part of the running server shares.

use super::{
    config::Config,
    db::{Db, Engine, Tx},
    hub::Hub,
    vault::Vault,
};
use crate::{
    account::directory::Directory,
    chat::{ingest::Delivery, presence::Presence},
    id::AccountId,
};
use anyhow::Context;
use std::{ops::Deref, path::Path, sync::Arc};
use tokio::sync::{Notify, mpsc, watch};

/// Shared by every request and every background task. Cheap to clone.
#[derive(Clone)]
pub struct State(Arc<Inner>);

/// The parts.
pub struct Inner {
    /// Settings.
    pub config: Config,
    /// Address under which browsers and LINE reach this server, without a trailing slash.
    pub public_url: String,
    /// Database.
    pub db: Db,
    /// Secrets.
    pub vault: Vault,
    /// Live updates.
    pub hub: Hub,
    /// Who looks at which room.
    pub presence: Presence,
    /// Wakes the worker that runs jobs.
    pub jobs: Notify,
    /// Where webhooks wait to be written.
    pub ingest: mpsc::Sender<Delivery>,
    /// Outgoing HTTP: to LINE only, redirects are not followed.
    pub http: reqwest::Client,
    /// Credentials of the accounts, decrypted once.
    pub directory: Directory,
    /// Turns true when the server is to end: streams stop, workers come to their end.
    pub stop: watch::Sender<bool>,
}

impl Deref for State {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl State {
    /// Opens the database, migrates it, and puts everything together. The receiving end is for
    /// [`crate::chat::ingest::run`].
    ///
    /// # Errors
    /// Whatever keeps the program from starting, in plain words.
    pub async fn open(config: Config, public_url: String) -> anyhow::Result<(Self, mpsc::Receiver<Delivery>)> {
        let db = Db::open(config.database_url()).await?;
        db.migrate().await?;
        let vault = open_vault(&db, &config.key_file).await?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent(concat!("engawa/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(std::time::Duration::from_secs(5))
            .timeout(std::time::Duration::from_secs(30))
            .build()
            .context("the HTTP client could not be made")?;
        let (ingest, deliveries) = mpsc::channel(4_096);
        let state = Self(Arc::new(Inner {
            public_url,
            vault,
            hub: Hub::default(),
            presence: Presence::default(),
            jobs: Notify::new(),
            ingest,
            http,
            directory: Directory::default(),
            stop: watch::Sender::new(false),
            config,
            db,
        }));
        Ok((state, deliveries))
    }

    /// Tells every node that something was committed in `account`. Call after the commit; inside it
    /// on PostgreSQL the other nodes are told by [`State::commit`].
    pub fn announce(&self, account: AccountId) {
        self.hub.announce(account);
    }

    /// Commits and announces.
    pub async fn commit(&self, mut tx: Tx, account: AccountId) -> sqlx::Result<()> {
        if self.db.engine == Engine::Postgres {
            super::db::notify(&mut tx, account).await?;
        }
        tx.commit().await?;
        self.announce(account);
        Ok(())
    }
}

/// The key may be made anew only while nothing was ever encrypted with it.
pub async fn open_vault(db: &Db, key_file: &Path) -> anyhow::Result<Vault> {
    let secrets: i64 = sqlx::query_scalar("SELECT (SELECT COUNT(*) FROM account) + (SELECT COUNT(*) FROM two_step)")
        .fetch_one(db.read())
        .await?;
    Vault::open(key_file, secrets == 0)
}
