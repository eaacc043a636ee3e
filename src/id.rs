//! Identifiers: 64-bit, time-ordered, made by the application.
//!
//! 42 bits of Unix milliseconds, then 22 bits that keep ids of one millisecond apart: a counter in
//! the low 12 bits, started anew at random by every process, and the node in the 10 bits above it.
//! They stay below 2^63 until the year 2109, so they fit a signed BIGINT, and sort by time. On the
//! wire they are strings, because JavaScript numbers end at 2^53.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// How far the milliseconds are shifted inside an id.
pub const TIME_SHIFT: u32 = 22;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub i64);

        impl $name {
            /// The Unix milliseconds at which this id was made, or that it was made for.
            pub fn time(self) -> i64 { self.0 >> TIME_SHIFT }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> { s.parse().map(Self) }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(&self.0) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map(Self).map_err(D::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A LINE Official Account that is connected to this installation.
    AccountId,
    /// A person who works in the console.
    OperatorId,
    /// A LINE user as one account knows them.
    ContactId,
    /// A conversation: one friend, or a LINE group or multi-person room.
    RoomId,
    /// One message or event in a room. Made from LINE's timestamp, so it sorts as LINE does.
    MessageId,
    /// A stored picture, video, sound or file.
    MediaId,
    /// A piece of background work.
    JobId,
    /// A file that an operator brought, to be sent.
    UploadId,
    /// Something that will be sent later.
    LaterId,
    /// A team of people that rooms can be given to.
    CrewId,
    /// A saved message.
    SavedId,
    /// A folder of saved messages.
    FolderId,
}

#[cfg(feature = "ssr")]
pub mod make;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_strings_on_the_wire() {
        let id = RoomId(1 << 60);
        let json = serde_json::to_string(&id).unwrap_or_default();
        assert_eq!(json, "\"1152921504606846976\"");
        assert_eq!(serde_json::from_str::<RoomId>(&json).ok(), Some(id));
        assert!(serde_json::from_str::<RoomId>("\"abc\"").is_err());
    }
}
