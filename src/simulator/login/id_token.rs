//! ID tokens: HS256 with the channel's secret for web apps, ES256 with the platform's key for mobile and
//! LIFF apps. The issuer is LINE's in the simulator too, because clients insist on it.

use crate::{
    simulator::{
        platform::{Answer, Refusal},
        state::Shared,
        world::{
            World,
            login::{Code, LoginChannel},
        },
    },
    time::{HOUR, SECOND},
};
use axum::{Json, extract::State, response::IntoResponse};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::Deserialize;
use serde_json::{Value, json};

/// Who issues.
pub const ISSUER: &str = "https://access.line.me";
/// How long an ID token is valid.
const LIFE: i64 = HOUR;

/// The platform's key pair. Everybody may know it: it proves nothing but that a token came from a simulator,
/// and stays the same so that what clients remember of it is right after a restart.
const KEY: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgugipKlH2m3PWfUnMsGKHCLXu/xGJ+CCPnjYlNAFm4PKhRANCAATu853W45BX4Z0yihRjkbidSD4Cd/l7f2xwaYUGKzpIIoVVpDC2nkt2a+GlCbJ9nzjPgY1kzlF4APEmgaLhXHf2";
const KID: &str = "5b8f2c1e7d3a496083c5e1f0a9d7b6425b8f2c1e7d3a496083c5e1f0a9d7b642";
const X: &str = "7vOd1uOQV-GdMooUY5G4nUg-Anf5e39scGmFBis6SCI";
const Y: &str = "hVWkMLaeS3Zr4aUJsn2fOM-BjWTOUXgA8SaBouFcd_Y";

/// The ID token that a code is exchanged for.
pub fn issue(world: &World, base: &str, channel: &LoginChannel, code: &Code) -> Option<String> {
    let user = world.user(&code.user)?;
    let may = |scope: &str| code.scopes.iter().any(|own| own == scope);
    let now = world.now() / SECOND;
    let mut claims = json!({
        "iss": ISSUER,
        "sub": world.known_as(channel, &code.user),
        "aud": channel.id,
        "exp": now + LIFE / SECOND,
        "iat": now,
    });
    if let Some(time) = code.auth_time {
        claims["auth_time"] = time.into();
    }
    if let Some(nonce) = &code.nonce {
        claims["nonce"] = nonce.as_str().into();
    }
    if !code.amr.is_empty() {
        claims["amr"] = json!([code.amr]);
    }
    if may("profile") {
        claims["name"] = user.name.as_str().into();
        if user.picture {
            claims["picture"] = format!("{base}/simulator/picture/{}", user.id).into();
        }
    }
    if let Some(email) = world.email_of(&code.user).filter(|_| may("email")) {
        claims["email"] = email.into();
    }
    sign(channel, &claims, channel.native || code.app.is_some())
}

/// Signs claims for a channel, with the platform's key if `es256`.
pub fn sign(channel: &LoginChannel, claims: &Value, es256: bool) -> Option<String> {
    if es256 {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(KID.into());
        let key = EncodingKey::from_ec_der(&BASE64_STANDARD.decode(KEY).ok()?);
        return encode(&header, claims, &key).ok();
    }
    encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(channel.secret.as_bytes())).ok()
}

/// GET /oauth2/v2.1/certs
pub async fn certs() -> Json<Value> {
    let key = json!({ "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": KID, "x": X, "y": Y });
    Json(json!({ "keys": [key] }))
}

/// GET /.well-known/openid-configuration, on `access.line.me`.
pub async fn discovery(State(sim): State<Shared>) -> Json<Value> {
    let base = &sim.rules.base_url;
    Json(json!({
        "issuer": ISSUER,
        "authorization_endpoint": format!("{base}/oauth2/v2.1/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.1/token"),
        "revocation_endpoint": format!("{base}/oauth2/v2.1/revoke"),
        "userinfo_endpoint": format!("{base}/oauth2/v2.1/userinfo"),
        "jwks_uri": format!("{base}/oauth2/v2.1/certs"),
        "scopes_supported": ["openid", "profile", "email"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

/// What is to be verified.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    id_token: String,
    client_id: String,
    nonce: Option<String>,
    user_id: Option<String>,
}

fn refused(words: &str) -> Refusal {
    Refusal::oauth(400, "invalid_request", words)
}

/// The claims of a token whose signature is right.
fn proven(world: &World, token: &str) -> Option<Value> {
    let header = decode_header(token).ok()?;
    let middle = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let unproven: Value = serde_json::from_slice(&middle).ok()?;
    let key = match header.alg {
        Algorithm::ES256 if header.kid.as_deref() == Some(KID) => DecodingKey::from_ec_components(X, Y).ok()?,
        Algorithm::HS256 => {
            let channel = world.login_channel(unproven.get("aud")?.as_str()?)?;
            DecodingKey::from_secret(channel.secret.as_bytes())
        }
        _ => return None,
    };
    let mut wanted = Validation::new(header.alg);
    // Looked at one by one below, by the simulator's clock.
    wanted.validate_exp = false;
    wanted.validate_aud = false;
    wanted.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    Some(decode::<Value>(token, &key, &wanted).ok()?.claims)
}

/// POST /oauth2/v2.1/verify: the claims, or what is wrong, in LINE's words and order.
pub fn verify(sim: &Shared, wanted: &Wanted) -> Answer {
    sim.with(|world| {
        let claims = proven(world, &wanted.id_token).ok_or_else(|| refused("Invalid IdToken."))?;
        if claims["iss"] != ISSUER {
            return Err(refused("Invalid IdToken Issuer."));
        }
        if claims["exp"].as_i64().unwrap_or_default() <= world.now() / SECOND {
            return Err(refused("IdToken expired."));
        }
        if claims["aud"] != wanted.client_id.as_str() {
            return Err(refused("Invalid IdToken Audience."));
        }
        if wanted.nonce.as_ref().is_some_and(|nonce| claims["nonce"] != nonce.as_str()) {
            return Err(refused("Invalid IdToken Nonce."));
        }
        if wanted.user_id.as_ref().is_some_and(|user| claims["sub"] != user.as_str()) {
            return Err(refused("Invalid IdToken Subject Identifier."));
        }
        Ok(Json(claims).into_response())
    })
}
