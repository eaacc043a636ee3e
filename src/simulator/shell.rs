//! The document around the phones, written by the server.

use super::view::SimulatorApp;
use crate::{
    i18n::{I18n, Key, page_texts},
    server::assets,
    ui::Sprite,
};
use leptos::prelude::*;

/// The whole page in this language.
pub fn shell(i18n: I18n) -> impl IntoView {
    let site = assets::site();
    provide_context(Sprite(site.icons.clone()));
    // Without a built browser side the pages still show; only nothing happens when one presses.
    let start = site.built.then(|| {
        let (js, wasm) = (&site.js, &site.wasm);
        let script = format!(
            "import init, {{ hydrate }} from \"{js}\"; await init({{ module_or_path: \"{wasm}\" }}); hydrate();"
        );
        view! { <script type="module" inner_html=script></script> }
    });
    let later = site.part("phones").into_iter().map(|href| {
        view! { <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> }
    });
    let later = later.collect_view();
    view! {
        <!DOCTYPE html>
        <html lang=i18n.lang.tag() data-app="simulator" data-icons=site.icons.clone()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1e2220"/>
                <meta name="mobile-web-app-capable" content="yes"/>
                <link rel="manifest" href="/phones.webmanifest"/>
                // As HTML: after a text Leptos writes a comment, which a title would show.
                <title inner_html=i18n.t(Key::SimTitle)></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=site.css.clone()/>
                <script type="application/json" id="texts" inner_html=page_texts(i18n)></script>
                {later}
                {start}
            </head>
            <body>
                <SimulatorApp/>
            </body>
        </html>
    }
}
