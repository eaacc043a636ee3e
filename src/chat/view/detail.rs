//! The right pane: facts about the friend, or the members of a group.

use super::{kin::KinFacts, use_desktop, words};
use crate::{
    chat::model::{Friendship, RoomKind},
    i18n::{Key, Lang, use_i18n},
    id::RoomId,
    ui::{Avatar, AvatarSize, Button, ButtonKind, Icon, Time, TimeStyle},
};
use leptos::prelude::*;

/// Beside the messages where there is room; else a sheet that the head of the room opens.
#[component]
pub fn Detail(id: RoomId) -> impl IntoView {
    let i18n = use_i18n();
    let desktop = use_desktop();
    let desk = desktop.feed.desk;
    let room = Memo::new(move |_| desk.with(|desk| desk.room(id).cloned()));
    let profile =
        Memo::new(move |_| desk.with(|desk| desk.open_room().map(|open| open.profile.clone()).unwrap_or_default()));
    let people =
        Memo::new(move |_| desk.with(|desk| desk.open_room().map(|open| open.people.clone()).unwrap_or_default()));
    let name = Signal::derive(move || {
        room.with(|room| room.as_ref().map(|room| words::room_name(i18n, room)).unwrap_or_default())
    });
    let picture = Signal::derive(move || room.with(|room| room.as_ref().and_then(|room| room.picture.clone())));
    let kind = room.with_untracked(|room| room.as_ref().map_or(RoomKind::User, |room| room.kind));
    let group = kind != RoomKind::User;
    let friendship = move || {
        let friendship = room.with(|room| room.as_ref().map(|room| room.friendship).unwrap_or_default());
        i18n.t(match (friendship, group) {
            (Friendship::Friend, false) => Key::ChatFriend,
            (Friendship::Unknown, false) => Key::ChatNotFriend,
            (Friendship::Gone, false) => Key::ChatGone,
            (Friendship::Gone, true) => Key::ChatGroupGone,
            (_, true) => Key::ChatInGroup,
        })
    };
    view! {
        <aside class="pane chat-detail" aria-label=i18n.t(Key::ChatDetails)>
            <div class="chat-detail__close">
                <Button
                    kind=ButtonKind::Ghost
                    icon=Icon::Close
                    label=i18n.t(Key::UiClose)
                    on_click=move |_| desktop.details.set(false)
                />
            </div>
            <div class="chat-detail__head">
                <Avatar name picture seed=id.0 group size=AvatarSize::Large/>
                <p class="chat-detail__name">{name}</p>
                {move || profile.get().status.map(|status| view! { <p class="chat-detail__status" dir="auto">{status}</p> })}
            </div>
            <dl class="chat-facts">
                <dt>{i18n.t(Key::ChatFactFriendship)}</dt>
                <dd>{friendship}</dd>
                {move || {
                    profile
                        .get()
                        .language
                        .map(|tag| {
                            let name = Lang::from_tag(&tag).map_or(tag, |lang| lang.name().to_owned());
                            view! {
                                <dt>{i18n.t(Key::ChatFactLanguage)}</dt>
                                <dd>{name}</dd>
                            }
                        })
                }}
                {move || {
                    Some(profile.get().first_seen)
                        .filter(|at| *at > 0)
                        .map(|at| {
                            view! {
                                <dt>{i18n.t(Key::ChatFactFirstSeen)}</dt>
                                <dd><Time at style=TimeStyle::Full/></dd>
                            }
                        })
                }}
            </dl>
            {(!group).then(|| view! { <KinFacts id/> })}
            {group
                .then(|| {
                    view! {
                        <h3 class="chat-detail__title">{i18n.t(Key::ChatFactMembers)}</h3>
                        <ul class="chat-members">
                            <For each=move || people.get() key=|person| (person.id, person.name.clone()) let(person)>
                                <li class="chat-member">
                                    <Avatar
                                        name=person.name.clone()
                                        picture=person.picture.clone()
                                        seed=person.id.0
                                        size=AvatarSize::Small
                                    />
                                    {if person.name.is_empty() {
                                        i18n.t(Key::ChatUnknownName).to_owned()
                                    } else {
                                        person.name
                                    }}
                                </li>
                            </For>
                        </ul>
                    }
                })}
        </aside>
    }
}
