//! The banner that tells of a message in another room. Silent messages and muted rooms show none.

use super::{
    bubble::preview,
    phone::{HomeData, use_phone},
    place::Place,
    seed,
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::model::{Author, Chat, Home},
    ui::{Avatar, AvatarSize, Icon, IconView},
};
use leptos::prelude::*;
use std::{collections::HashMap, time::Duration};

/// How long it stays.
const STAYS: Duration = Duration::from_secs(6);

/// What a phone knew: whose it was, and the newest bubble of each room.
type Known = (String, HashMap<String, String>);

fn known(home: &Home) -> Known {
    let newest = |chat: &Chat| Some((chat.id.clone(), chat.last.as_ref()?.id.clone()));
    (home.me.id.clone(), home.chats.iter().filter_map(newest).collect())
}

/// The chat that something new came to since then, of which the phone tells.
fn news(before: &Known, home: &Home, open: Option<&str>) -> Option<Chat> {
    if before.0 != home.me.id {
        return None;
    }
    // The newest chat stands first.
    let told = home.chats.iter().find(|chat| {
        let Some(last) = &chat.last else { return false };
        let new = before.1.get(&chat.id) != Some(&last.id);
        let mine = last.from == Author::Notice || last.from == Author::User(home.me.id.clone());
        new && !mine && chat.unread > 0 && !chat.muted && !last.silent && open != Some(chat.id.as_str())
    });
    told.cloned()
}

/// The banner, while there is one.
#[component]
pub fn Banner(
    /// What the phone knows.
    home: HomeData,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let told = RwSignal::new(None::<Chat>);
    Effect::new(move |before: Option<Option<Known>>| {
        let before = before.flatten();
        let Some(Ok(home)) = home.get() else { return before };
        if let Some(chat) = before.and_then(|before| news(&before, &home, phone.room().as_deref())) {
            let shown = chat.last.as_ref().map(|last| last.id.clone());
            told.set(Some(chat));
            let go_away = move || {
                // Unless another has taken its place.
                let _ = told.try_update(|told| {
                    if told.as_ref().and_then(|chat| chat.last.as_ref()).map(|last| &last.id) == shown.as_ref() {
                        *told = None;
                    }
                });
            };
            set_timeout(go_away, STAYS);
        }
        Some(known(&home))
    });
    // Who opens the room needs no banner for it.
    Effect::new(move |_| {
        let Place::Room { id, .. } = phone.place.get() else { return };
        told.update(|told| {
            if told.as_ref().is_some_and(|chat| chat.id == id) {
                *told = None;
            }
        });
    });
    view! {
        <div class="phone-news" role="status">
            {move || told.get().map(|chat| {
                let words = chat.last.as_ref().map(|last| preview(i18n, last)).unwrap_or_default();
                view! {
                    <a class="phone-news__banner" href=phone.href(&Place::room(&chat.id))>
                        <Avatar
                            name=chat.title.clone()
                            seed=seed(&chat.id)
                            group=chat.group
                            size=AvatarSize::Small
                        />
                        <span class="phone__words">
                            <span class="phone__title">{chat.title}</span>
                            <span class="phone__last">{words}</span>
                        </span>
                    </a>
                    <button
                        type="button"
                        class="phone-news__close"
                        aria-label=i18n.t(Key::UiClose)
                        on:click=move |_| told.set(None)
                    >
                        <IconView icon=Icon::Close/>
                    </button>
                }
            })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::model::{Message, Person};
    use serde_json::json;

    fn home(id: &str, silent: bool, muted: bool) -> Home {
        let last = Message {
            id: id.into(),
            time: 0,
            from: Author::Bot("20".into()),
            body: json!({}),
            unsent: false,
            read: false,
            read_token: String::new(),
            quote_token: String::new(),
            silent,
            edited: false,
        };
        let chat = Chat {
            id: "20".into(),
            title: "Onsen".into(),
            group: false,
            blocked: false,
            last: Some(last),
            unread: 1,
            muted,
        };
        let me = Person { id: "U1".into(), name: "Ken".into() };
        Home { me, status: String::new(), chats: vec![chat], accounts: Vec::new() }
    }

    #[test]
    fn only_what_is_new_and_not_silent_is_told() {
        let before = known(&home("1", false, false));
        assert!(news(&before, &home("2", false, false), None).is_some());
        assert!(news(&before, &home("1", false, false), None).is_none());
        assert!(news(&before, &home("2", true, false), None).is_none());
        assert!(news(&before, &home("2", false, true), None).is_none());
        assert!(news(&before, &home("2", false, false), Some("20")).is_none());
    }
}
