//! The same person in other accounts, in the facts about a friend.

use super::use_desktop;
use crate::{
    chat::{api::notes as api, live::feed::ask_to_log_in, model::gone::Kin},
    error::AppError,
    i18n::{Key, use_i18n},
    id::RoomId,
    team::view::Session,
    ui::{Avatar, AvatarSize, Button, ButtonKind, Dialog, Icon, IconView, Spinner, Toasts, hydrated},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// Typing is over when nothing was typed for this long.
const PAUSE: Duration = Duration::from_millis(250);

/// Who the friend is in other accounts, and the way to say so. Nothing for those who have one account only.
#[component]
pub fn KinFacts(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let asleep = Signal::derive(move || !alive.get());
    let several = use_context::<Session>().is_some_and(|session| session.me.with_untracked(|me| me.accounts.len() > 1));
    if !several {
        return ().into_any();
    }
    let kin = Memo::new(move |_| {
        feed.desk
            .with(|desk| desk.open_room().filter(|open| open.id == id).map(|open| open.kin.clone()).unwrap_or_default())
    });
    let open = RwSignal::new(false);
    let take = move |answer: Result<Vec<Kin>, AppError>| match answer {
        Ok(kin) => {
            feed.desk.try_update(|desk| desk.load_kin(id, kin));
        }
        Err(error) => {
            ask_to_log_in(&error);
            toasts.error(&error);
        }
    };
    let link = Callback::new(move |other: Kin| {
        open.set(false);
        spawn_local(async move { take(api::link_kin(feed.account, id, other.account, other.room).await) });
    });
    let unlink = move |other: Kin| {
        spawn_local(async move {
            let answer = api::unlink_kin(feed.account, id, other.account, other.room).await;
            let done = answer.is_ok();
            take(answer);
            if done {
                let again = Callback::new(move |()| link.run(other.clone()));
                toasts.offer(i18n.t(Key::ChatKinUnlinked), i18n.t(Key::UiUndo), again);
            }
        });
    };
    let row = move |one: Kin| {
        let name = shown_name(&one, i18n.t(Key::ChatUnknownName));
        let other = one.clone();
        view! {
            <li class="kin__item">
                <a class="kin__link" href=format!("/a/{}/chats/all/{}", one.account, one.room)>
                    <Avatar name=name.clone() picture=one.picture seed=one.room.0 size=AvatarSize::Small/>
                    <span class="kin__words">
                        {name}
                        <span class="kin__account">{one.account_name}</span>
                    </span>
                </a>
                <Button
                    kind=ButtonKind::Ghost
                    icon=Icon::Close
                    label=i18n.t(Key::ChatKinUnlink)
                    disabled=asleep
                    on_click=move |_| unlink(other.clone())
                />
            </li>
        }
    };
    view! {
        <section class="kin" aria-labelledby="kin-title">
            <h3 id="kin-title" class="chat-detail__title">{i18n.t(Key::ChatKin)}</h3>
            <ul class="kin__list">
                <For each=move || kin.get() key=|one| (one.account, one.room) children=row/>
            </ul>
            <Button icon=Icon::Link disabled=asleep on_click=move |_| open.set(true)>
                {i18n.t(Key::ChatKinAdd)}
            </Button>
            <Dialog open title=i18n.t(Key::ChatKinAdd) id="kin-add">
                {move || open.get().then(|| view! { <Likely id link/> })}
            </Dialog>
        </section>
    }
    .into_any()
}

fn shown_name(one: &Kin, unknown: &str) -> String {
    if one.name.is_empty() { unknown.to_owned() } else { one.name.clone() }
}

/// Friends of other accounts by name, to choose one of them; begins with those of the friend's own name.
#[component]
fn Likely(id: RoomId, link: Callback<Kin>) -> impl IntoView {
    let i18n = use_i18n();
    let feed = use_desktop().feed;
    let name = feed.desk.with_untracked(|desk| desk.room(id).map(|room| room.name.clone()).unwrap_or_default());
    let words = RwSignal::new(name);
    let found = RwSignal::new(None::<Result<Vec<Kin>, AppError>>);
    // Of answers that come in another order than they were asked for, the last question's counts.
    let asked = StoredValue::new(0_u32);
    let ask = move || {
        let number = asked.get_value().wrapping_add(1);
        asked.set_value(number);
        let wanted = words.get_untracked();
        spawn_local(async move {
            let answer = api::find_kin(feed.account, id, wanted).await;
            if asked.try_get_value() == Some(number) {
                found.try_set(Some(answer));
            }
        });
    };
    Effect::new(move |before: Option<()>| {
        words.track();
        if before.is_none() {
            return ask();
        }
        if let Ok(timer) = set_timeout_with_handle(ask, PAUSE) {
            on_cleanup(move || timer.clear());
        }
    });
    let row = move |one: Kin| {
        let name = shown_name(&one, i18n.t(Key::ChatUnknownName));
        let other = one.clone();
        view! {
            <li>
                <button type="button" class="menu__item" on:click=move |_| link.run(other.clone())>
                    <Avatar name=name.clone() picture=one.picture seed=one.room.0 size=AvatarSize::Small/>
                    <span class="kin__words">
                        {name}
                        <span class="kin__account">{one.account_name}</span>
                    </span>
                    <IconView icon=Icon::Link/>
                </button>
            </li>
        }
    };
    let list = move || match found.get() {
        None => view! { <Spinner/> }.into_any(),
        Some(Err(error)) => view! { <p class="field__error" role="alert">{i18n.error(&error)}</p> }.into_any(),
        Some(Ok(all)) if all.is_empty() => view! { <p class="field__hint">{i18n.t(Key::ChatKinNone)}</p> }.into_any(),
        Some(Ok(all)) => view! { <ul class="kin__list">{all.into_iter().map(row).collect_view()}</ul> }.into_any(),
    };
    view! {
        <p>{i18n.t(Key::ChatKinAbout)}</p>
        <div class="field">
            <label class="field__label" for="kin-name">{i18n.t(Key::ChatKinName)}</label>
            <input
                class="field__input"
                id="kin-name"
                type="search"
                autocomplete="off"
                maxlength="100"
                prop:value=move || words.get()
                on:input=move |event| words.set(event_target_value(&event))
            />
        </div>
        <div class="kin__found" aria-live="polite">{list}</div>
    }
}
