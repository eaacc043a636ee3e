//! The only place that may write a `<textarea>`: Leptos 0.8 does not escape its children, so
//! a text that a stranger wrote could break out of it.

use leptos::{html::Textarea, prelude::*};

/// The inner HTML of a text area that shows `value`. A line break right after the tag is swallowed
/// by browsers, so one more is put before it.
fn inner(value: &str) -> String {
    let text = html_escape::encode_text(value);
    if text.starts_with('\n') { format!("\n{text}") } else { text.into_owned() }
}

/// Several lines of text, controlled by `value`.
#[component]
pub fn TextArea(
    /// The text.
    value: RwSignal<String>,
    /// Name in the form.
    name: &'static str,
    /// What to write, spoken only; a visible `<label for=id>` may stand elsewhere.
    #[prop(into)]
    label: String,
    /// The id on the page; the name by default.
    #[prop(optional, into)]
    id: Option<String>,
    /// Shown while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Lines shown at first.
    #[prop(default = 3)]
    rows: u32,
    /// It can't be written in now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Reaches the element itself.
    #[prop(optional)]
    node_ref: NodeRef<Textarea>,
) -> impl IntoView {
    let first = inner(&value.get_untracked());
    view! {
        <textarea
            class="text-area"
            id=id.unwrap_or_else(|| name.to_owned())
            name=name
            rows=rows
            aria-label=label
            placeholder=placeholder
            disabled=move || disabled.get()
            node_ref=node_ref
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
            inner_html=first
        ></textarea>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        let html = Owner::new().with(|| {
            let value = RwSignal::new("</textarea><img src=x onerror=alert(1)>".to_owned());
            view! { <TextArea value name="text" label="Text"/> }.to_html()
        });
        assert!(!html.contains("<img"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;"), "{html}");
    }

    #[test]
    fn a_first_line_break_stays() {
        assert_eq!(inner("\na"), "\n\na");
        assert_eq!(inner("a\n"), "a\n");
    }
}
