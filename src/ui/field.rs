//! Form fields: the label above, the hint below, and what is wrong right beside it.

use super::icon::{Icon, IconView};
use crate::{error::AppError, i18n::use_i18n};
use leptos::{
    prelude::*,
    server_fn::{ServerFn, error::FromServerFnError},
};

/// Why the last run of this action failed; none while it runs, or when it went well.
pub fn failure<S>(action: ServerAction<S>) -> Signal<Option<AppError>>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
    AppError: FromServerFnError,
{
    let (value, pending) = (action.value(), action.pending());
    Signal::derive(move || {
        if pending.get() {
            return None;
        }
        value.with(|value| value.as_ref().and_then(|result| result.as_ref().err().cloned()))
    })
}

/// What is wrong with the field of this name, in words.
pub fn field_error(failure: Signal<Option<AppError>>, name: &'static str) -> Signal<Option<String>> {
    let i18n = use_i18n();
    Signal::derive(move || {
        failure.with(|failure| match failure {
            Some(error @ AppError::Field { field, .. }) if field == name => Some(i18n.error(error)),
            _ => None,
        })
    })
}

/// What is wrong with a form as a whole: everything that belongs to none of its `fields`.
#[component]
pub fn FormError(
    /// The form's failure.
    failure: Signal<Option<AppError>>,
    /// Names of the fields that show their own errors.
    #[prop(optional)]
    fields: &'static [&'static str],
) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || {
        failure.with(|failure| match failure {
            Some(AppError::Field { field, .. }) if fields.contains(&field.as_str()) => None,
            Some(error) => Some(i18n.error(error)),
            None => None,
        })
    };
    view! {
        <div class="form-error" role="alert">
            {move || text().map(|text| view! { <p><IconView icon=Icon::Warning/><span>{text}</span></p> })}
        </div>
    }
}

/// One line of input. Not controlled: what was typed before the page came alive stays.
#[component]
pub fn Field(
    /// Name in the form, unique on the page unless `id` is given.
    name: &'static str,
    /// What to enter.
    #[prop(into)]
    label: String,
    /// `text`, `email`, `password`, `url`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The id on the page; the name by default.
    #[prop(optional)]
    id: Option<&'static str>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What the browser may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// It must not be empty.
    #[prop(optional)]
    required: bool,
    /// Ids, keys and addresses: no capitals, no spelling.
    #[prop(optional)]
    code: bool,
) -> impl IntoView {
    let id = id.unwrap_or(name);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let hint = hint.as_ref().map(|_| hint_id.clone()).unwrap_or_default();
        let error_id = error_id.clone();
        move || match (hint.is_empty(), error.with(Option::is_some)) {
            (true, false) => None,
            (false, false) => Some(hint.clone()),
            (true, true) => Some(error_id.clone()),
            (false, true) => Some(format!("{error_id} {hint}")),
        }
    };
    view! {
        <div class="field" class:field--wrong=move || error.with(Option::is_some)>
            <label class="field__label" for=id>{label}</label>
            <input
                class="field__input"
                class:field__input--code=code
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                autocapitalize=code.then_some("none")
                spellcheck=code.then_some("false")
                required=required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
            />
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            <p class="field__error" id=error_id aria-live="polite">{move || error.get()}</p>
        </div>
    }
}

/// One of a few.
#[component]
pub fn SelectField(
    /// Name in the form.
    name: &'static str,
    /// What to choose.
    #[prop(into)]
    label: String,
    /// The id on the page; the name by default.
    #[prop(optional, into)]
    id: Option<String>,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    /// The value that is chosen at first.
    #[prop(optional, into)]
    value: String,
    /// More about it.
    #[prop(optional, into)]
    hint: Option<String>,
    /// The label is spoken, not shown.
    #[prop(optional)]
    quiet: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_owned());
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label class="field__label" class:visually-hidden=quiet for=id.clone()>{label}</label>
            <select
                class="field__input field__input--select"
                id=id
                name=name
                aria-describedby=hint.as_ref().map(|_| hint_id.clone())
            >
                {options
                    .into_iter()
                    .map(|(key, words)| {
                        let selected = key == value;
                        view! { <option value=key selected=selected>{words}</option> }
                    })
                    .collect_view()}
            </select>
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
        </div>
    }
}
