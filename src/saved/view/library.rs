//! The list of saved messages: folders, search, order, and what to do with each.

use super::{files::Exchange, folders::Folders, row::Row};
use crate::{
    app::use_account,
    i18n::{Key, use_i18n},
    saved::{
        api,
        model::{Asked, Form, Library, Line, Shelf, Sort},
    },
    team::model::Permission,
    team::view::use_session,
    ui::{Button, ButtonKind, EmptyState, Icon, IconView, LinkButton, PageTitle, Skeleton, Toasts, hydrated},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
    location::Url,
};
use std::time::Duration;

/// How long typing has to rest before the list follows.
const REST: Duration = Duration::from_millis(200);

/// The address of a list.
pub fn href(base: &str, asked: &Asked) -> String {
    let mut parts = Vec::new();
    parts.extend(asked.shelf.slug().map(|slug| format!("folder={slug}")));
    if asked.sort != Sort::default() {
        parts.push(format!("sort={}", asked.sort.slug()));
    }
    let search = asked.search.trim();
    if !search.is_empty() {
        parts.push(format!("q={}", Url::escape(search)));
    }
    if parts.is_empty() { base.to_owned() } else { format!("{base}?{}", parts.join("&")) }
}

/// The list of the account in the address; what is shown stands in the address, too.
#[component]
pub fn LibraryPage() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let account = use_account().get_untracked().id;
    let base = StoredValue::new(format!("/a/{account}/messages"));
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked {
            search: query.get("q").unwrap_or_default(),
            shelf: query.get("folder").map(|slug| Shelf::from_slug(&slug)).unwrap_or_default(),
            sort: query.get("sort").map(|slug| Sort::from_slug(&slug)).unwrap_or_default(),
            from: 0,
        })
    });
    let version = RwSignal::new(0_u32);
    let again = Callback::new(move |()| version.update(|version| *version += 1));
    let library =
        Resource::new(move || (asked.get(), version.get()), move |(asked, _)| api::list_saved(account, asked));
    let to = move |asked: &Asked| href(&base.read_value(), asked);
    let editable = session.me.with_untracked(|me| me.role.may(Permission::EditSaved));
    let examples = Callback::new(move |()| {
        let texts = [
            (Key::SavedExample1, Key::SavedExample1Short, Key::SavedExample1Text),
            (Key::SavedExample2, Key::SavedExample2Short, Key::SavedExample2Text),
            (Key::SavedExample3, Key::SavedExample3Short, Key::SavedExample3Text),
        ];
        let mine = !editable;
        spawn_local(async move {
            for (name, shortcut, text) in texts {
                let text = i18n.t(text).replace("[[", "{").replace("]]", "}");
                let bubbles = vec![crate::chat::model::draft::Bubble::text(text)];
                let (name, shortcut) = (i18n.t(name).to_owned(), i18n.t(shortcut).to_owned());
                let form = Form { name, shortcut, bubbles, mine, ..Form::default() };
                if let Err(error) = api::save(account, None, 0, form).await {
                    session.heed(&error);
                    return toasts.error(&error);
                }
            }
            again.try_run(());
        });
    });
    let content = move |library: Library| {
        let now = asked.get_untracked();
        let none = library.counts[0] == 0;
        let found = library.lines.is_empty();
        let shelf = library.folders.iter().find(|folder| now.shelf == Shelf::Folder(folder.id)).cloned();
        view! {
            <div class="saved">
                <Folders folders=library.folders.clone() counts=library.counts asked=asked editable=library.editable shelf again/>
                <div class="saved__work">
                    {match (none, found) {
                        (true, _) => view! { <div class="saved-none"><Nothing base=base.get_value() examples/></div> }.into_any(),
                        (_, true) => {
                            view! {
                                <EmptyState
                                    icon=Icon::Search
                                    title=i18n.t(Key::SavedNothing)
                                    text=i18n.t(Key::SavedNothingMore)
                                />
                            }
                                .into_any()
                        }
                        _ => view! { <Lines library asked=now again/> }.into_any(),
                    }}
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <PageTitle text=i18n.t(Key::SavedTitle)/>
        <main class="page page--wide" id="content" tabindex="-1">
            <header class="page__head saved-head">
                <div>
                    <h1>{i18n.t(Key::SavedTitle)}</h1>
                    <p class="page__about">{i18n.t(Key::SavedAbout)}</p>
                </div>
                <div class="actions">
                    <LinkButton kind=ButtonKind::Primary icon=Icon::Plus href=format!("{}/new", base.get_value())>
                        {i18n.t(Key::SavedNew)}
                    </LinkButton>
                    <Exchange account again editable/>
                </div>
            </header>
            // Outside what is read anew with every letter.
            <Tools asked to=Callback::new(move |asked: Asked| to(&asked))/>
            <Transition fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match library.await {
                        Ok(library) => content(library),
                        Err(error) => {
                            view! {
                                <EmptyState icon=Icon::Warning title=i18n.error(&error)>
                                    <Button icon=Icon::Retry on_click=move |_| again.run(())>{i18n.t(Key::UiRetry)}</Button>
                                </EmptyState>
                            }
                                .into_any()
                        }
                    }
                })}
            </Transition>
        </main>
    }
}

/// What this place is for, and three ways to begin.
#[component]
fn Nothing(base: String, examples: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    view! {
        <EmptyState icon=Icon::Message title=i18n.t(Key::SavedEmpty) text=i18n.t(Key::SavedEmptyMore)>
            <LinkButton kind=ButtonKind::Primary href=format!("{base}/new")>{i18n.t(Key::SavedNew)}</LinkButton>
            <Button disabled=Signal::derive(move || !alive.get()) on_click=move |_| examples.run(())>
                {i18n.t(Key::SavedStart)}
            </Button>
        </EmptyState>
    }
}

/// Search and order. A form, so that it works before the page is alive.
#[component]
fn Tools(asked: Memo<Asked>, to: Callback<Asked, String>) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let first = asked.get_untracked();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let follow = Callback::new(move |change: (Option<String>, Option<Sort>)| {
        let now = asked.get_untracked();
        let (search, sort) = (change.0.unwrap_or(now.search.clone()), change.1.unwrap_or(now.sort));
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate(&to.run(Asked { search, sort, ..now }), options);
    });
    let typed = move |event| {
        let search = event_target_value(&event);
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let ask = move || {
            follow.try_run((Some(search), None));
        };
        waiting.set_value(set_timeout_with_handle(ask, REST).ok());
    };
    let shelf = first.shelf.slug();
    let option = move |sort: Sort| {
        let name = match sort {
            Sort::Used => Key::SavedSortUsed,
            Sort::Name => Key::SavedSortName,
            Sort::Changed => Key::SavedSortChanged,
        };
        view! { <option value=sort.slug() selected=sort == first.sort>{i18n.t(name)}</option> }
    };
    view! {
        <form class="saved-tools" method="get" role="search" on:submit=|event| event.prevent_default()>
            {shelf.map(|slug| view! { <input type="hidden" name="folder" value=slug/> })}
            <label class="visually-hidden" for="page-search">{i18n.t(Key::SavedSearch)}</label>
            <span class="saved-tools__search">
                <IconView icon=Icon::Search/>
                <input
                    class="field__input"
                    type="search"
                    id="page-search"
                    name="q"
                    value=first.search.clone()
                    placeholder=i18n.t(Key::SavedSearch)
                    title=format!("{} (/)", i18n.t(Key::SavedSearch))
                    autocomplete="off"
                    on:input=typed
                />
            </span>
            <label class="saved-tools__sort">
                <span>{i18n.t(Key::SavedSort)}</span>
                <select
                    class="field__input field__input--select"
                    name="sort"
                    on:change=move |event| follow.run((None, Some(Sort::from_slug(&event_target_value(&event)))))
                >
                    {Sort::ALL.map(option).collect_view()}
                </select>
            </label>
            <noscript><Button>{i18n.t(Key::SavedSearchGo)}</Button></noscript>
        </form>
    }
}

/// The messages that were found, and more of them on demand.
#[component]
fn Lines(library: Library, asked: Asked, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let account = use_account().get_untracked().id;
    let (found, editable) = (library.found, library.editable);
    let folders = StoredValue::new(library.folders);
    let lines = RwSignal::new(library.lines);
    let busy = RwSignal::new(false);
    let alive = hydrated();
    let left = move || lines.with(|lines| found > i64::try_from(lines.len()).unwrap_or(i64::MAX));
    let asked = StoredValue::new(asked);
    let more = move |_| {
        let from = lines.with_untracked(|lines| u32::try_from(lines.len()).unwrap_or(u32::MAX));
        busy.set(true);
        spawn_local(async move {
            let answer = api::list_saved(account, Asked { from, ..asked.get_value() }).await;
            busy.try_set(false);
            match answer {
                Ok(library) => {
                    lines.try_update(|lines| lines.extend(library.lines));
                }
                Err(error) => toasts.error(&error),
            }
        });
    };
    let row = move |line: Line| {
        let folder = folders.with_value(|folders| {
            folders.iter().find(|folder| Some(folder.id) == line.folder).map(|folder| folder.name.clone())
        });
        let editable = editable || line.mine;
        view! { <Row line folder editable again/> }
    };
    view! {
        <p class="saved__found" role="status">{i18n.fill(Key::SavedFound, &[("count", &found)])}</p>
        <ul class="saved-list">
            <For each=move || lines.get() key=|line| (line.id, line.changed_at, line.uses) children=row/>
        </ul>
        {move || {
            left()
                .then(|| {
                    view! {
                        <div class="saved__more">
                            <Button busy disabled=Signal::derive(move || !alive.get()) on_click=more>
                                {i18n.t(Key::SavedMore)}
                            </Button>
                        </div>
                    }
                })
        }}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::FolderId;

    #[test]
    fn addresses_say_what_is_shown() {
        let plain = Asked::default();
        assert_eq!(href("/a/1/messages", &plain), "/a/1/messages");
        let asked = Asked { search: " a b ".into(), shelf: Shelf::Folder(FolderId(3)), sort: Sort::Name, from: 9 };
        assert!(href("/m", &asked).starts_with("/m?folder=3&sort=name&q=a"));
    }
}
