//! Puts the simulator on a port: LINE's API, the control API and the phones, all under one address.

use super::{
    archive, control, crowd, demo,
    host::{self, Host},
    liff, login,
    model::{Fault, Manners},
    page, platform,
    state::{Rules, Shared, Simulator},
};
use axum::{Router, middleware};
use std::{future::Future, net::SocketAddr, path::PathBuf};
use tokio::{net::TcpListener, task::JoinHandle};

/// What the simulator starts with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    /// Nothing: tests make what they need.
    #[default]
    Empty,
    /// The bath-house of the README, and a dozen friends whose histories are played as webhooks
    /// once the account's endpoint has answered a test.
    Demo,
}

/// How to start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder of `simulator.db`; in memory only when there is none.
    pub data: Option<PathBuf>,
    /// What there is at first.
    pub seed: Seed,
    /// Insists on https, and on the right one of LINE's hosts, as the real platform does.
    pub strict: bool,
    /// A second address, which is `api-data.line.me` and nothing else.
    pub data_listen: Option<SocketAddr>,
    /// How long a reply token can be used, milliseconds.
    pub reply_token_life: i64,
    /// How long a webhook's receiver may take, milliseconds.
    pub webhook_timeout: u64,
    /// Refuses with 429 what comes faster than LINE allows (line-platform.md §3).
    pub rate_limits: bool,
    /// How long a narrowcast waits, and then how long it is being sent, milliseconds.
    pub narrowcast_pace: i64,
    /// How many friends the first account has at the first start.
    pub crowd: Option<u32>,
    /// The address that is written into answers; that of the listener when there is none.
    pub base_url: Option<String>,
    /// Switched on from the start.
    pub faults: Vec<Fault>,
    /// An export to begin with, in place of all there is.
    pub import: Option<Vec<u8>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: None,
            seed: Seed::Empty,
            strict: false,
            data_listen: None,
            reply_token_life: crate::time::MINUTE,
            webhook_timeout: 2_000,
            rate_limits: false,
            narrowcast_pace: 1_000,
            crowd: None,
            base_url: None,
            faults: Vec::new(),
            import: None,
        }
    }
}

/// A simulator that runs.
pub struct Running {
    /// Where it is reached, without a slash at the end: the base URL for a console.
    pub base_url: String,
    /// Where it is `api-data.line.me` only, if that was asked for.
    pub data_url: Option<String>,
    /// Its state.
    pub state: Shared,
    /// Ends after shutdown, when everything is written.
    pub done: JoinHandle<std::io::Result<()>>,
}

/// Every path of the simulator.
pub fn router(state: Shared) -> Router {
    // The phones are rendered on tokio; a second initialisation changes nothing.
    let _ = any_spawner::Executor::init_tokio();
    let pages = Router::new()
        .nest("/simulator/api", control::router())
        .merge(page::router())
        .layer(middleware::from_fn(page::same_origin));
    Router::new()
        .merge(pages)
        .merge(platform::router(&state))
        .merge(login::router(&state))
        .merge(liff::router(&state))
        .fallback_service(
            Router::new()
                .fallback(platform::nothing_here)
                .layer(middleware::from_fn_with_state(state.clone(), platform::around))
                .with_state(state.clone()),
        )
        .with_state(state)
}

/// Starts a simulator on `listener`; it ends when `shutdown` does.
///
/// # Errors
/// When its data can't be opened.
pub async fn start(
    config: Config,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<Running> {
    let address = listener.local_addr()?;
    let base_url = config.base_url.unwrap_or_else(|| format!("http://{address}"));
    let rules = Rules {
        strict: config.strict,
        reply_token_life: config.reply_token_life,
        webhook_timeout: config.webhook_timeout,
        manners: Manners {
            rate_limits: config.rate_limits,
            narrowcast_pace: config.narrowcast_pace,
            ..Manners::default()
        },
        demo: config.seed == Seed::Demo,
        base_url: base_url.clone(),
    };
    let state = Simulator::open(config.data.as_deref(), rules).await?;
    if let Some(file) = config.import {
        state.replace(archive::read(&file, state.rules.manners).map_err(|wrong| anyhow::anyhow!("{wrong}"))?);
    }
    if config.seed == Seed::Demo {
        demo::demo(&state);
    }
    state.with(|world| {
        for fault in config.faults {
            world.add_fault(fault);
        }
    });
    if let Some(count) = config.crowd {
        crowd::first(&state, count)?;
    }
    tokio::spawn(crowd::pump::run(std::sync::Arc::downgrade(&state)));
    let app = host::before(router(state.clone()), &state, None);
    let data_url = match config.data_listen {
        None => None,
        Some(address) => {
            let listener = TcpListener::bind(address).await?;
            let url = format!("http://{}", listener.local_addr()?);
            let app = host::before(router(state.clone()), &state, Some(Host::Data));
            // Ends with the process: whoever stops the simulator waits for the other listener.
            tokio::spawn(async move { axum::serve(listener, app).await });
            Some(url)
        }
    };
    let closing = state.clone();
    let (ending, mut ended) = tokio::sync::watch::channel(());
    let done = tokio::spawn(async move {
        let served = axum::serve(listener, app).with_graceful_shutdown(async move {
            shutdown.await;
            let _ = ending.send(());
        });
        // Live phones would hold a graceful end up for ever: after it is asked for, they get a second.
        let result = tokio::select! {
            result = served => result,
            () = async move {
                let _ = ended.changed().await;
                tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            } => Ok(()),
        };
        closing.close().await;
        result
    });
    Ok(Running { base_url, data_url, state, done })
}

/// Starts a simulator and waits for its end.
///
/// # Errors
/// When its data can't be opened, or the listener breaks.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let running = start(config, listener, shutdown).await?;
    running.done.await??;
    Ok(())
}
