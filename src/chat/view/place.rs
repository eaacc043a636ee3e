//! Where in the inbox the reader is: all of it stands in the address.

use crate::{
    chat::model::{Filter, View, Who},
    id::{AccountId, MessageId, RoomId},
};

/// `/a/{account}/chats[/{filter}[.{who}][/{room}]]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// Whose inbox.
    pub account: AccountId,
    /// The view of the list.
    pub filter: Filter,
    /// The open room.
    pub room: Option<RoomId>,
    /// Whose rooms the list shows.
    pub who: Who,
}

impl Place {
    /// Reads an address; none when it is not one of the inbox.
    pub fn read(path: &str) -> Option<Self> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        if parts.next()? != "a" {
            return None;
        }
        let account = parts.next()?.parse().ok()?;
        if parts.next()? != "chats" {
            return None;
        }
        let View { filter, who } = parts.next().map_or(Some(View::default()), View::from_slug)?;
        let room = parts.next().map(|room| room.parse().ok());
        if room == Some(None) || parts.next().is_some() {
            return None;
        }
        Some(Self { account, filter, room: room.flatten(), who })
    }

    /// What the list shows.
    pub fn view(self) -> View {
        View { filter: self.filter, who: self.who }
    }

    /// The address of a state, of the same people.
    pub fn filter_href(self, filter: Filter) -> String {
        Self { filter, ..self }.list_href()
    }

    /// The address of somebody's rooms, in the same state.
    pub fn who_href(self, who: Who) -> String {
        Self { who, ..self }.list_href()
    }

    /// The address of the list that this place belongs to.
    pub fn list_href(self) -> String {
        format!("/a/{}/chats/{}", self.account, self.view().slug())
    }

    /// The address of a room, with the list beside it staying as it is.
    pub fn room_href(self, room: RoomId) -> String {
        format!("{}/{room}", self.list_href())
    }

    /// The address of a message of a room.
    pub fn message_href(self, room: RoomId, message: MessageId) -> String {
        format!("{}?message={message}", self.room_href(room))
    }
}

/// The message that the query of an address asks for.
pub fn message_in(query: &str) -> Option<MessageId> {
    let query = query.trim_start_matches('?');
    query.split('&').find_map(|pair| pair.strip_prefix("message="))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_they_are_written() {
        let place = Place { account: AccountId(7), filter: Filter::FollowUp, room: None, who: Who::Anyone };
        assert_eq!(Place::read(&place.list_href()), Some(place));
        let room = Place { room: Some(RoomId(9)), ..place };
        assert_eq!(Place::read(&place.room_href(RoomId(9))), Some(room));
        let mine = Place { who: Who::Mine, ..room };
        assert_eq!(mine.room_href(RoomId(9)), "/a/7/chats/follow-up.mine/9");
        assert_eq!(Place::read(&mine.room_href(RoomId(9))), Some(mine));
        assert_eq!(mine.filter_href(Filter::All), "/a/7/chats/all.mine");
        assert_eq!(Place::read("/a/7/chats").map(|place| place.filter), Some(Filter::Inbox));
        let query = room.message_href(RoomId(9), MessageId(5)).split_once('?').map(|(_, query)| query.to_owned());
        assert_eq!(query.as_deref().and_then(message_in), Some(MessageId(5)));
        assert_eq!(message_in("?lang=ja&message=7"), Some(MessageId(7)));
        assert_eq!([message_in(""), message_in("?message=x"), message_in("?messages=1")], [None, None, None]);
        for wrong in ["/a/7/chats/nonsense", "/a/7/chats/all/x", "/a/7/chats/all/1/2", "/a/x/chats", "/b/7/chats", "/"]
        {
            assert_eq!(Place::read(wrong), None, "{wrong}");
        }
    }
}
