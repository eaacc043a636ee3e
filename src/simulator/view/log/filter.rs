//! What to show of the log. It stands in the address, so that what one looks at can be kept and handed on.

use crate::{
    i18n::{Key, use_i18n},
    simulator::model::LogQuery,
};
use leptos::{ev, html, prelude::*};
use leptos_router::{NavigateOptions, components::A, hooks::use_navigate, params::ParamsMap};

/// What an address asks for.
pub fn query(map: &ParamsMap) -> LogQuery {
    let text = |name: &str| map.get(name).unwrap_or_default();
    LogQuery {
        channel: text("channel"),
        direction: text("direction"),
        status: text("status"),
        path: text("path"),
        text: text("text"),
        before: text("before").parse().unwrap_or_default(),
    }
}

/// Percent signs for everything that could mean something in an address.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

/// `path` with what is asked for.
pub fn address(path: &str, query: &LogQuery) -> String {
    let before = if query.before > 0 { query.before.to_string() } else { String::new() };
    let parts = [
        ("channel", query.channel.as_str()),
        ("direction", &query.direction),
        ("status", &query.status),
        ("path", &query.path),
        ("text", &query.text),
        ("before", &before),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

/// A choice. The attribute is for the server's page; once somebody has chosen, only the property counts.
fn option(value: String, words: String, chosen: Signal<bool>) -> impl IntoView {
    view! {
        <option value=value selected=move || chosen.get() prop:selected=move || chosen.get()>
            {words}
        </option>
    }
}

/// The form; without the browser side it is sent as it is.
#[component]
pub fn Filter(
    /// What is shown now.
    wanted: Memo<LogQuery>,
    /// Ids and names of the channels.
    channels: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let navigate = use_navigate();
    let node = NodeRef::<html::Form>::new();
    let go = move || {
        let Some(form) = node.get_untracked() else { return };
        let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
        let text = |name: &str| data.get(name).as_string().unwrap_or_default();
        let wish = LogQuery {
            channel: text("channel"),
            direction: text("direction"),
            status: text("status"),
            path: text("path"),
            text: text("text"),
            before: 0,
        };
        navigate(&address("/log", &wish), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    };
    let changed = {
        let go = go.clone();
        move |_: ev::Event| go()
    };
    let sent = move |event: ev::SubmitEvent| {
        event.prevent_default();
        go();
    };
    let choice = |id: &'static str,
                  name: &'static str,
                  label: Key,
                  options: Vec<(&'static str, String)>,
                  now: fn(&LogQuery) -> String| {
        let options = options.into_iter().map(|(value, words)| {
            let chosen = Signal::derive(move || wanted.with(|wanted| now(wanted) == value));
            option(value.to_owned(), words, chosen)
        });
        view! {
            <div class="wire__field">
                <label for=id>{i18n.t(label)}</label>
                <select id=id name=name>{options.collect_view()}</select>
            </div>
        }
    };
    let words = |key: Key| i18n.t(key).to_owned();
    let directions =
        vec![("", words(Key::SimLogAll)), ("call", words(Key::SimLogCalls)), ("webhook", words(Key::SimLogHooks))];
    let statuses = vec![
        ("", words(Key::SimLogAll)),
        ("bad", words(Key::SimLogBad)),
        ("2xx", "2xx".to_owned()),
        ("4xx", "4xx".to_owned()),
        ("429", "429".to_owned()),
        ("5xx", "5xx".to_owned()),
        ("none", words(Key::SimLogNone)),
    ];
    view! {
        <form
            class="sim-form sim-card wire__filter"
            method="get"
            action="/log"
            aria-label=i18n.t(Key::SimLogFilter)
            node_ref=node
            on:submit=sent
            on:change=changed
        >
            <div class="wire__field">
                <label for="log-channel">{i18n.t(Key::SimLogChannel)}</label>
                <select id="log-channel" name="channel">
                    <option value="">{i18n.t(Key::SimLogAll)}</option>
                    <For each=move || channels.get() key=|(id, _)| id.clone() let((id, name))>
                        {
                            let value = id.clone();
                            let chosen = Signal::derive(move || wanted.with(|wanted| wanted.channel == value));
                            let words = format!("{name} · {id}");
                            option(id, words, chosen)
                        }
                    </For>
                </select>
            </div>
            {choice("log-direction", "direction", Key::SimLogDirection, directions, |wanted| wanted.direction.clone())}
            {choice("log-status", "status", Key::SimLogStatus, statuses, |wanted| wanted.status.clone())}
            <div class="wire__field">
                <label for="log-path">{i18n.t(Key::SimLogPath)}</label>
                <input id="log-path" name="path" autocomplete="off" prop:value=move || wanted.get().path/>
            </div>
            <div class="wire__field">
                <label for="log-text">{i18n.t(Key::SimLogText)}</label>
                <input id="log-text" name="text" type="search" autocomplete="off" prop:value=move || wanted.get().text/>
            </div>
            <div class="wire__field wire__field--buttons">
                <button type="submit" class="sim-button sim-button--main">{i18n.t(Key::SimLogShow)}</button>
                <A href="/log" attr:class="sim-button">{i18n.t(Key::SimLogReset)}</A>
            </div>
        </form>
    }
}
