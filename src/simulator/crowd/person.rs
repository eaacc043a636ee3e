//! What a member of a crowd is like: a name, a language, and what LINE would guess of them. All of it
//! follows from a number, so none of it is kept.

use super::mix::{among, mix, share};
use serde::{Deserialize, Serialize};

/// Where somebody lives, as LINE divides countries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Country {
    /// 47 prefectures.
    Japan,
    /// 22 cities and counties.
    Taiwan,
    /// Eight regions.
    Thailand,
}

/// What LINE guesses of somebody; none where it can't tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nature {
    /// `male` or `female`.
    pub gender: Option<&'static str>,
    /// Years.
    pub age: Option<i64>,
    /// A country's area, from 1.
    pub area: Option<(Country, u32)>,
    /// `ios`, `android` or `others`.
    pub app: &'static str,
}

/// The languages of a crowd, by how many in all speak them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Languages {
    /// Japanese.
    pub ja: u32,
    /// Thai.
    pub th: u32,
    /// Traditional Chinese.
    pub zh: u32,
    /// English.
    pub en: u32,
}

impl Languages {
    /// Some of each.
    pub const MIXED: Self = Self { ja: 55, th: 15, zh: 20, en: 10 };

    fn pick(self, bits: u64) -> Language {
        let weights = [(JAPANESE, self.ja), (THAI, self.th), (CHINESE, self.zh), (ENGLISH, self.en)];
        let all: u64 = weights.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut left = (bits >> 8) % all.max(1);
        for (language, weight) in weights {
            if left < u64::from(weight) {
                return language;
            }
            left -= u64::from(weight);
        }
        JAPANESE
    }
}

#[derive(Clone, Copy)]
struct Language {
    tag: &'static str,
    country: Option<Country>,
    areas: &'static [u32],
    family: &'static [&'static str],
    male: &'static [&'static str],
    female: &'static [&'static str],
    /// Between the two names, when the family's comes second.
    given_first: Option<&'static str>,
    answers: &'static [&'static str],
}

// Areas stand here as often as people live there, roughly.
const JAPANESE: Language = Language {
    tag: "ja",
    country: Some(Country::Japan),
    areas: &[
        13, 13, 13, 13, 13, 13, 14, 14, 14, 14, 27, 27, 27, 27, 23, 23, 23, 11, 11, 11, 12, 12, 12, 28, 28, 1, 1, 40,
        40, 22, 8, 34, 26, 26, 4, 15, 20, 21, 10, 9, 33, 7, 24, 43, 46, 47, 25, 38, 29, 42, 2, 3, 17, 44, 45, 6, 16, 5,
        37, 30, 41, 19, 18, 36, 39, 32, 31, 35,
    ],
    family: &[
        "佐藤",
        "鈴木",
        "高橋",
        "田中",
        "伊藤",
        "渡辺",
        "山本",
        "中村",
        "小林",
        "加藤",
        "吉田",
        "山田",
        "佐々木",
        "松本",
        "井上",
        "木村",
        "林",
        "清水",
        "山口",
        "森",
        "池田",
        "橋本",
        "阿部",
        "石川",
        "前田",
        "藤田",
        "小川",
        "後藤",
        "岡田",
        "長谷川",
    ],
    male: &["大輔", "健", "翔太", "拓也", "直樹", "蓮", "陽翔", "悠真", "和也", "誠", "学", "達也", "涼", "隆", "亮"],
    female: &[
        "陽菜",
        "美咲",
        "葵",
        "さくら",
        "結衣",
        "彩",
        "真由美",
        "優子",
        "愛",
        "七海",
        "凛",
        "香織",
        "恵",
        "千尋",
        "舞",
    ],
    given_first: None,
    answers: &[
        "ありがとうございます！",
        "予約できますか？",
        "今日は何時までですか？",
        "行きます！",
        "了解です",
        "駐車場はありますか？",
    ],
};
const THAI: Language = Language {
    tag: "th",
    country: Some(Country::Thailand),
    areas: &[1, 1, 1, 1, 1, 4, 4, 7, 7, 7, 3, 3, 5, 5, 6, 2, 8],
    family: &[
        "ใจดี",
        "สุขสวัสดิ์",
        "ศรีสุข",
        "ทองดี",
        "แสงทอง",
        "บุญมี",
        "รัตนกุล",
        "วงศ์ไทย",
        "พงษ์พันธ์",
        "จันทร์เพ็ญ",
        "สมบูรณ์",
        "แก้วมณี",
    ],
    male: &["สมชาย", "ธนกร", "ณัฐพล", "กิตติ", "อนุชา", "วีระ", "ประเสริฐ", "ชัยวัฒน์", "ภูมิ", "ต้น"],
    female: &["สมหญิง", "กานดา", "พิมพ์ชนก", "ณัฐธิดา", "วิภา", "อรทัย", "สุดา", "มะลิ", "ปรียา", "ฝน"],
    given_first: Some(" "),
    answers: &["ขอบคุณค่ะ", "ขอบคุณครับ", "จองได้ไหมคะ", "เปิดกี่โมงครับ", "สนใจค่ะ", "ไปแน่นอน!"],
};
const CHINESE: Language = Language {
    tag: "zh-Hant",
    country: Some(Country::Taiwan),
    areas: &[
        2, 2, 2, 2, 1, 1, 1, 4, 4, 4, 6, 6, 6, 3, 3, 5, 5, 12, 16, 14, 10, 11, 15, 13, 17, 8, 7, 18, 9, 19, 21, 20,
    ],
    family: &[
        "陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "郭", "洪", "邱", "曾", "廖",
        "賴", "徐",
    ],
    male: &["志明", "家豪", "俊傑", "建宏", "冠宇", "承翰", "宗翰", "柏翰", "文雄", "彥廷", "子軒"],
    female: &["淑芬", "怡君", "雅婷", "美玲", "欣怡", "佳穎", "詩涵", "惠雯", "心怡", "宜蓁", "語彤"],
    given_first: None,
    answers: &["謝謝！", "請問可以預約嗎？", "幾點開門？", "太棒了", "我會去！", "有停車場嗎？"],
};
const ENGLISH: Language = Language {
    tag: "en",
    country: None,
    areas: &[],
    family: &[
        "Smith", "Johnson", "Brown", "Taylor", "Wilson", "Evans", "Thomas", "Walker", "White", "Roberts", "Green",
        "Hall", "Clarke", "Wright", "Hughes", "Edwards", "Wood", "Harris", "Martin", "Cooper",
    ],
    male: &["James", "Oliver", "Daniel", "Thomas", "Ben", "Michael", "Luke", "Adam", "Noah", "Sam", "Robert", "Leo"],
    female: &["Emma", "Olivia", "Sophie", "Grace", "Hannah", "Lucy", "Kate", "Amelia", "Chloe", "Anna", "Rose", "Mia"],
    given_first: Some(" "),
    answers: &[
        "Thank you!",
        "Can I book a table?",
        "What time do you close?",
        "See you there!",
        "Sounds great",
        "Is there parking?",
    ],
};

const PATHS: [&str; 10] = ["qr", "qr", "qr", "search", "search", "link", "link", "web", "ad", "friend"];
const STATUSES: [&str; 6] = ["", "", "", "☕️", "♨️", "🎧"];

/// One member, from a number of their own.
#[derive(Clone, Copy)]
pub struct Person {
    bits: u64,
    language: Language,
}

impl Person {
    /// The one with these bits.
    pub fn new(bits: u64, languages: Languages) -> Self {
        Self { bits, language: languages.pick(mix(bits ^ 1)) }
    }

    fn draw(&self, what: u64) -> u64 {
        mix(self.bits.wrapping_add(what << 32))
    }

    fn female(&self) -> bool {
        self.draw(2) & 0x100 != 0
    }

    /// The name on the profile.
    pub fn name(&self) -> String {
        let given = if self.female() { self.language.female } else { self.language.male };
        let (family, given) = (
            self.language.family[among(self.draw(3), self.language.family.len())],
            given[among(self.draw(4), given.len())],
        );
        match (self.language.given_first, self.draw(5) % 4) {
            // Many show no more than a first name.
            (_, 0) => given.to_owned(),
            (Some(between), _) => format!("{given}{between}{family}"),
            (None, _) => format!("{family}{given}"),
        }
    }

    /// BCP 47; one in eight never told LINE.
    pub fn language(&self) -> Option<&'static str> {
        (!self.draw(6).is_multiple_of(8)).then_some(self.language.tag)
    }

    /// The line under the name.
    pub fn status(&self) -> &'static str {
        STATUSES[among(self.draw(7), STATUSES.len())]
    }

    /// Whether there is a profile picture.
    pub fn picture(&self) -> bool {
        !self.draw(8).is_multiple_of(5)
    }

    /// How they came: `qr`, `search`, `link`, `web`, `ad`, or a `friend` told them.
    pub fn path(&self) -> &'static str {
        PATHS[among(self.draw(9), PATHS.len())]
    }

    /// What they would answer to a message.
    pub fn answer(&self, bits: u64) -> &'static str {
        self.language.answers[among(bits, self.language.answers.len())]
    }

    /// What LINE guesses of them.
    pub fn nature(&self) -> Nature {
        // The sum of two draws: more people in the middle of their lives than at either end.
        let age = 12.0 + 34.0 * (share(self.draw(10)) + share(self.draw(11)));
        #[expect(clippy::cast_possible_truncation, reason = "12 to 80")]
        let age = age as i64;
        let sure = self.draw(12) % 100;
        let country = self.language.country;
        let area =
            country.map(|country| (country, self.language.areas[among(self.draw(13), self.language.areas.len())]));
        Nature {
            gender: (sure >= 8).then_some(if self.female() { "female" } else { "male" }),
            // LINE does not guess the ages of the young in Thailand.
            age: (sure >= 10 && !(country == Some(Country::Thailand) && age < 20)).then_some(age),
            area: area.filter(|_| sure >= 12),
            app: match self.draw(14) % 100 {
                0..58 => "ios",
                58..96 => "android",
                _ => "others",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn people_are_many_and_stay_who_they_are() {
        let person = |at: u64| Person::new(mix(at), Languages::MIXED);
        let names: HashSet<String> = (0..2_000).map(|at| person(at).name()).collect();
        assert!(names.len() > 600, "{}", names.len());
        assert_eq!(person(7).name(), person(7).name());
        let natures: Vec<Nature> = (0..2_000).map(|at| person(at).nature()).collect();
        let count = |test: &dyn Fn(&Nature) -> bool| natures.iter().filter(|nature| test(nature)).count();
        assert!((800..1_100).contains(&count(&|nature| nature.gender == Some("female"))));
        assert!((1_000..1_300).contains(&count(&|nature| nature.app == "ios")));
        assert!(natures.iter().all(|nature| nature.age.is_none_or(|age| (12..80).contains(&age))));
        let thai = Languages { th: 1, ..Languages::default() };
        assert!((0..100).all(|at| Person::new(mix(at), thai).nature().age.is_none_or(|age| age >= 20)));
        assert!((0..100).all(|at| Person::new(mix(at), thai).language().is_none_or(|tag| tag == "th")));
    }
}
