//! The command line.

use super::{
    backup, check,
    config::{Config, Flags},
    db::Db,
    run, telemetry,
};
use crate::{
    i18n::Lang,
    simulator::{
        fault,
        model::Fault,
        server::{self as simulator, Seed},
    },
    team::{model::Role, store},
};
use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use std::{io::BufRead, net::SocketAddr, path::PathBuf};

/// A self-hosted console for LINE Official Accounts
#[derive(Parser)]
#[command(name = "engawa", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the console
    Serve(Flags),
    /// Runs a simulator of LINE, for trying bots of any kind
    Simulator {
        /// Address to listen on
        #[arg(long, env = "ENGAWA_SIMULATOR_LISTEN", default_value = "127.0.0.1:3010", value_name = "ADDRESS")]
        listen: SocketAddr,
        /// Folder to keep its state in; in memory only when absent
        #[arg(long, value_name = "DIR")]
        data_dir: Option<PathBuf>,
        /// Starts with a channel and a dozen friends
        #[arg(long)]
        demo: bool,
        /// JSON file to begin with, if it is there, and to write when the simulator ends
        #[arg(long, value_name = "FILE", conflicts_with_all = ["data_dir", "import"])]
        state: Option<PathBuf>,
        /// An exported JSON file to begin with, in place of what the data folder holds
        #[arg(long, value_name = "FILE")]
        import: Option<PathBuf>,
        /// Address under which bots and browsers reach it, if not the one listened on
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// Insists on what LINE insists on: https addresses, and the right host for each call
        #[arg(long)]
        strict: bool,
        /// A second address that is api-data.line.me and nothing else; for --strict
        #[arg(long, value_name = "ADDRESS")]
        data_listen: Option<SocketAddr>,
        /// Refuses with 429 what comes faster than LINE allows
        #[arg(long)]
        rate_limits: bool,
        /// Switches a fault on: kind=rate_limit,path=/push,probability=0.1,times=3; repeatable
        #[arg(long, value_name = "FAULT", value_parser = fault_of)]
        fault: Vec<Fault>,
        /// Gives the first channel so many virtual friends more, once
        #[arg(long, value_name = "N")]
        crowd: Option<u32>,
    },
    /// Brings the database up to date and ends
    Migrate(Flags),
    /// Checks that nothing is lost, doubled or out of step in the database
    Check(Flags),
    /// Copies the database, its media and its key into a folder, also while the console runs (SQLite)
    Backup {
        #[command(flatten)]
        flags: Flags,
        /// Folder to write; must not exist
        folder: PathBuf,
    },
    /// Proves that a backup can be read, and puts it into an empty data folder
    Restore {
        #[command(flatten)]
        flags: Flags,
        /// Only proves that it can be read
        #[arg(long)]
        verify: bool,
        /// Folder that `backup` wrote
        folder: PathBuf,
    },
    /// Adds operators and sets passwords
    User(User),
}

#[derive(Args)]
struct User {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    action: UserAction,
}

#[derive(Subcommand)]
enum UserAction {
    /// Lists the operators
    List,
    /// Adds an operator; the password is read from standard input
    Add {
        /// E-mail
        email: String,
        /// Name
        name: String,
        /// owner, admin or operator
        #[arg(long, default_value = "operator")]
        role: String,
    },
    /// Sets an operator's password, read from standard input, and ends their sessions
    Password {
        /// E-mail
        email: String,
    },
}

impl Cli {
    /// Does what the command line says.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(flags) => run::serve(prepare(flags)?).await,
            Command::Simulator {
                listen,
                data_dir,
                demo,
                state,
                import,
                base_url,
                strict,
                data_listen,
                rate_limits,
                fault,
                crowd,
            } => {
                telemetry::start("info", false);
                let import = match (&state, import) {
                    (Some(file), _) if file.exists() => Some(read(file).await?),
                    (None, Some(file)) => Some(read(&file).await?),
                    _ => None,
                };
                let config = simulator::Config {
                    data: data_dir,
                    seed: if demo { Seed::Demo } else { Seed::Empty },
                    strict,
                    data_listen,
                    rate_limits,
                    base_url: base_url.map(|url| url.trim_end_matches('/').to_owned()),
                    faults: fault,
                    import,
                    crowd,
                    ..simulator::Config::default()
                };
                run::simulate(listen, config, state).await
            }
            Command::Migrate(flags) => {
                let config = prepare(flags)?;
                config.prepare_data_dir()?;
                let db = Db::open(config.database_url()).await?;
                db.migrate().await?;
                println!("The database is at schema {}.", Db::latest(db.engine));
                db.close().await;
                Ok(())
            }
            Command::Check(flags) => {
                let config = prepare(flags)?;
                let findings = check::run(&open(&config).await?, &config).await?;
                for finding in &findings {
                    println!("{finding}");
                }
                match findings.len() {
                    0 => println!("Nothing is lost, doubled or out of step."),
                    n => bail!("{n} findings"),
                }
                Ok(())
            }
            Command::Backup { flags, folder } => backup::write(&prepare(flags)?, &folder).await,
            Command::Restore { flags, verify, folder } => backup::restore(&prepare(flags)?, &folder, verify).await,
            Command::User(user) => user.run().await,
        }
    }
}

/// A fault of the command line, or what is wrong with it.
fn fault_of(text: &str) -> Result<Fault, String> {
    fault::parse(text).map_err(|error| format!("{error:#}"))
}

async fn read(file: &std::path::Path) -> anyhow::Result<Vec<u8>> {
    tokio::fs::read(file).await.with_context(|| format!("can't read {}", file.display()))
}

fn prepare(flags: Flags) -> anyhow::Result<Config> {
    let config = flags.resolve()?;
    telemetry::start(&config.log, config.log_json);
    Ok(config)
}

/// Opens a database that must be there already, whatever its schema.
async fn open(config: &Config) -> anyhow::Result<Db> {
    if let Some(file) = config.database_file()
        && !file.exists()
    {
        bail!("there is no database at {}; name its folder with --data-dir", file.display());
    }
    let db = Db::open(config.database_url()).await?;
    db.migrate().await?;
    Ok(db)
}

impl User {
    async fn run(self) -> anyhow::Result<()> {
        let config = prepare(self.flags)?;
        let db = open(&config).await?;
        match self.action {
            UserAction::List => {
                for operator in store::all(db.read(), Default::default()).await? {
                    println!("{}\t{}\t{}", operator.email, operator.role.as_str(), operator.name);
                }
            }
            UserAction::Add { email, name, role } => {
                let role = Role::from_name(&role).context("the role must be owner, admin or operator")?;
                let hash = read_password().await?;
                let email = email.trim().to_lowercase();
                store::add(&db, name.trim(), &email, role, Lang::En, &hash).await.map_err(|error| {
                    match error.as_database_error() {
                        Some(e) if e.is_unique_violation() => anyhow::anyhow!("{email} is in use already"),
                        _ => error.into(),
                    }
                })?;
                println!("Added {email} as {}.", role.as_str());
            }
            UserAction::Password { email } => {
                let known = store::credentials(db.read(), &email.trim().to_lowercase()).await?;
                let id = known.with_context(|| format!("nobody has the e-mail {email}"))?.id;
                store::set_password(&db, id, &read_password().await?).await?;
                store::end_sessions(&db, id, "").await?;
                println!("The password is set, and every session of {email} has ended.");
            }
        }
        db.close().await;
        Ok(())
    }
}

async fn read_password() -> anyhow::Result<String> {
    eprintln!("Password (at least {} characters), then Enter:", super::password::SHORTEST);
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    crate::team::service::check_password("password", &password)
        .map_err(|_| anyhow::anyhow!("this password is too short, too long or too common"))?;
    super::password::hash(password).await
}
