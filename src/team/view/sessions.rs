//! Where the operator is logged in, and logging out.

use crate::{
    i18n::{Key, use_i18n},
    team::{
        api::{LogOut, list_sessions},
        model::SessionRow,
    },
    ui::{Button, ButtonKind, Icon, Skeleton, Tag, Time, Tone},
};
use leptos::{form::ActionForm, prelude::*};

/// A browser's description of itself, made short: "Firefox · Linux". Other text is shown as it is,
/// cut at 60 characters.
fn agent_words(agent: &str) -> String {
    // Order matters: every browser claims to be those that come later.
    let find =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => agent.chars().take(60).collect(),
    }
}

/// The list of sessions, and the two ways out.
#[component]
pub fn Sessions() -> impl IntoView {
    let i18n = use_i18n();
    let here = ServerAction::<LogOut>::new();
    let everywhere = ServerAction::<LogOut>::new();
    let rows = Resource::new(|| (), |()| list_sessions());
    view! {
        <Suspense fallback=|| view! { <Skeleton lines=2/> }>
            {move || Suspend::new(async move {
                match rows.await {
                    Ok(rows) => {
                        view! {
                            <ul class="rows">{rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</ul>
                        }
                            .into_any()
                    }
                    Err(error) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
                }
            })}
        </Suspense>
        <div class="actions">
            <ActionForm action=here>
                <Button icon=Icon::Logout>{i18n.t(Key::TeamLogOutHere)}</Button>
            </ActionForm>
            <ActionForm action=everywhere>
                <input type="hidden" name="everywhere" value="true"/>
                <Button kind=ButtonKind::Danger>{i18n.t(Key::TeamLogOutEverywhere)}</Button>
            </ActionForm>
        </div>
    }
}

#[component]
fn Row(row: SessionRow) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li class="row">
            <span class="row__words">
                <span class="row__name" title=row.agent.clone()>{agent_words(&row.agent)}</span>
                <span class="row__more">{i18n.t(Key::TeamSeen)} " " <Time at=row.seen_at/></span>
            </span>
            {row.current.then(|| view! { <Tag tone=Tone::Moss>{i18n.t(Key::TeamThisBrowser)}</Tag> })}
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::agent_words;

    #[test]
    fn browsers_are_named() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
        assert_eq!(agent_words(chrome), "Chrome · Linux");
        assert_eq!(agent_words("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/604.1"), "Safari · iPhone");
        assert_eq!(agent_words("curl/8"), "curl/8");
    }
}
