"""What needs a contract with LINE is refused, as it is for everybody without one."""

from linebot.v3 import module, moduleattach, shop
from linebot.v3.messaging import (
    ChatReference,
    MarkMessagesAsReadRequest,
    PnpMessagesRequest,
    PnpTemplatedMessageRequest,
    TextMessage,
)
from linebot.v3.module import AcquireChatControlRequest, DetachModuleRequest
from linebot.v3.shop import MissionStickerRequest

from line import Session, client

PHONE = "0" * 64
TAG = "a delivery tag of 16 or more"


class Partners(Session):
    def test_every_one_is_refused(self):
        token = self.channel["token"]
        modules, attach = client(module.LineModule, token), client(moduleattach.LineModuleAttach, token)
        stickers = MissionStickerRequest(
            to=self.friend, product_id="1", product_type="STICKER", send_present_message=False
        )
        by_phone = PnpMessagesRequest(to=PHONE, messages=[TextMessage(text="Your parcel")])
        by_template = PnpTemplatedMessageRequest(to=PHONE, template_key="parcel")
        calls = [
            (self.api.push_messages_by_phone, by_phone, TAG),
            (self.api.push_templated_messages_by_phone, by_template, TAG),
            (self.api.get_pnp_message_statistics, "20260101"),
            (self.api.get_pnp_templated_message_statistics, "20260101"),
            (self.api.mark_messages_as_read, MarkMessagesAsReadRequest(chat=ChatReference(user_id=self.friend))),
            (client(shop.Shop, token).mission_sticker_v3, stickers),
            (modules.acquire_chat_control, self.friend, AcquireChatControlRequest(expired=True, ttl=60)),
            (modules.release_chat_control, self.friend),
            (modules.detach_module, DetachModuleRequest(bot_id=self.channel["bot"])),
            (modules.get_modules,),
            (attach.attach_module, "authorization_code", "code", "https://example.com/"),
        ]
        for call, *args in calls:
            with self.subTest(call=call.__name__):
                body = self.refused(403, call, *args)
                self.assertEqual(body, {"message": "Access to this API is not available for your account"})
