//! The HTML document around the console.

use super::{SiteUrls, not_found::PageStatus};
use crate::{
    i18n::{page_texts, use_i18n},
    ui::Theme,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
use std::sync::Arc;

/// The document around [`super::App`]. Language, theme and addresses come from the contexts `I18n`,
/// `Theme` and `SiteUrls`, which the server gives for every request.
pub fn shell() -> impl IntoView {
    let i18n = use_i18n();
    if let Some(response) = use_context::<ResponseOptions>() {
        provide_context(PageStatus(Arc::new(move |status| {
            if let Ok(status) = http::StatusCode::from_u16(status) {
                response.set_status(status);
            }
        })));
    }
    let theme = use_context::<Theme>().unwrap_or_default();
    let urls = use_context::<SiteUrls>().unwrap_or_default();
    let (css, icons) = (urls.css.clone(), urls.icons.clone());
    view! {
        <!DOCTYPE html>
        <html lang=i18n.lang.tag() data-theme=theme.name().unwrap_or("system") data-icons=icons>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="robots" content="noindex"/>
                <link rel="stylesheet" href=css/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <script type="application/json" id="texts" inner_html=page_texts(i18n)></script>
                {(!urls.js.is_empty()).then(|| view! { <Hydration urls/> })}
                <MetaTags/>
            </head>
            <body>
                <super::App/>
            </body>
        </html>
    }
}

/// Starts the browser side. The files are asked for at once, the page is not held up by them.
#[component]
pub fn Hydration(
    /// Where the built files are.
    urls: SiteUrls,
) -> impl IntoView {
    let nonce = use_nonce();
    // Addresses are ours and hashed, yet they are written as JSON: nothing in them can end the script.
    let quoted = |url: &str| serde_json::to_string(url).unwrap_or_default().replace('<', "\\u003c");
    let script = format!(
        "import init,{{hydrate}} from {};init({{module_or_path:{}}}).then(hydrate)",
        quoted(&urls.js),
        quoted(&urls.wasm)
    );
    // Fetched when the browser has nothing else to do, so that going to another page needs no waiting.
    let later = urls.later.into_iter().map(|href| view! { <link rel="prefetch" href=href crossorigin="anonymous"/> });
    let later = later.collect_view();
    view! {
        <link rel="modulepreload" href=urls.js nonce=nonce.clone()/>
        <link rel="preload" href=urls.wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce inner_html=script></script>
        {later}
    }
}
