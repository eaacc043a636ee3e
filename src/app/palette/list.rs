//! The field of the palette and the list below it. The focus stays in the field; what is chosen is told by
//! `aria-activedescendant`.

use super::entry::{Entry, Group};
use crate::{
    browser::keys,
    i18n::{Key, use_i18n},
    ui::{Icon, IconView},
};
use leptos::{ev, prelude::*};

/// Field and list; `choose` is told what was chosen.
#[component]
pub fn Choices(
    /// What was typed.
    typed: RwSignal<String>,
    /// What there is to choose.
    groups: Memo<Vec<(Group, Vec<Entry>)>>,
    /// Takes the choice.
    choose: Callback<Entry>,
) -> impl IntoView {
    let i18n = use_i18n();
    // Which of them, counted over all groups. None: the first, however the list changes.
    let at = RwSignal::new(None::<usize>);
    let count = move || groups.with(|groups| groups.iter().map(|(_, of)| of.len()).sum::<usize>());
    let active = move || at.get().unwrap_or_default().min(count().saturating_sub(1));
    Effect::new(move |_| {
        typed.track();
        at.set(None);
    });
    let step = move |to: usize| {
        at.set(Some(to));
        if let Some(row) = keys::shown(&option_id(to)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            row.scroll_into_view_with_scroll_into_view_options(&options);
        }
    };
    let pick = move |at: usize| {
        let entry = groups.with_untracked(|groups| groups.iter().flat_map(|(_, of)| of).nth(at).cloned());
        if let Some(entry) = entry {
            choose.run(entry);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if keys::is_composing(&event) {
            return;
        }
        let (now, count) = (untrack(active), untrack(count));
        match event.key().as_str() {
            "Enter" => pick(now),
            _ if count == 0 => return,
            "ArrowDown" => step((now + 1) % count),
            "ArrowUp" => step((now + count - 1) % count),
            "PageDown" => step((now + 8).min(count - 1)),
            "PageUp" => step(now.saturating_sub(8)),
            "Home" if event.ctrl_key() => step(0),
            "End" if event.ctrl_key() => step(count - 1),
            _ => return,
        }
        event.prevent_default();
    };
    let rows = move || {
        let mut number = 0;
        let group = |(group, entries): (Group, Vec<Entry>)| {
            let name = i18n.t(group.name());
            let rows = entries.into_iter().map(|entry| {
                let mine = number;
                number += 1;
                view! {
                    <div
                        role="option"
                        class="palette__row"
                        id=option_id(mine)
                        aria-selected=move || (active() == mine).to_string()
                        on:pointermove=move |_| {
                            if untrack(active) != mine {
                                at.set(Some(mine));
                            }
                        }
                        on:click=move |_| pick(mine)
                    >
                        <IconView icon=entry.icon/>
                        <span class="palette__title" dir="auto">{entry.title}</span>
                        <span class="palette__hint" dir="auto">{entry.hint}</span>
                    </div>
                }
            });
            let rows = rows.collect_view();
            view! {
                <div role="group" aria-label=name>
                    <div class="palette__group" aria-hidden="true">{name}</div>
                    {rows}
                </div>
            }
        };
        groups.get().into_iter().map(group).collect_view()
    };
    let told = move || {
        let (count, typed) = (count(), !typed.with(String::is_empty));
        typed.then(|| match count {
            0 => i18n.t(Key::PaletteNone).to_owned(),
            count => i18n.fill(Key::PaletteCount, &[("count", &count)]),
        })
    };
    view! {
        <div class="palette__field">
            <IconView icon=Icon::Search/>
            <input
                id="palette-field"
                class="palette__input"
                type="text"
                role="combobox"
                aria-label=i18n.t(Key::PaletteTitle)
                aria-expanded=move || (count() > 0).to_string()
                aria-controls="palette-list"
                aria-autocomplete="list"
                aria-activedescendant=move || (count() > 0).then(|| option_id(active()))
                placeholder=i18n.t(Key::PaletteHint)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="go"
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=on_key
            />
        </div>
        <div id="palette-list" class="palette__list" role="listbox" aria-label=i18n.t(Key::PaletteTitle) hidden=move || count() == 0>
            {rows}
        </div>
        <p class="palette__told" class:palette__told--none=move || count() == 0 role="status">{told}</p>
    }
}

fn option_id(at: usize) -> String {
    format!("palette-{at}")
}
