//! The only place that may set the page's title: `leptos_meta` writes it into the server's HTML as
//! it is, so a friend's name could break out of it.

use crate::i18n::{Key, use_i18n};
use leptos::prelude::*;
use leptos_meta::Title;

/// The title as it has to be handed to `leptos_meta` on this side.
fn safe(title: &str) -> String {
    // The browser sets `document.title`, which takes text and no HTML.
    if cfg!(target_arch = "wasm32") { title.to_owned() } else { html_escape::encode_text(title).into_owned() }
}

/// Sets the title of the window: the page first, then the program.
///
/// The text is no signal: the server writes the title into the page when the owner of a page's signals
/// may already be gone, and reading one then would be a panic.
#[component]
pub fn PageTitle(
    /// Name of the page.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <Title text=safe(&format!("{text} · {}", use_i18n().t(Key::AppName)))/> }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(
            safe("</title><script>window.__x=1</script>"),
            "&lt;/title&gt;&lt;script&gt;window.__x=1&lt;/script&gt;"
        );
    }
}
