//! Icons: one sprite of our own drawing, 20 by 20, stroked in the colour of the text.

use leptos::prelude::*;

/// Address of the sprite, given by the server; its name carries a hash of its content.
#[derive(Clone, Debug, Default)]
pub struct Sprite(pub String);

macro_rules! icons {
    ($($name:ident $id:literal),* $(,)?) => {
        /// A drawing of the sprite.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[expect(missing_docs, reason = "the names say what is drawn")]
        pub enum Icon { $($name),* }

        impl Icon {
            /// Every icon.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The id of its symbol in the sprite.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
        }
    };
}

icons! {
    Chat "chat", People "people", Megaphone "megaphone", Branch "branch", Robot "robot", Grid "grid",
    Picture "picture", Ticket "ticket", Star "star", List "list", Qr "qr", Circles "circles", Chart "chart",
    Gear "gear", Search "search", Filter "filter", Check "check", Flag "flag", Smile "smile", Clip "clip",
    Message "message", Clock "clock", Pencil "pencil", Back "back", Close "close", Plus "plus", More "more",
    Bell "bell", Shield "shield", Logout "logout", Sun "sun", Moon "moon", Screen "screen", Warning "warning",
    Info "info", Play "play", Download "download", Pin "pin", File "file", Mic "mic", Send "send", Retry "retry",
    User "user", Group "group", Sticker "sticker", External "external", Key "key", Copy "copy", Down "down",
    Forward "forward", Trash "trash", Globe "globe", Link "link", Phone "phone", Mail "mail", Inbox "inbox",
    Camera "camera", Quote "quote", BellOff "bell-off", Tack "tack", Up "up", Saved "saved",
}

/// Shows an icon. It is silent: the control around it carries the words.
#[component]
pub fn IconView(
    /// What to draw.
    icon: Icon,
) -> impl IntoView {
    let sprite = use_context::<Sprite>().unwrap_or_default().0;
    view! {
        <svg class="icon" aria-hidden="true" focusable="false" width="20" height="20">
            <use href=format!("{sprite}#{}", icon.id())></use>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_drawn() {
        let sprite = include_str!("../../public/icons.svg");
        for icon in Icon::ALL {
            assert!(sprite.contains(&format!("<symbol id=\"{}\"", icon.id())), "{icon:?}");
        }
    }
}
