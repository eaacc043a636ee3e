//! Client assertions (line-platform.md §14): JWTs that a channel signs with its own RSA key instead of
//! sending its secret.

use super::refusal::Refusal;
use crate::{simulator::world::World, time::SECOND};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

/// The only type of assertion.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// For whom an assertion must be.
const AUDIENCE: &str = "https://api.line.me/";
/// Longest time to its end, in seconds.
const LONGEST: i64 = 30 * 60;

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    /// Unix seconds.
    exp: i64,
    /// Life of the token that is asked for, in seconds.
    token_exp: Option<i64>,
}

/// What an assertion proves.
pub struct Asserted {
    /// Whose key signed it.
    pub channel: String,
    /// Life of the token that is asked for, in seconds.
    pub token_life: Option<i64>,
}

/// Reads an assertion and proves it with the key that the channel registered. `now` is Unix milliseconds.
///
/// # Errors
/// In the words of OAuth; LINE does not document its own.
pub fn check(world: &World, kind: &str, assertion: &str, now: i64) -> Result<Asserted, Refusal> {
    let invalid = || Refusal::oauth(400, "invalid_client", "Invalid client_assertion");
    if kind != TYPE {
        return Err(Refusal::oauth(400, "invalid_request", "Invalid client_assertion_type"));
    }
    let header = decode_header(assertion).map_err(|_| invalid())?;
    let key = header.kid.and_then(|kid| world.assertion_keys.get(&kid)).ok_or_else(invalid)?;
    let proof = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(|_| invalid())?;
    let mut wanted = Validation::new(Algorithm::RS256);
    wanted.set_audience(&[AUDIENCE]);
    wanted.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    // The simulator's clock decides, not the machine's.
    wanted.validate_exp = false;
    let claims = decode::<Claims>(assertion, &proof, &wanted).map_err(|_| invalid())?.claims;
    let left = claims.exp - now / SECOND;
    if claims.iss != key.channel || claims.sub != key.channel || left <= 0 || left > LONGEST {
        return Err(invalid());
    }
    Ok(Asserted { channel: claims.iss, token_life: claims.token_exp })
}
