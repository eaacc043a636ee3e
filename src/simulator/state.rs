//! The running simulator: the world behind its lock, and the three places to which its changes go.

use super::{
    mint::{self, Dice},
    model::Manners,
    store,
    webhook::{Job, Queues, USER_AGENT},
    wire::Log,
    world::{Change, Row, World},
};
use serde_json::Value;
use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
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
    /// Plays the demo as soon as the demo channel's webhook answers.
    pub demo: bool,
    /// How the platform behaves on the wire at first, and after a reset.
    pub manners: Manners,
    /// Where phones and the API are reached, without a slash at the end.
    pub base_url: String,
}

/// See the module.
pub struct Simulator {
    world: Mutex<World>,
    /// Locked after the world.
    dice: Mutex<Option<Dice>>,
    /// What can be chosen for a run.
    pub rules: Rules,
    /// What went over the wire.
    pub log: Log,
    pub(super) http: reqwest::Client,
    pub(super) queues: Queues,
    faulty: AtomicBool,
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
            .user_agent(USER_AGENT)
            .timeout(std::time::Duration::from_millis(rules.webhook_timeout))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let mut world = World { manners: rules.manners, ..World::default() };
        let rows = match data {
            Some(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                Some(store::open(&folder.join("simulator.db"), &mut world).await?)
            }
            None => None,
        };
        // A flag wins over what was set before.
        world.manners.rate_limits |= rules.manners.rate_limits;
        Ok(Arc::new(Self {
            world: Mutex::new(world),
            dice: Mutex::default(),
            rules,
            log: Log::default(),
            http,
            queues: Queues::default(),
            faulty: AtomicBool::new(false),
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
        let pace = world.manners.narrowcast_pace;
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        let result = mint::with_dice(&mut dice, || {
            world.settle(pace);
            work(&mut world)
        });
        drop(dice);
        if !world.rows.is_empty() {
            let rows = std::mem::take(&mut world.rows);
            if let Some((sender, _)) = &*self.rows.lock().unwrap_or_else(PoisonError::into_inner) {
                for row in rows {
                    // The writer ends only at shutdown.
                    let _ = sender.send(row);
                }
            }
        }
        // What happened at once goes out together.
        let mut at_once: Vec<(String, Vec<Value>)> = Vec::new();
        for (channel, event) in std::mem::take(&mut world.events) {
            match at_once.iter_mut().find(|(other, _)| *other == channel) {
                Some((_, events)) => events.push(event),
                None => at_once.push((channel, vec![event])),
            }
        }
        for (channel, events) in at_once {
            self.queue(&channel, Job::Events(events));
        }
        self.faulty.store(!world.faults.is_empty(), Ordering::Relaxed);
        for change in std::mem::take(&mut world.changes) {
            // Nobody may be looking.
            let _ = self.changes.send(change);
        }
        if std::mem::take(&mut world.stir) {
            self.stirred.notify_one();
        }
        result
    }

    /// Makes the same identifiers in every run from now on, or by chance again. Not kept over a restart.
    pub fn set_dice(&self, dice: Option<Dice>) {
        *self.dice.lock().unwrap_or_else(PoisonError::into_inner) = dice;
    }

    /// Whether a fault is switched on; costs nothing to ask.
    pub fn is_faulty(&self) -> bool {
        self.faulty.load(Ordering::Relaxed)
    }

    /// Puts another world in the place of this one, in the file too.
    pub fn replace(self: &Arc<Self>, other: World) {
        self.with(|world| {
            let keep = world.keep;
            *world = World { keep, ..other };
            world.forget("", "");
            if keep {
                let mut rows = world.rows_of_all();
                world.rows.append(&mut rows);
            }
            world.changed("");
        });
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
