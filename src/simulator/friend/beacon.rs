//! Coming near a LINE Beacon, of which the account that it belongs to hears (line-platform.md §8 and §13).

use super::Trouble;
use crate::simulator::{model::BeaconKind, world::World};
use serde_json::{Value, json};

/// How many hex digits a hardware id has: five bytes.
const HWID: usize = 10;
/// The most hex digits of a device message: thirteen bytes.
const MESSAGE: usize = 26;

fn is_hex(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl World {
    /// A friend with a phone that may use Bluetooth comes near a beacon of an account, stays there, or taps the
    /// banner that it shows. `message` is what the beacon says, or empty.
    ///
    /// # Errors
    /// When it is no friend of the account, or one of the two is not what a beacon sends.
    pub fn beacon(
        &mut self,
        channel: &str,
        user: &str,
        kind: BeaconKind,
        hwid: &str,
        message: &str,
        at: i64,
    ) -> Result<(), Trouble> {
        if hwid.len() != HWID || !is_hex(hwid) {
            return Err(Trouble::Wrong("hwid", "a beacon's hardware id has 10 hexadecimal digits"));
        }
        if message.len() > MESSAGE || !message.len().is_multiple_of(2) || !is_hex(message) {
            return Err(Trouble::Wrong("dm", "a device message has at most 13 bytes, each two hexadecimal digits"));
        }
        if !self.channels.contains_key(channel) || !self.has_user(user) {
            return Err(Trouble::NotFound);
        }
        // LINE tells of friends only.
        if !self.is_friend(channel, user) {
            return Err(Trouble::Forbidden);
        }
        let mut beacon = json!({ "hwid": hwid.to_ascii_lowercase(), "type": kind.word() });
        if !message.is_empty() {
            beacon["dm"] = message.to_ascii_lowercase().into();
        }
        let source: Value = json!({ "type": "user", "userId": user });
        self.event(channel, at, &source, Some(user), json!({ "type": "beacon", "beacon": beacon }));
        Ok(())
    }
}
