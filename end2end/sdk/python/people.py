"""Profiles, followers, groups and rooms."""

from line import Session, control

NOBODY = "U" + "0" * 32


class People(Session):
    CHANNEL = {"verified": True}

    def test_a_profile(self):
        profile = self.api.get_profile(self.friend)
        self.assertEqual((profile.user_id, profile.display_name, profile.language), (self.friend, "Ken", "ja"))
        self.assertEqual(profile.status_message, "いい湯だな")
        self.assertTrue(profile.picture_url.startswith("http"))
        self.assertEqual(self.refused(404, self.api.get_profile, NOBODY), {"message": "Not found"})
        bad = self.refused(400, self.api.get_profile, "ken")
        self.assertEqual(bad, {"message": "The value for the 'userId' parameter is invalid"})
        gone = self.befriend("Gone")
        control(f"users/{gone}/block", {"channel": self.channel["id"]})
        self.refused(404, self.api.get_profile, gone)

    def test_followers_page_by_page(self):
        friends = {self.befriend(f"Friend {number}") for number in range(4)}
        found, start = [], None
        while True:
            page = self.api.get_followers(start=start, limit=2)
            self.assertLessEqual(len(page.user_ids), 2)
            found += page.user_ids
            start = page.next
            if not start:
                break
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(friends | {self.friend}, set(found))
        self.assertEqual(self.refused(400, self.api.get_followers, start="wrong"), {"message": "Invalid start param"})

    def gather(self, **more):
        # The second is no friend of the account.
        guest = control("users", {"name": "Guest"})["id"]
        members = [self.friend, guest]
        group = control("groups", {"name": "Bathers", "members": members, "channel": self.channel["id"], **more})
        return group["id"], guest

    def test_a_group(self):
        group, guest = self.gather()
        summary = self.api.get_group_summary(group)
        self.assertEqual((summary.group_id, summary.group_name), (group, "Bathers"))
        self.assertEqual(self.api.get_group_member_count(group).count, 2)
        self.assertEqual(set(self.api.get_group_members_ids(group).member_ids), {self.friend, guest})
        member = self.api.get_group_member_profile(group, guest)
        self.assertEqual((member.user_id, member.display_name), (guest, "Guest"))
        self.refused(404, self.api.get_group_member_profile, group, NOBODY)
        self.api.leave_group(group)
        self.refused(404, self.api.get_group_summary, group)

    def test_a_room(self):
        room, guest = self.gather(id="R" + "5" * 31 + "a")
        self.assertEqual(self.api.get_room_member_count(room).count, 2)
        self.assertEqual(set(self.api.get_room_members_ids(room).member_ids), {self.friend, guest})
        member = self.api.get_room_member_profile(room, self.friend)
        self.assertEqual((member.user_id, member.display_name), (self.friend, "Ken"))
        self.api.leave_room(room)
        self.refused(404, self.api.get_room_member_count, room)

    def test_a_large_group_has_pages(self):
        members = [control("users", {"name": f"Guest {number}"})["id"] for number in range(101)]
        group = control("groups", {"name": "Crowd", "members": members, "channel": self.channel["id"]})["id"]
        page = self.api.get_group_members_ids(group)
        rest = self.api.get_group_members_ids(group, start=page.next)
        self.assertEqual((len(page.member_ids), len(rest.member_ids), rest.next), (100, 1, None))


class Unverified(Session):
    def test_lists_of_people_are_not_for_everybody(self):
        body = self.refused(403, self.api.get_followers)
        self.assertEqual(body, {"message": "Access to this API is not available for your account"})
