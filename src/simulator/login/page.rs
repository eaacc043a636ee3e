//! The pages of LINE Login and LIFF: plain HTML in the language of the request, which works without scripts.

use super::authorize::{Told, Visit};
use crate::{
    i18n::{I18n, Key},
    server::assets,
    simulator::world::World,
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;

/// How many people are offered at once.
const OFFERED: usize = 20;

/// A whole page. `script` may run and nothing else; forms may lead anywhere, as LINE's do.
pub fn document(i18n: I18n, status: StatusCode, title: &str, body: AnyView, script: &'static str) -> Response {
    let site = assets::site();
    let nonce = crate::simulator::mint::letters(22);
    let title = title.to_owned();
    let code = (!script.is_empty()).then(|| view! { <script nonce=nonce.clone() inner_html=script></script> });
    let html = view! {
        <!DOCTYPE html>
        <html lang=i18n.lang.tag()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="robots" content="noindex"/>
                <title inner_html=html_escape::encode_text(&title).into_owned()></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=site.css.clone()/>
            </head>
            <body class="sim-login">
                <main class="sim-login__card">{body}</main>
                <p class="sim-login__foot">{i18n.t(Key::SimTitle)}</p>
                {code}
            </body>
        </html>
    }
    .to_html();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'nonce-{nonce}'; base-uri 'none'; object-src 'none'"
    );
    let mut response = (status, Html(html)).into_response();
    for (name, value) in [(header::CONTENT_SECURITY_POLICY, policy.as_str()), (header::CACHE_CONTROL, "no-store")] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// LINE's refusal when it can't send anybody back, with a word on what to do.
pub fn bad_request(i18n: I18n, words: &'static str) -> Response {
    let body = view! {
        <h1>"400 Bad Request"</h1>
        <p lang="en">{words}</p>
        <p class="sim-login__more">{i18n.t(Key::SimLoginWrong)}</p>
    };
    document(i18n, StatusCode::BAD_REQUEST, "400 Bad Request", body.into_any(), "")
}

/// Something that is not there.
pub fn lost(i18n: I18n, words: Key) -> Response {
    let body = view! {
        <h1>"404 Not Found"</h1>
        <p>{i18n.t(words)}</p>
    };
    document(i18n, StatusCode::NOT_FOUND, "404 Not Found", body.into_any(), "")
}

/// One sentence, and a script that tells whoever shows this page.
pub fn plain(i18n: I18n, words: Key, script: &'static str) -> Response {
    let body = view! { <h1>{i18n.t(words)}</h1> };
    document(i18n, StatusCode::OK, i18n.t(words), body.into_any(), script)
}

fn hidden(name: &'static str, value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}

/// A face beside a name.
pub fn face(id: &str, name: &str) -> impl IntoView + use<> {
    view! {
        <img class="sim-login__face" src=format!("/simulator/initial/{id}") alt="" width="40" height="40"/>
        <span class="sim-login__name">{name.to_owned()}</span>
    }
}

fn found(world: &World, find: &str) -> Vec<(String, String)> {
    let find = find.trim().to_lowercase();
    let mut users: Vec<_> = world
        .users
        .values()
        .filter(|user| user.name.to_lowercase().contains(&find) || user.id.eq_ignore_ascii_case(&find))
        .collect();
    users.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
    users.iter().take(OFFERED).map(|user| (user.id.clone(), user.name.clone())).collect()
}

/// Who logs in. `known` is who did last in this browser.
pub fn login(visit: &Visit, known: Option<&Told>, find: &str) -> Response {
    let i18n = visit.i18n;
    let title = i18n.fill(Key::SimLoginTo, &[("name", &visit.ready.channel.name)]);
    let (people, again) = visit.sim.with(|world| {
        let again = known.map(|known| (known.user.clone(), known.auth, world.name_of(&known.user)));
        (found(world, find), again)
    });
    let nobody = people.is_empty().then(|| view! { <p role="status">{i18n.t(Key::SimLoginNobody)}</p> });
    let again = again.map(|(user, auth, name)| {
        let words = i18n.fill(Key::SimLoginAs, &[("name", &name)]);
        view! {
            <form method="post" action=visit.action.clone() class="sim-login__again">
                {hidden("step", "login".into())}
                {hidden("amr", "linesso".into())}
                {hidden("auth", auth.to_string())}
                <button type="submit" class="sim-button sim-button--main" name="user" value=user>{words}</button>
            </form>
            <h2>{i18n.t(Key::SimLoginOther)}</h2>
        }
    });
    let by_code = visit.asked.initial_amr_display == "lineqr";
    let first = if by_code { "lineqr" } else { "pwd" };
    let ways = [("pwd", Key::SimLoginPassword), ("lineqr", Key::SimLoginCode), ("mfa", Key::SimLoginTwoFactors)];
    let way = if visit.asked.switch_amr == "false" {
        hidden("amr", first.into()).into_any()
    } else {
        view! {
            <label for="amr">{i18n.t(Key::SimLoginHow)}</label>
            <select id="amr" name="amr">
                {ways.into_iter().map(|(amr, words)| {
                    view! { <option value=amr selected=amr == first>{i18n.t(words)}</option> }
                }).collect_view()}
            </select>
        }
        .into_any()
    };
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="sim-login__more">{i18n.t(Key::SimLoginWho)}</p>
        {again}
        <form method="post" action=visit.action.clone() class="sim-login__find" role="search">
            {hidden("step", "find".into())}
            <label for="find">{i18n.t(Key::SimLoginFind)}</label>
            <div class="sim-login__row">
                <input id="find" name="find" maxlength="50" autocomplete="off" value=find.to_owned()/>
                <button type="submit" class="sim-button">{i18n.t(Key::SimLoginSearch)}</button>
            </div>
        </form>
        {nobody}
        <form method="post" action=visit.action.clone() class="sim-login__who">
            {hidden("step", "login".into())}
            {way}
            <ul>
                {people.into_iter().map(|(id, name)| {
                    let shown = face(&id, &name);
                    view! { <li><button type="submit" name="user" value=id>{shown}</button></li> }
                }).collect_view()}
            </ul>
        </form>
    };
    document(i18n, StatusCode::OK, &title, body.into_any(), "")
}

/// What a consent page shows.
pub struct Consent<'a> {
    pub i18n: I18n,
    /// Where the form goes.
    pub action: &'a str,
    /// The service.
    pub service: &'a str,
    /// Who is asked: id and name.
    pub user: (&'a str, &'a str),
    pub scopes: &'a [String],
    /// Their e-mail address.
    pub email: Option<String>,
    /// The linked account, if it is offered here: its name, whether it is a friend already, whether blocked.
    pub bot: Option<(String, bool, bool)>,
    pub told: Told,
    /// What the page runs, or nothing.
    pub script: &'static str,
}

/// Asks for what is not allowed yet.
pub fn ask(consent: Consent) -> Response {
    let Consent { i18n, action, service, user, scopes, email, bot, told, script } = consent;
    let title = i18n.fill(Key::SimConsentTo, &[("name", &service)]);
    let more = i18n.fill(Key::SimConsentMore, &[("name", &user.1)]);
    let wants = |scope: &str| scopes.iter().any(|wanted| wanted == scope);
    let required = |scope: &str, words: Key| {
        wants(scope).then(|| {
            view! { <li>{i18n.t(words)} " " <span class="sim-login__more">{i18n.t(Key::SimConsentNeeded)}</span></li> }
        })
    };
    let optional = |scope: &str, name: &'static str, words: String| {
        wants(scope).then(|| {
            view! {
                <li><label class="sim-login__check">
                    <input type="checkbox" name=name value="on" checked=true/>
                    {words}
                </label></li>
            }
        })
    };
    let address = match &email {
        Some(email) => i18n.fill(Key::SimScopeEmail, &[("email", email)]),
        None => i18n.t(Key::SimScopeNoEmail).to_owned(),
    };
    let option = bot.map(|(name, friend, blocked)| {
        if friend {
            let words = i18n.fill(Key::SimFriendAlready, &[("name", &name)]);
            return view! { <p>{words}</p> }.into_any();
        }
        let key = if blocked { Key::SimFriendUnblock } else { Key::SimFriendAdd };
        let words = i18n.fill(key, &[("name", &name)]);
        view! {
            <label class="sim-login__check">
                <input type="checkbox" name="friend" value="on"/>
                {words}
            </label>
        }
        .into_any()
    });
    let shown = face(user.0, user.1);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="sim-login__person">{shown}</p>
        <form method="post" action=action.to_owned()>
            {hidden("step", "consent".into())}
            {hidden("user", told.user)}
            {hidden("amr", told.amr)}
            {hidden("auth", told.auth.to_string())}
            <p>{more}</p>
            <ul class="sim-login__scopes">
                {required("profile", Key::SimScopeProfile)}
                {required("openid", Key::SimScopeOpenid)}
                {optional("email", "email", address)}
                {optional("chat_message.write", "write", i18n.t(Key::SimScopeWrite).to_owned())}
            </ul>
            {option}
            <div class="sim-login__deeds">
                <button type="submit" class="sim-button sim-button--main" name="answer" value="allow">
                    {i18n.t(Key::SimAllow)}
                </button>
                <button type="submit" class="sim-button" name="answer" value="cancel">{i18n.t(Key::SimCancel)}</button>
            </div>
        </form>
    };
    document(i18n, StatusCode::OK, &title, body.into_any(), script)
}

/// An account as a person may be offered it: its name, whether it is a friend already, whether blocked.
pub fn offered(world: &World, bot: &str, user: &str) -> Option<(String, bool, bool)> {
    let name = world.channels.get(bot)?.name.clone();
    let blocked = world.friend(bot, user).is_some_and(|friend| friend.blocked);
    Some((name, world.is_friend(bot, user), blocked))
}

/// The consent page of a login.
pub fn consent(visit: &Visit, told: Told) -> Response {
    let (name, email, bot) = visit.sim.with(|world| {
        let here = visit.bot().filter(|_| visit.asked.bot_prompt == "normal");
        let bot = here.and_then(|bot| offered(world, bot, &told.user));
        (world.name_of(&told.user), world.email_of(&told.user), bot)
    });
    let user = told.user.clone();
    ask(Consent {
        i18n: visit.i18n,
        action: &visit.action,
        service: &visit.ready.channel.name,
        user: (&user, &name),
        scopes: &visit.ready.scopes,
        email,
        bot,
        told,
        script: "",
    })
}

/// Asks whether to become a friend of an account. `hide` travels in the form.
pub fn befriend(
    i18n: I18n,
    action: &str,
    bot: &str,
    name: &str,
    blocked: bool,
    hide: &[(&'static str, String)],
) -> Response {
    let title = i18n.fill(if blocked { Key::SimFriendUnblock } else { Key::SimFriendAdd }, &[("name", &name)]);
    let shown = face(bot, name);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="sim-login__person">{shown}</p>
        <p class="sim-login__more">{i18n.t(Key::SimFriendMore)}</p>
        <form method="post" action=action.to_owned() class="sim-login__deeds">
            {hide.iter().map(|(name, value)| hidden(name, value.clone())).collect_view()}
            <button type="submit" class="sim-button sim-button--main" name="answer" value="add">
                {i18n.t(if blocked { Key::SimUnblock } else { Key::SimAdd })}
            </button>
            <button type="submit" class="sim-button" name="answer" value="skip">{i18n.t(Key::SimNotNow)}</button>
        </form>
    };
    document(i18n, StatusCode::OK, &title, body.into_any(), "")
}

/// After the consent, where the service asks for it (`bot_prompt=aggressive`).
pub fn friend(visit: &Visit, told: &Told) -> Response {
    let bot = visit.bot().unwrap_or_default();
    let offered = visit.sim.with(|world| offered(world, bot, &told.user));
    let (name, _, blocked) = offered.unwrap_or_default();
    let hide = [
        ("step", "friend".to_owned()),
        ("user", told.user.clone()),
        ("amr", told.amr.clone()),
        ("auth", told.auth.to_string()),
        ("changed", told.changed.clone()),
    ];
    befriend(visit.i18n, &visit.action, bot, &name, blocked, &hide)
}

/// Posts the answer to the service, at once where scripts run.
pub fn form_post(i18n: I18n, action: &str, answer: &[(&'static str, String)]) -> Response {
    let title = i18n.t(Key::SimTitle);
    let body = view! {
        <h1>{title}</h1>
        <form method="post" action=action.to_owned()>
            {answer.iter().map(|(name, value)| hidden(name, value.clone())).collect_view()}
            <button type="submit" class="sim-button sim-button--main">{i18n.t(Key::SimGoOn)}</button>
        </form>
    };
    document(i18n, StatusCode::OK, title, body.into_any(), "document.forms[0].submit()")
}
