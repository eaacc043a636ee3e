//! Who has which room: giving by hand and in turn, teams, pins and mutes, and two operators at once.

use crate::{
    desk::{Stream, seq},
    fixture::{self, Browser, House, PASSWORD, until},
    on_both,
};
use engawa::{
    chat::{
        live::Desk,
        model::{Filter, RoomPage, Update, View, Who},
    },
    id::{OperatorId, RoomId},
    line::signature,
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// Somebody of the team, in their own browser.
struct Colleague {
    browser: Browser,
    id: String,
}

impl Colleague {
    async fn new(house: &House, name: &str, role: &str) -> Self {
        let email = format!("{name}@example.com");
        let fields = [("name", name), ("email", &*email), ("role", role), ("password", PASSWORD)];
        assert_eq!(house.owner.clone().form("team/add", &fields).await.0, 200);
        let mut browser = Browser::new(&house.url);
        assert_eq!(browser.form("team/login", &[("email", &*email), ("password", PASSWORD)]).await.0, 200);
        let (_, me) = browser.form("team/me", &[]).await;
        Self { id: me["id"].as_str().unwrap().to_owned(), browser }
    }

    async fn shift(&mut self, on: bool) {
        assert_eq!(self.browser.form("team/shift", &[("on", if on { "true" } else { "false" })]).await.0, 200);
    }

    async fn badge(&mut self, house: &House) -> i64 {
        let (_, me) = self.browser.form("team/me", &[]).await;
        let accounts = me["accounts"].as_array().unwrap();
        accounts.iter().find(|a| a["id"] == house.account).unwrap()["unread"].as_i64().unwrap()
    }
}

async fn page(house: &House, browser: &Browser, filter: &str, who: &str, after: Value) -> Value {
    let body = json!({"account": house.account, "filter": filter, "after": after, "who": who});
    let (status, page) = browser.call("chat/list_rooms", body).await;
    assert_eq!(status, 200, "{page}");
    page
}

async fn names(house: &House, filter: &str, who: &str) -> Vec<String> {
    let page = page(house, &house.owner, filter, who, Value::Null).await;
    let mut names: Vec<_> =
        page["rooms"].as_array().unwrap().iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

async fn assign(house: &House, browser: &Browser, room: &Value, to: Value, only_free: bool) -> u16 {
    let body = json!({"account": house.account, "room": room["id"], "to": to, "only_free": only_free});
    browser.call("chat/assign", body).await.0
}

/// The counts of a holder, as the first page tells them.
async fn holding(house: &House, holder: &str) -> Value {
    let page = page(house, &house.owner, "all", "anyone", Value::Null).await;
    let found = page["own"]["holdings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|h| serde_json::to_string(&h["holder"]).unwrap() == holder)
        .cloned();
    found.unwrap_or(Value::Null)
}

async fn friend(house: &House, name: &str, text: &str) -> (String, Value) {
    let user = house.line.friend(name).await;
    house.line.say(&user, text).await;
    let room = until(async || Some(house.room(name).await).filter(|room| room["unread"] != 0)).await;
    (user, room)
}

async fn crew(house: &House, name: &str, members: &[&str]) -> String {
    let mut fields = vec![("crew", ""), ("name", name)];
    fields.extend(members.iter().map(|id| ("members[]", *id)));
    let (status, answer) = house.owner.clone().form("team/save_crew", &fields).await;
    assert_eq!(status, 200, "{answer}");
    let (_, crews) = house.owner.clone().form("team/crews", &[]).await;
    let found = crews.as_array().unwrap().iter().find(|crew| crew["name"] == name).unwrap().clone();
    assert_eq!(found["members"].as_array().unwrap().len(), members.len(), "{found}");
    found["id"].as_str().unwrap().to_owned()
}

async fn rules(house: &House, auto: bool, capacity: i64, take: bool) {
    let mut rules = house.call("chat/rules", json!({"account": house.account})).await;
    (rules["auto"], rules["capacity"], rules["take_on_reply"]) = (json!(auto), json!(capacity), json!(take));
    house.call("chat/set_rules", json!({"account": house.account, "rules": rules})).await;
}

/// The events of a room about who has it: (by, to, own).
async fn told(house: &House, room: &Value) -> Vec<(Value, Value, bool)> {
    let messages = house.messages(room).await;
    let notices =
        messages.iter().map(|message| &message["content"]["notice"]).filter(|notice| notice["what"] == "assigned");
    notices.map(|n| (n["by"].clone(), n["to"].clone(), n["own"].as_bool().unwrap())).collect()
}

/// A webhook of a text, as LINE would send it.
async fn webhook(house: &House, base: &str, user: &str, id: &str) -> u16 {
    let body = json!({"destination": "U", "events": [{"type": "message", "webhookEventId": id, "timestamp": engawa::time::now(),
        "mode": "active", "source": {"type": "user", "userId": user}, "message": {"id": id, "type": "text", "text": id}}]}).to_string();
    let signed = signature::sign(house.line.secret(), body.as_bytes());
    let request = house.owner.http.post(format!("{base}/line/webhook/{}", house.account));
    request.header(signature::HEADER, signed).body(body).send().await.unwrap().status().as_u16()
}

on_both! {
    async fn a_room_is_given_to_people_and_teams_and_counted(house: House) {
        let (aiko, kenji) = (Colleague::new(&house, "aiko", "operator").await, Colleague::new(&house, "kenji", "operator").await);
        let team = crew(&house, "Reservations", &[&aiko.id]).await;
        let (_, a) = friend(&house, "A", "hello").await;
        let (_, b) = friend(&house, "B", "hello").await;
        let (_, c) = friend(&house, "C", "hello").await;
        assert_eq!(names(&house, "inbox", "nobody").await, ["A", "B", "C"]);
        assert_eq!(assign(&house, &aiko.browser, &a, json!({"person": kenji.id}), false).await, 200);
        assert_eq!(assign(&house, &aiko.browser, &b, json!({"person": aiko.id}), true).await, 200);
        assert_eq!(assign(&house, &house.owner, &c, json!({"crew": team}), false).await, 200);
        assert_eq!(told(&house, &a).await, [(json!("aiko"), json!("kenji"), false)]);
        assert_eq!(told(&house, &b).await, [(json!("aiko"), json!("aiko"), true)]);
        // Who reaches for a room that a colleague has is told so, and it stays where it is.
        assert_eq!(assign(&house, &aiko.browser, &a, json!({"person": aiko.id}), true).await, 409);
        assert_eq!(assign(&house, &aiko.browser, &a, json!({"person": "1"}), false).await, 404);
        assert_eq!(assign(&house, &aiko.browser, &a, json!({"crew": "1"}), false).await, 404);
        assert_eq!(assign(&house, &aiko.browser, &json!({"id": "1"}), json!(null), false).await, 404);
        assert_eq!(names(&house, "inbox", &format!("person-{}", kenji.id)).await, ["A"]);
        assert_eq!(names(&house, "unread", &format!("team-{team}")).await, ["C"]);
        assert_eq!(names(&house, "inbox", "nobody").await, Vec::<String>::new());
        assert_eq!(names(&house, "inbox", "mine").await, Vec::<String>::new());
        let mine = page(&house, &aiko.browser, "inbox", "mine", Value::Null).await;
        assert_eq!(mine["rooms"][0]["name"], "B");
        assert_eq!(mine["own"]["me"], json!(aiko.id));
        // A person of the team keeps the team, another does not.
        assign(&house, &house.owner, &c, json!({"person": aiko.id}), false).await;
        assert_eq!(names(&house, "inbox", &format!("team-{team}")).await, ["C"]);
        assign(&house, &house.owner, &c, json!({"person": kenji.id}), false).await;
        assert_eq!(names(&house, "inbox", &format!("team-{team}")).await, Vec::<String>::new());
        house.call("chat/set_state", json!({"account": house.account, "room": a["id"], "state": "resolved"})).await;
        house.call("chat/set_state", json!({"account": house.account, "room": c["id"], "state": "follow_up"})).await;
        let person = format!("person-{}", kenji.id);
        for (filter, wanted) in [("all", vec!["A", "C"]), ("inbox", vec!["C"]), ("unread", vec!["C"]), ("follow_up", vec!["C"]), ("resolved", vec!["A"])] {
            assert_eq!(names(&house, filter, &person).await, wanted, "{filter}");
        }
        let kept = json!({"all": 2, "inbox": 1, "unread": 1, "follow_up": 1, "resolved": 1, "spam": 0});
        assert_eq!(holding(&house, &kenji.id).await["counts"], kept);
        assert_eq!(holding(&house, "0").await["counts"]["all"], 3);
        house.call("chat/set_spam", json!({"account": house.account, "room": c["id"], "spam": true})).await;
        assert_eq!(names(&house, "spam", &person).await, ["C"]);
        assert_eq!(names(&house, "all", &person).await, ["A"]);
        assign(&house, &house.owner, &a, json!(null), false).await;
        assert_eq!(names(&house, "resolved", "nobody").await, ["A"]);
        assert_eq!(told(&house, &a).await.last().unwrap(), &(json!("Mika"), Value::Null, false));
        // The log tells it; the list does not move for it.
        assert_eq!(house.room("A").await["last"]["text"], "hello");
        house.check().await;
    }

    async fn mine_comes_in_pages_at_any_depth(house: House) {
        let mut users = Vec::new();
        for n in 0..60 {
            users.push(house.line.friend(&format!("F{n:02}")).await);
        }
        until(async || (house.counts().await["all"] == 60).then_some(())).await;
        let (_, me) = house.owner.clone().form("team/me", &[]).await;
        let mut all = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = page(&house, &house.owner, "all", "anyone", after).await;
            all.extend(page["rooms"].as_array().unwrap().clone());
            after = page["next"].clone();
            if after.is_null() { break }
        }
        for (n, room) in all.iter().enumerate() {
            if n % 3 != 0 {
                assert_eq!(assign(&house, &house.owner, room, json!({"person": me["id"]}), false).await, 200);
            }
            // Every shelf of the index has some.
            let state = ["open", "follow_up", "resolved"][n % 4 % 3];
            house.call("chat/set_state", json!({"account": house.account, "room": room["id"], "state": state})).await;
        }
        let wanted: Vec<_> = all.iter().enumerate().filter(|(n, _)| n % 3 != 0).map(|(_, room)| room["id"].clone()).collect();
        for (who, wanted) in [("mine", wanted), ("nobody", all.iter().step_by(3).map(|room| room["id"].clone()).collect())] {
            let (mut after, mut seen) = (Value::Null, Vec::new());
            loop {
                let page = page(&house, &house.owner, "all", who, after).await;
                assert_eq!(page["own"].is_null(), !seen.is_empty(), "only the first page carries what is one's own");
                seen.extend(page["rooms"].as_array().unwrap().iter().map(|room| room["id"].clone()));
                after = page["next"].clone();
                if after.is_null() { break }
            }
            assert_eq!(seen, wanted, "{who}, in the order of the list, none twice");
        }
        house.check().await;
    }

    async fn pins_and_mutes_are_ones_own(house: House) {
        let mut aiko = Colleague::new(&house, "aiko", "operator").await;
        let mut rooms = Vec::new();
        for n in 0..11 {
            rooms.push(friend(&house, &format!("P{n:02}"), "hello").await);
        }
        let set = |room: &Value, on: bool| json!({"account": house.account, "room": room["id"], "on": on});
        for (_, room) in &rooms[..10] {
            assert_eq!(aiko.browser.call("chat/set_pin", set(room, true)).await.0, 200);
        }
        let (status, answer) = aiko.browser.call("chat/set_pin", set(&rooms[10].1, true)).await;
        assert_eq!((status, &answer["reason"]["reason"], &answer["reason"]["limit"]), (422, &json!("full"), &json!(10)));
        assert_eq!(aiko.browser.call("chat/set_pin", set(&rooms[0].1, true)).await.0, 200, "pinned already");
        let own = page(&house, &aiko.browser, "inbox", "anyone", Value::Null).await["own"].clone();
        assert_eq!(own["pinned"].as_array().unwrap().len(), 10);
        let others = page(&house, &house.owner, "inbox", "anyone", Value::Null).await["own"].clone();
        assert_eq!((others["pinned"].as_array().unwrap().len(), others["marks"].as_array().unwrap().len()), (0, 0));
        assert_eq!(aiko.browser.call("chat/set_pin", set(&rooms[0].1, false)).await.0, 200);
        assert_eq!(aiko.browser.call("chat/set_pin", set(&rooms[10].1, true)).await.0, 200);
        // The badge leaves out what is muted, for whoever muted it, as long as something in it is unread.
        assert_eq!(aiko.badge(&house).await, 11);
        assert_eq!(aiko.browser.call("chat/set_mute", set(&rooms[3].1, true)).await.0, 200);
        assert_eq!(aiko.browser.call("chat/set_mute", set(&rooms[4].1, true)).await.0, 200);
        assert_eq!(aiko.badge(&house).await, 9);
        house.call("chat/mark_read", json!({"account": house.account, "room": rooms[3].1["id"]})).await;
        assert_eq!(aiko.badge(&house).await, 9);
        assert_eq!(house.counts().await["unread"], 10);
        house.check().await;
        house.line.say(&rooms[3].0, "again").await;
        until(async || (house.counts().await["unread"] == 11).then_some(())).await;
        assert_eq!(aiko.badge(&house).await, 9);
        house.call("chat/set_spam", json!({"account": house.account, "room": rooms[4].1["id"], "spam": true})).await;
        assert_eq!(aiko.badge(&house).await, 9, "spam counts for nobody");
        assert_eq!(aiko.browser.call("chat/set_mute", set(&rooms[3].1, false)).await.0, 200);
        assert_eq!(aiko.badge(&house).await, 10);
        // Handled means handled: the badge goes.
        house.call("chat/set_state", json!({"account": house.account, "room": rooms[3].1["id"], "state": "resolved"})).await;
        assert_eq!(aiko.badge(&house).await, 9);
        assert_eq!(aiko.browser.call("chat/set_pin", set(&json!({"id": "1"}), true)).await.0, 404);
        house.check().await;
    }

    async fn whoever_answers_takes_it_where_the_account_wants_it_so(house: House) {
        let (_, a) = friend(&house, "A", "hello").await;
        house.send(&a, "hi").await;
        assert_eq!(house.room("A").await["assignee"], Value::Null);
        rules(&house, false, 20, true).await;
        house.send(&a, "hi again").await;
        let (_, me) = house.owner.clone().form("team/me", &[]).await;
        assert_eq!(house.room("A").await["assignee"], me["id"]);
        let aiko = Colleague::new(&house, "aiko", "operator").await;
        let body = json!({"account": house.account, "room": a["id"], "key": "0123456789abcdef", "text": "me too"});
        assert_eq!(aiko.browser.call("chat/send_text", body).await.0, 200);
        assert_eq!(house.room("A").await["assignee"], me["id"], "it stays with whoever has it");
        assert_eq!(told(&house, &a).await.len(), 1);
        house.check().await;
    }

    async fn rooms_go_in_turn_to_those_on_shift_with_room_left(house: House) {
        let mut aiko = Colleague::new(&house, "aiko", "operator").await;
        let mut kenji = Colleague::new(&house, "kenji", "operator").await;
        let (old, _) = friend(&house, "old", "before").await;
        rules(&house, true, 2, false).await;
        aiko.shift(true).await;
        kenji.shift(true).await;
        assert_eq!(house.room("old").await["assignee"], Value::Null, "what lay there before is not handed out");
        let mut has: HashMap<String, Vec<String>> = HashMap::new();
        for n in 0..5 {
            let name = format!("F{n}");
            friend(&house, &name, "hello").await;
            let assignee = house.room(&name).await["assignee"].as_str().unwrap_or("nobody").to_owned();
            has.entry(assignee).or_default().push(name);
        }
        assert_eq!(has[&aiko.id], ["F0", "F2"], "in turn");
        assert_eq!(has[&kenji.id], ["F1", "F3"]);
        assert_eq!(has["nobody"], ["F4"], "both have as many as they can");
        let first = house.room("F0").await;
        assert_eq!(told(&house, &first).await, [(Value::Null, json!("aiko"), false)]);
        // The old one waits behind it as soon as its friend writes.
        house.line.say(&old, "hello?").await;
        until(async || (house.room("old").await["unread"] == 2).then_some(())).await;
        house.check().await;
        let resolve = |room: &Value| json!({"account": house.account, "room": room["id"], "state": "resolved"});
        house.call("chat/set_state", resolve(&house.room("F1").await)).await;
        assert_eq!(house.room("F4").await["assignee"], json!(kenji.id), "the longest wait comes first");
        assert_eq!(house.room("old").await["assignee"], Value::Null);
        // Somebody comes on shift.
        let mut mai = Colleague::new(&house, "mai", "operator").await;
        mai.shift(true).await;
        assert_eq!(house.room("old").await["assignee"], json!(mai.id));
        // Whoever goes off shift keeps what they have and gets no more; a resolved room comes back to whoever had it.
        mai.shift(false).await;
        house.call("chat/set_state", resolve(&house.room("old").await)).await;
        house.line.say(&old, "one more thing").await;
        until(async || (house.room("old").await["state"] == "open").then_some(())).await;
        assert_eq!(house.room("old").await["assignee"], json!(mai.id));
        house.check().await;
        // Zero for one person: none in turn.
        let mut zero = house.call("chat/rules", json!({"account": house.account})).await;
        for person in zero["people"].as_array_mut().unwrap() {
            person["capacity"] = if person["id"] == json!(aiko.id) { json!(0) } else { json!(9) };
        }
        house.call("chat/set_rules", json!({"account": house.account, "rules": zero})).await;
        house.call("chat/set_state", resolve(&house.room("F0").await)).await;
        friend(&house, "G0", "hello").await;
        friend(&house, "G1", "hello").await;
        for name in ["G0", "G1"] {
            assert_eq!(house.room(name).await["assignee"], json!(kenji.id));
        }
        let (status, _) = house.owner.call("chat/set_rules", json!({"account": house.account, "rules": {"auto": true, "capacity": -1, "take_on_reply": false, "people": []}})).await;
        assert_eq!(status, 422);
        house.check().await;
    }

    async fn a_teams_room_goes_to_somebody_in_it(house: House) {
        let mut aiko = Colleague::new(&house, "aiko", "operator").await;
        let mut kenji = Colleague::new(&house, "kenji", "operator").await;
        let team = crew(&house, "Kitchen", &[&kenji.id]).await;
        aiko.shift(true).await;
        let (_, a) = friend(&house, "A", "hello").await;
        rules(&house, true, 5, false).await;
        assign(&house, &house.owner, &a, json!({"crew": team}), false).await;
        assert_eq!(house.room("A").await["assignee"], Value::Null, "nobody of the team is there");
        kenji.shift(true).await;
        let room = house.room("A").await;
        assert_eq!((&room["assignee"], &room["crew"]), (&json!(kenji.id), &json!(team)));
        // The team is dissolved: its people keep what they have.
        assert_eq!(house.owner.clone().form("team/remove_crew", &[("crew", &team)]).await.0, 200);
        let room = house.room("A").await;
        assert_eq!((&room["assignee"], &room["crew"]), (&json!(kenji.id), &Value::Null));
        house.check().await;
    }

    async fn whoever_leaves_leaves_their_rooms(house: House) {
        let mut aiko = Colleague::new(&house, "aiko", "operator").await;
        let mut kenji = Colleague::new(&house, "kenji", "operator").await;
        let (_, a) = friend(&house, "A", "hello").await;
        let (_, b) = friend(&house, "B", "hello").await;
        for room in [&a, &b] {
            assign(&house, &house.owner, room, json!({"person": kenji.id}), false).await;
        }
        assert_eq!(kenji.browser.call("chat/set_mute", json!({"account": house.account, "room": a["id"], "on": true})).await.0, 200);
        house.call("chat/set_state", json!({"account": house.account, "room": b["id"], "state": "resolved"})).await;
        rules(&house, true, 5, false).await;
        aiko.shift(true).await;
        kenji.shift(true).await;
        let mut stream = Stream::open(&house, &aiko.browser, seq(&house).await).await;
        assert_eq!(house.owner.clone().form("team/remove", &[("operator", &kenji.id)]).await.0, 200);
        let room = house.room("A").await;
        assert_eq!(room["assignee"], json!(aiko.id), "it waits for the next in turn");
        assert_eq!(house.room("B").await["assignee"], Value::Null);
        let update = stream.next().await;
        let people = update["roster"]["people"].as_array().unwrap();
        assert!(people.iter().all(|person| person["id"] != json!(kenji.id)), "the screens know");
        assert_eq!(told(&house, &a).await[1..], [(json!("Mika"), Value::Null, false), (Value::Null, json!("aiko"), false)]);
        house.check().await;
    }

    async fn a_shift_ends_when_its_owner_is_away(house: House) {
        let mut aiko = Colleague::new(&house, "aiko", "operator").await;
        assert_eq!(aiko.browser.form("team/away", &[("minutes", "7")]).await.0, 422);
        assert_eq!(aiko.browser.form("team/away", &[("minutes", "15")]).await.0, 200);
        aiko.shift(true).await;
        engawa::team::service::end_shifts(house.state()).await.unwrap();
        assert_eq!(aiko.browser.form("team/me", &[]).await.1["on_shift"], true);
        let long_ago = engawa::time::now() - 16 * 60_000;
        let mut tx = house.state().db.begin().await.unwrap();
        sqlx::query("UPDATE operator SET seen_at = $1, shift_at = $1 WHERE email = 'aiko@example.com'").bind(long_ago).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let mut stream = Stream::open(&house, &house.owner, seq(&house).await).await;
        engawa::team::service::end_shifts(house.state()).await.unwrap();
        let update = stream.next().await;
        let people = update["roster"]["people"].as_array().unwrap().clone();
        assert_eq!(people.iter().find(|person| person["id"] == json!(aiko.id)).unwrap()["on_shift"], false);
        assert_eq!(aiko.browser.form("team/me", &[]).await.1["on_shift"], false);
        // Logging out ends it too.
        aiko.shift(true).await;
        assert_eq!(aiko.browser.form("team/logout", &[]).await.0, 200);
        let page = page(&house, &house.owner, "all", "anyone", Value::Null).await;
        let people = page["own"]["roster"]["people"].as_array().unwrap().clone();
        assert_eq!(people.iter().find(|person| person["id"] == json!(aiko.id)).unwrap()["on_shift"], false);
    }

    /// Forty friends write at once, on PostgreSQL to two nodes: nobody gets more than they can take, and nobody is left out.
    async fn turns_hold_with_everybody_at_once_and_with_two_nodes(house: House) {
        let postgres = house.database.starts_with("postgres");
        let second = if postgres {
            Some(fixture::start(&house.data_dir(), &house.database, &house.line.url).await)
        } else {
            None
        };
        let nodes = [house.url.clone(), second.as_ref().map_or(house.url.clone(), |node| node.state.public_url.clone())];
        let mut people = Vec::new();
        for name in ["a", "b", "c", "d"] {
            people.push(Colleague::new(&house, name, "operator").await);
        }
        rules(&house, true, 10, false).await;
        for person in &mut people {
            person.shift(true).await;
        }
        let posts = (0..44).map(|n| {
            let (house, base) = (&house, nodes[n % 2].clone());
            async move { webhook(house, &base, &format!("U{n:032x}"), &format!("E{n:012}")).await }
        });
        let answers = futures_util::future::join_all(posts).await;
        assert!(answers.iter().all(|status| *status == 200), "{answers:?}");
        for person in &people {
            assert_eq!(holding(&house, &person.id).await["counts"]["inbox"], 10, "each has as many as they can");
        }
        let waiting = page(&house, &house.owner, "inbox", "nobody", Value::Null).await["rooms"].as_array().unwrap().clone();
        assert_eq!(waiting.len(), 4);
        // Everybody resolves one at the same moment, again on both nodes.
        let resolves = people.iter().enumerate().map(|(n, person)| {
            let (house, base) = (&house, nodes[n % 2].clone());
            async move {
                let browser = Browser { base, ..person.browser.clone() };
                let mine = page(house, &browser, "inbox", "mine", Value::Null).await["rooms"][0].clone();
                let body = json!({"account": house.account, "room": mine["id"], "state": "resolved"});
                browser.call("chat/set_state", body).await.0
            }
        });
        assert!(futures_util::future::join_all(resolves).await.iter().all(|status| *status == 200));
        for person in &people {
            assert_eq!(holding(&house, &person.id).await["counts"]["inbox"], 10);
        }
        assert_eq!(names(&house, "inbox", "nobody").await.len(), 0);
        house.check().await;
        if let Some(second) = second {
            second.stop().await;
        }
    }

    /// Two operators, each with the browser's own reducer on the real stream, cut again and again, do everything at once: in
    /// the end both screens show what the database has.
    async fn two_operators_at_once_end_with_what_the_database_has(house: House) {
        let aiko = Colleague::new(&house, "aiko", "operator").await;
        let kenji = Colleague::new(&house, "kenji", "operator").await;
        let team = crew(&house, "Both", &[&aiko.id, &kenji.id]).await;
        let mut rooms = Vec::new();
        for n in 0..5 {
            rooms.push(friend(&house, &format!("R{n}"), "hello").await);
        }
        let (house, said) = (&house, std::sync::atomic::AtomicI64::new(5));
        let said = &said;
        let views = [
            View { filter: Filter::Inbox, who: Who::Mine },
            View { filter: Filter::Unread, who: Who::Anyone },
        ];
        let stop = tokio::sync::watch::Sender::new(0_i64);
        let act = |person: &Colleague, other: &Colleague, seed: u64| {
            let browser = person.browser.clone();
            let (me, other, team, rooms) = (person.id.clone(), other.id.clone(), team.clone(), &rooms);
            async move {
                let mut rng = StdRng::seed_from_u64(seed);
                for n in 0..60 {
                    let (user, room) = &rooms[rng.random_range(0..rooms.len())];
                    let on = rng.random_bool(0.5);
                    let base = |more: Value| {
                        let mut body = json!({"account": house.account, "room": room["id"]});
                        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
                        body
                    };
                    let (function, body) = match rng.random_range(0..9) {
                        0 => ("chat/set_state", base(json!({"state": "resolved"}))),
                        1 => ("chat/set_state", base(json!({"state": if on { "open" } else { "follow_up" }}))),
                        2 => ("chat/set_spam", base(json!({"spam": on}))),
                        3 => ("chat/assign", base(json!({"to": {"person": if on { &me } else { &other }}, "only_free": false}))),
                        4 => ("chat/assign", base(json!({"to": if on { json!({"crew": team}) } else { Value::Null }, "only_free": false}))),
                        5 => ("chat/set_pin", base(json!({"on": on}))),
                        6 => ("chat/set_mute", base(json!({"on": on}))),
                        7 => ("chat/mark_read", base(json!({}))),
                        _ if on => {
                            house.line.say(user, &format!("{seed} {n}")).await;
                            said.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                            continue;
                        }
                        _ => ("chat/send_text", base(json!({"key": format!("{seed:016x}{n:016x}"), "text": format!("{seed} {n}")}))),
                    };
                    let (status, answer) = browser.call(function, body).await;
                    assert_eq!(status, 200, "{function}: {answer}");
                }
            }
        };
        let watch = |person: &Colleague, view: View, seed: u64| {
            let browser = person.browser.clone();
            let mut stop = stop.subscribe();
            async move {
                let mut rng = StdRng::seed_from_u64(seed);
                let mut desk = Desk::default();
                let filter = serde_json::to_value(view.filter).unwrap();
                let first = page(house, &browser, filter.as_str().unwrap(), &view.who.to_string(), Value::Null).await;
                desk.load_page(view, serde_json::from_value::<RoomPage>(first).unwrap());
                loop {
                    let mut stream = Stream::open(house, &browser, desk.seq()).await;
                    let mut left = rng.random_range(1..6);
                    while left > 0 {
                        let last = *stop.borrow();
                        if last > 0 && desk.seq() >= last {
                            return desk;
                        }
                        tokio::select! {
                            update = stream.next() => {
                                let update: Update = serde_json::from_value(update).unwrap();
                                if rng.random_bool(0.2) {
                                    desk.apply(update.clone());
                                }
                                desk.apply(update);
                                left -= 1;
                            }
                            _ = stop.changed() => {}
                        }
                    }
                }
            }
        };
        let acting = async {
            tokio::join!(act(&aiko, &kenji, 1), act(&kenji, &aiko, 2));
            // Whatever still is to come in has, and whatever is to be sent is sent; then this is the last number.
            until(async || {
                let jobs: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM job").fetch_one(house.state().db.read()).await.unwrap();
                let came: i64 =
                    sqlx::query_scalar("SELECT COUNT(*) FROM message WHERE direction = 'in'").fetch_one(house.state().db.read()).await.unwrap();
                (jobs == 0 && came == said.load(std::sync::atomic::Ordering::Relaxed)).then_some(())
            }).await;
            stop.send_replace(seq(house).await);
        };
        let (one, two, ()) = tokio::join!(watch(&aiko, views[0], 3), watch(&kenji, views[1], 4), acting);
        for (desk, person, view) in [(one, &aiko, views[0]), (two, &kenji, views[1])] {
            let filter = serde_json::to_value(view.filter).unwrap();
            let truth = page(house, &person.browser, filter.as_str().unwrap(), &view.who.to_string(), Value::Null).await;
            let truth: RoomPage = serde_json::from_value(truth).unwrap();
            let own = truth.own.clone().unwrap();
            let pinned: HashSet<RoomId> = own.pinned.iter().map(|room| room.id).collect();
            let mut wanted: Vec<RoomId> = truth.rooms.iter().map(|room| room.id).collect();
            wanted.sort_by_key(|room| !pinned.contains(room));
            assert_eq!(desk.list(), wanted, "{view:?}");
            for room in &truth.rooms {
                assert_eq!(desk.room(room.id), Some(room));
            }
            assert_eq!(desk.counts(), truth.counts);
            for who in [Who::Mine, Who::Nobody, Who::Person(OperatorId(kenji.id.parse().unwrap())), Who::Crew(team.parse().unwrap())] {
                let mut anew = Desk::default();
                anew.load_page(view, truth.clone());
                assert_eq!(desk.counts_of(who), anew.counts_of(who), "{who}");
                assert_eq!(desk.badge(), anew.badge());
            }
        }
        house.check().await;
    }
}
