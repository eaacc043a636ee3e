"""Statistics: what was sent, who follows, who saw and clicked."""

import os
import unittest

from linebot.v3 import insight
from linebot.v3.messaging import BroadcastRequest, PushMessageRequest, TextMessage

from account import DAY, japan
from content import png
from line import Session, client, control
from rich_menus import menu


@unittest.skipUnless(os.environ.get("INSIGHT") == "1", "the simulator has no insight yet")
class Insights(Session):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insight = client(insight.Insight, cls.channel["token"])
        was = control("settings")
        control("settings", {"privacy": False})
        cls.addClassCleanup(control, "settings", was)
        cls.addClassCleanup(control, "clock", {})
        words = [TextMessage(text="https://example.com/spring")]
        sent = cls.api.broadcast_with_http_info(BroadcastRequest(messages=words))
        cls.request_id = sent.headers["x-line-request-id"]
        cls.api.push_message(PushMessageRequest(to=cls.friend, messages=words, custom_aggregation_units=["spring"]))
        seen = {"requestId": cls.request_id, "url": "https://example.com/spring"}
        control(f"users/{cls.friend}/see", seen)
        cls.menu = cls.api.create_rich_menu(menu("Counted")).rich_menu_id
        cls.blob.set_rich_menu_image(cls.menu, bytearray(png(800, 270)), _headers={"Content-Type": "image/png"})
        cls.api.link_rich_menu_id_to_user(cls.friend, cls.menu)
        control(f"users/{cls.friend}/tap", {"room": cls.channel["id"], "area": 1})
        now = control("clock")["now"]
        cls.today = japan(now)
        # Numbers are ready on the next day.
        control("clock", {"now": now + DAY})
        cls.tomorrow = japan(now + DAY)

    def test_deliveries(self):
        told = self.insight.get_number_of_message_deliveries(self.today)
        self.assertEqual((told.status, told.api_broadcast, told.api_push), ("ready", 1, 1))
        self.assertEqual(self.insight.get_number_of_message_deliveries(self.tomorrow).status, "unready")
        self.assertEqual(self.insight.get_number_of_message_deliveries("20160101").status, "out_of_service")

    def test_followers(self):
        told = self.insight.get_number_of_followers(self.today)
        self.assertEqual((told.status, told.followers, told.targeted_reaches, told.blocks), ("ready", 1, 1, 0))

    def test_demographics(self):
        self.assertIsNotNone(self.insight.get_friends_demographics().available)

    def test_events_of_a_broadcast(self):
        told = self.insight.get_message_event(self.request_id)
        self.assertEqual((told.overview.request_id, told.overview.delivered), (self.request_id, 1))
        self.assertEqual((told.overview.unique_impression, told.overview.unique_click), (1, 1))
        self.assertEqual([click.url for click in told.clicks], ["https://example.com/spring"])

    def test_events_of_a_unit(self):
        told = self.insight.get_statistics_per_unit("spring", self.today, self.today)
        self.assertEqual([message.seq for message in told.messages], [1])

    def test_a_rich_menu_in_all(self):
        told = self.insight.get_rich_menu_insight_summary(self.menu, self.today, self.today)
        self.assertEqual((told.rich_menu_id, told.metrics_from, told.metrics_to), (self.menu, self.today, self.today))
        self.assertEqual([click.bounds.x for click in told.clicks], [100 * at for at in range(6)])
        clicks = [(click.metrics.count, click.metrics.unique_users) for click in told.clicks]
        self.assertEqual(clicks, [(0, 0), (1, 1), *[(0, 0)] * 4])
        self.assertIsNotNone(told.impression.metrics.count)
        long_ago = japan(control("clock")["now"] - 500 * DAY)
        body = self.refused(400, self.insight.get_rich_menu_insight_summary, self.menu, long_ago, self.today)
        self.assertEqual(body["message"], "Date range exceeds. Max range is 396 days.")

    def test_a_rich_menu_day_by_day(self):
        told = self.insight.get_rich_menu_insight_daily(self.menu, self.today, self.today)
        [day] = told.clicks[1].metrics
        self.assertEqual((day.var_date, day.count, day.unique_users), (self.today, 1, 1))
        self.assertEqual(told.clicks[0].metrics, [])
