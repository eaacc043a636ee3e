//! Coupons. The message carries an id alone; whoever knows the coupon puts its object under `coupon`.

use super::{Taps, tappable, web, word};
use crate::{
    i18n::{I18n, Key, use_i18n},
    time::SECOND,
    ui::{Icon, IconView, Time, TimeStyle},
};
use leptos::prelude::*;
use serde_json::{Value, json};

/// What one gets for it, in words.
fn reward(i18n: I18n, coupon: &Value) -> String {
    let number = |name: &str| coupon.pointer(&format!("/reward/priceInfo/{name}")).and_then(Value::as_i64);
    let currency = coupon.pointer("/reward/priceInfo/currency").and_then(Value::as_str).unwrap_or_default();
    let money = |amount: i64| format!("{amount} {currency}").trim_end().to_owned();
    let back = coupon.pointer("/reward/type").and_then(Value::as_str) == Some("cashBack");
    let off = |amount: String| {
        i18n.fill(if back { Key::PhoneCouponBack } else { Key::PhoneCouponOff }, &[("amount", &amount)])
    };
    if let Some(percentage) = number("percentage") {
        return off(format!("{percentage}%"));
    }
    if let Some(amount) = number("fixedAmount") {
        return off(money(amount));
    }
    if let Some((before, now)) = number("originalPrice").zip(number("priceAfterDiscount")) {
        return format!("{} → {}", money(before), money(now));
    }
    match coupon.pointer("/reward/type").and_then(Value::as_str) {
        Some("free") => i18n.t(Key::PhoneCouponFree).to_owned(),
        Some("gift") => i18n.t(Key::PhoneCouponGift).to_owned(),
        _ => String::new(),
    }
}

/// A coupon as a card.
pub fn coupon(message: &Value, taps: Taps) -> AnyView {
    let i18n = use_i18n();
    let nothing = Value::Null;
    let coupon = message.get("coupon").unwrap_or(&nothing);
    let title = Some(word(coupon, "title")).filter(|title| !title.is_empty()).unwrap_or(i18n.t(Key::PhoneCoupon));
    let reward = reward(i18n, coupon);
    let ends = coupon.get("endTimestamp").and_then(Value::as_i64).map(|end| end.saturating_mul(SECOND));
    let image = web(coupon, "imageUrl").map(|src| {
        view! { <span class="msg-card__frame"><img class="msg-card__image" src=src alt="" loading="lazy"/></span> }
    });
    let action = json!({ "type": "coupon", "couponId": word(message, "couponId") });
    let open = i18n.t(Key::PhoneCouponOpen).into_any();
    view! {
        <div class="msg-card">
            <div class="msg-card__top">
                {image}
                <span class="msg-card__words">
                    <span class="msg-small"><IconView icon=Icon::Ticket/>{i18n.t(Key::PhoneCoupon)}</span>
                    <strong class="msg-card__title" dir="auto">{title.to_owned()}</strong>
                    {(!reward.is_empty()).then(|| view! { <span class="msg-card__figure">{reward}</span> })}
                    {ends.map(|at| view! {
                        <span class="msg-small">{i18n.t(Key::PhoneCouponUntil)}" "<Time at style=TimeStyle::Full/></span>
                    })}
                </span>
            </div>
            <div class="msg-card__actions">
                {tappable(&action, "/couponId".into(), taps, "msg-card__action", None, None, open)}
            </div>
        </div>
    }
    .into_any()
}
