//! Who a narrowcast is to reach, as its body says it.

use super::{
    check::Details,
    demographic::{self, Trait},
    tree::{Tree, one_of},
};
use serde_json::Value;

/// A set of people that is known already.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// An audience, by its number.
    Audience(i64),
    /// The recipients of an earlier narrowcast, by its request id.
    Redelivery(String),
}

/// `recipient`, `filter` and `limit` of a narrowcast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// Whom; all friends when there is none.
    pub recipient: Option<Tree<Source>>,
    /// Of those, who is like this.
    pub filter: Option<Tree<Trait>>,
    /// At most so many, chosen at random.
    pub max: Option<u64>,
    /// Not more than the month's quota leaves.
    pub up_to_remaining: bool,
    /// Rather nobody than only some for want of quota.
    pub whole: bool,
}

impl Wish {
    /// Reads it, noting in `details` what is wrong.
    pub fn read(body: &Value, details: &mut Details) -> Self {
        let given = |pointer: &str| body.pointer(pointer).filter(|value| !value.is_null());
        let mut flag = |name: &str| match given(&format!("/limit/{name}")) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                details.push(("must be a boolean".into(), format!("limit.{name}")));
                false
            }
        };
        let (up_to_remaining, whole) = (flag("upToRemainingQuota"), flag("forbidPartialDelivery"));
        if whole && !up_to_remaining {
            let message = "can be set to true only if upToRemainingQuota is set to true";
            details.push((message.into(), "limit.forbidPartialDelivery".into()));
        }
        let max = given("/limit/max").and_then(|max| {
            let good = max.as_u64().filter(|max| *max >= 1);
            if good.is_none() {
                details.push(("must be greater than or equal to 1".into(), "limit.max".into()));
            }
            good
        });
        let recipient = given("/recipient").and_then(|value| Tree::read(value, "recipient", source, details));
        if recipient.as_ref().is_some_and(|tree| tree.leaves().len() > 10) {
            details.push(("Size must be between 1 and 10".into(), "recipient".into()));
        }
        let filter = given("/filter").and_then(|filter| match filter.get("demographic") {
            Some(value) if !value.is_null() => demographic::read(value, "filter.demographic", details),
            _ => {
                details.push(("must be specified".into(), "filter.demographic".into()));
                None
            }
        });
        Self { recipient, filter, max, up_to_remaining, whole }
    }
}

fn source(value: &Value, path: &str, details: &mut Details) -> Option<Source> {
    match value.get("type").and_then(Value::as_str) {
        Some("audience") => {
            let id = value.get("audienceGroupId").and_then(Value::as_i64);
            if id.is_none() {
                details.push(("must be specified".into(), format!("{path}.audienceGroupId")));
            }
            id.map(Source::Audience)
        }
        Some("redelivery") => {
            let id = value.get("requestId").and_then(Value::as_str).filter(|id| !id.is_empty());
            if id.is_none() {
                details.push(("May not be empty".into(), format!("{path}.requestId")));
            }
            id.map(|id| Source::Redelivery(id.to_owned()))
        }
        _ => {
            one_of(&["audience", "redelivery", "operator"], format!("{path}.type"), details);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn wrong(body: Value) -> Vec<String> {
        let mut details = Vec::new();
        Wish::read(&body, &mut details);
        details.into_iter().map(|(_, path)| path).collect()
    }

    #[test]
    fn wishes_are_read() {
        assert!(wrong(json!({})).is_empty());
        let body = json!({
            "recipient": { "type": "operator", "and": [
                { "type": "audience", "audienceGroupId": 5_614_991_017_776_i64 },
                { "type": "operator", "not": { "type": "redelivery", "requestId": "r" } },
            ] },
            "limit": { "max": 3, "upToRemainingQuota": true, "forbidPartialDelivery": true },
        });
        let wish = Wish::read(&body, &mut Vec::new());
        assert_eq!((wish.max, wish.up_to_remaining, wish.whole, wish.filter), (Some(3), true, true, None));
        let sources = wish.recipient.map(|tree| tree.leaves().into_iter().cloned().collect::<Vec<_>>());
        assert_eq!(sources, Some(vec![Source::Audience(5_614_991_017_776), Source::Redelivery("r".into())]));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(wrong(json!({ "recipient": { "type": "audience" } })), ["recipient.audienceGroupId"]);
        assert_eq!(wrong(json!({ "recipient": { "type": "redelivery" } })), ["recipient.requestId"]);
        assert_eq!(wrong(json!({ "recipient": "all" })), ["recipient.type"]);
        assert_eq!(wrong(json!({ "filter": {} })), ["filter.demographic"]);
        assert_eq!(wrong(json!({ "limit": { "max": 0 } })), ["limit.max"]);
        assert_eq!(wrong(json!({ "limit": { "forbidPartialDelivery": true } })), ["limit.forbidPartialDelivery"]);
        let leaf = json!({ "type": "audience", "audienceGroupId": 1 });
        assert_eq!(wrong(json!({ "recipient": { "type": "operator", "or": vec![leaf; 11] } })), ["recipient"]);
    }
}
