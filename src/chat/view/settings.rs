//! How this account chats, and how oneself does.

use super::super::model::{
    setting::{ChatSetting, Manners, ReadMode, Voice},
    upload::Upload,
};
use crate::{
    browser::upload,
    chat::api,
    error::AppError,
    i18n::{I18n, Key, use_i18n},
    id::AccountId,
    team::view::{SettingsFrame, use_session},
    ui::{EmptyState, Icon, Skeleton, Toasts, hydrated},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use leptos_router::hooks::use_params_map;
use web_sys::HtmlInputElement;

/// The page.
#[component]
pub fn ChatSettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let account = Memo::new(move |_| {
        params.with(|params| params.get("account")).and_then(|id| id.parse::<AccountId>().ok()).unwrap_or_default()
    });
    let manners = Resource::new(move || account.get(), api::manners);
    let session = use_session();
    let manages = untrack(|| session.manages());
    view! {
        <SettingsFrame title=Key::ChatSettings about=Key::ChatSettingsAbout>
            <Suspense fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match manners.await {
                        Ok(Manners { setting, voice, .. }) => {
                            let account = account.get_untracked();
                            view! {
                                <Mine account voice/>
                                {manages.then(|| view! { <OfAccount account setting/> })}
                            }
                                .into_any()
                        }
                        Err(error) => view! { <EmptyState icon=Icon::Warning title=i18n.error(&error)/> }.into_any(),
                    }
                })}
            </Suspense>
        </SettingsFrame>
    }
}

/// One of several, told apart by radio buttons.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    value: RwSignal<T>,
    one: T,
    words: &'static str,
) -> impl IntoView {
    view! {
        <label class="chat-setting__choice">
            <input type="radio" name=name prop:checked=move || value.get() == one checked=value.get_untracked() == one on:change=move |_| value.set(one)/>
            <span>{words}</span>
        </label>
    }
}

fn check(value: RwSignal<bool>, words: &'static str) -> impl IntoView {
    view! {
        <label class="chat-setting__choice">
            <input
                type="checkbox"
                checked=value.get_untracked()
                prop:checked=move || value.get()
                on:change=move |event| value.set(event_target::<HtmlInputElement>(&event).checked())
            />
            <span>{words}</span>
        </label>
    }
}

/// A form that is being saved.
#[derive(Clone, Copy)]
struct Saving {
    i18n: I18n,
    toasts: Toasts,
    /// What is wrong, said beside the field.
    wrong: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

impl Saving {
    fn new() -> Self {
        Self {
            i18n: use_i18n(),
            toasts: use_context().unwrap_or_default(),
            wrong: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn run(self, saved: impl Future<Output = Result<(), AppError>> + 'static) {
        self.busy.set(true);
        self.wrong.set(None);
        spawn_local(async move {
            match saved.await {
                Ok(()) => self.toasts.say(Key::UiSaved),
                Err(error @ AppError::Field { .. }) => {
                    self.wrong.try_set(Some(self.i18n.error(&error)));
                }
                Err(error) => self.toasts.error(&error),
            }
            self.busy.try_set(false);
        });
    }
}

#[component]
fn OfAccount(account: AccountId, setting: ChatSetting) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let (read, undo, as_me) = (RwSignal::new(setting.read), RwSignal::new(setting.undo), RwSignal::new(setting.as_me));
    let days = RwSignal::new(setting.link_days.to_string());
    let saving = Saving::new();
    let Saving { wrong, busy, .. } = saving;
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let Ok(link_days) = days.get_untracked().trim().parse() else {
            return wrong.set(Some(i18n.t(Key::ErrorInvalid).to_owned()));
        };
        let setting = ChatSetting {
            read: read.get_untracked(),
            undo: undo.get_untracked(),
            as_me: as_me.get_untracked(),
            link_days,
        };
        saving.run(api::set_setting(account, setting));
    };
    let word = |mode: ReadMode| match mode {
        ReadMode::Open => Key::ChatSetReadOpen,
        ReadMode::Reply => Key::ChatSetReadReply,
        ReadMode::Never => Key::ChatSetReadNever,
    };
    view! {
        <section class="section">
            <h2>{i18n.t(Key::ChatSetAccount)}</h2>
            <form class="chat-setting" on:submit=save>
                <fieldset class="chat-setting__group">
                    <legend>{i18n.t(Key::ChatSetRead)}</legend>
                    {ReadMode::ALL.map(|mode| choice("read", read, mode, i18n.t(word(mode)))).collect_view()}
                    <p class="field__hint">{i18n.t(Key::ChatSetReadHint)}</p>
                </fieldset>
                {check(undo, i18n.t(Key::ChatSetUndo))}
                {check(as_me, i18n.t(Key::ChatSetAsMe))}
                <div class="field">
                    <label class="field__label" for="link-days">{i18n.t(Key::ChatSetLinkDays)}</label>
                    <input
                        class="field__input chat-setting__days"
                        id="link-days"
                        type="number"
                        min="0"
                        max="365"
                        aria-describedby="link-days-hint"
                        value=setting.link_days
                        on:input=move |event| days.set(event_target_value(&event))
                    />
                    <p class="field__hint" id="link-days-hint">{i18n.t(Key::ChatSetLinkDaysHint)}</p>
                    <p class="field__error" role="alert">{move || wrong.get()}</p>
                </div>
                <button type="submit" class="button button--primary" disabled=move || busy.get() || !alive.get()>
                    {i18n.t(Key::UiSave)}
                </button>
            </form>
        </section>
    }
}

#[component]
fn Mine(account: AccountId, voice: Voice) -> impl IntoView {
    let i18n = use_i18n();
    let alive = hydrated();
    let (enter, name) = (RwSignal::new(voice.enter_sends), RwSignal::new(voice.name.clone()));
    let icon = RwSignal::new(voice.icon);
    let saving = Saving::new();
    let Saving { wrong, busy, .. } = saving;
    let bring = move |event| {
        let field = event_target::<HtmlInputElement>(&event);
        let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
        field.set_value("");
        busy.set(true);
        spawn_local(async move {
            let answer =
                upload::put(u32::MAX, &format!("/a/{account}/upload?kind=image&name=icon"), &file, |_| ()).await;
            let made = match answer {
                Ok((200, body)) => serde_json::from_str::<Upload>(&body).map_err(|_| AppError::Unreachable),
                Ok((_, body)) => Err(serde_json::from_str(&body).unwrap_or(AppError::Unreachable)),
                Err(_) => Err(AppError::Unreachable),
            };
            match made {
                Ok(made) => {
                    icon.try_set(Some(made.id));
                }
                Err(error) => saving.toasts.error(&error),
            }
            busy.try_set(false);
        });
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let voice =
            Voice { name: name.get_untracked(), icon: icon.get_untracked(), enter_sends: enter.get_untracked() };
        saving.run(api::set_voice(account, voice));
    };
    view! {
        <section class="section">
            <h2>{i18n.t(Key::ChatSetMine)}</h2>
            <form class="chat-setting" on:submit=save>
                <fieldset class="chat-setting__group">
                    <legend>{i18n.t(Key::ChatSetKeys)}</legend>
                    {choice("enter", enter, true, i18n.t(Key::ChatSetEnter))}
                    {choice("enter", enter, false, i18n.t(Key::ChatSetCtrl))}
                </fieldset>
                <div class="field">
                    <label class="field__label" for="voice-name">{i18n.t(Key::ChatSetName)}</label>
                    <input
                        class="field__input"
                        id="voice-name"
                        maxlength="20"
                        aria-describedby="voice-hint"
                        value=voice.name
                        on:input=move |event| name.set(event_target_value(&event))
                    />
                    <p class="field__hint" id="voice-hint">{i18n.t(Key::ChatSetNameHint)}</p>
                    <p class="field__error" role="alert">{move || wrong.get()}</p>
                </div>
                <div class="field">
                    <label class="field__label" for="voice-icon">{i18n.t(Key::ChatSetIcon)}</label>
                    <div class="chat-setting__icon">
                        {move || {
                            icon.get().map(|id| view! { <img src=format!("/a/{account}/upload/{id}/thumb") alt="" width="48" height="48"/> })
                        }}
                        <input id="voice-icon" type="file" accept="image/*" disabled=move || !alive.get() on:change=bring/>
                        {move || {
                            icon.get()
                                .map(|_| {
                                    view! {
                                        <button type="button" class="link-button" on:click=move |_| icon.set(None)>
                                            {i18n.t(Key::TeamRemove)}
                                        </button>
                                    }
                                })
                        }}
                    </div>
                </div>
                <button type="submit" class="button button--primary" disabled=move || busy.get() || !alive.get()>
                    {i18n.t(Key::UiSave)}
                </button>
            </form>
        </section>
    }
}
