//! One request and its answer, whole.

use super::{
    super::{
        copy::CopyText,
        deed::{Deeds, Trouble},
    },
    filter::{address, query},
    status, tone,
};
use crate::{
    i18n::{I18n, Key, use_i18n},
    simulator::{
        api,
        model::{LogDetail, LogPart},
    },
    ui::{Time, TimeStyle, hydrated},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::A,
    hooks::{use_navigate, use_params_map, use_query_map},
};

/// The page.
#[component]
pub fn EntryPage() -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(Signal::stored("entry".to_owned()));
    let params = use_params_map();
    let map = use_query_map();
    let id =
        Memo::new(move |_| params.with(|params| params.get("id")).and_then(|id| id.parse::<u64>().ok()).unwrap_or(0));
    let entry = Resource::new(move || id.get(), api::log_entry);
    let list = move || address("/log", &map.with(query));
    view! {
        <div class="sim__page sim__page--wide">
            <p><A href=list>"← " {i18n.t(Key::SimLogBack)}</A></p>
            <Trouble deeds/>
            <Transition>
                {move || entry.get().map(|entry| match entry {
                    Ok(entry) => view! { <Entry entry deeds/> }.into_any(),
                    Err(_) => view! { <p class="sim-card">{i18n.t(Key::SimLogGone)}</p> }.into_any(),
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Entry(entry: LogDetail, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let map = use_query_map();
    let line = entry.line.clone();
    let beside = move |id: Option<u64>, words: Key| {
        id.map(|id| {
            let href = move || address(&format!("/log/{id}"), &map.with(query));
            view! { <A href=href attr:class="sim-button">{i18n.t(words)}</A> }
        })
    };
    let fact =
        |name: Key, value: String| (!value.is_empty()).then(|| view! { <dt>{i18n.t(name)}</dt><dd>{value}</dd> });
    let account =
        if line.name.is_empty() { line.channel.clone() } else { format!("{} · {}", line.name, line.channel) };
    view! {
        <div class="wire__head">
            <h1 class="wire__title">{line.method.clone()} " " {line.target.clone()}</h1>
            {beside(entry.older, Key::SimLogOlder)}
            {beside(entry.newer, Key::SimLogNewer)}
        </div>
        <p class="wire__sum">
            <span class=tone(&line)>{status(&line)}</span>
            <span>{i18n.t(if line.webhook { Key::SimWebhook } else { Key::SimCall })}</span>
            <span><Time at=line.time style=TimeStyle::Full/></span>
            <span>{line.took()}</span>
        </p>
        <dl class="sim-card__facts sim-card">
            {fact(Key::SimLogChannel, account)}
            {fact(Key::SimLogRequestId, entry.request_id.clone())}
            {fact(Key::SimLogNote, entry.note.clone())}
        </dl>
        {side(i18n, Key::SimLogRequest, "request", entry.request.clone())}
        {if line.status == 0 && entry.answer.size == 0 && entry.answer.headers.is_empty() {
            view! { <p class="sim-card">{i18n.t(Key::SimLogNone)}</p> }.into_any()
        } else {
            side(i18n, Key::SimLogAnswer, "answer", entry.answer.clone()).into_any()
        }}
        <Again entry=entry.clone() deeds/>
        <section class="sim-card" aria-labelledby="curl">
            <h2 id="curl">{i18n.t(Key::SimLogCurl)}</h2>
            {(!line.webhook).then(|| view! { <p class="wire__hint">{i18n.t(Key::SimLogTokenMore)}</p> })}
            <pre class="wire__body" tabindex="0" aria-labelledby="curl">{entry.curl.clone()}</pre>
            <CopyText text=entry.curl.clone() words=i18n.t(Key::UiCopy)/>
        </section>
    }
}

/// A request or an answer.
fn side(i18n: I18n, title: Key, id: &'static str, part: LogPart) -> impl IntoView {
    let headers = part.headers.iter().map(|(name, value)| {
        view! { <dt>{name.clone()}</dt><dd>{value.clone()}</dd> }
    });
    let count = part.headers.len();
    let body = match (part.body.is_empty(), part.size) {
        (true, 0) => view! { <p class="wire__hint">{i18n.t(Key::SimLogNoBody)}</p> }.into_any(),
        (true, size) => {
            view! { <p class="wire__hint">{i18n.fill(Key::SimLogNotText, &[("size", &size)])}</p> }.into_any()
        }
        _ => view! {
            <pre class="wire__body" tabindex="0" aria-labelledby=id>{part.body.clone()}</pre>
            <CopyText text=part.body.clone() words=i18n.t(Key::SimLogCopyBody)/>
        }
        .into_any(),
    };
    let cut = (part.kept > 0 && part.kept < part.size)
        .then(|| i18n.fill(Key::SimLogCut, &[("kept", &part.kept), ("size", &part.size)]));
    view! {
        <section class="sim-card" aria-labelledby=id>
            <h2 id=id>{i18n.t(title)}</h2>
            {(count > 0).then(|| view! {
                <details class="wire__headers">
                    <summary>{i18n.t(Key::SimLogHeaders)} " (" {count} ")"</summary>
                    <dl class="sim-card__facts">{headers.collect_view()}</dl>
                </details>
            })}
            {cut.map(|cut| view! { <p class="wire__cut">{cut}</p> })}
            {body}
        </section>
    }
}

/// The buttons that send a webhook again, or why there are none.
#[component]
fn Again(entry: LogDetail, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let navigate = use_navigate();
    let id = entry.line.id;
    if !entry.line.webhook {
        return view! { <p class="wire__hint">{i18n.t(Key::SimLogCallMore)}</p> }.into_any();
    }
    if !entry.again {
        return ().into_any();
    }
    let button = move |redelivery: bool, words: Key, more: Key, id_of: &'static str| {
        let navigate = navigate.clone();
        let send = move |_| {
            let navigate = navigate.clone();
            deeds.run(api::send_again(id, redelivery), move |new| {
                navigate(&format!("/log/{new}"), NavigateOptions::default());
            });
        };
        view! {
            <div class="wire__again">
                <button type="button" class="sim-button" aria-describedby=id_of disabled=move || !alive.get() on:click=send>
                    {i18n.t(words)}
                </button>
                <p id=id_of class="wire__hint">{i18n.t(more)}</p>
            </div>
        }
    };
    view! {
        <section class="sim-card" aria-labelledby="again">
            <h2 id="again">{i18n.t(Key::SimLogAgain)}</h2>
            {button.clone()(false, Key::SimLogAgain, Key::SimLogAgainMore, "again-exact")}
            {button(true, Key::SimLogRedeliver, Key::SimLogRedeliverMore, "again-new")}
        </section>
    }
    .into_any()
}
