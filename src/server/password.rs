//! Passwords: argon2id with m = 47,104 KiB, t = 1, p = 1 (quality.md), never more than two at once,
//! so that a flood of log-ins can't take the machine's memory.

use anyhow::Context;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// Fewest characters of a password (ASVS 6.2.1 asks for eight and recommends more).
pub const SHORTEST: usize = 12;
/// Most bytes that are hashed; longer ones are refused rather than cut.
pub const LONGEST: usize = 1_024;

static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A hash that no password matches: checked when the e-mail is unknown, so that both take as long.
static DECOY: LazyLock<String> = LazyLock::new(|| hash_now("a password nobody has").unwrap_or_default());

fn hash_now(password: &str) -> anyhow::Result<String> {
    let params = Params::new(47_104, 1, 1, None).map_err(|e| anyhow::anyhow!("{e}"))?;
    let salt = rand::random::<[u8; 16]>();
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|e| anyhow::anyhow!("a password could not be hashed: {e}"))?;
    Ok(hash.to_string())
}

/// Hashes a password for keeping.
pub async fn hash(password: String) -> anyhow::Result<String> {
    let _permit = AT_ONCE.acquire().await?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.context("hashing was stopped")?
}

/// Whether a password belongs to a hash. Without a hash it takes as long and says no.
pub async fn verify(password: String, hash: Option<String>) -> anyhow::Result<bool> {
    let _permit = AT_ONCE.acquire().await?;
    tokio::task::spawn_blocking(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DECOY.clone());
        let matches = PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
        known && matches
    })
    .await
    .context("checking was stopped")
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn only_the_right_password_is_right() -> anyhow::Result<()> {
        let hash = super::hash("縁側 veranda".into()).await?;
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{hash}");
        assert!(super::verify("縁側 veranda".into(), Some(hash.clone())).await?);
        assert!(!super::verify("縁側 verandah".into(), Some(hash)).await?);
        assert!(!super::verify("a password nobody has".into(), None).await?);
        Ok(())
    }
}
