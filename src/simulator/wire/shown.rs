//! Records as pages and scripts are told them.

use super::{BODY, Log, Record, Side, mask, pretty};
use crate::simulator::model::{LogDetail, LogEntry, LogLine, LogPage, LogPart, LogQuery};
use serde_json::Value;
use std::{collections::HashMap, fmt::Write};

/// How many lines a page shows at once.
const LINES: usize = 100;

/// Names of accounts by channel id.
pub type Names = HashMap<String, String>;

fn text(side: &Side) -> String {
    String::from_utf8_lossy(&side.body).into_owned()
}

fn is_form(side: &Side) -> bool {
    let kind = side.headers.get("content-type").map(|kind| kind.as_bytes()).unwrap_or_default();
    kind.starts_with(b"application/x-www-form-urlencoded")
}

/// The body for reading; `wide` sets JSON out.
fn body(side: &Side, wide: bool) -> String {
    let text = text(side);
    if is_form(side) {
        mask::pairs(&text)
    } else if wide {
        pretty::json(&text)
    } else {
        pretty::masked(&text)
    }
}

/// The first of a text's characters.
fn brief(text: &str, most: usize) -> String {
    let mut line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most + 1).collect();
    if line.chars().count() > most {
        line.pop();
        line.push('…');
    }
    line
}

impl Record {
    /// Whose it is, where only the body tells.
    fn owner(&self) -> String {
        if !self.channel.is_empty() || !is_form(&self.request) {
            return self.channel.clone();
        }
        let form = text(&self.request);
        form.split('&').find_map(|pair| pair.strip_prefix("client_id=")).unwrap_or_default().to_owned()
    }

    /// What is in it, in a few words: kinds of events, or the first message and how many more.
    fn digest(&self) -> String {
        let Ok(body) = serde_json::from_slice::<Value>(&self.request.body) else { return brief(&self.note, 60) };
        if let Some(events) = body["events"].as_array().filter(|_| self.webhook) {
            let mut kinds: Vec<(String, usize)> = Vec::new();
            for event in events {
                let kind = event["type"].as_str().unwrap_or("?");
                let kind = match event.pointer("/message/type").and_then(Value::as_str) {
                    Some(message) => format!("{kind}: {message}"),
                    None => kind.to_owned(),
                };
                match kinds.iter_mut().find(|(known, _)| *known == kind) {
                    Some((_, count)) => *count += 1,
                    None => kinds.push((kind, 1)),
                }
            }
            let words: Vec<String> = kinds
                .into_iter()
                .map(|(kind, count)| if count > 1 { format!("{kind} ×{count}") } else { kind })
                .collect();
            return if words.is_empty() { "events: []".into() } else { words.join(", ") };
        }
        let messages = body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(first) = messages.first() else { return String::new() };
        let words = first["text"].as_str().or(first["altText"].as_str()).unwrap_or_default();
        let mut line = format!("{}: {}", first["type"].as_str().unwrap_or("?"), brief(words, 60));
        if messages.len() > 1 {
            let _ = write!(line, " +{}", messages.len() - 1);
        }
        line.trim_end_matches([':', ' ']).to_owned()
    }

    fn line(&self, names: &Names) -> LogLine {
        let channel = self.owner();
        LogLine {
            id: self.id,
            time: self.time,
            webhook: self.webhook,
            name: names.get(&channel).cloned().unwrap_or_default(),
            channel,
            method: self.method.clone(),
            target: mask::address(&self.target),
            status: self.status,
            micros: self.micros,
            digest: self.digest(),
        }
    }

    fn fits(&self, query: &LogQuery) -> bool {
        let status = match query.status.as_str() {
            "" => true,
            "none" => self.status == 0,
            "bad" => !(200..300).contains(&self.status),
            "2xx" => (200..300).contains(&self.status),
            "4xx" => (400..500).contains(&self.status),
            "5xx" => self.status >= 500,
            other => other.parse() == Ok(self.status),
        };
        status
            && match query.direction.as_str() {
                "call" => !self.webhook,
                "webhook" => self.webhook,
                _ => true,
            }
            && (query.channel.is_empty() || self.owner() == query.channel)
            && (query.path.is_empty() || format!("{} {}", self.method, self.target).contains(query.path.trim()))
            && (query.text.trim().is_empty() || self.says(&query.text.trim().to_lowercase()))
    }

    fn says(&self, words: &str) -> bool {
        let header = |side: &Side| {
            side.headers.iter().any(|(name, value)| {
                // What is shortened is not found either.
                let value = mask::header(name.as_str(), &String::from_utf8_lossy(value.as_bytes()));
                value.to_lowercase().contains(words)
            })
        };
        let within = |text: &str| text.to_lowercase().contains(words);
        within(&body(&self.request, false))
            || within(&body(&self.answer, false))
            || within(&mask::address(&self.target))
            || within(&self.request_id)
            || within(&self.note)
            || header(&self.request)
            || header(&self.answer)
    }

    fn entry(&self) -> LogEntry {
        let answer = if self.webhook || self.status == 0 {
            self.note.clone()
        } else if self.answer.body.is_empty() && self.answer.size > 0 {
            format!("{} bytes", self.answer.size)
        } else {
            body(&self.answer, false)
        };
        LogEntry {
            id: self.id,
            time: self.time,
            webhook: self.webhook,
            channel: self.owner(),
            request_id: self.request_id.clone(),
            target: if self.webhook {
                mask::address(&self.target)
            } else {
                format!("{} {}", self.method, mask::address(&self.target))
            },
            request: body(&self.request, false),
            status: self.status,
            answer,
            millis: i64::try_from(self.micros / 1_000).unwrap_or(i64::MAX),
        }
    }

    /// The same request as a command for a shell. The token is a variable, other secrets are shortened.
    fn curl(&self, base: &str) -> String {
        let url =
            if self.webhook { mask::address(&self.target) } else { format!("{base}{}", mask::address(&self.target)) };
        let mut command = format!("curl -X {} {}", self.method, quoted(&url));
        for (name, value) in &self.request.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            match name.as_str() {
                "authorization" => command.push_str(" \\\n  -H \"Authorization: Bearer $CHANNEL_ACCESS_TOKEN\""),
                "content-type" | "user-agent" => {
                    let _ = write!(command, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
                }
                name if name.starts_with("x-line-") => {
                    let _ = write!(command, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
                }
                _ => {}
            }
        }
        if self.request.size > self.request.body.len() {
            command.push_str(" \\\n  --data-binary @body");
        } else if !self.request.body.is_empty() {
            // A webhook goes byte by byte, or its signature would be wrong.
            let body = if self.webhook { text(&self.request) } else { body(&self.request, false) };
            let _ = write!(command, " \\\n  --data-raw {}", quoted(&body));
        }
        command
    }
}

/// For a shell: nothing inside means anything.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn part(side: &Side) -> LogPart {
    let headers = side.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.as_str().to_owned(), mask::header(name.as_str(), &value))
    });
    LogPart {
        headers: headers.collect(),
        body: body(side, true),
        size: u64::try_from(side.size).unwrap_or(u64::MAX),
        kept: u64::try_from(side.body.len().min(BODY)).unwrap_or(u64::MAX),
    }
}

impl Log {
    /// The lines that fit, the newest first.
    pub fn page(&self, query: &LogQuery, names: &Names) -> LogPage {
        let all = self.all();
        let fitting = all
            .iter()
            .rev()
            .filter(|record| (query.before == 0 || record.id < query.before) && record.fits(query))
            .take(LINES + 1);
        let mut lines: Vec<LogLine> = fitting.map(|record| record.line(names)).collect();
        let more = lines.len() > LINES;
        lines.truncate(LINES);
        let mut channels: Vec<(String, String)> = names.clone().into_iter().collect();
        channels.sort();
        LogPage { lines, more, kept: u32::try_from(all.len()).unwrap_or(u32::MAX), channels }
    }

    /// All that fit, for scripts, the oldest first.
    pub fn entries(&self, query: &LogQuery) -> Vec<LogEntry> {
        let all = self.all();
        let fitting = all.iter().filter(|record| (query.before == 0 || record.id < query.before) && record.fits(query));
        fitting.map(|record| record.entry()).collect()
    }

    /// One entry with all that is kept of it.
    pub fn detail(&self, id: u64, names: &Names, base: &str) -> Option<LogDetail> {
        let record = self.get(id)?;
        let there = |id: u64| self.get(id).map(|record| record.id);
        Some(LogDetail {
            line: record.line(names),
            request_id: record.request_id.clone(),
            request: part(&record.request),
            answer: part(&record.answer),
            note: record.note.clone(),
            curl: record.curl(base),
            again: record.webhook && record.request.size == record.request.body.len(),
            older: there(id.saturating_sub(1)),
            newer: there(id + 1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_quotes_as_they_are() {
        assert_eq!(quoted("it's $HOME"), r"'it'\''s $HOME'");
    }

    #[test]
    fn long_texts_are_shortened_between_characters() {
        assert_eq!(brief("日本語のテキスト", 3), "日本語…");
        assert_eq!(brief("a\nb", 3), "a b");
    }
}
