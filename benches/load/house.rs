//! The release binary and the simulator as processes of their own, an owner who is logged in, and a
//! connected account: set up over HTTP, as a person would.

use super::method;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use sqlx::{Connection, Executor};
use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

const EMAIL: &str = "mika@example.com";
const PASSWORD: &str = "correct horse battery";
const PATIENCE: Duration = Duration::from_secs(60);

/// The binary to measure.
pub fn binary() -> anyhow::Result<PathBuf> {
    let binary = std::env::var_os("ENGAWA_BIN").context("ENGAWA_BIN names no binary; run ./dev bench")?;
    let binary = PathBuf::from(binary);
    if !binary.is_file() {
        bail!("{} is not there; run ./dev bench", binary.display());
    }
    Ok(binary)
}

/// A process that ends with us.
pub struct Program {
    child: Child,
    lines: Option<Lines<BufReader<ChildStdout>>>,
}

impl Program {
    /// Starts a program whose log goes into `log`.
    pub fn start(program: &Path, arguments: &[&str], environment: &[(&str, &str)], log: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        // Settings of this shell must not change what is measured.
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ENGAWA_")) {
            command.env_remove(name);
        }
        command.args(arguments).envs(environment.iter().copied()).stdin(Stdio::null()).stdout(Stdio::piped());
        command.stderr(std::fs::File::create(log)?).kill_on_drop(true);
        let mut child = command.spawn().with_context(|| format!("{} can't be started", program.display()))?;
        let output = child.stdout.take().context("no output")?;
        Ok(Self { child, lines: Some(BufReader::new(output).lines()) })
    }

    /// Waits for a line of which `find` makes something.
    pub async fn says<T>(&mut self, find: impl Fn(&str) -> Option<T>) -> anyhow::Result<T> {
        let lines = self.lines.as_mut().context("its output is no longer read")?;
        let looking = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(found) = find(&line) {
                    return Ok(found);
                }
            }
            bail!("it ended before it said where it is")
        };
        timeout(PATIENCE, looking).await.context("it did not say where it is within a minute")?
    }

    /// Reads on, or the program would stop at a full pipe.
    pub fn leave(&mut self) {
        if let Some(mut lines) = self.lines.take() {
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        }
    }

    /// Its process id; 0 once it has ended.
    pub fn pid(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// Asks it to end, as a service manager does, and waits until it has.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let pid = i32::try_from(self.pid())?;
        if let Some(pid) = rustix::process::Pid::from_raw(pid) {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        }
        timeout(PATIENCE, self.child.wait()).await.context("it did not end within a minute")??;
        Ok(())
    }
}

/// `host:port` of an address.
pub fn host(url: &str) -> &str {
    url.trim_start_matches("http://").split('/').next().unwrap_or_default()
}

/// Starts `engawa serve`; gives back its address and the token of the first start, when it is one.
pub async fn serve(data: &Path, arguments: &[&str]) -> anyhow::Result<(Program, String, Option<String>)> {
    let folder = data.display().to_string();
    let arguments = [&["serve", "--listen", "127.0.0.1:0", "--data-dir", &folder], arguments].concat();
    std::fs::create_dir_all(data)?;
    let mut program = Program::start(&binary()?, &arguments, &[], &data.join("bench.log"))?;
    let url = program.says(|line| line.strip_prefix("Engawa is at ").map(str::to_owned)).await?;
    let token = program
        .says(|line| match line.split_once("/setup?token=") {
            Some((_, token)) => Some(Some(token.trim().to_owned())),
            None => line.starts_with("Log in").then_some(None),
        })
        .await?;
    program.leave();
    Ok((program, host(&url).to_owned(), token))
}

/// Someone at a browser.
pub struct Owner {
    http: reqwest::Client,
    base: String,
    /// The session, as a cookie header has it.
    pub cookie: String,
}

impl Owner {
    /// Becomes the owner with the token of the first start.
    pub async fn new(address: &str, token: &str) -> anyhow::Result<Self> {
        let mut owner = Self { http: http()?, base: format!("http://{address}"), cookie: String::new() };
        let fields = [("token", token), ("name", "Mika"), ("email", EMAIL), ("password", PASSWORD)];
        owner.form("team/setup", &fields).await?;
        if owner.cookie.is_empty() {
            bail!("no session began");
        }
        Ok(owner)
    }

    /// Logs in to a house that was set up before.
    pub async fn log_in(address: &str) -> anyhow::Result<Self> {
        let mut owner = Self { http: http()?, base: format!("http://{address}"), cookie: String::new() };
        owner.form("team/login", &[("email", EMAIL), ("password", PASSWORD)]).await?;
        Ok(owner)
    }

    /// Calls a server function with a form.
    pub async fn form(&mut self, function: &str, fields: &[(&str, &str)]) -> anyhow::Result<Value> {
        let request = self.http.post(format!("{}/api/{function}", self.base)).form(fields);
        let request = request.header("sec-fetch-site", "same-origin").header("cookie", &self.cookie);
        let answer = request.send().await?;
        for cookie in answer.headers().get_all("set-cookie") {
            let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
            if pair.contains("engawa=") {
                self.cookie = pair.to_owned();
            }
        }
        let (status, text) = (answer.status(), answer.text().await?);
        if !status.is_success() {
            bail!("{function}: {status} {text}");
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}

/// A client that follows no redirects.
pub fn http() -> anyhow::Result<reqwest::Client> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?)
}

/// A server with its simulator.
pub struct House {
    /// Its data, on the disk that the project is on: /tmp may be memory, where a commit costs nothing.
    pub folder: tempfile::TempDir,
    /// As `--database-url` has it.
    pub database: String,
    /// `host:port`.
    pub address: String,
    /// The owner's session.
    pub cookie: String,
    /// The account's id.
    pub account: String,
    /// The channel's id.
    pub channel: String,
    /// The channel's secret.
    pub secret: String,
    /// A token of the channel's.
    pub token: String,
    /// Where LINE is.
    pub line: String,
    /// The server.
    pub server: Program,
    _simulator: Program,
}

impl House {
    /// Builds one on SQLite, or on a new database of this PostgreSQL server.
    pub async fn build(postgres: Option<&str>) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir_in(method::folder()?)?;
        let data = folder.path().join("data");
        let database = match postgres {
            None => format!("sqlite:{}", data.join("engawa.db").display()),
            Some(server) => new_database(server).await?,
        };
        let (simulator, line) = simulate(folder.path()).await?;
        let (server, address, token) = serve(&data, &["--line-host", &line, "--database-url", &database]).await?;
        let mut owner = Owner::new(&address, &token.context("this is not a first start")?).await?;
        let channel = http()?.post(format!("{line}/simulator/api/channels"));
        let channel: Value = channel.json(&json!({ "name": "Onsen", "quota": 200 })).send().await?.json().await?;
        let text = |name: &str| channel[name].as_str().unwrap_or_default().to_owned();
        let (id, secret, token) = (text("id"), text("secret"), text("token"));
        let fields = [("channel_id", &*id), ("channel_secret", &secret), ("access_token", ""), ("api_base", &line)];
        let account = owner.form("account/connect", &fields).await?;
        let account = account.as_str().context("the account was not connected")?.to_owned();
        let cookie = owner.cookie;
        Ok(Self {
            folder,
            database,
            address,
            cookie,
            account,
            channel: id,
            secret,
            token,
            line,
            server,
            _simulator: simulator,
        })
    }

    /// Where its account is.
    pub fn place(&self) -> Place {
        Place {
            address: self.address.clone(),
            cookie: self.cookie.clone(),
            account: self.account.clone(),
            secret: self.secret.clone(),
        }
    }
}

/// An account on a server that runs, and a session there.
#[derive(Clone)]
pub struct Place {
    /// `host:port`.
    pub address: String,
    /// The owner's session.
    pub cookie: String,
    /// The account's id.
    pub account: String,
    /// The channel's secret.
    pub secret: String,
}

impl Place {
    /// The headers of the owner's browser.
    pub fn headers(&self) -> String {
        headers(&self.cookie)
    }
}

/// The headers of a logged-in browser.
pub fn headers(cookie: &str) -> String {
    format!("cookie: {cookie}\r\nsec-fetch-site: same-origin\r\n")
}

/// Starts a simulator; gives back its address.
pub async fn simulate(folder: &Path) -> anyhow::Result<(Program, String)> {
    let log = folder.join("simulator.log");
    let mut program = Program::start(&binary()?, &["simulator", "--listen", "127.0.0.1:0"], &[], &log)?;
    let address = program.says(|line| Some(format!("http://{}", line.split_once("http://")?.1.trim()))).await?;
    program.leave();
    Ok((program, address))
}

async fn new_database(server: &str) -> anyhow::Result<String> {
    let name = format!("engawa_bench_{:x}", rand::random::<u64>());
    let mut admin = sqlx::PgConnection::connect(server).await.context("PostgreSQL can't be reached")?;
    admin.execute(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).await?;
    let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
    Ok(format!("{base}/{name}"))
}

/// Waits until the server says that its database answers; gives back how long that took from `began`.
pub async fn ready(address: &str, began: Instant) -> anyhow::Result<Duration> {
    let request = super::client::get(address, "/readyz", "");
    loop {
        if let Ok(mut client) = super::client::Client::connect(address).await
            && client.send(&request).await? == 200
        {
            return Ok(began.elapsed());
        }
        if began.elapsed() > PATIENCE {
            bail!("the server did not get ready within a minute");
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
