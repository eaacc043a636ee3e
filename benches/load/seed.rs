//! A large inbox, written straight into the database and kept under target/bench for the next run.
//!
//! Half of the messages belong to one room in a hundred. Messages are inserted in the order of time,
//! as they would have come, so that a room's are scattered over the file.

use super::{
    house::{self, House, Owner, Place, Program},
    method,
};
use crate::Options;
use anyhow::Context;
use engawa::id::TIME_SHIFT;
use sqlx::{ConnectOptions, Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Messages of one transaction.
const BATCH: i64 = 200_000;
/// The messages lie within the year before this (Unix ms).
const END: i64 = 1_790_000_000_000;
const YEAR: i64 = 365 * 24 * 3_600_000;

/// A server on the seeded database.
pub struct Seeded {
    /// Its data folder.
    pub data: PathBuf,
    /// As `--database-url` has it.
    pub database: String,
    /// Where the account is, and a session.
    pub place: Place,
    /// The server.
    pub server: Program,
    /// LINE, which knows the account.
    _simulator: Program,
    /// From its start to the first answer from its database.
    pub start: Duration,
    /// How the database came to be.
    pub how: String,
}

/// Seeds, unless that was done before, and starts the server.
pub async fn open(options: &Options) -> anyhow::Result<Seeded> {
    open_on(options, None).await
}

/// The same on SQLite, or on a new database of this PostgreSQL server.
pub async fn open_on(options: &Options, postgres: Option<&str>) -> anyhow::Result<Seeded> {
    let kind = if postgres.is_some() { "postgres" } else { "sqlite" };
    let size = format!("seed-{kind}-{}-{}", options.rooms, options.messages);
    let folder = method::folder()?.join(format!("{size}-{:x}", schema()?));
    let facts = folder.join("seed.json");
    if !known(&facts).await {
        forget(&format!("{size}-"))?;
        build(options, &folder, postgres).await?;
    }
    let facts: serde_json::Value = serde_json::from_slice(&std::fs::read(facts)?)?;
    let text = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
    let (data, database) = (folder.join("data"), text("database"));
    // LINE is where it is now: who writes is looked up there.
    let (simulator, line) = house::simulate(&folder).await?;
    let channel = serde_json::json!({
        "name": "Onsen", "id": text("channel"), "secret": text("secret"), "token": text("token"),
    });
    house::http()?.post(format!("{line}/simulator/api/channels")).json(&channel).send().await?.error_for_status()?;
    let db = engawa::server::db::Db::open(&database).await?;
    let mut tx = db.begin().await?;
    sqlx::query("UPDATE account SET api_base = $1").bind(line.as_str()).execute(&mut *tx).await?;
    tx.commit().await?;
    db.close().await;
    let began = Instant::now();
    let (server, address, _) = house::serve(&data, &["--line-host", &line, "--database-url", &database]).await?;
    let start = house::ready(&address, began).await?;
    // A session of the day it was seeded may have ended.
    let cookie = Owner::log_in(&address).await?.cookie;
    let place = Place { address, cookie, account: text("account"), secret: text("secret") };
    Ok(Seeded { data, database, place, server, _simulator: simulator, start, how: text("how") })
}

/// Whether a database was seeded before, and is still there: a PostgreSQL server may have gone with its data.
async fn known(facts: &Path) -> bool {
    let facts = std::fs::read(facts).ok().and_then(|facts| serde_json::from_slice::<serde_json::Value>(&facts).ok());
    let Some(database) = facts.as_ref().and_then(|facts| facts["database"].as_str()) else { return false };
    match database.strip_prefix("sqlite:") {
        Some(file) => Path::new(file).exists(),
        None => sqlx::PgConnection::connect(database).await.is_ok(),
    }
}

/// Removes databases of this size that were not finished, or have another schema: they are gigabytes.
fn forget(beginning: &str) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(method::folder()?)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(beginning) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Changes with every migration, so that a database of an older schema is not taken.
fn schema() -> anyhow::Result<u64> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("sqlite"), root.join("postgres")] {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|kind| kind == "sql") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut hash = DefaultHasher::new();
    // This file's own shape counts too.
    include_str!("seed.rs").hash(&mut hash);
    for file in files {
        std::fs::read(file)?.hash(&mut hash);
    }
    Ok(hash.finish() & 0xFFFF_FFFF)
}

async fn build(options: &Options, folder: &Path, postgres: Option<&str>) -> anyhow::Result<()> {
    let engine = if postgres.is_some() { "PostgreSQL" } else { "SQLite" };
    println!(
        "  seeding {} rooms and {} messages into {engine} (kept under target/bench)",
        options.rooms, options.messages
    );
    let house = House::build(postgres).await?;
    let (account, mut database) = (house.account.clone(), house.database.clone());
    let (channel, secret, token) = (house.channel.clone(), house.secret.clone(), house.token.clone());
    house.server.stop().await?;
    std::fs::create_dir_all(folder)?;
    // A first start over HTTP made the account; its folder becomes the seed's.
    std::fs::rename(house.folder.path().join("data"), folder.join("data"))?;
    let began = Instant::now();
    if postgres.is_some() {
        let mut db = sqlx::PgConnection::connect(&database).await?;
        db.execute("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'").await?;
        fill(options, Sql::Postgres(&mut db), account.parse()?).await?;
        db.execute("VACUUM ANALYZE").await.context("VACUUM")?;
    } else {
        let file = folder.join("data/engawa.db");
        database = format!("sqlite:{}", file.display());
        let mut db: SqliteConnection = SqliteConnectOptions::new().filename(&file).connect().await?;
        // Whatever dies here is seeded again, so nothing needs to be safe.
        db.execute(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000; PRAGMA foreign_keys = OFF;",
        )
        .await
        .context("the seed's database can't be opened alone")?;
        fill(options, Sql::Sqlite(&mut db), account.parse()?).await?;
        db.execute("PRAGMA journal_mode = WAL").await?;
    }
    let how =
        format!("seeded in {:.0} s with one year of texts, a tenth of the rooms unread", began.elapsed().as_secs_f64());
    println!("  {how}");
    let facts = serde_json::json!({
        "account": account, "database": database, "channel": channel, "secret": secret, "token": token, "how": how,
    });
    std::fs::write(folder.join("seed.json"), facts.to_string())?;
    Ok(())
}

/// A connection to fill, and what the engines write differently.
enum Sql<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut sqlx::PgConnection),
}

impl Sql<'_> {
    /// Statements made of our own numbers, in one transaction.
    async fn run(&mut self, sql: String) -> anyhow::Result<()> {
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(format!("BEGIN; {sql}; COMMIT")));
        let what = "the inbox could not be seeded";
        match self {
            Self::Sqlite(db) => Executor::execute(&mut **db, sql).await.map(drop).context(what),
            Self::Postgres(db) => Executor::execute(&mut **db, sql).await.map(drop).context(what),
        }
    }

    /// A table `n` of one column `i`, with the numbers from `first` up to `last`.
    fn numbers(&self, first: i64, last: i64) -> String {
        match self {
            Self::Sqlite(_) => format!(
                "(WITH RECURSIVE c(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM c WHERE i + 1 < {last}) SELECT i FROM c) n"
            ),
            Self::Postgres(_) => format!("generate_series({first}::bigint, {}::bigint) AS n(i)", last - 1),
        }
    }

    /// LINE's id of friend `i`.
    fn user(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "printf('U%032x', i)",
            Self::Postgres(_) => "'U' || lpad(to_hex(i), 32, '0')",
        }
    }

    /// The words of a message `m`.
    fn words(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "json_extract(m.content, '$.text')",
            Self::Postgres(_) => "m.content::jsonb ->> 'text'",
        }
    }
}

async fn fill(options: &Options, mut db: Sql<'_>, account: i64) -> anyhow::Result<()> {
    let rooms = options.rooms;
    let room_base = END - YEAR - 10 * rooms;
    let id = format!("((({room_base} + i * 10)) << {TIME_SHIFT})");
    let (numbers, user) = (db.numbers(0, rooms), db.user());
    let name = "CASE i % 4 WHEN 0 THEN '佐藤 ' WHEN 1 THEN 'สมชาย ' WHEN 2 THEN '陳 ' ELSE 'Mia ' END || i";
    db.run(format!(
        "INSERT INTO contact (account_id, id, user_id, name, lang, profile_at, created_at)
         SELECT {account}, {id}, {user}, {name}, 'ja', {END}, {room_base} FROM {numbers};
         INSERT INTO room (account_id, id, seq, kind, line_id, contact_id, name, state, spam, friendship, unread, at, profile_at, created_at)
         SELECT {account}, {id}, i + 1, 'user', {user}, {id}, {name},
            CASE WHEN i % 10 < 6 THEN 'resolved' WHEN i % 10 = 6 THEN 'follow_up' ELSE 'open' END,
            CASE WHEN i % 50 = 0 THEN 1 ELSE 0 END, 'friend', CASE WHEN i % 10 = 9 THEN 1 + i % 3 ELSE 0 END, 0, {END}, {room_base}
         FROM {numbers}"
    ))
    .await?;
    if let Sql::Postgres(connection) = &mut db {
        // What every message belongs to was just written: looking that up ten million times proves nothing.
        Executor::execute(&mut **connection, "SET session_replication_role = replica").await?;
    }
    let (step, few) = (YEAR / options.messages, rooms / 100);
    let mut first = 0;
    while first < options.messages {
        let last = (first + BATCH).min(options.messages);
        let numbers = db.numbers(first, last);
        // The room of message i: of the few when i is even, of all when it is odd; scattered by a prime.
        let room = format!(
            "((({room_base} + 10 * CASE WHEN i % 2 = 0 THEN (i / 2 * 7919) % {few} ELSE (i / 2 * 104729) % {rooms} END)) << {TIME_SHIFT})"
        );
        db.run(format!(
            "INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, contact_id, line_id, delivery)
             SELECT {account}, room, (at << {TIME_SHIFT}) | (i & 4095), {rooms} + 1 + i / 4, CASE WHEN i % 5 = 4 THEN 'out' ELSE 'in' END,
                'text', '{{\"type\":\"text\",\"text\":\"' || text || '\"}}', at, CASE WHEN i % 5 = 4 THEN NULL ELSE room END,
                CAST(400000000000000000 + i AS TEXT), CASE WHEN i % 5 = 4 THEN 'push' ELSE 'received' END
             FROM (SELECT i, {room} AS room, {END} - {YEAR} + i * {step} AS at,
                CASE i % 5 WHEN 0 THEN '明日の午後、二名で予約できますか？' WHEN 1 THEN 'ขอบคุณค่ะ แล้วจะแวะไปนะคะ' WHEN 2 THEN '請問今天營業到幾點？'
                    WHEN 3 THEN 'Thank you, see you on Friday!' ELSE 'かしこまりました。お待ちしております。' END || ' ' || i AS text FROM {numbers}) m"
        ))
        .await?;
        first = last;
    }
    if let Sql::Postgres(connection) = &mut db {
        Executor::execute(&mut **connection, "SET session_replication_role = DEFAULT").await?;
        Executor::execute(&mut **connection, "ANALYZE message").await?;
    }
    let (seq, words) = (rooms + 2 + options.messages / 4, db.words());
    db.run(format!(
        "UPDATE room SET (last_id, at, last_direction, last_kind, last_text) =
            (SELECT m.id, m.at, m.direction, m.kind, {words} FROM message m
             WHERE m.account_id = room.account_id AND m.room_id = room.id ORDER BY m.id DESC LIMIT 1)
         WHERE EXISTS (SELECT 1 FROM message m WHERE m.account_id = room.account_id AND m.room_id = room.id);
         UPDATE room SET at = {room_base} WHERE at = 0;
         UPDATE tally SET seq = {seq} WHERE account_id = {account};
         -- Nothing is left to index: the bench named search measures that.
         INSERT OR REPLACE INTO search_state (account_id, shelf, hi, lo, start)
         VALUES ({account}, 'message', {seq}, 0, 0), ({account}, 'room', 0, 0, 0)"
    ))
    .await
}
