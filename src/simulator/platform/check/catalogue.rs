//! Every component of a bubble, its properties and the rule of each, as a table.

use super::{
    action::Home,
    measure::{ANGLE, BORDER, CENTRE, LETTER, LINE, Measure, OFFSET, PADDING, PICTURE, SIDE, SPACE},
};

/// What a property may be.
pub enum Rule {
    /// `type`, which chose the table.
    Type,
    /// Yes or no.
    Flag,
    /// A whole number that is not negative.
    Count,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A length or an angle.
    Measure(Measure),
    /// A colour.
    Colour,
    /// Width to height.
    Ratio,
    /// The address of a file.
    Url,
    /// A text that is not empty.
    Text,
    /// What a tap does.
    Action(Home),
    /// A gradient.
    Background,
    /// The components of a box: what its layout lets in.
    Contents,
    /// The parts of a text.
    Spans,
    /// What stands for a video where it can't be played.
    Instead,
}

/// A property and its rule.
type Field = (&'static str, Rule);

/// A component.
pub struct Component {
    /// Properties that must be there.
    pub needed: &'static [&'static str],
    /// Properties, some of them shared with other components.
    pub fields: &'static [&'static [Field]],
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
pub const GRADIENT: Component = Component {
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

/// The components by their type.
pub static COMPONENTS: [(&str, Component); 9] = [
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
