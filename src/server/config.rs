//! Settings. Each can be given as a flag, as an environment variable, or in a TOML file; a flag wins
//! over the environment, which wins over the file. The README's table lists them all.

use crate::simulator::{fault, model::Fault};
use anyhow::{Context, bail};
use clap::Args;
use serde::Deserialize;
use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// What may be set. Everything has a default.
#[derive(Args, Deserialize, Default, Clone, Debug)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Flags {
    /// Reads settings from this TOML file
    #[arg(long, env = "ENGAWA_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Folder for the database, media and keys [default: data]
    #[arg(long, env = "ENGAWA_DATA_DIR", value_name = "DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// PostgreSQL instead of SQLite: postgres://user:password@host/database
    #[arg(long, env = "ENGAWA_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// File with the key that encrypts LINE credentials [default: DATA-DIR/engawa.key]
    #[arg(long, env = "ENGAWA_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:3000]
    #[arg(long, env = "ENGAWA_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Address under which browsers and LINE reach this server, for instance https://desk.example.com
    #[arg(long, env = "ENGAWA_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Address for Prometheus metrics; none when absent
    #[arg(long, env = "ENGAWA_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// Another base URL that an account may use in place of LINE's, such as a simulator; repeatable. Where
    /// content has a host of its own: API-URL=DATA-URL
    #[arg(long, env = "ENGAWA_LINE_HOST", value_name = "URL", value_delimiter = ',')]
    pub line_host: Vec<String>,
    /// Starts with a simulator of LINE and an account full of chats
    #[arg(long, env = "ENGAWA_DEMO")]
    pub demo: bool,
    /// Address of the demo's simulator [default: 127.0.0.1:3010]
    #[arg(long, env = "ENGAWA_SIMULATOR_LISTEN", value_name = "ADDRESS")]
    pub simulator_listen: Option<SocketAddr>,
    /// Switches a fault of the demo's simulator on: kind=rate_limit,path=/push,probability=0.1,times=3; repeatable
    #[arg(long, env = "ENGAWA_FAULT", value_name = "FAULT", value_delimiter = ';')]
    pub fault: Vec<String>,
    /// What to log: error, warn, info, debug, or a filter such as engawa=debug [default: info]
    #[arg(long, env = "ENGAWA_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// Logs JSON lines
    #[arg(long, env = "ENGAWA_LOG_JSON")]
    pub log_json: bool,
}

/// Settings with every default filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// Folder for the database, media and keys.
    pub data_dir: PathBuf,
    /// `sqlite:PATH` or `postgres://…`. Holds a password: never log it.
    database_url: Secret,
    /// The key file.
    pub key_file: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Without a trailing slash; none means "http:// and the address listened on".
    pub public_url: Option<String>,
    /// Address for Prometheus metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// Base URLs besides LINE's own, without a trailing slash.
    pub line_hosts: Vec<String>,
    /// Where content is for those of them that have another host for it, as LINE has.
    pub line_data_hosts: HashMap<String, String>,
    /// Starts with a simulator and an account full of chats.
    pub demo: bool,
    /// Address of the demo's simulator.
    pub simulator_listen: SocketAddr,
    /// What that simulator does wrong once the demo is there.
    pub faults: Vec<Fault>,
    /// Log filter.
    pub log: String,
    /// JSON lines.
    pub log_json: bool,
}

/// A text that does not show itself.
#[derive(Clone)]
struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[hidden]")
    }
}

impl Flags {
    /// Fills in the file and the defaults.
    ///
    /// # Errors
    /// When the file can't be read or names a setting that does not exist.
    pub fn resolve(self) -> anyhow::Result<Config> {
        let file = match &self.config {
            Some(path) => read(path)?,
            None => Self::default(),
        };
        let data_dir = self.data_dir.or(file.data_dir).unwrap_or_else(|| "data".into());
        let database_url = match self.database_url.or(file.database_url) {
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => url,
            Some(url) if url.starts_with("sqlite:") => url,
            Some(_) => bail!("--database-url must begin with postgres:// (or sqlite:)"),
            None => format!("sqlite:{}", data_dir.join("engawa.db").display()),
        };
        let public_url = self.public_url.or(file.public_url).map(|url| url.trim_end_matches('/').to_owned());
        if public_url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            bail!("--public-url must begin with https:// (or http:// for a try-out)");
        }
        let hosts = if self.line_host.is_empty() { file.line_host } else { self.line_host };
        let trimmed = |url: &str| url.trim_end_matches('/').to_owned();
        let (mut line_hosts, mut line_data_hosts) = (Vec::new(), HashMap::new());
        for host in &hosts {
            let (api, data) = host.split_once('=').map_or((host.as_str(), None), |(api, data)| (api, Some(data)));
            line_hosts.push(trimmed(api));
            if let Some(data) = data {
                line_data_hosts.insert(trimmed(api), trimmed(data));
            }
        }
        let demo = self.demo || file.demo;
        let faults = if self.fault.is_empty() { file.fault } else { self.fault };
        if !demo && !faults.is_empty() {
            bail!("--fault belongs to the demo's simulator, so it needs --demo");
        }
        let faults: anyhow::Result<Vec<Fault>> = faults.iter().map(|text| fault::parse(text)).collect();
        let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Config {
            key_file: self.key_file.or(file.key_file).unwrap_or_else(|| data_dir.join("engawa.key")),
            data_dir,
            database_url: Secret(database_url),
            listen: self.listen.or(file.listen).unwrap_or(local(3000)),
            public_url,
            metrics_listen: self.metrics_listen.or(file.metrics_listen),
            line_hosts,
            line_data_hosts,
            demo,
            faults: faults.context("--fault")?,
            simulator_listen: self.simulator_listen.or(file.simulator_listen).unwrap_or(local(3010)),
            log: self.log.or(file.log).unwrap_or_else(|| "info".into()),
            log_json: self.log_json || file.log_json,
        })
    }
}

fn read(path: &Path) -> anyhow::Result<Flags> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} is not a valid settings file", path.display()))
}

impl Config {
    /// `sqlite:PATH` or `postgres://…`. Holds a password: never log it.
    pub fn database_url(&self) -> &str {
        &self.database_url.0
    }

    /// The SQLite file; none on PostgreSQL.
    pub fn database_file(&self) -> Option<PathBuf> {
        self.database_url().strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// Where media lie.
    pub fn media_dir(&self) -> PathBuf {
        self.data_dir.join("media")
    }

    /// Makes the data folder.
    ///
    /// # Errors
    /// When it can't be made or written to, in plain words.
    pub fn prepare_data_dir(&self) -> anyhow::Result<()> {
        let folder = &self.data_dir;
        let probe = folder.join(".engawa-can-write");
        std::fs::create_dir_all(self.media_dir())
            .and_then(|()| std::fs::write(&probe, b""))
            .and_then(|()| std::fs::remove_file(&probe))
            .with_context(|| {
                format!(
                    "the data folder {} can't be written. Give this user the right to, or choose another with --data-dir",
                    folder.display()
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_file_and_a_wrong_name_is_refused() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("engawa.toml");
        std::fs::write(&path, "data-dir = \"/srv/a\"\nlisten = \"0.0.0.0:80\"\n")?;
        let flags = Flags { config: Some(path.clone()), data_dir: Some("/srv/b".into()), ..Flags::default() };
        let config = flags.resolve()?;
        assert_eq!(config.data_dir, PathBuf::from("/srv/b"));
        assert_eq!(config.listen.port(), 80);
        let hosts =
            Flags { line_host: vec!["http://a/".into(), "http://b=http://c/".into()], ..Flags::default() }.resolve()?;
        assert_eq!(hosts.line_hosts, ["http://a", "http://b"]);
        assert_eq!(hosts.line_data_hosts.get("http://b").map(String::as_str), Some("http://c"));
        std::fs::write(&path, "liste = 1")?;
        assert!(Flags { config: Some(path), ..Flags::default() }.resolve().is_err());
        let secret = Flags { database_url: Some("postgres://u:hunter2@h/d".into()), ..Flags::default() }.resolve()?;
        assert!(!format!("{secret:?}").contains("hunter2"));
        Ok(())
    }
}
