//! Who the demo's friends are, and what they did: minutes before now, and the deed.

/// A deed.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Adds the account.
    Follow,
    /// Blocks the account.
    Block,
    /// Taps a button that carries this.
    Tap(&'static str),
    /// Writes.
    Text(&'static str),
    /// Package, sticker, what it shows.
    Sticker(&'static str, &'static str, &'static str),
    /// Title, address, latitude, longitude.
    Place(&'static str, &'static str, f64, f64),
    /// One of the drawn pictures.
    Picture(usize),
    /// Name and text.
    File(&'static str, &'static str),
    /// The account answers.
    Answer(&'static str),
}

use Act::{Answer, Block, File, Follow, Picture, Place, Sticker, Tap, Text};

/// A friend of the demo.
pub struct Friend {
    /// The name on their profile.
    pub name: &'static str,
    /// BCP 47.
    pub language: &'static str,
    /// The line under the name.
    pub status: &'static str,
    /// What they did.
    pub acts: &'static [(i64, Act)],
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// The friends; their number is their place here.
pub const FRIENDS: &[Friend] = &[
    Friend {
        name: "สมหญิง ใจดี",
        language: "th",
        status: "ชอบออนเซ็น ♨️",
        acts: &[
            (3 * DAY, Follow),
            (3 * DAY - 4, Text("สวัสดีค่ะ อยากจองออนเซ็นส่วนตัวสำหรับ 2 คนค่ะ")),
            (3 * DAY - 11, Answer("สวัสดีค่ะ ออนเซ็นส่วนตัวมีสองห้อง รอบละ 60 นาที สะดวกวันไหนคะ")),
            (2 * DAY, Text("ราคาเท่าไหร่คะ รวมอาหารเช้าไหมคะ")),
            (2 * DAY - 5, Answer("ห้องละ 6,500 เยนสำหรับ 2 ท่านค่ะ อาหารเช้าเพิ่มท่านละ 1,800 เยน")),
            (2 * DAY - 9, Sticker("446", "1993", "ขอบคุณ")),
            (3, Text("ขอบคุณค่ะ แล้วเสาร์นี้ยังมีห้องไหมคะ")),
            (0, Text("ห้องริมแม่น้ำว่างวันเสาร์ไหมคะ")),
        ],
    },
    Friend {
        name: "Sato Ken",
        language: "ja",
        status: "",
        acts: &[
            (6 * DAY, Follow),
            (6 * DAY - 2, Text("はじめまして。友人の紹介で登録しました。")),
            (6 * DAY - 9, Answer("ご登録ありがとうございます。ご予約やご質問は、こちらでお気軽にどうぞ。")),
            (4 * DAY, Text("先日はお世話になりました。露天風呂、最高でした！")),
            (4 * DAY - 3, Picture(1)),
            (4 * DAY - 25, Answer("お写真までありがとうございます。またのお越しをお待ちしております♨️")),
            (42, Text("こんにちは。今夜の離れの露天風呂、まだ空いていますか？")),
            (
                38,
                Answer(
                    "佐藤様、こんにちは。「月見」の離れが18時から空いております。一室60分で6,500円です。何名様でしょうか？",
                ),
            ),
            (35, Tap("action=reserve&room=tsukimi&time=18:00")),
            (12, Text("わかりました。二名でお願いします🙏")),
        ],
    },
    Friend {
        name: "林 怡君",
        language: "zh-Hant",
        status: "旅行中",
        acts: &[
            (5 * DAY, Follow),
            (5 * DAY - 6, Text("您好，請問接受國外信用卡嗎？")),
            (5 * DAY - 15, Answer("您好，可以的。Visa、Mastercard、JCB 都收。")),
            (DAY + 3 * HOUR, Text("我們預計 11/23 下午三點抵達。")),
            (DAY + 3 * HOUR - 1, Place("京都車站", "京都市下京區東塩小路町", 34.985_849, 135.758_767)),
            (DAY + 3 * HOUR - 12, Answer("收到！從京都車站搭公車約 25 分鐘，我們會在門口迎接您。")),
            (24, Text("請問早餐可以改成素食嗎？")),
        ],
    },
    Friend {
        name: "Daniel Weber",
        language: "en",
        status: "Berlin → Kyoto",
        acts: &[
            (2 * DAY, Follow),
            (2 * DAY - 5, Text("Hi! We're a family of four. Is there a bath we could have to ourselves?")),
            (
                2 * DAY - 21,
                Answer(
                    "Hello! The riverside bath takes up to five and would be yours for an hour: ¥9,000 for all of you.",
                ),
            ),
            (DAY, Text("Perfect, thank you. We'll come by bicycle from the river side.")),
            (DAY - 8, Answer("Lovely. Leave the bicycles by the garden gate; we'll have towels ready.")),
            (153, Text("Is this the right entrance?")),
            (152, Picture(0)),
        ],
    },
    Friend {
        name: "高橋 由美子",
        language: "ja",
        status: "",
        acts: &[
            (6 * DAY + 5 * HOUR, Follow),
            (6 * DAY + 4 * HOUR, Text("日帰り入浴は何時までですか？")),
            (6 * DAY + 3 * HOUR, Answer("日帰り入浴は22時まで、最終受付は21時でございます。")),
            (185, Text("今から向かっても間に合いますか？")),
            (183, Sticker("11537", "52002735", "お願いします")),
            (176, Answer("はい、21時までにお越しいただければ大丈夫です。お気をつけてお越しください。")),
        ],
    },
    Friend {
        name: "ณัฐพล",
        language: "th",
        status: "",
        acts: &[
            (4 * DAY + 2 * HOUR, Follow),
            (4 * DAY + HOUR, Text("ที่จอดรถมีไหมครับ")),
            (4 * DAY + 50, Answer("มีครับ จอดได้ 12 คัน ไม่มีค่าใช้จ่ายสำหรับแขกครับ")),
            (280, Text("ขอบคุณครับ เดินทางมาถึงแล้ว")),
            (279, Sticker("789", "10855", "OK")),
            (270, Answer("ยินดีต้อนรับครับ เชิญที่เคาน์เตอร์ได้เลยครับ 🙏")),
        ],
    },
    Friend {
        name: "Riku",
        language: "ja",
        status: "",
        acts: &[
            (3 * DAY + 2 * HOUR, Follow),
            (3 * DAY + HOUR, Text("クーポンありますか")),
            (3 * DAY + 30, Answer("ただいまクーポンはございませんが、平日は貸切風呂が1割引きでございます。")),
            (2 * DAY + HOUR, Block),
        ],
    },
    Friend {
        name: "陳小姐",
        language: "zh-Hant",
        status: "",
        acts: &[
            (6 * DAY + 9 * HOUR, Follow),
            (3 * DAY + 6 * HOUR, Text("昨天的晚餐非常好吃，尤其是湯豆腐！")),
            (3 * DAY + 5 * HOUR, Answer("謝謝您！廚師聽了非常開心。冬天的火鍋也請您來嚐嚐。")),
            (2 * DAY + 6 * HOUR, Picture(2)),
            (2 * DAY + 6 * HOUR - 2, Text("謝謝！下次見")),
        ],
    },
    Friend {
        name: "中村 健",
        language: "ja",
        status: "",
        acts: &[
            (5 * DAY + 7 * HOUR, Follow),
            (3 * DAY + 9 * HOUR, Text("先日の会社の利用分です。宛名はこちらでお願いします。")),
            (3 * DAY + 9 * HOUR - 1, File("領収書の宛名.txt", "株式会社 鴨川商事\n総務部 中村 健\n")),
            (3 * DAY + 9 * HOUR - 2, Text("領収書をメールでいただけますか？")),
            (3 * DAY + 8 * HOUR, Answer("承知いたしました。宛名を確認のうえ、メールでお送りいたします。")),
        ],
    },
    Friend {
        name: "Keiko",
        language: "ja",
        status: "Yoga & tea",
        acts: &[
            (6 * DAY + 11 * HOUR, Follow),
            (4 * DAY + 4 * HOUR, Text("ヨガリトリートの件、14名で確定しました。")),
            (4 * DAY + 3 * HOUR, Answer("14名様で承りました。大広間とお部屋を五室ご用意いたします。")),
        ],
    },
    Friend {
        name: "Emma Larsson",
        language: "en",
        status: "",
        acts: &[
            (5 * DAY + 2 * HOUR, Follow),
            (5 * DAY + HOUR, Text("Do you have towels, or should we bring our own?")),
            (5 * DAY + 40, Answer("Towels are here for you, and a yukata too. Just bring yourselves!")),
            (4 * DAY + 6 * HOUR, Text("Great, see you soon!")),
            (4 * DAY + 6 * HOUR - 1, Sticker("446", "1988", "hello")),
        ],
    },
    Friend {
        name: "山田 花子",
        language: "ja",
        status: "お風呂だいすき",
        acts: &[
            (DAY + 8 * HOUR, Follow),
            (DAY + 7 * HOUR, Text("回数券はまだ使えますか？期限が切れそうです💦")),
            (DAY + 7 * HOUR - 1, Picture(3)),
        ],
    },
];

/// People who are in the group and no friends of the account; numbered on from the friends.
pub const GUESTS: &[(&str, &str)] = &[
    ("Hana", "ja"),
    ("Jonas", "en"),
    ("Mei", "zh-Hant"),
    ("Priya", "en"),
    ("ปิยะ", "th"),
    ("Sofia", "en"),
    ("Lucas", "en"),
    ("Yuto", "ja"),
    ("Ananda", "en"),
    ("小林", "ja"),
];

/// Numbers of the fourteen members of the group.
pub const MEMBERS: &[usize] = &[3, 9, 10, 0, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21];

/// What was said in the group: minutes before now, the number of who did it, the deed.
pub const GROUP: &[(i64, usize, Act)] = &[
    (DAY + 2 * HOUR, 9, Text("Welcome everyone! This is the group for our retreat at 湯屋 かもがわ.")),
    (DAY + 2 * HOUR - 3, 13, Text("So excited 🧘")),
    (DAY + HOUR, 12, Text("楽しみです！")),
    (5 * HOUR, 14, Text("請問需要自備瑜珈墊嗎？")),
    (5 * HOUR - 6, 0, Answer("不用，大廳備有 20 張瑜珈墊。No need: there are 20 mats in the hall.")),
    (4 * HOUR, 9, Picture(3)),
    (50, 15, Text("Are the baths open before the morning session?")),
    (46, 9, Text("see you at the gate at six")),
];

/// Friends whose matter is settled, by number.
pub const SETTLED: &[usize] = &[5, 7, 9, 10];
/// Friends to whom somebody has to come back, by number.
pub const FOLLOWED_UP: &[usize] = &[8];
