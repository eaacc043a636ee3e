//! The history as a file: which days of it.

use crate::{
    i18n::{Key, use_i18n},
    id::AccountId,
    ui::{Icon, IconView},
};
use leptos::prelude::*;

/// First and last day, and the button. A plain form: it works before the page is alive, with times in UTC.
#[component]
pub fn DownloadForm(
    /// Address of the file.
    path: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = path.replace(['/', '.'], "-");
    let (from_id, to_id) = (format!("from{id}"), format!("to{id}"));
    let zone = RwSignal::new(0);
    Effect::new(move |_| {
        let offset = js_sys::Date::new_0().get_timezone_offset();
        #[expect(clippy::cast_possible_truncation, reason = "minutes of a zone")]
        zone.set(-(offset as i64));
    });
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    view! {
        <form class="download" method="get" action=path>
            <input type="hidden" name="zone" value=move || zone.get().to_string()/>
            <div class="download__days">
                <div class="field">
                    <label class="field__label" for=from_id.clone()>{i18n.t(Key::ChatHistoryFrom)}</label>
                    <input
                        class="field__input"
                        id=from_id
                        name="from"
                        type="date"
                        max=move || to.get()
                        on:input=move |event| from.set(event_target_value(&event))
                    />
                </div>
                <div class="field">
                    <label class="field__label" for=to_id.clone()>{i18n.t(Key::ChatHistoryTo)}</label>
                    <input
                        class="field__input"
                        id=to_id
                        name="to"
                        type="date"
                        min=move || from.get()
                        on:input=move |event| to.set(event_target_value(&event))
                    />
                </div>
            </div>
            <p class="field__hint">{i18n.t(Key::ChatHistoryDays)}</p>
            <div class="dialog__actions">
                <button type="submit" class="button button--primary">
                    <IconView icon=Icon::Download/>
                    <span class="button__words">{i18n.t(Key::ChatHistory)}</span>
                </button>
            </div>
        </form>
    }
}

/// The history of all rooms, as a section of the account's settings.
#[component]
pub fn DownloadAll(
    /// Account.
    id: AccountId,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="section">
            <h2>{i18n.t(Key::ChatHistoryAll)}</h2>
            <p>{i18n.t(Key::ChatHistoryAllAbout)}</p>
            <DownloadForm path=format!("/a/{id}/history.csv")/>
        </section>
    }
}
