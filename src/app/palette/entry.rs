//! What the palette offers: entries, how they are found, and those that were chosen last.

use crate::{
    browser,
    i18n::{
        Key,
        find::{fit, fold},
    },
    id::AccountId,
    ui::Icon,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many of the last ones come first.
const RECENT: usize = 6;
/// How many of a group are shown once something was typed.
const SHOWN: usize = 8;

/// What an entry belongs to; in the order in which groups are shown when nothing was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Chosen before.
    Recent,
    /// What can be done with the open room.
    Actions,
    /// Rooms, by name.
    Rooms,
    /// Saved messages.
    Saved,
    /// Pages of the account.
    Pages,
    /// Settings.
    Settings,
    /// Language and colours.
    Look,
}

impl Group {
    /// What it is called.
    pub fn name(self) -> Key {
        match self {
            Self::Recent => Key::PaletteRecent,
            Self::Actions => Key::PaletteActions,
            Self::Rooms => Key::AppChats,
            Self::Saved => Key::SavedTitle,
            Self::Pages => Key::PalettePages,
            Self::Settings => Key::AppSettings,
            Self::Look => Key::PaletteLook,
        }
    }
}

/// What choosing an entry does.
#[derive(Clone)]
pub enum Act {
    /// Goes to a page of the console.
    Go(String),
    /// Does something here. Shared and not owned by a computation: the palette is made anew while it closes.
    Run(Run),
}

/// Something that can be done.
pub type Run = Arc<dyn Fn() + Send + Sync>;

/// One line of the palette.
#[derive(Clone)]
pub struct Entry {
    /// Names it for as long as it exists.
    pub id: String,
    /// Where it stands.
    pub group: Group,
    /// Its sign.
    pub icon: Icon,
    /// Its words.
    pub title: String,
    /// Its key, or more about it.
    pub hint: String,
    /// Other words that find it.
    pub also: String,
    /// What it does.
    pub act: Act,
}

/// An entry that was chosen before. Rooms and saved messages are not known before somebody asks for them, so that
/// their words are kept with them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Chosen {
    id: String,
    title: String,
    href: Option<String>,
}

fn store_key(account: AccountId) -> String {
    format!("engawa.palette.{account}")
}

/// What was chosen last, the latest first.
pub fn recent(account: AccountId) -> Vec<Chosen> {
    browser::stored(&store_key(account)).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

/// Notes that an entry was chosen.
pub fn remember(account: AccountId, entry: &Entry) {
    let href = match &entry.act {
        Act::Go(href) => Some(href.clone()),
        Act::Run(_) => None,
    };
    let all = noted(recent(account), Chosen { id: entry.id.clone(), title: entry.title.clone(), href });
    browser::store(&store_key(account), serde_json::to_string(&all).ok().as_deref());
}

fn noted(mut all: Vec<Chosen>, chosen: Chosen) -> Vec<Chosen> {
    all.retain(|known| known.id != chosen.id);
    all.insert(0, chosen);
    all.truncate(RECENT);
    all
}

/// The groups to show: with nothing typed those chosen last and then everything in its order; else what fits, the
/// group with the best fit first. `found` is what the server found; it has been ranked there.
pub fn arrange(typed: &str, entries: &[Entry], found: &[Entry], last: &[Chosen]) -> Vec<(Group, Vec<Entry>)> {
    let wanted = fold(typed.trim());
    /// A group, its best rank, and its entries with theirs.
    type Ranked = (Group, u32, Vec<(u32, Entry)>);
    let mut groups: Vec<Ranked> = Vec::new();
    let mut put = |rank: u32, entry: Entry| match groups.iter_mut().find(|(group, _, _)| *group == entry.group) {
        Some((_, best, of)) => {
            *best = (*best).min(rank);
            of.push((rank, entry));
        }
        None => groups.push((entry.group, rank, vec![(rank, entry)])),
    };
    if wanted.is_empty() {
        last.iter().filter_map(|chosen| again(chosen, entries, found)).for_each(|entry| put(0, entry));
        entries.iter().chain(found).for_each(|entry| put(0, entry.clone()));
        return groups
            .into_iter()
            .map(|(group, _, of)| (group, of.into_iter().map(|(_, entry)| entry).collect()))
            .collect();
    }
    for entry in entries {
        let named = fit(&wanted, &fold(&entry.title));
        // Other words count less than its own.
        let otherwise = || fit(&wanted, &fold(&entry.also)).map(|rank| rank + 2);
        if let Some(rank) = named.or_else(otherwise) {
            put(rank, entry.clone());
        }
    }
    for entry in found {
        put(fit(&wanted, &fold(&entry.title)).unwrap_or(90), entry.clone());
    }
    groups.sort_by_key(|(_, best, _)| *best);
    let sorted = |(group, _, mut of): (Group, u32, Vec<(u32, Entry)>)| {
        of.sort_by_key(|(rank, _)| *rank);
        (group, of.into_iter().map(|(_, entry)| entry).take(SHOWN).collect())
    };
    groups.into_iter().map(sorted).collect()
}

/// An entry that was chosen before, if it can still be chosen.
fn again(chosen: &Chosen, entries: &[Entry], found: &[Entry]) -> Option<Entry> {
    let known = entries.iter().chain(found).find(|entry| entry.id == chosen.id).cloned();
    let kept = || {
        let icon = if chosen.id.starts_with("room:") { Icon::Chat } else { Icon::Message };
        let lasting = chosen.id.starts_with("room:") || chosen.id.starts_with("saved:");
        let href = chosen.href.clone().filter(|href| lasting && href.starts_with("/a/"))?;
        let (hint, also) = (String::new(), String::new());
        Some(Entry {
            id: chosen.id.clone(),
            group: Group::Recent,
            icon,
            title: chosen.title.clone(),
            hint,
            also,
            act: Act::Go(href),
        })
    };
    known.or_else(kept).map(|entry| Entry { id: format!("again:{}", entry.id), group: Group::Recent, ..entry })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(group: Group, title: &str, also: &str) -> Entry {
        let act = Act::Go(format!("/a/1/{title}"));
        Entry {
            id: title.into(),
            group,
            icon: Icon::Chat,
            title: title.into(),
            hint: String::new(),
            also: also.into(),
            act,
        }
    }

    fn titles(groups: &[(Group, Vec<Entry>)]) -> Vec<&str> {
        groups.iter().flat_map(|(_, of)| of.iter().map(|entry| entry.title.as_str())).collect()
    }

    #[test]
    fn what_was_chosen_last_comes_first() {
        let entries = [entry(Group::Actions, "Resolve", ""), entry(Group::Pages, "Chats", "")];
        let chosen =
            |id: &str, href: Option<&str>| Chosen { id: id.into(), title: id.into(), href: href.map(str::to_owned) };
        let last = [
            chosen("Chats", None),
            chosen("room:7", Some("/a/1/chats/all/7")),
            chosen("room:8", Some("https://evil.example")),
            chosen("gone", None),
        ];
        let groups = arrange("", &entries, &[], &last);
        assert_eq!(titles(&groups), ["Chats", "room:7", "Resolve", "Chats"]);
        assert_eq!(groups[0].0, Group::Recent);
    }

    #[test]
    fn the_best_fit_leads() {
        let entries = [
            entry(Group::Actions, "Resolve", ""),
            entry(Group::Settings, "チーム", "team members"),
            entry(Group::Look, "ไทย", "thai"),
        ];
        let found = [entry(Group::Rooms, "Team Rocket", "")];
        assert_eq!(titles(&arrange("team", &entries, &found, &[])), ["Team Rocket", "チーム"]);
        for typed in ["ちーむ", "ﾁｰﾑ", "チー"] {
            assert_eq!(titles(&arrange(typed, &entries, &[], &[])), ["チーム"], "{typed}");
        }
        assert_eq!(titles(&arrange("thai", &entries, &[], &[])), ["ไทย"]);
        assert_eq!(titles(&arrange("rslv", &entries, &[], &[])), ["Resolve"]);
        assert!(arrange("zzz", &entries, &[], &[]).is_empty());
    }

    #[test]
    fn one_choice_is_kept_once() {
        let chosen = |id: usize| Chosen { id: id.to_string(), title: String::new(), href: None };
        let all = (0..20).fold(Vec::new(), |all, n| noted(all, chosen(n % 8)));
        let ids: Vec<&str> = all.iter().map(|chosen| chosen.id.as_str()).collect();
        assert_eq!(ids, ["3", "2", "1", "0", "7", "6"]);
    }
}
