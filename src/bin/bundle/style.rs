//! One stylesheet out of `style/`: imports inlined in their order, comments and idle spaces left out.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

/// Reads `main.css` of `folder` and puts the files that it imports in the places of their `@import` lines.
/// `@import "x.css" layer(ui);` becomes `@layer ui { … }`. No `main.css` gives an empty sheet.
///
/// # Errors
/// When an imported file cannot be read, or an `@import` line is of a form that is not known here.
pub fn collect(folder: &Path) -> Result<String> {
    let main = folder.join("main.css");
    if !main.exists() {
        return Ok(String::new());
    }
    let mut sheet = String::new();
    inline(&main, &mut sheet)?;
    Ok(minify(&sheet))
}

fn inline(file: &Path, sheet: &mut String) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    let folder = file.parent().context("a stylesheet lives in a folder")?;
    for line in without_comments(&text).lines() {
        let Some(rule) = line.trim().strip_prefix("@import") else {
            sheet.push_str(line);
            sheet.push('\n');
            continue;
        };
        let (name, layer) = parse_import(rule).with_context(|| format!("{}: {}", file.display(), line.trim()))?;
        if let Some(layer) = layer {
            sheet.push_str(&format!("@layer {layer} {{\n"));
        }
        inline(&folder.join(name), sheet)?;
        if layer.is_some() {
            sheet.push_str("}\n");
        }
    }
    Ok(())
}

/// `"x.css"`, `url("x.css")` or `url(x.css)`, then nothing or `layer(name)`.
fn parse_import(rule: &str) -> Result<(&str, Option<&str>)> {
    let rule = rule.trim().trim_end_matches(';').trim();
    let (name, rest) = if let Some(inside) = rule.strip_prefix("url(") {
        inside.split_once(')').context("url( is not closed")?
    } else {
        let quote = rule.chars().next().filter(|c| matches!(c, '"' | '\'')).context("expected a quoted file name")?;
        rule[1..].split_once(quote).context("the file name is not closed")?
    };
    let name = name.trim().trim_matches(['"', '\'']);
    let rest = rest.trim();
    if rest.is_empty() {
        return Ok((name, None));
    }
    match rest.strip_prefix("layer(").and_then(|inside| inside.strip_suffix(')')) {
        Some(layer) => Ok((name, Some(layer.trim()))),
        None => bail!("only layer(name) may follow the file name"),
    }
}

/// Replaces comments by a space, and leaves what stands in quotes alone.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars().peekable();
    let mut quote = None;
    while let Some(c) = chars.next() {
        if quote.is_none() && c == '/' && chars.peek() == Some(&'*') {
            chars.next();
            let mut last = ' ';
            for next in chars.by_ref() {
                if last == '*' && next == '/' {
                    break;
                }
                last = next;
            }
            out.push(' ');
            continue;
        }
        out.push(c);
        match quote {
            Some(_) if c == '\\' => out.extend(chars.next()),
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
    }
    out
}

/// Drops spaces that mean nothing. A space before `:` or around `+ - > ( )` can mean something, and stays.
fn minify(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut chars = css.chars();
    let mut space = false;
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        let glued = matches!(c, '{' | '}' | ';' | ',') || out.is_empty() || out.ends_with(['{', '}', ';', ',', ':']);
        if space && !glued {
            out.push(' ');
        }
        space = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push(c);
        if matches!(c, '"' | '\'') {
            while let Some(inside) = chars.next() {
                out.push(inside);
                if inside == '\\' {
                    out.extend(chars.next());
                } else if inside == c {
                    break;
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_comments_go_and_strings_stay() {
        let css = "/* a; */ .a  .b:hover ,\n.c > p {\n  color : red;\n  content: \"/* x ; */  y\";\n  width: calc(1px + 2px);\n}\n";
        assert_eq!(
            minify(&without_comments(css)),
            ".a .b:hover,.c > p{color :red;content:\"/* x ; */  y\";width:calc(1px + 2px)}"
        );
    }

    #[test]
    fn imported_files_take_the_place_of_their_lines() {
        let folder = std::env::temp_dir().join(format!("engawa-style-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert_eq!(collect(&folder).unwrap(), "");
        let main =
            "@layer a, b;\n/* @import \"gone.css\"; */\n@import \"a.css\" layer(a);\n@import url(b.css);\n.c {}\n";
        fs::write(folder.join("main.css"), main).unwrap();
        fs::write(folder.join("a.css"), ".a { color: red; }\n").unwrap();
        fs::write(folder.join("b.css"), "@layer b { .b {} }\n").unwrap();
        let sheet = collect(&folder).unwrap();
        fs::remove_file(folder.join("b.css")).unwrap();
        let error = format!("{:#}", collect(&folder).unwrap_err());
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(sheet, "@layer a,b;@layer a{.a{color:red}}@layer b{.b{}}.c{}");
        assert!(error.contains("b.css"), "{error}");
    }

    #[test]
    fn imports_are_understood() {
        assert_eq!(parse_import(" \"a.css\";").unwrap(), ("a.css", None));
        assert_eq!(parse_import(" url('a.css') layer(ui);").unwrap(), ("a.css", Some("ui")));
        assert_eq!(parse_import(" url(a.css);").unwrap(), ("a.css", None));
        assert!(parse_import(" \"a.css\" print;").is_err());
        assert!(parse_import(" a.css;").is_err());
    }
}
