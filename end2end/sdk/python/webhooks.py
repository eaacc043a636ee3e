"""Webhooks as the SDK reads them: every event that the simulator sends, and those that LINE might."""

import base64
import urllib.parse
import urllib.request

from linebot.v3 import WebhookHandler, WebhookParser, webhooks
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.models import UnknownEvent
from linebot.v3.webhook import SignatureValidator
from linebot.v3.messaging import (
    ButtonsTemplate,
    DatetimePickerAction,
    FlexBox,
    FlexBubble,
    FlexButton,
    FlexMessage,
    MessageAction,
    PostbackAction,
    PushMessageRequest,
    QuickReply,
    QuickReplyItem,
    TemplateMessage,
    TextMessage,
    URIAction,
    VideoMessage,
)

from line import BASE, Session, control

PICTURE = base64.b64encode(b"a picture").decode()


class Webhooks(Session):
    def setUp(self):
        self.events()

    def only(self, kind):
        """The one event that came since the test began."""
        [event] = self.events()
        self.assertIsInstance(event, kind)
        self.assertEqual((event.mode, event.delivery_context.is_redelivery), ("active", False))
        self.assertRegex(event.webhook_event_id, r"^[0-9A-HJKMNP-TV-Z]{26}$")
        self.assertGreater(event.timestamp, 1_600_000_000_000)
        return event

    def group(self):
        guest = control("users", {"name": "Guest"})["id"]
        group = control("groups", {"name": "Bathers", "members": [self.friend], "channel": self.channel["id"]})["id"]
        return group, guest

    def test_signatures(self):
        self.say({"type": "text", "text": "湯"})
        control(f"channels/{self.channel['id']}/flush", {})
        body, signature = self.receiver.received[-1]
        validator = SignatureValidator(self.channel["secret"])
        self.assertTrue(validator.validate(body, signature))
        self.assertFalse(validator.validate(body + " ", signature))
        for secret, given in (("another", signature), (self.channel["secret"], "wrong")):
            with self.assertRaises(InvalidSignatureError):
                WebhookParser(secret).parse(body, given)
        payload = WebhookParser(self.channel["secret"]).parse(body, signature, as_payload=True)
        self.assertEqual(payload.destination, self.channel["bot"])

    def test_words(self):
        first = self.say({"type": "text", "text": "first"})
        self.events()
        emojis = [{"index": 5, "length": 7, "productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}]
        said = {"type": "text", "text": "Look (brown)", "emojis": emojis, "quotedMessageId": first}
        message_id = self.say(said)
        event = self.only(webhooks.MessageEvent)
        message = event.message
        self.assertIsInstance(message, webhooks.TextMessageContent)
        self.assertEqual((message.id, message.text, message.quoted_message_id), (message_id, "Look (brown)", first))
        self.assertTrue(event.reply_token and message.quote_token and message.mark_as_read_token)
        self.assertEqual(event.source, webhooks.UserSource(user_id=self.friend))
        self.assertEqual(message.emojis[0].emoji_id, "001")

    def test_mentions(self):
        group, _ = self.group()
        self.events()
        everybody = {"index": 0, "length": 4, "type": "all"}
        bot = {"index": 5, "length": 4, "type": "user", "userId": self.channel["bot"]}
        mention = {"mentionees": [everybody, bot]}
        self.say({"type": "text", "text": "@All @Bot", "mention": mention}, room=group)
        all_of_them, itself = self.only(webhooks.MessageEvent).message.mention.mentionees
        self.assertIsInstance(all_of_them, webhooks.AllMentionee)
        self.assertEqual((itself.user_id, itself.is_self), (self.channel["bot"], True))

    def test_everything_else_that_is_said(self):
        bytes_ = {"base64": PICTURE}
        kinds = [
            ({"type": "image"}, {**bytes_, "mime": "image/png"}, webhooks.ImageMessageContent),
            ({"type": "video", "duration": 900}, {**bytes_, "mime": "video/mp4"}, webhooks.VideoMessageContent),
            ({"type": "audio", "duration": 900}, {**bytes_, "mime": "audio/mp4"}, webhooks.AudioMessageContent),
            ({"type": "file", "fileName": "a.pdf"}, {**bytes_, "mime": "application/pdf"}, webhooks.FileMessageContent),
            (
                {"type": "location", "title": "Onsen", "latitude": 35.0, "longitude": 135.7},
                {},
                webhooks.LocationMessageContent,
            ),
            (
                {"type": "sticker", "packageId": "446", "stickerId": "1988", "stickerResourceType": "STATIC"},
                {},
                webhooks.StickerMessageContent,
            ),
        ]
        for said, more, kind in kinds:
            with self.subTest(kind=said["type"]):
                message_id = self.say(said, **more)
                message = self.only(webhooks.MessageEvent).message
                self.assertIsInstance(message, kind)
                self.assertEqual(message.id, message_id)
                if said["type"] in ("image", "video", "audio"):
                    self.assertEqual(message.content_provider.type, "line")
                if said["type"] == "file":
                    self.assertEqual(message.file_size, len(b"a picture"))

    def test_taken_back(self):
        message_id = self.say({"type": "text", "text": "oops"})
        self.events()
        control(f"users/{self.friend}/unsend", {"messageId": message_id})
        self.assertEqual(self.only(webhooks.UnsendEvent).unsend.message_id, message_id)

    def test_friends_come_and_go(self):
        friend = self.befriend("Mai")
        event = self.only(webhooks.FollowEvent)
        self.assertEqual((event.source.user_id, event.follow.is_unblocked), (friend, False))
        self.assertTrue(event.reply_token)
        control(f"users/{friend}/block", {"channel": self.channel["id"]})
        self.assertEqual(self.only(webhooks.UnfollowEvent).source.user_id, friend)
        control(f"users/{friend}/follow", {"channel": self.channel["id"]})
        self.assertTrue(self.only(webhooks.FollowEvent).follow.is_unblocked)

    def test_postbacks(self):
        control(f"users/{self.friend}/postback", {"room": self.channel["id"], "data": "bath=stone"})
        event = self.only(webhooks.PostbackEvent)
        self.assertEqual((event.postback.data, event.postback.params), ("bath=stone", None))
        picked = {"datetime": "2026-11-21T18:00"}
        control(f"users/{self.friend}/postback", {"room": self.channel["id"], "data": "when", "params": picked})
        self.assertEqual(self.only(webhooks.PostbackEvent).postback.params, picked)

    def tap(self, message, pointer, **more):
        """Sends a message and taps an action in it; answers what the phone does itself."""
        request = PushMessageRequest(to=self.friend, messages=[message])
        sent = self.api.push_message(request).sent_messages[0].id
        asked = {"room": self.channel["id"], "messageId": sent, "pointer": pointer, **more}
        return control(f"users/{self.friend}/act", asked)

    def test_taps_on_what_the_bot_sent(self):
        book = PostbackAction(label="Book", data="book", display_text="I would like to book")
        when = DatetimePickerAction(label="When", data="when", mode="date")
        buttons = ButtonsTemplate(text="Which?", actions=[book, when])
        template = TemplateMessage(alt_text="Which?", template=buttons)
        self.tap(template, "/template/actions/0")
        self.assertEqual(self.only(webhooks.PostbackEvent).postback.data, "book")
        self.tap(template, "/template/actions/1", value="2026-12-24")
        event = self.only(webhooks.PostbackEvent)
        self.assertEqual((event.postback.data, event.postback.params), ("when", {"date": "2026-12-24"}))

        quick = QuickReply(items=[QuickReplyItem(action=MessageAction(label="Yes", text="Yes, please"))])
        self.tap(TextMessage(text="A towel?", quick_reply=quick), "/quickReply/items/0/action")
        self.assertEqual(self.only(webhooks.MessageEvent).message.text, "Yes, please")

        site = FlexButton(action=URIAction(label="Site", uri="https://example.com/"))
        bubble = FlexBubble(body=FlexBox(layout="vertical", contents=[site]))
        opened = self.tap(FlexMessage(alt_text="Site", contents=bubble), "/contents/body/contents/0/action")
        self.assertEqual(opened, {"type": "open", "uri": "https://example.com/"})
        self.assertEqual(self.events(), [])

    def test_films_seen_to_their_end(self):
        address = "https://example.com/bath"
        film = VideoMessage(
            original_content_url=f"{address}.mp4", preview_image_url=f"{address}.jpg", tracking_id="film"
        )
        self.tap(film, "/trackingId")
        event = self.only(webhooks.VideoPlayCompleteEvent)
        self.assertEqual(event.video_play_complete.tracking_id, "film")
        self.assertTrue(event.reply_token)

    def test_groups(self):
        group, guest = self.group()
        join = self.only(webhooks.JoinEvent)
        self.assertEqual(join.source, webhooks.GroupSource(group_id=group))
        self.assertTrue(join.reply_token)
        control(f"groups/{group}/join", {"users": [guest]})
        event = self.only(webhooks.MemberJoinedEvent)
        self.assertEqual([member.user_id for member in event.joined.members], [guest])
        self.say({"type": "text", "text": "hello all"}, room=group)
        self.assertEqual(
            self.only(webhooks.MessageEvent).source, webhooks.GroupSource(group_id=group, user_id=self.friend)
        )
        control(f"groups/{group}/leave", {"users": [guest]})
        event = self.only(webhooks.MemberLeftEvent)
        self.assertEqual([member.user_id for member in event.left.members], [guest])
        control(f"groups/{group}/leave", {"channel": self.channel["id"]})
        self.only(webhooks.LeaveEvent)

    def test_rooms(self):
        room = "R" + "7" * 32
        control("groups", {"id": room, "name": "", "members": [self.friend], "channel": self.channel["id"]})
        self.assertEqual(self.only(webhooks.JoinEvent).source, webhooks.RoomSource(room_id=room))

    def test_account_links(self):
        for stranger, result in ((None, "ok"), (self.befriend("Stranger"), "failed")):
            self.events()
            token = self.api.issue_link_token(self.friend).link_token
            asked = {"linkToken": token, "nonce": "a nonce of the service"}
            if stranger:
                asked["user"] = stranger
            urllib.request.urlopen(f"{BASE}/dialog/bot/accountLink?{urllib.parse.urlencode(asked)}").close()
            event = self.only(webhooks.AccountLinkEvent)
            self.assertEqual((event.link.result, event.link.nonce), (result, "a nonce of the service"))
            self.assertEqual((event.source is None, event.reply_token is None), (result == "failed",) * 2)

    def test_memberships(self):
        plan = {"membershipId": 7, "title": "Club", "benefits": ["A towel"], "price": 500, "isPublished": True}
        control(f"channels/{self.channel['id']}/memberships", [plan], method="PUT")
        kinds = {
            "joined": webhooks.JoinedMembershipContent,
            "renewed": webhooks.RenewedMembershipContent,
            "left": webhooks.LeftMembershipContent,
        }
        for step, kind in kinds.items():
            asked = {"channel": self.channel["id"], "membershipId": 7, "step": step}
            control(f"users/{self.friend}/membership", asked)
            content = self.only(webhooks.MembershipEvent).membership
            self.assertIsInstance(content, kind)
            self.assertEqual(content.membership_id, 7)

    def raw(self, *events):
        """Has the simulator sign and send a body as it is, and reads it with the SDK."""
        common = {
            "mode": "active",
            "timestamp": 1_795_000_000_000,
            "source": {"type": "user", "userId": self.friend},
            "webhookEventId": "01FZ74A0TDDPYRVKNK77XKC3ZR",
            "deliveryContext": {"isRedelivery": False},
        }
        body = {"destination": self.channel["bot"], "events": [{**common, **event} for event in events]}
        self.assertEqual(control("raw-webhook", {"channel": self.channel["id"], "body": body})["status"], 200)
        return self.events()

    def test_events_that_no_phone_here_makes(self):
        token = {"replyToken": "0" * 32}
        kinds = [
            ({"type": "beacon", "beacon": {"hwid": "d41d8cd98f", "type": "enter"}, **token}, webhooks.BeaconEvent),
            (
                {
                    "type": "messageEdited",
                    "message": {"type": "text", "id": "1", "text": "b", "quoteToken": "q"},
                    **token,
                },
                webhooks.MessageEditedEvent,
            ),
            (
                {"type": "module", "module": {"type": "attached", "botId": self.channel["bot"], "scopes": ["profile"]}},
                webhooks.ModuleEvent,
            ),
            ({"type": "activated", "chatControl": {"expireAt": 1}}, webhooks.ActivatedEvent),
            ({"type": "deactivated"}, webhooks.DeactivatedEvent),
            ({"type": "botSuspended"}, webhooks.BotSuspendedEvent),
            ({"type": "botResumed"}, webhooks.BotResumedEvent),
            ({"type": "delivery", "delivery": {"data": "a" * 64}}, webhooks.PnpDeliveryCompletionEvent),
        ]
        came = self.raw(*(event for event, _ in kinds))
        self.assertEqual([type(event) for event in came], [kind for _, kind in kinds])

    def test_unknown_events_are_kept_apart(self):
        unknown, known = self.raw({"type": "danmaku", "danmaku": {"text": "8888"}}, {"type": "unfollow"})
        self.assertIsInstance(unknown, UnknownEvent)
        self.assertEqual(unknown.type, "danmaku")
        self.assertIsInstance(known, webhooks.UnfollowEvent)

    def test_the_handler_finds_its_functions(self):
        handler, heard = WebhookHandler(self.channel["secret"]), []

        @handler.add(webhooks.MessageEvent, message=(webhooks.TextMessageContent, webhooks.StickerMessageContent))
        def on_words(event, destination):
            heard.append((event.message.type, destination))

        @handler.add(webhooks.PostbackEvent)
        def on_postback(event):
            heard.append(event.postback.data)

        @handler.default()
        def on_others(event):
            heard.append(event.type)

        self.say({"type": "text", "text": "hello"})
        self.say({"type": "location", "latitude": 35.0, "longitude": 135.7})
        control(f"users/{self.friend}/postback", {"room": self.channel["id"], "data": "tapped"})
        control(f"users/{self.friend}/block", {"channel": self.channel["id"]})
        control(f"users/{self.friend}/follow", {"channel": self.channel["id"]})
        control(f"channels/{self.channel['id']}/flush", {})
        for body, signature in self.receiver.received:
            handler.handle(body, signature)
        self.assertEqual(heard, [("text", self.channel["bot"]), "message", "tapped", "unfollow", "follow"])
        with self.assertRaises(InvalidSignatureError):
            handler.handle(*(self.receiver.received[0][0], "wrong"))
