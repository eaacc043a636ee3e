//! The frame around every page of a logged-in operator. On the server the session is known before the
//! page is rendered: a guarded page never flashes, and nothing below has to wait for it. (Resources that
//! are made inside a waiting part can be made twice there, and then the browser does not find them.)

use super::{
    palette::{Commands, Palette},
    rail::{Rail, TabBar},
};
use crate::{
    browser,
    error::AppError,
    i18n::{Key, use_i18n},
    team::{
        api::me,
        model::Me,
        view::{Session, use_session},
    },
    ui::{ButtonKind, EmptyState, Icon, LinkButton, PageTitle, Skeleton},
};
use leptos::prelude::*;
use leptos_router::{
    components::{Outlet, Redirect},
    hooks::use_location,
    location::Url,
};

/// The id of the element in which a page carries the operator for whom it was rendered.
const SESSION: &str = "session";

/// Who asks for a page: known to the server before it renders.
#[derive(Clone, Debug)]
pub struct Visitor(pub Result<Me, AppError>);

/// The visitor of this page: the server's context, or, while the browser takes the page over, what the
/// page carries. None when the frame is built in the browser, after logging in.
fn visitor() -> Option<Result<Me, AppError>> {
    let carried = || serde_json::from_str(&browser::element_text(SESSION)?).ok();
    use_context::<Visitor>().map(|visitor| visitor.0).or_else(carried)
}

/// Shows the page to those who are logged in, and sends the others to log in and come back.
#[component]
pub fn Frame() -> impl IntoView {
    match visitor() {
        Some(known) => framed(known, here()),
        None => view! { <Arriving/> }.into_any(),
    }
}

/// Built in the browser: the session has to be asked for. Without a waiting part around the frame: a page that waits
/// for something later would take all of it out of the document for a moment, and what is open would fall shut.
#[component]
fn Arriving() -> impl IntoView {
    let session = LocalResource::new(me);
    let here = here();
    move || match session.get() {
        Some(known) => framed(known, here.clone()),
        None => view! { <div class="frame frame--waiting"><Skeleton lines=6/></div> }.into_any(),
    }
}

/// The address of this page, to come back to.
fn here() -> String {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    let search = search.trim_start_matches('?');
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

fn framed(session: Result<Me, AppError>, here: String) -> AnyView {
    let carried = serde_json::to_string(&session).unwrap_or_default().replace('<', "\\u003c");
    let carried = view! { <script type="application/json" id=SESSION inner_html=carried></script> };
    match session {
        Ok(me) => view! { {carried} <SignedIn me/> }.into_any(),
        Err(AppError::Unauthenticated) => {
            view! { <Redirect path=format!("/login?next={}", Url::escape(&here))/> }.into_any()
        }
        Err(error) => view! { {carried} <Trouble error/> }.into_any(),
    }
}

/// Rail, page and bottom bar.
#[component]
fn SignedIn(me: Me) -> impl IntoView {
    let i18n = use_i18n();
    Session::provide(me);
    Commands::provide();
    use_own_language();
    view! {
        <div class="frame">
            <a class="skip" href="#content">{i18n.t(Key::UiSkip)}</a>
            <Rail/>
            <div class="frame__work"><Outlet/></div>
            <TabBar/>
            <Palette/>
        </div>
    }
}

/// A page carries the texts of one language, that of the `lang` cookie. Logging in can bring an
/// operator whose language is another: the cookie follows, and the page is asked for again, once.
fn use_own_language() {
    const TRIED: &str = "language-asked-for";
    let (i18n, session) = (use_i18n(), use_session());
    Effect::new(move |_| {
        let wanted = session.me.with(|me| me.lang);
        if wanted == i18n.lang {
            browser::store(TRIED, None);
        } else if browser::stored(TRIED).as_deref() != Some(wanted.tag()) {
            browser::store(TRIED, Some(wanted.tag()));
            browser::cookie::set("lang", wanted.tag());
            if let Some(window) = browser::window() {
                let _ = window.location().reload();
            }
        }
    });
}

/// The session can't be read: the server is in trouble, or away.
#[component]
fn Trouble(error: AppError) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageTitle text=i18n.t(Key::AppWrong)/>
        <main class="page" id="content" tabindex="-1">
            <EmptyState icon=Icon::Warning title=i18n.t(Key::AppWrong) text=i18n.error(&error)>
                <LinkButton kind=ButtonKind::Primary href="" icon=Icon::Retry attr:rel="external">
                    {i18n.t(Key::UiRetry)}
                </LinkButton>
            </EmptyState>
        </main>
    }
}
