//! What went over the wire.

use super::deed::Deeds;
use crate::{
    i18n::{Key, use_i18n},
    simulator::api,
    ui::{Time, TimeStyle},
};
use leptos::prelude::*;

/// The page.
#[component]
pub fn LogPage() -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(Signal::stored("log".to_owned()));
    let log = Resource::new(move || deeds.version(), |_| api::log());
    let rows = move || {
        let log = log.get()?.ok()?;
        if log.is_empty() {
            return Some(view! { <p>{i18n.t(Key::SimLogEmpty)}</p> }.into_any());
        }
        let rows = log.into_iter().map(|entry| {
            let kind = i18n.t(if entry.webhook { Key::SimWebhook } else { Key::SimCall });
            let good = (200..300).contains(&entry.status);
            view! {
                <li>
                    <details class="sim-log">
                        <summary>
                            <Time at=entry.time style=TimeStyle::Clock/>
                            <span>{kind}</span>
                            <span class="sim-log__target">{entry.target}</span>
                            <span class="sim-log__status" class:sim-log__status--bad=!good>{entry.status}</span>
                            <span>{entry.millis}" ms"</span>
                        </summary>
                        <pre tabindex="0">{entry.request}</pre>
                        <pre tabindex="0">{entry.answer}</pre>
                    </details>
                </li>
            }
        });
        Some(view! { <ul class="sim-log__list">{rows.collect_view()}</ul> }.into_any())
    };
    view! {
        <div class="sim__page">
            <h1>{i18n.t(Key::SimLog)}</h1>
            <p>{i18n.t(Key::SimLogMore)}</p>
            <Transition>{rows}</Transition>
        </div>
    }
}
