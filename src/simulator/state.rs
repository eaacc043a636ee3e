//! The running simulator: the world behind its lock, and the three places to which its changes go.

use super::{
    store,
    webhook::{Job, Queues},
    world::{Change, Row, World},
};
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    sync::{Notify, broadcast, mpsc::UnboundedSender},
    task::JoinHandle,
};

/// A simulator that several tasks share.
pub type Shared = Arc<Simulator>;

/// What can be chosen for a run.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Insists on what the real platform insists on: https everywhere.
    pub strict: bool,
    /// How long a reply token can be used, milliseconds.
    pub reply_token_life: i64,
    /// How long a webhook's receiver may take, milliseconds.
    pub webhook_timeout: u64,
    /// How often a failed webhook is delivered again, where the channel has that switched on.
    pub redeliveries: u32,
    /// Wait before the first redelivery, milliseconds; doubles each time.
    pub redelivery_wait: u64,
    /// Plays the demo as soon as the demo channel's webhook answers.
    pub demo: bool,
    /// Refuses with 429 what comes faster than LINE allows (line-platform.md §3).
    pub rate_limits: bool,
    /// How long a narrowcast waits, and then how long it is being sent, milliseconds.
    pub narrowcast_pace: i64,
    /// Where phones and the API are reached, without a slash at the end.
    pub base_url: String,
}

/// See the module.
pub struct Simulator {
    world: Mutex<World>,
    /// What can be chosen for a run.
    pub rules: Rules,
    pub(super) http: reqwest::Client,
    pub(super) queues: Queues,
    rows: Mutex<Option<(UnboundedSender<Row>, JoinHandle<()>)>>,
    changes: broadcast::Sender<Change>,
    stirred: Arc<Notify>,
}

impl Simulator {
    /// Makes one from what `data` holds; in memory only when there is none. Must run inside tokio.
    ///
    /// # Errors
    /// When the file can't be opened, or TLS can't be set up.
    pub async fn open(data: Option<&Path>, rules: Rules) -> anyhow::Result<Shared> {
        // Somebody else may have installed one, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent("LineBotWebhook/2.0")
            .timeout(std::time::Duration::from_millis(rules.webhook_timeout))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let mut world = World::default();
        let rows = match data {
            Some(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                Some(store::open(&folder.join("simulator.db"), &mut world).await?)
            }
            None => None,
        };
        Ok(Arc::new(Self {
            world: Mutex::new(world),
            rules,
            http,
            queues: Queues::default(),
            rows: Mutex::new(rows),
            changes: broadcast::channel(1_024).0,
            stirred: Arc::default(),
        }))
    }

    /// What the platform's clock shows, Unix milliseconds. Not from within [`Self::with`].
    pub fn now(self: &Arc<Self>) -> i64 {
        self.with(|world| world.now())
    }

    /// Looks at the world or changes it. Everything that follows from the change is handed on
    /// before the lock is released, so webhooks leave in the order in which things happened.
    pub fn with<R>(self: &Arc<Self>, work: impl FnOnce(&mut World) -> R) -> R {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.settle(self.rules.narrowcast_pace);
        let result = work(&mut world);
        if !world.rows.is_empty() {
            let rows = std::mem::take(&mut world.rows);
            if let Some((sender, _)) = &*self.rows.lock().unwrap_or_else(PoisonError::into_inner) {
                for row in rows {
                    // The writer ends only at shutdown.
                    let _ = sender.send(row);
                }
            }
        }
        for (channel, event) in std::mem::take(&mut world.events) {
            self.queue(&channel, Job::Event(event));
        }
        for change in std::mem::take(&mut world.changes) {
            // Nobody may be looking.
            let _ = self.changes.send(change);
        }
        if std::mem::take(&mut world.stir) {
            self.stirred.notify_one();
        }
        result
    }

    /// Tells when crowds may have something to do.
    pub(super) fn stirred(&self) -> Arc<Notify> {
        self.stirred.clone()
    }

    /// What happens from now on.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Writes everything and closes the file. The simulator must not be used after that.
    pub async fn close(&self) {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((sender, writer)) = rows {
            drop(sender);
            let _ = writer.await;
        }
    }
}
