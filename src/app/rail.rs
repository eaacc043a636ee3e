//! The ways through the house: a rail at the side, or a bar at the foot of a phone.

use super::{
    palette::PaletteButton,
    switcher::{AccountEntries, Switcher},
};
use crate::{
    browser,
    i18n::{Key, use_i18n},
    team::view::{LogOutEntry, Session, ShiftEntry, use_session},
    ui::{Avatar, AvatarSize, Badge, Button, ButtonKind, Icon, IconView, Menu, hydrated},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// A way: icon, name, and how many wait there.
#[component]
fn Way(href: Signal<String>, icon: Icon, name: Key, #[prop(optional, into)] count: Signal<i64>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <A href=move || href.get() attr:class="way" attr:title=i18n.t(name)>
            <IconView icon/>
            <span class="way__name">{i18n.t(name)}</span>
            <Badge count label=i18n.t(Key::AppUnread)/>
        </A>
    }
}

/// Notes that name the operator and were not read, in the account that is open.
fn mentions(session: Session) -> Signal<i64> {
    Signal::derive(move || session.shown.with(|a| a.as_ref().map_or(0, |a| a.mentions)))
}

/// The rail at the side: names from 1200 px, icons from 768 px.
#[component]
pub fn Rail() -> impl IntoView {
    const NARROW: &str = "rail-narrow";
    let i18n = use_i18n();
    let session = use_session();
    let account = session.shown;
    let alive = hydrated();
    let narrow = RwSignal::new(false);
    Effect::new(move |_| narrow.set(browser::stored(NARROW).is_some()));
    let toggle = move |_| {
        narrow.update(|narrow| *narrow = !*narrow);
        browser::store(NARROW, narrow.get_untracked().then_some("1"));
    };
    let chats = Signal::derive(move || session.chats());
    let unread = Signal::derive(move || account.with(|a| a.as_ref().map_or(0, |a| a.unread)));
    let messages = Signal::derive(move || session.messages());
    let settings = Signal::derive(move || session.settings());
    view! {
        <nav class="rail" class:rail--narrow=move || narrow.get() aria-label=i18n.t(Key::AppNavigation)>
            <Switcher account/>
            <PaletteButton class="way way--button way--find"/>
            <div class="rail__ways">
                {move || {
                    account
                        .with(Option::is_some)
                        .then(|| {
                            view! {
                                <Way href=chats icon=Icon::Chat name=Key::AppChats count=unread/>
                                <Way
                                    href=Signal::derive(move || session.mentions_page())
                                    icon=Icon::Bell
                                    name=Key::AppMentions
                                    count=mentions(session)
                                />
                                <Way href=messages icon=Icon::Message name=Key::AppMessages/>
                            }
                        })
                }}
            </div>
            <div class="rail__foot">
                <Way href=settings icon=Icon::Gear name=Key::AppSettings/>
                <Operator/>
                <div class="rail__shrink">
                    {move || {
                        let label = if narrow.get() { Key::AppWidenRail } else { Key::AppShrinkRail };
                        let icon = if narrow.get() { Icon::Forward } else { Icon::Back };
                        view! {
                            <Button
                                kind=ButtonKind::Ghost
                                icon
                                label=i18n.t(label)
                                disabled=Signal::derive(move || !alive.get())
                                on_click=toggle
                            />
                        }
                    }}
                </div>
            </div>
        </nav>
    }
}

/// The operator at the foot of the rail, with their own settings and the way out.
#[component]
fn Operator() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let name = Signal::derive(move || session.me.with(|me| me.name.clone()));
    let seed = session.me.with_untracked(|me| me.id.0);
    let on_shift = Memo::new(move |_| session.me.with(|me| me.on_shift));
    view! {
        <Menu
            up=true
            button_class="way way--button"
            button=move || {
                view! {
                    <span class="rail-shift" class:rail-shift--on=move || on_shift.get()>
                        <Avatar name seed size=AvatarSize::Small/>
                    </span>
                    <span class="way__name">{move || name.get()}</span>
                    {move || on_shift.get().then(|| view! { <span class="visually-hidden">{i18n.t(Key::TeamOnShift)}</span> })}
                }
            }
        >
            <a class="menu__item" href="/settings/me"><IconView icon=Icon::User/>{i18n.t(Key::TeamMeTitle)}</a>
            <ShiftEntry/>
            <LogOutEntry/>
        </Menu>
    }
}

/// The bar at the foot of a phone.
#[component]
pub fn TabBar() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let account = session.shown;
    let chats = Signal::derive(move || session.chats());
    let unread = Signal::derive(move || account.with(|a| a.as_ref().map_or(0, |a| a.unread)));
    let messages = move || session.messages();
    let settings = move || session.settings();
    view! {
        <nav class="tabbar" aria-label=i18n.t(Key::AppNavigation)>
            {move || {
                account
                    .with(Option::is_some)
                    .then(|| view! { <Way href=chats icon=Icon::Chat name=Key::AppChats count=unread/> })
            }}
            <Menu
                up=true
                button_class="way way--button"
                button=move || {
                    view! {
                        <IconView icon=Icon::More/>
                        <span class="way__name">{i18n.t(Key::UiMore)}</span>
                        <Badge count=mentions(session) label=i18n.t(Key::AppMentionsUnread)/>
                    }
                }
            >
                <AccountEntries account/>
                <PaletteButton class="menu__item"/>
                {move || {
                    account
                        .with(Option::is_some)
                        .then(|| {
                            view! {
                                <a class="menu__item" href=messages>
                                    <IconView icon=Icon::Message/>
                                    {i18n.t(Key::AppMessages)}
                                </a>
                                <a class="menu__item" href=move || session.mentions_page()>
                                    <IconView icon=Icon::Bell/>
                                    <span class="menu__words">{i18n.t(Key::AppMentions)}</span>
                                    <Badge count=mentions(session) label=i18n.t(Key::AppMentionsUnread)/>
                                </a>
                            }
                        })
                }}
                <a class="menu__item" href=settings><IconView icon=Icon::Gear/>{i18n.t(Key::AppSettings)}</a>
                <a class="menu__item" href="/settings/me"><IconView icon=Icon::User/>{i18n.t(Key::TeamMeTitle)}</a>
                <ShiftEntry/>
                <LogOutEntry/>
            </Menu>
        </nav>
    }
}
