//! A coupon: what it is, taking it, drawing it, and using it at the till.

use super::{
    confirm::{Answer, Question},
    deed::Deeds,
    phone::use_phone,
    place::Place,
    wallet::{CouponPicture, reward, state},
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{CouponCard, CouponState},
    },
    ui::{Icon, IconView, Time, TimeStyle, hydrated},
};
use leptos::prelude::*;

/// The screen.
#[component]
pub fn CouponScreen(
    /// Its id.
    id: String,
    /// The phone's deeds.
    deeds: Deeds,
) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let card = Resource::new(
        move || (phone.user.get(), id.clone(), deeds.version()),
        |(user, id, _)| api::read_coupon(user, id),
    );
    view! {
        <div class="phone__part-screen">
            <header class="phone__head">
                <a class="sim-button" href=phone.href(&Place::Wallet) aria-label=i18n.t(Key::UiBack)>
                    <IconView icon=Icon::Back/>
                </a>
                <h1>{i18n.t(Key::SimCoupon)}</h1>
            </header>
            <div class="phone__scroll">
                <Transition>
                    {move || card.get().map(|result| match result {
                        Ok(card) => view! { <Shown card deeds/> }.into_any(),
                        Err(_) => view! { <p class="phone__hint">{i18n.t(Key::SimNoCoupon)}</p> }.into_any(),
                    })}
                </Transition>
            </div>
        </div>
    }
}

#[component]
fn Shown(card: CouponCard, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let past = card.state.is_past();
    let held = matches!(card.state, CouponState::Ready | CouponState::Used);
    let account = Place::Account { channel: card.channel.clone(), path: None };
    let used = card.used.last().copied();
    let times = card.used.len();
    view! {
        <article class="coupon-card">
            <CouponPicture src=card.picture.clone()/>
            <a class="coupon-card__account" href=phone.href(&account)>{card.account.clone()}</a>
            <h2>{card.title.clone()}</h2>
            <p class="coupon-row__reward">{reward(i18n, card.reward)}</p>
            <p role="status" class="coupon-state" class:coupon-state--past=past>{i18n.t(state(card.state))}</p>
            <Deal card=card.clone() deeds/>
            {used.map(|at| view! {
                <p class="phone__hint">
                    {i18n.fill(Key::SimCouponUsedAt, &[("count", &times)])} " " <Time at style=TimeStyle::Full/>
                </p>
            })}
            {(held && !card.code.is_empty()).then(|| view! {
                <p class="coupon-card__code">{i18n.t(Key::SimCouponCode)} <code>{card.code.clone()}</code></p>
            })}
            {(held && !card.barcode.is_empty()).then(|| view! {
                <img class="coupon-card__barcode" src=card.barcode.clone() alt=i18n.t(Key::SimCouponBarcode)/>
            })}
            <dl class="coupon-card__facts">
                <dt>{i18n.t(Key::SimCouponPeriod)}</dt>
                <dd>
                    <Time at=card.from style=TimeStyle::Full/> " – " <Time at=card.until style=TimeStyle::Full/>
                </dd>
                <dt>{i18n.t(Key::SimCouponTimes)}</dt>
                <dd>{i18n.t(if card.again { Key::SimCouponAgain } else { Key::SimCouponOnce })}</dd>
                {(!card.condition.is_empty()).then(|| view! {
                    <dt>{i18n.t(Key::SimCouponCondition)}</dt>
                    <dd>{card.condition.clone()}</dd>
                })}
            </dl>
            {(!card.description.is_empty()).then(|| view! { <p class="coupon-card__more">{card.description}</p> })}
        </article>
    }
}

/// The button, where something can be done.
#[component]
fn Deal(card: CouponCard, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let alive = hydrated();
    let (id, title) = (card.id, card.title);
    let user = move || phone.user.get_untracked();
    let words = match card.state {
        CouponState::New => Key::SimCouponTake,
        CouponState::Draw => Key::SimCouponTry,
        CouponState::Ready => Key::SimCouponUse,
        _ => return ().into_any(),
    };
    let drawing = card.state == CouponState::Draw;
    let act = move |_| {
        let id = id.clone();
        if words == Key::SimCouponUse {
            let work = Callback::new(move |()| deeds.run(api::use_coupon(user(), id.clone()), |()| ()));
            phone.ask(Question {
                title: i18n.fill(Key::SimCouponSure, &[("title", &title)]),
                more: i18n.t(Key::SimCouponSureMore).to_owned(),
                yes: i18n.t(Key::SimCouponUse).to_owned(),
                answer: Answer::Run(work),
            });
            return;
        }
        deeds.run(api::take_coupon(user(), id), move |won| {
            if drawing {
                phone.say(if won { Key::SimCouponWon } else { Key::SimCouponLostNow });
            }
        });
    };
    let chance = card.chance.filter(|_| drawing);
    view! {
        {chance.map(|chance| view! {
            <p class="phone__hint">{i18n.fill(Key::SimCouponChance, &[("chance", &chance)])}</p>
        })}
        <button type="button" class="sim-button sim-button--main" disabled=move || !alive.get() on:click=act>
            {i18n.t(words)}
        </button>
    }
    .into_any()
}
