//! The stickers that accounts and friends can send (line-platform.md §6). Their pictures stay LINE's, at LINE's address.

/// Stickers that belong together and whose ids follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// Package id.
    pub id: u32,
    /// Id of its first sticker.
    pub first: u32,
    /// Id of its last sticker.
    pub last: u32,
    /// LINE's word for how they show themselves.
    pub kind: &'static str,
}

const fn pack(id: u32, first: u32, last: u32, kind: &'static str) -> Pack {
    Pack { id, first, last, kind }
}

/// Every sendable package.
pub const STICKER_PACKS: [Pack; 15] = [
    pack(446, 1_988, 2_027, "STATIC"),
    pack(789, 10_855, 10_894, "STATIC"),
    pack(1_070, 17_839, 17_878, "STATIC"),
    pack(6_136, 10_551_376, 10_551_399, "STATIC"),
    pack(6_325, 10_979_904, 10_979_927, "STATIC"),
    pack(6_359, 11_069_848, 11_069_871, "STATIC"),
    pack(6_362, 11_087_920, 11_087_943, "STATIC"),
    pack(6_370, 11_088_016, 11_088_039, "STATIC"),
    pack(6_632, 11_825_374, 11_825_397, "STATIC"),
    pack(8_515, 16_581_242, 16_581_265, "STATIC"),
    pack(8_522, 16_581_266, 16_581_289, "STATIC"),
    pack(8_525, 16_581_290, 16_581_313, "STATIC"),
    pack(11_537, 52_002_734, 52_002_773, "ANIMATION"),
    pack(11_538, 51_626_494, 51_626_533, "ANIMATION"),
    pack(11_539, 52_114_110, 52_114_149, "ANIMATION"),
];

/// The package that a sendable sticker belongs to.
pub fn sticker_pack(id: u32) -> Option<&'static Pack> {
    STICKER_PACKS.iter().find(|pack| (pack.first..=pack.last).contains(&id))
}

/// What a few of them show, for those who do not see them.
pub fn sticker_words(id: u32) -> Option<&'static str> {
    Some(match id {
        1_988 => "hello",
        1_989 => "happy",
        1_993 => "thanks",
        10_855 => "OK",
        10_857 => "love",
        52_002_734 => "yes",
        52_002_735 => "please",
        51_626_494 => "good night",
        _ => return None,
    })
}

/// Where LINE shows a sticker.
pub fn sticker_url(id: &str) -> String {
    let digits: String = id.chars().filter(char::is_ascii_digit).collect();
    format!("https://stickershop.line-scdn.net/stickershop/v1/sticker/{digits}/android/sticker.png")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_hold_24_or_40() {
        for pack in STICKER_PACKS {
            assert!(matches!(pack.last - pack.first + 1, 24 | 40), "{}", pack.id);
        }
    }
}
