//! What a narrowcast's `filter.demographic` may ask (line-platform.md §5), and who the simulator's
//! friends are.

use super::{
    check::Details,
    tree::{Tree, one_of},
};
use crate::{
    simulator::crowd::{Country, Nature},
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
    Area(Vec<(Country, u32)>),
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
        Some("area") => {
            let words = choice(value, path, |word| area(word).is_some(), details)?;
            Some(Trait::Area(words.iter().filter_map(|word| area(word)).collect()))
        }
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

fn area(word: &str) -> Option<(Country, u32)> {
    let (country, number) = word.split_once('_')?;
    let (country, last) = match country {
        "jp" => (Country::Japan, 47),
        "tw" => (Country::Taiwan, 22),
        "th" => (Country::Thailand, 8),
        _ => return None,
    };
    let number = number.parse().ok().filter(|_| number.len() == 2)?;
    (1..=last).contains(&number).then_some((country, number))
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

/// What LINE would guess of a friend who is in no crowd. It is taken from the digits of the id, so that it
/// is spread evenly and stays as it is.
pub fn nature(number: u128) -> Nature {
    // The digits are random where the simulator made the id; these four read different ones.
    let pick = |place: u32, count: u128| ((number >> (place * 24)) & 0xff_ffff) % count;
    Nature {
        gender: Some(if pick(1, 2) == 0 { "male" } else { "female" }),
        age: Some(15 + i64::try_from(pick(0, 60)).unwrap_or_default()),
        area: Some((Country::Japan, u32::try_from(pick(3, 47)).unwrap_or_default() + 1)),
        app: if pick(2, 2) == 0 { "ios" } else { "android" },
    }
}

impl Trait {
    /// Whether it is true of somebody who has been a friend since then.
    pub fn is_of(&self, nature: &Nature, since: i64, now: i64) -> bool {
        let within = |value: i64, from: &Option<i64>, below: &Option<i64>| {
            from.is_none_or(|from| value >= from) && below.is_none_or(|below| value < below)
        };
        let among = |words: &[String], word: &str| words.iter().any(|known| known == word);
        match self {
            Self::Gender(words) => nature.gender.is_some_and(|gender| among(words, gender)),
            Self::App(words) => among(words, nature.app),
            Self::Area(areas) => nature.area.is_some_and(|area| areas.contains(&area)),
            Self::Age(from, below) => nature.age.is_some_and(|age| within(age, from, below)),
            Self::Period(from, below) => within((now - since) / DAY, from, below),
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
        let nature = nature(5);
        let is = |value: Value| {
            read(&value, "f", &mut Vec::new()).is_some_and(|tree| tree.holds(&|one| one.is_of(&nature, 0, 9 * DAY)))
        };
        assert!(is(json!({ "type": "age", "gte": "age_20", "lt": "age_25" })));
        assert!(!is(json!({ "type": "age", "gte": "age_25" })));
        assert!(
            is(json!({ "type": "gender", "oneOf": ["male"] })) && !is(json!({ "type": "gender", "oneOf": ["female"] }))
        );
        assert!(is(json!({ "type": "subscriptionPeriod", "gte": "day_7", "lt": "day_30" })));
    }
}
