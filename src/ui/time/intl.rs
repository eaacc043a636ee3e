//! The reader's words, by the browser's own `Intl`.

use super::TimeStyle;
use crate::{
    i18n::Lang,
    time::{DAY, HOUR, MINUTE},
};
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// `at` in words, seen from `now`; only in the browser.
pub fn words(lang: Lang, at: i64, now: i64, style: TimeStyle) -> String {
    match style {
        TimeStyle::Relative => relative(lang, at, now),
        TimeStyle::List => list(lang, at, now),
        TimeStyle::Clock => format(lang, at, &[("hour", "2-digit"), ("minute", "2-digit")]),
        TimeStyle::Day if same_year(at, now) => {
            format(lang, at, &[("weekday", "long"), ("day", "numeric"), ("month", "long")])
        }
        TimeStyle::Day => format(lang, at, &[("day", "numeric"), ("month", "long"), ("year", "numeric")]),
        TimeStyle::Full => format(lang, at, &[("dateStyle", "long"), ("timeStyle", "short")]),
    }
}

/// The date in full.
pub fn date_words(lang: Lang, at: i64) -> String {
    format(lang, at, &[("dateStyle", "long")])
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of our days fit")]
fn date(at: i64) -> Date {
    Date::new(&JsValue::from_f64(at as f64))
}

fn same_year(a: i64, b: i64) -> bool {
    date(a).get_full_year() == date(b).get_full_year()
}

fn same_day(a: i64, b: i64) -> bool {
    let (a, b) = (date(a), date(b));
    (a.get_full_year(), a.get_month(), a.get_date()) == (b.get_full_year(), b.get_month(), b.get_date())
}

fn list(lang: Lang, at: i64, now: i64) -> String {
    if (now - at).abs() < MINUTE {
        relative(lang, now, now)
    } else if same_day(at, now) {
        format(lang, at, &[("hour", "2-digit"), ("minute", "2-digit")])
    } else if (0..6 * DAY).contains(&(now - at)) {
        format(lang, at, &[("weekday", "short")])
    } else if same_year(at, now) {
        format(lang, at, &[("day", "numeric"), ("month", "short")])
    } else {
        format(lang, at, &[("day", "numeric"), ("month", "short"), ("year", "numeric")])
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of days fits")]
fn relative(lang: Lang, at: i64, now: i64) -> String {
    let past = now - at;
    let (amount, unit) = match past.abs() {
        ..MINUTE => (0, "second"),
        MINUTE..HOUR => (past / MINUTE, "minute"),
        HOUR..DAY => (past / HOUR, "hour"),
        _ if past.abs() < 30 * DAY => (past / DAY, "day"),
        _ => return format(lang, at, &[("dateStyle", "medium")]),
    };
    let formatter = Intl::RelativeTimeFormat::new(&locales(lang), &options(&[("numeric", "auto")]));
    formatter.format(-(amount as f64), unit).into()
}

fn format(lang: Lang, at: i64, wanted: &[(&str, &str)]) -> String {
    let formatter = Intl::DateTimeFormat::new(&locales(lang), &options(wanted));
    let function: Function = formatter.format();
    function.call1(&JsValue::UNDEFINED, date(at).as_ref()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// English means the order day, month and 24 hours here, as the rest of the console does.
fn locales(lang: Lang) -> Array {
    let tag = match lang {
        Lang::En => "en-GB",
        Lang::Ja => "ja",
        // Thai business letters count Buddhist years, and so does the browser for `th`.
        Lang::Th => "th",
        Lang::ZhHant => "zh-Hant-TW-u-hc-h23",
    };
    Array::of1(&JsValue::from_str(tag))
}

fn options(wanted: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (name, value) in wanted {
        let _ = Reflect::set(object.unchecked_ref(), &JsValue::from_str(name), &JsValue::from_str(value));
    }
    object
}
