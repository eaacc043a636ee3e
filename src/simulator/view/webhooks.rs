//! How the webhooks of each channel went.

use super::deed::{Deeds, Trouble};
use crate::{
    error::AppError,
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{HookCounts, HookPeriod, HookReport},
    },
    ui::{Time, TimeStyle, hydrated},
};
use leptos::prelude::*;
use leptos_router::components::A;

/// The page.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    let i18n = use_i18n();
    let deeds = Deeds::live(Signal::stored("webhooks".to_owned()));
    let reports = Resource::new(move || deeds.version(), |_| api::webhooks());
    view! {
        <div class="sim__page sim__page--wide">
            <p><A href="/log">"← " {i18n.t(Key::SimLogBack)}</A></p>
            <h1>{i18n.t(Key::SimHooks)}</h1>
            <p>{i18n.t(Key::SimHooksMore)}</p>
            <Trouble deeds/>
            <Transition><Cards reports deeds/></Transition>
        </div>
    }
}

/// Every channel. A part of its own within the waiting part: that is where the memo may read what is waited for.
#[component]
fn Cards(reports: Resource<Result<Vec<HookReport>, AppError>>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let look = Memo::new(move |_| reports.get().and_then(Result::ok));
    move || {
        let reports = look.get()?;
        if reports.is_empty() {
            return Some(view! { <p class="sim-card">{i18n.t(Key::SimNoChannels)}</p> }.into_any());
        }
        Some(reports.into_iter().map(|report| view! { <Card report deeds/> }).collect_view().into_any())
    }
}

/// One channel.
#[component]
fn Card(report: HookReport, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let (one, other) = (report.channel.clone(), report.channel.clone());
    let log = format!("/log?direction=webhook&channel={}", report.channel);
    let suspended = report.suspended_since.map(|_| {
        view! {
            <div class="wire__cut">
                <p>{i18n.fill(Key::SimHooksSuspended, &[("count", &report.suspended)])}</p>
                <button
                    type="button"
                    class="sim-button"
                    disabled=move || !alive.get()
                    on:click=move |_| deeds.run(api::tend_webhooks(one.clone(), false), |()| ())
                >
                    {i18n.t(Key::SimHooksResume)}
                </button>
            </div>
        }
    });
    let number = |words: Key, value: String| view! { <div><dt>{i18n.t(words)}</dt><dd>{value}</dd></div> };
    let counts = report.counts;
    let sums = move || {
        view! {
            <dl class="hooks__sums">
                {number(Key::SimHooksTotal, counts.total.to_string())}
                {number(Key::SimHooksOk, counts.ok.to_string())}
                {number(Key::SimHooksConnect, counts.could_not_connect.to_string())}
                {number(Key::SimHooksTimeout, counts.request_timeout.to_string())}
                {number(Key::SimHooksStatus, counts.error_status_code.to_string())}
                {number(Key::SimHooksOther, counts.unclassified.to_string())}
                {number(Key::SimHooksRedelivered, report.redelivered.to_string())}
                {number(Key::SimHooksRow, report.in_a_row.to_string())}
            </dl>
        }
    };
    let errors = report.errors.clone();
    let error_rows = errors.into_iter().map(|error| {
        let status = if error.status == 0 { String::new() } else { format!("{} ", error.status) };
        view! {
            <tr>
                <td><Time at=error.time style=TimeStyle::Full/></td>
                <td><A href=format!("/log/{}", error.log)><code>{error.reason.to_lowercase()}</code></A></td>
                <td>{status}{error.detail}</td>
            </tr>
        }
    });
    let heading = format!("hooks-{}", report.channel);
    view! {
        <section class="sim-card" aria-labelledby=heading.clone()>
            <div class="wire__head">
                <h2 id=heading.clone()>{report.name.clone()} " " <span class="sim-card__id">{report.channel.clone()}</span></h2>
                <A href=log attr:class="sim-button">{i18n.t(Key::SimLog)}</A>
                {(report.since > 0).then(|| view! {
                    <button
                        type="button"
                        class="sim-button"
                        disabled=move || !alive.get()
                        on:click=move |_| deeds.run(api::tend_webhooks(other.clone(), true), |()| ())
                    >
                        {i18n.t(Key::SimHooksAnew)}
                    </button>
                })}
            </div>
            <p class="wire__hint">{if report.endpoint.is_empty() { i18n.t(Key::SimNoEndpoint).to_owned() } else { report.endpoint.clone() }}</p>
            {suspended}
            {if report.since == 0 {
                view! { <p>{i18n.t(Key::SimHooksNone)}</p> }.into_any()
            } else {
                view! {
                    <p>{i18n.t(Key::SimHooksSince)} " " <Time at=report.since style=TimeStyle::Full/></p>
                    {sums()}
                    <Periods title=Key::SimHooksDays periods=report.days.clone() style=TimeStyle::Day id=format!("{heading}-days")/>
                    <Periods title=Key::SimHooksHours periods=report.hours.clone() style=TimeStyle::Clock id=format!("{heading}-hours")/>
                    {(!report.errors.is_empty()).then(|| view! {
                        <div class="hooks__table" role="region" tabindex="0" aria-labelledby=format!("{heading}-errors")>
                            <table>
                                <caption id=format!("{heading}-errors")>{i18n.t(Key::SimHooksErrors)}</caption>
                                <thead><tr>
                                    <th scope="col">{i18n.t(Key::SimHooksWhen)}</th>
                                    <th scope="col">{i18n.t(Key::SimLogAnswer)}</th>
                                    <th scope="col">{i18n.t(Key::SimHooksDetail)}</th>
                                </tr></thead>
                                <tbody>{error_rows.collect_view()}</tbody>
                            </table>
                        </div>
                    })}
                }.into_any()
            }}
        </section>
    }
}

/// Hours, or days.
#[component]
fn Periods(title: Key, periods: Vec<HookPeriod>, style: TimeStyle, id: String) -> impl IntoView {
    let i18n = use_i18n();
    let rows = periods.clone().into_iter().map(|period| {
        let HookCounts { total, ok, could_not_connect, request_timeout, error_status_code, unclassified } =
            period.counts;
        // The middle of a day is the same day everywhere from Lisbon to Auckland.
        let at = if style == TimeStyle::Day { period.from + 12 * crate::time::HOUR } else { period.from };
        let cells = [total, ok, could_not_connect, request_timeout, error_status_code, unclassified];
        view! {
            <tr>
                <th scope="row"><Time at=at style=style/></th>
                {cells.map(|count| view! { <td class:hooks__zero=count == 0>{count}</td> }).into_iter().collect_view()}
            </tr>
        }
    });
    (!periods.is_empty()).then(|| {
        view! {
            <div class="hooks__table" role="region" tabindex="0" aria-labelledby=id.clone()>
                <table>
                    <caption id=id.clone()>{i18n.t(title)}</caption>
                    <thead><tr>
                        <th scope="col">{i18n.t(Key::SimHooksWhen)}</th>
                        <th scope="col">{i18n.t(Key::SimHooksTotal)}</th>
                        <th scope="col">{i18n.t(Key::SimHooksOk)}</th>
                        <th scope="col">{i18n.t(Key::SimHooksConnect)}</th>
                        <th scope="col">{i18n.t(Key::SimHooksTimeout)}</th>
                        <th scope="col">{i18n.t(Key::SimHooksStatus)}</th>
                        <th scope="col">{i18n.t(Key::SimHooksOther)}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    })
}
