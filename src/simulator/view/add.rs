//! Adding an account: by a QR code, by its id, by a link, or because it is recommended. The account is told the
//! same each time, but LINE knows the way, which the figures show later.

use super::{
    chats::TabBar,
    friends::AccountRow,
    phone::{HomeData, use_phone},
    place::Place,
};
use crate::{
    browser,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{
            Account, FriendPath,
            address::{Target, with_at},
        },
    },
    ui::{Icon, IconView, hydrated},
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Has the simulator read the code in a photo.
async fn scan(photo: web_sys::File) -> Option<String> {
    let send = || -> Result<js_sys::Promise, JsValue> {
        let init = web_sys::RequestInit::new();
        init.set_method("POST");
        init.set_body(&photo);
        let window = browser::window().ok_or(JsValue::NULL)?;
        Ok(window.fetch_with_str_and_init("/simulator/qr", &init))
    };
    let answer: web_sys::Response = JsFuture::from(send().ok()?).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let read = JsFuture::from(answer.json().ok()?).await.ok()?;
    js_sys::Reflect::get(&read, &"text".into()).ok()?.as_string()
}

/// The screen.
#[component]
pub fn AddScreen(
    /// What the phone knows.
    home: HomeData,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let accounts = move || home.get().and_then(Result::ok).map(|home| home.accounts).unwrap_or_default();
    let none = move || home.get().is_some() && accounts().is_empty();
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <a class="sim-button" href=phone.href(&Place::Friends) aria-label=i18n.t(Key::UiBack)>
                    <IconView icon=Icon::Back/>
                </a>
                <h1>{i18n.t(Key::SimAddFriends)}</h1>
            </header>
            <div class="phone__scroll">
                <ById/>
                <ByLink/>
                <ByPhoto/>
                <Transition>
                    {move || none().then(|| view! { <p class="phone__hint">{i18n.t(Key::SimNoChannels)}</p> })}
                    <ul class="phone-codes">
                        {move || accounts().into_iter().map(|account| view! { <Code account/> }).collect_view()}
                    </ul>
                </Transition>
                <Transition>
                    {move || {
                        let new = accounts().into_iter().filter(|account| !account.added && !account.blocked);
                        let new: Vec<_> = new.collect();
                        (!new.is_empty()).then(|| view! {
                            <h2 class="phone__part">{i18n.t(Key::SimRecommended)}</h2>
                            <ul class="phone__list">
                                {new.into_iter().map(|account| {
                                    let user = phone.user.get();
                                    view! { <AccountRow user account path=Some(FriendPath::Recommendation)/> }
                                }).collect_view()}
                            </ul>
                        })
                    }}
                </Transition>
            </div>
            <TabBar home/>
        </div>
    }
}

#[component]
fn ById() -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let id = RwSignal::new(String::new());
    let unknown = RwSignal::new(None::<String>);
    let find = move |event: SubmitEvent| {
        event.prevent_default();
        let (user, wanted) = (phone.user.get_untracked(), with_at(&id.get_untracked()));
        spawn_local(async move {
            match api::account_by_id(user, wanted.clone()).await {
                Ok(found) => phone.go(Place::Account { channel: found.channel, path: Some(FriendPath::Search) }),
                Err(crate::error::AppError::NotFound) => {
                    let _ = unknown.try_set(Some(wanted));
                }
                Err(error) => phone.say(error.key()),
            }
        });
    };
    let field = phone.id("find-id");
    let said = phone.id("find-id-said");
    view! {
        <form class="sim-form" on:submit=find>
            <label for=field.clone()>{i18n.t(Key::SimById)}</label>
            <div class="sim-form__row">
                <input
                    id=field
                    required=true
                    maxlength="21"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="@"
                    aria-describedby=said.clone()
                    prop:value=move || id.get()
                    on:input=move |event| {
                        unknown.set(None);
                        id.set(event_target_value(&event));
                    }
                />
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimFind)}
                </button>
            </div>
            <p class="phone__wrong" role="status" id=said>
                {move || unknown.get().map(|id| i18n.fill(Key::SimIdUnknown, &[("id", &id)]))}
            </p>
        </form>
    }
}

#[component]
fn ByLink() -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let link = RwSignal::new(String::new());
    let open = move |event: SubmitEvent| {
        event.prevent_default();
        phone.open_uri(&link.get_untracked());
    };
    let field = phone.id("open-link");
    view! {
        <form class="sim-form" on:submit=open>
            <label for=field.clone()>{i18n.t(Key::SimByLink)}</label>
            <div class="sim-form__row">
                <input
                    id=field
                    required=true
                    maxlength="1000"
                    inputmode="url"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="https://line.me/R/ti/p/…"
                    prop:value=move || link.get()
                    on:input=move |event| link.set(event_target_value(&event))
                />
                <button type="submit" class="sim-button sim-button--main" disabled=move || !alive.get()>
                    {i18n.t(Key::SimOpenLink)}
                </button>
            </div>
        </form>
    }
}

#[component]
fn ByPhoto() -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let field = NodeRef::<html::Input>::new();
    let read = move |_| {
        let Some(input) = field.get_untracked() else { return };
        let Some(photo) = input.files().and_then(|files| files.get(0)) else { return };
        input.set_value("");
        spawn_local(async move {
            match scan(photo).await {
                None => phone.say(Key::SimNoCode),
                Some(text) => match Target::of(&text, &browser::origin()) {
                    Target::Friend { id, .. } => {
                        // Whatever the address says: it was scanned.
                        let uri = format!("line://ti/p/{id}?sim_path=qr");
                        phone.open_uri(&uri);
                    }
                    _ => phone.open_uri(&text),
                },
            }
        });
    };
    view! {
        <h2 class="phone__part">{i18n.t(Key::SimByCode)}</h2>
        <p class="phone__hint">{i18n.t(Key::SimByCodeMore)}</p>
        <label class="compose__file">
            <IconView icon=Icon::Qr/>
            <span>{i18n.t(Key::SimScanPhoto)}</span>
            <input type="file" accept="image/*" node_ref=field disabled=move || !alive.get() on:change=read/>
        </label>
    }
}

/// The code of an account; choosing it is as good as holding the camera over it.
#[component]
fn Code(account: Account) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let place = Place::Account { channel: account.channel.clone(), path: Some(FriendPath::Qr) };
    view! {
        <li>
            <a class="phone-codes__code" href=phone.href(&place)>
                <img src=format!("/simulator/qr/{}", account.channel) alt="" width="96" height="96" loading="lazy"/>
                <span>{i18n.fill(Key::SimScan, &[("name", &account.name)])}</span>
            </a>
        </li>
    }
}
