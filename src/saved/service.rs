//! Use cases of saved messages. What belongs to the team is changed by those who may ([`Permission::EditSaved`]), what
//! is one's own by oneself.

use super::{
    model::{
        Asked, EXCERPT, Form, KEPT, Library, Line, MOST, MOST_FOLDERS, NAME_LIMIT, PAGE, SHORTCUT_LIMIT, Saved, Shelf,
        Sort, Taken, Wrong, clean_shortcut,
        exchange::{self, Entry},
        rank,
        variable::Values,
    },
    store,
};
use crate::{
    account,
    chat::{model::draft::Flaw, store::upload},
    error::{AppError, Reason},
    i18n::find::fold,
    id::{AccountId, FolderId, OperatorId, RoomId, SavedId, make},
    line::count::{BUBBLES_LIMIT, graphemes},
    server::{
        db::{self, Tx},
        session::{self, Operator},
    },
    team::model::Permission,
    time::now,
};
use std::{cmp::Reverse, collections::BTreeSet};

fn may_edit(op: &Operator, owner: Option<OperatorId>) -> bool {
    owner.map_or(op.role.may(Permission::EditSaved), |owner| owner == op.id)
}

/// One page of what was asked for.
pub async fn list(op: &Operator, asked: Asked) -> Result<Library, AppError> {
    let read = op.state.db.read();
    let mut folders = store::folders(read, op.account()).await?;
    folders.sort_by_cached_key(|folder| (fold(&folder.name), folder.id));
    let all = store::all(read, op.account(), op.id).await?;
    let counted = |shelf: Shelf| all.iter().filter(|line| shelf.holds(line)).count().try_into().unwrap_or_default();
    let counts = [Shelf::All, Shelf::Loose, Shelf::Mine].map(counted);
    let mut lines = found(all, &asked);
    let found = lines.len().try_into().unwrap_or_default();
    let from = usize::try_from(asked.from).unwrap_or_default().min(lines.len());
    lines = lines.split_off(from);
    lines.truncate(PAGE);
    for line in &mut lines {
        line.words = line.words.chars().take(EXCERPT).collect();
    }
    Ok(Library { folders, lines, found, counts, editable: op.role.may(Permission::EditSaved) })
}

/// Those that were asked for, in the order that was asked for.
fn found(mut all: Vec<Line>, asked: &Asked) -> Vec<Line> {
    all.retain(|line| asked.shelf.holds(line));
    let used = |line: &Line| (Reverse(line.uses), Reverse(line.used_at));
    match asked.sort {
        Sort::Used => all.sort_by_cached_key(|line| (used(line), fold(&line.name), line.id)),
        Sort::Name => all.sort_by_cached_key(|line| (fold(&line.name), line.id)),
        Sort::Changed => all.sort_by_key(|line| (Reverse(line.changed_at), line.id)),
    }
    let search = fold(&asked.search);
    if search.trim().is_empty() {
        return all;
    }
    let fits = |line: Line| rank(&search, &line.name, &line.shortcut, &line.words).map(|rank| (rank, line));
    let mut ranked: Vec<(u32, Line)> = all.into_iter().filter_map(fits).collect();
    // Those that fit equally well stay in their order.
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, line)| line).collect()
}

/// One message, for its editor.
pub async fn open(op: &Operator, id: SavedId) -> Result<Saved, AppError> {
    session::answer(seen(op, id).await)
}

async fn seen(op: &Operator, id: SavedId) -> Result<Saved, AppError> {
    let whole = store::one(op.state.db.read(), op.account(), id).await?;
    let whole = whole.filter(|whole| whole.owner.is_none_or(|owner| owner == op.id)).ok_or(AppError::NotFound)?;
    Ok(Saved { id, version: whole.version, editable: may_edit(op, whole.owner), form: whole.form })
}

/// One message, and what its variables become in a room.
pub async fn take(op: &Operator, id: SavedId, room: RoomId) -> Result<Taken, AppError> {
    let result = async {
        let bubbles = seen(op, id).await?.form.bubbles;
        Ok(Taken { bubbles, values: read_values(op, Some(room)).await? })
    };
    session::answer(result.await)
}

/// What variables become in a room, or without a friend.
pub async fn values(op: &Operator, room: Option<RoomId>) -> Result<Values, AppError> {
    session::answer(read_values(op, room).await)
}

async fn read_values(op: &Operator, room: Option<RoomId>) -> Result<Values, AppError> {
    let (friend, lang) = match room {
        Some(room) => store::friend(op.state.db.read(), op.account(), room.0).await?.ok_or(AppError::NotFound)?,
        None => Default::default(),
    };
    let accounts = account::service::briefs(&op.state).await?;
    let account = accounts.into_iter().find(|account| account.id == op.account());
    let account = account.map(|account| account.name).unwrap_or_default();
    Ok(Values { friend, operator: op.name.clone(), account, lang, ..Values::default() })
}

/// Saves a new message, or a change to the one that was opened as `version`.
pub async fn save(op: &Operator, id: Option<SavedId>, version: i64, form: Form) -> Result<SavedId, AppError> {
    session::answer(write(op, id, version, form).await)
}

async fn write(op: &Operator, id: Option<SavedId>, version: i64, form: Form) -> Result<SavedId, AppError> {
    let mut form = checked(form)?;
    let account = op.account();
    let mut tx = op.state.db.begin().await?;
    db::next_seq(&mut tx, account).await?;
    keep_files(&mut tx, op, &mut form).await?;
    if let Some(id) = id {
        let known = store::one(&mut *tx, account, id).await?.ok_or(AppError::NotFound)?;
        if known.owner.is_some_and(|owner| owner != op.id) {
            return Err(AppError::NotFound);
        }
        if !may_edit(op, known.owner) {
            return Err(AppError::Forbidden);
        }
        if known.version != version {
            return Err(AppError::Conflict);
        }
    } else if store::count(&mut tx, account).await? >= MOST {
        return Err(AppError::field("name", Reason::Full { limit: limit(MOST) }));
    }
    if !form.mine && !may_edit(op, None) {
        return Err(AppError::Forbidden);
    }
    if let Some(folder) = form.folder
        && !store::has_folder(&mut tx, account, folder).await?
    {
        return Err(AppError::field("folder", Reason::Invalid));
    }
    let id = id.unwrap_or_else(|| SavedId(make::next()));
    store::put(&mut tx, account, id, &form, op.id, now()).await.map_err(|error| taken(error, "shortcut"))?;
    op.state.commit(tx, account).await?;
    Ok(id)
}

/// The form as it is kept.
fn checked(mut form: Form) -> Result<Form, AppError> {
    if let Some(wrong) = form.check().first() {
        return Err(refusal(*wrong));
    }
    form.shortcut = clean_shortcut(&form.shortcut);
    form.name = form.name.trim().to_owned();
    if form.mine {
        form.folder = None;
    }
    Ok(form)
}

/// The files of a form are kept from now on, and are what the server knows of them.
async fn keep_files(tx: &mut Tx, op: &Operator, form: &mut Form) -> Result<(), AppError> {
    for (at, bubble) in form.bubbles.iter_mut().enumerate() {
        if let Some(file) = bubble.upload_mut() {
            let gone = || AppError::field(&format!("bubble-{at}"), Reason::Gone);
            *file = upload::one(&mut *tx, op.account(), file.id).await?.ok_or_else(gone)?.upload;
            upload::keep(tx, op.account(), file.id).await?;
        }
        bubble.check().map_err(|flaw| refusal(Wrong::Bubble(at, flaw)))?;
    }
    Ok(())
}

fn refusal(wrong: Wrong) -> AppError {
    let long = |limit| Reason::TooLong { limit: u32::try_from(limit).unwrap_or(u32::MAX) };
    match wrong {
        Wrong::NameEmpty => AppError::field("name", Reason::Empty),
        Wrong::NameLong => AppError::field("name", long(NAME_LIMIT)),
        Wrong::ShortcutLong => AppError::field("shortcut", long(SHORTCUT_LIMIT)),
        Wrong::Shortcut => AppError::field("shortcut", Reason::Invalid),
        Wrong::NoBubbles => AppError::field("bubbles", Reason::Empty),
        Wrong::ManyBubbles => {
            AppError::field("bubbles", Reason::Full { limit: u32::try_from(BUBBLES_LIMIT).unwrap_or(u32::MAX) })
        }
        Wrong::Bubble(at, flaw) => {
            let reason = match flaw {
                Flaw::Empty => Reason::Empty,
                Flaw::TooLong { limit, .. } => long(limit),
                _ => Reason::Invalid,
            };
            AppError::field(&format!("bubble-{at}"), reason)
        }
    }
}

fn limit(most: i64) -> u32 {
    u32::try_from(most).unwrap_or(u32::MAX)
}

fn taken(error: sqlx::Error, field: &str) -> AppError {
    if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
        AppError::field(field, Reason::Taken)
    } else {
        error.into()
    }
}

/// Deletes a message. It can be brought back for a while.
pub async fn remove(op: &Operator, id: SavedId) -> Result<(), AppError> {
    let result = async {
        let mut tx = op.state.db.begin().await?;
        db::next_seq(&mut tx, op.account()).await?;
        let known = store::one(&mut *tx, op.account(), id).await?.ok_or(AppError::NotFound)?;
        allowed(op, known.owner)?;
        store::remove(&mut tx, op.account(), id, now(), now() - KEPT).await?;
        Ok(op.state.commit(tx, op.account()).await?)
    };
    session::answer(result.await)
}

/// Brings a deleted message back.
pub async fn restore(op: &Operator, id: SavedId) -> Result<(), AppError> {
    let result = async {
        let mut tx = op.state.db.begin().await?;
        db::next_seq(&mut tx, op.account()).await?;
        allowed(op, store::deleted(&mut tx, op.account(), id).await?.ok_or(AppError::NotFound)?)?;
        store::restore(&mut tx, op.account(), id).await?;
        Ok(op.state.commit(tx, op.account()).await?)
    };
    session::answer(result.await)
}

fn allowed(op: &Operator, owner: Option<OperatorId>) -> Result<(), AppError> {
    match owner {
        // Whose it is, is nobody else's business.
        Some(owner) if owner != op.id => Err(AppError::NotFound),
        owner if may_edit(op, owner) => Ok(()),
        _ => Err(AppError::Forbidden),
    }
}

fn folder_name(name: &str) -> Result<&str, AppError> {
    let name = name.trim();
    match graphemes(name) {
        0 => Err(AppError::field("name", Reason::Empty)),
        count if count > NAME_LIMIT => {
            Err(AppError::field("name", Reason::TooLong { limit: u32::try_from(NAME_LIMIT).unwrap_or(u32::MAX) }))
        }
        _ => Ok(name),
    }
}

/// Adds a folder.
pub async fn add_folder(op: &Operator, name: &str) -> Result<FolderId, AppError> {
    let result = async {
        let name = folder_name(name)?;
        let mut tx = op.state.db.begin().await?;
        db::next_seq(&mut tx, op.account()).await?;
        let id = new_folder(&mut tx, op, name).await?;
        op.state.commit(tx, op.account()).await?;
        Ok(id)
    };
    session::answer(result.await)
}

async fn new_folder(tx: &mut Tx, op: &Operator, name: &str) -> Result<FolderId, AppError> {
    if store::count_folders(tx, op.account()).await? >= MOST_FOLDERS {
        return Err(AppError::field("name", Reason::Full { limit: limit(MOST_FOLDERS) }));
    }
    let id = FolderId(make::next());
    store::add_folder(tx, op.account(), id, name, now()).await.map_err(|error| taken(error, "name"))?;
    Ok(id)
}

/// Gives a folder another name.
pub async fn rename_folder(op: &Operator, id: FolderId, name: &str) -> Result<(), AppError> {
    let result = async {
        let name = folder_name(name)?;
        let mut tx = op.state.db.begin().await?;
        db::next_seq(&mut tx, op.account()).await?;
        let found = store::rename_folder(&mut tx, op.account(), id, name).await;
        if !found.map_err(|error| taken(error, "name"))? {
            return Err(AppError::NotFound);
        }
        Ok(op.state.commit(tx, op.account()).await?)
    };
    session::answer(result.await)
}

/// Deletes a folder. Its messages stay, in none.
pub async fn remove_folder(op: &Operator, id: FolderId) -> Result<(), AppError> {
    let result = async {
        let mut tx = op.state.db.begin().await?;
        db::next_seq(&mut tx, op.account()).await?;
        if !store::remove_folder(&mut tx, op.account(), id).await? {
            return Err(AppError::NotFound);
        }
        Ok(op.state.commit(tx, op.account()).await?)
    };
    session::answer(result.await)
}

/// The team's messages as a file, without pictures and other files.
pub async fn export(op: &Operator) -> Result<String, AppError> {
    let read = op.state.db.read();
    let folders = store::folders(read, op.account()).await?;
    let mut lines = store::all(read, op.account(), op.id).await?;
    lines.retain(|line| !line.mine);
    lines.sort_by_cached_key(|line| (fold(&line.name), line.id));
    let mut entries = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(whole) = store::one(read, op.account(), line.id).await? else { continue };
        let folder = folders.iter().find(|folder| Some(folder.id) == line.folder);
        let mut bubbles = whole.form.bubbles;
        bubbles.retain(|bubble| bubble.upload().is_none());
        let folder = folder.map(|folder| folder.name.clone()).unwrap_or_default();
        entries.push(Entry { folder, name: line.name, shortcut: line.shortcut, bubbles });
    }
    Ok(serde_json::to_string_pretty(&entries)?)
}

/// Adds what a file holds: all of it or, when something is wrong, nothing. A shortcut that is in use already is left
/// out. Answers how many there were.
pub async fn import(op: &Operator, file: &str) -> Result<u32, AppError> {
    session::answer(read_file(op, file).await)
}

async fn read_file(op: &Operator, file: &str) -> Result<u32, AppError> {
    let entries = exchange::read(file).ok_or_else(|| AppError::field("file", Reason::Invalid))?;
    let mut tx = op.state.db.begin().await?;
    db::next_seq(&mut tx, op.account()).await?;
    let known = store::count(&mut tx, op.account()).await?;
    if known + i64::try_from(entries.len()).unwrap_or(i64::MAX) > MOST {
        return Err(AppError::field("file", Reason::Full { limit: limit(MOST) }));
    }
    let mut shortcuts = store::shortcuts(&mut tx, op.account()).await?;
    let mut added = 0;
    for entry in entries {
        let folder = entry.folder.trim().to_owned();
        let mut form = entry.form();
        // An export has nothing of a message that was only pictures.
        if form.bubbles.is_empty() {
            continue;
        }
        form.shortcut = clean_shortcut(&form.shortcut);
        if !form.shortcut.is_empty() && !shortcuts.insert(form.shortcut.clone()) {
            form.shortcut.clear();
        }
        let mut form = checked(form).map_err(|_| AppError::field("file", Reason::Invalid))?;
        if !folder.is_empty() {
            let name = folder_name(&folder).map_err(|_| AppError::field("file", Reason::Invalid))?;
            form.folder = match store::folder_named(&mut tx, op.account(), name).await? {
                Some(id) => Some(id),
                None => Some(new_folder(&mut tx, op, name).await?),
            };
        }
        store::put(&mut tx, op.account(), SavedId(make::next()), &form, op.id, now()).await?;
        added += 1;
    }
    op.state.commit(tx, op.account()).await?;
    Ok(added)
}

/// Saved messages went into what is being sent: each counts once, however often it was put in.
pub async fn note_use(tx: &mut Tx, account: AccountId, ids: &[SavedId], at: i64) -> sqlx::Result<()> {
    for id in once(ids) {
        store::note_use(tx, account, id, at).await?;
    }
    Ok(())
}

/// What was being sent was taken back before it went.
pub async fn take_back_use(tx: &mut Tx, account: AccountId, ids: &[SavedId]) -> sqlx::Result<()> {
    for id in once(ids) {
        store::take_back_use(tx, account, id).await?;
    }
    Ok(())
}

/// More than a hand puts into one answer is no answer.
fn once(ids: &[SavedId]) -> BTreeSet<SavedId> {
    ids.iter().copied().take(20).collect()
}
