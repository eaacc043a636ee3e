//! The database: SQLite in the data folder, or PostgreSQL.
//!
//! One SQL text serves both through `sqlx::Any`. Whatever only one engine needs is in this room:
//! how a connection is set up, how a write begins, and who hears it. (The one other place is the claim in `jobs`.)

use crate::id::AccountId;
use anyhow::{Context, bail};
use serde::de::DeserializeOwned;
use sqlx::{
    Any, AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, SqlSafeStr,
    any::AnyPoolOptions,
    migrate::{MigrateError, Migration, Migrator},
};
use std::{collections::BTreeMap, path::Path, time::Duration};

/// A transaction that writes.
pub type Tx = sqlx::Transaction<'static, Any>;

/// Which database this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// A file in the data folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// Connections to the database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    /// Which database this is.
    pub engine: Engine,
    read: AnyPool,
    write: AnyPool,
}

static PORTABLE: Migrator = sqlx::migrate!("./migrations");
static SQLITE: Migrator = sqlx::migrate!("./migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("./migrations/postgres");

/// What every SQLite connection is told. FULL: an answer to LINE means the row is on the disk.
const SQLITE_PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
    PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;";

impl Db {
    /// Opens the database of `url`: `sqlite:PATH` or `postgres://…`. Does not migrate it.
    ///
    /// # Errors
    /// When it can't be reached, is not a database, or is damaged; said in plain words.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        sqlx::any::install_default_drivers();
        let engine = if url.starts_with("postgres") { Engine::Postgres } else { Engine::Sqlite };
        if engine == Engine::Postgres {
            let pool = AnyPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .connect(url)
                .await
                .context("the PostgreSQL database can't be reached; check --database-url and that the server runs")?;
            return Ok(Self { engine, read: pool.clone(), write: pool });
        }
        let file = url.trim_start_matches("sqlite:").split('?').next().unwrap_or_default().to_owned();
        let url = format!("sqlite:{file}?mode=rwc");
        let pool = |most: u32, pragmas: &'static str| {
            AnyPoolOptions::new().max_connections(most).acquire_timeout(Duration::from_secs(10)).after_connect(
                move |connection, _| {
                    Box::pin(async move { connection.execute(pragmas.into_sql_str()).await.map(|_| ()) })
                },
            )
        };
        let opened = async {
            // Asked first and once: the pool would go on trying to open what is no database.
            let mut probe = AnyConnection::connect(&url).await?;
            sqlx::query("SELECT COUNT(*) FROM sqlite_schema").execute(&mut probe).await?;
            probe.close().await?;
            // One writer: SQLite has one anyway, and waiting in our queue is fairer than in its.
            let write = pool(1, SQLITE_PRAGMAS).max_lifetime(None).idle_timeout(None).connect(&url).await?;
            let read = pool(8, SQLITE_PRAGMAS).connect(&url).await?;
            Ok::<_, sqlx::Error>(Self { engine, read, write })
        };
        opened.await.map_err(|error| match sqlite_code(&error) {
            Some(11 | 26) => anyhow::anyhow!(
                "{file} is damaged or is not a database. Nothing was changed. Put a backup back with `engawa restore FILE`, \
                 or move the file away to begin anew. (SQLite says: {error})"
            ),
            Some(14 | 8 | 23) => anyhow::anyhow!("{file} can't be opened for writing: check the folder's owner and rights. (SQLite says: {error})"),
            _ => anyhow::Error::new(error).context(format!("{file} can't be opened")),
        })
    }

    /// Connections for reading.
    pub fn read(&self) -> &AnyPool {
        &self.read
    }

    /// Begins a transaction that only reads, in which everything is as it was at one moment.
    pub async fn snapshot(&self) -> sqlx::Result<Tx> {
        self.read
            .begin_with(match self.engine {
                Engine::Sqlite => "BEGIN",
                Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            })
            .await
    }

    /// Begins a transaction that writes. Dropping it without `commit` undoes it.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        match self.engine {
            // A deferred transaction that turns into a writer late may be refused half-way.
            Engine::Sqlite => self.write.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => self.write.begin().await,
        }
    }

    /// Every migration of this engine, in order.
    fn migrator(engine: Engine) -> Migrator {
        let own = if engine == Engine::Sqlite { &SQLITE } else { &POSTGRES };
        // What is portable and what only this engine needs may share a number: then they are one step.
        let mut all: BTreeMap<i64, Migration> = PORTABLE.iter().map(|step| (step.version, step.clone())).collect();
        for step in own.iter() {
            let whole = match all.get(&step.version) {
                None => step.clone(),
                Some(portable) => Migration::new(
                    step.version,
                    portable.description.clone(),
                    portable.migration_type,
                    AssertSqlSafe(format!("{}\n{}", portable.sql.as_str(), step.sql.as_str())).into_sql_str(),
                    portable.no_tx,
                ),
            };
            all.insert(step.version, whole);
        }
        Migrator::with_migrations(all.into_values().collect())
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// Refuses a database that a newer Engawa has written, and one whose migrations were altered.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        let mut connection = self.write.acquire().await?;
        match Self::migrator(self.engine).run(&mut *connection).await {
            Ok(()) => Ok(()),
            Err(MigrateError::VersionMissing(version)) => bail!(
                "this database was written by a newer Engawa (it knows schema {version}, this program only {}). \
                 Nothing was changed. Run the newer program.",
                Self::latest(self.engine)
            ),
            Err(MigrateError::VersionMismatch(version)) => {
                bail!("schema {version} of this database is not the one this program knows. Nothing was changed.")
            }
            Err(error) => Err(anyhow::Error::new(error).context("the database could not be brought up to date")),
        }
    }

    /// The newest schema this program knows.
    pub fn latest(engine: Engine) -> i64 {
        Self::migrator(engine).iter().map(|m| m.version).max().unwrap_or_default()
    }

    /// Closes every connection; on SQLite the write-ahead log is folded into the file first.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Copies a running SQLite database into `target`, consistently.
    pub async fn copy_to(&self, target: &Path) -> anyhow::Result<()> {
        if self.engine != Engine::Sqlite {
            bail!("a PostgreSQL database is backed up with pg_dump; this command copies SQLite only");
        }
        sqlx::query("VACUUM INTO $1").bind(target.display().to_string()).execute(&self.read).await?;
        Ok(())
    }

    /// Whether the file is whole, in SQLite's own judgement (`ok`, or what it found).
    pub async fn integrity(&self) -> anyhow::Result<String> {
        match self.engine {
            Engine::Sqlite => Ok(sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&self.read).await?),
            Engine::Postgres => Ok("ok".into()),
        }
    }

    /// How commits reach the disk, for the method line of a benchmark.
    pub async fn durability(&self) -> anyhow::Result<String> {
        Ok(match self.engine {
            Engine::Sqlite => {
                let mode: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&self.read).await?;
                format!("SQLite WAL, synchronous={mode} (2 is FULL)")
            }
            Engine::Postgres => {
                let mode: String = sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&self.read).await?;
                format!("PostgreSQL, synchronous_commit={mode}")
            }
        })
    }
}

/// SQLite's primary result code of an error.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xFF)
}

/// Whether this error means that the database can't take writes just now: full, locked, gone.
pub fn is_unavailable(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => true,
        // SQLite: busy, locked, read-only, I/O, full, can't open. PostgreSQL: resources, operator
        // intervention, connection, serialisation and deadlock classes.
        _ => {
            matches!(sqlite_code(error), Some(5 | 6 | 8 | 10 | 13 | 14))
                || error.as_database_error().and_then(|e| e.code()).is_some_and(|code| {
                    ["53", "57", "08", "40"].iter().any(|class| code.len() == 5 && code.starts_with(class))
                })
        }
    }
}

/// The rows that belong to a batch, as one JSON text: SQLite's thread hands over each row by itself, which
/// for many small rows costs more than reading them. `columns` are the fields of `T` in their order;
/// `from` finds the batch in `json_each($2)` and the account in `$1`.
pub async fn gather<T: DeserializeOwned>(
    tx: &mut Tx,
    columns: &'static str,
    from: &'static str,
    account: AccountId,
    batch: String,
) -> sqlx::Result<Vec<T>> {
    let statement = match tx.backend_name() {
        "SQLite" => format!("SELECT json_group_array(json_array({columns})) FROM {from}"),
        _ => format!("SELECT COALESCE(json_agg(json_build_array({columns})), '[]')::text FROM {from}"),
    };
    let rows: String =
        sqlx::query_scalar(AssertSqlSafe(statement)).bind(account.0).bind(batch).fetch_one(&mut **tx).await?;
    serde_json::from_str(&rows).map_err(|error| sqlx::Error::Decode(error.into()))
}

/// Takes the account's next sequence number. The first thing in every transaction that writes to an
/// account: it makes writers wait for each other, so that numbers become visible in their order.
pub async fn next_seq(tx: &mut AnyConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar("UPDATE tally SET seq = seq + 1 WHERE account_id = $1 RETURNING seq")
        .bind(account.0)
        .fetch_one(tx)
        .await
}

/// PostgreSQL: tells the other nodes, when this transaction commits, that `account` has news.
pub async fn notify(tx: &mut AnyConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query("SELECT CAST(pg_notify('engawa', $1) AS TEXT)").bind(account.to_string()).execute(tx).await.map(|_| ())
}

/// PostgreSQL: tells every node something that is stored nowhere. On SQLite there is one node, which knows it.
pub async fn tell(db: &Db, text: &str) -> sqlx::Result<()> {
    if db.engine == Engine::Sqlite {
        return Ok(());
    }
    sqlx::query("SELECT CAST(pg_notify('engawa_here', $1) AS TEXT)").bind(text).execute(db.read()).await.map(drop)
}

/// PostgreSQL: hears what other nodes (and this one) commit, and hands each account's id to `heard`; what was only
/// told ([`tell`]) goes to `here`.
/// Connects again when the connection is lost. Returns at once on SQLite, where there is one node.
pub async fn listen(db: Db, url: &str, heard: impl Fn(crate::id::AccountId), here: impl Fn(&str)) {
    if db.engine == Engine::Sqlite {
        return;
    }
    loop {
        let run = async {
            let mut listener = sqlx::postgres::PgListener::connect(url).await?;
            listener.listen_all(["engawa", "engawa_here"]).await?;
            loop {
                let note = listener.recv().await?;
                if note.channel() == "engawa_here" {
                    here(note.payload());
                } else if let Ok(account) = note.payload().parse() {
                    heard(account);
                }
            }
        };
        let stopped: sqlx::Result<()> = run.await;
        if let Err(error) = stopped {
            tracing::warn!(error = %error, "lost the connection that hears other nodes; connecting again");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
