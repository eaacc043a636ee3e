//! The second step of logging in: a code of an authenticator app (RFC 6238), or a recovery code.

use super::{confirm_password, other, safe_path, throttle};
use crate::{
    audit::{
        model::Action,
        service::{record, record_stranger},
    },
    error::{AppError, Reason},
    id::OperatorId,
    server::{
        qr,
        session::{self, Operator},
        state::State,
        vault::Place,
    },
    team::{
        model::{Enrolment, HALF_LOGIN, RECOVERY_CODES, TwoStep},
        store::{self, two_step},
    },
    time::{SECOND, now},
};
use anyhow::Context;
use leptos::prelude::expect_context;
use totp_rs::{Builder, Secret, Totp};

/// Wrong codes for one operator within [`super::WINDOW`]. Whoever can try has given the password already.
const CODE_LIMIT: i64 = 5;
/// Random bytes of a recovery code: 120 bits, more than the 112 from which a plain hash is enough (ASVS 6.5.2).
const RECOVERY_BYTES: usize = 15;

/// Whether this operator logs in with a code, and how many recovery codes are left.
pub async fn state(op: &Operator) -> Result<TwoStep, AppError> {
    let read = op.state.db.read();
    Ok(TwoStep { on: two_step::is_on(read, op.id).await?, codes: two_step::codes(read, op.id).await? })
}

/// Makes a new secret, which counts once a code of it was entered.
pub async fn begin(op: &Operator, password: String) -> Result<Enrolment, AppError> {
    let result = async {
        confirm_password(op, "password", password).await?;
        let secret = Secret::new(Box::new(rand::random::<[u8; 20]>()));
        let text = secret.to_base32();
        let sealed = op.state.vault.seal(place(op.id), &text)?;
        if !two_step::begin(&op.state.db, op.id, &sealed).await? {
            return Err(AppError::Conflict);
        }
        let (email, _, _) = store::own(op.state.db.read(), op.id).await?;
        // A colon would end the name in the address.
        let address = builder(secret)
            .with_account_name(email.replace(':', " "))
            .with_issuer(Some("Engawa"))
            .build()
            .and_then(|totp| totp.to_url())
            .map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Enrolment { qr: qr::svg(&address).context("the address is too long for a QR code")?, secret: text })
    };
    session::answer(result.await)
}

/// Turns the second step on, with the first code; gives the recovery codes, which are shown once.
pub async fn confirm(op: &Operator, code: &str) -> Result<Vec<String>, AppError> {
    let result = async {
        let step = check(&op.state, op.id, code, false).await?.ok_or(AppError::Conflict)?;
        let codes = fresh_codes();
        if !two_step::confirm(&op.state.db, op.id, step, &hashes(&codes)).await? {
            return Err(AppError::Conflict);
        }
        record(op, Action::TwoStepOn, "").await;
        Ok(codes)
    };
    session::answer(result.await)
}

/// Turns the second step off.
pub async fn turn_off(op: &Operator, password: String) -> Result<(), AppError> {
    let result = async {
        confirm_password(op, "password", password).await?;
        two_step::remove(&op.state.db, op.id).await?;
        record(op, Action::TwoStepOff, "").await;
        Ok(())
    };
    session::answer(result.await)
}

/// New recovery codes; the old ones work no more.
pub async fn renew_codes(op: &Operator, password: String) -> Result<Vec<String>, AppError> {
    let result = async {
        confirm_password(op, "password", password).await?;
        let codes = fresh_codes();
        if !two_step::set_codes(&op.state.db, op.id, &hashes(&codes)).await? {
            return Err(AppError::Conflict);
        }
        record(op, Action::RecoveryCodesMade, "").await;
        Ok(codes)
    };
    session::answer(result.await)
}

/// Turns the second step of a colleague off, who lost phone and recovery codes; their sessions end.
pub async fn reset(op: &Operator, operator: &str) -> Result<(), AppError> {
    let result = async {
        let (id, _) = other(op, operator).await?;
        two_step::remove(&op.state.db, id).await?;
        store::end_sessions(&op.state.db, id, "").await?;
        record(op, Action::TwoStepReset, &store::own(op.state.db.read(), id).await?.0).await;
        Ok(())
    };
    session::answer(result.await)
}

/// Ends a log-in that owes its code: begins the session and redirects.
pub async fn enter(code: &str, next: Option<&str>) -> Result<(), AppError> {
    let result = async {
        let state = expect_context::<State>();
        let half = session::half(&state).ok_or(AppError::Unauthenticated)?;
        let operator =
            two_step::half(state.db.read(), &half, now() - HALF_LOGIN).await?.ok_or(AppError::Unauthenticated)?;
        // Recovery codes are longer than the six digits, whatever stands between their letters.
        let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        let (email, _, _) = store::own(state.db.read(), operator).await?;
        let mut done = Action::LoggedIn;
        let right = match check(&state, operator, &typed, true).await {
            Ok(Some(step)) => two_step::take_step(&state.db, operator, step).await?,
            Ok(None) => true,
            Err(AppError::Field { .. }) if typed.len() > 6 => {
                done = Action::RecoveryCodeUsed;
                two_step::take_code(&state.db, operator, &session::hash(&typed.to_uppercase())).await?
            }
            Err(error) => return Err(error),
        };
        if !right {
            record_stranger(&state, &email, Action::LogInFailed, "").await;
            return Err(wrong(&state, operator).await?);
        }
        two_step::end_half(&state.db, &half).await?;
        session::forget_half(&state);
        session::begin(&state, operator).await?;
        record_stranger(&state, &email, done, "").await;
        leptos_axum::redirect(safe_path(next));
        Ok(())
    };
    session::answer(result.await)
}

/// The time step of a right code; none when there is nothing to check against (it was turned off meanwhile).
async fn check(state: &State, operator: OperatorId, code: &str, on: bool) -> Result<Option<i64>, AppError> {
    throttle(state, &[(subject(operator), CODE_LIMIT)]).await?;
    let Some(sealed) = two_step::secret(state.db.read(), operator, on).await? else { return Ok(None) };
    let text = state.vault.open_sealed(place(operator), &sealed)?;
    let secret =
        Secret::try_from_base32(text).map_err(|_| anyhow::anyhow!("the secret of a two-step login is damaged"))?;
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let time = u64::try_from(now() / SECOND).unwrap_or_default();
    match totp(secret)?.check(&digits, time) {
        Some(step) => Ok(Some(i64::try_from(step).unwrap_or_default())),
        // A recovery code is judged by whoever asked.
        None if code.len() > 6 && on => Err(AppError::field("code", Reason::WrongCode)),
        None => Err(wrong(state, operator).await?),
    }
}

async fn wrong(state: &State, operator: OperatorId) -> Result<AppError, AppError> {
    store::note_failure(&state.db, &[subject(operator)]).await?;
    Ok(AppError::field("code", Reason::WrongCode))
}

fn subject(operator: OperatorId) -> String {
    format!("code {operator}")
}

fn place(operator: OperatorId) -> Place {
    ("two_step", "secret", operator.0)
}

/// Six digits, thirty seconds, SHA-1: what every authenticator app knows. One step early or late is taken.
fn builder(secret: Secret) -> Builder {
    Builder::new().with_secret(secret)
}

fn totp(secret: Secret) -> anyhow::Result<Totp> {
    // An app's name is needed only for the address.
    builder(secret).with_account_name("-").build().map_err(|error| anyhow::anyhow!("{error}"))
}

fn fresh_codes() -> Vec<String> {
    let one = || {
        let letters = Secret::new(Box::new(rand::random::<[u8; RECOVERY_BYTES]>())).to_base32();
        let groups: Vec<&str> = (0..letters.len()).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
        groups.join("-").to_lowercase()
    };
    (0..RECOVERY_CODES).map(|_| one()).collect()
}

fn hashes(codes: &[String]) -> Vec<String> {
    codes.iter().map(|code| session::hash(&code.replace('-', "").to_uppercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recovery_codes_are_long_and_differ() {
        let codes = fresh_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(codes.iter().all(|code| code.len() == 29 && code.split('-').count() == 6), "{codes:?}");
        let mut apart = hashes(&codes);
        apart.sort();
        apart.dedup();
        assert_eq!(apart.len(), RECOVERY_CODES);
    }

    /// The vector of RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = || Secret::new(Box::new(*b"12345678901234567890"));
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(totp(secret()).ok().and_then(|totp| totp.check(code, time)), Some(time / 30));
        }
    }
}
