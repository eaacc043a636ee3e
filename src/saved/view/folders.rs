//! The folders beside the list, and what can be done with them.

use super::library::href;
use crate::{
    app::use_account,
    error::AppError,
    i18n::{Key, use_i18n},
    saved::{
        api,
        model::{Asked, Folder, Shelf},
    },
    team::view::use_session,
    ui::{Button, ButtonKind, Dialog, Field, Icon, hydrated},
};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Where the list looks: everything, no folder, one's own, and each folder. `shelf` is the folder that is open.
#[component]
pub fn Folders(
    /// By name.
    folders: Vec<Folder>,
    /// All, in no folder, one's own.
    counts: [i64; 3],
    /// What the list shows.
    asked: Memo<Asked>,
    /// This operator may change folders.
    editable: bool,
    /// The open folder.
    shelf: Option<Folder>,
    /// Reads the list anew.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let account = use_account().get_untracked().id;
    let base = StoredValue::new(format!("/a/{account}/messages"));
    let way = move |shelf: Shelf, name: String, count: i64| {
        let to = move || href(&base.read_value(), &Asked { shelf, ..asked.get() });
        let current = move || (asked.with(|asked| asked.shelf) == shelf).then_some("page");
        view! {
            <li>
                <a class="saved-folder" href=to aria-current=current>
                    <bdi class="saved-folder__name">{name}</bdi>
                    <span class="saved-folder__count">{count}</span>
                </a>
            </li>
        }
    };
    let some = counts[0] > 0 || !folders.is_empty();
    let fixed = [(Shelf::All, Key::SavedAll), (Shelf::Loose, Key::SavedLoose), (Shelf::Mine, Key::SavedMine)];
    let fixed = fixed.into_iter().zip(counts).map(|((shelf, name), count)| way(shelf, i18n.t(name).to_owned(), count));
    let fixed = fixed.collect_view();
    let own = folders.into_iter().map(|folder| way(Shelf::Folder(folder.id), folder.name, folder.count)).collect_view();
    some.then(|| {
        view! {
            <nav class="saved-folders" aria-label=i18n.t(Key::SavedFolders)>
                <ul>{fixed}{own}</ul>
                {editable.then(|| view! { <Change shelf again/> })}
            </nav>
        }
    })
}

/// Adds a folder; renames or deletes the open one.
#[component]
fn Change(shelf: Option<Folder>, again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let account = use_account().get_untracked().id;
    let alive = hydrated();
    let asleep = Signal::derive(move || !alive.get());
    let (adding, renaming, deleting) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let wrong = RwSignal::new(None::<AppError>);
    let navigate = use_navigate();
    let base = format!("/a/{account}/messages");
    let go = Callback::new(move |folder: Option<String>| {
        let to = folder.map_or(base.clone(), |folder| format!("{base}?folder={folder}"));
        navigate(&to, NavigateOptions::default());
    });
    let heard = move |error: AppError| {
        session.heed(&error);
        wrong.try_set(Some(error));
    };
    let add = Callback::new(move |name: String| {
        spawn_local(async move {
            match api::add_folder(account, name).await {
                Ok(id) => {
                    adding.try_set(false);
                    go.try_run(Some(id.to_string()));
                }
                Err(error) => heard(error),
            }
        });
    });
    let open = shelf.map(|folder| {
        let id = folder.id;
        let rename = Callback::new(move |name: String| {
            spawn_local(async move {
                match api::rename_folder(account, id, name).await {
                    Ok(()) => {
                        renaming.try_set(false);
                        again.try_run(());
                    }
                    Err(error) => heard(error),
                }
            });
        });
        let delete = move |_| {
            spawn_local(async move {
                match api::remove_folder(account, id).await {
                    Ok(()) => {
                        deleting.try_set(false);
                        go.try_run(None);
                    }
                    Err(error) => heard(error),
                }
            });
        };
        let lost = i18n.fill(Key::SavedFolderDeleteMore, &[("name", &folder.name), ("count", &folder.count)]);
        view! {
            <Button kind=ButtonKind::Ghost icon=Icon::Pencil disabled=asleep on_click=move |_| renaming.set(true)>
                {i18n.t(Key::SavedFolderRename)}
            </Button>
            <Button kind=ButtonKind::Ghost icon=Icon::Trash disabled=asleep on_click=move |_| deleting.set(true)>
                {i18n.t(Key::SavedFolderDelete)}
            </Button>
            <Dialog open=renaming title=i18n.t(Key::SavedFolderRename) id="folder-rename">
                <NameForm id="folder-new-name" value=folder.name wrong done=rename/>
            </Dialog>
            <Dialog open=deleting title=i18n.t(Key::SavedFolderDelete) id="folder-delete">
                <p>{lost}</p>
                <div class="dialog__actions">
                    <Button on_click=move |_| deleting.set(false)>{i18n.t(Key::UiCancel)}</Button>
                    <Button kind=ButtonKind::Danger icon=Icon::Trash on_click=delete>{i18n.t(Key::SavedFolderDelete)}</Button>
                </div>
            </Dialog>
        }
    });
    view! {
        <div class="saved-folders__do">
            <Button kind=ButtonKind::Ghost icon=Icon::Plus disabled=asleep on_click=move |_| adding.set(true)>
                {i18n.t(Key::SavedFolderAdd)}
            </Button>
            {open}
        </div>
        <Dialog open=adding title=i18n.t(Key::SavedFolderAdd) id="folder-add">
            <NameForm id="folder-name" value=String::new() wrong done=add/>
        </Dialog>
    }
}

/// One name, checked by the server.
#[component]
fn NameForm(
    id: &'static str,
    value: String,
    wrong: RwSignal<Option<AppError>>,
    done: Callback<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let form = NodeRef::<html::Form>::new();
    let error = Signal::derive(move || wrong.with(|wrong| wrong.as_ref().map(|error| i18n.error(error))));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        let input = form.get_untracked().and_then(|form| form.query_selector("input").ok().flatten());
        if let Some(input) = input.map(wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlInputElement>) {
            done.run(input.value());
        }
    };
    view! {
        <form class="saved-name" node_ref=form on:submit=submit>
            <Field name="name" id label=i18n.t(Key::SavedFolderName) value autocomplete="off" required=true error/>
            <div class="dialog__actions">
                <Button kind=ButtonKind::Primary>{i18n.t(Key::UiSave)}</Button>
            </div>
        </form>
    }
}
