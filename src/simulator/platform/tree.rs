//! Trees of conditions, as narrowcasts have two: leaves under `and`, `or` and `not`.

use super::check::Details;
use serde_json::Value;

/// A condition on people.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree<L> {
    /// One condition.
    Leaf(L),
    /// All of these.
    And(Vec<Tree<L>>),
    /// One of these at least.
    Or(Vec<Tree<L>>),
    /// Not this.
    Not(Box<Tree<L>>),
}

/// Reads a leaf at a path; none when details say what is wrong with it.
pub type Read<L> = fn(&Value, &str, &mut Details) -> Option<L>;

impl<L> Tree<L> {
    /// Reads what stands at `path`. JSON is nested 128 deep at most, so this may call itself.
    pub fn read(value: &Value, path: &str, leaf: Read<L>, details: &mut Details) -> Option<Self> {
        if value.get("type").and_then(Value::as_str) != Some("operator") {
            return leaf(value, path, details).map(Self::Leaf);
        }
        let mut named = ["and", "or", "not"].into_iter().filter_map(|name| Some((name, value.get(name)?)));
        let (Some((name, inner)), None) = (named.next(), named.next()) else {
            details.push(("Exactly one of 'and', 'or' and 'not' must be specified".into(), path.into()));
            return None;
        };
        let path = format!("{path}.{name}");
        if name == "not" {
            return Self::read(inner, &path, leaf, details).map(|tree| Self::Not(Box::new(tree)));
        }
        let Some(list) = inner.as_array().filter(|list| !list.is_empty()) else {
            details.push(("May not be empty".into(), path));
            return None;
        };
        // Every branch is read, so that all that is wrong is told at once.
        let read: Vec<Option<Self>> = list
            .iter()
            .enumerate()
            .map(|(at, inner)| Self::read(inner, &format!("{path}[{at}]"), leaf, details))
            .collect();
        let branches = read.into_iter().collect::<Option<Vec<_>>>()?;
        Some(if name == "and" { Self::And(branches) } else { Self::Or(branches) })
    }

    /// Whether it holds where `test` answers for the leaves.
    pub fn holds(&self, test: &dyn Fn(&L) -> bool) -> bool {
        match self {
            Self::Leaf(leaf) => test(leaf),
            Self::And(branches) => branches.iter().all(|branch| branch.holds(test)),
            Self::Or(branches) => branches.iter().any(|branch| branch.holds(test)),
            Self::Not(branch) => !branch.holds(test),
        }
    }

    /// Every leaf.
    pub fn leaves(&self) -> Vec<&L> {
        match self {
            Self::Leaf(leaf) => vec![leaf],
            Self::And(branches) | Self::Or(branches) => branches.iter().flat_map(Self::leaves).collect(),
            Self::Not(branch) => branch.leaves(),
        }
    }
}

/// Says which values a property may have.
pub fn one_of(values: &[&str], path: String, details: &mut Details) {
    details.push((format!("Must be one of the following values: [{}]", values.join(", ")), path));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn leaf(value: &Value, path: &str, details: &mut Details) -> Option<i64> {
        let read = value.get("n").and_then(Value::as_i64);
        if read.is_none() {
            details.push(("no".into(), path.into()));
        }
        read
    }

    #[test]
    fn trees_are_read_and_hold() {
        let mut details = Vec::new();
        let value = json!({ "type": "operator", "and": [
            { "n": 1 }, { "type": "operator", "not": { "type": "operator", "or": [{ "n": 2 }, { "n": 3 }] } }
        ] });
        let tree = Tree::read(&value, "r", leaf, &mut details).expect("a good tree");
        assert_eq!(tree.leaves(), [&1_i64, &2, &3]);
        assert!(tree.holds(&|n| *n == 1) && !tree.holds(&|n| *n != 2));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |value: Value| {
            let mut details = Vec::new();
            assert!(Tree::read(&value, "r", leaf, &mut details).is_none());
            details.into_iter().map(|(_, path)| path).collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(json!({ "type": "operator", "or": [{}, { "type": "operator", "not": {} }] })),
            ["r.or[0]", "r.or[1].not"]
        );
        assert_eq!(wrong(json!({ "type": "operator", "and": [{ "n": 1 }], "or": [{ "n": 1 }] })), ["r"]);
        assert_eq!(wrong(json!({ "type": "operator" })), ["r"]);
        assert_eq!(wrong(json!({ "type": "operator", "and": [] })), ["r.and"]);
    }
}
