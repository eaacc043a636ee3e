//! Who may import whom: the arrows of the plan, read off the `use crate::` lines.

use std::{collections::BTreeMap, fs, path::Path};

const ROOMS: &[&str] = &["account", "audit", "chat", "saved", "team"];

/// Layers that stand below the rooms.
const GROUND: &[&str] = &["id", "time", "error", "line", "i18n", "browser", "ui"];

fn sources(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix("src").unwrap().display().to_string();
            found.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// The paths behind `crate::` in a file, without what its tests use.
fn imports(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + 7..];
        if let Some(inner) = rest.strip_prefix('{') {
            // `use crate::{a::b, c::{d, e}}`: the first word after each brace or comma at depth one.
            let (mut depth, mut word) = (1, String::new());
            for c in inner.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 1 => break,
                    '}' => depth -= 1,
                    ',' if depth == 1 => found.push(std::mem::take(&mut word)),
                    c if depth == 1 && !c.is_whitespace() => word.push(c),
                    _ => {}
                }
            }
            found.push(word);
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':').collect());
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

fn allowed(file: &str, import: &str) -> bool {
    let parts: Vec<&str> = import.split("::").collect();
    let (to, part) = (parts[0], parts.get(1).copied().unwrap_or_default());
    let mut place = file.trim_end_matches(".rs").split('/');
    let (from, layer) = (place.next().unwrap(), place.next().unwrap_or_default());
    if to == from {
        return true;
    }
    match from {
        // The map and the frame know every view; the router and the commands mount everything.
        "lib" | "main" | "app" | "server" => true,
        // The simulator speaks to the rest only over HTTP.
        "simulator" => {
            GROUND.contains(&to)
                || to == "server" && ["assets", "qr"].contains(&part)
                || to == "app" && part == "SiteUrls"
        }
        _ if GROUND.contains(&from) => GROUND.contains(&to),
        _ if ROOMS.contains(&from) => match layer {
            "model" => ["id", "time", "line", "i18n"].contains(&to) || ROOMS.contains(&to) && part == "model",
            "store" => {
                ["id", "time", "line", "i18n"].contains(&to) || to == "server" && ["db", "session"].contains(&part)
            }
            "api" => ["id", "error", "server", "i18n"].contains(&to) || ROOMS.contains(&to) && part == "model",
            "view" | "live" => {
                GROUND.contains(&to) || to == "app" || ROOMS.contains(&to) && ["api", "model", "view"].contains(&part)
            }
            // service, jobs, ingest, stream, webhook, directory
            _ => {
                ["id", "time", "error", "line", "i18n", "server"].contains(&to) || ROOMS.contains(&to) && part != "view"
            }
        },
        _ => true,
    }
}

#[test]
fn arrows_never_point_back() {
    let mut files = BTreeMap::new();
    sources(Path::new("src"), &mut files);
    assert!(files.len() > 50);
    let mut wrong = Vec::new();
    for (file, text) in &files {
        for import in imports(text) {
            if !allowed(file, &import) {
                wrong.push(format!("{file} must not know {import}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn cfg_stands_only_where_it_may() {
    let mut files = BTreeMap::new();
    sources(Path::new("src"), &mut files);
    for (file, text) in &files {
        let root = !file.contains('/');
        let gates = text.matches("cfg(feature").count() + text.matches("cfg(not(feature").count();
        if file.ends_with("/api.rs") {
            assert!(gates <= 1, "{file} has {gates} gates");
        } else if !root && gates > 0 {
            // A `mod` line of a folder's root file is a gate on a part of a room.
            assert!(
                text.lines().collect::<Vec<_>>().windows(2).all(|w| !w[0].contains("cfg(")
                    || !w[0].contains("feature")
                    || w[1].contains("mod ")
                    || w[1].contains("use ")),
                "{file}"
            );
        }
    }
}

#[test]
fn files_stay_readable() {
    let mut files = BTreeMap::new();
    sources(Path::new("src"), &mut files);
    for (file, text) in &files {
        // Tables of texts grow with the product; everything else is split before 600 lines.
        if !file.starts_with("i18n/") {
            assert!(text.lines().count() < 600, "{file} has {} lines", text.lines().count());
        }
    }
}
