//! Connecting accounts and looking after them.

use super::{
    model::{AccountBrief, AccountDetail, Check, CheckKind, CheckState, TokenKind},
    store::{self, AccountRow},
};
use crate::{
    audit::{model::Action, service::record},
    error::{AppError, Reason},
    id::{AccountId, OperatorId},
    line::client::{self, API_BASE, Client, Error},
    server::{
        session::{self, Operator},
        state::State,
    },
    time::MINUTE,
};

/// Every account, for the switcher.
pub async fn briefs(state: &State) -> Result<Vec<AccountBrief>, AppError> {
    Ok(store::briefs(state.db.read()).await?)
}

/// Every account, for one operator's switcher.
pub async fn briefs_for(state: &State, operator: OperatorId) -> Result<Vec<AccountBrief>, AppError> {
    Ok(store::briefs_for(state.db.read(), operator).await?)
}

/// Where LINE must send this account's webhooks.
pub fn webhook_url(state: &State, account: AccountId) -> String {
    format!("{}/line/webhook/{account}", state.public_url)
}

/// Connects an account and goes to its settings.
pub async fn connect(
    op: &Operator,
    channel_id: &str,
    secret: &str,
    token: &str,
    api_base: &str,
) -> Result<AccountId, AppError> {
    let result = connect_account(&op.state, channel_id.trim(), secret.trim(), token.trim(), api_base.trim()).await;
    if let Ok(account) = &result {
        record(op, Action::AccountConnected, channel_id.trim()).await;
        leptos_axum::redirect(&format!("/a/{account}/settings"));
    }
    session::answer(result)
}

/// Asks LINE who this channel is, and keeps its credentials. Nothing is kept when LINE refuses them.
pub async fn connect_account(
    state: &State,
    channel_id: &str,
    secret: &str,
    token: &str,
    api_base: &str,
) -> Result<AccountId, AppError> {
    let api_base = allowed_base(state, api_base)?;
    if channel_id.is_empty() {
        return Err(AppError::field("channel_id", Reason::Empty));
    }
    if channel_id.len() > 20 || !channel_id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AppError::field("channel_id", Reason::Invalid));
    }
    check_secret(secret)?;
    let usable = if token.is_empty() {
        let issued = client::issue_token(&state.http, &api_base, channel_id, secret).await;
        issued.map_err(|error| refusal("channel_secret", &error))?.access_token
    } else {
        token.to_owned()
    };
    let field = if token.is_empty() { "channel_secret" } else { "access_token" };
    let facts = facts(&Client::new(&state.http, &api_base, usable)).await.map_err(|error| refusal(field, &error))?;
    let id = AccountId(crate::id::make::next());
    let row = AccountRow {
        channel_id: channel_id.into(),
        secret: state.vault.seal(("account", "secret", id.0), secret)?,
        token: seal_token(state, id, token)?,
        api_base,
        ..facts
    };
    let mut tx = state.db.begin().await?;
    store::add(&mut tx, id, &row).await.map_err(|error| {
        if error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation) {
            AppError::field("channel_id", Reason::Taken)
        } else {
            error.into()
        }
    })?;
    tx.commit().await?;
    // Asking LINE to set the address spares the operator the copying; where it can't be set (no
    // https yet), the settings page shows what to do.
    if let Ok(Ok(client)) = state.directory.client(state, id).await
        && let Err(error) = client.set_webhook_endpoint(&webhook_url(state, id)).await
    {
        tracing::info!(account = %id, %error, "LINE did not take the webhook address");
    }
    Ok(id)
}

/// What the settings page shows.
pub async fn detail(op: &Operator) -> Result<AccountDetail, AppError> {
    let row = row(op).await?;
    Ok(AccountDetail {
        id: op.account(),
        webhook_url: webhook_url(&op.state, op.account()),
        name: row.name,
        basic_id: row.basic_id,
        picture: row.picture,
        channel_id: row.channel_id,
        bot_user_id: row.bot_user_id,
        token_kind: if row.token.is_some() { TokenKind::LongLived } else { TokenKind::Stateless },
        api_base: row.api_base,
        quota: row.quota_limit,
        used: Some(row.quota_used),
        chat_mode: Some(row.chat_mode).filter(|mode| !mode.is_empty()),
    })
}

/// Looks at everything that must be right, by asking LINE.
pub async fn run_checks(op: &Operator) -> Result<Vec<Check>, AppError> {
    let (state, account) = (&op.state, op.account());
    let check = |kind, state, detail: Option<String>| Check { kind, state, detail };
    // A fresh look: a token or a secret that was changed at LINE must not be hidden by what we remember.
    state.directory.forget(account);
    let client = match state.directory.client(state, account).await? {
        Ok(client) => client,
        Err(error) => return Ok(vec![check(CheckKind::Token, CheckState::Fail, Some(error.to_string()))]),
    };
    if let Err(error) = refresh(state, account, &client).await? {
        return Ok(vec![check(CheckKind::Token, CheckState::Fail, Some(error.to_string()))]);
    }
    let mut checks = vec![check(CheckKind::Token, CheckState::Ok, None)];
    let wanted = webhook_url(state, account);
    match client.webhook_endpoint().await {
        Ok(Some(set)) if set.endpoint == wanted => {
            checks.push(check(CheckKind::WebhookUrl, CheckState::Ok, None));
            let active = if set.active { CheckState::Ok } else { CheckState::Fail };
            checks.push(check(CheckKind::WebhookActive, active, None));
        }
        Ok(set) => checks.push(check(CheckKind::WebhookUrl, CheckState::Fail, set.map(|set| set.endpoint))),
        Err(error) => checks.push(check(CheckKind::WebhookUrl, CheckState::Unknown, Some(error.to_string()))),
    }
    let asked_at = crate::time::now();
    match client.test_webhook().await {
        Ok(test) if test.success => checks.push(check(CheckKind::WebhookReachable, CheckState::Ok, None)),
        Ok(test) => {
            let words = [test.reason, test.detail].join(" ").trim().to_owned();
            checks.push(check(CheckKind::WebhookReachable, CheckState::Fail, Some(words)));
        }
        Err(error) => checks.push(check(CheckKind::WebhookReachable, CheckState::Unknown, Some(error.to_string()))),
    }
    let row = row(op).await?;
    // The test above made LINE send us something signed: what came of it tells whether the secret fits.
    let recent = |at: Option<i64>| at.filter(|at| *at > asked_at - 10 * MINUTE);
    checks.push(match (recent(row.signed_at), recent(row.misfit_at)) {
        (Some(good), bad) if bad.is_none_or(|bad| bad <= good) => check(CheckKind::Signature, CheckState::Ok, None),
        (_, Some(_)) => check(CheckKind::Signature, CheckState::Fail, None),
        _ => check(CheckKind::Signature, CheckState::Unknown, None),
    });
    // With LINE's chat switched on its own greeting and auto-replies may answer beside us.
    let mode = if row.chat_mode == "bot" { CheckState::Ok } else { CheckState::Warn };
    checks.push(check(CheckKind::ChatMode, mode, Some(row.chat_mode)));
    let left = row.quota_limit.map(|limit| limit - row.quota_used);
    let quota = match left {
        Some(left) if left <= 0 => CheckState::Fail,
        Some(left) if left < 20 => CheckState::Warn,
        _ => CheckState::Ok,
    };
    checks.push(check(CheckKind::Quota, quota, left.map(|left| left.to_string())));
    Ok(checks)
}

/// Asks LINE anew for name, picture, mode and quota, and tells the screens.
pub async fn refresh(state: &State, account: AccountId, client: &Client) -> Result<Result<(), Error>, AppError> {
    let row = match facts(client).await {
        Ok(row) => row,
        Err(error) => return Ok(Err(error)),
    };
    let mut tx = state.db.begin().await?;
    crate::server::db::next_seq(&mut tx, account).await?;
    store::set_facts(&mut tx, account, &row).await?;
    state.commit(tx, account).await?;
    Ok(Ok(()))
}

/// Sets our webhook address at LINE.
pub async fn set_webhook(op: &Operator) -> Result<(), AppError> {
    let url = webhook_url(&op.state, op.account());
    let result = async {
        let client = op.state.directory.client(&op.state, op.account()).await?;
        let client = client.map_err(|error| refusal("webhook", &error))?;
        client.set_webhook_endpoint(&url).await.map_err(|error| refusal("webhook", &error))
    };
    session::answer(result.await)
}

/// Replaces the secrets of an account after LINE has accepted them; an empty field keeps what is there.
pub async fn update_credentials(op: &Operator, secret: &str, token: &str) -> Result<(), AppError> {
    let (state, account) = (&op.state, op.account());
    let (secret, token) = (secret.trim(), token.trim());
    let result = async {
        let row = row(op).await?;
        if secret.is_empty() && token.is_empty() {
            return Err(AppError::field("channel_secret", Reason::Empty));
        }
        let sealed = if secret.is_empty() {
            row.secret
        } else {
            check_secret(secret)?;
            if row.token.is_none() && token.is_empty() {
                let issued = client::issue_token(&state.http, &row.api_base, &row.channel_id, secret).await;
                issued.map_err(|error| refusal("channel_secret", &error))?;
            }
            state.vault.seal(("account", "secret", account.0), secret)?
        };
        let sealed_token = if token.is_empty() {
            row.token
        } else {
            let info = Client::new(&state.http, &row.api_base, token.into()).bot_info().await;
            let info = info.map_err(|error| refusal("access_token", &error))?;
            if info.user_id != row.bot_user_id {
                return Err(AppError::field("access_token", Reason::Invalid));
            }
            seal_token(state, account, token)?
        };
        store::set_secrets(&state.db, account, &sealed, sealed_token.as_deref()).await?;
        record(op, Action::AccountChanged, &row.channel_id).await;
        state.directory.forget(account);
        Ok(())
    };
    session::answer(result.await)
}

/// Disconnects an account: everything of it is deleted.
pub async fn disconnect(op: &Operator, confirm: &str) -> Result<(), AppError> {
    let result = async {
        if row(op).await?.basic_id != confirm.trim() {
            return Err(AppError::field("confirm", Reason::Invalid));
        }
        store::remove(&op.state.db, op.account()).await?;
        record(op, Action::AccountDisconnected, confirm.trim()).await;
        op.state.directory.forget(op.account());
        leptos_axum::redirect("/");
        Ok(())
    };
    session::answer(result.await)
}

async fn row(op: &Operator) -> Result<AccountRow, AppError> {
    store::secrets(op.state.db.read(), op.account()).await?.ok_or(AppError::NotFound)
}

/// What LINE says about a channel; the credentials are left empty.
async fn facts(client: &Client) -> Result<AccountRow, Error> {
    let (info, limit, used) = tokio::try_join!(client.bot_info(), client.quota(), client.quota_used())?;
    Ok(AccountRow {
        name: info.display_name,
        basic_id: info.premium_id.unwrap_or(info.basic_id),
        picture: info.picture_url,
        bot_user_id: info.user_id,
        chat_mode: info.chat_mode,
        quota_limit: limit,
        quota_used: used,
        channel_id: String::new(),
        secret: String::new(),
        token: None,
        api_base: String::new(),
        signed_at: None,
        misfit_at: None,
    })
}

/// LINE's own hosts, or one that whoever runs this server has allowed: an address typed into a form
/// must not make the server call machines inside its network (ASVS 13.2).
fn allowed_base(state: &State, base: &str) -> Result<String, AppError> {
    let base = base.trim_end_matches('/');
    if base.is_empty() || base == API_BASE {
        return Ok(API_BASE.into());
    }
    if state.config.line_hosts.iter().any(|host| host == base) {
        return Ok(base.into());
    }
    Err(AppError::field("api_base", Reason::Invalid))
}

fn check_secret(secret: &str) -> Result<(), AppError> {
    if secret.is_empty() {
        return Err(AppError::field("channel_secret", Reason::Empty));
    }
    if secret.len() != 32 || !secret.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(AppError::field("channel_secret", Reason::Invalid));
    }
    Ok(())
}

fn seal_token(state: &State, account: AccountId, token: &str) -> Result<Option<String>, AppError> {
    if token.is_empty() {
        return Ok(None);
    }
    Ok(Some(state.vault.seal(("account", "token", account.0), token)?))
}

fn refusal(field: &str, error: &Error) -> AppError {
    let reason = match error {
        Error::Status { status, message } => Reason::Refused { message: format!("{status} {message}") },
        Error::NotReached | Error::NoAnswer => Reason::LineUnreachable,
    };
    AppError::field(field, reason)
}
