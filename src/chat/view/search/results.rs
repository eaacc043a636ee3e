//! What was found: rooms, then messages, the latest first.

use super::{Ask, filters::kind_name};
use crate::{
    browser::{self, sight},
    chat::{
        model::{
            Direction, RoomKind,
            search::{FoundMessage, FoundRoom, Piece},
        },
        view::{use_desktop, words},
    },
    i18n::{Key, use_i18n},
    id::{MessageId, RoomId},
    ui::{Avatar, Button, EmptyState, Icon, Skeleton, Tag, Time, TimeStyle, Tone, hydrated},
};
use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_query_map;
use wasm_bindgen::JsCast;

/// Rooms that are shown before one asks for all.
const FEW: usize = 5;

/// Moves to the next result, or the one before; above the first one is the box.
pub fn step(by: isize) {
    let Some(document) = browser::document() else { return };
    let Ok(links) = document.query_selector_all("#chat-found .chat-found__link") else { return };
    let active = document.active_element();
    let at = (0..links.length()).find(|at| links.item(*at).and_then(|node| node.dyn_into().ok()) == active);
    let next = match at {
        Some(at) => i64::from(at) + i64::try_from(by).unwrap_or_default(),
        None => 0,
    };
    let target = match u32::try_from(next) {
        Ok(next) => links.item(next),
        Err(_) => document.get_element_by_id("chat-search").map(Into::into),
    };
    if let Some(element) = target.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Rooms and messages, or why there are none.
#[component]
pub fn Results() -> impl IntoView {
    let i18n = use_i18n();
    let search = use_desktop().search;
    let all = RwSignal::new(false);
    let asked = Memo::new(move |_| search.shown.with(|shown| shown.question.as_ref().map(|(ask, _)| ask.clone())));
    Effect::new(move |_| {
        asked.track();
        all.set(false);
    });
    let rooms = Memo::new(move |_| search.shown.with(|shown| shown.found.rooms.clone()));
    let messages = Memo::new(move |_| search.shown.with(|shown| shown.found.messages.clone()));
    let next = Memo::new(move |_| search.shown.with(|shown| shown.found.next));
    let trouble = Memo::new(move |_| search.shown.with(|shown| shown.trouble.clone()));
    let indexed = Memo::new(move |_| search.shown.with(|shown| shown.found.indexed));
    let nothing = Memo::new(move |_| {
        asked.with(Option::is_some)
            && trouble.with(Option::is_none)
            && next.get().is_none()
            && rooms.with(Vec::is_empty)
            && messages.with(Vec::is_empty)
    });
    let few = move || {
        let count = if all.get() { usize::MAX } else { FEW };
        rooms.get().into_iter().take(count).collect::<Vec<_>>()
    };
    let hidden = Memo::new(move |_| if all.get() { 0 } else { rooms.with(|rooms| rooms.len().saturating_sub(FEW)) });
    let on_key = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(-1),
            _ => return,
        }
        event.prevent_default();
    };
    let status = move || {
        if search.busy.get() {
            return i18n.t(Key::ChatSearchBusy).to_owned();
        }
        let more = if next.get().is_some() { "+" } else { "" };
        let messages = format!("{}{more}", messages.with(Vec::len));
        i18n.fill(Key::ChatSearchCount, &[("rooms", &rooms.with(Vec::len)), ("messages", &messages)])
    };
    view! {
        <section
            id="chat-found"
            class="chat-found"
            aria-label=i18n.t(Key::ChatSearchFound)
            aria-busy=move || search.busy.get().then_some("true")
            on:keydown=on_key
        >
            <p class="visually-hidden" role="status">{status}</p>
            {move || {
                indexed
                    .get()
                    .map(|percent| {
                        view! {
                            <p class="chat-found__note">{i18n.fill(Key::ChatSearchIndexed, &[("percent", &percent)])}</p>
                        }
                    })
            }}
            {move || asked.with(Option::is_none).then(|| view! { <Skeleton lines=6/> })}
            {move || {
                trouble
                    .get()
                    .map(|error| {
                        view! {
                            <EmptyState icon=Icon::Warning title=i18n.error(&error)>
                                <Button icon=Icon::Retry on_click=move |_| search.start(search.ask.get_untracked())>
                                    {i18n.t(Key::UiRetry)}
                                </Button>
                            </EmptyState>
                        }
                    })
            }}
            <Show when=move || !rooms.with(Vec::is_empty)>
                <h2 class="chat-found__title" id="chat-found-rooms">{i18n.t(Key::ChatSearchRooms)}</h2>
                <ul class="chat-rows" aria-labelledby="chat-found-rooms">
                    <For each=few key=|found| (found.room.id, found.room.seq, format!("{:?}", found.text)) let(found)>
                        <RoomFound found/>
                    </For>
                </ul>
                {move || {
                    (hidden.get() > 0)
                        .then(|| {
                            view! {
                                <div class="chat-found__all">
                                    <Button on_click=move |_| all.set(true)>
                                        {i18n.fill(Key::ChatSearchAllRooms, &[("count", &hidden.get())])}
                                    </Button>
                                </div>
                            }
                        })
                }}
            </Show>
            <Show when=move || !messages.with(Vec::is_empty)>
                <h2 class="chat-found__title" id="chat-found-messages">{i18n.t(Key::ChatSearchMessages)}</h2>
                <ul class="chat-rows" aria-labelledby="chat-found-messages">
                    <For
                        each=move || messages.get()
                        key=|found| (found.id, found.room, format!("{:?}", found.text))
                        let(found)
                    >
                        <MessageFound found/>
                    </For>
                </ul>
            </Show>
            {move || nothing.get().then(|| view! { <Nothing/> })}
            <End/>
        </section>
    }
}

/// Why nothing is there: what was looked through.
#[component]
fn Nothing() -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let ask = desktop.search.ask.get_untracked();
    let words = ask.words.trim().to_owned();
    let title = match words.is_empty() {
        true => i18n.t(Key::ChatSearchNoneFits).to_owned(),
        false => i18n.fill(Key::ChatSearchNone, &[("words", &words)]),
    };
    let plain = desktop.address(&ask.plain());
    let filtered = ask.filters() > 0 && !words.is_empty();
    let text = i18n.t(if ask.filters() > 0 { Key::ChatSearchScopeFiltered } else { Key::ChatSearchScope });
    view! {
        <EmptyState icon=Icon::Search title=title text=text>
            {filtered.then(|| view! { <a class="button" href=plain>{i18n.t(Key::ChatSearchReset)}</a> })}
        </EmptyState>
    }
}

fn pieces(text: Vec<Piece>) -> impl IntoView {
    let piece = |piece: Piece| {
        if piece.found { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() }
    };
    text.into_iter().map(piece).collect_view()
}

/// The address of something that was found, with the search beside it staying as it is.
fn href(room: RoomId, message: Option<MessageId>) -> impl Fn() -> String + Copy {
    let desktop = use_desktop();
    move || {
        let ask: Ask = desktop.search.ask.get();
        format!("{}{}", desktop.place.get().room_href(room), ask.query(message))
    }
}

#[component]
fn RoomFound(found: FoundRoom) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let FoundRoom { room, field, text } = found;
    let id = room.id;
    let name = words::room_name(i18n, &room);
    let by_name = field == "name";
    let label = i18n.t(match field.as_str() {
        "member" => Key::ChatSearchMember,
        _ => Key::ChatSearchFact,
    });
    let last = room.last.as_ref().map(|last| words::last_line(i18n, last)).unwrap_or_default();
    let query = use_query_map();
    let current =
        move || desktop.place.get().room == Some(id) && query.with(|query| query.get_str("message").is_none());
    view! {
        <li class="chat-rows__item">
            <a class="chat-row chat-found__link" href=href(id, None) aria-current=move || current().then_some("page")>
                <Avatar name=name.clone() picture=room.picture.clone() seed=id.0 group=room.kind != RoomKind::User/>
                <span class="chat-row__name">
                    {if by_name { pieces(text.clone()).into_any() } else { name.into_any() }}
                </span>
                <span class="chat-row__time"><Time at=room.at style=TimeStyle::List/></span>
                <span class="chat-row__last">
                    {if by_name {
                        last.into_any()
                    } else {
                        view! { {label}" "{pieces(text)} }.into_any()
                    }}
                </span>
                <span class="chat-row__marks">
                    {room.spam.then(|| view! { <Tag tone=Tone::Warn>{i18n.t(Key::ChatFilterSpam)}</Tag> })}
                </span>
            </a>
        </li>
    }
}

#[component]
fn MessageFound(found: FoundMessage) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let (room, id) = (found.room, found.id);
    let name = match (found.name.is_empty(), found.room_kind) {
        (false, _) => found.name.clone(),
        (true, RoomKind::User) => i18n.t(Key::ChatUnknownName).to_owned(),
        (true, _) => i18n.t(Key::ChatUnknownGroup).to_owned(),
    };
    let author = match (&found.author, found.direction) {
        (Some(author), _) => Some(author.clone()),
        (None, Direction::Out) => Some(i18n.t(Key::ChatSearchUs).to_owned()),
        _ => None,
    };
    let kind = (found.kind != "text").then(|| kind_name(i18n, &found.kind));
    let query = use_query_map();
    let current = move || {
        let opened = query.with(|query| query.get_str("message").and_then(|id| id.parse().ok()));
        desktop.place.get().room == Some(room) && opened == Some(id)
    };
    view! {
        <li class="chat-rows__item">
            <a
                class="chat-row chat-found__link"
                href=href(room, Some(id))
                aria-current=move || current().then_some("page")
            >
                <Avatar name=name.clone() picture=found.picture seed=room.0 group=found.room_kind != RoomKind::User/>
                <span class="chat-row__name">{name}</span>
                <span class="chat-row__time"><Time at=found.at style=TimeStyle::List/></span>
                <span class="chat-row__last chat-found__text">
                    {kind.map(|kind| view! { <span class="chat-found__kind">{kind}</span>" " })}
                    {author.map(|author| view! { <span class="chat-found__who">{author}": "</span> })}
                    {pieces(found.text)}
                </span>
                <span class="chat-row__marks">
                    {found.spam.then(|| view! { <Tag tone=Tone::Warn>{i18n.t(Key::ChatFilterSpam)}</Tag> })}
                </span>
            </a>
        </li>
    }
}

/// The end of the list: fetches what follows when it comes into view, or when it is pressed.
#[component]
fn End() -> impl IntoView {
    let i18n = use_i18n();
    let search = use_desktop().search;
    let alive = hydrated();
    let next = Memo::new(move |_| search.shown.with(|shown| shown.found.next));
    let none = Memo::new(move |_| search.shown.with(|shown| shown.found.messages.is_empty()));
    let end = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        // Watched anew after each page: an end that never leaves the view is seen only once.
        if next.get().is_some()
            && let Some(end) = end.get()
        {
            sight::watch(&end, move || search.more());
        }
    });
    let words = move || i18n.t(if none.get() { Key::ChatSearchFurther } else { Key::ChatSearchMore });
    view! {
        <div class="chat-more" node_ref=end>
            {move || {
                next.get()
                    .map(|_| {
                        view! {
                            <Button
                                busy=search.busy
                                disabled=Signal::derive(move || !alive.get())
                                on_click=move |_| search.more()
                            >
                                {words}
                            </Button>
                        }
                    })
            }}
        </div>
    }
}
