//! Switches for the platform's misbehaviour.

mod form;
mod words;

use super::deed::{Deeds, Trouble};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{api, model::Fault},
    ui::hydrated,
};
use form::FaultForm;
use leptos::prelude::*;
use words::{more, name};

/// The page.
#[component]
pub fn FaultsPage() -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let deeds = Deeds::live(Signal::stored("faults".to_owned()));
    let page = Resource::new(move || deeds.version(), |_| api::faults());
    let look = move || page.get().and_then(Result::ok).unwrap_or_default();
    view! {
        <div class="sim__page">
            <h1>{i18n.t(Key::SimFaults)}</h1>
            <p>{i18n.t(Key::SimFaultsMore)}</p>
            <Trouble deeds/>
            <section class="sim-card" aria-labelledby="faults-on">
                <div class="sim-form__row">
                    <h2 id="faults-on">{i18n.t(Key::SimFaultsOn)}</h2>
                    <Transition>
                        {move || (look().active.len() > 1).then(|| view! {
                            <button
                                type="button"
                                class="sim-button"
                                disabled=move || !alive.get()
                                on:click=move |_| deeds.run(api::switch_all_off(), |()| ())
                            >
                                {i18n.t(Key::SimSwitchAllOff)}
                            </button>
                        })}
                    </Transition>
                </div>
                <Transition>
                    {move || look().active.is_empty().then(|| view! { <p>{i18n.t(Key::SimNoFaults)}</p> })}
                    <ul class="sim-card__faults">
                        <For each=move || look().active key=|fault| (fault.id, fault.struck, fault.remaining) let:fault>
                            <Line fault names=Signal::derive(move || look().channels) deeds on=true/>
                        </For>
                    </ul>
                </Transition>
            </section>
            <FaultForm deeds channels=Signal::derive(move || look().channels)/>
            <Transition>
                {move || {
                    let spent = look().spent;
                    (!spent.is_empty()).then(|| view! {
                        <section class="sim-card" aria-labelledby="faults-spent">
                            <h2 id="faults-spent">{i18n.t(Key::SimFaultsSpent)}</h2>
                            <ul class="sim-card__faults">
                                {spent.into_iter().map(|fault| view! {
                                    <Line fault names=Signal::derive(move || look().channels) deeds on=false/>
                                }).collect_view()}
                            </ul>
                        </section>
                    })
                }}
            </Transition>
        </div>
    }
}

/// One fault: what it does, where and how often, and the button that switches it off.
#[component]
fn Line(fault: Fault, names: Signal<Vec<(String, String)>>, deeds: Deeds, on: bool) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let (id, kind) = (fault.id, fault.kind);
    let account = names.with(|names| {
        let found = names.iter().find(|(id, _)| *id == fault.channel);
        found.map_or_else(|| fault.channel.clone(), |(_, name)| name.clone())
    });
    let mut facts = Vec::new();
    if !fault.path.is_empty() {
        facts.push(i18n.fill(Key::SimFaultWhere, &[("path", &fault.path)]));
    }
    if !account.is_empty() {
        facts.push(account);
    }
    if fault.probability < 1.0 {
        // Two digits are enough: 12.5 %, not 12.500000000000002 %.
        let percent = (fault.probability * 10_000.0).round() / 100.0;
        facts.push(i18n.fill(Key::SimFaultChance, &[("percent", &percent)]));
    }
    if kind.takes_time() {
        facts.push(format!("{} ms", fault.millis));
    }
    if let Some(seconds) = fault.seconds {
        facts.push(i18n.fill(Key::SimFaultFor, &[("seconds", &seconds)]));
    }
    if let Some(count) = fault.remaining.filter(|_| on) {
        facts.push(i18n.fill(Key::SimTimesLeft, &[("count", &count)]));
    }
    facts.push(i18n.fill(Key::SimFaultStruck, &[("count", &fault.struck)]));
    view! {
        <li class="sim-form__row fault">
            <div>
                <strong>{i18n.t(name(kind))}</strong>
                <p class="fault__facts">{facts.join(" · ")}</p>
                {on.then(|| view! { <p class="fault__more">{i18n.t(more(kind))}</p> })}
            </div>
            {on.then(|| view! {
                <button
                    type="button"
                    class="sim-button"
                    aria-label=format!("{}: {}", i18n.t(Key::SimSwitchOff), i18n.t(name(kind)))
                    disabled=move || !alive.get()
                    on:click=move |_| deeds.run(api::switch_off(id), |()| ())
                >
                    {i18n.t(Key::SimSwitchOff)}
                </button>
            })}
        </li>
    }
}
