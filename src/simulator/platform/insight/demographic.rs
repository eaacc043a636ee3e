//! Who the friends are, in percent.

use super::FLOOR;
use crate::{
    simulator::{
        crowd::{Country, Nature},
        mailing::number,
        platform::{call::Caller, demographic, refusal::Answer},
        world::World,
    },
    time::DAY,
};
use axum::{Json, response::IntoResponse};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// How long LINE takes to know somebody.
const LAG: i64 = 3 * DAY;

/// LINE's names of areas, in the order of their numbers.
const JAPAN: [&str; 47] = [
    "北海道",
    "青森",
    "岩手",
    "宮城",
    "秋田",
    "山形",
    "福島",
    "茨城",
    "栃木",
    "群馬",
    "埼玉",
    "千葉",
    "東京",
    "神奈川",
    "新潟",
    "富山",
    "石川",
    "福井",
    "山梨",
    "長野",
    "岐阜",
    "静岡",
    "愛知",
    "三重",
    "滋賀",
    "京都",
    "大阪",
    "兵庫",
    "奈良",
    "和歌山",
    "鳥取",
    "島根",
    "岡山",
    "広島",
    "山口",
    "徳島",
    "香川",
    "愛媛",
    "高知",
    "福岡",
    "佐賀",
    "長崎",
    "熊本",
    "大分",
    "宮崎",
    "鹿児島",
    "沖縄",
];
const TAIWAN: [&str; 22] = [
    "台北市",
    "新北市",
    "桃園市",
    "台中市",
    "台南市",
    "高雄市",
    "基隆市",
    "新竹市",
    "嘉義市",
    "新竹縣",
    "苗栗縣",
    "彰化縣",
    "南投縣",
    "雲林縣",
    "嘉義縣",
    "屏東縣",
    "宜蘭縣",
    "花蓮縣",
    "台東縣",
    "澎湖縣",
    "金門縣",
    "連江縣",
];
const THAILAND: [&str; 8] =
    ["Bangkok", "Pattaya", "Northern", "Central", "Southern", "Eastern", "NorthEastern", "Western"];

const AGES: [(i64, &str); 13] = [
    (15, "from0to14"),
    (20, "from15to19"),
    (25, "from20to24"),
    (30, "from25to29"),
    (35, "from30to34"),
    (40, "from35to39"),
    (45, "from40to44"),
    (50, "from45to49"),
    (55, "from50to54"),
    (60, "from55to59"),
    (65, "from60to64"),
    (70, "from65to69"),
    (i64::MAX, "from70"),
];
const PERIODS: [(i64, &str); 6] = [
    (7, "within7days"),
    (30, "within30days"),
    (90, "within90days"),
    (180, "within180days"),
    (365, "within365days"),
    (i64::MAX, "over365days"),
];

/// The first step that is above a value.
fn step(steps: &[(i64, &'static str)], value: i64) -> &'static str {
    steps.iter().find(|(end, _)| value < *end).map_or("unknown", |(_, word)| word)
}

fn area(place: (Country, u32)) -> &'static str {
    let names = match place.0 {
        Country::Japan => JAPAN.as_slice(),
        Country::Taiwan => TAIWAN.as_slice(),
        Country::Thailand => THAILAND.as_slice(),
    };
    usize::try_from(place.1).ok().and_then(|number| names.get(number.checked_sub(1)?)).copied().unwrap_or("unknown")
}

#[derive(Default)]
struct Counts {
    all: u64,
    genders: BTreeMap<&'static str, u64>,
    ages: BTreeMap<&'static str, u64>,
    areas: HashMap<Option<(Country, u32)>, u64>,
    apps: BTreeMap<&'static str, u64>,
    periods: BTreeMap<&'static str, u64>,
}

impl Counts {
    fn add(&mut self, nature: Nature, since: i64, now: i64) {
        self.all += 1;
        *self.genders.entry(nature.gender.unwrap_or("unknown")).or_default() += 1;
        *self.ages.entry(nature.age.map_or("unknown", |age| step(&AGES, age))).or_default() += 1;
        *self.areas.entry(nature.area).or_default() += 1;
        *self.apps.entry(nature.app).or_default() += 1;
        *self.periods.entry(step(&PERIODS, (now - since).div_euclid(DAY))).or_default() += 1;
    }

    /// One part as LINE shows it: the most first, in percent with one digit.
    fn tiles(&self, name: &str, counts: impl Iterator<Item = (&'static str, u64)>) -> Vec<Value> {
        let mut counts: Vec<_> = counts.collect();
        counts.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let permille = |count: u64| (count * 1_000 + self.all / 2) / self.all.max(1);
        #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
        let tiles =
            counts.iter().map(|(word, count)| json!({ name: word, "percentage": permille(*count) as f64 / 10.0 }));
        tiles.collect()
    }
}

impl World {
    fn traits_of(&self, channel: &str) -> Counts {
        let mut counts = Counts::default();
        // What is known is three days old, unless everything is to be told.
        let now = self.now() - if self.settings.privacy { LAG } else { 0 };
        for (user, friend) in self.others(channel).filter(|(_, friend)| friend.welcomes() && friend.since <= now) {
            counts.add(demographic::nature(number(user).unwrap_or_default()), friend.since, now);
        }
        let special = self.special(channel);
        for crowd in self.crowds_of(channel) {
            for member in 0..crowd.came_while(|time| time <= now) {
                let friend = special.get(&(crowd.number, member));
                if friend.map_or_else(|| !crowd.had_blocked(member), |friend| friend.welcomes()) {
                    counts.add(crowd.nature(member), crowd.came(member), now);
                }
            }
        }
        counts
    }
}

/// GET /v2/bot/insight/demographic
pub async fn demographic(caller: Caller) -> Answer {
    caller.sim.with(|world| {
        let counts = world.traits_of(&caller.channel);
        let available = counts.all >= if world.settings.privacy { FLOOR } else { 1 };
        let mut shown = json!({
            "available": available, "genders": [], "ages": [], "areas": [], "appTypes": [], "subscriptionPeriods": [],
        });
        if available {
            let of = |counts: &BTreeMap<&'static str, u64>| counts.clone().into_iter();
            let areas = counts.areas.iter().map(|(place, count)| (place.map_or("unknown", area), *count));
            // Every span is told of, even if nobody is in it.
            let periods =
                PERIODS.iter().map(|(_, word)| (*word, counts.periods.get(word).copied().unwrap_or_default()));
            shown["genders"] = counts.tiles("gender", of(&counts.genders)).into();
            shown["ages"] = counts.tiles("age", of(&counts.ages)).into();
            shown["areas"] = counts.tiles("area", areas).into();
            shown["appTypes"] = counts.tiles("appType", of(&counts.apps)).into();
            shown["subscriptionPeriods"] = counts.tiles("subscriptionPeriod", periods).into();
        }
        Ok(Json(shown).into_response())
    })
}
