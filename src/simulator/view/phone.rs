//! A phone: one person's screens in a frame, with what stands over them. Everything on it is independent of other
//! phones on the page. Whatever runs inside finds it by [`use_phone`].

use super::{
    add::AddScreen,
    banner::Banner,
    chats::ChatsScreen,
    confirm::{Confirm, Question},
    coupon::CouponScreen,
    deed::{Deeds, Trouble},
    friends::FriendsScreen,
    group::GroupScreen,
    place::Place,
    profile::ProfileScreen,
    room::RoomPage,
    share::ShareScreen,
    sheet::{Page, PageSheet, Size},
    wallet::WalletScreen,
};
use crate::{
    browser,
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{
            Account, Home,
            address::{Target, liff_src},
        },
    },
    ui::{Icon, IconView},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::future::Future;
use wasm_bindgen::JsCast;

/// What a phone reads again whenever something has changed.
pub type HomeData = Resource<Result<Home, AppError>>;

/// One phone.
#[derive(Clone, Copy)]
pub struct Phone {
    /// Whose it is.
    pub user: Signal<String>,
    /// Which screen is shown.
    pub place: Memo<Place>,
    /// Nothing else is on the page, so the address tells the screen.
    pub alone: bool,
    /// Unique on the page.
    number: u32,
    go: Callback<Place>,
    /// The page that is open over the screens.
    pub(super) page: RwSignal<Option<Page>>,
    /// What has to be answered first.
    pub(super) question: RwSignal<Option<Question>>,
    /// A short word at the foot.
    said: RwSignal<Option<Key>>,
}

/// The phone on which this runs.
pub fn use_phone() -> Phone {
    expect_context()
}

impl Phone {
    /// An id that is unique on the page.
    pub fn id(self, name: &str) -> String {
        format!("phone{}-{name}", self.number)
    }

    /// Shows another screen.
    pub fn go(self, place: Place) {
        let _ = self.said.try_set(None);
        self.go.run(place);
    }

    /// The address of a screen on this phone.
    pub fn href(self, place: &Place) -> String {
        place.href(&self.user.get_untracked())
    }

    /// The room that is open.
    pub fn room(self) -> Option<String> {
        match self.place.get_untracked() {
            Place::Room { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Tells something in a line at the foot of the phone.
    pub fn say(self, words: Key) {
        let _ = self.said.try_set(Some(words));
    }

    /// Asks something that has to be answered first.
    pub fn ask(self, question: Question) {
        self.question.set(Some(question));
    }

    /// Opens an address as LINE would: LINE's own places on this phone, LIFF apps and sites in a sheet over it,
    /// telephone numbers and mail after a question. From a browser's event only.
    pub fn open_uri(self, uri: &str) {
        let _ = self.said.try_set(None);
        let user = self.user.get_untracked();
        match Target::of(uri, &browser::origin()) {
            Target::Friend { id, path } => self.find(api::account_by_id(user, id), move |account| Place::Account {
                channel: account.channel,
                path: Some(path),
            }),
            Target::Short { code } => self.find(api::account_by_code(user, code), |account| Place::Account {
                channel: account.channel,
                path: Some(crate::simulator::model::FriendPath::Link),
            }),
            Target::Chat { id, text } => {
                self.find(api::account_by_id(user, id), |account| Place::Room { id: account.channel, text });
            }
            Target::Recommend { id } => {
                self.find(api::account_by_id(user, id), |account| Place::Recommend { channel: account.channel });
            }
            Target::Share { text } => self.go(Place::Share { text }),
            Target::Coupon { id } => self.go(Place::Coupon { id }),
            Target::Chats => self.go(Place::Chats),
            Target::Add => self.go(Place::Add),
            Target::Wallet => self.go(Place::Wallet),
            Target::Liff { id, rest } => self.open_liff(id, &rest),
            Target::Web { url } => self.page.set(Some(Page::site(url))),
            Target::Outside { url } => self.ask(Question::outside(url)),
            Target::Unknown => self.say(Key::SimCantOpen),
        }
    }

    fn find(
        self,
        work: impl Future<Output = Result<Account, AppError>> + 'static,
        place: impl FnOnce(Account) -> Place + 'static,
    ) {
        spawn_local(async move {
            match work.await {
                Ok(account) => {
                    let _ = self.page.try_set(None);
                    self.go(place(account));
                }
                Err(AppError::NotFound) => self.say(Key::SimNoSuchId),
                Err(error) => self.say(error.key()),
            }
        });
    }

    fn open_liff(self, id: String, rest: &str) {
        let (user, room) = (self.user.get_untracked(), self.room());
        let src = liff_src(&id, rest, &user, room.as_deref());
        let shown = format!("https://liff.line.me/{id}{rest}");
        spawn_local(async move {
            match api::read_liff(id).await {
                Ok(look) => {
                    let size = Size::from_word(&look.view);
                    let page = Page { src, shown, title: look.name, size, liff: true };
                    let _ = self.page.try_set(Some(page));
                }
                Err(AppError::NotFound) => self.say(Key::SimNoLiff),
                Err(error) => self.say(error.key()),
            }
        });
    }

    /// Follows a link that was tapped anywhere on the phone, where that is not the browser's own business.
    fn tapped(self, event: &ev::MouseEvent) {
        let held = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || held {
            return;
        }
        let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = element.and_then(|element| element.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlAnchorElement>().ok()) else { return };
        if link.has_attribute("download") || link.has_attribute("data-outside") {
            return;
        }
        let href = link.href();
        let own = browser::origin();
        if let Some(path) = href.strip_prefix(&own).filter(|path| path.starts_with('/')) {
            let user = self.user.get_untracked();
            let rest = path.strip_prefix(&format!("/u/{user}"));
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?'])) {
                // With one phone on the page its router takes it from here.
                if !self.alone {
                    event.prevent_default();
                    let (path, query) = path.split_once('?').unwrap_or((path, ""));
                    self.go(Place::of(path, query));
                }
                return;
            }
            let inside = matches!(Target::of(&href, &own), Target::Web { .. });
            if inside && link.target() != "_blank" {
                return;
            }
        }
        event.prevent_default();
        self.open_uri(&href);
    }
}

/// The frame and what is on the screen.
#[component]
pub fn PhoneView(
    /// Whose it is.
    user: Signal<String>,
    /// Which screen is shown.
    place: Memo<Place>,
    /// Shows another.
    go: Callback<Place>,
    /// Nothing else is on the page.
    #[prop(optional)]
    alone: bool,
    /// Unique on the page.
    #[prop(optional)]
    number: u32,
    /// Where a page without this phone is, if it is one of several.
    #[prop(optional, into)]
    without: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (page, question, said) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
    let phone = Phone { user, place, alone, number, go, page, question, said };
    provide_context(phone);
    let deeds = Deeds::live(user);
    let home: HomeData = Resource::new(move || (user.get(), deeds.version()), |(user, _)| api::read_home(user));
    // What is on the screen is read, also when it comes later.
    Effect::new(move |_| {
        let Place::Room { id, .. } = place.get() else { return };
        let Some(Ok(home)) = home.get() else { return };
        if home.chats.iter().any(|chat| chat.id == id && chat.unread > 0) {
            let me = home.me.id;
            spawn_local(async move {
                // Tried again when the next thing happens.
                let _ = api::see(me, id).await;
            });
        }
    });
    let name = move || home.get().and_then(Result::ok).map(|home| home.me.name).unwrap_or_default();
    let screen = move || match place.get() {
        Place::Friends => view! { <FriendsScreen home/> }.into_any(),
        Place::Chats => view! { <ChatsScreen home/> }.into_any(),
        Place::Wallet => view! { <WalletScreen home deeds/> }.into_any(),
        Place::Add => view! { <AddScreen home/> }.into_any(),
        Place::Group => view! { <GroupScreen home deeds/> }.into_any(),
        Place::Room { id, text } => view! { <RoomPage user id=Signal::stored(id) text/> }.into_any(),
        Place::Account { channel, path } => view! { <ProfileScreen channel path deeds/> }.into_any(),
        Place::Coupon { id } => view! { <CouponScreen id deeds/> }.into_any(),
        Place::Share { text } => view! { <ShareScreen home text=text channel=String::new() deeds/> }.into_any(),
        Place::Recommend { channel } => view! { <ShareScreen home text=String::new() channel deeds/> }.into_any(),
        Place::Lost => view! { <p class="phone__hint">{i18n.t(Key::SimNotFound)}</p> }.into_any(),
    };
    view! {
        <div class="handset" class:handset--alone=alone id=format!("phone-{number}")>
            {(!alone).then(|| view! {
                <div class="handset__caption">
                    <h2><Transition>{name}</Transition></h2>
                    <a class="sim-button" href=move || without.get() aria-label=i18n.t(Key::SimPutAway)>
                        <IconView icon=Icon::Close/>
                    </a>
                </div>
            })}
            <section class="phone" aria-label=i18n.t(Key::SimPhone) on:click=move |event| phone.tapped(&event)>
                <div class="phone__screen">
                    <Banner home/>
                    <Trouble deeds/>
                    {screen}
                    <p class="phone__said" role="status">{move || said.get().map(|words| i18n.t(words))}</p>
                    <PageSheet/>
                    <Confirm/>
                </div>
            </section>
        </div>
    }
}
