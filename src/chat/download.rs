//! The page from which a friend downloads a file, because LINE has no file message: public, in their language, at an
//! address that nobody can guess, until it ends or is taken back.

use super::{
    model::upload::size_words,
    store::{setting, upload as uploads},
};
use crate::{
    error::AppError,
    i18n::{I18n, Key, Lang},
    id::AccountId,
    server::{assets, media, state::State},
    time::now,
};
use axum::{
    extract::{Path, State as Extract},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The page may be looked at, and nothing in it may do anything.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// What a link hands over, if it still does.
struct Handed {
    account: AccountId,
    token: String,
    file: uploads::Stored,
    until: Option<i64>,
}

async fn find(state: &State, address: &str) -> Result<Option<Handed>, AppError> {
    let Some((account, token)) = address.split_once('-') else { return Ok(None) };
    let Ok(account) = account.parse::<AccountId>() else { return Ok(None) };
    let Some((upload, until, open)) = setting::handed_over(state.db.read(), account, token).await? else {
        return Ok(None);
    };
    if !open || until.is_some_and(|until| until < now()) {
        return Ok(None);
    }
    let mut connection = state.db.read().acquire().await?;
    let file = uploads::one(&mut connection, account, upload).await?;
    Ok(file.map(|file| Handed { account, token: token.to_owned(), file, until }))
}

/// `GET /f/{account}-{token}`
pub async fn page(Extract(state): Extract<State>, Path(address): Path<String>, headers: HeaderMap) -> Response {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let i18n = I18n { lang: Lang::negotiate(text(header::ACCEPT_LANGUAGE)) };
    let (status, body) = match find(&state, &address).await {
        Ok(Some(handed)) => (StatusCode::OK, offer(i18n, &address, &handed)),
        Ok(None) => (StatusCode::NOT_FOUND, ended(i18n)),
        Err(error) => return refused(&error),
    };
    let mut response = (status, document(i18n, &body)).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    out.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    out.insert(header::VARY, HeaderValue::from_static("accept-language"));
    out.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    // The address is the key: no other page learns it.
    out.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

fn offer(i18n: I18n, address: &str, handed: &Handed) -> String {
    let file = &handed.file.upload;
    let until = handed
        .until
        .map_or_else(String::new, |until| format!("<p>{}</p>", i18n.fill(Key::FileUntil, &[("date", &day(until))])));
    format!(
        "<h1>{}</h1><p class=\"file-page__name\" dir=\"auto\">{}</p><p>{}</p>{until}\
         <p><a class=\"button button--primary\" href=\"/f/{}/file\" download>{}</a></p><p class=\"file-page__care\">{}</p>",
        i18n.t(Key::FileTitle),
        html_escape::encode_text(&file.name),
        size_words(file.size),
        html_escape::encode_double_quoted_attribute(address),
        i18n.t(Key::FileDownload),
        i18n.t(Key::FileCare),
    )
}

fn ended(i18n: I18n) -> String {
    format!("<h1>{}</h1><p>{}</p>", i18n.t(Key::FileEnded), i18n.t(Key::FileEndedHint))
}

fn document(i18n: I18n, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{}</title><link rel=\"stylesheet\" href=\"{}\"></head>\
         <body><main class=\"file-page\">{body}</main></body></html>",
        i18n.lang.tag(),
        i18n.t(Key::FileTitle),
        assets::site().css,
    )
}

/// The day of a time in UTC: `2026-12-21`.
fn day(at: i64) -> String {
    // Days from civil, the other way round (Howard Hinnant's algorithm).
    let days = at.div_euclid(crate::time::DAY) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march = (5 * of_year + 2) / 153;
    let (day, month) = (of_year - (153 * march + 2) / 5 + 1, if march < 10 { march + 3 } else { march - 9 });
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + i64::from(month <= 2))
}

/// `GET /f/{account}-{token}/file`: always a download, whatever it is.
pub async fn file(Extract(state): Extract<State>, Path(address): Path<String>, headers: HeaderMap) -> Response {
    let result = async {
        let handed = find(&state, &address).await?.ok_or(AppError::NotFound)?;
        // Going on with a download that broke off is not another one.
        let begins = headers.get(header::RANGE).is_none_or(|range| range.as_bytes().starts_with(b"bytes=0-"));
        if begins {
            let mut tx = state.db.begin().await?;
            setting::count_download(&mut tx, handed.account, &handed.token).await?;
            tx.commit().await?;
        }
        let path = media::path(&state.config.media_dir(), &handed.file.sha256);
        let mut response =
            media::file_response(&path, "application/octet-stream", Some(&handed.file.upload.name), &headers).await?;
        let out = response.headers_mut();
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        out.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
        Ok(response)
    };
    result.await.unwrap_or_else(|error: AppError| refused(&error))
}

fn refused(error: &AppError) -> Response {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_400_000), "2000-02-29");
        assert_eq!(day(1_795_219_200_000), "2026-11-21");
        assert_eq!(day(-1), "1969-12-31");
    }
}
