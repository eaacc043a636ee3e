//! A million messages in four languages, the same every time: common words are common, rare ones rare, and some
//! phrases are planted in messages that are known.

/// Words of a language, the commonest first; those that write with spaces have them between.
struct Tongue {
    words: &'static [&'static str],
    /// Characters of which further words are made, two or three at a time.
    letters: &'static str,
    spaced: bool,
}

const TONGUES: [Tongue; 4] = [
    Tongue {
        words: &[
            "の",
            "です",
            "ます",
            "に",
            "は",
            "を",
            "が",
            "で",
            "お願いします",
            "予約",
            "明日",
            "ありがとうございます",
            "ください",
            "時間",
            "何時",
            "今日",
            "駐車場",
            "大丈夫",
            "確認",
            "料理",
            "お部屋",
            "電話",
            "連絡",
            "二名",
            "三名",
            "土曜日",
            "日曜日",
            "料金",
            "変更",
            "キャンセル",
            "夕食",
            "朝食",
            "温泉",
            "家族",
            "子供",
            "到着",
            "送迎",
            "駅",
            "京都",
            "東京",
            "大阪",
            "お土産",
            "ポイント",
            "クーポン",
            "カード",
            "写真",
            "場所",
            "よろしく",
            "承りました",
            "お待ちしております",
            "申し訳ございません",
            "露天風呂",
            "ﾊﾞｽ",
            "Ｗｉ－Ｆｉ",
        ],
        letters: "日本語東京都市山川田中村上下左右前後春夏秋冬朝昼夜水火木金土海空花草木鳥魚犬猫人名家店道車駅電話新古高低大小長短強弱多少",
        spaced: false,
    },
    Tongue {
        words: &[
            "ครับ",
            "ค่ะ",
            "ขอบคุณ",
            "ที่",
            "ได้",
            "ไหม",
            "มี",
            "ไม่",
            "จะ",
            "ไป",
            "มา",
            "แล้ว",
            "พรุ่งนี้",
            "วันนี้",
            "จอง",
            "ห้อง",
            "ราคา",
            "เท่าไหร่",
            "กี่โมง",
            "ร้าน",
            "เปิด",
            "ปิด",
            "ที่จอดรถ",
            "สั่ง",
            "อาหาร",
            "ส่ง",
            "ของ",
            "เสาร์",
            "อาทิตย์",
            "สองคน",
            "สวัสดี",
            "รบกวน",
            "สอบถาม",
            "โทร",
            "ยกเลิก",
            "เปลี่ยน",
            "น้ำ",
            "กาแฟ",
            "ลูกค้า",
            "บัตร",
            "คูปอง",
            "แต้ม",
            "รูป",
            "แผนที่",
        ],
        letters: "กขคงจชซดตถทธนบปผพฟภมยรลวศสหอ",
        spaced: false,
    },
    Tongue {
        words: &[
            "的",
            "請問",
            "可以",
            "謝謝",
            "我",
            "你們",
            "有",
            "嗎",
            "明天",
            "今天",
            "預約",
            "時間",
            "幾點",
            "星期六",
            "星期天",
            "兩位",
            "三位",
            "停車場",
            "營業",
            "付款",
            "刷卡",
            "取消",
            "更改",
            "地址",
            "電話",
            "訂位",
            "素食",
            "早餐",
            "晚餐",
            "房間",
            "溫泉",
            "小孩",
            "接送",
            "車站",
            "優惠券",
            "點數",
            "照片",
            "沒問題",
            "麻煩您",
        ],
        letters: "天地人你我他大小上下左右中外前後東西南北山水火木金土日月年時分秒吃喝玩樂買賣開關來去看聽說讀寫",
        spaced: false,
    },
    Tongue {
        words: &[
            "the",
            "to",
            "you",
            "is",
            "a",
            "for",
            "we",
            "and",
            "can",
            "on",
            "thanks",
            "book",
            "table",
            "tomorrow",
            "please",
            "time",
            "Friday",
            "Saturday",
            "parking",
            "room",
            "price",
            "today",
            "would",
            "like",
            "people",
            "two",
            "three",
            "dinner",
            "breakfast",
            "station",
            "change",
            "cancel",
            "order",
            "delivery",
            "coupon",
            "points",
            "card",
            "photo",
            "address",
            "phone",
            "open",
            "closed",
            "hello",
            "great",
            "sorry",
            "café",
            "menu",
            "vegetarian",
            "children",
            "family",
        ],
        letters: "abcdefghiklmnoprstuvwy",
        spaced: true,
    },
];

/// What is planted: some words of two kanji, Thai without spaces, a Latin word, Chinese, half width, an emoji.
pub const PLANTED: [&str; 10] =
    ["薔薇", "蜃気", "鰻重", "ลูกพลับแห้ง", "ช้างเผือก", "quokka", "Zürich", "鳳梨酥", "ｻﾝﾀﾏﾘｱ", "🦔"];

/// Each is planted in every so-manieth message.
pub const EVERY: u64 = 20_011;

/// A message of the corpus.
pub struct Line {
    /// What it says; empty for a picture.
    pub text: String,
    /// What was planted in it.
    pub planted: Option<usize>,
}

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `end`.
    pub fn roll(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }

    /// A place in a list of `size`, the first ones far more often.
    fn common(&mut self, size: usize) -> usize {
        let all = size as u64;
        let place = self.roll(all) * self.roll(all) / all;
        usize::try_from(place).unwrap_or_default()
    }
}

/// The message with this number.
pub fn line(number: u64) -> Line {
    let mut dice = Dice(number.wrapping_mul(0xD134_2543_DE82_EF95));
    let place = number % EVERY;
    let planted = usize::try_from(place).ok().filter(|place| *place < PLANTED.len());
    if planted.is_none() && dice.roll(25) == 0 {
        return Line { text: String::new(), planted };
    }
    let Some(tongue) = TONGUES.get(usize::try_from(dice.roll(4)).unwrap_or_default()) else {
        return Line { text: String::new(), planted };
    };
    let letters: Vec<char> = tongue.letters.chars().collect();
    let many = 3 + dice.roll(12);
    let at = dice.roll(many);
    let mut text = String::new();
    for word in 0..many {
        if tongue.spaced && word > 0 {
            text.push(' ');
        }
        if let Some(planted) = planted.filter(|_| word == at) {
            text.push_str(PLANTED[planted]);
        }
        if dice.roll(6) == 0 {
            let size = if tongue.spaced { 4 + dice.roll(5) } else { 2 + dice.roll(2) };
            let mut pick = || letters.get(usize::try_from(dice.roll(letters.len() as u64)).unwrap_or_default());
            text.extend((0..size).filter_map(|_| pick()));
        } else {
            text.push_str(tongue.words[dice.common(tongue.words.len())]);
        }
        match dice.roll(14) {
            0 => text.push_str(if tongue.spaced { ", " } else { "、" }),
            1 => text.push('\n'),
            _ => {}
        }
    }
    if dice.roll(8) == 0 {
        text.push_str(&format!(" {}", dice.roll(100_000)));
    }
    Line { text, planted }
}

/// The name of the room with this number.
pub fn name(number: u64) -> String {
    let of = |list: &[&str], by: u64| {
        list[usize::try_from((number / by) % list.len() as u64).unwrap_or_default()].to_owned()
    };
    match number % 4 {
        0 => format!(
            "{} {}",
            of(&["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺"], 4),
            of(&["花子", "健", "美咲", "ミキ", "太郎"], 24)
        ),
        1 => format!("{}{}", of(&["สมชาย", "สมหญิง", "ณัฐพล", "มาลี"], 4), of(&[" ใจดี", " ทองคำ", " ศรีสุข"], 16)),
        2 => format!("{}{}", of(&["陳", "林", "黃", "張", "李"], 4), of(&["怡君", "志明", "雅婷", "小姐"], 20)),
        _ => {
            format!("{} {}", of(&["Mia", "Daniel", "Aoife", "Zoë"], 4), of(&["Weber", "Sato", "O'Neill", "García"], 16))
        }
    }
}
