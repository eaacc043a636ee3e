//! The emoji to pick from, in groups, and the ones picked lately.

use crate::{browser, i18n::Key};

/// Where this browser keeps what was picked lately.
const RECENT: &str = "engawa.emoji";
/// How many of them.
const MOST: usize = 24;

/// The groups: their name, the emoji that stands for them, and theirs.
pub const GROUPS: [(Key, &str); 6] = [
    (
        Key::ChatEmojiFaces,
        "😀 😃 😄 😁 😆 😅 😂 🤣 🥲 😊 😇 🙂 🙃 😉 😌 😍 🥰 😘 😗 😙 😚 😋 😛 😝 😜 🤪 🤨 🧐 🤓 😎 🥸 🤩 🥳 😏 😒 😞 😔 😟 😕 🙁 😣 😖 😫 😩 🥺 😢 😭 😤 😠 😡 🤬 🤯 😳 🥵 🥶 😱 😨 😰 😥 😓 🤗 🤔 🤭 🤫 😶 😐 😑 😬 🙄 😯 😮 😲 🥱 😴 🤤 😪 😵 🤐 🥴 🤢 🤧 😷 🤒 🤕 😈 👻 💩 🤖 😺 😸 😻 🙈 🙉 🙊",
    ),
    (
        Key::ChatEmojiPeople,
        "👋 🤚 🖐️ ✋ 👌 🤏 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ 👍 👎 ✊ 👊 🤛 🤜 👏 🙌 👐 🤲 🤝 🙏 ✍️ 💪 🙇 🙆 🙅 💁 🙋 🤷 🤦 👶 👧 👦 👩 👨 👵 👴 👨‍👩‍👧‍👦 🧑‍🍳 🧑‍⚕️ 💑 ❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 💕 💞 💓 💗 💖 💘 💝 💯 💢 💥 💫 💦 💨 💬 💭 💤",
    ),
    (
        Key::ChatEmojiNature,
        "🐶 🐱 🐭 🐹 🐰 🦊 🐻 🐼 🐨 🐯 🦁 🐮 🐷 🐸 🐵 🐔 🐧 🐦 🐤 🦉 🐴 🦄 🐝 🦋 🐌 🐞 🐢 🐍 🐙 🐠 🐬 🐳 🐘 🦒 🌸 🌹 🌺 🌻 🌼 🌷 🌱 🌲 🌳 🌴 🌵 🌾 🌿 ☘️ 🍀 🍁 🍂 🍃 🌍 🌙 🌕 ⭐ 🌟 ✨ ⚡ 🔥 🌈 ☀️ ⛅ ☁️ 🌧️ ⛈️ ❄️ ⛄ ☔ 🌊",
    ),
    (
        Key::ChatEmojiFood,
        "🍏 🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🍍 🥥 🥝 🍅 🥑 🥦 🥬 🥒 🌶️ 🌽 🥕 🧄 🧅 🥔 🍠 🥐 🍞 🧀 🥚 🍳 🥞 🥓 🍗 🍖 🌭 🍔 🍟 🍕 🥪 🌮 🥗 🍝 🍜 🍲 🍛 🍣 🍱 🥟 🍤 🍙 🍚 🍘 🍢 🍡 🍧 🍨 🍦 🍰 🎂 🍮 🍭 🍬 🍫 🍿 🍩 🍪 ☕ 🍵 🥤 🧋 🍺 🍻 🥂 🍷 🥃 🍸 🍹 🍶 🍽️ 🥢",
    ),
    (
        Key::ChatEmojiThings,
        "🏠 🏡 🏢 🏥 🏨 🏪 🏫 ⛩️ 🕌 ⛪ 🏯 🏰 🗼 🗽 ⛲ 🏖️ 🗻 ♨️ 🎡 🎢 🚃 🚄 🚇 🚌 🚕 🚗 🚙 🚚 🚲 🛵 ✈️ 🚢 ⛵ 🚀 🎁 🎀 🎈 🎉 🎊 🎎 🎏 🎐 🧧 🎫 🏆 🥇 ⚽ 🏀 🎾 🏊 🎮 🎲 🎨 🎵 🎶 🎤 🎧 📱 💻 📷 📞 📧 📦 📫 📝 📄 📅 📌 📍 📎 ✂️ 🔑 🔒 🔔 💡 🔍 🛒 💰 💳 🧾 💊 💉 🛁 🛏️ 🧴 👕 👗 👟 👜 👑 💍 ⌚ ⏰",
    ),
    (
        Key::ChatEmojiSigns,
        "✅ ☑️ ✔️ ❌ ⭕ ❗ ❓ ‼️ ⁉️ ⚠️ 🚫 ⛔ 🆗 🆕 🆓 🆒 🈁 🈂️ 🈚 🈵 🈳 🉐 ㊗️ ㊙️ ➡️ ⬅️ ⬆️ ⬇️ ↗️ 🔄 🔙 🔜 ▶️ ⏸️ 🔴 🟠 🟡 🟢 🔵 🟣 ⚫ ⚪ 🔺 🔻 🔶 🔷 0️⃣ 1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ 6️⃣ 7️⃣ 8️⃣ 9️⃣ 🔟 🇯🇵 🇹🇭 🇹🇼 🇺🇸 🇰🇷 🇨🇳 🇬🇧",
    ),
];

/// What was picked lately, the latest first.
pub fn recent() -> Vec<String> {
    browser::stored(RECENT).map(|kept| kept.split(' ').map(str::to_owned).collect()).unwrap_or_default()
}

/// Remembers what was picked.
pub fn picked(emoji: &str) {
    let mut all = recent();
    all.retain(|known| known != emoji && !known.is_empty());
    all.insert(0, emoji.to_owned());
    all.truncate(MOST);
    browser::store(RECENT, Some(&all.join(" ")));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::count::graphemes;
    use std::collections::HashSet;

    #[test]
    fn every_emoji_is_one_letter_and_stands_once() {
        let mut seen = HashSet::new();
        for emoji in GROUPS.iter().flat_map(|(_, all)| all.split(' ')) {
            assert_eq!(graphemes(emoji), 1, "{emoji}");
            assert!(seen.insert(emoji), "{emoji} stands twice");
        }
        assert!(seen.len() > 400);
    }
}
