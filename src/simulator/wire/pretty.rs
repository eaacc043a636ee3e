//! JSON set out for reading, in the order in which it came: parsing it into a map would sort it.

use super::mask;

/// The text with line breaks and indents, and with secrets shortened. Not JSON, it comes back as it is.
pub fn json(text: &str) -> String {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return text.to_owned();
    }
    write(text, true)
}

/// The text as it came, with secrets shortened.
pub fn masked(text: &str) -> String {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return text.to_owned();
    }
    write(text, false)
}

/// Where the string that begins at `from` ends, with its closing quote.
fn string_end(text: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while at < text.len() && text[at] != b'"' {
        at += if text[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(text.len())
}

fn write(text: &str, wide: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() * 2);
    let (mut depth, mut at, mut name) = (0_usize, 0, String::new());
    let newline = |out: &mut String, depth: usize| {
        if wide {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    let next_of = |from: usize| bytes[from..].iter().copied().find(|byte| !byte.is_ascii_whitespace());
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = string_end(bytes, at);
                let token = text.get(at..end).unwrap_or_default();
                if next_of(end) == Some(b':') {
                    name = token.trim_matches('"').to_owned();
                    out.push_str(token);
                } else if mask::is_secret(&name) && token.len() > 2 {
                    out.push('"');
                    out.push_str(&mask::short(token.trim_matches('"')));
                    out.push('"');
                } else {
                    out.push_str(token);
                }
                at = end;
                continue;
            }
            open @ (b'{' | b'[') => {
                out.push(char::from(open));
                let close = if open == b'{' { b'}' } else { b']' };
                if next_of(at + 1) == Some(close) {
                    out.push(char::from(close));
                    at += 1 + bytes[at + 1..].iter().position(|byte| *byte == close).unwrap_or(0);
                } else {
                    depth += 1;
                    newline(&mut out, depth);
                }
            }
            close @ (b'}' | b']') => {
                depth = depth.saturating_sub(1);
                newline(&mut out, depth);
                out.push(char::from(close));
            }
            b',' => {
                name.clear();
                out.push(',');
                newline(&mut out, depth);
            }
            b':' => out.push_str(if wide { ": " } else { ":" }),
            byte if byte.is_ascii_whitespace() => {}
            byte => out.push(char::from(byte)),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_set_out_in_its_own_order() {
        let text = r#"{"b":1,"a":[{"x":"q\"{,"},[]],"e":{ },"access_token":"abcdefghijklmnopqrst"}"#;
        let wanted = "{\n  \"b\": 1,\n  \"a\": [\n    {\n      \"x\": \"q\\\"{,\"\n    },\n    []\n  ],\n  \"e\": {},\n  \"access_token\": \"abcdef…\"\n}";
        assert_eq!(json(text), wanted);
        assert_eq!(json("{not json"), "{not json");
        assert_eq!(json("{\"日本\":\"語\"}"), "{\n  \"日本\": \"語\"\n}");
    }

    #[test]
    fn what_is_set_out_is_still_the_same_json() {
        for text in [r#"{"a":[1,-2.5e3,true,null,"x\\"],"b":{"c":{}}}"#, "[]", "\"x\"", " [ 1 , 2 ] "] {
            let before: serde_json::Value = serde_json::from_str(text).unwrap();
            for after in [json(text), masked(text)] {
                assert_eq!(serde_json::from_str::<serde_json::Value>(&after).unwrap(), before, "{text}");
            }
        }
    }
}
