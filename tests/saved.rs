//! Saved messages, over HTTP: who may do what, folders, search, what is kept and what comes back.

use crate::{
    fixture::{Browser, House, PASSWORD},
    on_both,
};
use serde_json::{Value, json};

async fn operator(house: &House, email: &str) -> Browser {
    let fields = [("name", "Aoi"), ("email", email), ("role", "operator"), ("password", PASSWORD)];
    assert_eq!(house.owner.clone().form("team/add", &fields).await.0, 200);
    let mut operator = Browser::new(&house.url);
    assert_eq!(operator.form("team/login", &[("email", email), ("password", PASSWORD)]).await.0, 200);
    operator
}

fn text(text: &str) -> Value {
    json!({ "kind": "text", "text": text })
}

fn form(name: &str, words: &str) -> Value {
    json!({ "name": name, "bubbles": [text(words)] })
}

async fn save(house: &House, who: &Browser, id: Value, version: i64, form: Value) -> (u16, Value) {
    who.call("saved/save", json!({ "account": house.account, "saved": id, "version": version, "form": form })).await
}

async fn saved(house: &House, form: Value) -> Value {
    let (status, id) = save(house, &house.owner, Value::Null, 0, form).await;
    assert_eq!(status, 200, "{id}");
    id
}

async fn list(house: &House, who: &Browser, asked: Value) -> Value {
    let (status, library) = who.call("saved/list", json!({ "account": house.account, "asked": asked })).await;
    assert_eq!(status, 200, "{library}");
    library
}

fn names(library: &Value) -> Vec<&str> {
    library["lines"].as_array().unwrap().iter().map(|line| line["name"].as_str().unwrap()).collect()
}

async fn open(house: &House, who: &Browser, id: &Value) -> (u16, Value) {
    who.call("saved/open", json!({ "account": house.account, "saved": id })).await
}

on_both! {
    async fn a_message_is_saved_changed_deleted_and_brought_back(house: House) {
        let id = saved(&house, json!({ "name": " Hours ", "shortcut": "/Ｈours", "bubbles": [text("Open from 10"), text("{friend.name|you}")] })).await;
        let (_, opened) = open(&house, &house.owner, &id).await;
        assert_eq!((&opened["form"]["name"], &opened["form"]["shortcut"], &opened["version"]), (&json!("Hours"), &json!("hours"), &json!(1)));
        assert_eq!(opened["form"]["bubbles"][1]["text"], "{friend.name|you}");
        assert_eq!(save(&house, &house.owner, id.clone(), 1, form("Hours 2", "Open from 11")).await.0, 200);
        // Somebody who opened it before can't write over what they have not seen.
        let (status, answer) = save(&house, &house.owner, id.clone(), 1, form("Late", "x")).await;
        assert_eq!((status, &answer["error"]), (409, &json!("conflict")));
        let library = list(&house, &house.owner, json!({})).await;
        assert_eq!((names(&library), &library["counts"], &library["lines"][0]["changed_by"]), (vec!["Hours 2"], &json!([1, 1, 0]), &json!("Mika")));
        let about = json!({ "account": house.account, "saved": id });
        house.call("saved/remove", about.clone()).await;
        assert_eq!(open(&house, &house.owner, &id).await.0, 404);
        assert_eq!(house.owner.call("saved/remove", about.clone()).await.0, 404);
        house.call("saved/restore", about.clone()).await;
        assert_eq!(open(&house, &house.owner, &id).await.0, 200);
        assert_eq!(house.owner.call("saved/restore", about).await.0, 404);
        house.check().await;
    }

    async fn what_is_wrong_is_said_beside_its_field(house: House) {
        let wrong = async |form: Value| {
            let (status, answer) = save(&house, &house.owner, Value::Null, 0, form).await;
            assert_eq!(status, 422, "{answer}");
            (answer["field"].as_str().unwrap().to_owned(), answer["reason"].clone())
        };
        let field = |name: &str| name.to_owned();
        assert_eq!(wrong(form(" ", "x")).await.0, field("name"));
        assert_eq!(wrong(form(&"あ".repeat(81), "x")).await.0, field("name"));
        assert_eq!(wrong(form("a", " ")).await.0, field("bubble-0"));
        assert_eq!(wrong(form("a", &"あ".repeat(5_001))).await, (field("bubble-0"), json!({ "reason": "too_long", "limit": 5_000 })));
        assert_eq!(wrong(json!({ "name": "a", "shortcut": "two words", "bubbles": [text("x")] })).await.0, field("shortcut"));
        assert_eq!(wrong(json!({ "name": "a", "bubbles": [] })).await.0, field("bubbles"));
        assert_eq!(wrong(json!({ "name": "a", "bubbles": vec![text("x"); 6] })).await.0, field("bubbles"));
        assert_eq!(wrong(json!({ "name": "a", "folder": "7", "bubbles": [text("x")] })).await.0, field("folder"));
        assert_eq!(wrong(json!({ "name": "a", "bubbles": [{ "kind": "card", "message": { "type": "flex" } }] })).await.0, field("bubble-0"));
        let file = json!({ "kind": "image", "file": { "id": "7", "kind": "image", "name": "a", "content_type": "image/png", "size": 1 } });
        assert_eq!(wrong(json!({ "name": "a", "bubbles": [file] })).await, (field("bubble-0"), json!({ "reason": "gone" })));
        saved(&house, json!({ "name": "one", "shortcut": "hi", "bubbles": [text("x")] })).await;
        assert_eq!(wrong(json!({ "name": "two", "shortcut": "HI", "bubbles": [text("x")] })).await, (field("shortcut"), json!({ "reason": "taken" })));
        assert_eq!(list(&house, &house.owner, json!({})).await["found"], 1, "nothing wrong was kept");
    }

    async fn the_team_s_are_the_managers_and_one_s_own_are_one_s_own(house: House) {
        let (aoi, ren) = (operator(&house, "aoi@example.com").await, operator(&house, "ren@example.com").await);
        let team = saved(&house, form("Team", "for all")).await;
        assert_eq!(save(&house, &aoi, Value::Null, 0, form("Theirs", "x")).await.0, 403);
        assert_eq!(save(&house, &aoi, team.clone(), 1, form("Theirs", "x")).await.0, 403);
        assert_eq!(aoi.call("saved/remove", json!({ "account": house.account, "saved": team })).await.0, 403);
        let (status, own) = save(&house, &aoi, Value::Null, 0, json!({ "name": "Own", "mine": true, "bubbles": [text("secret words")] })).await;
        assert_eq!(status, 200, "{own}");
        assert_eq!(names(&list(&house, &aoi, json!({ "sort": "name" })).await), ["Own", "Team"]);
        assert_eq!(open(&house, &aoi, &team).await.1["editable"], false);
        // Nobody else, not even the owner, sees it, changes it, or is told that it is there.
        for other in [&ren, &house.owner] {
            assert_eq!(names(&list(&house, other, json!({})).await), ["Team"]);
            assert_eq!(list(&house, other, json!({ "search": "secret" })).await["found"], 0);
            assert_eq!(open(&house, other, &own).await.0, 404);
            assert_eq!(save(&house, other, own.clone(), 1, json!({ "name": "x", "mine": true, "bubbles": [text("x")] })).await.0, 404);
            assert_eq!(other.call("saved/remove", json!({ "account": house.account, "saved": own })).await.0, 404);
        }
        assert!(!house.call("saved/export", json!({ "account": house.account })).await.as_str().unwrap().contains("secret"));
        // It can't be made the team's by somebody who may not.
        assert_eq!(save(&house, &aoi, own.clone(), 1, form("Own", "x")).await.0, 403);
        assert_eq!(aoi.call("saved/remove", json!({ "account": house.account, "saved": own })).await.0, 200);
        assert_eq!(house.owner.call("saved/restore", json!({ "account": house.account, "saved": own })).await.0, 404);
        assert_eq!(aoi.call("saved/restore", json!({ "account": house.account, "saved": own })).await.0, 200);
        // Those of an operator who leaves go with them, those of the account with it.
        house.check().await;
        let fields = [("account", house.account.as_str()), ("confirm", house.line.channel["basic_id"].as_str().unwrap())];
        let (status, answer) = house.owner.clone().form("account/disconnect", &fields).await;
        assert_eq!(status, 200, "{answer}");
    }

    async fn folders_are_emptied_not_lost(house: House) {
        let (status, folder) = house.owner.call("saved/add_folder", json!({ "account": house.account, "name": " ご案内 " })).await;
        assert_eq!(status, 200, "{folder}");
        let again = house.owner.call("saved/add_folder", json!({ "account": house.account, "name": "ご案内" })).await;
        assert_eq!((again.0, &again.1["reason"]), (422, &json!({ "reason": "taken" })));
        assert_eq!(house.owner.call("saved/add_folder", json!({ "account": house.account, "name": " " })).await.0, 422);
        saved(&house, json!({ "name": "in", "folder": folder, "bubbles": [text("x")] })).await;
        saved(&house, form("out", "x")).await;
        let shelf = |shelf: Value| json!({ "shelf": shelf, "sort": "name" });
        assert_eq!(names(&list(&house, &house.owner, shelf(json!({ "folder": folder }))).await), ["in"]);
        assert_eq!(names(&list(&house, &house.owner, shelf(json!("loose"))).await), ["out"]);
        assert_eq!(list(&house, &house.owner, json!({})).await["folders"][0]["count"], 1);
        house.call("saved/rename_folder", json!({ "account": house.account, "folder": folder, "name": "道順" })).await;
        assert_eq!(list(&house, &house.owner, json!({})).await["folders"][0]["name"], "道順");
        assert_eq!(house.owner.call("saved/rename_folder", json!({ "account": house.account, "folder": "1", "name": "x" })).await.0, 404);
        house.call("saved/remove_folder", json!({ "account": house.account, "folder": folder })).await;
        let library = list(&house, &house.owner, shelf(json!("loose"))).await;
        assert_eq!((names(&library), &library["folders"]), (vec!["in", "out"], &json!([])));
        assert_eq!(house.owner.call("saved/remove_folder", json!({ "account": house.account, "folder": folder })).await.0, 404);
    }

    async fn search_finds_names_shortcuts_and_words_in_every_script(house: House) {
        for (name, shortcut, words) in [
            ("営業時間のご案内", "eigyo", "平日は10時から19時まで営業しております。"),
            ("เวลาเปิดร้าน", "เวลา", "ร้านเปิดทุกวันค่ะ"),
            ("營業時間", "", "每週二公休"),
            ("Opening hours", "hours", "We are open every day."),
            ("カフェの場所", "", "ＪＲ京都駅から徒歩5分"),
        ] {
            saved(&house, json!({ "name": name, "shortcut": shortcut, "bubbles": [text(words)] })).await;
        }
        for (search, first) in [
            ("営業", "営業時間のご案内"),
            ("営", "営業時間のご案内"),
            ("まで", "営業時間のご案内"),
            ("eig", "営業時間のご案内"),
            ("ร้าน", "เวลาเปิดร้าน"),
            ("公休", "營業時間"),
            ("OPEN", "Opening hours"),
            ("hours opening", "Opening hours"),
            ("かふぇ", "カフェの場所"),
            ("jr京都", "カフェの場所"),
        ] {
            let library = list(&house, &house.owner, json!({ "search": search })).await;
            assert_eq!(names(&library).first(), Some(&first), "{search}");
        }
        assert_eq!(list(&house, &house.owner, json!({ "search": "%" })).await["found"], 0);
        assert_eq!(list(&house, &house.owner, json!({ "search": "zzz" })).await["found"], 0);
    }

    async fn a_long_list_comes_in_pages(house: House) {
        let entries: Vec<Value> = (0..120).map(|n| json!({ "name": format!("m{n:03}"), "bubbles": [text("x")] })).collect();
        let file = serde_json::to_string(&entries).unwrap();
        assert_eq!(house.call("saved/import", json!({ "account": house.account, "file": file })).await, 120);
        let mut seen = Vec::new();
        for from in [0, 50, 100, 150] {
            let library = list(&house, &house.owner, json!({ "sort": "name", "from": from })).await;
            assert_eq!(library["found"], 120);
            seen.extend(names(&library).into_iter().map(str::to_owned));
        }
        assert_eq!(seen, (0..120).map(|n| format!("m{n:03}")).collect::<Vec<_>>());
    }

    async fn a_file_goes_out_and_comes_in(house: House) {
        let (_, folder) = house.owner.call("saved/add_folder", json!({ "account": house.account, "name": "A" })).await;
        let card = json!({ "kind": "card", "message": { "type": "flex", "altText": "x", "contents": { "type": "bubble" } } });
        saved(&house, json!({ "name": "one", "shortcut": "hi", "folder": folder, "bubbles": [text("=1+1"), card] })).await;
        let file = house.call("saved/export", json!({ "account": house.account })).await;
        // Again beside the first: the shortcut is in use, the folder is there.
        assert_eq!(house.call("saved/import", json!({ "account": house.account, "file": file })).await, 1);
        let library = list(&house, &house.owner, json!({})).await;
        assert_eq!((library["found"].as_i64(), library["folders"][0]["count"].as_i64()), (Some(2), Some(2)));
        let shortcuts: Vec<&Value> = library["lines"].as_array().unwrap().iter().map(|line| &line["shortcut"]).collect();
        assert!(shortcuts.contains(&&json!("hi")) && shortcuts.contains(&&json!("")), "{shortcuts:?}");
        let table = "name;text;folder\n\"Hello; you\";\"a\nb\";B\n";
        assert_eq!(house.call("saved/import", json!({ "account": house.account, "file": table })).await, 1);
        assert_eq!(names(&list(&house, &house.owner, json!({ "search": "hello" })).await), ["Hello; you"]);
        // All or nothing.
        for bad in ["name;text\ngood;x\n;no name\n", "not a file", ""] {
            let (status, answer) = house.owner.call("saved/import", json!({ "account": house.account, "file": bad })).await;
            assert_eq!((status, &answer["field"]), (422, &json!("file")), "{bad}");
        }
        assert_eq!(list(&house, &house.owner, json!({})).await["found"], 3);
    }

    async fn what_is_sent_counts_and_what_is_taken_back_does_not(house: House) {
        let user = house.line.friend("さくら").await;
        house.line.say(&user, "hello").await;
        let room = house.room("さくら").await;
        let (one, two) = (saved(&house, form("one", "x")).await, saved(&house, form("two", "x")).await);
        let key = "0123456789abcdef";
        let draft = json!({ "bubbles": [text("as it was changed by hand")], "saved": [one, one, "99"] });
        let send = json!({ "account": house.account, "room": room["id"], "key": key, "draft": draft });
        let sent = house.call("chat/send", send.clone()).await;
        // Pressed twice.
        assert_eq!(house.call("chat/send", send).await[0]["id"], sent[0]["id"]);
        let uses = async |name: &str| {
            let library = list(&house, &house.owner, json!({ "search": name })).await;
            (library["lines"][0]["uses"].as_i64(), library["lines"][0]["used_at"].is_null())
        };
        assert_eq!(uses("one").await, (Some(1), false));
        assert_eq!(uses("two").await, (Some(0), true));
        assert_eq!(names(&list(&house, &house.owner, json!({})).await), ["one", "two"], "most used first");
        let back = json!({ "account": house.account, "room": room["id"], "message": sent[0]["id"] });
        let (status, draft) = house.owner.call("chat/undo", back).await;
        assert_eq!(status, 200, "{draft}");
        assert_eq!((uses("one").await, &draft["saved"][0]), ((Some(0), true), &one));
        assert_eq!(house.call("saved/open", json!({ "account": house.account, "saved": two })).await["version"], 1);
    }

    async fn variables_are_the_friend_s_own(house: House) {
        let user = house.line.friend("さくら").await;
        house.line.say(&user, "hello").await;
        let room = house.room("さくら").await;
        let id = saved(&house, form("a", "{friend.name}")).await;
        let about = json!({ "account": house.account, "saved": id, "room": room["id"] });
        let taken = house.call("saved/take", about).await;
        assert_eq!(taken["bubbles"][0]["text"], "{friend.name}");
        let account = house.line.channel["name"].as_str().unwrap();
        let values = &taken["values"];
        assert_eq!((&values["friend"], &values["operator"], values["account"].as_str(), &values["lang"]), (&json!("さくら"), &json!("Mika"), Some(account), &json!("ja")));
        let nobody = house.call("saved/values", json!({ "account": house.account, "friend": null })).await;
        assert_eq!((&nobody["friend"], &nobody["operator"]), (&json!(""), &json!("Mika")));
        let (status, _) = house.owner.call("saved/take", json!({ "account": house.account, "saved": id, "room": "1" })).await;
        assert_eq!(status, 404);
    }

    async fn rooms_are_found_by_name(house: House) {
        for name in ["田中さくら", "サクラ商店", "Café Luna", "สมชาย"] {
            let user = house.line.friend(name).await;
            house.line.say(&user, "hello").await;
            house.room(name).await;
        }
        let find = async |name: &str| {
            let found = house.call("chat/find_rooms", json!({ "account": house.account, "name": name })).await;
            found.as_array().unwrap().iter().map(|room| room["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(find("さくら").await, ["サクラ商店", "田中さくら"]);
        assert_eq!(find("cafe lu").await, ["Café Luna"]);
        assert_eq!(find("ชาย").await, ["สมชาย"]);
        assert_eq!(find("").await.len(), 4);
        assert_eq!(find("zzz").await.len(), 0);
    }

    async fn single_keys_are_switched_per_operator(house: House) {
        let mut aoi = operator(&house, "aoi@example.com").await;
        assert_eq!(aoi.form("team/keys", &[("on", "false")]).await.0, 200);
        assert_eq!(aoi.form("team/me", &[]).await.1["single_keys"], false);
        assert_eq!(house.owner.clone().form("team/me", &[]).await.1["single_keys"], true);
        assert_eq!(aoi.form("team/keys", &[("on", "true")]).await.0, 200);
        assert_eq!(aoi.form("team/me", &[]).await.1["single_keys"], true);
    }
}
