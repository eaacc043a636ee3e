//! The simulator's own SQLite file: one table of documents, read whole at the start and written
//! behind by one task. A crash may lose the last few milliseconds; it is a toy platform's memory,
//! not a ledger.

use super::{
    crowd::{Crowd, Kept},
    mailing::Mailing,
    model::Message,
    platform::{Narrowcast, Units},
    world::{
        Accepted, AssertionKey, Channel, Content, Friendship, Group, LiffApp, MenuUse, Reaction, Row, Seat, Token,
        User, World,
        audience::{Audience, Load},
        coupon::Coupon,
        login::{LoginChannel, RefreshToken, UserToken},
        membership::Plan,
        split_head,
        ticket::Ticket,
    },
};
use anyhow::{Context, bail};
use bytes::Bytes;
use futures_util::TryStreamExt;
use serde::Deserialize;
use sqlx::{
    Row as _, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{collections::HashMap, path::Path};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinHandle,
};

/// Opens the file, reads it into `world` and starts the writer.
///
/// # Errors
/// When the file can't be opened or read.
pub async fn open(path: &Path, world: &mut World) -> anyhow::Result<(UnboundedSender<Row>, JoinHandle<()>)> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .with_context(|| format!("can't open {}", path.display()))?;
    sqlx::query("CREATE TABLE IF NOT EXISTS doc (kind TEXT NOT NULL, id TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        .execute(&pool)
        .await?;
    let mut rows = sqlx::query("SELECT kind, id, body FROM doc ORDER BY kind, id").fetch(&pool);
    while let Some(row) = rows.try_next().await? {
        let (kind, id, body): (String, String, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        if let Err(error) = read(world, &kind, &id, &body) {
            tracing::warn!(kind, id, %error, "a row of the simulator's file can't be read and is left out");
        }
    }
    drop(rows);
    world.line_up();
    world.keep = true;
    let (sender, receiver) = unbounded_channel();
    Ok((sender, tokio::spawn(write(pool, receiver))))
}

#[derive(Deserialize)]
struct Placed {
    room: String,
    message: Message,
}

#[derive(Deserialize)]
struct ContentHead {
    mime: String,
    kind: String,
    gone: bool,
}

/// Takes in one row. What [`World::rows_of_all`] writes comes back here, kind by kind in the order of the kinds'
/// names and then of the ids.
///
/// # Errors
/// When the row can't be read, or this program does not know its kind.
pub fn read(world: &mut World, kind: &str, id: &str, body: &[u8]) -> anyhow::Result<()> {
    match kind {
        "channel" => {
            world.channels.insert(id.into(), serde_json::from_slice::<Channel>(body)?);
        }
        "user" => {
            world.users.insert(id.into(), serde_json::from_slice::<User>(body)?);
        }
        "friend" => {
            let (channel, user) = id.split_once('/').context("no slash in a friendship's id")?;
            let friend: Friendship = serde_json::from_slice(body)?;
            world.friends.entry(channel.into()).or_default().insert(user.into(), friend);
        }
        "group" => {
            let group: Group = serde_json::from_slice(body)?;
            for member in &group.members {
                world.groups_of.entry(member.clone()).or_default().push(group.id.clone());
            }
            world.groups.insert(id.into(), group);
        }
        // Ids sort by time, so rooms fill in order.
        "message" => {
            let Placed { room, message } = serde_json::from_slice(body)?;
            world.places.insert(id.into(), room.clone());
            world.rooms.entry(room).or_default().messages.push(message);
        }
        "content" => {
            let (head, bytes) = split_head(body).context("no head on a content")?;
            let ContentHead { mime, kind, gone } = serde_json::from_slice(head)?;
            let bytes = Bytes::copy_from_slice(bytes);
            world.contents.insert(id.into(), Content { bytes, mime, kind, gone, ready_at: 0 });
        }
        "accepted" => world.remember(serde_json::from_slice::<Accepted>(body)?),
        // Numbered within their channel, so they come in order.
        "mailing" => {
            let mailing: Mailing = serde_json::from_slice(body)?;
            world.mailings.entry(mailing.channel.clone()).or_default().push(mailing);
        }
        "narrowcast" => world.resume(serde_json::from_slice::<Narrowcast>(body)?),
        "units" => {
            world.units.insert(id.into(), serde_json::from_slice::<Units>(body)?);
        }
        "token" => {
            world.tokens.insert(id.into(), serde_json::from_slice::<Token>(body)?);
        }
        "key" => {
            world.assertion_keys.insert(id.into(), serde_json::from_slice::<AssertionKey>(body)?);
        }
        "liff" => {
            world.liff_apps.insert(id.into(), serde_json::from_slice::<LiffApp>(body)?);
        }
        "seat" => {
            world.seats.insert(id.into(), serde_json::from_slice::<Seat>(body)?);
        }
        "ticket" => world.hold(serde_json::from_slice::<Ticket>(body)?),
        "done" => world.done.push(id.into()),
        kind if kind.starts_with("rich_menu") => world.read_rich_menu(kind, id, body)?,
        "settings" => world.settings = serde_json::from_slice(body)?,
        // Kinds sort, so an audience comes before what was put into it.
        "audience" => {
            world.audiences.insert(id.parse()?, serde_json::from_slice::<Audience>(body)?);
        }
        "audience_load" => {
            let (audience, _) = id.split_once('/').context("no slash in the id of an audience's job")?;
            let audience = world.audiences.get_mut(&audience.parse()?).context("a job without its audience")?;
            audience.loads.push(serde_json::from_slice::<Load>(body)?);
        }
        "coupon" => {
            world.coupons.insert(id.into(), serde_json::from_slice::<Coupon>(body)?);
        }
        "plans" => {
            world.plans.insert(id.into(), serde_json::from_slice::<Vec<Plan>>(body)?);
        }
        "login" => {
            world.logins.channels.insert(id.into(), serde_json::from_slice::<LoginChannel>(body)?);
        }
        "consent" => {
            let (channel, user) = id.split_once('/').context("no slash in the id of a consent")?;
            world.logins.consents.insert((channel.into(), user.into()), serde_json::from_slice(body)?);
        }
        "user_token" => {
            world.logins.tokens.insert(id.into(), serde_json::from_slice::<UserToken>(body)?);
        }
        "refresh" => {
            world.logins.refreshes.insert(id.into(), serde_json::from_slice::<RefreshToken>(body)?);
        }
        "email" => {
            world.logins.emails.insert(id.into(), serde_json::from_slice(body)?);
        }
        "reaction" => {
            let reaction: Reaction = serde_json::from_slice(body)?;
            world.reactions.entry(reaction.request_id.clone()).or_default().push(reaction);
        }
        "manners" => world.manners = serde_json::from_slice(body)?,
        kind if kind.starts_with("hook") => world.read_hook(kind, id, body)?,
        "menu_use" => {
            let one: MenuUse = serde_json::from_slice(body)?;
            world.menu_uses.entry(one.menu.clone()).or_default().push(one);
        }
        // Numbered, so they come in order; and before what they still have to do.
        "crowd" => world.crowds.push(serde_json::from_slice::<Crowd>(body)?),
        "wave" => {
            let (channel, at) = id.split_once('/').context("no slash in a wave's id")?;
            let kept: Kept = serde_json::from_slice(body)?;
            if !kept.over {
                world.begin_wave(channel, at.parse()?, kept.done);
            }
        }
        _ => bail!("this program does not know the kind “{kind}”"),
    }
    Ok(())
}

async fn write(pool: SqlitePool, mut receiver: UnboundedReceiver<Row>) {
    let mut batch = Vec::new();
    while receiver.recv_many(&mut batch, 2_000).await > 0 {
        if let Err(error) = commit(&pool, &batch).await {
            tracing::error!(%error, "the simulator's file can't be written");
        }
        batch.clear();
    }
    pool.close().await;
}

async fn commit(pool: &SqlitePool, batch: &[Row]) -> sqlx::Result<()> {
    let mut transaction = pool.begin().await?;
    // Of rows that were written several times only the last counts: a channel's, with each push.
    let mut last: HashMap<(&str, &str), usize> = HashMap::new();
    let mut from = 0;
    for (at, row) in batch.iter().enumerate() {
        if row.id.is_empty() && row.body.is_none() {
            (last, from) = (HashMap::new(), at);
        } else {
            last.insert((row.kind, &row.id), at);
        }
    }
    for (at, row) in batch.iter().enumerate().skip(from) {
        if last.get(&(row.kind, row.id.as_str())).is_some_and(|last| *last != at) {
            continue;
        }
        match &row.body {
            Some(body) => {
                sqlx::query("INSERT INTO doc (kind, id, body) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body")
                    .bind(row.kind)
                    .bind(&row.id)
                    .bind(body)
                    .execute(&mut *transaction)
                    .await?
            }
            None if row.id.is_empty() => {
                sqlx::query("DELETE FROM doc").execute(&mut *transaction).await?
            }
            None => {
                sqlx::query("DELETE FROM doc WHERE kind = $1 AND id = $2")
                    .bind(row.kind)
                    .bind(&row.id)
                    .execute(&mut *transaction)
                    .await?
            }
        };
    }
    transaction.commit().await
}
