//! Whom to mention: a list that opens when an @ is typed in a group.

use super::text::{Line, bytes};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        model::{Mark, Room},
        view::seed,
    },
    ui::{Avatar, AvatarSize},
};
use leptos::{ev, prelude::*};

/// How many names are offered at once.
const OFFERED: usize = 8;

/// A name that can be chosen, with the id for its picture.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    id: String,
    mark: Mark,
}

/// What is being typed after an @.
#[derive(Clone, Copy)]
pub struct Typing {
    line: Line,
    choices: Memo<Vec<Choice>>,
    /// Which of them Enter takes.
    at: RwSignal<usize>,
    /// The @ at this place was dismissed.
    shut: RwSignal<Option<usize>>,
}

/// Where the @ before the caret stands, in bytes, and what was typed after it.
fn typed(text: &str, caret: usize) -> Option<(usize, &str)> {
    let before = &text[..bytes(text, caret)];
    let at = before.rfind('@')?;
    // An e-mail address mentions nobody.
    let glued = before[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    let name = &before[at + 1..];
    (!glued && !name.contains('\n')).then_some((at, name))
}

fn choices(room: &Room, all: &str, name: &str) -> Vec<Choice> {
    let name = name.to_lowercase();
    let fits = |mark: &Mark| mark.words().to_lowercase()[1..].starts_with(&name);
    let everybody = Choice { id: room.id.clone(), mark: Mark::All(all.to_owned()) };
    let others = room.members.iter().filter(|person| person.id != room.me.id);
    let others = others
        .map(|person| Choice { id: person.id.clone(), mark: Mark::Person(person.id.clone(), person.name.clone()) });
    let bot = room
        .bot
        .iter()
        .map(|bot| Choice { id: bot.channel.clone(), mark: Mark::Person(bot.user.clone(), bot.name.clone()) });
    std::iter::once(everybody).chain(bot).chain(others).filter(|choice| fits(&choice.mark)).take(OFFERED).collect()
}

impl Typing {
    /// For this line.
    pub fn new(line: Line) -> Self {
        let all = use_i18n().t(Key::SimAll);
        let shut = RwSignal::new(None);
        let choices = Memo::new(move |_| {
            let caret = line.caret.get();
            let found = line.talk.draft.with(|draft| typed(draft, caret).map(|(at, name)| (at, name.to_owned())));
            let Some((at, name)) = found.filter(|(at, _)| shut.get() != Some(*at)) else { return Vec::new() };
            let _ = at;
            line.talk.room.with(|room| {
                room.as_ref().filter(|room| room.group).map(|room| choices(room, all, &name)).unwrap_or_default()
            })
        });
        Self { line, choices, at: RwSignal::new(0), shut }
    }

    fn place(self) -> Option<usize> {
        let caret = self.line.caret.get_untracked();
        self.line.talk.draft.with_untracked(|draft| typed(draft, caret).map(|(at, _)| at))
    }

    fn choose(self, mark: Mark) {
        if let Some(at) = self.place() {
            self.line.replace(at, &format!("{} ", mark.words()));
            self.line.mark(mark);
            // The name is written: what follows it is not a longer one.
            self.shut.set(Some(at));
            self.at.set(0);
        }
    }

    /// Whether a key belongs to the list.
    pub fn key(self, event: &ev::KeyboardEvent) -> bool {
        let choices = self.choices.get_untracked();
        if choices.is_empty() {
            return false;
        }
        let at = self.at.get_untracked().min(choices.len() - 1);
        match event.key().as_str() {
            "ArrowDown" => self.at.set((at + 1) % choices.len()),
            "ArrowUp" => self.at.set((at + choices.len() - 1) % choices.len()),
            "Enter" | "Tab" if !event.shift_key() => self.choose(choices[at].mark.clone()),
            "Escape" => self.shut.set(self.place()),
            _ => return false,
        }
        event.prevent_default();
        true
    }
}

/// The list, while there is something to choose.
#[component]
pub fn Mentions(typing: Typing) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let choices = typing.choices.get();
        if choices.is_empty() {
            return None;
        }
        let last = choices.len() - 1;
        let each = choices.into_iter().enumerate().map(|(number, choice)| {
            let words = choice.mark.words();
            let name = words.trim_start_matches('@').to_owned();
            let on = move || typing.at.get().min(last) == number;
            let mark = choice.mark.clone();
            view! {
                <li>
                    <button
                        type="button"
                        class="compose__name"
                        class:compose__name--on=on
                        // The line keeps the focus.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| typing.choose(mark.clone())
                    >
                        <Avatar name=name.clone() seed=seed(&choice.id) size=AvatarSize::Small/>
                        {name}
                    </button>
                </li>
            }
        });
        Some(view! { <ul class="compose__names" aria-label=i18n.t(Key::SimMentionWho)>{each.collect_view()}</ul> })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_at_begins_a_name() {
        assert_eq!(typed("hi @Ke", 6), Some((3, "Ke")));
        assert_eq!(typed("🍎@", 3), Some((4, "")));
        assert_eq!(typed("やあ@健", 4), Some((6, "健")));
        assert_eq!(typed("ken@example.com", 15), None);
        assert_eq!(typed("@Ken\nhi", 7), None);
        assert_eq!(typed("@Ken", 0), None);
    }
}
