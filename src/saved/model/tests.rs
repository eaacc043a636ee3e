use super::*;
use proptest::prelude::*;

fn form(name: &str, shortcut: &str, bubbles: Vec<Bubble>) -> Form {
    Form { name: name.into(), shortcut: shortcut.into(), bubbles, ..Form::default() }
}

#[test]
fn forms_are_held_to_the_limits() {
    let text = || vec![Bubble::text("x")];
    assert_eq!(form("a", "", text()).check(), []);
    assert_eq!(form(&"あ".repeat(80), "/ご案内", text()).check(), []);
    assert_eq!(form(" ", "", text()).check(), [Wrong::NameEmpty]);
    assert_eq!(form(&"👨‍👩‍👧".repeat(81), "", text()).check(), [Wrong::NameLong]);
    assert_eq!(form("a", "two words", text()).check(), [Wrong::Shortcut]);
    assert_eq!(form("a", "a/b", text()).check(), [Wrong::Shortcut]);
    assert_eq!(form("a", &"x".repeat(31), text()).check(), [Wrong::ShortcutLong]);
    assert_eq!(form("a", "", Vec::new()).check(), [Wrong::NoBubbles]);
    assert_eq!(form("a", "", vec![Bubble::text("x"); 6]).check(), [Wrong::ManyBubbles]);
    let long = vec![Bubble::text("x"), Bubble::text("あ".repeat(5_001))];
    assert_eq!(form("a", "", long).check(), [Wrong::Bubble(1, Flaw::TooLong { limit: 5_000, over: 1 })]);
    assert!(form(" ", "", vec![Bubble::text("\n")]).is_blank());
    assert!(!form("", "", vec![Bubble::text("x")]).is_blank());
}

#[test]
fn shortcuts_are_kept_in_one_form() {
    for typed in ["/Menu", "ＭＥＮＵ", " menu ", "／メニュー"] {
        assert!(["menu", "めにゅー"].contains(&clean_shortcut(typed).as_str()), "{typed}");
    }
}

#[test]
fn a_slash_begins_a_word() {
    for (text, found) in [
        ("/", Some((1, ""))),
        ("hello /hou", Some((4, "hou"))),
        ("hello\n／えい", Some((3, "えい"))),
        ("はい。/営業", Some((3, "営業"))),
        ("/opening hours", Some((14, "opening hours"))),
        ("https://", None),
        ("1/2", None),
        ("and/or", None),
        ("/ x", None),
        ("/a\nb", None),
        ("a", None),
        ("", None),
        ("/a  b", None),
    ] {
        assert_eq!(slash(text), found, "{text:?}");
    }
    assert_eq!(slash(&format!("/{}", "x".repeat(40))), None);
}

#[test]
fn names_come_before_words() {
    let ranks = [
        rank("hours", "x", "hours", ""),
        rank("hou", "x", "hours", ""),
        rank("hours", "Hours of the week", "", ""),
        rank("hours", "Our hours", "", ""),
        rank("hours", "x", "", "we keep these hours"),
    ];
    assert!(ranks.is_sorted() && ranks.iter().all(Option::is_some), "{ranks:?}");
    assert_eq!(rank("hours", "x", "", "y"), None);
    assert!(rank("えいぎょう", "エイギョウ時間", "", "").is_some());
    assert!(rank("", "x", "", "").is_some());
}

#[test]
fn addresses_are_read_as_they_are_written() {
    for shelf in [Shelf::All, Shelf::Loose, Shelf::Mine, Shelf::Folder(FolderId(9))] {
        assert_eq!(Shelf::from_slug(&shelf.slug().unwrap_or_default()), shelf);
    }
    for sort in Sort::ALL {
        assert_eq!(Sort::from_slug(sort.slug()), sort);
    }
    assert_eq!(Shelf::from_slug("../x"), Shelf::All);
}

proptest! {
    #[test]
    fn what_follows_the_slash_is_what_was_typed(before in "(|.* |.*\\n)", typed in "[a-zあ-ん0-9]{0,20}") {
        let text = format!("{before}/{typed}");
        prop_assert_eq!(slash(&text), Some((typed.encode_utf16().count() + 1, typed.as_str())));
    }

    #[test]
    fn nothing_panics(text in "\\PC*") {
        let _ = slash(&text);
        let _ = clean_shortcut(&text);
        let _ = form(&text, &text, vec![Bubble::text(&text)]).check();
    }
}
