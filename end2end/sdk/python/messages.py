"""Sending: reply, push, multicast, broadcast, narrowcast, the checks before, retry keys and units."""

import uuid

from linebot.v3.messaging import (
    AllMentionTarget,
    AudioMessage,
    BroadcastRequest,
    ButtonsTemplate,
    CameraAction,
    CarouselColumn,
    CarouselTemplate,
    ClipboardAction,
    ConfirmTemplate,
    DatetimePickerAction,
    Emoji,
    EmojiSubstitutionObject,
    FlexBox,
    FlexBubble,
    FlexButton,
    FlexCarousel,
    FlexImage,
    FlexMessage,
    FlexSpan,
    FlexText,
    ImageCarouselColumn,
    ImageCarouselTemplate,
    ImageMessage,
    ImagemapArea,
    ImagemapBaseSize,
    ImagemapMessage,
    Limit,
    LocationAction,
    LocationMessage,
    MentionSubstitutionObject,
    MessageAction,
    MessageImagemapAction,
    MulticastRequest,
    NarrowcastRequest,
    PostbackAction,
    PushMessageRequest,
    QuickReply,
    QuickReplyItem,
    ReplyMessageRequest,
    Sender,
    StickerMessage,
    TemplateMessage,
    TextMessage,
    TextMessageV2,
    URIAction,
    URIImagemapAction,
    UserMentionTarget,
    ValidateMessageRequest,
    VideoMessage,
)

from line import Session, control, until

PICTURE = "https://example.com/bath.jpg"
UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"


def every_message():
    """One of each kind that a bot can send to a friend."""
    link = URIAction(label="See", uri="https://example.com/")
    buttons = ButtonsTemplate(
        text="Which bath?",
        title="Baths",
        thumbnail_image_url=PICTURE,
        actions=[
            PostbackAction(label="Stone", data="bath=stone", display_text="Stone"),
            MessageAction(label="Wood", text="Wood"),
            link,
            DatetimePickerAction(label="When", data="when", mode="datetime"),
        ],
    )
    confirm = ConfirmTemplate(text="Towel?", actions=[MessageAction(label="Yes", text="Yes"), link])
    carousel = CarouselTemplate(columns=[CarouselColumn(text=name, actions=[link]) for name in ("Stone", "Wood")])
    pictures = ImageCarouselTemplate(columns=[ImageCarouselColumn(image_url=PICTURE, action=link)])
    bubble = FlexBubble(
        hero=FlexImage(url=PICTURE, size="full", aspect_ratio="20:13", aspect_mode="cover"),
        body=FlexBox(
            layout="vertical",
            contents=[
                FlexText(text="Open till 23:00", weight="bold", wrap=True),
                FlexText(contents=[FlexSpan(text="Sundays ", color="#FF0000"), FlexSpan(text="till 22:00")]),
                FlexButton(action=ClipboardAction(label="Copy", clipboard_text="BATH"), style="primary"),
            ],
        ),
    )
    quick = QuickReply(
        items=[
            QuickReplyItem(action=MessageAction(label="Hours", text="Hours")),
            QuickReplyItem(image_url=PICTURE, action=CameraAction(label="Camera")),
            QuickReplyItem(action=LocationAction(label="Here")),
        ]
    )
    return [
        TextMessage(
            text="$ Welcome",
            emojis=[Emoji(index=0, product_id="5ac1bfd5040ab15980c9b435", emoji_id="001")],
            sender=Sender(name="Okami", icon_url=PICTURE),
            quick_reply=quick,
        ),
        TextMessageV2(
            text="Hot {face}",
            substitution={"face": EmojiSubstitutionObject(product_id="5ac1bfd5040ab15980c9b435", emoji_id="002")},
        ),
        StickerMessage(package_id="446", sticker_id="1988"),
        ImageMessage(original_content_url=PICTURE, preview_image_url=PICTURE),
        VideoMessage(original_content_url="https://example.com/bath.mp4", preview_image_url=PICTURE, tracking_id="film"),
        AudioMessage(original_content_url="https://example.com/bell.m4a", duration=1200),
        LocationMessage(title="Onsen", address="Kyoto", latitude=35.0, longitude=135.7),
        ImagemapMessage(
            base_url="https://example.com/map",
            alt_text="Map",
            base_size=ImagemapBaseSize(width=1040, height=520),
            actions=[
                URIImagemapAction(link_uri="https://example.com/", area=ImagemapArea(x=0, y=0, width=520, height=520)),
                MessageImagemapAction(text="Right", area=ImagemapArea(x=520, y=0, width=520, height=520)),
            ],
        ),
        TemplateMessage(alt_text="Baths", template=buttons),
        TemplateMessage(alt_text="Towel", template=confirm),
        TemplateMessage(alt_text="Baths", template=carousel),
        TemplateMessage(alt_text="Baths", template=pictures),
        FlexMessage(alt_text="Hours", contents=bubble),
        FlexMessage(alt_text="Hours", contents=FlexCarousel(contents=[bubble, bubble])),
    ]


class Messages(Session):
    CHANNEL = {"quota": 1000}

    def test_every_kind_of_message_arrives(self):
        kinds = every_message()
        for at in range(0, len(kinds), 5):
            some = kinds[at : at + 5]
            sent = self.api.push_message(PushMessageRequest(to=self.friend, messages=some)).sent_messages
            self.assertEqual(len(sent), len(some))
        arrived = [message["body"] for message in self.phone() if message["from"]["by"] == "bot"][-len(kinds) :]
        self.assertEqual([body["type"] for body in arrived], [kind.type for kind in kinds])
        for body, kind in zip(arrived, kinds):
            self.assertEqual(body, kind.to_dict())

    def test_reply_quotes_and_works_once(self):
        self.events()
        self.say({"type": "text", "text": "How much?"})
        event = self.events()[-1]
        answer = TextMessage(text="800 yen", quote_token=event.message.quote_token)
        request = ReplyMessageRequest(reply_token=event.reply_token, messages=[answer], notification_disabled=True)
        [sent] = self.api.reply_message(request).sent_messages
        self.assertRegex(sent.id, r"^\d+$")
        self.assertTrue(sent.quote_token)
        self.assertEqual(self.refused(400, self.api.reply_message, request), {"message": "Invalid reply token"})

    def test_push_with_a_retry_key_is_sent_once(self):
        key = str(uuid.uuid4())
        request = PushMessageRequest(to=self.friend, messages=[TextMessage(text="once")])
        before = self.api.get_message_quota_consumption().total_usage
        first = self.api.push_message_with_http_info(request, x_line_retry_key=key)
        body = self.refused(409, self.api.push_message, request, x_line_retry_key=key)
        self.assertEqual(self.error.headers["x-line-accepted-request-id"], first.headers["x-line-request-id"])
        self.assertEqual(body["message"], "The retry key is already accepted")
        self.assertEqual(body["sentMessages"], [message.to_dict() for message in first.data.sent_messages])
        self.assertEqual(self.api.get_message_quota_consumption().total_usage, before + 1)

    def test_multicast_and_broadcast_with_retry_keys(self):
        friends = [self.friend, self.befriend("Mai"), self.befriend("Noi")]
        words = [TextMessage(text="Closed tomorrow")]
        calls = [
            (self.api.multicast_with_http_info, self.api.multicast, MulticastRequest(to=friends, messages=words)),
            (self.api.broadcast_with_http_info, self.api.broadcast, BroadcastRequest(messages=words)),
        ]
        for send, again, request in calls:
            key = str(uuid.uuid4())
            sent = send(request, x_line_retry_key=key)
            self.assertEqual(sent.status_code, 200)
            self.assertRegex(sent.headers["x-line-request-id"], UUID)
            self.refused(409, again, request, x_line_retry_key=key)
            self.assertEqual(self.error.headers["x-line-accepted-request-id"], sent.headers["x-line-request-id"])
        for friend in friends:
            texts = [message["body"].get("text") for message in self.phone(friend)]
            self.assertEqual(texts.count("Closed tomorrow"), 2)
        body = self.refused(400, self.api.multicast, MulticastRequest(to=[self.friend, "U1"], messages=words))
        self.assertIn("to[1]", body["message"])

    def test_narrowcast_goes_its_way(self):
        request = NarrowcastRequest(messages=[TextMessage(text="To all")], limit=Limit(max=1))
        sent = self.api.narrowcast_with_http_info(request, x_line_retry_key=str(uuid.uuid4()))
        self.assertEqual(sent.status_code, 202)
        request_id = sent.headers["x-line-request-id"]
        seen = []

        def ended():
            progress = self.api.get_narrowcast_progress(request_id)
            seen.append(progress.phase)
            return progress.phase in ("succeeded", "failed") and progress

        progress = until(ended)
        self.assertEqual((progress.phase, progress.target_count, progress.success_count), ("succeeded", 1, 1))
        self.assertEqual(progress.failure_count, 0)
        self.assertLess(progress.accepted_time, progress.completed_time)
        self.assertEqual(seen[0], "waiting")
        self.refused(404, self.api.get_narrowcast_progress, str(uuid.uuid4()))

    def test_validation_names_what_is_wrong(self):
        checks = [
            self.api.validate_reply,
            self.api.validate_push,
            self.api.validate_multicast,
            self.api.validate_narrowcast,
            self.api.validate_broadcast,
        ]
        for check in checks:
            check(ValidateMessageRequest(messages=every_message()[:5]))
            body = self.refused(400, check, ValidateMessageRequest(messages=[TextMessage(text="")]))
            self.assertEqual(body["details"][0], {"message": "May not be empty", "property": "messages[0].text"})

    def test_mentions_in_a_group(self):
        group = control("groups", {"name": "Bathers", "members": [self.friend], "channel": self.channel["id"]})["id"]
        message = TextMessageV2(
            text="{who} and {all}",
            substitution={
                "who": MentionSubstitutionObject(mentionee=UserMentionTarget(user_id=self.friend)),
                "all": MentionSubstitutionObject(mentionee=AllMentionTarget()),
            },
        )
        self.assertEqual(len(self.api.push_message(PushMessageRequest(to=group, messages=[message])).sent_messages), 1)

    def test_units_are_named(self):
        self.assertEqual(self.api.get_aggregation_unit_usage().num_of_custom_aggregation_units, 0)
        words = [TextMessage(text="A or B")]
        for unit in ("variant_a", "variant_b"):
            self.api.push_message(
                PushMessageRequest(to=self.friend, messages=words, custom_aggregation_units=[unit])
            )
        request = MulticastRequest(to=[self.friend], messages=words, custom_aggregation_units=["variant_b"])
        self.api.multicast(request)
        self.assertEqual(self.api.get_aggregation_unit_usage().num_of_custom_aggregation_units, 2)
        page = self.api.get_aggregation_unit_name_list(limit="1")
        self.assertEqual(page.custom_aggregation_units, ["variant_a"])
        page = self.api.get_aggregation_unit_name_list(limit="1", start=page.next)
        self.assertEqual((page.custom_aggregation_units, page.next), (["variant_b"], None))
