//! One saved message in the list.

use super::words;
use crate::{
    app::use_account,
    i18n::{Key, use_i18n},
    saved::{api, model::Line},
    team::view::use_session,
    ui::{Icon, IconView, Menu, Tag, Time, Toasts, Tone, hydrated},
};
use leptos::{prelude::*, task::spawn_local};

/// Name, words, kinds, where it lies, how often it was sent; edit, copy, delete.
#[component]
pub fn Row(
    /// What it is.
    line: Line,
    /// Name of its folder.
    folder: Option<String>,
    /// This operator may change it.
    editable: bool,
    /// Reads the list anew.
    again: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let account = use_account().get_untracked().id;
    let alive = hydrated();
    let id = line.id;
    let name = StoredValue::new(line.name.clone());
    // Made when it is offered, and owned by nobody: the row is gone by then.
    let bring_back = move || {
        Callback::new(move |()| {
            spawn_local(async move {
                match api::restore(account, id).await {
                    Ok(()) => {
                        again.try_run(());
                    }
                    Err(error) => toasts.error(&error),
                }
            });
        })
    };
    let remove = move |_| {
        let name = name.get_value();
        spawn_local(async move {
            match api::remove(account, id).await {
                Ok(()) => {
                    let told = i18n.fill(Key::SavedDeleted, &[("name", &name)]);
                    toasts.offer(told, i18n.t(Key::SavedUndo), bring_back());
                    again.try_run(());
                }
                Err(error) => {
                    session.heed(&error);
                    toasts.error(&error);
                }
            }
        });
    };
    let kinds = line.kinds.iter().filter(|kind| *kind != "text" || line.kinds.len() > 1).map(|name| {
        let (icon, name) = words::kind(name);
        view! { <span class="saved-row__kind" title=i18n.t(name)><IconView icon/><span class="visually-hidden">{i18n.t(name)}</span></span> }
    });
    let kinds = kinds.collect_view();
    let used = match line.used_at {
        Some(at) => view! {
            <span>{i18n.fill(Key::SavedUses, &[("count", &line.uses)])}</span>
            <span class="saved-row__last">{i18n.t(Key::SavedLast)} " " <Time at/></span>
        }
        .into_any(),
        None => view! { <span>{i18n.t(Key::SavedNeverUsed)}</span> }.into_any(),
    };
    let changed = line.changed_by.map(|name| i18n.fill(Key::SavedChangedBy, &[("name", &name)]));
    view! {
        <li class="saved-row">
            <div class="saved-row__main">
                <a class="saved-row__name" href=format!("/a/{account}/messages/{id}") title=changed>
                    <bdi>{line.name}</bdi>
                </a>
                <span class="saved-row__marks">
                    {(!line.shortcut.is_empty()).then(|| view! { <code class="saved-row__short">"/"{line.shortcut}</code> })}
                    {line.mine.then(|| view! { <Tag tone=Tone::Note>{i18n.t(Key::SavedMine)}</Tag> })}
                    {folder.map(|name| view! { <Tag>{name}</Tag> })}
                    {kinds}
                </span>
                <p class="saved-row__words" dir="auto">{line.words}</p>
            </div>
            <p class="saved-row__used">{used}</p>
            <div class="saved-row__menu menu-end">
                <Menu label=i18n.fill(Key::SavedDo, &[("name", &name.get_value())]) button=|| view! { <IconView icon=Icon::More/> }>
                    <a class="menu__item" href=format!("/a/{account}/messages/{id}")>
                        <IconView icon=Icon::Pencil/>
                        {i18n.t(if editable { Key::SavedEdit } else { Key::SavedLook })}
                    </a>
                    <a class="menu__item" href=format!("/a/{account}/messages/new?from={id}")>
                        <IconView icon=Icon::Copy/>
                        {i18n.t(Key::SavedCopy)}
                    </a>
                    {editable
                        .then(|| {
                            view! {
                                <button type="button" class="menu__item" disabled=move || !alive.get() on:click=remove>
                                    <IconView icon=Icon::Trash/>
                                    {i18n.t(Key::SavedDelete)}
                                </button>
                            }
                        })}
                </Menu>
            </div>
        </li>
    }
}
