//! Saved messages to a file and from one.

use crate::{
    browser::file,
    error::AppError,
    i18n::{Key, use_i18n},
    id::AccountId,
    saved::api,
    team::view::use_session,
    ui::{Button, ButtonKind, Dialog, Icon, IconView, Menu, Toasts, hydrated},
};
use leptos::{html, prelude::*, task::spawn_local};

/// The menu beside the title.
#[component]
pub fn Exchange(
    /// Whose messages.
    account: AccountId,
    /// Reads the list anew.
    again: Callback<()>,
    /// This operator may add some.
    editable: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let open = RwSignal::new(false);
    let wrong = RwSignal::new(None::<AppError>);
    let chosen = NodeRef::<html::Input>::new();
    let download = move |_| {
        spawn_local(async move {
            match api::export(account).await {
                Ok(text) => file::save("saved-messages.json", &text),
                Err(error) => {
                    session.heed(&error);
                    toasts.error(&error);
                }
            }
        });
    };
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        wrong.set(None);
        let given = chosen.get_untracked().and_then(|input| input.files()?.get(0));
        let Some(given) = given else { return };
        spawn_local(async move {
            let text = file::read(&given).await.unwrap_or_default();
            match api::import(account, text).await {
                Ok(count) => {
                    open.try_set(false);
                    toasts.show(i18n.fill(Key::SavedImported, &[("count", &count)]));
                    again.try_run(());
                }
                Err(error) => {
                    session.heed(&error);
                    wrong.try_set(Some(error));
                }
            }
        });
    };
    let error = move || wrong.with(|wrong| wrong.as_ref().map(|error| i18n.error(error)));
    view! {
        <div class="menu-end">
            <Menu label=i18n.t(Key::UiMore) button=|| view! { <IconView icon=Icon::More/> }>
                <button type="button" class="menu__item" disabled=move || !alive.get() on:click=download>
                    <IconView icon=Icon::Download/>
                    {i18n.t(Key::SavedExport)}
                </button>
                <button
                    type="button"
                    class="menu__item"
                    disabled=move || !alive.get() || !editable
                    on:click=move |_| open.set(true)
                >
                    <IconView icon=Icon::Plus/>
                    {i18n.t(Key::SavedImport)}
                </button>
            </Menu>
        </div>
        <Dialog open title=i18n.t(Key::SavedImport) id="saved-import">
            <form class="saved-name" on:submit=add>
                <div class="field">
                    <label class="field__label" for="saved-file">{i18n.t(Key::SavedImport)}</label>
                    <input
                        class="field__input"
                        type="file"
                        id="saved-file"
                        accept=".json,.csv,.tsv,.txt"
                        required
                        aria-describedby="saved-file-hint saved-file-error"
                        node_ref=chosen
                    />
                    <p class="field__hint" id="saved-file-hint">{i18n.t(Key::SavedImportMore)}</p>
                    <p class="field__error" id="saved-file-error" aria-live="polite">{error}</p>
                </div>
                <div class="dialog__actions">
                    <Button kind=ButtonKind::Primary>{i18n.t(Key::SavedImport)}</Button>
                </div>
            </form>
        </Dialog>
    }
}
