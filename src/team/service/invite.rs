//! Links with which colleagues join or set a new password: good once, for a while, and until taken back.

use super::{check_password, create, grantable, other};
use crate::{
    audit::{
        model::Action,
        service::{record, record_stranger},
    },
    chat::service::assign::TeamChange,
    error::{AppError, Reason},
    i18n::I18n,
    id::OperatorId,
    server::{
        password,
        session::{self, Operator},
        state::State,
    },
    team::{
        model::{INVITATION_LIFE, InvitationRow, Invited, PASSWORD_LINK_LIFE, Role},
        store::{self, invite},
    },
    time::now,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use leptos::prelude::{expect_context, use_context};

/// Makes a link for a role. Only an owner invites owners. `note` (at most 60 characters) says for whom it is.
pub async fn invite(op: &Operator, role: &str, note: &str) -> Result<String, AppError> {
    let result = async {
        let role = grantable(op, role)?;
        let note = note.trim();
        if note.chars().count() > 60 {
            return Err(AppError::field("note", Reason::TooLong { limit: 60 }));
        }
        let token = token();
        let invitation = invite::New { role, note, operator: None, by: op.id, until: now() + INVITATION_LIFE };
        invite::add(&op.state.db, &session::hash(&token), &invitation).await?;
        record(op, Action::Invited, &[note, role.as_str()].join(" · ")).await;
        Ok(link(op, &token))
    };
    session::answer(result.await)
}

/// The links that nobody has used yet, the newest first.
pub async fn list(op: &Operator) -> Result<Vec<InvitationRow>, AppError> {
    Ok(invite::all(op.state.db.read(), now()).await?)
}

/// Takes a link back; a link for an owner only by an owner.
pub async fn revoke(op: &Operator, id: &str) -> Result<(), AppError> {
    let result = async {
        let id: OperatorId = id.parse().map_err(|_| AppError::NotFound)?;
        if !invite::revoke(&op.state.db, id.0, op.role == Role::Owner).await? {
            return Err(AppError::NotFound);
        }
        record(op, Action::InvitationRevoked, "").await;
        Ok(())
    };
    session::answer(result.await)
}

/// What a link invites to; none when it is used, taken back or too old.
pub async fn look(token: &str) -> Result<Option<Invited>, AppError> {
    let state = expect_context::<State>();
    Ok(invite::find(state.db.read(), &session::hash(token), now()).await?)
}

/// Makes an operator of whoever holds the link, and logs them in.
pub async fn join(token: &str, name: &str, email: &str, password: String) -> Result<(), AppError> {
    let result = async {
        let state = expect_context::<State>();
        let Some(Invited::Join { role, .. }) = look(token).await? else { return Err(AppError::NotFound) };
        let lang = use_context::<I18n>().unwrap_or_default().lang;
        let id = create(&state, name, email, role, lang, password).await?;
        // Two people with one link: only the first one stays.
        if !invite::take(&state.db, &session::hash(token)).await? {
            let mut tx = state.db.begin().await?;
            store::remove(&mut tx, id).await?;
            tx.commit().await?;
            return Err(AppError::NotFound);
        }
        // The screens learn whom rooms can be given to.
        TeamChange::begin(&state).await?.commit().await?;
        session::begin(&state, id).await?;
        record_stranger(&state, &store::own(state.db.read(), id).await?.0, Action::Joined, role.as_str()).await;
        leptos_axum::redirect("/");
        Ok(())
    };
    session::answer(result.await)
}

/// Makes a link with which a colleague sets a new password. Links made for them before end.
pub async fn password_link(op: &Operator, operator: &str) -> Result<String, AppError> {
    let result = async {
        let (id, role) = other(op, operator).await?;
        let token = token();
        let until = now() + PASSWORD_LINK_LIFE;
        let invitation = invite::New { role, note: "", operator: Some(id), by: op.id, until };
        invite::add(&op.state.db, &session::hash(&token), &invitation).await?;
        record(op, Action::PasswordLinkMade, &store::own(op.state.db.read(), id).await?.0).await;
        Ok(link(op, &token))
    };
    session::answer(result.await)
}

/// Sets a new password with a link; every session of the operator ends, and they log in with it.
pub async fn set_new_password(token: &str, password: String) -> Result<(), AppError> {
    let result = async {
        let state = expect_context::<State>();
        check_password("password", &password)?;
        let hash = password::hash(password).await?;
        let taken = invite::take_for_password(&state.db, &session::hash(token), now(), &hash).await?;
        let operator = taken.ok_or(AppError::NotFound)?;
        store::end_sessions(&state.db, operator, "").await?;
        let (email, _, _) = store::own(state.db.read(), operator).await?;
        record_stranger(&state, &email, Action::PasswordSetByLink, "").await;
        leptos_axum::redirect("/login");
        Ok(())
    };
    session::answer(result.await)
}

fn token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>())
}

fn link(op: &Operator, token: &str) -> String {
    format!("{}/join?token={token}", op.state.public_url)
}
