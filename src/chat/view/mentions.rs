//! Who is named in notes: the list that completes a name, and the page of the notes that name the reader.

use crate::{
    app::use_account,
    chat::{
        api::notes as api,
        live::feed::Feed,
        model::{
            Author,
            note::{MentionPage, Mentioned, fitting, name_begun},
        },
    },
    i18n::{Key, use_i18n},
    id::{AccountId, MessageId},
    team::view::{Session, use_session},
    ui::{Avatar, AvatarSize, Badge, Button, EmptyState, Icon, PageTitle, Skeleton, Time, TimeStyle, Toasts, hydrated},
};
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// The names that fit what is being written behind an `@`. Colleagues are asked for at the first one.
#[derive(Clone, Copy)]
pub struct MentionList {
    account: AccountId,
    text: RwSignal<String>,
    all: RwSignal<Option<Vec<Author>>>,
    /// Where the name begins, the caret, and what is there of it.
    begun: RwSignal<Option<(usize, usize, String)>>,
    at: RwSignal<usize>,
}

impl MentionList {
    /// A closed list for this text.
    pub fn new(account: AccountId, text: RwSignal<String>) -> Self {
        Self { account, text, all: RwSignal::new(None), begun: RwSignal::new(None), at: RwSignal::new(0) }
    }

    /// Looks at what stands before the caret.
    pub fn look(self, caret: Option<usize>) {
        let begun = self.text.with_untracked(|text| {
            let caret = caret?;
            name_begun(text, caret).map(|(at, name)| (at, caret, name))
        });
        if begun.is_some() && self.all.with_untracked(Option::is_none) {
            // An empty list until the answer is here, so that it is asked for once.
            self.all.set(Some(Vec::new()));
            spawn_local(async move {
                let found = api::colleagues(self.account).await.ok();
                self.all.try_set(found);
            });
        }
        if self.begun.get_untracked() != begun {
            self.at.set(0);
            self.begun.set(begun);
        }
    }

    fn fit(self) -> Vec<Author> {
        let Some((_, _, name)) = self.begun.get() else { return Vec::new() };
        self.all.with(|all| fitting(&name, all.as_deref().unwrap_or_default()).into_iter().cloned().collect())
    }

    /// Whether names are offered; for handlers of events.
    pub fn is_open(self) -> bool {
        untrack(|| !self.fit().is_empty())
    }

    /// Whether names are offered; for views.
    pub fn is_open_now(self) -> bool {
        !self.fit().is_empty()
    }

    /// The id of the name that Enter would take.
    pub fn active(self, list: &str) -> Option<String> {
        let fit = self.fit();
        (!fit.is_empty()).then(|| format!("{list}-{}", self.at.get().min(fit.len() - 1)))
    }

    /// Moves to the next name, or to the one before.
    pub fn step(self, by: isize) {
        let count = untrack(|| self.fit().len()).max(1);
        self.at.update(|at| *at = at.checked_add_signed(by).unwrap_or(count - 1) % count);
    }

    /// The name that Enter takes.
    pub fn chosen(self) -> Option<Author> {
        let fit = untrack(|| self.fit());
        fit.get(self.at.get_untracked().min(fit.len().saturating_sub(1))).cloned()
    }

    /// Where the name begins that is being written, and the caret.
    pub fn begun(self) -> Option<(usize, usize)> {
        self.begun.with_untracked(|begun| begun.as_ref().map(|(at, caret, _)| (*at, *caret)))
    }

    /// Offers nothing any more.
    pub fn close(self) {
        self.begun.try_set(None);
    }

    /// The names.
    pub fn view(self, id: String, put: Callback<Author>) -> impl IntoView {
        let i18n = use_i18n();
        move || {
            let fit = self.fit();
            (!fit.is_empty()).then(|| {
                let names = fit.into_iter().enumerate().map(|(at, who)| {
                    let name = who.name.clone();
                    let seed = who.id.0;
                    // The text must keep the focus, or the list closes before it is clicked.
                    let press = move |event: ev::MouseEvent| {
                        event.prevent_default();
                        put.run(who.clone());
                    };
                    view! {
                        <li
                            id=format!("{id}-{at}")
                            class="names__name"
                            role="option"
                            aria-selected=move || (self.at.get() == at).to_string()
                            on:mousedown=press
                        >
                            <Avatar name=name.clone() seed size=AvatarSize::Small/>
                            {name}
                        </li>
                    }
                });
                view! {
                    <ul class="names" id=id.clone() role="listbox" aria-label=i18n.t(Key::ChatColleagues)>
                        {names.collect_view()}
                    </ul>
                }
            })
        }
    }
}

/// Keeps the number of unread mentions fresh while the inbox is open, and says so when there is one more.
pub fn follow(feed: Feed) {
    let Some(session) = use_context::<Session>() else { return };
    let i18n = use_i18n();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    Effect::new(move |before: Option<u32>| {
        let news = feed.notes.get();
        let Some(before) = before else { return news };
        if before != news {
            let go = use_navigate();
            spawn_local(async move {
                let Ok(count) = api::count_mentions(feed.account).await else { return };
                let known = untrack(|| session.mentions(feed.account));
                session.set_mentions(feed.account, count);
                if count > known {
                    let open = Callback::new(move |()| {
                        go(&format!("/a/{}/mentions", feed.account), NavigateOptions::default());
                    });
                    toasts.offer(i18n.t(Key::ChatMentioned), i18n.t(Key::ChatMentionedOpen), open);
                }
            });
        }
        news
    });
}

/// The notes that name the reader: `/a/{account}/mentions`.
#[component]
pub fn MentionsPage() -> impl IntoView {
    let i18n = use_i18n();
    let account = use_account().with_untracked(|account| account.id);
    let first = Resource::new(|| (), move |()| api::mentions(account, None));
    view! {
        <PageTitle text=i18n.t(Key::AppMentions)/>
        <main class="page" id="content" tabindex="-1">
            <header class="page__head">
                <h1>{i18n.t(Key::AppMentions)}</h1>
                <p class="page__about">{i18n.t(Key::ChatMentionsAbout)}</p>
            </header>
            <Suspense fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match first.await {
                        Ok(page) => view! { <Mentions account page/> }.into_any(),
                        Err(error) => {
                            view! { <EmptyState icon=Icon::Warning title=i18n.error(&error)/> }.into_any()
                        }
                    }
                })}
            </Suspense>
        </main>
    }
}

#[component]
fn Mentions(account: AccountId, page: MentionPage) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let toasts = use_context::<Toasts>().unwrap_or_default();
    let alive = hydrated();
    let busy = RwSignal::new(false);
    let (list, older) = (RwSignal::new(page.mentions), RwSignal::new(page.older));
    let unread = RwSignal::new(page.unread);
    Effect::new(move |_| session.set_mentions(account, unread.get()));
    let read = move |id: Option<MessageId>| {
        spawn_local(async move {
            match api::read_mentions(account, id).await {
                Ok(left) => {
                    session.set_mentions(account, left);
                    unread.try_set(left);
                    list.try_update(|list| {
                        list.iter_mut()
                            .filter(|one| id.is_none_or(|id| id == one.message))
                            .for_each(|one| one.read = true);
                    });
                }
                Err(error) => {
                    session.heed(&error);
                    toasts.error(&error);
                }
            }
        });
    };
    let more = move |_| {
        let Some(before) = list.with_untracked(|list| list.last().map(|last| last.message)) else { return };
        busy.set(true);
        spawn_local(async move {
            match api::mentions(account, Some(before)).await {
                Ok(page) => {
                    older.try_set(page.older);
                    list.try_update(|list| list.extend(page.mentions));
                }
                Err(error) => toasts.error(&error),
            }
            busy.try_set(false);
        });
    };
    let row = move |one: Mentioned| {
        let (id, name) = (one.message, one.name.clone());
        let name = if name.is_empty() { i18n.t(Key::ChatUnknownName).to_owned() } else { name };
        let author = one.author.map_or_else(|| i18n.t(Key::ChatNoteNobody).to_owned(), |author| author.name);
        view! {
            <li class="mentions__item">
                <a
                    class="mention"
                    class:mention--unread=!one.read
                    href=format!("/a/{account}/chats/all/{}?message={id}", one.room)
                    on:click=move |_| read(Some(id))
                >
                    <Avatar name=name.clone() picture=one.picture seed=one.room.0 group=one.group/>
                    <span class="mention__words">
                        <span class="mention__where">{author}" · "{name}</span>
                        <span class="mention__text" dir="auto">{one.text}</span>
                    </span>
                    <span class="mention__end">
                        <Time at=one.at style=TimeStyle::List/>
                        {(!one.read).then(|| view! { <Badge count=1 label=i18n.t(Key::AppMentionsUnread)/> })}
                    </span>
                </a>
            </li>
        }
    };
    view! {
        {move || {
            (unread.get() > 0)
                .then(|| {
                    view! {
                        <p>
                            <Button
                                icon=Icon::Check
                                disabled=Signal::derive(move || !alive.get())
                                on_click=move |_| read(None)
                            >
                                {i18n.t(Key::ChatMentionsReadAll)}
                            </Button>
                        </p>
                    }
                })
        }}
        <ul class="mentions">
            <For each=move || list.get() key=|one| (one.message, one.read) children=row/>
        </ul>
        {move || {
            list.with(Vec::is_empty)
                .then(|| {
                    view! {
                        <EmptyState
                            icon=Icon::Bell
                            title=i18n.t(Key::ChatMentionsNone)
                            text=i18n.t(Key::ChatMentionsNoneHint)
                        />
                    }
                })
        }}
        {move || {
            older
                .get()
                .then(|| view! { <Button busy on_click=more>{i18n.t(Key::ChatMentionsOlder)}</Button> })
        }}
    }
}
