//! The round picture of a person, a group or an account.

use super::icon::{Icon, IconView};
use leptos::prelude::*;

/// How large it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AvatarSize {
    /// Beside a line of text.
    Small,
    /// In lists.
    #[default]
    Medium,
    /// At the head of a detail pane.
    Large,
}

/// What stands in for a picture: the first letter, or the first two of a Thai name, with what
/// belongs to them; a question mark when there is no name.
pub fn initial(name: &str) -> String {
    let is_thai = |c: char| ('\u{0E01}'..='\u{0E5B}').contains(&c);
    let joins = |c: char| {
        matches!(c, '\u{0300}'..='\u{036F}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{0E31}'
            | '\u{0E34}'..='\u{0E3A}' | '\u{0E47}'..='\u{0E4E}' | '\u{3099}' | '\u{309A}' | '\u{1F3FB}'..='\u{1F3FF}')
    };
    let mut letters = String::new();
    let mut count = 0;
    for c in name.trim().chars() {
        if joins(c) && count > 0 {
            letters.push(c);
            continue;
        }
        if count == if is_thai(letters.chars().next().unwrap_or(c)) { 2 } else { 1 } {
            break;
        }
        if count == 1 && !is_thai(c) {
            break;
        }
        count += 1;
        letters.extend(c.to_uppercase());
    }
    if letters.is_empty() { "?".to_owned() } else { letters }
}

/// Which of the eight grounds a thing has, always the same for the same id.
fn ground(seed: i64) -> u64 {
    // The low bits of an id count, the high ones are time: mix them.
    (seed.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 61) + 1
}

/// The round picture. Silent: the name stands beside it.
#[component]
pub fn Avatar(
    /// Whose picture it would be.
    #[prop(into)]
    name: Signal<String>,
    /// Address of the picture, if there is one.
    #[prop(optional, into)]
    picture: Signal<Option<String>>,
    /// Chooses the ground of the letter; the id.
    #[prop(optional)]
    seed: i64,
    /// Shows the sign for a group when there is no picture.
    #[prop(optional)]
    group: bool,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
) -> impl IntoView {
    let size = match size {
        AvatarSize::Small => "small",
        AvatarSize::Medium => "medium",
        AvatarSize::Large => "large",
    };
    // The letter stays under the picture: a picture that can't be loaded shows it, without a script.
    view! {
        <span class=format!("avatar avatar--{size} avatar--{}", ground(seed)) aria-hidden="true">
            {if group {
                view! { <IconView icon=Icon::Group/> }.into_any()
            } else {
                view! { <span class="avatar__letter">{move || initial(&name.get())}</span> }.into_any()
            }}
            {move || {
                picture
                    .get()
                    .map(|src| view! { <img class="avatar__picture" src=src alt="" loading="lazy" decoding="async"/> })
            }}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_many_scripts() {
        for (name, wanted) in [
            ("佐藤さん", "佐"),
            ("daniel", "D"),
            ("สมหญิง ใจดี", "สม"),
            ("ณัฐพล", "ณัฐ"),
            ("  ", "?"),
            ("が", "が"),
            ("ß", "SS"),
        ] {
            assert_eq!(initial(name), wanted);
        }
    }

    #[test]
    fn grounds_are_eight() {
        assert!((0..1000).map(|n| ground(n << 22)).all(|n| (1..=8).contains(&n)));
        assert_eq!(ground(42), ground(42));
    }
}
