"""The account itself: what it is called, its webhook, its quota, and small courtesies."""

from linebot.v3 import messaging
from linebot.v3.messaging import (
    BroadcastRequest,
    MarkMessagesAsReadByTokenRequest,
    MulticastRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    SetWebhookEndpointRequest,
    ShowLoadingAnimationRequest,
    TestWebhookEndpointRequest,
    TextMessage,
)

from line import Session, client, control

DAY = 24 * 60 * 60 * 1000
WORDS = [TextMessage(text="hello")]


class Account(Session):
    CHANNEL = {"quota": 3, "redelivery": False}

    def test_it_says_who_it_is(self):
        info = self.api.get_bot_info()
        self.assertEqual((info.display_name, info.user_id), ("Bath-house", self.channel["bot"]))
        self.assertTrue(info.basic_id.startswith("@"))
        self.assertEqual((info.chat_mode, info.mark_as_read_mode), ("bot", "manual"))

    def test_its_webhook_is_set_and_tried(self):
        set_to = self.api.get_webhook_endpoint()
        self.assertEqual((set_to.endpoint, set_to.active), (self.receiver.url, True))
        tried = self.api.test_webhook_endpoint()
        self.assertEqual((tried.success, tried.status_code, tried.reason, tried.detail), (True, 200, "OK", "200"))
        self.assertIsNotNone(tried.timestamp.tzinfo)
        nobody = TestWebhookEndpointRequest(endpoint="http://127.0.0.1:9/")
        tried = self.api.test_webhook_endpoint(nobody)
        self.assertEqual((tried.success, tried.reason), (False, "COULD_NOT_CONNECT"))
        body = self.refused(400, self.api.set_webhook_endpoint, SetWebhookEndpointRequest(endpoint="nowhere"))
        self.assertEqual(body["message"], "Invalid webhook endpoint URL")

    def test_a_wrong_token_is_refused(self):
        stranger = client(messaging.MessagingApi, "wrong")
        self.assertIn("Authentication failed", self.refused(401, stranger.get_bot_info)["message"])

    def test_quota_is_counted_and_ends(self):
        quota = self.api.get_message_quota()
        self.assertEqual((quota.type, quota.value), ("limited", 3))
        self.assertEqual(self.api.get_message_quota_consumption().total_usage, 0)
        token = self.answerable()
        self.api.reply_message(ReplyMessageRequest(reply_token=token, messages=WORDS))
        self.api.push_message(PushMessageRequest(to=self.friend, messages=WORDS))
        self.api.multicast(MulticastRequest(to=[self.friend], messages=WORDS))
        self.api.broadcast(BroadcastRequest(messages=WORDS))
        self.assertEqual(self.api.get_message_quota_consumption().total_usage, 3)
        body = self.refused(429, self.api.push_message, PushMessageRequest(to=self.friend, messages=WORDS))
        self.assertEqual(body, {"message": "You have reached your monthly limit."})
        self.deliveries()

    def deliveries(self):
        """What was sent today is told tomorrow."""
        counts = [
            self.api.get_number_of_sent_reply_messages,
            self.api.get_number_of_sent_push_messages,
            self.api.get_number_of_sent_multicast_messages,
            self.api.get_number_of_sent_broadcast_messages,
        ]
        now = control("clock")["now"]
        day = japan(now)
        self.assertEqual([count(day).status for count in counts], ["unready"] * 4)
        control("clock", {"now": now + DAY})
        try:
            told = [count(day) for count in counts]
        finally:
            control("clock", {})
        self.assertEqual([(count.status, count.success) for count in told], [("ready", 1)] * 4)
        self.assertEqual(counts[0]("20170101").status, "out_of_service")
        self.refused(400, counts[0], "tomorrow")

    def test_it_reads_and_is_busy(self):
        self.events()
        self.say({"type": "text", "text": "anybody there?"})
        token = self.events()[-1].message.mark_as_read_token
        self.api.mark_messages_as_read_by_token(MarkMessagesAsReadByTokenRequest(mark_as_read_token=token))
        self.assertTrue(self.phone()[-1]["read"])
        wrong = MarkMessagesAsReadByTokenRequest(mark_as_read_token="wrong")
        self.assertIn("Invalid markAsReadToken", self.refused(400, self.api.mark_messages_as_read_by_token, wrong)["message"])

        busy = ShowLoadingAnimationRequest(chat_id=self.friend, loading_seconds=10)
        self.assertEqual(self.api.show_loading_animation_with_http_info(busy).status_code, 202)
        seven = ShowLoadingAnimationRequest(chat_id=self.friend, loading_seconds=7)
        body = self.refused(400, self.api.show_loading_animation, seven)
        self.assertEqual(body["details"][0]["property"], "loadingSeconds")

    def test_link_tokens(self):
        self.assertTrue(self.api.issue_link_token(self.friend).link_token)
        self.refused(404, self.api.issue_link_token, "U" + "0" * 32)


def japan(now):
    """The day in Japan, yyyyMMdd."""
    from datetime import datetime, timedelta, timezone

    return datetime.fromtimestamp(now / 1000, timezone(timedelta(hours=9))).strftime("%Y%m%d")
