//! Small marks: counts and tags.

use leptos::prelude::*;

/// The colour of meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Good, or ours.
    Moss,
    /// Worth knowing.
    Info,
    /// Worth a look.
    Warn,
    /// Wrong.
    Danger,
    /// Seen by the team only.
    Note,
}

impl Tone {
    /// The end of the class names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Moss => "moss",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Danger => "danger",
            Self::Note => "note",
        }
    }
}

/// A count as it is shown: nothing above 99 is counted by eye.
pub fn short(count: i64) -> String {
    if count > 99 { "99+".to_owned() } else { count.to_string() }
}

/// How many; nothing at all for none. `label` says of what ("7 unread").
#[component]
pub fn Badge(
    /// The number.
    #[prop(into)]
    count: Signal<i64>,
    /// What is counted, for those who hear the page.
    #[prop(optional, into)]
    label: String,
) -> impl IntoView {
    move || {
        let count = count.get();
        let label = label.clone();
        (count > 0).then(|| {
            view! {
                <span class="badge">{short(count)}<span class="visually-hidden">" "{label}</span></span>
            }
        })
    }
}

/// A word on a weak ground.
#[component]
pub fn Tag(
    /// Its colour.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class=format!("tag tag--{}", tone.name())>{children()}</span> }
}

#[cfg(test)]
mod tests {
    #[test]
    fn counts_end_at_99() {
        assert_eq!(super::short(99), "99");
        assert_eq!(super::short(100), "99+");
    }
}
