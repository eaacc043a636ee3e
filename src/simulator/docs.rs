//! The documentation page: prose in four languages, samples with this simulator's own address and a channel of
//! it. The prose stands here and not in `i18n`, whose table every page of every app carries to the browser; a
//! text that is missing in a language does not compile here either.

mod en;
mod ja;
mod sample;
mod th;
mod words;
mod zh_hant;

use super::{
    model::{DocBlock, DocSection, FaultKind},
    phone::here::sim,
};
use crate::{
    error::AppError,
    i18n::{Lang, use_i18n},
};
use sample::Here;
use words::Words;

fn text(words: &str) -> DocBlock {
    DocBlock::Text { text: words.to_owned() }
}

fn head(words: &str) -> DocBlock {
    DocBlock::Head { text: words.to_owned() }
}

fn code(title: &str, text: String) -> DocBlock {
    DocBlock::Code { title: title.to_owned(), text: text.trim().to_owned() }
}

fn list(items: &[&str]) -> DocBlock {
    DocBlock::List { items: items.iter().map(|item| (*item).to_owned()).collect() }
}

fn table(head: &[&str], rows: Vec<Vec<String>>) -> DocBlock {
    DocBlock::Table { head: head.iter().map(|name| (*name).to_owned()).collect(), rows }
}

/// A table whose first column is the same in every language.
fn named(head: &[&str], names: &[&str], words: &[&str]) -> DocBlock {
    let rows = names.iter().zip(words).map(|(name, words)| vec![(*name).to_owned(), (*words).to_owned()]);
    table(head, rows.collect())
}

fn section(id: &str, title: &str, blocks: Vec<DocBlock>) -> DocSection {
    DocSection { id: id.to_owned(), title: title.to_owned(), blocks }
}

/// All of it, in the language of the page.
pub fn sections() -> Result<Vec<DocSection>, AppError> {
    let sim = sim()?;
    let words = match use_i18n().lang {
        Lang::En => &en::WORDS,
        Lang::Ja => &ja::WORDS,
        Lang::Th => &th::WORDS,
        Lang::ZhHant => &zh_hant::WORDS,
    };
    let channel = sim.with(|world| world.channel_names().into_iter().next().map(|(id, _)| id));
    let here = Here { base: sim.rules.base_url.clone(), channel: channel.unwrap_or_else(|| "CHANNEL_ID".into()) };
    Ok(written(words, &here))
}

fn written(words: &Words, here: &Here) -> Vec<DocSection> {
    let faults = FaultKind::ALL.iter().zip(words.fault_kinds);
    let faults = faults.map(|(kind, more)| vec![kind.word().to_owned(), more.to_owned()]).collect();
    vec![
        section(
            "start",
            words.start,
            vec![
                text(words.start_one),
                code("shell", here.start()),
                text(words.start_flags),
                named(&words.flag_head, &sample::FLAGS, &words.flags),
            ],
        ),
        section(
            "sdk",
            words.sdk,
            vec![
                text(words.sdk_one),
                head("Node.js · @line/bot-sdk 9, 10, 11"),
                text(words.sdk_node),
                code("JavaScript", here.node()),
                code("JavaScript · 11", here.node_new()),
                head("Python · line-bot-sdk 3"),
                text(words.sdk_python),
                code("Python", here.python()),
                head("Java · line-bot-sdk-java 8, 9"),
                text(words.sdk_java),
                code("Java", here.java()),
                head("Go · line-bot-sdk-go v8"),
                text(words.sdk_go),
                code("Go", here.go()),
                head("PHP · linecorp/line-bot-sdk"),
                text(words.sdk_php),
                code("PHP", here.php()),
                head("Ruby · line-bot-api v2"),
                text(words.sdk_ruby),
                code("Ruby", here.ruby()),
                head(words.sdk_other),
                text(words.sdk_other_more),
            ],
        ),
        section(
            "webhooks",
            words.webhooks,
            vec![text(words.webhooks_one), code("shell", here.endpoint()), list(&words.webhooks_facts)],
        ),
        section(
            "login",
            words.login,
            vec![text(words.login_one), named(&words.login_head, &sample::LOGIN, &words.login_rows)],
        ),
        section(
            "control",
            words.control,
            vec![text(words.control_one), code("shell", here.control()), text(words.control_more)],
        ),
        section(
            "faults",
            words.faults,
            vec![
                text(words.faults_one),
                code("shell", here.faults()),
                table(&words.fault_head, faults),
                text(words.faults_more),
            ],
        ),
        section("clock", words.clock, vec![text(words.clock_one), code("shell", here.clock())]),
        section("strict", words.strict, vec![text(words.strict_one), list(&words.strict_facts)]),
        section("state", words.state, vec![text(words.state_one), code("shell", here.state()), text(words.state_more)]),
        section("differences", words.differences, vec![text(words.differences_one), list(&words.differences_facts)]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_the_same_parts() {
        let here = Here { base: "http://127.0.0.1:3010".into(), channel: "2000000001".into() };
        let shape = |words: &Words| {
            let all = written(words, &here);
            let blocks = all.iter().map(|one| (one.id.clone(), one.blocks.len())).collect::<Vec<_>>();
            // Code between backticks must not be translated away.
            let ticks: usize = serde_json::to_string(&all).unwrap().matches('`').count();
            assert_eq!(ticks % 2, 0);
            assert!(all.iter().all(|one| !one.title.is_empty()));
            blocks
        };
        let english = shape(&en::WORDS);
        for words in [&ja::WORDS, &th::WORDS, &zh_hant::WORDS] {
            assert_eq!(shape(words), english);
        }
    }

    #[test]
    fn samples_name_this_simulator() {
        let here = Here { base: "http://sim.test:1".into(), channel: "2000000009".into() };
        for sample in [here.node(), here.python(), here.java(), here.go(), here.php(), here.ruby(), here.control()] {
            assert!(sample.contains("http://sim.test:1"), "{sample}");
        }
        assert!(here.endpoint().contains("2000000009"));
    }
}
