//! What the editor holds while it is written, right or wrong: it is kept in the browser until it is saved.

use super::{Form, card};
use crate::chat::model::draft::Bubble;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One bubble in the editor.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Words.
    Text(String),
    /// The JSON of a card, and the words for its notification.
    Card(String, String),
    /// What is not edited but taken as it is: a picture, a file, a place.
    Other(Bubble),
}

impl Part {
    /// From a bubble.
    pub fn of(bubble: &Bubble) -> Self {
        match bubble {
            Bubble::Text { text, emojis } if emojis.is_empty() => Self::Text(text.clone()),
            Bubble::Card { message } => {
                let (json, alt) = card::write(message);
                Self::Card(json, alt)
            }
            other => Self::Other(other.clone()),
        }
    }

    /// The bubble that it stands for; JSON that can't be read makes a card that nobody takes.
    pub fn bubble(&self) -> Bubble {
        match self {
            Self::Text(text) => Bubble::text(text.trim()),
            Self::Card(json, alt) => card::read(json, alt).unwrap_or(Bubble::Card { message: Value::Null }),
            Self::Other(bubble) => bubble.clone(),
        }
    }
}

/// A form as it is written. `version` is that of the message with which the writing began.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Name.
    pub name: String,
    /// Shortcut.
    pub shortcut: String,
    /// `mine`, the id of a folder, or nothing.
    pub place: String,
    /// Bubbles.
    pub parts: Vec<Part>,
    /// Version.
    pub version: i64,
}

impl Draft {
    /// Of a form that was opened as `version`.
    pub fn of(form: &Form, version: i64) -> Self {
        let folder = form.folder.map(|folder| folder.to_string()).unwrap_or_default();
        Self {
            name: form.name.clone(),
            shortcut: form.shortcut.clone(),
            place: if form.mine { "mine".to_owned() } else { folder },
            parts: form.bubbles.iter().map(Part::of).collect(),
            version,
        }
    }

    /// The form that it is to become.
    pub fn form(&self) -> Form {
        Form {
            name: self.name.clone(),
            shortcut: self.shortcut.clone(),
            folder: self.place.parse().ok(),
            mine: self.place == "mine",
            bubbles: self.parts.iter().map(Part::bubble).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::FolderId;

    #[test]
    fn a_form_comes_back_as_it_went() {
        let card = Bubble::Card {
            message: serde_json::json!({ "type": "flex", "altText": "x", "contents": { "type": "bubble" } }),
        };
        let form = Form {
            name: "a".into(),
            folder: Some(FolderId(7)),
            bubbles: vec![Bubble::text("b"), card],
            ..Form::default()
        };
        let draft = Draft::of(&form, 3);
        assert_eq!(draft.form(), form);
        assert_eq!(serde_json::from_str::<Draft>(&serde_json::to_string(&draft).unwrap_or_default()).ok(), Some(draft));
        let own = Form { folder: None, mine: true, ..form };
        assert_eq!(Draft::of(&own, 3).form(), own);
        assert!(Part::Card("{".into(), "x".into()).bubble().check().is_err());
    }
}
