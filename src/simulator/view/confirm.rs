//! A question over a phone's screen. Not the browser's own dialog, which would cover the other phones on the page.

use super::phone::use_phone;
use crate::i18n::{Key, use_i18n};
use leptos::{ev, html, prelude::*};

/// What follows a yes.
#[derive(Clone)]
pub enum Answer {
    /// This is done.
    Run(Callback<()>),
    /// This address is given to the browser.
    Outside(String),
}

/// A question.
#[derive(Clone)]
pub struct Question {
    /// What is asked.
    pub title: String,
    /// What follows.
    pub more: String,
    /// The word for yes; a telephone number or mail address has its own.
    pub yes: String,
    /// What follows a yes.
    pub answer: Answer,
}

impl Question {
    /// Whether to call somebody, or to write mail.
    pub fn outside(url: String) -> Self {
        Self { title: String::new(), more: String::new(), yes: String::new(), answer: Answer::Outside(url) }
    }
}

/// The question, while there is one.
#[component]
pub fn Confirm() -> impl IntoView {
    let phone = use_phone();
    move || phone.question.get().map(|question| view! { <Asked question/> })
}

#[component]
fn Asked(question: Question) -> impl IntoView {
    let i18n = use_i18n();
    let phone = use_phone();
    let first = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(node) = first.get() {
            let _ = node.focus();
        }
    });
    let close = move || phone.question.set(None);
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let id = phone.id("question");
    let heading = id.clone();
    let (title, more, yes) = match &question.answer {
        Answer::Run(_) => (question.title, question.more, question.yes),
        Answer::Outside(url) => {
            let (scheme, rest) = url.split_once(':').unwrap_or(("", url));
            let mail = scheme.eq_ignore_ascii_case("mailto");
            let key = if mail { Key::SimWriteMail } else { Key::SimCallNumber };
            (i18n.fill(key, &[("to", &rest)]), String::new(), i18n.t(Key::SimOpenOutside).to_owned())
        }
    };
    let button = match question.answer {
        Answer::Run(work) => {
            let done = move |_| {
                close();
                work.run(());
            };
            view! { <button type="button" class="sim-button sim-button--main" on:click=done>{yes}</button> }.into_any()
        }
        Answer::Outside(url) => view! {
            <a
                class="sim-button sim-button--main"
                href=url
                data-outside=""
                rel="noopener noreferrer"
                on:click=move |_| close()
            >
                {yes}
            </a>
        }
        .into_any(),
    };
    view! {
        <div class="phone-veil" on:keydown=key>
            <div
                class="phone-ask"
                role="alertdialog"
                aria-modal="true"
                aria-labelledby=id
                tabindex="-1"
                node_ref=first
            >
                <h2 id=heading>{title}</h2>
                {(!more.is_empty()).then(|| view! { <p>{more}</p> })}
                <div class="phone-ask__answers">
                    <button type="button" class="sim-button" on:click=move |_| close()>{i18n.t(Key::UiCancel)}</button>
                    {button}
                </div>
            </div>
        </div>
    }
}
