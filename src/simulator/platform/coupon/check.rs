//! Whether a coupon is as LINE wants it, with its words and property paths for what is not.

use crate::{line::count::utf16, simulator::platform::check::Details, time::SECOND};
use serde_json::Value;

/// The closed list of places whose clocks a coupon can follow.
const TIMEZONES: [&str; 34] = [
    "ETC_GMT_MINUS_12",
    "ETC_GMT_MINUS_11",
    "PACIFIC_HONOLULU",
    "AMERICA_ANCHORAGE",
    "AMERICA_LOS_ANGELES",
    "AMERICA_PHOENIX",
    "AMERICA_CHICAGO",
    "AMERICA_NEW_YORK",
    "AMERICA_CARACAS",
    "AMERICA_SANTIAGO",
    "AMERICA_ST_JOHNS",
    "AMERICA_SAO_PAULO",
    "ETC_GMT_MINUS_2",
    "ATLANTIC_CAPE_VERDE",
    "EUROPE_LONDON",
    "EUROPE_PARIS",
    "EUROPE_ISTANBUL",
    "EUROPE_MOSCOW",
    "ASIA_TEHRAN",
    "ASIA_TBILISI",
    "ASIA_KABUL",
    "ASIA_TASHKENT",
    "ASIA_COLOMBO",
    "ASIA_KATHMANDU",
    "ASIA_ALMATY",
    "ASIA_RANGOON",
    "ASIA_BANGKOK",
    "ASIA_TAIPEI",
    "ASIA_TOKYO",
    "AUSTRALIA_DARWIN",
    "AUSTRALIA_SYDNEY",
    "ASIA_VLADIVOSTOK",
    "ETC_GMT_PLUS_12",
    "PACIFIC_TONGATAPU",
];

/// The kinds of reward.
const REWARDS: [&str; 5] = ["discount", "free", "gift", "cashBack", "others"];

/// Checks what a coupon is to be. `strict` wants https in addresses.
pub fn coupon(body: &Value, strict: bool, now: i64) -> Details {
    let mut check = Check { body, details: Vec::new() };
    check.text("title", 1, 60, true);
    check.text("description", 0, 1_000, false);
    check.text("usageCondition", 0, 100, false);
    check.text("couponCode", 0, 16, false);
    check.url("imageUrl", strict);
    check.url("barcodeImageUrl", strict);
    check.one_of("visibility", &["PUBLIC", "UNLISTED"]);
    check.one_of("timezone", &TIMEZONES);
    if check.number("maxUseCountPerTicket").is_some_and(|count| count != 1 && count != -1) {
        check.wrong("Must be one of the following values: [1,-1]", "maxUseCountPerTicket");
    }
    let (start, end) = (check.number("startTimestamp"), check.number("endTimestamp"));
    if end.is_some_and(|end| end <= now / SECOND || start.is_some_and(|start| end <= start)) {
        check.wrong("Must be a time in the future, after startTimestamp", "endTimestamp");
    }
    check.acquisition();
    check.reward();
    check.details
}

struct Check<'a> {
    body: &'a Value,
    details: Details,
}

impl<'a> Check<'a> {
    fn wrong(&mut self, message: &str, path: &str) {
        self.details.push((message.into(), path.into()));
    }

    /// The value at a path such as `reward.priceInfo.type`; none where it is missing or null.
    fn at(&self, path: &str) -> Option<&'a Value> {
        let found = path.split('.').try_fold(self.body, |value, name| value.get(name));
        found.filter(|value| !value.is_null())
    }

    fn text(&mut self, path: &str, least: usize, most: usize, required: bool) {
        match self.at(path) {
            None if required => self.wrong("must be specified", path),
            None => {}
            Some(value) if value.as_str().is_some_and(|text| (least..=most).contains(&utf16(text))) => {}
            Some(_) => self.wrong(&format!("Size must be between {least} and {most}"), path),
        }
    }

    fn url(&mut self, path: &str, strict: bool) {
        let Some(value) = self.at(path) else { return };
        let good = value.as_str().is_some_and(|url| {
            let scheme = url.starts_with("https://") || (!strict && url.starts_with("http://"));
            scheme && url.len() <= 2_000 && reqwest::Url::parse(url).is_ok_and(|url| url.has_host())
        });
        if !good {
            self.wrong("invalid uri", path);
        }
    }

    fn one_of(&mut self, path: &str, allowed: &[&str]) -> Option<&'a str> {
        let Some(value) = self.at(path) else {
            self.wrong("must be specified", path);
            return None;
        };
        let found = value.as_str().filter(|value| allowed.contains(value));
        if found.is_none() {
            self.wrong(&format!("Must be one of the following values: [{}]", allowed.join(",")), path);
        }
        found
    }

    fn number(&mut self, path: &str) -> Option<i64> {
        let number = self.at(path).and_then(Value::as_i64);
        if number.is_none() {
            self.wrong("must be specified", path);
        }
        number
    }

    fn between(&mut self, path: &str, least: i64, most: i64) {
        if self.number(path).is_some_and(|number| !(least..=most).contains(&number)) {
            self.wrong(&format!("Must be between {least} and {most}"), path);
        }
    }

    fn acquisition(&mut self) {
        if self.one_of("acquisitionCondition.type", &["normal", "lottery"]) == Some("lottery") {
            self.between("acquisitionCondition.lotteryProbability", 1, 99);
            if self.at("acquisitionCondition.maxAcquireCount").and_then(Value::as_i64) != Some(-1) {
                self.between("acquisitionCondition.maxAcquireCount", 1, 999_999);
            }
        }
    }

    /// A discount or cash back may say how much; only the properties of its own kind of price.
    fn reward(&mut self) {
        let kinds: &[&str] = match self.one_of("reward.type", &REWARDS) {
            Some("discount") => &["fixed", "percentage", "explicit"],
            Some("cashBack") => &["fixed", "percentage"],
            _ => return,
        };
        if self.at("reward.priceInfo").is_none() {
            return;
        }
        let Some(kind) = self.one_of("reward.priceInfo.type", kinds) else { return };
        for (name, of, most) in [
            ("fixedAmount", "fixed", i64::MAX),
            ("percentage", "percentage", 99),
            ("originalPrice", "explicit", i64::MAX),
            ("priceAfterDiscount", "explicit", i64::MAX),
        ] {
            let path = format!("reward.priceInfo.{name}");
            if of == kind {
                self.between(&path, 1, most);
            } else if self.at(&path).is_some() {
                self.wrong("Must not be specified", &path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn good() -> Value {
        json!({
            "title": "Bath for two", "visibility": "PUBLIC", "timezone": "ASIA_TOKYO", "maxUseCountPerTicket": 1,
            "startTimestamp": 1, "endTimestamp": 100, "acquisitionCondition": { "type": "normal" },
            "reward": { "type": "discount", "priceInfo": { "type": "percentage", "percentage": 25 } },
        })
    }

    fn wrong(path: &str, value: Value) -> Details {
        let mut body = good();
        if let Some(place) = body.pointer_mut(path) {
            *place = value;
        }
        coupon(&body, true, 0)
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(coupon(&good(), true, 0), Details::new());
        let told = |message: &str, path: &str| vec![(message.to_owned(), path.to_owned())];
        assert_eq!(wrong("/title", "x".repeat(61).into()), told("Size must be between 1 and 60", "title"));
        let kinds = "Must be one of the following values: [discount,free,gift,cashBack,others]";
        assert_eq!(wrong("/reward/type", "cash".into()), told(kinds, "reward.type"));
        let price = json!({ "type": "percentage", "percentage": 25, "fixedAmount": 1 });
        assert_eq!(wrong("/reward/priceInfo", price), told("Must not be specified", "reward.priceInfo.fixedAmount"));
        let lottery = json!({ "type": "lottery", "lotteryProbability": 100, "maxAcquireCount": -1 });
        let place = "acquisitionCondition.lotteryProbability";
        assert_eq!(wrong("/acquisitionCondition", lottery), told("Must be between 1 and 99", place));
        assert_eq!(wrong("/endTimestamp", 1.into()).len(), 1);
        assert_eq!(wrong("/timezone", Value::Null), told("must be specified", "timezone"));
        assert_eq!(coupon(&json!({}), true, 0).len(), 8);
    }
}
