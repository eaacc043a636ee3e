//! The wallet: the coupons of a friend.

use super::{
    chats::TabBar,
    deed::Deeds,
    phone::{HomeData, use_phone},
    place::Place,
};
use crate::{
    i18n::{I18n, Key, use_i18n},
    simulator::{
        api,
        model::{CouponCard, CouponState, Price, Reward},
    },
    ui::{Icon, IconView, Time, TimeStyle},
};
use leptos::prelude::*;

/// What the state of a coupon is called.
pub fn state(state: CouponState) -> Key {
    match state {
        CouponState::New => Key::SimCouponNew,
        CouponState::Draw => Key::SimCouponDraw,
        CouponState::Early => Key::SimCouponEarly,
        CouponState::Ready => Key::SimCouponReady,
        CouponState::Used => Key::SimCouponUsed,
        CouponState::Lost => Key::SimCouponLost,
        CouponState::Gone => Key::SimCouponGone,
        CouponState::Over => Key::SimCouponOver,
        CouponState::Closed => Key::SimCouponClosed,
    }
}

/// What one gets, in words. Accounts of the simulator are in Japan.
pub fn reward(i18n: I18n, reward: Reward) -> String {
    let of = |price: Price, amount: Key, plain: Key| match price {
        Price::Unsaid => i18n.t(plain).to_owned(),
        Price::Fixed(yen) => i18n.fill(amount, &[("amount", &format!("¥{yen}"))]),
        Price::Percent(part) => i18n.fill(amount, &[("amount", &format!("{part}%"))]),
        Price::FromTo(before, after) => format!("¥{before} → ¥{after}"),
    };
    match reward {
        Reward::Discount(price) => of(price, Key::SimRewardOff, Key::SimRewardDiscount),
        Reward::CashBack(price) => of(price, Key::SimRewardBack, Key::SimRewardCashBack),
        Reward::Free => i18n.t(Key::SimRewardFree).to_owned(),
        Reward::Gift => i18n.t(Key::SimRewardGift).to_owned(),
        Reward::Other => i18n.t(Key::SimRewardOther).to_owned(),
    }
}

/// The screen.
#[component]
pub fn WalletScreen(
    /// What the phone knows.
    home: HomeData,
    /// The phone's deeds; a message may have brought a coupon.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let cards = Resource::new(move || (phone.user.get(), deeds.version()), |(user, _)| api::read_wallet(user));
    view! {
        <div class="phone__part-screen">
            <header class="phone__head"><h1>{i18n.t(Key::SimWallet)}</h1></header>
            <div class="phone__scroll">
                <h2 class="phone__part">{i18n.t(Key::SimCoupons)}</h2>
                <Transition>
                    {move || cards.get().map(|result| match result {
                        Ok(cards) if cards.is_empty() => view! {
                            <div class="phone__empty"><p>{i18n.t(Key::SimNoCoupons)}</p></div>
                        }.into_any(),
                        Ok(cards) => {
                            let user = phone.user.get();
                            let rows = cards.into_iter().map(|card| view! { <CouponRow user=user.clone() card/> });
                            view! { <ul class="phone__list">{rows.collect_view()}</ul> }.into_any()
                        }
                        Err(error) => view! { <p class="phone__hint">{i18n.error(&error)}</p> }.into_any(),
                    })}
                </Transition>
            </div>
            <TabBar home/>
        </div>
    }
}

/// The picture of a coupon, or a ticket where it has none.
#[component]
pub fn CouponPicture(
    /// Its address, or empty.
    src: String,
) -> impl IntoView {
    // What can't be loaded leaves the ticket.
    view! {
        <span class="coupon-picture" aria-hidden="true">
            <IconView icon=Icon::Ticket/>
            {(!src.is_empty()).then(|| view! { <img src=src alt="" loading="lazy"/> })}
        </span>
    }
}

/// A coupon in a list.
#[component]
pub fn CouponRow(
    /// Whose phone it is.
    user: String,
    /// The coupon.
    card: CouponCard,
) -> impl IntoView {
    let i18n = use_i18n();
    let past = card.state.is_past();
    let href = Place::Coupon { id: card.id.clone() }.href(&user);
    view! {
        <li>
            <a class="phone__row coupon-row" class:coupon-row--past=past href=href>
                <CouponPicture src=card.picture/>
                <span class="phone__words">
                    <span class="phone__last">{card.account}</span>
                    <span class="phone__title">{card.title}</span>
                    <span class="coupon-row__reward">{reward(i18n, card.reward)}</span>
                    <span class="phone__last">
                        {i18n.t(Key::SimCouponUntil)} " " <Time at=card.until style=TimeStyle::Full/>
                    </span>
                </span>
                <span class="coupon-state" class:coupon-state--past=past>{i18n.t(state(card.state))}</span>
            </a>
        </li>
    }
}
