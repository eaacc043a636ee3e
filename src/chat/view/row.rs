//! One room in the list.

use super::{assign::holder_name, use_desktop, words};
use crate::{
    chat::model::{Friendship, Room, RoomKind, RoomState},
    i18n::{Key, use_i18n},
    id::RoomId,
    ui::{Avatar, AvatarSize, Badge, Icon, IconView, Tag, Time, TimeStyle, Tone},
};
use leptos::prelude::*;

/// Picture, name, last line, time, and what there is to do.
#[component]
pub fn RoomRow(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let room = Memo::new(move |_| desktop.feed.desk.with(|desk| desk.room(id).cloned()));
    let of = move |read: fn(&Room) -> i64| Signal::derive(move || room.with(|room| room.as_ref().map_or(0, read)));
    let name = Signal::derive(move || {
        room.with(|room| room.as_ref().map(|room| words::room_name(i18n, room)).unwrap_or_default())
    });
    let picture = Signal::derive(move || room.with(|room| room.as_ref().and_then(|room| room.picture.clone())));
    let last = move || {
        room.with(|room| {
            let room = room.as_ref()?;
            Some(match &room.last {
                Some(last) => words::last_line(i18n, last),
                None if room.friendship == Friendship::Gone => i18n.t(Key::ChatGone).to_owned(),
                None => String::new(),
            })
        })
    };
    let follow_up =
        Memo::new(move |_| room.with(|room| room.as_ref().is_some_and(|room| room.state == RoomState::FollowUp)));
    let desk = desktop.feed.desk;
    let pinned = Memo::new(move |_| desk.with(|desk| desk.is_pinned(id)));
    let muted = Memo::new(move |_| desk.with(|desk| desk.is_muted(id)));
    let holder = Memo::new(move |_| {
        desk.with(|desk| {
            let room = desk.room(id)?;
            Some((holder_name(i18n, desk.roster(), room)?, room.assignee.map(|id| id.0)))
        })
    });
    let sign = move |icon: Icon, key: Key| {
        view! {
            <span class="chat-row__sign" title=i18n.t(key)>
                <IconView icon/>
                <span class="visually-hidden">{i18n.t(key)}</span>
            </span>
        }
    };
    let nameless = move || room.with(|room| room.as_ref().is_some_and(|room| room.name.is_empty()));
    let group = room.with_untracked(|room| room.as_ref().is_some_and(|room| room.kind != RoomKind::User));
    view! {
        <li class="chat-rows__item">
            <a
                class="chat-row"
                class:chat-row--unread=move || of(|room| room.unread).get() != 0
                class:chat-row--nameless=nameless
                class:chat-row--muted=move || muted.get()
                href=move || desktop.place.get().room_href(id)
                aria-current=move || (desktop.place.get().room == Some(id)).then_some("page")
            >
                <Avatar name picture seed=id.0 group/>
                <span class="chat-row__name">{name}</span>
                <span class="chat-row__time">
                    {move || muted.get().then(|| sign(Icon::BellOff, Key::ChatMuted))}
                    {move || pinned.get().then(|| sign(Icon::Tack, Key::ChatPinned))}
                    <Time at=of(|room| room.at) style=TimeStyle::List/>
                </span>
                <span class="chat-row__last">{last}</span>
                <span class="chat-row__marks">
                    {move || follow_up.get().then(|| view! { <Tag tone=Tone::Warn>{i18n.t(Key::ChatFilterFollowUp)}</Tag> })}
                    {move || {
                        holder
                            .get()
                            .map(|(name, person)| {
                                let said = i18n.fill(Key::ChatAssignedTo, &[("name", &name)]);
                                view! {
                                    <span class="chat-row__holder" title=said.clone()>
                                        <Avatar
                                            name
                                            seed=person.unwrap_or_default()
                                            group=person.is_none()
                                            size=AvatarSize::Small
                                        />
                                        <span class="visually-hidden">{said.clone()}</span>
                                    </span>
                                }
                            })
                    }}
                    <Badge count=of(|room| room.unread) label=i18n.t(Key::ChatFilterUnread)/>
                </span>
            </a>
        </li>
    }
}
