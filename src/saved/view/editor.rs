//! The editor of a saved message: the form left, what becomes of it right. What is written is kept in the browser until
//! it is saved.

use super::{
    guard::Guard,
    parts::{Parts, Piece},
    preview::Preview,
    words,
};
use crate::{
    app::use_account,
    browser::{self, capture, keys},
    chat::model::draft::Bubble,
    error::AppError,
    i18n::{Key, use_i18n},
    id::{AccountId, SavedId},
    saved::{
        api,
        model::{
            Asked, Folder, Form, Saved, Wrong,
            draft::{Draft, Part},
        },
    },
    team::model::Permission,
    team::view::use_session,
    ui::{
        Banner, Button, ButtonKind, EmptyState, FormError, Icon, IconView, LinkButton, PageTitle, Skeleton, Toasts,
        hydrated,
    },
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};
use wasm_bindgen::JsCast;

/// A new message, a copy of another, or one that there is: the address says which.
#[component]
pub fn EditorPage() -> impl IntoView {
    let i18n = use_i18n();
    let account = use_account().get_untracked().id;
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("saved")?.parse::<SavedId>().ok()));
    let from = Memo::new(move |_| query.with(|query| query.get("from")?.parse::<SavedId>().ok()));
    let read = move |(id, from): (Option<SavedId>, Option<SavedId>)| async move {
        let folders = api::list_saved(account, Asked::default()).await?.folders;
        let saved = match id.or(from) {
            Some(id) => Some(api::open_saved(account, id).await?),
            None => None,
        };
        Ok::<_, AppError>((saved, folders))
    };
    let opened = Resource::new(move || (id.get(), from.get()), read);
    let list = format!("/a/{account}/messages");
    let title = move || if id.get().is_some() { Key::SavedEditTitle } else { Key::SavedNew };
    let first = untrack(title);
    view! {
        <PageTitle text=i18n.t(first)/>
        <main class="page page--wide" id="content" tabindex="-1">
            <header class="page__head">
                <a class="saved-back" href=list.clone()><IconView icon=Icon::Back/>{i18n.t(Key::SavedTitle)}</a>
                <h1>{move || i18n.t(title())}</h1>
            </header>
            <Suspense fallback=|| view! { <Skeleton lines=8/> }>
                {move || {
                    let list = list.clone();
                    Suspend::new(async move {
                        match opened.await {
                            Ok((saved, folders)) => view! { <Opened account id=id.get_untracked() saved folders/> }.into_any(),
                            Err(error) => {
                                view! {
                                    <EmptyState icon=Icon::Warning title=i18n.error(&error)>
                                        <LinkButton href=list>{i18n.t(Key::SavedTitle)}</LinkButton>
                                    </EmptyState>
                                }
                                    .into_any()
                            }
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

/// What was read, as the beginning of the form. `id` is none for a new message, though it may be a copy.
#[component]
fn Opened(account: AccountId, id: Option<SavedId>, saved: Option<Saved>, folders: Vec<Folder>) -> impl IntoView {
    let i18n = use_i18n();
    let team = use_session().me.with_untracked(|me| me.role.may(Permission::EditSaved));
    match saved {
        Some(saved) if id.is_some() && !saved.editable => {
            let bubbles = saved.form.bubbles;
            let bubbles = Memo::new(move |_| bubbles.clone());
            view! {
                <div class="saved-editor">
                    <div class="saved-editor__form">
                        <h2>{saved.form.name}</h2>
                        <p>{i18n.t(Key::SavedReadOnly)}</p>
                        <LinkButton href=format!("/a/{account}/messages/new?from={}", saved.id) icon=Icon::Copy>
                            {i18n.t(Key::SavedCopy)}
                        </LinkButton>
                    </div>
                    <Preview account bubbles/>
                </div>
            }
            .into_any()
        }
        saved => {
            let (form, version) = match saved {
                Some(saved) if id.is_some() => (saved.form, saved.version),
                Some(saved) => (Form { shortcut: String::new(), mine: saved.form.mine || !team, ..saved.form }, 0),
                None => (Form { bubbles: vec![Bubble::text("")], mine: !team, ..Form::default() }, 0),
            };
            view! { <Editor account id first=Draft::of(&form, version) folders team/> }.into_any()
        }
    }
}

#[component]
fn Editor(account: AccountId, id: Option<SavedId>, first: Draft, folders: Vec<Folder>, team: bool) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let name = RwSignal::new(first.name.clone());
    let shortcut = RwSignal::new(first.shortcut.clone());
    let place = RwSignal::new(first.place.clone());
    let make =
        |parts: &[Part]| (0..).zip(parts.iter().cloned()).map(|(key, part)| Piece::of(key, part)).collect::<Vec<_>>();
    let pieces = RwSignal::new(make(&first.parts));
    let base = RwSignal::new(first);
    let draft = Memo::new(move |_| Draft {
        name: name.get(),
        shortcut: shortcut.get(),
        place: place.get(),
        parts: pieces.with(|pieces| pieces.iter().map(|piece| piece.part()).collect()),
        version: base.with(|base| base.version),
    });
    let dirty = Memo::new(move |_| base.with(|base| draft.with(|draft| draft != base)));
    // Pieces live as long as the editor, whoever makes them.
    let owner = StoredValue::new(Owner::new());
    let put = move |draft: Draft| {
        name.set(draft.name);
        shortcut.set(draft.shortcut);
        place.set(draft.place);
        // Fresh keys: what is shown is built anew.
        let from = pieces.with_untracked(|pieces| pieces.iter().map(|piece| piece.key + 1).max().unwrap_or_default());
        let owner = owner.get_value();
        pieces.set(owner.with(|| (from..).zip(draft.parts).map(|(key, part)| Piece::of(key, part)).collect()));
    };
    let restored = RwSignal::new(false);
    let kept = StoredValue::new(format!("engawa.saved.{account}.{}", id.map_or("new".to_owned(), |id| id.to_string())));
    Effect::new(move |before: Option<()>| {
        let (now, changed) = (draft.get(), dirty.get());
        let name = kept.get_value();
        if before.is_some() {
            let json = serde_json::to_string(&now).ok().filter(|_| changed);
            browser::store(&name, json.as_deref());
        } else if let Some(found) = browser::stored(&name).and_then(|json| serde_json::from_str::<Draft>(&json).ok())
            && found != now
        {
            // It was begun with what was there then: if that has changed, saving says so.
            base.update(|base| base.version = found.version);
            put(found);
            restored.set(true);
        }
    });
    let (tried, busy, conflict) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let trouble = RwSignal::new(None::<AppError>);
    let navigate = use_navigate();
    let list = format!("/a/{account}/messages");
    let done = Callback::new(move |()| navigate(&list, NavigateOptions::default()));
    let save = Callback::new(move |version: i64| {
        let now = draft.get_untracked();
        tried.set(true);
        trouble.set(None);
        let form = now.form();
        if busy.get_untracked() || !form.check().is_empty() {
            focus_wrong();
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = api::save(account, id, version, form).await;
            busy.try_set(false);
            match answer {
                Ok(_) => {
                    browser::store(&kept.get_value(), None);
                    base.try_set(now);
                    toasts.show(i18n.t(Key::UiSaved));
                    done.try_run(());
                }
                Err(AppError::Conflict) => {
                    conflict.try_set(true);
                }
                Err(error) => {
                    session.heed(&error);
                    trouble.try_set(Some(error));
                }
            }
        });
    });
    let save_now = move || save.run(base.with_untracked(|base| base.version));
    Effect::new(move |_| {
        capture::events("keydown", move |event| {
            if event.dyn_ref().is_some_and(|event| keys::is_command(event, "s")) {
                event.prevent_default();
                save_now();
            }
        });
    });
    let over = move |_| {
        let Some(id) = id else { return };
        conflict.set(false);
        spawn_local(async move {
            match api::open_saved(account, id).await {
                Ok(theirs) => {
                    save.try_run(theirs.version);
                }
                Err(error) => toasts.error(&error),
            }
        });
    };
    let theirs = move |_| {
        let Some(id) = id else { return };
        conflict.set(false);
        spawn_local(async move {
            match api::open_saved(account, id).await {
                Ok(theirs) => {
                    let draft = Draft::of(&theirs.form, theirs.version);
                    base.try_set(draft.clone());
                    put(draft);
                }
                Err(error) => toasts.error(&error),
            }
        });
    };
    let check = Memo::new(move |_| draft.with(|draft| draft.form().check()));
    let error_of = move |field: &'static str| {
        Signal::derive(move || {
            let shown = |wrong: &&Wrong| {
                tried.get() || matches!(wrong, Wrong::NameLong | Wrong::ShortcutLong | Wrong::Shortcut)
            };
            let local = check.with(|all| {
                all.iter().filter(shown).filter_map(|wrong| words::wrong(i18n, *wrong)).find(|(name, _)| *name == field)
            });
            let told = || {
                trouble.with(|trouble| match trouble {
                    Some(error @ AppError::Field { field: name, .. }) if name == field => Some(i18n.error(error)),
                    _ => None,
                })
            };
            local.map(|(_, text)| text).or_else(told)
        })
    };
    let bubbles = Memo::new(move |_| draft.with(|draft| draft.parts.iter().map(Part::bubble).collect::<Vec<_>>()));
    let choices = move |folders: Vec<Folder>| {
        let fixed = [("mine".to_owned(), i18n.t(Key::SavedMine).to_owned())];
        let own = folders.into_iter().map(|folder| (folder.id.to_string(), folder.name));
        let loose = [(String::new(), i18n.t(Key::SavedLoose).to_owned())];
        let shared = loose.into_iter().chain(own).filter(|_| team);
        let option = move |(value, words): (String, String)| {
            let mine = value.clone();
            let first = place.get_untracked() == value;
            view! { <option value=value selected=first prop:selected=move || place.get() == mine>{words}</option> }
        };
        shared.chain(fixed).map(option).collect_view()
    };
    let parts_error = error_of("bubbles");
    let banner = Signal::derive(move || conflict.get().then(|| i18n.t(Key::SavedConflict).to_owned()));
    view! {
        <Guard dirty/>
        <form
            class="saved-editor"
            on:submit=move |event| {
                event.prevent_default();
                save_now();
            }
        >
            <div class="saved-editor__form">
                {move || {
                    restored
                        .get()
                        .then(|| {
                            view! {
                                <div class="saved-note" role="status">
                                    <p>{i18n.t(Key::SavedDraftBack)}</p>
                                    <Button
                                        kind=ButtonKind::Ghost
                                        on_click=move |_| {
                                            restored.set(false);
                                            put(base.get_untracked());
                                        }
                                    >
                                        {i18n.t(Key::SavedDraftDrop)}
                                    </Button>
                                </div>
                            }
                        })
                }}
                <Banner text=banner/>
                {move || {
                    conflict
                        .get()
                        .then(|| {
                            view! {
                                <div class="actions">
                                    <Button on_click=theirs>{i18n.t(Key::SavedConflictTheirs)}</Button>
                                    <Button kind=ButtonKind::Danger on_click=over>{i18n.t(Key::SavedConflictMine)}</Button>
                                </div>
                            }
                        })
                }}
                <FormError failure=trouble.into() fields=&["name", "shortcut", "bubbles"]/>
                <Line id="saved-name" label=Key::SavedName hint=Key::SavedNameHint value=name error=error_of("name")/>
                <div class="saved-editor__pair">
                    <Line
                        id="saved-shortcut"
                        label=Key::SavedShortcut
                        hint=Key::SavedShortcutHint
                        value=shortcut
                        error=error_of("shortcut")
                    />
                    <div class="field">
                        <label class="field__label" for="saved-place">{i18n.t(Key::SavedPlace)}</label>
                        <select
                            class="field__input field__input--select"
                            id="saved-place"
                            on:change=move |event| place.set(event_target_value(&event))
                        >
                            {choices(folders)}
                        </select>
                    </div>
                </div>
                <fieldset class="saved-editor__parts">
                    <legend>{i18n.t(Key::SavedParts)}</legend>
                    <p class="field__hint">{i18n.t(Key::SavedPartsHint)}</p>
                    <Parts account pieces tried/>
                    <p class="field__error" aria-live="polite">{move || parts_error.get()}</p>
                </fieldset>
            </div>
            <Preview account bubbles/>
            <div class="saved-bar">
                <p class="saved-bar__state" role="status">{move || dirty.get().then(|| i18n.t(Key::SavedDraftKept))}</p>
                <LinkButton href=format!("/a/{account}/messages")>{i18n.t(Key::UiCancel)}</LinkButton>
                <Button kind=ButtonKind::Primary busy disabled=Signal::derive(move || !alive.get())>
                    {i18n.t(Key::UiSave)}
                </Button>
            </div>
        </form>
    }
}

/// Puts the focus on the first field that is wrong, once it says so.
fn focus_wrong() {
    set_timeout(
        || {
            let wrong = browser::document().and_then(|document| {
                document
                    .query_selector(".field--wrong .field__input, .saved-piece:has(.field__error:not(:empty)) textarea")
                    .ok()
                    .flatten()
            });
            if let Some(field) = wrong.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = field.focus();
            }
        },
        std::time::Duration::ZERO,
    );
}

/// One line, controlled: a draft can come back into it.
#[component]
fn Line(
    id: &'static str,
    label: Key,
    hint: Key,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    view! {
        <div class="field" class:field--wrong=move || error.with(Option::is_some)>
            <label class="field__label" for=id>{i18n.t(label)}</label>
            <input
                class="field__input"
                id=id
                value=value.get_untracked()
                prop:value=move || value.get()
                autocomplete="off"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=format!("{hint_id} {error_id}")
                on:input=move |event| value.set(event_target_value(&event))
            />
            <p class="field__hint" id=hint_id>{i18n.t(hint)}</p>
            <p class="field__error" id=error_id aria-live="polite">{move || error.get()}</p>
        </div>
    }
}
