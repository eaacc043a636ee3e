//! Secrets at rest: AES-256-GCM with a key that lies outside the database. Each ciphertext is bound
//! to its table, column and row, so that one can't be put in another's place.

use aes_gcm::{
    Aes256Gcm,
    aead::{Aead, KeyInit, Nonce, Payload},
};
use anyhow::{Context, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use std::{io::ErrorKind, path::Path};

/// Encrypts and decrypts the columns that hold secrets.
pub struct Vault {
    cipher: Aes256Gcm,
}

/// Where a secret lies: table, column, and the row's id.
pub type Place = (&'static str, &'static str, i64);

impl Vault {
    /// Reads the key file, or makes it when `fresh` says that nothing was ever encrypted.
    ///
    /// # Errors
    /// When the key is missing although the database holds secrets, can't be read, or is no key.
    pub fn open(file: &Path, fresh: bool) -> anyhow::Result<Self> {
        let key = match std::fs::read_to_string(file) {
            Ok(text) => BASE64_STANDARD
                .decode(text.trim())
                .ok()
                .filter(|key| key.len() == 32)
                .with_context(|| format!("{} is not an Engawa key; put the right one back", file.display()))?,
            Err(error) if error.kind() == ErrorKind::NotFound && fresh => {
                let key = rand::random::<[u8; 32]>().to_vec();
                write_private(file, &BASE64_STANDARD.encode(&key))
                    .with_context(|| format!("the key file {} can't be written", file.display()))?;
                key
            }
            Err(error) if error.kind() == ErrorKind::NotFound => bail!(
                "the key file {} is missing, and without it the stored LINE credentials can't be read. \
                 Put it back from your backup. (It is never made anew while a database exists.)",
                file.display()
            ),
            Err(error) => bail!("the key file {} can't be read: {error}", file.display()),
        };
        let cipher = Aes256Gcm::new_from_slice(&key).context("the key has the wrong length")?;
        Ok(Self { cipher })
    }

    /// Encrypts a secret for its place.
    pub fn seal(&self, place: Place, secret: &str) -> anyhow::Result<String> {
        let nonce = rand::random::<[u8; 12]>();
        let sealed = self
            .cipher
            .encrypt(&Nonce::<Aes256Gcm>::from(nonce), Payload { msg: secret.as_bytes(), aad: bind(place).as_bytes() })
            .map_err(|_| anyhow::anyhow!("a secret could not be encrypted"))?;
        Ok(BASE64_STANDARD.encode([&nonce[..], &sealed].concat()))
    }

    /// Decrypts what was sealed for the same place.
    pub fn open_sealed(&self, place: Place, sealed: &str) -> anyhow::Result<String> {
        let wrong = || anyhow::anyhow!("a secret in {} can't be decrypted: is this the right key file?", place.0);
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| wrong())?;
        let (nonce, sealed) = bytes.split_at_checked(12).ok_or_else(wrong)?;
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| wrong())?;
        let secret = self
            .cipher
            .decrypt(&Nonce::<Aes256Gcm>::from(nonce), Payload { msg: sealed, aad: bind(place).as_bytes() })
            .map_err(|_| wrong())?;
        String::from_utf8(secret).map_err(|_| wrong())
    }
}

fn bind((table, column, row): Place) -> String {
    format!("{table}.{column}#{row}")
}

/// Writes a file that only its owner may read.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::{fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt};
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_in_its_place() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("key");
        assert!(Vault::open(&file, false).is_err(), "a missing key is never replaced in silence");
        let vault = Vault::open(&file, true)?;
        let sealed = vault.seal(("account", "secret", 1), "s3cret")?;
        assert!(!sealed.contains("s3cret"));
        assert_eq!(Vault::open(&file, false)?.open_sealed(("account", "secret", 1), &sealed)?, "s3cret");
        assert!(vault.open_sealed(("account", "secret", 2), &sealed).is_err());
        assert!(vault.open_sealed(("account", "token", 1), &sealed).is_err());
        std::fs::write(&file, "nonsense")?;
        assert!(Vault::open(&file, false).is_err());
        Ok(())
    }
}
