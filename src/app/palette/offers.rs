//! What the palette knows by itself: pages, settings, accounts, language and colours, and what the open page offers.

use super::{
    Commands,
    entry::{Act, Entry, Group},
};
use crate::{
    i18n::{I18n, Key, Lang},
    team::{api::update_profile, view::Session},
    ui::{Icon, Theme, Toasts},
};
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// Every entry that needs no server, in its order.
pub fn entries(i18n: I18n, session: Session, commands: Commands, toasts: Toasts) -> Vec<Entry> {
    let mut all = Vec::new();
    for action in commands.actions.get() {
        let (id, act) = (format!("do:{}", action.id), Act::Run(action.run));
        all.push(Entry {
            id,
            group: Group::Actions,
            icon: action.icon,
            title: action.name,
            hint: action.key.into(),
            also: String::new(),
            act,
        });
    }
    let go = |group, icon, name: Key, also: &str, href: String| Entry {
        id: format!(
            "go:{}",
            href.rsplit_once("/a/")
                .map_or(href.as_str(), |(_, rest)| rest.split_once('/').map_or("", |(_, rest)| rest))
        ),
        group,
        icon,
        title: i18n.t(name).to_owned(),
        hint: String::new(),
        also: also.to_owned(),
        act: Act::Go(href),
    };
    let account = session.shown.get();
    if let Some(account) = &account {
        let base = format!("/a/{}", account.id);
        all.push(go(Group::Pages, Icon::Chat, Key::AppChats, "chats inbox messages", format!("{base}/chats")));
        for (name, slug) in [
            (Key::ChatFilterUnread, "unread"),
            (Key::ChatFilterFollowUp, "follow-up"),
            (Key::ChatFilterResolved, "resolved"),
            (Key::ChatFilterAll, "all"),
            (Key::ChatFilterSpam, "spam"),
        ] {
            let entry = go(Group::Pages, Icon::Inbox, name, slug, format!("{base}/chats/{slug}"));
            all.push(Entry { title: format!("{} › {}", i18n.t(Key::AppChats), entry.title), ..entry });
        }
        all.push(go(Group::Pages, Icon::Bell, Key::AppMentions, "mentions notes", format!("{base}/mentions")));
        all.push(go(Group::Pages, Icon::Trash, Key::ChatDeletedTitle, "deleted chats", format!("{base}/deleted")));
        all.push(go(
            Group::Pages,
            Icon::Message,
            Key::SavedTitle,
            "saved messages canned replies templates",
            format!("{base}/messages"),
        ));
        all.push(go(Group::Pages, Icon::Plus, Key::SavedNew, "new saved message", format!("{base}/messages/new")));
    }
    if session.manages() {
        if let Some(account) = &account {
            all.push(go(
                Group::Settings,
                Icon::Gear,
                Key::AccountTitle,
                "account webhook settings",
                format!("/a/{}/settings", account.id),
            ));
        }
        all.push(go(
            Group::Settings,
            Icon::People,
            Key::TeamTitle,
            "team members operators settings",
            "/settings/team".to_owned(),
        ));
        let audit = "/settings/audit".to_owned();
        all.push(go(Group::Settings, Icon::List, Key::AuditTitle, "activity log audit", audit));
    }
    all.push(go(
        Group::Settings,
        Icon::User,
        Key::TeamMeTitle,
        "my settings profile password name",
        "/settings/me".to_owned(),
    ));
    let open = commands.help;
    all.push(Entry {
        id: "keys".to_owned(),
        group: Group::Settings,
        icon: Icon::Key,
        title: i18n.t(Key::ChatKeys).to_owned(),
        hint: "?".to_owned(),
        also: "keyboard shortcuts help".to_owned(),
        act: Act::Run(Arc::new(move || open.set(true))),
    });
    accounts(session, &mut all);
    look(i18n, session, toasts, &mut all);
    all
}

/// The other accounts.
fn accounts(session: Session, all: &mut Vec<Entry>) {
    let shown = session.shown.get().map(|account| account.id);
    for account in session.me.with(|me| me.accounts.clone()) {
        if Some(account.id) != shown {
            let act = Act::Go(format!("/a/{}/chats", account.id));
            let (id, also) = (format!("account:{}", account.id), "account switch".to_owned());
            all.push(Entry {
                id,
                group: Group::Pages,
                icon: Icon::Circles,
                title: account.name,
                hint: account.basic_id,
                also,
                act,
            });
        }
    }
}

/// What a language is called by those who can't read its own name.
fn english(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "english",
        Lang::Ja => "japanese",
        Lang::Th => "thai",
        Lang::ZhHant => "traditional chinese taiwan",
    }
}

/// Languages and colours.
fn look(i18n: I18n, session: Session, toasts: Toasts, all: &mut Vec<Entry>) {
    for lang in Lang::ALL.into_iter().filter(|lang| *lang != i18n.lang) {
        let speak = move || {
            let name = session.me.with_untracked(|me| me.name.clone());
            spawn_local(async move {
                match update_profile(name, lang.tag().to_owned()).await {
                    // The session sees the language and asks for the page again.
                    Ok(()) => session.refresh(),
                    Err(error) => toasts.error(&error),
                }
            });
        };
        all.push(Entry {
            id: format!("lang:{}", lang.tag()),
            group: Group::Look,
            icon: Icon::Globe,
            title: lang.name().to_owned(),
            hint: i18n.t(Key::UiLanguage).to_owned(),
            also: format!("language {} {}", english(lang), i18n.t(Key::UiLanguage)),
            act: Act::Run(Arc::new(speak)),
        });
    }
    for (theme, icon) in [(Theme::System, Icon::Screen), (Theme::Light, Icon::Sun), (Theme::Dark, Icon::Moon)] {
        all.push(Entry {
            id: format!("theme:{}", theme.name().unwrap_or("system")),
            group: Group::Look,
            icon,
            title: i18n.t(theme.label()).to_owned(),
            hint: i18n.t(Key::UiTheme).to_owned(),
            also: format!("theme colours dark light {theme:?} {}", i18n.t(Key::UiTheme)),
            act: Act::Run(Arc::new(move || theme.wear())),
        });
    }
}
