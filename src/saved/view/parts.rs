//! The bubbles of a message in its editor.

use super::words;
use crate::{
    browser::{self, text},
    chat::model::{
        draft::{Bubble, Flaw},
        upload::{Upload, UploadKind, size_words},
    },
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    id::AccountId,
    line::count::{BUBBLES_LIMIT, TEXT_LIMIT, utf16},
    saved::model::{card, draft::Part},
    ui::{Button, ButtonKind, Icon, IconView, TextArea, Toasts, hydrated},
};
use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// From this length on a text is counted.
const NEAR_LIMIT: usize = 4_500;

/// A bubble while it is written.
#[derive(Clone, Copy)]
pub struct Piece {
    /// Tells it from the others.
    pub key: u32,
    body: Body,
}

#[derive(Clone, Copy)]
enum Body {
    Text(RwSignal<String>),
    Card { json: RwSignal<String>, alt: RwSignal<String> },
    Other(StoredValue<Bubble>),
}

impl Piece {
    /// From what was kept.
    pub fn of(key: u32, part: Part) -> Self {
        let body = match part {
            Part::Text(text) => Body::Text(RwSignal::new(text)),
            Part::Card(json, alt) => Body::Card { json: RwSignal::new(json), alt: RwSignal::new(alt) },
            Part::Other(bubble) => Body::Other(StoredValue::new(bubble)),
        };
        Self { key, body }
    }

    /// As it is kept.
    pub fn part(self) -> Part {
        match self.body {
            Body::Text(text) => Part::Text(text.get()),
            Body::Card { json, alt } => Part::Card(json.get(), alt.get()),
            Body::Other(bubble) => Part::Other(bubble.get_value()),
        }
    }
}

/// The bubbles in their order, and the buttons that add one.
#[component]
pub fn Parts(
    /// Whose messages.
    account: AccountId,
    /// Bubbles.
    pieces: RwSignal<Vec<Piece>>,
    /// Empty ones are wrong, too.
    tried: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let busy = RwSignal::new(false);
    let file = NodeRef::<html::Input>::new();
    let full = Signal::derive(move || !alive.get() || pieces.with(Vec::len) >= BUBBLES_LIMIT);
    let add = move |part: Part| {
        pieces.update(|pieces| {
            let key = pieces.iter().map(|piece| piece.key + 1).max().unwrap_or_default();
            pieces.push(Piece::of(key, part));
        });
    };
    let bring = move |_| {
        let given = file.get_untracked().and_then(|input| {
            let given = input.files()?.get(0);
            input.set_value("");
            given
        });
        let Some(given) = given else { return };
        busy.set(true);
        spawn_local(async move {
            let answer = upload(account, &given).await;
            busy.try_set(false);
            match answer {
                Ok(upload) => add(Part::Other(Bubble::file(upload))),
                Err(error) => toasts.error(&error),
            }
        });
    };
    view! {
        <div class="saved-parts">
            <For each=move || pieces.get() key=|piece| piece.key let(piece)>
                <PieceView account piece pieces tried/>
            </For>
            <div class="saved-parts__add">
                <Button icon=Icon::Message disabled=full on_click=move |_| add(Part::Text(String::new()))>
                    {i18n.t(Key::SavedAddText)}
                </Button>
                <Button
                    icon=Icon::Clip
                    busy
                    disabled=full
                    on_click=move |_| {
                        if let Some(input) = file.get_untracked() {
                            input.click();
                        }
                    }
                >
                    {i18n.t(Key::SavedAddFile)}
                </Button>
                <Button icon=Icon::Grid disabled=full on_click=move |_| add(Part::Card(card::STARTER.to_owned(), String::new()))>
                    {i18n.t(Key::SavedAddCard)}
                </Button>
                <input type="file" class="saved-parts__file" hidden tabindex="-1" aria-hidden="true" node_ref=file on:change=bring/>
            </div>
        </div>
    }
}

/// Sends a file to the server, which looks at it and keeps it.
async fn upload(account: AccountId, file: &web_sys::File) -> Result<Upload, AppError> {
    let kind = UploadKind::guess(&file.type_(), &file.name());
    if file.size() > kind.limit() as f64 {
        let limit = u32::try_from(kind.limit() >> 20).unwrap_or_default();
        return Err(AppError::field("file", Reason::TooLarge { limit }));
    }
    let name = String::from(js_sys::encode_uri_component(&file.name()));
    let url = format!("/a/{account}/upload?kind={}&name={name}", kind.name());
    let sent = async {
        let options = web_sys::RequestInit::new();
        options.set_method("POST");
        options.set_body(file);
        let answer = JsFuture::from(browser::window()?.fetch_with_str_and_init(&url, &options)).await.ok()?;
        let answer = answer.dyn_into::<web_sys::Response>().ok()?;
        let text = JsFuture::from(answer.text().ok()?).await.ok()?.as_string()?;
        Some((answer.ok(), text))
    };
    let (good, text) = sent.await.ok_or(AppError::Unreachable)?;
    let unread = |_| AppError::Internal { request_id: String::new() };
    if good { serde_json::from_str(&text).map_err(unread) } else { Err(serde_json::from_str(&text).map_err(unread)?) }
}

/// One bubble: what it is, its field, and its place among the others.
#[component]
fn PieceView(account: AccountId, piece: Piece, pieces: RwSignal<Vec<Piece>>, tried: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let key = piece.key;
    let at = Memo::new(move |_| pieces.with(|all| all.iter().position(|piece| piece.key == key)).unwrap_or_default());
    let last = Memo::new(move |_| pieces.with(Vec::len).saturating_sub(1));
    let shift = move |by: isize| {
        pieces.update(|all| {
            let from = all.iter().position(|piece| piece.key == key);
            if let Some((from, to)) = from.and_then(|from| Some((from, from.checked_add_signed(by)?)))
                && to < all.len()
            {
                all.swap(from, to);
            }
        });
    };
    let drop = move |_| {
        let place = at.get_untracked();
        let kept = untrack(|| piece.part());
        pieces.update(|all| all.retain(|piece| piece.key != key));
        let bring_back = Callback::new(move |()| {
            pieces.try_update(|all| {
                let fresh = all.iter().map(|piece| piece.key + 1).max().unwrap_or_default();
                all.insert(place.min(all.len()), Piece::of(fresh, kept.clone()));
            });
        });
        toasts.offer(i18n.t(Key::SavedDropped), i18n.t(Key::SavedUndo), bring_back);
    };
    let (icon, name) = words::kind(crate::saved::model::kind(&untrack(|| piece.part()).bubble()));
    let body = match piece.body {
        Body::Text(value) => view! { <TextPiece key value at tried/> }.into_any(),
        Body::Card { json, alt } => view! { <CardPiece key json alt at tried/> }.into_any(),
        Body::Other(bubble) => view! { <OtherPiece account bubble/> }.into_any(),
    };
    view! {
        <section class="saved-piece" aria-label=move || format!("{} {}", i18n.t(name), at.get() + 1)>
            <header class="saved-piece__head">
                <span class="saved-piece__kind"><IconView icon/>{i18n.t(name)}</span>
                <Button
                    kind=ButtonKind::Ghost
                    icon=Icon::Up
                    label=i18n.t(Key::SavedUp)
                    disabled=Signal::derive(move || !alive.get() || at.get() == 0)
                    on_click=move |_| shift(-1)
                />
                <Button
                    kind=ButtonKind::Ghost
                    icon=Icon::Down
                    label=i18n.t(Key::SavedDown)
                    disabled=Signal::derive(move || !alive.get() || at.get() == last.get())
                    on_click=move |_| shift(1)
                />
                <Button
                    kind=ButtonKind::Ghost
                    icon=Icon::Trash
                    label=i18n.t(Key::SavedDrop)
                    disabled=Signal::derive(move || !alive.get())
                    on_click=drop
                />
            </header>
            {body}
        </section>
    }
}

/// Words, with variables to put in.
#[component]
fn TextPiece(key: u32, value: RwSignal<String>, at: Memo<usize>, tried: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let area = NodeRef::<html::Textarea>::new();
    let length = Memo::new(move |_| value.with(|text| utf16(text.trim())));
    let error = move || {
        let bubble = Bubble::text(value.get());
        let flaw = bubble.check().err().filter(|flaw| *flaw != Flaw::Empty || tried.get())?;
        Some(words::flaw(i18n, &bubble, flaw))
    };
    let variables = [
        (Key::SavedVarFriend, format!("{{friend.name|{}}}", i18n.t(Key::SavedFallback))),
        (Key::SavedVarOperator, "{operator.name}".to_owned()),
        (Key::SavedVarAccount, "{account.name}".to_owned()),
        (Key::SavedVarDate, "{date}".to_owned()),
    ];
    let buttons = variables.into_iter().map(|(name, variable)| {
        let put = move |_| {
            if let Some(area) = area.get_untracked() {
                text::insert(&area, &variable);
                value.set(area.value());
            }
        };
        view! {
            <button type="button" class="saved-chip" disabled=move || !alive.get() on:click=put>
                {i18n.t(name)}
            </button>
        }
    });
    let id = format!("saved-text-{key}");
    view! {
        <TextArea
            value
            name="text"
            id
            label=i18n.fill(Key::SavedTextOf, &[("n", &(at.get_untracked() + 1))])
            rows=4
            node_ref=area
        />
        <p class="field__error" aria-live="polite">{error}</p>
        <div class="saved-piece__foot">
            <span class="saved-piece__insert" aria-hidden="true">{i18n.t(Key::SavedVariables)}</span>
            <div class="saved-chips" role="group" aria-label=i18n.t(Key::SavedVariables)>{buttons.collect_view()}</div>
            <span class="saved-piece__count">
                {move || {
                    (length.get() >= NEAR_LIMIT)
                        .then(|| i18n.fill(Key::ChatCounter, &[("count", &length.get()), ("limit", &TEXT_LIMIT)]))
                }}
            </span>
        </div>
    }
}

/// The JSON of a card, and the words for its notification.
#[component]
fn CardPiece(
    key: u32,
    json: RwSignal<String>,
    alt: RwSignal<String>,
    at: Memo<usize>,
    tried: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let error = move || match card::read(&json.get(), &alt.get()) {
        Err(error) => Some(i18n.fill(Key::SavedCardJson, &[("error", &error)])),
        Ok(card) => {
            let flaw = card.check().err().filter(|_| tried.get())?;
            Some(words::flaw(i18n, &card, flaw))
        }
    };
    let alt_id = format!("saved-alt-{key}");
    view! {
        <div class="field">
            <label class="field__label" for=alt_id.clone()>{i18n.t(Key::SavedAlt)}</label>
            <input
                class="field__input"
                id=alt_id
                value=alt.get_untracked()
                prop:value=move || alt.get()
                autocomplete="off"
                on:input=move |event| alt.set(event_target_value(&event))
            />
        </div>
        <div class="saved-piece__code">
            <TextArea
                value=json
                name="card"
                id=format!("saved-card-{key}")
                label=i18n.fill(Key::SavedCardOf, &[("n", &(at.get_untracked() + 1))])
                rows=8
            />
        </div>
        <p class="field__hint">{i18n.t(Key::SavedCardHint)}</p>
        <p class="field__error" aria-live="polite">{error}</p>
    }
}

/// What is taken as it is: a picture, a file, a place.
#[component]
fn OtherPiece(account: AccountId, bubble: StoredValue<Bubble>) -> impl IntoView {
    let bubble = bubble.get_value();
    let about = match &bubble {
        Bubble::Location { title, address, .. } => format!("{title} {address}"),
        Bubble::Coupon { title, .. } => title.clone(),
        _ => String::new(),
    };
    match bubble.upload() {
        Some(file) => {
            let picture = matches!(file.kind, UploadKind::Image).then(|| {
                view! { <img class="saved-piece__picture" src=format!("/a/{account}/upload/{}/thumb", file.id) alt="" loading="lazy"/> }
            });
            view! {
                <div class="saved-piece__fixed">
                    {picture}
                    <bdi class="saved-piece__file">{file.name.clone()}</bdi>
                    <span class="field__hint">{size_words(file.size)}</span>
                </div>
            }
            .into_any()
        }
        None => view! { <p class="saved-piece__fixed" dir="auto">{about}</p> }.into_any(),
    }
}
