//! Sending at a time: kept as the composer has it until then, so that it can be read, changed and taken back.

use super::{
    model::{
        draft::Draft,
        later::{self, Download, Later},
        setting::{ChatSetting, LINK_DAYS, Voice},
    },
    outgoing::{self, check_draft, check_key},
    store::{later as store, room, setting, upload as uploads},
    upload,
};
use crate::{
    error::{AppError, Reason},
    id::{AccountId, LaterId, MessageId, RoomId, UploadId, make},
    server::{
        db::{self, Tx},
        jobs, media, picture,
        session::{self, Operator},
    },
    time::now,
};

/// Keeps a draft to be sent at a time.
pub async fn add(op: &Operator, room: RoomId, key: &str, draft: Draft, at: i64) -> Result<Later, AppError> {
    session::answer(add_one(op, room, key, draft, at).await)
}

async fn add_one(op: &Operator, id: RoomId, key: &str, draft: Draft, at: i64) -> Result<Later, AppError> {
    check_key(key)?;
    check(op, &draft, at).await?;
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    let seq = db::next_seq(&mut tx, account).await?;
    if let Some(known) = store::by_key(&mut tx, account, key).await? {
        return if known.room == id { Ok(known) } else { Err(AppError::Conflict) };
    }
    room::address(&mut tx, account, id).await?.ok_or(AppError::NotFound)?;
    keep_files(&mut tx, account, &draft).await?;
    let new = Later {
        id: LaterId(make::next()),
        room: id,
        room_name: String::new(),
        operator: op.id,
        author: op.name.clone(),
        draft,
        at,
    };
    store::add(&mut tx, account, key, &new).await?;
    plan(&mut tx, account, new.id, at).await?;
    store::count(&mut tx, account, id, seq).await?;
    let new = store::one(&mut tx, account, new.id).await?.ok_or(AppError::NotFound)?;
    op.state.commit(tx, account).await?;
    outgoing::wake(&op.state, at - now());
    Ok(new)
}

async fn check(op: &Operator, draft: &Draft, at: i64) -> Result<(), AppError> {
    check_draft(draft)?;
    if !later::is_possible(at, now()) {
        return Err(AppError::field("at", Reason::Invalid));
    }
    let files = draft.bubbles.iter().any(|bubble| bubble.upload().is_some());
    if files && outgoing::base(&op.state, op.account()).await?.is_none() {
        return Err(AppError::field("file", Reason::NoAddress));
    }
    Ok(())
}

async fn keep_files(tx: &mut Tx, account: AccountId, draft: &Draft) -> Result<(), AppError> {
    for file in draft.bubbles.iter().filter_map(|bubble| bubble.upload()) {
        if !uploads::keep(tx, account, file.id).await? {
            return Err(AppError::field("file", Reason::Gone));
        }
    }
    Ok(())
}

/// The job that sends it. A lane of its own: the room's answers do not wait for it.
async fn plan(tx: &mut Tx, account: AccountId, id: LaterId, at: i64) -> sqlx::Result<()> {
    if jobs::move_to(tx, account, "later", id.0, at).await? {
        return Ok(());
    }
    jobs::add_at(tx, account, "later", id.0, id.0, "{}", at).await
}

/// What will be sent: in one room, or in all.
pub async fn list(op: &Operator, room: Option<RoomId>) -> Result<Vec<Later>, AppError> {
    let mut connection = op.state.db.read().acquire().await?;
    Ok(store::list(&mut connection, op.account(), room).await?)
}

/// Changes what is sent, and when.
pub async fn change(op: &Operator, id: LaterId, draft: Draft, at: i64) -> Result<Later, AppError> {
    let result = async {
        check(op, &draft, at).await?;
        let account = op.account();
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        let known = store::one(&mut tx, account, id).await?.ok_or(AppError::NotFound)?;
        keep_files(&mut tx, account, &draft).await?;
        let changed = Later { draft, at, ..known };
        store::change(&mut tx, account, &changed).await?;
        plan(&mut tx, account, id, at).await?;
        store::count(&mut tx, account, changed.room, seq).await?;
        op.state.commit(tx, account).await?;
        outgoing::wake(&op.state, at - now());
        Ok(changed)
    };
    session::answer(result.await)
}

/// Takes it back. What was composed comes back, for whoever wants it.
pub async fn cancel(op: &Operator, id: LaterId) -> Result<Draft, AppError> {
    let result = async {
        let account = op.account();
        let mut tx = op.state.db.begin().await?;
        let seq = db::next_seq(&mut tx, account).await?;
        let known = store::one(&mut tx, account, id).await?.ok_or(AppError::NotFound)?;
        jobs::take_back(&mut tx, account, "later", id.0).await?;
        store::remove(&mut tx, account, id).await?;
        store::count(&mut tx, account, known.room, seq).await?;
        op.state.commit(tx, account).await?;
        Ok(known.draft)
    };
    session::answer(result.await)
}

/// Sends it now.
pub async fn send_now(op: &Operator, id: LaterId) -> Result<(), AppError> {
    let mut connection = op.state.db.read().acquire().await?;
    let known = store::one(&mut connection, op.account(), id).await?;
    drop(connection);
    let known = session::answer(known.ok_or(AppError::NotFound))?;
    change(op, id, known.draft, now()).await.map(drop)
}

/// Changes how the account chats.
pub async fn set_setting(op: &Operator, new: ChatSetting) -> Result<(), AppError> {
    if !(0..=LINK_DAYS).contains(&new.link_days) {
        return session::answer(Err(AppError::field("link_days", Reason::Invalid)));
    }
    let mut tx = op.state.db.begin().await?;
    setting::set_setting(&mut tx, op.account(), new).await?;
    Ok(tx.commit().await?)
}

/// Changes how the operator chats. A picture is made square.
pub async fn set_voice(op: &Operator, mut new: Voice) -> Result<(), AppError> {
    let result = async {
        new.name = new.name.trim().to_owned();
        super::model::draft::check_sender(&new.name).map_err(|_| AppError::field("name", Reason::Invalid))?;
        let (state, account) = (&op.state, op.account());
        let mut connection = state.db.read().acquire().await?;
        let before = setting::voice(&mut connection, account, op.id).await?;
        if let Some(icon) = new.icon.filter(|icon| before.icon != Some(*icon)) {
            let mut stored = uploads::one(&mut connection, account, icon)
                .await?
                .ok_or_else(|| AppError::field("icon", Reason::Gone))?;
            let file = media::path(&state.config.media_dir(), &stored.sha256);
            let bytes = picture::icon(&file).await.map_err(|_| AppError::field("icon", Reason::NotPicture))?;
            stored.upload.id = UploadId(make::next());
            stored.upload.size = i64::try_from(bytes.len()).unwrap_or_default();
            stored.upload.content_type = "image/png".to_owned();
            stored.sha256 = media::keep_bytes(state, bytes).await?;
            stored.token = upload::new_token();
            new.icon = Some(stored.upload.id);
            let mut tx = state.db.begin().await?;
            uploads::add(&mut tx, account, op.id, &stored).await?;
            uploads::keep(&mut tx, account, stored.upload.id).await?;
            setting::set_voice(&mut tx, account, op.id, &new).await?;
            return Ok(tx.commit().await?);
        }
        drop(connection);
        let mut tx = state.db.begin().await?;
        setting::set_voice(&mut tx, account, op.id, &new).await?;
        Ok(tx.commit().await?)
    };
    session::answer(result.await)
}

/// The page from which a message's file is downloaded.
pub async fn download(op: &Operator, message: MessageId) -> Result<Download, AppError> {
    let found = setting::download(op.state.db.read(), op.account(), message).await?;
    let (token, mut download) = session::answer(found.ok_or(AppError::NotFound))?;
    download.url = format!("{}/f/{}-{token}", op.state.public_url, op.account());
    Ok(download)
}

/// Takes it back.
pub async fn revoke(op: &Operator, message: MessageId) -> Result<(), AppError> {
    let mut tx = op.state.db.begin().await?;
    if !setting::revoke(&mut tx, op.account(), message).await? {
        return session::answer(Err(AppError::NotFound));
    }
    Ok(tx.commit().await?)
}
