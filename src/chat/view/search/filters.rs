//! Which messages: kind, who wrote, when, in which conversation.

use super::Ask;
use crate::{
    chat::{
        api,
        model::{Author, Direction, search::KINDS},
        view::{use_desktop, words},
    },
    i18n::{I18n, Key, use_i18n},
    ui::hydrated,
};
use leptos::{prelude::*, task::spawn_local};

/// What a kind is called.
pub fn kind_name(i18n: I18n, kind: &str) -> &'static str {
    i18n.t(match kind {
        "text" => Key::ChatSearchKindText,
        "image" => Key::ChatKindImage,
        "video" => Key::ChatKindVideo,
        "audio" => Key::ChatKindAudio,
        "file" => Key::ChatKindFile,
        "location" => Key::ChatKindLocation,
        "sticker" => Key::ChatKindSticker,
        "rich" => Key::ChatSearchKindCard,
        "note" => Key::ChatSearchKindNote,
        _ => Key::ChatKindUnknown,
    })
}

/// The filters; each asks as soon as it is changed.
#[component]
pub fn Filters(
    /// Asks.
    ask: Callback<Ask>,
) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let search = desktop.search;
    let alive = hydrated();
    let asleep = move || !alive.get();
    let authors = RwSignal::new(Vec::<Author>::new());
    Effect::new(move |_| {
        let account = desktop.feed.account;
        spawn_local(async move {
            if let Ok(found) = api::notes::colleagues(account).await {
                authors.try_set(found);
            }
        });
    });
    let change = move |change: &dyn Fn(&mut Ask)| {
        let mut now = search.ask.get_untracked();
        change(&mut now);
        ask.run(now);
    };
    let choice = move |id: &'static str,
                       label: Key,
                       options: Vec<(String, String)>,
                       now: Signal<String>,
                       set: fn(&mut Ask, String)| {
        let option = move |(value, words): (String, String)| {
            let own = value.clone();
            let chosen = Signal::derive(move || now.get() == own);
            view! { <option value=value selected=move || chosen.get() prop:selected=move || chosen.get()>{words}</option> }
        };
        let none = Signal::derive(move || now.get().is_empty());
        view! {
            <div class="chat-filter">
                <label for=id>{i18n.t(label)}</label>
                <select
                    id=id
                    class="field__input field__input--select"
                    disabled=asleep
                    on:change=move |event| {
                        let value = event_target_value(&event);
                        change(&|ask| set(ask, value.clone()));
                    }
                >
                    <option value="" selected=move || none.get() prop:selected=move || none.get()>{i18n.t(Key::ChatSearchAny)}</option>
                    {options.into_iter().map(option).collect_view()}
                </select>
            </div>
        }
    };
    let read = move |read: fn(&Ask) -> String| Signal::derive(move || search.ask.with(read));
    let kinds = KINDS.iter().map(|kind| ((*kind).to_owned(), kind_name(i18n, kind).to_owned())).collect();
    let sides = [(Direction::In, Key::ChatSearchThem), (Direction::Out, Key::ChatSearchUs)];
    let sides = sides.map(|(side, words)| (side.name().to_owned(), i18n.t(words).to_owned())).to_vec();
    let set_side = |ask: &mut Ask, value: String| {
        ask.direction =
            Some(Direction::from_name(&value)).filter(|side| *side != Direction::Event && !value.is_empty());
        if ask.direction == Some(Direction::In) {
            ask.operator = None;
        }
    };
    let day = move |id: &'static str, label: Key, now: Signal<String>, set: fn(&mut Ask, String)| {
        view! {
            <div class="chat-filter">
                <label for=id>{i18n.t(label)}</label>
                <input
                    id=id
                    type="date"
                    class="field__input"
                    disabled=asleep
                    prop:value=move || now.get()
                    on:change=move |event| {
                        let value = event_target_value(&event);
                        change(&|ask| set(ask, value.clone()));
                    }
                />
            </div>
        }
    };
    let here = Memo::new(move |_| search.ask.with(|ask| ask.room).or_else(|| desktop.place.get().room));
    let here_name = move || {
        let name = here
            .get()
            .and_then(|id| desktop.feed.desk.with(|desk| desk.room(id).map(|room| words::room_name(i18n, room))));
        i18n.fill(Key::ChatSearchHere, &[("name", &name.unwrap_or_else(|| i18n.t(Key::ChatSearchThisRoom).to_owned()))])
    };
    view! {
        <div class="chat-filters" role="group" aria-label=i18n.t(Key::ChatSearchFilters)>
            {choice("chat-filter-kind", Key::ChatSearchKind, kinds, read(|ask| ask.kind.clone()), |ask, value| ask.kind = value)}
            {choice(
                "chat-filter-side",
                Key::ChatSearchBy,
                sides,
                read(|ask| ask.direction.map(Direction::name).unwrap_or_default().to_owned()),
                set_side,
            )}
            {move || {
                let options = authors.get().into_iter().map(|author| (author.id.to_string(), author.name)).collect();
                choice(
                    "chat-filter-author",
                    Key::ChatSearchColleague,
                    options,
                    read(|ask| ask.operator.map(|id| id.to_string()).unwrap_or_default()),
                    |ask, value| {
                        ask.operator = value.parse().ok();
                        if ask.operator.is_some() && ask.direction == Some(Direction::In) {
                            ask.direction = None;
                        }
                    },
                )
            }}
            {day("chat-filter-from", Key::ChatSearchFrom, read(|ask| ask.from.clone()), |ask, value| ask.from = value)}
            {day("chat-filter-until", Key::ChatSearchUntil, read(|ask| ask.until.clone()), |ask, value| ask.until = value)}
            {move || {
                here.get()
                    .map(|room| {
                        view! {
                            <label class="chat-filters__here">
                                <input
                                    type="checkbox"
                                    disabled=asleep
                                    prop:checked=move || search.ask.with(|ask| ask.room.is_some())
                                    on:change=move |event| {
                                        let only = event_target_checked(&event).then_some(room);
                                        change(&|ask| ask.room = only);
                                    }
                                />
                                <span>{here_name}</span>
                            </label>
                        }
                    })
            }}
            {move || {
                search
                    .ask
                    .with(|ask| ask.filters() > 0)
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button--ghost chat-filters__reset"
                                disabled=asleep
                                on:click=move |_| ask.run(search.ask.get_untracked().plain())
                            >
                                {i18n.t(Key::ChatSearchReset)}
                            </button>
                        }
                    })
            }}
        </div>
    }
}
