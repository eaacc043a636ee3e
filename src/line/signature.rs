//! The signature of a webhook: base64 of HMAC-SHA256 over the raw body, keyed with the channel secret.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header that carries the signature.
pub const HEADER: &str = "x-line-signature";

fn mac(secret: &str, body: &[u8]) -> Hmac<Sha256> {
    // HMAC takes a key of any length, so this can't fail; an empty one would verify nothing anyway.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| unreachable!());
    mac.update(body);
    mac
}

/// Signs a body as LINE does.
pub fn sign(secret: &str, body: &[u8]) -> String {
    BASE64_STANDARD.encode(mac(secret, body).finalize().into_bytes())
}

/// Whether `signature` is LINE's for this body. Constant time in the signature's bytes.
pub fn verify(secret: &str, body: &[u8], signature: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    BASE64_STANDARD.decode(signature).is_ok_and(|bytes| mac(secret, body).verify_slice(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "8c570fa6dd201bb328f1c1eac23a96d8";
    const BODY: &str = r#"{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}"#;
    const SIGNATURE: &str = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=";

    #[test]
    fn accepts_the_golden_vector() {
        assert_eq!(sign(SECRET, BODY.as_bytes()), SIGNATURE);
        assert!(verify(SECRET, BODY.as_bytes(), SIGNATURE));
    }

    #[test]
    fn refuses_every_mutation_of_it() {
        for at in 0..BODY.len() {
            for bit in 0..8 {
                let mut body = BODY.as_bytes().to_vec();
                body[at] ^= 1 << bit;
                assert!(!verify(SECRET, &body, SIGNATURE));
            }
        }
        for at in 0..SIGNATURE.len() {
            for byte in 0..=127_u8 {
                let mut signature = SIGNATURE.as_bytes().to_vec();
                if signature[at] != byte {
                    signature[at] = byte;
                    let signature = String::from_utf8(signature).unwrap_or_default();
                    assert!(!verify(SECRET, BODY.as_bytes(), &signature), "{signature}");
                }
            }
        }
        assert!(!verify(SECRET, BODY.as_bytes(), ""));
        assert!(!verify("", BODY.as_bytes(), &sign("", BODY.as_bytes())));
        assert!(!verify("8c570fa6dd201bb328f1c1eac23a96d9", BODY.as_bytes(), SIGNATURE));
    }
}
