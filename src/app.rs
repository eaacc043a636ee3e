//! The document shell, the router and the frame around every page.

mod current;
mod frame;
mod lazy;
mod not_found;
mod palette;
mod rail;
#[cfg(feature = "ssr")]
mod shell;
mod switcher;

#[cfg(feature = "ssr")]
pub use shell::{Hydration, shell};

use crate::{
    browser,
    chat::view::ChatPage,
    i18n::{I18n, Lang},
    team::view::LoginPage,
    ui::{Clock, Sprite, ToastHost, Toasts},
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

pub use current::{CurrentAccount, use_account};
pub use frame::Visitor;
pub use palette::{Action, Commands, Run};

/// Addresses of the built files, with their hashes; the server gives them as context.
#[derive(Clone, Debug, Default)]
pub struct SiteUrls {
    /// The script that starts the browser side.
    pub js: String,
    /// The browser side.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The sprite of icons.
    pub icons: String,
    /// What pages that are visited later need ([`lazy`]).
    pub later: Vec<String>,
}

/// What the server gives as context, the browser reads from the page itself.
fn provide_page() {
    if use_context::<I18n>().is_none() {
        let lang = browser::document_attribute("lang").and_then(|tag| Lang::from_tag(&tag)).unwrap_or_default();
        provide_context(I18n { lang });
    }
    let icons = use_context::<SiteUrls>().map(|urls| urls.icons);
    provide_context(Sprite(icons.or_else(|| browser::document_attribute("data-icons")).unwrap_or_default()));
    provide_context(Toasts::default());
    Clock::provide();
}

/// The console.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_page();
    view! {
        <Router>
            <Routes fallback=not_found::NotFoundPage>
                <Route path=path!("/login") view=LoginPage/>
                <Route path=path!("/login/code") view={Lazy::<lazy::Code>::new()}/>
                <Route path=path!("/join") view={Lazy::<lazy::Join>::new()}/>
                <Route path=path!("/setup") view={Lazy::<lazy::Setup>::new()}/>
                <ParentRoute path=path!("") view=frame::Frame>
                    <Route path=path!("/") view=current::Home/>
                    <Route path=path!("/connect") view={Lazy::<lazy::Connect>::new()}/>
                    <Route path=path!("/settings/me") view={Lazy::<lazy::Me>::new()}/>
                    <Route path=path!("/settings/team") view={Lazy::<lazy::Team>::new()}/>
                    <Route path=path!("/settings/audit") view={Lazy::<lazy::Audit>::new()}/>
                    <ParentRoute path=path!("/a/:account") view=current::AccountFrame>
                        <Route path=path!("") view=current::Home/>
                        // One page for all of them: it reads the address itself and stays when rooms change. Sent whole,
                        // so that a browser without scripts can read the list and the room.
                        <ParentRoute path=path!("/chats") view=ChatPage>
                            <Route path=path!("") view=|| () ssr=SsrMode::Async/>
                            <Route path=path!("/:filter") view=|| () ssr=SsrMode::Async/>
                            <Route path=path!("/:filter/:room") view=|| () ssr=SsrMode::Async/>
                        </ParentRoute>
                        <Route path=path!("/messages") view={Lazy::<lazy::Saved>::new()}/>
                        <Route path=path!("/messages/new") view={Lazy::<lazy::SavedEditor>::new()}/>
                        <Route path=path!("/messages/:saved") view={Lazy::<lazy::SavedEditor>::new()}/>
                        <Route path=path!("/settings") view={Lazy::<lazy::Account>::new()}/>
                        <Route path=path!("/settings/chat") view={Lazy::<lazy::ChatSettings>::new()}/>
                        <Route path=path!("/mentions") view={Lazy::<lazy::Mentions>::new()}/>
                        <Route path=path!("/deleted") view={Lazy::<lazy::Deleted>::new()}/>
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastHost/>
    }
}
