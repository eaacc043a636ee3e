//! What stands in a bubble, as a table: every component, its properties and the rule of each.

use super::{
    action::Home,
    measure::{ANGLE, BORDER, CENTRE, LETTER, LINE, Measure, OFFSET, PADDING, PICTURE, SIDE, SPACE},
    node::{Check, Limit, NEEDED, Node, OPTIONAL},
};

/// What a property may be.
enum Rule {
    /// `type`, which chose the table.
    Type,
    Flag,
    /// A whole number that is not negative.
    Count,
    Word(&'static [&'static str]),
    Measure(Measure),
    Colour,
    Ratio,
    Url,
    /// A text that is not empty.
    Text,
    Action(Home),
    Background,
    /// The components of a box: what its layout lets in.
    Contents,
    /// The parts of a text.
    Spans,
    /// What stands for a video where it can't be played.
    Instead,
}

type Field = (&'static str, Rule);

/// A component.
struct Component {
    needed: &'static [&'static str],
    fields: &'static [&'static [Field]],
}

const ALIGN: Rule = Rule::Word(&["start", "end", "center"]);
const GRAVITY: Rule = Rule::Word(&["top", "bottom", "center"]);
const SHRINK: Rule = Rule::Word(&["shrink-to-fit"]);

/// Where a component stands in its box.
const PLACE: &[Field] = &[
    ("type", Rule::Type),
    ("margin", Rule::Measure(SPACE)),
    ("position", Rule::Word(&["relative", "absolute"])),
    ("offsetTop", Rule::Measure(OFFSET)),
    ("offsetBottom", Rule::Measure(OFFSET)),
    ("offsetStart", Rule::Measure(OFFSET)),
    ("offsetEnd", Rule::Measure(OFFSET)),
];

/// How letters look.
const LETTERS: &[Field] = &[
    ("size", Rule::Measure(LETTER)),
    ("color", Rule::Colour),
    ("weight", Rule::Word(&["regular", "bold"])),
    ("style", Rule::Word(&["normal", "italic"])),
    ("decoration", Rule::Word(&["none", "underline", "line-through"])),
];

const BOX: Component = Component {
    needed: &["layout", "contents"],
    fields: &[
        PLACE,
        &[
            ("layout", Rule::Word(&["horizontal", "vertical", "baseline"])),
            ("contents", Rule::Contents),
            ("flex", Rule::Count),
            ("spacing", Rule::Measure(SPACE)),
            ("backgroundColor", Rule::Colour),
            ("borderColor", Rule::Colour),
            ("borderWidth", Rule::Measure(BORDER)),
            ("cornerRadius", Rule::Measure(SPACE)),
            ("width", Rule::Measure(SIDE)),
            ("maxWidth", Rule::Measure(SIDE)),
            ("height", Rule::Measure(SIDE)),
            ("maxHeight", Rule::Measure(SIDE)),
            ("paddingAll", Rule::Measure(PADDING)),
            ("paddingTop", Rule::Measure(PADDING)),
            ("paddingBottom", Rule::Measure(PADDING)),
            ("paddingStart", Rule::Measure(PADDING)),
            ("paddingEnd", Rule::Measure(PADDING)),
            ("action", Rule::Action(Home::Flex)),
            (
                "justifyContent",
                Rule::Word(&["center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"]),
            ),
            ("alignItems", Rule::Word(&["center", "flex-start", "flex-end"])),
            ("background", Rule::Background),
        ],
    ],
};

const BUTTON: Component = Component {
    needed: &["action"],
    fields: &[
        PLACE,
        &[
            ("action", Rule::Action(Home::FlexButton)),
            ("flex", Rule::Count),
            ("height", Rule::Word(&["sm", "md"])),
            ("style", Rule::Word(&["primary", "secondary", "link"])),
            ("color", Rule::Colour),
            ("gravity", GRAVITY),
            ("adjustMode", SHRINK),
            ("scaling", Rule::Flag),
        ],
    ],
};

const IMAGE: Component = Component {
    needed: &["url"],
    fields: &[
        PLACE,
        &[
            ("url", Rule::Url),
            ("flex", Rule::Count),
            ("align", ALIGN),
            ("gravity", GRAVITY),
            ("size", Rule::Measure(PICTURE)),
            ("aspectRatio", Rule::Ratio),
            ("aspectMode", Rule::Word(&["fit", "cover"])),
            ("backgroundColor", Rule::Colour),
            ("action", Rule::Action(Home::Flex)),
            ("animated", Rule::Flag),
        ],
    ],
};

const VIDEO: Component = Component {
    needed: &["url", "previewUrl", "altContent"],
    fields: &[&[
        ("type", Rule::Type),
        ("url", Rule::Url),
        ("previewUrl", Rule::Url),
        ("altContent", Rule::Instead),
        ("aspectRatio", Rule::Ratio),
        ("action", Rule::Action(Home::FlexVideo)),
    ]],
};

const ICON: Component = Component {
    needed: &["url"],
    fields: &[
        PLACE,
        &[("url", Rule::Url), ("size", Rule::Measure(LETTER)), ("aspectRatio", Rule::Ratio), ("scaling", Rule::Flag)],
    ],
};

const TEXT: Component = Component {
    needed: &[],
    fields: &[
        PLACE,
        LETTERS,
        &[
            ("text", Rule::Text),
            ("contents", Rule::Spans),
            ("flex", Rule::Count),
            ("align", ALIGN),
            ("gravity", GRAVITY),
            ("wrap", Rule::Flag),
            ("lineSpacing", Rule::Measure(LINE)),
            ("maxLines", Rule::Count),
            ("action", Rule::Action(Home::Flex)),
            ("adjustMode", SHRINK),
            ("scaling", Rule::Flag),
        ],
    ],
};

const SPAN: Component =
    Component { needed: &["text"], fields: &[LETTERS, &[("type", Rule::Type), ("text", Rule::Text)]] };

const SEPARATOR: Component = Component {
    needed: &[],
    fields: &[&[("type", Rule::Type), ("margin", Rule::Measure(SPACE)), ("color", Rule::Colour)]],
};

const FILLER: Component = Component { needed: &[], fields: &[&[("type", Rule::Type), ("flex", Rule::Count)]] };

/// What may fill a box; not a component, but described in the same way.
const GRADIENT: Component = Component {
    needed: &["angle", "startColor", "endColor"],
    fields: &[&[
        ("type", Rule::Type),
        ("angle", Rule::Measure(ANGLE)),
        ("startColor", Rule::Colour),
        ("endColor", Rule::Colour),
        ("centerColor", Rule::Colour),
        ("centerPosition", Rule::Measure(CENTRE)),
    ]],
};

static COMPONENTS: [(&str, Component); 9] = [
    ("box", BOX),
    ("button", BUTTON),
    ("image", IMAGE),
    ("video", VIDEO),
    ("icon", ICON),
    ("text", TEXT),
    ("span", SPAN),
    ("separator", SEPARATOR),
    ("filler", FILLER),
];

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
