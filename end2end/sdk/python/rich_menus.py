"""Rich menus: making them, their pictures, aliases, who has which, and changing many at once."""

import uuid

from linebot.v3.messaging import (
    ClipboardAction,
    CreateRichMenuAliasRequest,
    DatetimePickerAction,
    MessageAction,
    PostbackAction,
    RichMenuArea,
    RichMenuBatchLinkOperation,
    RichMenuBatchRequest,
    RichMenuBatchUnlinkAllOperation,
    RichMenuBatchUnlinkOperation,
    RichMenuBounds,
    RichMenuBulkLinkRequest,
    RichMenuBulkUnlinkRequest,
    RichMenuRequest,
    RichMenuSize,
    RichMenuSwitchAction,
    UpdateRichMenuAliasRequest,
    URIAction,
)

from content import png
from line import Session, control, until

ACTIONS = [
    RichMenuSwitchAction(rich_menu_alias_id="other", data="to=other"),
    PostbackAction(label="Hours", data="hours", display_text="Hours", input_option="openRichMenu"),
    MessageAction(label="Say", text="Hello"),
    URIAction(label="Site", uri="https://example.com/"),
    DatetimePickerAction(label="Book", data="book", mode="date", min="2026-01-01"),
    ClipboardAction(label="Copy", clipboard_text="BATH"),
]


def menu(name="Menu", actions=ACTIONS):
    areas = [
        RichMenuArea(bounds=RichMenuBounds(x=100 * at, y=0, width=100, height=270), action=action)
        for at, action in enumerate(actions)
    ]
    return RichMenuRequest(
        size=RichMenuSize(width=800, height=270), selected=True, name=name, chat_bar_text="Tap", areas=areas
    )


class RichMenus(Session):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.picture = png(800, 270)

    def made(self, name="Menu", picture=True):
        menu_id = self.api.create_rich_menu(menu(name)).rich_menu_id
        if picture:
            self.blob.set_rich_menu_image(
                menu_id, bytearray(self.picture), _headers={"Content-Type": "image/png"}
            )
        return menu_id

    def test_a_menu_is_made_read_and_deleted(self):
        self.api.validate_rich_menu_object(menu())
        menu_id = self.made("Read")
        read = self.api.get_rich_menu(menu_id)
        self.assertEqual(read.to_dict(), {**menu("Read").to_dict(), "richMenuId": menu_id})
        self.assertIn(menu_id, [known.rich_menu_id for known in self.api.get_rich_menu_list().richmenus])
        self.api.delete_rich_menu(menu_id)
        self.assertEqual(self.refused(404, self.api.get_rich_menu, menu_id), {"message": "Not found"})
        self.refused(404, self.api.delete_rich_menu, menu_id)
        small = menu()
        small.size.width = 100
        for call in (self.api.create_rich_menu, self.api.validate_rich_menu_object):
            self.assertTrue(self.refused(400, call, small)["details"])

    def test_its_picture_is_uploaded_once(self):
        menu_id = self.made(picture=False)
        self.refused(404, self.blob.get_rich_menu_image, menu_id)
        headers = {"Content-Type": "image/png"}
        tiny = self.refused(400, self.blob.set_rich_menu_image, menu_id, bytearray(png(10, 10)), _headers=headers)
        self.assertEqual(tiny, {"message": "The image size is not allowed for richmenu", "details": []})
        self.blob.set_rich_menu_image(menu_id, bytearray(self.picture), _headers=headers)
        self.assertEqual(bytes(self.blob.get_rich_menu_image(menu_id)), self.picture)
        again = self.refused(400, self.blob.set_rich_menu_image, menu_id, bytearray(self.picture), _headers=headers)
        self.assertEqual(again["message"], "An image has already been uploaded to the richmenu")

    def test_the_default(self):
        self.assertEqual(self.refused(404, self.api.get_default_rich_menu_id)["message"], "no default richmenu")
        bare = self.made(picture=False)
        refused = self.refused(400, self.api.set_default_rich_menu, bare)
        self.assertEqual(refused["message"], "must upload richmenu image before applying it to user")
        menu_id = self.made("Default")
        self.api.set_default_rich_menu(menu_id)
        self.assertEqual(self.api.get_default_rich_menu_id().rich_menu_id, menu_id)
        shown = control(f"menu?room={self.channel['id']}&user={self.befriend('Mai')}")
        self.assertEqual(shown["id"], menu_id)
        self.api.cancel_default_rich_menu()
        self.refused(404, self.api.get_default_rich_menu_id)

    def test_a_menu_of_ones_own(self):
        menu_id = self.made("Own")
        self.api.link_rich_menu_id_to_user(self.friend, menu_id)
        self.assertEqual(self.api.get_rich_menu_id_of_user(self.friend).rich_menu_id, menu_id)
        self.api.unlink_rich_menu_id_from_user(self.friend)
        refused = self.refused(404, self.api.get_rich_menu_id_of_user, self.friend)
        self.assertEqual(refused["message"], "the user has no richmenu")

    def test_menus_of_many(self):
        friends = [self.befriend(name) for name in ("Mai", "Noi")]
        menu_id = self.made("Many")
        link = RichMenuBulkLinkRequest(rich_menu_id=menu_id, user_ids=friends)
        self.assertEqual(self.api.link_rich_menu_id_to_users_with_http_info(link).status_code, 202)
        for friend in friends:
            self.assertEqual(self.api.get_rich_menu_id_of_user(friend).rich_menu_id, menu_id)
        unlink = RichMenuBulkUnlinkRequest(user_ids=friends)
        self.assertEqual(self.api.unlink_rich_menu_id_from_users_with_http_info(unlink).status_code, 202)
        for friend in friends:
            self.refused(404, self.api.get_rich_menu_id_of_user, friend)

    def test_a_batch(self):
        one, two = self.made("One"), self.made("Two")
        self.api.link_rich_menu_id_to_user(self.friend, one)
        replace = RichMenuBatchRequest(
            operations=[RichMenuBatchLinkOperation(var_from=one, to=two)], resume_request_key="spring-1"
        )
        self.api.validate_rich_menu_batch_request(replace)
        accepted = self.api.rich_menu_batch_with_http_info(replace)
        self.assertEqual(accepted.status_code, 202)
        request_id = accepted.headers["x-line-request-id"]

        def done():
            progress = self.api.get_rich_menu_batch_progress(request_id)
            return progress.phase != "ongoing" and progress

        progress = until(done)
        self.assertEqual(progress.phase, "succeeded")
        self.assertLessEqual(progress.accepted_time, progress.completed_time)
        self.assertEqual(self.api.get_rich_menu_id_of_user(self.friend).rich_menu_id, two)
        self.api.rich_menu_batch(RichMenuBatchRequest(operations=[RichMenuBatchUnlinkOperation(var_from=two)]))
        self.refused(404, self.api.get_rich_menu_id_of_user, self.friend)
        mixed = RichMenuBatchRequest(
            operations=[RichMenuBatchUnlinkAllOperation(), RichMenuBatchUnlinkOperation(var_from=one)]
        )
        for call in (self.api.rich_menu_batch, self.api.validate_rich_menu_batch_request):
            words = self.refused(400, call, mixed)["details"][0]["message"]
            self.assertEqual(words, "'unlinkAll' type can't be combined with other type")
        self.refused(404, self.api.get_rich_menu_batch_progress, str(uuid.uuid4()))

    def test_aliases_and_the_switch(self):
        first, other = self.made("First"), self.made("Other")
        self.api.create_rich_menu_alias(CreateRichMenuAliasRequest(rich_menu_alias_id="other", rich_menu_id=first))
        self.api.update_rich_menu_alias("other", UpdateRichMenuAliasRequest(rich_menu_id=other))
        alias = self.api.get_rich_menu_alias("other")
        self.assertEqual((alias.rich_menu_alias_id, alias.rich_menu_id), ("other", other))
        self.assertEqual([known.rich_menu_id for known in self.api.get_rich_menu_alias_list().aliases], [other])
        again = CreateRichMenuAliasRequest(rich_menu_alias_id="other", rich_menu_id=first)
        refused = self.refused(400, self.api.create_rich_menu_alias, again)
        self.assertEqual(refused["message"], "conflict richmenu alias id")

        self.api.link_rich_menu_id_to_user(self.friend, first)
        self.events()
        control(f"users/{self.friend}/tap", {"room": self.channel["id"], "area": 0})
        [event] = self.events()
        self.assertEqual((event.type, event.postback.data), ("postback", "to=other"))
        self.assertEqual(event.postback.params, {"newRichMenuAliasId": "other", "status": "SUCCESS"})
        self.assertEqual(self.api.get_rich_menu_id_of_user(self.friend).rich_menu_id, other)

        self.api.delete_rich_menu_alias("other")
        refused = self.refused(404, self.api.get_rich_menu_alias, "other")
        self.assertEqual(refused["message"], "richmenu alias not found")
