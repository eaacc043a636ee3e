//! The history as CSV: whole, harmless in a spreadsheet, and for those who may have it.

use crate::{
    fixture::{Browser, until},
    notes::{colleague, key},
    on_both,
};
use reqwest::Method;
use serde_json::json;

/// Cells of a file, as a reader of RFC 4180 finds them.
fn read(file: &str) -> Vec<Vec<String>> {
    let text = file.strip_prefix('\u{FEFF}').expect("begins with the mark of UTF-8");
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, quoted) {
            ('"', true) if chars.peek() == Some(&'"') => cell.extend(chars.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) if chars.peek() == Some(&'\n') => {
                chars.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (c, _) => cell.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "ends with a whole line");
    rows
}

on_both! {
    async fn one_room_whole_and_harmless(house: House) {
        let user = house.line.friend("=SUM(1)佐藤").await;
        house.line.say(&user, "=HYPERLINK(\"http://evil\",\"x\")").await;
        house.line.say(&user, "two\nlines, \"quoted\"").await;
        house.line.say_message(&user, json!({"type": "location", "title": "湯屋", "address": "京都", "latitude": 35.0, "longitude": 135.5})).await;
        let room = until(async || Some(house.room("=SUM(1)佐藤").await).filter(|room| room["unread"] == 3)).await;
        house.send(&room, "+81 is our number").await;
        let note = json!({"account": house.account, "room": room["id"], "key": key(), "text": "he is kind", "mentions": []});
        house.call("chat/add_note", note).await;
        let path = format!("/a/{}/history/{}.csv?zone=540", house.account, room["id"].as_str().unwrap());
        let answer = house.owner.send(Method::GET, &path, None).await;
        assert_eq!(answer.status(), 200);
        let headers = answer.headers().clone();
        assert_eq!(headers["content-type"], "text/csv; charset=utf-8");
        let disposition = headers["content-disposition"].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"history-20") && disposition.contains("filename*=UTF-8''history_%3DSUM%281%29%E4%BD%90%E8%97%A4_20"), "{disposition}");
        let rows = read(&answer.text().await.unwrap());
        assert_eq!(rows[0], ["time", "room", "room_kind", "direction", "kind", "sender", "text", "file", "link"]);
        let words: Vec<_> = rows[1..].iter().map(|row| (row[3].as_str(), row[4].as_str(), row[6].as_str())).collect();
        assert_eq!(words, [
            ("event", "notice", "followed"),
            ("in", "text", "'=HYPERLINK(\"http://evil\",\"x\")"),
            ("in", "text", "two\nlines, \"quoted\""),
            ("in", "location", "湯屋 / 京都 / 35, 135.5"),
            ("out", "text", "'+81 is our number"),
            ("internal", "note", "he is kind"),
        ]);
        for row in &rows[1..] {
            assert_eq!((row.len(), row[1].as_str(), row[2].as_str()), (9, "'=SUM(1)佐藤", "user"));
            assert!(row[0].ends_with("+09:00"), "{}", row[0]);
        }
        assert_eq!((rows[5][5].as_str(), rows[2][5].as_str()), ("Mika", "'=SUM(1)佐藤"));
    }

    async fn all_rooms_come_in_one_file_and_days_are_kept(house: House) {
        // More than are read at once, so that the places where one reading follows the other are in it.
        let names: Vec<String> = (0..4).map(|n| format!("Friend {n}")).collect();
        for (at, name) in names.iter().enumerate() {
            let user = house.line.friend(name).await;
            house.line.say(&user, &format!("word {at}")).await;
        }
        until(async || (house.counts().await["unread"] == 4).then_some(())).await;
        let room = house.room("Friend 2").await;
        let mut tx = house.state().db.begin().await.unwrap();
        for n in 0..2_500_i64 {
            let id = engawa::id::make::at(1_600_000_000_000 + n);
            sqlx::query("INSERT INTO message (account_id, room_id, id, seq, direction, kind, content, at, delivery) VALUES ($1, $2, $3, 1, 'event', 'text', $4, $5, 'received')")
                .bind(house.account.parse::<i64>().unwrap()).bind(room["id"].as_str().unwrap().parse::<i64>().unwrap())
                .bind(id).bind(json!({"type": "text", "text": format!("n{n}")}).to_string()).bind(1_600_000_000_000 + n)
                .execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let all = async |query: &str| {
            let (status, text) = house.owner.page(&format!("/a/{}/history.csv?{query}", house.account)).await;
            assert_eq!(status, 200);
            read(&text)
        };
        let rows = all("").await;
        assert_eq!(rows.len(), 1 + 2_500 + 8);
        let numbers: Vec<_> = rows.iter().filter_map(|row| row[6].strip_prefix('n')?.parse::<i64>().ok()).collect();
        assert_eq!(numbers, (0..2_500).collect::<Vec<_>>());
        // 2020-09-13 12:26:40 UTC.
        assert_eq!(all("from=2020-09-13&to=2020-09-13").await.len(), 1 + 2_500);
        assert_eq!(all("to=2020-09-12").await.len(), 1);
        assert_eq!(all("from=2020-09-14").await.len(), 1 + 8);
        assert_eq!(all("from=2020-09-14&to=2020-09-14&zone=840").await.len(), 1 + 2_500, "there it was the 14th already");
        for wrong in ["from=yesterday", "to=2020-02-30", "zone=100000"] {
            assert_eq!(house.owner.page(&format!("/a/{}/history.csv?{wrong}", house.account)).await.0, 404, "{wrong}");
        }
    }

    async fn files_are_listed_with_their_links(house: House) {
        let user = house.line.friend("Ken").await;
        let part = reqwest::multipart::Part::bytes(b"%PDF-1.4 x".to_vec()).file_name("=見積.pdf").mime_str("application/pdf").unwrap();
        let form = reqwest::multipart::Form::new().text("room", house.line.channel_id().to_owned()).part("file", part);
        let url = format!("{}/simulator/api/users/{user}/upload", house.line.url);
        assert!(house.line.http.post(url).multipart(form).send().await.unwrap().status().is_success());
        let room = house.room("Ken").await;
        let media = until(async || house.messages(&room).await.into_iter().find(|m| m["media"]["state"] == "ready")).await;
        let (_, file) = house.owner.page(&format!("/a/{}/history/{}.csv", house.account, room["id"].as_str().unwrap())).await;
        let row = read(&file).into_iter().find(|row| row[4] == "file").unwrap();
        assert_eq!((row[7].as_str(), row[8].clone()), ("'=見積.pdf", format!("{}/media/{}/{}", house.url, house.account, media["id"].as_str().unwrap())));
    }

    async fn only_for_those_who_may(house: House) {
        house.line.friend("Ken").await;
        let room = house.room("Ken").await;
        let one = format!("/a/{}/history/{}.csv", house.account, room["id"].as_str().unwrap());
        let all = format!("/a/{}/history.csv", house.account);
        let (aoi, _) = colleague(&house, "Aoi", "aoi@example.com").await;
        let nobody = Browser::new(&house.url);
        for (who, path, status) in [(&nobody, &one, 401), (&nobody, &all, 401), (&aoi, &one, 200), (&aoi, &all, 403), (&house.owner, &all, 200)] {
            assert_eq!(who.page(path).await.0, status, "{path}");
        }
        assert_eq!(house.owner.page("/a/99/history.csv").await.0, 404);
        assert_eq!(house.owner.page(&format!("/a/99/history/{}.csv", room["id"].as_str().unwrap())).await.0, 404);
        for wrong in ["7.csv", "x.csv", room["id"].as_str().unwrap()] {
            assert_eq!(house.owner.page(&format!("/a/{}/history/{wrong}", house.account)).await.0, 404, "{wrong}");
        }
        for site in ["cross-site", "same-site"] {
            let request = house.owner.http.get(format!("{}{all}", house.url)).header("cookie", &house.owner.cookie).header("sec-fetch-site", site);
            assert_eq!(request.send().await.unwrap().status(), 403, "{site}");
        }
    }
}
