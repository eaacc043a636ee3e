//! Pages that are fetched when they are first visited. `cargo site` cuts the browser side at `#[lazy]` functions;
//! the inbox and the way to it stay whole, so that they arrive in one piece.

use crate::{
    account::view::{AccountPage, ConnectPage},
    audit::view::AuditPage,
    chat::view::{ChatSettingsPage, DeletedPage, MentionsPage},
    saved::view::{EditorPage, LibraryPage},
    team::view::{CodePage, JoinPage, MePage, SetupPage, TeamPage},
};
use leptos::{lazy, prelude::*};
use leptos_router::LazyRoute;

/// What is set once and seldom looked at: one part for all of it.
enum Page {
    Setup,
    Code,
    Join,
    Connect,
    Me,
    Team,
    Account,
    Audit,
    Mentions,
    Deleted,
    ChatSettings,
}

#[lazy]
fn settings(page: Page) -> AnyView {
    match page {
        Page::Setup => view! { <SetupPage/> }.into_any(),
        Page::Code => view! { <CodePage/> }.into_any(),
        Page::Join => view! { <JoinPage/> }.into_any(),
        Page::Connect => view! { <ConnectPage/> }.into_any(),
        Page::Me => view! { <MePage/> }.into_any(),
        Page::Team => view! { <TeamPage/> }.into_any(),
        Page::Account => view! { <AccountPage/> }.into_any(),
        Page::Audit => view! { <AuditPage/> }.into_any(),
        Page::Mentions => view! { <MentionsPage/> }.into_any(),
        Page::Deleted => view! { <DeletedPage/> }.into_any(),
        Page::ChatSettings => view! { <ChatSettingsPage/> }.into_any(),
    }
}

/// Saved messages.
enum Shelf {
    Saved,
    SavedEditor,
}

#[lazy]
fn library(page: Shelf) -> AnyView {
    match page {
        Shelf::Saved => view! { <LibraryPage/> }.into_any(),
        Shelf::SavedEditor => view! { <EditorPage/> }.into_any(),
    }
}

macro_rules! routes {
    ($part:ident $preload:ident $pages:ident: $($route:ident)*) => {$(
        #[doc = concat!("Shows [`", stringify!($pages), "::", stringify!($route), "`].")]
        pub struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                $part($pages::$route).await
            }

            // Made by `#[lazy]` for the browser. Without it a page that is visited first would be taken over
            // before its code is there.
            async fn preload() {
                #[cfg(target_arch = "wasm32")]
                $preload().await;
            }
        }
    )*};
}

routes! {
    settings __preload_settings Page:
    Setup Code Join Connect Me Team Account Audit Mentions Deleted ChatSettings
}
routes! { library __preload_library Shelf: Saved SavedEditor }
