//! A section of an account's settings: how rooms are given out.

use crate::{
    chat::{
        api,
        model::{Duty, MOST_CAPACITY, Rules},
    },
    error::{AppError, Reason},
    i18n::{Key, use_i18n},
    id::AccountId,
    ui::{Button, ButtonKind, Skeleton, Toasts},
};
use leptos::{ev, prelude::*, task::spawn_local};

/// The section. Its content is asked for by the browser, as the checks beside it are.
#[component]
pub fn AssignRules(
    /// Whose rooms.
    account: AccountId,
) -> impl IntoView {
    let i18n = use_i18n();
    let rules = RwSignal::new(None::<Result<Rules, AppError>>);
    Effect::new(move |_| {
        spawn_local(async move {
            let answer = api::assign_rules(account).await;
            rules.try_set(Some(answer));
        });
    });
    let shown = move || match rules.get() {
        None => view! { <Skeleton lines=4/> }.into_any(),
        Some(Ok(rules)) => view! { <Form account rules/> }.into_any(),
        Some(Err(error)) => view! { <p class="field__error">{i18n.error(&error)}</p> }.into_any(),
    };
    view! {
        <section class="section">
            <h2>{i18n.t(Key::ChatRules)}</h2>
            {shown}
        </section>
    }
}

/// A capacity as it was typed: empty is the account's own.
fn capacity(text: &str) -> Result<Option<i64>, ()> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().ok().filter(|n| (0..=MOST_CAPACITY).contains(n)).map(Some).ok_or(()),
    }
}

#[component]
fn Form(account: AccountId, rules: Rules) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let (auto, take) = (RwSignal::new(rules.auto), RwSignal::new(rules.take_on_reply));
    let general = RwSignal::new(rules.capacity.to_string());
    let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let people: Vec<(Duty, RwSignal<String>)> =
        rules.people.into_iter().map(|duty| (duty.clone(), RwSignal::new(text(duty.capacity)))).collect();
    let people = StoredValue::new(people);
    let (busy, wrong) = (RwSignal::new(false), RwSignal::new(false));
    let read = move || {
        let people = people.with_value(|people| {
            let one = |(duty, typed): &(Duty, RwSignal<String>)| {
                let capacity = typed.with_untracked(|typed| capacity(typed))?;
                Ok(Duty { capacity, ..duty.clone() })
            };
            people.iter().map(one).collect::<Result<Vec<_>, ()>>()
        })?;
        let capacity = general.with_untracked(|typed| capacity(typed))?.ok_or(())?;
        Ok::<_, ()>(Rules { auto: auto.get_untracked(), capacity, take_on_reply: take.get_untracked(), people })
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Ok(rules) = read() else { return wrong.set(true) };
        wrong.set(false);
        busy.set(true);
        spawn_local(async move {
            let answer = api::set_assign_rules(account, rules).await;
            busy.try_set(false);
            match answer {
                Ok(()) => toasts.say(Key::UiSaved),
                Err(AppError::Field { reason: Reason::Invalid, .. }) => drop(wrong.try_set(true)),
                Err(error) => toasts.error(&error),
            }
        });
    };
    let number = move |id: String, name: String, value: RwSignal<String>, described: &'static str| {
        view! {
            <label class="field__label" for=id.clone()>{name}</label>
            <input
                class="field__input assign-rules__number"
                id=id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || (wrong.get() && value.with(|typed| capacity(typed).is_err())).then_some("true")
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    let rows = people.with_value(|people| {
        people
            .iter()
            .map(|(duty, typed)| {
                let id = format!("capacity-{}", duty.id);
                view! { <li class="assign-rules__person">{number(id, duty.name.clone(), *typed, "capacity-people")}</li> }
            })
            .collect_view()
    });
    view! {
        <form class="assign-rules" on:submit=save>
            <div class="field">
                <label class="field__label" for="rules-auto">{i18n.t(Key::ChatRulesAuto)}</label>
                <select
                    class="field__input field__input--select"
                    id="rules-auto"
                    aria-describedby="rules-order"
                    on:change=move |event| auto.set(event_target_value(&event) == "turn")
                >
                    <option value="off" selected=!rules.auto>{i18n.t(Key::ChatRulesAutoOff)}</option>
                    <option value="turn" selected=rules.auto>{i18n.t(Key::ChatRulesAutoOn)}</option>
                </select>
                <p class="field__hint" id="rules-order">{i18n.t(Key::ChatRulesOrder)}</p>
            </div>
            <div class="field">
                {number("rules-capacity".to_owned(), i18n.t(Key::ChatRulesCapacity).to_owned(), general, "capacity-hint")}
                <p class="field__hint" id="capacity-hint">{i18n.t(Key::ChatRulesCapacityHint)}</p>
            </div>
            <details class="fold">
                <summary>{i18n.t(Key::ChatRulesPeople)}</summary>
                <p class="field__hint" id="capacity-people">{i18n.t(Key::ChatRulesPeopleHint)}</p>
                <ul class="assign-rules__people">{rows}</ul>
            </details>
            <label class="assign-rules__take">
                <input
                    type="checkbox"
                    prop:checked=move || take.get()
                    on:change=move |event| take.set(event_target_checked(&event))
                />
                {i18n.t(Key::ChatRulesTake)}
            </label>
            <p class="field__error" role="alert">
                {move || wrong.get().then(|| i18n.t(Key::ErrorInvalid))}
            </p>
            <Button kind=ButtonKind::Primary busy>{i18n.t(Key::UiSave)}</Button>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::capacity;

    #[test]
    fn capacities_are_read_as_they_are_typed() {
        assert_eq!(capacity(" "), Ok(None));
        assert_eq!(capacity(" 12 "), Ok(Some(12)));
        assert_eq!(capacity("0"), Ok(Some(0)));
        for wrong in ["-1", "x", "1.5", "1001"] {
            assert_eq!(capacity(wrong), Err(()), "{wrong}");
        }
    }
}
