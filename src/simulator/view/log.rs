//! What went over the wire: the list, what to show of it, and each entry.

mod entry;
mod filter;

pub use entry::EntryPage;

use super::deed::{Deeds, Trouble};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{LogLine, LogQuery},
    },
    ui::{Time, TimeStyle, hydrated},
};
use filter::{Filter, address, query};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_query_map};

/// The page.
#[component]
pub fn LogPage() -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let deeds = Deeds::live(Signal::stored("log".to_owned()));
    let map = use_query_map();
    let wanted = Memo::new(move |_| map.with(query));
    let page = Resource::new(move || (deeds.version(), wanted.get()), |(_, wanted)| api::log(wanted));
    let look = move || page.get().and_then(Result::ok).unwrap_or_default();
    let empty = move || {
        page.get().and_then(Result::ok).filter(|page| page.lines.is_empty()).map(|page| {
            let words = if page.kept == 0 { Key::SimLogEmpty } else { Key::SimLogNothing };
            view! { <p class="sim-card">{i18n.t(words)}</p> }
        })
    };
    let older = move || {
        let page = look();
        let last = page.lines.last().filter(|_| page.more).map(|line| line.id)?;
        let href = address("/log", &LogQuery { before: last, ..wanted.get() });
        Some(view! { <A href=href attr:class="sim-button">{i18n.t(Key::SimLogOlder)}</A> })
    };
    let newest = move || {
        let href = address("/log", &LogQuery { before: 0, ..wanted.get() });
        (wanted.get().before > 0)
            .then(|| view! { <A href=href attr:class="sim-button">{i18n.t(Key::SimLogNewest)}</A> })
    };
    view! {
        <div class="sim__page sim__page--wide">
            <div class="wire__head">
                <h1>{i18n.t(Key::SimLog)}</h1>
                <A href="/webhooks" attr:class="sim-button">{i18n.t(Key::SimHooks)}</A>
                <button
                    type="button"
                    class="sim-button"
                    disabled=move || !alive.get()
                    on:click=move |_| deeds.run(api::clear_log(), |()| ())
                >
                    {i18n.t(Key::SimLogClear)}
                </button>
            </div>
            <p>{i18n.t(Key::SimLogMore)}</p>
            <Trouble deeds/>
            <Transition>
                <Filter wanted channels=Signal::derive(move || look().channels)/>
            </Transition>
            <Transition>
                {empty}
                <ul class="wire__list">
                    <For each=move || look().lines key=|line| line.id let:line>
                        <Line line wanted/>
                    </For>
                </ul>
                <div class="wire__pages">{newest}{older}</div>
            </Transition>
        </div>
    }
}

/// The colour of an answer, which is never all that tells it: the number stands there too.
fn tone(line: &LogLine) -> &'static str {
    match line.status {
        200..300 => "wire__status",
        0 | 500.. => "wire__status wire__status--bad",
        _ => "wire__status wire__status--odd",
    }
}

/// The status in a word.
fn status(line: &LogLine) -> String {
    if line.status == 0 { "—".into() } else { line.status.to_string() }
}

/// One line: a card on a phone.
#[component]
fn Line(line: LogLine, wanted: Memo<LogQuery>) -> impl IntoView {
    let i18n = use_i18n();
    let id = line.id;
    let kind = i18n.t(if line.webhook { Key::SimWebhook } else { Key::SimCall });
    let way = if line.webhook { "wire__way wire__way--out" } else { "wire__way" };
    let none = (line.status == 0).then(|| i18n.t(Key::SimLogNone));
    view! {
        <li>
            <A href=move || address(&format!("/log/{id}"), &wanted.get()) attr:class="wire__line">
                <span class="wire__time"><Time at=line.time style=TimeStyle::Clock/></span>
                <span class=way>{kind}</span>
                <span class="wire__what">
                    <span class="wire__target">{line.method.clone()} " " {line.target.clone()}</span>
                    <span class="wire__digest">{line.digest.clone()}</span>
                </span>
                <span class="wire__name">{line.name.clone()}</span>
                <span class=tone(&line)>{status(&line)}<span class="visually-hidden">{none}</span></span>
                <span class="wire__took">{line.took()}</span>
            </A>
        </li>
    }
}
