//! What a narrowcast's `filter.demographic` may ask (line-platform.md §5), and who the simulator's
//! friends are.

use super::{
    check::Details,
    tree::{Tree, one_of},
};
use crate::{
    simulator::{mailing::number, world::Friendship},
    time::DAY,
};
use serde_json::Value;

const KINDS: [&str; 6] = ["age", "appType", "area", "gender", "subscriptionPeriod", "operator"];

/// One question about a friend.
#[derive(Clone, Debug, PartialEq)]
pub enum Trait {
    /// `male`, `female`
    Gender(Vec<String>),
    /// `ios`, `android`
    App(Vec<String>),
    /// `jp_01` to `jp_47`, `tw_01` to `tw_22`, `th_01` to `th_08`
    Area(Vec<String>),
    /// Years, from and below.
    Age(Option<i64>, Option<i64>),
    /// Days of friendship, from and below.
    Period(Option<i64>, Option<i64>),
}

/// Reads `filter.demographic`.
pub fn read(value: &Value, path: &str, details: &mut Details) -> Option<Tree<Trait>> {
    let tree = Tree::read(value, path, leaf, details)?;
    if tree.leaves().len() > 10 {
        details.push(("Size must be between 1 and 10".into(), path.into()));
    }
    Some(tree)
}

fn leaf(value: &Value, path: &str, details: &mut Details) -> Option<Trait> {
    match value.get("type").and_then(Value::as_str) {
        Some("gender") => choice(value, path, |word| matches!(word, "male" | "female"), details).map(Trait::Gender),
        Some("appType") => choice(value, path, |word| matches!(word, "ios" | "android"), details).map(Trait::App),
        Some("area") => choice(value, path, is_area, details).map(Trait::Area),
        Some("age") => {
            let steps: Vec<i64> = (15..=70).step_by(5).collect();
            range(value, path, "age_", &steps, details).map(|(from, below)| Trait::Age(from, below))
        }
        Some("subscriptionPeriod") => {
            let steps = [7, 30, 90, 180, 365];
            range(value, path, "day_", &steps, details).map(|(from, below)| Trait::Period(from, below))
        }
        _ => {
            one_of(&KINDS, format!("{path}.type"), details);
            None
        }
    }
}

fn is_area(word: &str) -> bool {
    let Some((country, number)) = word.split_once('_') else { return false };
    let last = match country {
        "jp" => 47,
        "tw" => 22,
        "th" => 8,
        _ => return false,
    };
    number.len() == 2 && number.parse().is_ok_and(|number: u32| (1..=last).contains(&number))
}

fn choice(value: &Value, path: &str, good: fn(&str) -> bool, details: &mut Details) -> Option<Vec<String>> {
    let path = format!("{path}.oneOf");
    let Some(list) = value.get("oneOf").and_then(Value::as_array).filter(|list| !list.is_empty()) else {
        details.push(("May not be empty".into(), path));
        return None;
    };
    let words: Vec<String> =
        list.iter().filter_map(|word| word.as_str().filter(|word| good(word)).map(str::to_owned)).collect();
    if words.len() < list.len() {
        for (at, _) in list.iter().enumerate().filter(|(_, word)| !word.as_str().is_some_and(good)) {
            details.push(("Invalid value".into(), format!("{path}[{at}]")));
        }
        return None;
    }
    Some(words)
}

type Range = (Option<i64>, Option<i64>);

fn range(value: &Value, path: &str, prefix: &str, steps: &[i64], details: &mut Details) -> Option<Range> {
    let before = details.len();
    let mut edge = |name: &str| {
        let given = value.get(name).filter(|given| !given.is_null())?;
        let step = given.as_str().and_then(|word| word.strip_prefix(prefix)?.parse().ok());
        let step = step.filter(|step| steps.contains(step));
        if step.is_none() {
            details.push(("Invalid value".into(), format!("{path}.{name}")));
        }
        step
    };
    let (from, below) = (edge("gte"), edge("lt"));
    if details.len() > before {
        return None;
    }
    if from.is_none() && below.is_none() {
        details.push(("must be specified".into(), path.into()));
        return None;
    }
    if from.zip(below).is_some_and(|(from, below)| from >= below) {
        details.push(("'gte' must be less than 'lt'".into(), path.into()));
        return None;
    }
    Some((from, below))
}

impl Trait {
    /// Whether it is true of a friend. The simulator's friends have no ages: what LINE would guess of
    /// them is taken from their ids, so that it is spread evenly and stays as it is.
    pub fn is_of(&self, user: &str, friend: &Friendship, now: i64) -> bool {
        // The id's digits are random where the simulator made it; these four read different ones.
        let pick = |place: u32, count: u128| ((number(user).unwrap_or_default() >> (place * 24)) & 0xff_ffff) % count;
        let age = 15 + i64::try_from(pick(0, 60)).unwrap_or_default();
        let within = |value: i64, from: &Option<i64>, below: &Option<i64>| {
            from.is_none_or(|from| value >= from) && below.is_none_or(|below| value < below)
        };
        let among = |words: &[String], word: &str| words.iter().any(|known| known == word);
        match self {
            Self::Gender(words) => among(words, if pick(1, 2) == 0 { "male" } else { "female" }),
            Self::App(words) => among(words, if pick(2, 2) == 0 { "ios" } else { "android" }),
            Self::Area(words) => among(words, &format!("jp_{:02}", pick(3, 47) + 1)),
            Self::Age(from, below) => within(age, from, below),
            Self::Period(from, below) => within((now - friend.since) / DAY, from, below),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(value: Value) -> Vec<String> {
        let mut details = Vec::new();
        read(&value, "f", &mut details);
        details.into_iter().map(|(_, path)| path).collect()
    }

    #[test]
    fn filters_are_checked() {
        assert!(wrong(json!({ "type": "age", "gte": "age_20", "lt": "age_70" })).is_empty());
        assert!(wrong(json!({ "type": "subscriptionPeriod", "lt": "day_30" })).is_empty());
        assert!(wrong(json!({ "type": "area", "oneOf": ["jp_47", "tw_22", "th_08"] })).is_empty());
        assert_eq!(wrong(json!({ "type": "area", "oneOf": ["jp_48", "jp_1", "jp_01"] })), ["f.oneOf[0]", "f.oneOf[1]"]);
        assert_eq!(wrong(json!({ "type": "gender", "oneOf": [] })), ["f.oneOf"]);
        assert_eq!(wrong(json!({ "type": "age", "gte": "age_21" })), ["f.gte"]);
        assert_eq!(wrong(json!({ "type": "age", "gte": "age_30", "lt": "age_30" })), ["f"]);
        assert_eq!(wrong(json!({ "type": "age" })), ["f"]);
        assert_eq!(wrong(json!({ "type": "shoes" })), ["f.type"]);
        let leaf = json!({ "type": "gender", "oneOf": ["male"] });
        assert_eq!(wrong(json!({ "type": "operator", "or": vec![leaf; 11] })), ["f"]);
    }

    #[test]
    fn friends_are_of_one_kind() {
        let (friend, user) = (Friendship::default(), "U00000000000000000000000000000005");
        let is = |value: Value| {
            read(&value, "f", &mut Vec::new()).is_some_and(|tree| tree.holds(&|one| one.is_of(user, &friend, 9 * DAY)))
        };
        assert!(is(json!({ "type": "age", "gte": "age_20", "lt": "age_25" })));
        assert!(!is(json!({ "type": "age", "gte": "age_25" })));
        assert!(
            is(json!({ "type": "gender", "oneOf": ["male"] })) && !is(json!({ "type": "gender", "oneOf": ["female"] }))
        );
        assert!(is(json!({ "type": "subscriptionPeriod", "gte": "day_7", "lt": "day_30" })));
    }
}
