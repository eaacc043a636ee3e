//! The program as its host meets it: wrong flags, wrong folders, damaged and newer databases, backups.

use crate::{fixture::until, on_both};
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn engawa(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_engawa")).args(arguments).env_remove("ENGAWA_TEST_POSTGRES").output().unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = engawa(arguments);
    assert!(!output.status.success(), "{arguments:?} should fail");
    String::from_utf8(output.stderr).unwrap()
}

/// Starts the program and waits for the line that holds its address.
pub fn serve(arguments: &[&str]) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_engawa"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = lines.find_map(|line| Some(line.ok()?.split_once("http://")?.1.trim().to_owned())).unwrap();
    // Keep reading, or the program stops at a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    (child, format!("http://{url}"))
}

#[test]
fn wrong_flags_and_places_get_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    assert!(refused(&["serve", "--lisen", "x"]).contains("--listen"), "a near miss is named");
    assert!(refused(&["serve", "--listen", "here"]).contains("invalid socket address"));
    assert!(
        refused(&["serve", "--database-url", "mysql://x", "--data-dir", &data]).contains("must begin with postgres://")
    );
    assert!(refused(&["serve", "--config", "/nonexistent.toml"]).contains("can't be read"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let words = refused(&["serve", "--data-dir", &data, "--listen", &address]);
    assert!(words.contains("is in use") && words.contains("--listen"), "{words}");
    assert!(refused(&["simulator", "--listen", &address]).contains("is in use"));
    let words = refused(&["serve", "--data-dir", &data, "--fault", "kind=server_error"]);
    assert!(words.contains("needs --demo"), "{words}");
    let words = refused(&["serve", "--demo", "--data-dir", &data, "--fault", "kind=sloth"]);
    assert!(words.contains("there is no fault “sloth”"), "{words}");
    let words = refused(&["serve", "--data-dir", "/proc/engawa", "--listen", "127.0.0.1:0"]);
    assert!(words.contains("can't be written"), "{words}");
    assert!(refused(&["check", "--data-dir", &data.replace("data", "nowhere")]).contains("there is no database"));
    assert!(
        refused(&[
            "serve",
            "--database-url",
            "postgres://u:hunter2@127.0.0.1:1/x",
            "--data-dir",
            &data,
            "--listen",
            "127.0.0.1:0"
        ])
        .lines()
        .all(|l| !l.contains("hunter2"))
    );
}

#[test]
fn a_damaged_a_newer_and_a_keyless_database_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = data.display().to_string();
    assert!(engawa(&["migrate", "--data-dir", &place]).status.success());
    let file = data.join("engawa.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let change = |sql: &'static str| {
        runtime.block_on(async {
            let db = engawa::server::db::Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
            let mut tx = db.begin().await.unwrap();
            sqlx::query(sql).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
            db.close().await;
        });
    };
    // Something was encrypted, and the key is not there.
    change(
        "INSERT INTO account (id, name, basic_id, bot_user_id, channel_id, secret, api_base, created_at) VALUES (1, 'a', '@a', 'U', '1', 's', 'x', 0)",
    );
    let words = refused(&["serve", "--data-dir", &place, "--listen", "127.0.0.1:0"]);
    assert!(words.contains("engawa.key is missing"), "{words}");
    change(
        "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) VALUES (9999, 'future', '2030-01-01', 1, x'00', 0)",
    );
    let words = refused(&["serve", "--data-dir", &place, "--listen", "127.0.0.1:0"]);
    assert!(words.contains("written by a newer Engawa") && words.contains("9999"), "{words}");
    std::fs::write(&file, "this is no database at all, but it is long enough to be looked at as one".repeat(50))
        .unwrap();
    let words = refused(&["serve", "--data-dir", &place, "--listen", "127.0.0.1:0"]);
    assert!(words.contains("damaged or is not a database") && words.contains("restore"), "{words}");
}

#[test]
fn operators_are_added_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    assert!(engawa(&["migrate", "--data-dir", &data]).status.success());
    let run = |arguments: &[&str], input: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_engawa"));
        child.args(["user", "--data-dir", &data]).args(arguments);
        let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    assert!(run(&["add", "a@example.com", "Aoi", "--role", "admin"], "a long password\n").0);
    assert!(!run(&["add", "a@example.com", "Aoi"], "a long password\n").0);
    assert!(!run(&["add", "b@example.com", "B"], "short\n").0);
    assert!(run(&["password", "a@example.com"], "another password\n").0);
    assert!(run(&["list"], "").1.contains("a@example.com\tadmin\tAoi"));
}

#[test]
fn it_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display().to_string();
    let (mut child, url) =
        serve(&["serve", "--data-dir", &data, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0"]);
    assert!(url.starts_with("http://127.0.0.1:"));
    assert_eq!(std::fs::metadata(folder.path().join("engawa.key")).unwrap().permissions().mode() & 0o777, 0o600);
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(child.wait().unwrap().success());
}

on_both! {
    async fn a_backup_under_load_is_whole(house: House) {
        if !house.database.starts_with("sqlite:") {
            let config = &house.state().config;
            let words = engawa::server::backup::write(config, &house.folder.path().join("b")).await.unwrap_err().to_string();
            assert!(words.contains("pg_dump"), "{words}");
            return;
        }
        let user = house.line.friend("Ken").await;
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(30, 20, image::Rgb([40, 110, 80])).write_to(&mut png, image::ImageFormat::Png).unwrap();
        let base64 = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, png.get_ref());
        let body = json!({"room": house.line.channel_id(), "message": {"type": "image"}, "base64": base64, "mime": "image/png"});
        house.line.control(&format!("users/{user}/say"), body).await;
        let room = house.room("Ken").await;
        until(async || house.messages(&room).await.iter().any(|m| m["media"]["state"] == "ready").then_some(())).await;
        let backup = house.folder.path().join("backup");
        // While messages come in.
        let busy = async {
            for n in 0..40 {
                house.line.say(&user, &n.to_string()).await;
            }
        };
        let (written, ()) = tokio::join!(engawa::server::backup::write(&house.state().config, &backup), busy);
        written.unwrap();
        assert!(engawa::server::backup::write(&house.state().config, &backup).await.is_err(), "never overwritten");
        let target = house.folder.path().join("restored");
        let (from, to) = (backup.display().to_string(), target.display().to_string());
        let output = engawa(&["restore", "--data-dir", &to, &from]);
        assert!(output.status.success(), "{output:?}");
        let output = engawa(&["check", "--data-dir", &to]);
        assert!(output.status.success(), "{output:?}");
        // A second restore does not overwrite, and a broken backup is found out.
        assert!(!engawa(&["restore", "--data-dir", &to, &from]).status.success());
        damage(&backup);
        assert!(!engawa(&["restore", "--verify", "--data-dir", &to, &from]).status.success());
    }
}

/// Flips a byte in some media file.
fn damage(backup: &Path) {
    let folders = std::fs::read_dir(backup.join("media")).unwrap().flatten();
    let file = folders
        .flat_map(|d| std::fs::read_dir(d.path()).unwrap().flatten())
        .find(|f| f.path().extension().is_none())
        .unwrap();
    let mut bytes = std::fs::read(file.path()).unwrap();
    bytes[10] ^= 1;
    std::fs::write(file.path(), bytes).unwrap();
}
