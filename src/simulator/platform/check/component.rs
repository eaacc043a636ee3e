//! What stands in a bubble: looks every property up in the catalogue.

use super::{
    catalogue::{COMPONENTS, Component, GRADIENT, Rule},
    node::{Check, Limit, NEEDED, Node, OPTIONAL},
};

/// What may stand in a box of a layout.
fn contents(layout: Option<&str>) -> &'static [&'static str] {
    match layout {
        Some("baseline") => &["icon", "text", "filler"],
        _ => &["box", "button", "image", "text", "separator", "filler"],
    }
}

impl Check {
    /// A component that must be one of `kinds`.
    pub(super) fn component(&mut self, at: &Node, kinds: &[&str]) {
        if !self.object(at, NEEDED) {
            return;
        }
        let Some(kind) = self.string(&at.child("type"), NEEDED) else { return };
        let Some((_, component)) = COMPONENTS.iter().find(|(name, _)| *name == kind && kinds.contains(name)) else {
            // LINE names the component here and not its type.
            self.unreadable(at);
            return;
        };
        if kind == "text" && !at.child("text").is_there() && !at.child("contents").is_there() {
            self.wrong("invalid text content", at);
            self.wrong("`text` or `contents` must be specified", at);
        }
        self.fields(at, component);
    }

    fn fields(&mut self, at: &Node, component: &Component) {
        for name in component.needed {
            if !at.child(name).is_there() {
                self.wrong("must be specified", &at.child(name));
            }
        }
        let fields = || component.fields.iter().copied().flatten();
        self.known(at, &fields().map(|(name, _)| *name).collect::<Vec<_>>());
        for (name, rule) in fields() {
            let child = at.child(name);
            if child.is_there() {
                self.rule(at, &child, rule);
            }
        }
    }

    fn rule(&mut self, of: &Node, at: &Node, rule: &Rule) {
        match rule {
            Rule::Type => {}
            Rule::Flag => self.flag(at),
            Rule::Count => self.whole(at, OPTIONAL, 0),
            Rule::Word(words) => {
                self.one_of(at, OPTIONAL, words);
            }
            Rule::Measure(measure) => self.measure(at, measure),
            Rule::Colour => self.colour(at, true),
            Rule::Ratio => self.ratio(at),
            Rule::Url => self.url(at, OPTIONAL),
            Rule::Text => {
                self.text(at, OPTIONAL, Limit::Units(usize::MAX));
            }
            Rule::Action(home) => self.action(at, OPTIONAL, *home),
            Rule::Background => {
                if self.object(at, OPTIONAL) && self.one_of(&at.child("type"), NEEDED, &["linearGradient"]).is_some() {
                    self.fields(at, &GRADIENT);
                }
            }
            Rule::Contents => {
                let kinds = contents(of.value.get("layout").and_then(|layout| layout.as_str()));
                for child in self.list(at, OPTIONAL, 0, usize::MAX) {
                    self.component(&child, kinds);
                }
            }
            Rule::Spans => {
                for span in self.list(at, OPTIONAL, 0, usize::MAX) {
                    self.component(&span, &["span"]);
                }
            }
            Rule::Instead => self.component(at, &["box", "image"]),
        }
    }
}
