//! LINE's addresses on a computer or a real phone: which of the simulator's phones is to open them?

use super::{
    people::{Found, More, PAGE, SearchField},
    place::Place,
    seed,
};
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{
            Account, FriendPath,
            address::{Target, liff_src},
        },
    },
    ui::Avatar,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What stands behind an address.
#[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Behind {
    /// The account that it names.
    account: Option<Account>,
}

/// Which account the address names; an error where it names one that does not exist.
async fn behind(uri: String) -> Result<Behind, AppError> {
    let account = match Target::of(&uri, "") {
        Target::Friend { id, .. } | Target::Chat { id, .. } | Target::Recommend { id } => {
            api::account_by_id(String::new(), id).await?
        }
        Target::Short { code } => api::account_by_code(String::new(), code).await?,
        Target::Unknown | Target::Web { .. } => return Err(AppError::NotFound),
        _ => return Ok(Behind { account: None }),
    };
    Ok(Behind { account: Some(account) })
}

/// Where the address leads on the phone of `user`.
fn href(uri: &str, behind: &Behind, user: &str) -> String {
    let channel = behind.account.as_ref().map(|account| account.channel.clone()).unwrap_or_default();
    let place = match Target::of(uri, "") {
        Target::Friend { path, .. } => Place::Account { channel, path: Some(path) },
        Target::Short { .. } => Place::Account { channel, path: Some(FriendPath::Link) },
        Target::Chat { text, .. } => Place::Room { id: channel, text },
        Target::Recommend { .. } => Place::Recommend { channel },
        Target::Share { text } => Place::Share { text },
        Target::Coupon { id } => Place::Coupon { id },
        Target::Add => Place::Add,
        Target::Wallet => Place::Wallet,
        Target::Liff { id, rest } => return liff_src(&id, &rest, user, None),
        _ => Place::Chats,
    };
    place.href(user)
}

/// The page.
#[component]
pub fn DoorPage() -> impl IntoView {
    let i18n = use_i18n();
    let location = use_location();
    // As if LINE's own address had been opened.
    let uri = Memo::new(move |_| {
        let (path, search) = (location.pathname.get(), location.search.get());
        let search = search.trim_start_matches('?');
        let query = if search.is_empty() { String::new() } else { format!("?{search}") };
        match path.strip_prefix("/lin.ee/") {
            Some(code) => format!("https://lin.ee/{code}"),
            None => format!("line:/{}{query}", path.strip_prefix("/R").unwrap_or(&path)),
        }
    });
    let target = Resource::new(move || uri.get(), behind);
    let (wanted, limit) = (RwSignal::new(String::new()), RwSignal::new(PAGE));
    let people: Found =
        Resource::new(move || (wanted.get(), limit.get()), |(wanted, limit)| api::find_people(wanted, limit));
    let list = move || {
        let behind = target.get()?.ok()?;
        let people = people.get()?.ok()?.people;
        let uri = uri.get();
        let rows = people.into_iter().map(|person| {
            view! {
                <li>
                    <a class="phone__row" href=href(&uri, &behind, &person.id)>
                        <Avatar name=person.name.clone() seed=seed(&person.id)/>
                        <span class="phone__title">{person.name}</span>
                    </a>
                </li>
            }
        });
        Some(view! { <ul class="phone__list">{rows.collect_view()}</ul> })
    };
    let head = move || {
        target.get().map(|behind| match behind {
            Ok(Behind { account: Some(account) }) => view! {
                <div class="phone__me">
                    <Avatar name=account.name.clone() picture=Some(account.picture) seed=seed(&account.channel)/>
                    <h1>{account.name} " " <span class="sim-card__id">{account.basic_id}</span></h1>
                </div>
                <p>{i18n.t(Key::SimWhichPhone)}</p>
            }
            .into_any(),
            Ok(_) => view! { <h1>{i18n.t(Key::SimWhichPhone)}</h1> }.into_any(),
            Err(AppError::NotFound) => view! { <h1>{i18n.t(Key::SimNoSuchId)}</h1> }.into_any(),
            Err(error) => view! { <h1>{i18n.error(&error)}</h1> }.into_any(),
        })
    };
    view! {
        <section class="sim__page sim-who">
            <Transition>{head}</Transition>
            <SearchField id="find-people".to_owned() wanted limit/>
            <Transition>{list}</Transition>
            <More found=people limit/>
        </section>
    }
}
