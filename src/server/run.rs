//! `engawa serve`: starts everything, and ends it without losing anything.

use super::{config::Config, db, demo, jobs, router, state::State, telemetry};
use crate::{account, chat, simulator, team};
use anyhow::Context;
use std::{
    future::{Future, IntoFuture},
    net::SocketAddr,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
};

/// How often each account's name, picture, mode and quota are asked for.
const ACCOUNT_REFRESH: Duration = Duration::from_secs(600);
/// How long a stopping server waits for requests that are being answered.
const GRACE: Duration = Duration::from_secs(20);

/// Listens on an address.
///
/// # Errors
/// When it is taken or not allowed, in plain words.
pub async fn listen(address: SocketAddr, flag: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "{address} is in use: another program (or another Engawa) listens there. Stop it, or choose another address with {flag}"
        ),
        std::io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("{address} may not be used by this user: ports below 1024 need more rights. Choose another with {flag}")
        }
        _ => anyhow::Error::new(error).context(format!("{address} can't be listened on; choose another with {flag}")),
    })
}

/// A server that runs.
pub struct Running {
    /// Everything shared.
    pub state: State,
    server: JoinHandle<std::io::Result<()>>,
    worker: JoinHandle<()>,
    indexer: JoinHandle<()>,
    ingest: JoinHandle<()>,
    simulator: Option<simulator::server::Running>,
}

/// Runs the server until it is told to stop.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let told = told_to_stop()?;
    let running = start(config).await?;
    greet(&running).await?;
    told.await;
    tracing::info!("stopping: requests and jobs that run come to their end");
    running.stop().await;
    Ok(())
}

/// Starts everything. The addresses come first: whatever is wrong with them is said before the database
/// is touched.
pub async fn start(mut config: Config) -> anyhow::Result<Running> {
    config.prepare_data_dir()?;
    let listener = listen(config.listen, "--listen").await?;
    let address = listener.local_addr()?;
    let metrics_listener = match config.metrics_listen {
        Some(address) => Some(listen(address, "--metrics-listen").await?),
        None => None,
    };
    let simulator_listener =
        if config.demo { Some(listen(config.simulator_listen, "--simulator-listen").await?) } else { None };
    if let Some(listener) = &simulator_listener {
        config.line_hosts.push(format!("http://{}", listener.local_addr()?));
    }
    let public_url = config.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let (state, deliveries) = State::open(config, public_url).await?;
    jobs::release_all(&state.db).await?;
    if let Some(listener) = metrics_listener {
        let metrics = telemetry::metrics();
        let app = axum::Router::new().route("/metrics", axum::routing::get(move || async move { metrics.render() }));
        tokio::spawn(async move { axum::serve(listener, app).await });
    }
    let ingest = tokio::spawn(chat::ingest::run(state.clone(), deliveries));
    let indexer = tokio::spawn(chat::search::index::run(state.clone(), state.stop.subscribe()));
    let worker = tokio::spawn(jobs::run(state.clone(), chat::jobs::perform, state.stop.subscribe()));
    tokio::spawn(hear_other_nodes(state.clone()));
    tokio::spawn(refresh_accounts(state.clone()));
    tokio::spawn(end_shifts(state.clone()));
    let app = router::build(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let mut stop = state.stop.subscribe();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        let _ = stop.wait_for(|stop| *stop).await;
    });
    let server = tokio::spawn(server.into_future());
    let simulator = match simulator_listener {
        Some(listener) => Some(demo::start(&state, listener).await?),
        None => None,
    };
    Ok(Running { state, server, worker, indexer, ingest, simulator })
}

impl Running {
    /// Ends without losing anything: requests are answered, jobs that run come to their end, and what
    /// waits is found at the next start.
    pub async fn stop(self) {
        self.state.stop.send_replace(true);
        if tokio::time::timeout(GRACE, self.server).await.is_err() {
            tracing::warn!("some requests did not end in time");
        }
        let _ = tokio::time::timeout(GRACE, self.worker).await;
        let _ = tokio::time::timeout(GRACE, self.indexer).await;
        if let Some(simulator) = self.simulator {
            let _ = tokio::time::timeout(GRACE, simulator.done).await;
        }
        // Every request has its answer, so nothing waits to be written any more.
        self.ingest.abort();
        self.state.db.close().await;
    }
}

/// The one thing on standard output: where it is and how to get in.
async fn greet(running: &Running) -> anyhow::Result<()> {
    let state = &running.state;
    println!("Engawa is at {}", state.public_url);
    if let Some(simulator) = &running.simulator {
        println!("The simulator's phones are at {}", simulator.base_url);
    }
    match team::service::setup_link(state).await? {
        Some(link) => println!("First start: open this link once to become the owner\n  {link}"),
        None => println!("Log in with your e-mail and password (forgotten? `engawa user password EMAIL`)"),
    }
    println!("Press Ctrl-C to stop.");
    Ok(())
}

async fn hear_other_nodes(state: State) {
    let heard = state.clone();
    let changed = move |account| heard.announce(account);
    let told = state.clone();
    let here = move |text: &str| chat::presence::hear(&told, text);
    db::listen(state.db.clone(), state.config.database_url(), changed, here).await;
}

/// Ends the shifts of those who have been away, once a minute.
async fn end_shifts(state: State) {
    let mut stop = state.stop.subscribe();
    loop {
        tokio::select! {
            () = tokio::time::sleep(std::time::Duration::from_secs(60)) => {}
            _ = stop.changed() => return,
        }
        if let Err(error) = team::service::end_shifts(&state).await {
            tracing::error!(%error, "shifts could not be ended");
        }
    }
}

async fn refresh_accounts(state: State) {
    let mut stop = state.stop.subscribe();
    loop {
        tokio::select! {
            () = tokio::time::sleep(ACCOUNT_REFRESH) => {}
            _ = stop.changed() => return,
        }
        for account in account::service::briefs(&state).await.unwrap_or_default() {
            let result = async {
                match state.directory.client(&state, account.id).await? {
                    Ok(client) => Ok(account::service::refresh(&state, account.id, &client).await?),
                    Err(error) => Ok(Err(error)),
                }
            };
            let result: anyhow::Result<Result<(), crate::line::client::Error>> = result.await;
            match result {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::warn!(account = %account.id, %error, "LINE could not be asked about an account")
                }
                Err(error) => {
                    tracing::error!(account = %account.id, error = format!("{error:#}"), "an account could not be refreshed")
                }
            }
        }
    }
}

/// Begins to hear Ctrl-C and the service manager's SIGTERM; the future ends with the first of them.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("signals can't be heard")?;
    let mut terminate = signal(SignalKind::terminate()).context("signals can't be heard")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// `engawa simulator`: LINE alone, for developers of any bot. `file` is written when it ends.
pub async fn simulate(
    listen_on: SocketAddr,
    config: simulator::server::Config,
    file: Option<std::path::PathBuf>,
) -> anyhow::Result<()> {
    let told = told_to_stop()?;
    let listener = listen(listen_on, "--listen").await?;
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let kept = match (&config.data, &file) {
        (Some(folder), _) => format!("in {}", folder.display()),
        (_, Some(file)) => format!("in memory, and in {} when it ends", file.display()),
        _ => "in memory only (--data-dir or --state keeps it)".to_owned(),
    };
    let faults = config.faults.len();
    let strict = config.strict;
    let running = simulator::server::start(config, listener, async move {
        let _ = stopped.wait_for(|stop| *stop).await;
    })
    .await?;
    let base = &running.base_url;
    println!("A simulator of LINE is at {base}");
    println!("  Phones         {base}/");
    println!("  Channels       {base}/settings");
    println!("  Log            {base}/log");
    println!("  Documentation  {base}/docs");
    println!("  State          {kept}");
    if let Some(data) = &running.data_url {
        println!("Its host for content is at {data}");
    }
    if strict {
        println!("  Strict         https everywhere, and each call on its own host");
    }
    if faults > 0 {
        println!("  Faults         {faults} switched on, see {base}/faults");
    }
    println!("Press Ctrl-C to stop.");
    told.await;
    if let Some(file) = file {
        let text = running.state.with(simulator::archive::write);
        // Beside it first: what is there stays whole if the disk is full.
        let beside = file.with_extension("part");
        tokio::fs::write(&beside, text).await.with_context(|| format!("can't write {}", beside.display()))?;
        tokio::fs::rename(&beside, &file).await.with_context(|| format!("can't write {}", file.display()))?;
        println!("The state is in {}.", file.display());
    }
    stop.send_replace(true);
    tokio::time::timeout(GRACE, running.done).await.context("the simulator did not end in time")???;
    Ok(())
}
