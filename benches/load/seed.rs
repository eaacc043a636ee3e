//! A large inbox, written straight into SQLite and kept under target/bench for the next run.
//!
//! Half of the messages belong to one room in a hundred. Messages are inserted in the order of time,
//! as they would have come, so that a room's are scattered over the file.

use super::{
    house::{self, House, Owner, Program},
    method,
};
use crate::Options;
use anyhow::Context;
use engawa::id::TIME_SHIFT;
use sqlx::{ConnectOptions, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
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
    /// `host:port`.
    pub address: String,
    /// The owner's session.
    pub cookie: String,
    /// The account's id.
    pub account: String,
    /// The server.
    pub server: Program,
    /// From its start to the first answer from its database.
    pub start: Duration,
    /// How the database came to be.
    pub how: String,
}

/// Seeds, unless that was done before, and starts the server.
pub async fn open(options: &Options) -> anyhow::Result<Seeded> {
    let folder = method::folder()?.join(format!("seed-{}-{}-{:x}", options.rooms, options.messages, schema()?));
    let facts = folder.join("seed.json");
    if !facts.exists() {
        forget(options)?;
        build(options, &folder).await?;
    }
    let facts: serde_json::Value = serde_json::from_slice(&std::fs::read(facts)?)?;
    let text = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
    let data = folder.join("data");
    let began = Instant::now();
    let (server, address, _) = house::serve(&data, &["--line-host", &text("line")]).await?;
    let start = house::ready(&address, began).await?;
    // A session of the day it was seeded may have ended.
    let cookie = Owner::log_in(&address).await?.cookie;
    Ok(Seeded { data, address, cookie, account: text("account"), server, start, how: text("how") })
}

/// Removes databases of this size that were not finished, or have another schema: they are gigabytes.
fn forget(options: &Options) -> anyhow::Result<()> {
    let beginning = format!("seed-{}-{}-", options.rooms, options.messages);
    for entry in std::fs::read_dir(method::folder()?)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&beginning) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Changes with every migration, so that a database of an older schema is not taken.
fn schema() -> anyhow::Result<u64> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files = Vec::new();
    for folder in [root.clone(), root.join("sqlite")] {
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

async fn build(options: &Options, folder: &Path) -> anyhow::Result<()> {
    println!("  seeding {} rooms and {} messages (kept under target/bench)", options.rooms, options.messages);
    let house = House::build(None).await?;
    let (account, line) = (house.account.clone(), house.line.clone());
    house.server.stop().await?;
    std::fs::create_dir_all(folder)?;
    // A first start over HTTP made the account; its folder becomes the seed's.
    std::fs::rename(house.folder.path().join("data"), folder.join("data"))?;
    let began = Instant::now();
    fill(options, &folder.join("data/engawa.db"), account.parse()?).await?;
    let how =
        format!("seeded in {:.0} s with one year of texts, a tenth of the rooms unread", began.elapsed().as_secs_f64());
    println!("  {how}");
    let facts = serde_json::json!({ "account": account, "line": line, "how": how });
    std::fs::write(folder.join("seed.json"), facts.to_string())?;
    Ok(())
}

async fn fill(options: &Options, file: &Path, account: i64) -> anyhow::Result<()> {
    let mut db: SqliteConnection = SqliteConnectOptions::new().filename(file).connect().await?;
    // Whatever dies here is seeded again, so nothing needs to be safe.
    db.execute(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000; PRAGMA foreign_keys = OFF;",
    )
    .await
    .context("the seed's database can't be opened alone")?;
    let rooms = options.rooms;
    let room_base = END - YEAR - 10 * rooms;
    let id = format!("((({room_base} + i * 10)) << {TIME_SHIFT})");
    let numbers = format!("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rooms})");
    let name = "CASE i % 4 WHEN 0 THEN '佐藤 ' ELSE CASE i % 4 WHEN 1 THEN 'สมชาย ' WHEN 2 THEN '陳 ' ELSE 'Mia ' END END || i";
    run(&mut db, format!(
        "BEGIN; {numbers} INSERT INTO contact (account_id, id, user_id, name, lang, profile_at, created_at)
         SELECT {account}, {id}, printf('U%032x', i), {name}, 'ja', {END}, {room_base} FROM n;
         {numbers} INSERT INTO room (account_id, id, seq, kind, line_id, contact_id, name, state, spam, friendship, unread, at, profile_at, created_at)
         SELECT {account}, {id}, i + 1, 'user', printf('U%032x', i), {id}, {name},
            CASE WHEN i % 10 < 6 THEN 'resolved' WHEN i % 10 = 6 THEN 'follow_up' ELSE 'open' END,
            i % 50 = 0, 'friend', CASE WHEN i % 10 = 9 THEN 1 + i % 3 ELSE 0 END, 0, {END}, {room_base} FROM n; COMMIT"
    )).await?;
    let (step, few) = (YEAR / options.messages, rooms / 100);
    let mut first = 0;
    while first < options.messages {
        let last = (first + BATCH).min(options.messages);
        // The room of message i: of the few when i is even, of all when it is odd; scattered by a prime.
        let room = format!(
            "((({room_base} + 10 * CASE WHEN i % 2 = 0 THEN (i / 2 * 7919) % {few} ELSE (i / 2 * 104729) % {rooms} END)) << {TIME_SHIFT})"
        );
        run(&mut db, format!(
            "BEGIN; WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {last}),
             m AS (SELECT i, {room} AS room, {END} - {YEAR} + i * {step} AS at,
                CASE i % 5 WHEN 0 THEN '明日の午後、二名で予約できますか？' WHEN 1 THEN 'ขอบคุณค่ะ แล้วจะแวะไปนะคะ' WHEN 2 THEN '請問今天營業到幾點？'
                    WHEN 3 THEN 'Thank you, see you on Friday!' ELSE 'かしこまりました。お待ちしております。' END || ' ' || i AS text FROM n)
             INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, contact_id, line_id, delivery)
             SELECT {account}, room, (at << {TIME_SHIFT}) | (i & 4095), {rooms} + 1 + i / 4, CASE WHEN i % 5 = 4 THEN 'out' ELSE 'in' END,
                'text', json_object('type', 'text', 'text', text), at, CASE WHEN i % 5 = 4 THEN NULL ELSE room END,
                printf('%018d', 400000000000000000 + i), CASE WHEN i % 5 = 4 THEN 'push' ELSE 'received' END FROM m; COMMIT"
        )).await?;
        first = last;
    }
    let seq = rooms + 2 + options.messages / 4;
    run(
        &mut db,
        format!(
            "BEGIN; UPDATE room SET (last_id, at, last_direction, last_kind, last_text) =
            (SELECT m.id, m.at, m.direction, m.kind, json_extract(m.content, '$.text') FROM message m
             WHERE m.account_id = room.account_id AND m.room_id = room.id ORDER BY m.id DESC LIMIT 1)
         WHERE EXISTS (SELECT 1 FROM message m WHERE m.account_id = room.account_id AND m.room_id = room.id);
         UPDATE room SET at = {room_base} WHERE at = 0;
         UPDATE tally SET seq = {seq} WHERE account_id = {account};
         -- Nothing is left to index: the bench named search measures that.
         INSERT OR REPLACE INTO search_state (account_id, shelf, hi, lo, start)
         VALUES ({account}, 'message', {seq}, 0, 0), ({account}, 'room', 0, 0, 0); COMMIT; PRAGMA journal_mode = WAL;"
        ),
    )
    .await?;
    Ok(())
}

/// Statements made of our own numbers.
async fn run(db: &mut SqliteConnection, sql: String) -> anyhow::Result<()> {
    db.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.context("the inbox could not be seeded")?;
    Ok(())
}
