//! Sending: what an operator composed becomes messages and one job, written together; a worker takes it from
//! there. One key, one packet: asking again gives the same messages back.

use super::{
    model::{
        Delivery, Failure, Friendship, Message, RoomKind,
        draft::{Bubble, Draft, Flaw, Use, check_sender},
        later,
        setting::{ChatSetting, Manners, ReadMode},
        upload::UploadKind,
    },
    service::assign,
    store::{
        message::{self, Outgoing},
        outgoing::{self, Part},
        room, setting, upload as uploads,
    },
    upload,
};
use crate::{
    error::{AppError, Reason},
    id::{AccountId, MessageId, OperatorId, RoomId, UploadId, make},
    line::{client::API_BASE, count, message as line},
    saved::service as saved,
    server::{
        db::{self, Tx},
        jobs,
        session::{self, Operator},
        state::State,
    },
    time::{DAY, now},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{collections::HashMap, time::Duration};

/// For how long LINE shows that an answer is being made, in seconds.
const LOADING: i64 = 20;

/// How far sending a packet got: what its job carries.
#[derive(Serialize, Deserialize, Default, Debug)]
#[serde(default)]
pub struct Progress {
    /// What was tried.
    pub stage: Stage,
    /// A reply token that was taken from the room and certainly not used, with its end.
    pub token: Option<(String, i64)>,
    /// LINE was reached at least once without an answer.
    pub unsure: bool,
    /// The access token was refused once already.
    pub refused: bool,
    /// From when on LINE was to have it (Unix ms); none for jobs of an earlier version.
    pub since: Option<i64>,
    /// What was composed, while it can be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Draft>,
}

/// What was tried.
#[derive(Serialize, Deserialize, Default, PartialEq, Eq, Clone, Copy, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Nothing.
    #[default]
    Start,
    /// The reply token: written down before it is tried.
    Replying,
    /// A push, which can be tried again.
    Push,
}

/// A packet on its way into the database.
pub struct Packet<'a> {
    /// To whom.
    pub room: RoomId,
    /// Who sends it.
    pub operator: OperatorId,
    /// The composer's key.
    pub key: &'a str,
    /// What.
    pub draft: Draft,
    /// It may be held back so that it can be undone.
    pub undo: bool,
}

/// The key under which a bubble of a packet is known.
fn key_of(key: &str, at: usize) -> String {
    if at == 0 { key.to_owned() } else { format!("{key}.{at}") }
}

/// Refuses keys that no composer makes.
///
/// # Errors
/// When it is not 16 to 64 letters, digits and hyphens.
pub fn check_key(key: &str) -> Result<(), AppError> {
    let fits = (16..=64).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if fits { Ok(()) } else { Err(AppError::field("key", Reason::Invalid)) }
}

/// Refuses what LINE would refuse, naming the bubble.
///
/// # Errors
/// The field is `text` for the only bubble and `bubble.N` for one of several.
pub fn check_draft(draft: &Draft) -> Result<(), AppError> {
    draft.check().map_err(|(at, flaw)| {
        let limit = |limit: usize| u32::try_from(limit).unwrap_or_default();
        let reason = match flaw {
            Flaw::Empty => Reason::Empty,
            Flaw::TooLong { limit: most, .. } => Reason::TooLong { limit: limit(most) },
            Flaw::TooMany => Reason::TooLong { limit: limit(count::BUBBLES_LIMIT) },
            _ => Reason::Invalid,
        };
        let field = if draft.bubbles.len() == 1 { "text".to_owned() } else { format!("bubble.{at}") };
        AppError::field(&field, reason)
    })
}

/// Where LINE and friends reach our files for this account; none when they can't. A simulator stands where we do.
pub async fn base(state: &State, account: AccountId) -> anyhow::Result<Option<String>> {
    let simulated = state.directory.channel(state, account).await?.is_some_and(|channel| channel.api_base != API_BASE);
    Ok((simulated || state.public_url.starts_with("https://")).then(|| state.public_url.clone()))
}

/// Sends what an operator composed. The messages stand in the room at once.
pub async fn send(op: &Operator, room: RoomId, key: &str, draft: Draft, undo: bool) -> Result<Vec<Message>, AppError> {
    session::answer(send_packet(op, room, key, draft, undo).await)
}

async fn send_packet(
    op: &Operator,
    room: RoomId,
    key: &str,
    draft: Draft,
    undo: bool,
) -> Result<Vec<Message>, AppError> {
    check_key(key)?;
    check_draft(&draft)?;
    let (state, account) = (&op.state, op.account());
    let base = base(state, account).await?;
    let mut tx = state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    // Pressed twice, or sent again because the first answer was lost.
    if let Some((known, first)) = message::by_key(&mut tx, account, key).await? {
        if known != room {
            return Err(AppError::Conflict);
        }
        let packet = outgoing::packet(&mut tx, account, first.id).await?;
        return messages(&mut tx, account, room, packet).await;
    }
    room::address(&mut tx, account, room).await?.ok_or(AppError::NotFound)?;
    assign::on_reply(&mut tx, op, room, seq).await?;
    let packet = Packet { room, operator: op.id, key, draft, undo };
    let (first, wait) = write(&mut tx, account, seq, base.as_deref(), packet).await?;
    let sent = messages(&mut tx, account, room, first).await?;
    state.commit(tx, account).await?;
    wake(state, wait);
    Ok(sent)
}

/// Wakes the worker, now or when what is held back may go.
pub fn wake(state: &State, wait: i64) {
    if wait <= 0 {
        return state.jobs.notify_one();
    }
    let state = state.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(u64::try_from(wait).unwrap_or_default() + 20)).await;
        state.jobs.notify_one();
    });
}

async fn messages(tx: &mut Tx, account: AccountId, room: RoomId, packet: MessageId) -> Result<Vec<Message>, AppError> {
    let mut ids = outgoing::members(tx, account, packet).await?;
    if ids.is_empty() {
        ids.push(packet);
    }
    let mut found = Vec::new();
    for id in ids {
        found.extend(message::one(tx, account, room, id).await?);
    }
    Ok(found)
}

/// Writes a packet and its job. Answers its first message, and for how long it is held back.
async fn write(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    base: Option<&str>,
    packet: Packet<'_>,
) -> Result<(MessageId, i64), AppError> {
    let address = room::address(tx, account, packet.room).await?.ok_or(AppError::NotFound)?;
    let setting = setting::setting(tx, account).await?;
    let now = now();
    let token = address.token.filter(|_| address.until > now).map(|token| (token, address.until));
    let held = later::hold(packet.undo && setting.undo, now, token.as_ref().map(|(_, until)| *until));
    let (room, original) = (packet.room, packet.draft.clone());
    let first = insert(tx, account, seq, base, packet, &setting, held).await?;
    saved::note_use(tx, account, &original.saved, now).await?;
    // Taken here, so that the next answer does not count on it.
    if token.is_some() {
        room::spend_token(tx, account, room, seq).await?;
    }
    let draft = held.map(|_| original);
    let progress = Progress { token, since: Some(held.unwrap_or(now)), draft, ..Progress::default() };
    let payload = serde_json::to_string(&progress)?;
    jobs::add_at(tx, account, "send", first.0, room.0, &payload, held.unwrap_or(now)).await?;
    if setting.read != ReadMode::Never {
        tell_read(tx, account, room).await?;
    }
    Ok((first, held.map_or(0, |until| until - now)))
}

/// The friend is told that we have read, by a job of its own.
pub async fn tell_read(tx: &mut Tx, account: AccountId, room: RoomId) -> sqlx::Result<()> {
    // A lane of its own: nobody's answer waits for it.
    jobs::add(tx, account, "seen", room.0, -room.0, "{}").await
}

/// Writes the messages of a packet with their frozen bodies. Answers the first.
async fn insert(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    base: Option<&str>,
    packet: Packet<'_>,
    setting: &ChatSetting,
    held: Option<i64>,
) -> Result<MessageId, AppError> {
    let Packet { room, operator, key, mut draft, .. } = packet;
    let mut ids: Vec<i64> = draft.bubbles.iter().map(|_| make::next()).collect();
    // Two of one millisecond may come in the wrong order.
    ids.sort_unstable();
    let first = MessageId(ids.first().copied().ok_or(AppError::NotFound)?);
    let quote = match draft.quote {
        Some(id) => Some(outgoing::quotable(tx, account, room, id).await?.ok_or_else(|| gone("quote"))?),
        None => None,
    };
    let sender = if draft.as_me { sender(tx, account, operator, base).await? } else { (None, None) };
    let mut quoting = quote.as_ref();
    for (at, (bubble, id)) in draft.bubbles.iter_mut().zip(&ids).enumerate() {
        let id = MessageId(*id);
        let mut addresses = HashMap::new();
        let mut file = None;
        if let Some(named) = bubble.upload_mut() {
            let base = base.ok_or_else(|| AppError::field("file", Reason::NoAddress))?;
            let stored = uploads::one(tx, account, named.id).await?.filter(|stored| stored.upload.kind == named.kind);
            let stored = stored.ok_or_else(|| gone("file"))?;
            uploads::keep(tx, account, named.id).await?;
            *named = stored.upload.clone();
            for (usage, preview) in [(Use::Original, false), (Use::Preview, true)] {
                addresses.insert(usage, format!("{base}{}", upload::public_path(account, &stored, preview)));
            }
            file = Some((base, stored.upload));
        }
        message_row(tx, account, seq, (room, id), operator, bubble, &key_of(key, at)).await?;
        if let Some((base, file)) = file {
            outgoing::add_media(tx, account, room, id, file.id).await?;
            if file.kind == UploadKind::File {
                let token = upload::new_token();
                addresses.insert(Use::Page, format!("{base}/f/{account}-{token}"));
                let expires = (setting.link_days > 0).then(|| now() + setting.link_days * DAY);
                setting::add_download(tx, account, &token, file.id, (room, id), expires).await?;
            }
        }
        let mut body = bubble.to_line(|_: UploadId, usage| addresses.get(&usage).cloned().unwrap_or_default());
        line::send_as(&mut body, sender.0.as_deref(), sender.1.as_deref());
        if let Some((line_id, token)) = quoting.take_if(|_| bubble.quotes()) {
            body["quoteToken"] = token.as_str().into();
            outgoing::set_quoted(tx, account, room, id, line_id).await?;
        }
        outgoing::add(tx, account, room, first, &Part { id, body, silent: draft.silent }, held).await?;
    }
    if let (Some(last), Some(id)) = (draft.bubbles.last(), ids.last()) {
        let content = last.content();
        let out = Outgoing { room, id: MessageId(*id), operator: Some(operator), content: &content, key };
        message::make_last(tx, account, seq, &out).await?;
    }
    room::mark_read(tx, account, room, seq).await?;
    Ok(first)
}

async fn message_row(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    (room, id): (RoomId, MessageId),
    operator: OperatorId,
    bubble: &Bubble,
    key: &str,
) -> sqlx::Result<()> {
    let content = bubble.content();
    message::insert_outgoing(tx, account, seq, &Outgoing { room, id, operator: Some(operator), content: &content, key })
        .await
}

fn gone(field: &str) -> AppError {
    AppError::field(field, Reason::Gone)
}

/// Name and picture of an operator beside their answers.
async fn sender(
    tx: &mut Tx,
    account: AccountId,
    operator: OperatorId,
    base: Option<&str>,
) -> Result<(Option<String>, Option<String>), AppError> {
    let voice = setting::voice(tx, account, operator).await?;
    let own = setting::operator(tx, operator).await?.unwrap_or_default();
    let name = if voice.name.is_empty() { own } else { voice.name };
    let name = Some(name).filter(|name| check_sender(name).is_ok() && !name.is_empty());
    let icon = match (voice.icon, base) {
        // LINE wants its pictures by https alone.
        (Some(icon), Some(base)) => uploads::one(tx, account, icon)
            .await?
            .map(|stored| format!("{base}{}", upload::public_path(account, &stored, false))),
        _ => None,
    };
    Ok((name, icon))
}

/// Writes a packet that was due and could not be sent, so that everybody sees it; its words are kept.
async fn write_failed(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    packet: Packet<'_>,
    why: Failure,
) -> Result<(), AppError> {
    let Packet { room, operator, key, draft, .. } = packet;
    let mut ids: Vec<i64> = draft.bubbles.iter().map(|_| make::next()).collect();
    ids.sort_unstable();
    let mut last = None;
    for (at, (bubble, id)) in draft.bubbles.iter().zip(&ids).enumerate() {
        let (id, content) = (MessageId(*id), bubble.content());
        message_row(tx, account, seq, (room, id), operator, bubble, &key_of(key, at)).await?;
        message::set_delivery(tx, account, room, id, seq, &Delivery::Failed { why: why.clone() }, None).await?;
        // Sent again by a person it goes as it is, unless it needs a file.
        let body = bubble.upload().map_or_else(|| bubble.to_line(|_, _| String::new()), |_| Value::Null);
        outgoing::add(tx, account, room, MessageId(ids[0]), &Part { id, body, silent: draft.silent }, None).await?;
        last = Some((id, content));
    }
    if let Some((id, content)) = last {
        let out = Outgoing { room, id, operator: Some(operator), content: &content, key };
        message::make_last(tx, account, seq, &out).await?;
    }
    Ok(())
}

/// Writes a packet whose time has come: on its way, or failed for all to see.
pub async fn write_due(
    tx: &mut Tx,
    account: AccountId,
    seq: i64,
    base: Option<&str>,
    packet: Packet<'_>,
) -> Result<(), AppError> {
    let Some(address) = room::address(tx, account, packet.room).await? else { return Ok(()) };
    let mut why = (address.friendship == Friendship::Gone).then_some(Failure::Gone);
    for named in packet.draft.bubbles.iter().filter_map(|bubble| bubble.upload()) {
        if base.is_none() || uploads::one(tx, account, named.id).await?.is_none() {
            why = why.or(Some(Failure::Missing));
        }
    }
    if let Some(quote) = packet.draft.quote
        && outgoing::quotable(tx, account, packet.room, quote).await?.is_none()
    {
        why = why.or(Some(Failure::Missing));
    }
    match why {
        Some(why) => write_failed(tx, account, seq, packet, why).await,
        None => write(tx, account, seq, base, packet).await.map(drop),
    }
}

/// Takes back what is held: the messages vanish and what was composed comes back.
pub async fn undo(op: &Operator, room: RoomId, id: MessageId) -> Result<Draft, AppError> {
    session::answer(undo_packet(op, room, id).await)
}

async fn undo_packet(op: &Operator, room: RoomId, id: MessageId) -> Result<Draft, AppError> {
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    message::one(&mut tx, account, room, id).await?.ok_or(AppError::NotFound)?;
    let packet = outgoing::packet(&mut tx, account, id).await?;
    // Whoever claimed the job was first.
    let payload = jobs::take_back(&mut tx, account, "send", packet.0).await?.ok_or(AppError::Conflict)?;
    let progress: Progress = serde_json::from_str(&payload).unwrap_or_default();
    for part in outgoing::waiting(&mut tx, account, packet).await? {
        message::set_delivery(&mut tx, account, room, part.id, seq, &Delivery::Discarded, None).await?;
        setting::revoke(&mut tx, account, part.id).await?;
    }
    if let Some((token, until)) = &progress.token {
        room::return_token(&mut tx, account, room, seq, (token, *until)).await?;
    }
    message::refresh_last(&mut tx, account, room, seq).await?;
    if let Some(draft) = &progress.draft {
        saved::take_back_use(&mut tx, account, &draft.saved).await?;
    }
    op.state.commit(tx, account).await?;
    Ok(progress.draft.unwrap_or_default())
}

/// Sends again what failed, or whose fate is unknown and a person has decided: the whole of its packet that did.
pub async fn retry(op: &Operator, room: RoomId, id: MessageId) -> Result<Message, AppError> {
    session::answer(retry_packet(op, room, id).await)
}

async fn retry_packet(op: &Operator, room: RoomId, id: MessageId) -> Result<Message, AppError> {
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    check_unsent(&mut tx, account, room, id).await?;
    let packet = outgoing::packet(&mut tx, account, id).await?;
    let mut ids: Vec<MessageId> =
        outgoing::unsent(&mut tx, account, packet).await?.into_iter().map(|part| part.id).collect();
    if ids.is_empty() {
        ids.push(id);
    }
    // What was discarded meanwhile is no longer part of it.
    let first = ids.first().copied().unwrap_or(id);
    for part in &ids {
        let queued = Delivery::Queued { waiting: false };
        message::set_delivery(&mut tx, account, room, *part, seq, &queued, None).await?;
        outgoing::regroup(&mut tx, account, *part, first).await?;
    }
    let progress = Progress { since: Some(now()), ..Progress::default() };
    jobs::add(&mut tx, account, "send", first.0, room.0, &serde_json::to_string(&progress)?).await?;
    let message = message::one(&mut tx, account, room, id).await?.ok_or(AppError::NotFound)?;
    op.state.commit(tx, account).await?;
    op.state.jobs.notify_one();
    Ok(message)
}

/// Takes a message that was not sent out of the room.
pub async fn discard(op: &Operator, room: RoomId, id: MessageId) -> Result<(), AppError> {
    let result = async {
        let account = op.account();
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        check_unsent(&mut tx, account, room, id).await?;
        message::set_delivery(&mut tx, account, room, id, seq, &Delivery::Discarded, None).await?;
        message::refresh_last(&mut tx, account, room, seq).await?;
        Ok(op.state.commit(tx, account).await?)
    };
    session::answer(result.await)
}

/// Only a message that failed or is unknown can be decided about; anything else has moved on already.
async fn check_unsent(tx: &mut Tx, account: AccountId, room: RoomId, id: MessageId) -> Result<(), AppError> {
    let message = message::one(tx, account, room, id).await?.ok_or(AppError::NotFound)?;
    let unsent = matches!(message.delivery, Delivery::Failed { .. } | Delivery::Unknown);
    if unsent { Ok(()) } else { Err(AppError::Conflict) }
}

/// Shows the friend that an answer is being made; LINE does so one to one only.
pub async fn start_loading(op: &Operator, id: RoomId) -> Result<(), AppError> {
    let result = async {
        let (state, account) = (&op.state, op.account());
        let room = room::one(state.db.read(), account, id).await?.ok_or(AppError::NotFound)?;
        if room.kind != RoomKind::User {
            return Err(AppError::Conflict);
        }
        let mut tx = state.db.begin().await?;
        let address = room::address(&mut tx, account, id).await?.ok_or(AppError::NotFound)?;
        drop(tx);
        let answer = match state.directory.client(state, account).await? {
            Ok(client) => client.start_loading(&address.line_id, LOADING).await,
            Err(error) => Err(error),
        };
        answer.map_err(|error| {
            tracing::info!(%account, room = %id, %error, "LINE did not show that an answer is coming");
            AppError::Unreachable
        })
    };
    session::answer(result.await)
}

/// What the composer goes by.
pub async fn manners(op: &Operator) -> Result<Manners, AppError> {
    let mut connection = op.state.db.read().acquire().await?;
    Ok(Manners {
        setting: setting::setting(&mut connection, op.account()).await?,
        voice: setting::voice(&mut connection, op.account(), op.id).await?,
        files: base(&op.state, op.account()).await?.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_version_queued_is_read() {
        let old: Progress =
            serde_json::from_str(r#"{"stage":"push","token":null,"unsure":true,"refused":false}"#).unwrap_or_default();
        assert_eq!((old.stage, old.unsure, old.since), (Stage::Push, true, None));
        assert!(serde_json::from_str::<Progress>("{}").is_ok());
    }

    #[test]
    fn keys_of_a_packet_can_not_be_made_up() {
        assert_eq!((key_of("k", 0), key_of("k", 3)), ("k".to_owned(), "k.3".to_owned()));
        assert!(check_key(&key_of("0123456789abcdef", 1)).is_err());
        assert!(check_key("0123456789abcdef").is_ok() && check_key("short").is_err());
    }

    #[test]
    fn loading_is_as_long_as_line_allows() {
        assert!(LOADING % 5 == 0 && (5..=60).contains(&LOADING));
    }
}
