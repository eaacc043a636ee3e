//! Who is in a group, and who comes and goes.

use super::{
    super::{place::Place, seed, talk::Talk},
    begin::{Ticks, others},
};
use crate::{
    i18n::{Key, use_i18n},
    simulator::{
        api,
        model::{Account, ChannelCard, Person},
    },
    ui::{Avatar, AvatarSize, Dialog},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

/// See the module.
#[component]
pub fn GroupSheet(
    /// What goes on in the room.
    talk: Talk,
) -> impl IntoView {
    let i18n = use_i18n();
    let open = talk.group;
    // By parts: a message that comes must not take away what is being typed here.
    let group = move || talk.room.with(|room| room.clone().filter(|room| room.group));
    let title = Memo::new(move |_| group().filter(|room| room.id.starts_with('C')).map(|room| room.title));
    let who = Memo::new(move |_| group().map(|room| (room.members, room.bot, room.id, room.me)));
    let name = move || title.get().filter(|_| open.get()).map(|name| view! { <Name name talk/> });
    let members = move || {
        let (members, bot, id, me) = who.get().filter(|_| open.get())?;
        Some(view! { <Members members bot removable=id.starts_with('C') me=me.id talk/> })
    };
    view! {
        <Dialog open title=i18n.t(Key::SimGroup) id=talk.phone.id("group-title")>
            {name}
            {members}
            {move || open.get().then(|| view! { <Invite talk/><Leave talk/> })}
        </Dialog>
    }
}

#[component]
fn Name(name: String, talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let name = RwSignal::new(name);
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        let (user, group) = talk.here();
        talk.deeds.run(api::rename(user, group, name.get_untracked()), |()| ());
    };
    view! {
        <form class="sim-form" on:submit=rename>
            <label for=talk.phone.id("rename")>{i18n.t(Key::SimGroupName)}</label>
            <div class="sim-form__row">
                <input
                    id=talk.phone.id("rename")
                    required=true
                    maxlength="50"
                    autocomplete="off"
                    prop:value=move || name.get()
                    on:input=move |event| name.set(event_target_value(&event))
                />
                <button class="sim-button">{i18n.t(Key::UiSave)}</button>
            </div>
        </form>
    }
}

/// One line of the list: a picture, a name, and the way out.
#[component]
fn Member(
    id: String,
    name: String,
    /// What stands under the name.
    #[prop(into)]
    hint: String,
    /// Removes them; none where nobody may.
    out: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let label = i18n.fill(Key::SimRemove, &[("name", &name)]);
    view! {
        <li class="phone__row">
            <Avatar name=name.clone() seed=seed(&id) size=AvatarSize::Medium/>
            <span class="phone__words">
                <span class="phone__title">{name}</span>
                <span class="phone__last">{hint}</span>
            </span>
            {out.map(|out| view! {
                <button type="button" class="sim-button" aria-label=label on:click=move |_| out.run(())>
                    {i18n.t(Key::SimTakeOut)}
                </button>
            })}
        </li>
    }
}

#[component]
fn Members(members: Vec<Person>, bot: Option<Account>, removable: bool, me: String, talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let people = members.into_iter().map(|Person { id, name, .. }| {
        let mine = id == me;
        let who = id.clone();
        let out = (removable && !mine).then(|| {
            Callback::new(move |()| {
                let (user, group) = talk.here();
                talk.deeds.run(api::remove(user, group, vec![who.clone()], false), |()| ());
            })
        });
        view! { <Member id name hint=if mine { i18n.t(Key::SimYou) } else { "" } out/> }
    });
    let people = people.collect_view();
    let bot = bot.map(|bot| {
        let out = Callback::new(move |()| {
            let (user, group) = talk.here();
            talk.deeds.run(api::remove(user, group, Vec::new(), true), |()| ());
        });
        view! { <Member id=bot.channel name=bot.name hint=bot.basic_id out=Some(out)/> }
    });
    view! { <ul class="phone__list">{bot}{people}</ul> }
}

#[component]
fn Invite(talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let here = move |id: &str| {
        talk.room.with(|room| room.as_ref().is_some_and(|room| room.members.iter().any(|member| member.id == id)))
    };
    let people = others(here);
    let chosen = RwSignal::new(Vec::<String>::new());
    let cards = RwSignal::new(Vec::<ChannelCard>::new());
    spawn_local(async move {
        let _ = cards.try_set(api::cards().await.map(|(_, cards)| cards).unwrap_or_default());
    });
    let invite = move |event: SubmitEvent| {
        event.prevent_default();
        let (user, group) = talk.here();
        let users = chosen.get_untracked();
        chosen.set(Vec::new());
        talk.deeds.run(api::invite(user, group, users, String::new()), |()| ());
    };
    let bots = move || {
        let empty = talk.room.with(|room| room.as_ref().is_some_and(|room| room.bot.is_none()));
        empty.then(|| {
            let each = cards.get().into_iter().map(|card| {
                let words = i18n.fill(Key::SimInvite, &[("name", &card.name)]);
                let come = move |_| {
                    let (user, group) = talk.here();
                    talk.deeds.run(api::invite(user, group, Vec::new(), card.id.clone()), |()| ());
                };
                view! { <button type="button" class="sim-button" on:click=come>{words}</button> }
            });
            view! { <div class="sim-form__choices">{each.collect_view()}</div> }
        })
    };
    view! {
        {bots}
        <form class="sim-form" on:submit=invite>
            <Ticks people chosen legend=i18n.t(Key::SimInvitePeople)/>
            <button class="sim-button sim-button--main" disabled=move || chosen.with(Vec::is_empty)>
                {i18n.t(Key::SimInvitePeople)}
            </button>
        </form>
    }
}

#[component]
fn Leave(talk: Talk) -> impl IntoView {
    let i18n = use_i18n();
    let leave = move |_| {
        let (user, group) = talk.here();
        talk.group.set(false);
        let work = api::remove(user.clone(), group, vec![user], false);
        talk.deeds.run(work, move |()| talk.phone.go(Place::Chats));
    };
    view! {
        <div class="dialog__actions">
            <button type="button" class="sim-button sim-button--danger" on:click=leave>{i18n.t(Key::SimLeave)}</button>
        </div>
    }
}
