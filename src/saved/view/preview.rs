//! A message as it reaches a friend: drawn as a phone draws it, with the variables of a real one.

use crate::{
    browser,
    chat::api::find_rooms,
    chat::model::{
        RoomName,
        draft::{Bubble, Use},
    },
    i18n::{I18n, Key, Lang, use_i18n},
    id::{AccountId, RoomId},
    saved::{
        api,
        model::variable::{Values, fill_bubble},
    },
    ui::{
        Icon, IconView, hydrated,
        phone::{self, Scene, Shape},
        time::today,
    },
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long typing has to rest before friends are asked for.
const REST: Duration = Duration::from_millis(200);

/// Values with today's date, in the friend's language where we know it.
pub fn with_date(i18n: I18n, values: Values) -> Values {
    Values { date: today(Lang::from_tag(&values.lang).unwrap_or(i18n.lang)), ..values }
}

/// The variables of this list, with an example of how to say what stands there instead.
pub fn empty_words(i18n: I18n, empty: &[String]) -> Option<String> {
    let first = empty.first()?;
    let name = first.trim_matches(['{', '}']).split('|').next().unwrap_or_default();
    let example = format!("{{{name}|{}}}", i18n.t(Key::SavedFallback));
    Some(i18n.fill(Key::SavedVarEmpty, &[("example", &example), ("names", &empty.join(" "))]))
}

/// The message for a friend whom one can choose.
#[component]
pub fn Preview(
    /// Whose messages.
    account: AccountId,
    /// What is sent.
    bubbles: Memo<Vec<Bubble>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let friends = RwSignal::new(Vec::<RoomName>::new());
    let friend = RwSignal::new(None::<RoomId>);
    let values = RwSignal::new(Values::default());
    let find = Callback::new(move |name: String| {
        spawn_local(async move {
            if let Ok(mut found) = find_rooms(account, name).await {
                found.retain(|room| !room.group && !room.name.is_empty());
                // The best fit is the one that was meant.
                if let Some(first) = found.first() {
                    friend.try_set(Some(first.id));
                }
                friends.try_set(found);
            }
        });
    });
    Effect::new(move |_| find.run(String::new()));
    Effect::new(move |_| {
        let wanted = friend.get();
        spawn_local(async move {
            if let Ok(known) = api::read_values(account, wanted).await
                && friend.try_get_untracked() == Some(wanted)
            {
                values.try_set(with_date(i18n, known));
            }
        });
    });
    let filled = Memo::new(move |_| {
        let values = values.get();
        bubbles.with(|bubbles| {
            let mut empty: Vec<String> = Vec::new();
            let filled = bubbles.iter().cloned().map(|mut bubble| {
                for name in fill_bubble(&mut bubble, &values) {
                    if !empty.contains(&name) {
                        empty.push(name);
                    }
                }
                bubble
            });
            let filled: Vec<Bubble> = filled.filter(|bubble| bubble.check().is_ok()).collect();
            (filled, empty)
        })
    });
    let drawn = move || {
        // Pictures have whole addresses, which the server does not know of this browser.
        let origin = if alive.get() { browser::origin() } else { String::new() };
        let address = |id, use_: Use| match use_ {
            Use::Original => format!("{origin}/a/{account}/upload/{id}"),
            Use::Preview => format!("{origin}/a/{account}/upload/{id}/thumb"),
            Use::Page => format!("{origin}/f/…"),
        };
        let bubble = |bubble: &Bubble| {
            let message = bubble.to_line(address);
            let class = match phone::shape(&message) {
                Shape::Bubble => "saved-phone__bubble",
                Shape::Bare => "saved-phone__bare",
                Shape::Wide => "saved-phone__wide",
            };
            view! { <div class=class>{phone::message(&message, &Scene::default())}</div> }
        };
        filled.with(|(filled, _)| match filled.is_empty() {
            true => view! { <p class="saved-phone__none">{i18n.t(Key::SavedPreviewEmpty)}</p> }.into_any(),
            false => filled.iter().map(bubble).collect_view().into_any(),
        })
    };
    let empty = move || filled.with(|(_, empty)| empty_words(i18n, empty));
    view! {
        <aside class="saved-preview" aria-label=i18n.t(Key::SavedPreview)>
            <Whom friends friend find/>
            <div class="saved-phone">
                <div class="saved-phone__screen">{drawn}</div>
            </div>
            <p class="saved-preview__empty" role="status">
                {move || empty().map(|text| view! { <IconView icon=Icon::Warning/><span>{text}</span> })}
            </p>
        </aside>
    }
}

/// Chooses the friend: by typing, then from the list.
#[component]
fn Whom(friends: RwSignal<Vec<RoomName>>, friend: RwSignal<Option<RoomId>>, find: Callback<String>) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let typed = move |event| {
        let name = event_target_value(&event);
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        waiting.set_value(
            set_timeout_with_handle(
                move || {
                    find.try_run(name.clone());
                },
                REST,
            )
            .ok(),
        );
    };
    let option = move |room: RoomName| {
        let id = room.id;
        view! { <option value=id.to_string() prop:selected=move || friend.get() == Some(id)>{room.name}</option> }
    };
    view! {
        <div class="saved-whom">
            <label class="saved-whom__field">
                <span class="field__label">{i18n.t(Key::SavedPreviewFor)}</span>
                <select
                    class="field__input field__input--select"
                    disabled=move || !alive.get()
                    on:change=move |event| friend.set(event_target_value(&event).parse().ok())
                >
                    <option value="" prop:selected=move || friend.get().is_none()>{i18n.t(Key::SavedPreviewNobody)}</option>
                    <For each=move || friends.get() key=|room| room.id children=option/>
                </select>
            </label>
            <label class="saved-whom__field">
                <span class="field__label">{i18n.t(Key::SavedPreviewFind)}</span>
                <input class="field__input" type="search" autocomplete="off" disabled=move || !alive.get() on:input=typed/>
            </label>
        </div>
    }
}
