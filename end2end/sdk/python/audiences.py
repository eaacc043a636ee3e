"""Audiences: uploaded as JSON and by file, of those who saw and clicked, shared; and sent to."""

import os
import tempfile

from linebot.v3 import audience
from linebot.v3.audience import (
    AddAudienceToAudienceGroupRequest,
    Audience,
    CreateAudienceGroupRequest,
    CreateClickBasedAudienceGroupRequest,
    CreateImpBasedAudienceGroupRequest,
    UpdateAudienceGroupDescriptionRequest,
)
from linebot.v3.messaging import (
    AudienceRecipient,
    BroadcastRequest,
    NarrowcastRequest,
    OperatorRecipient,
    TextMessage,
)

from line import Session, client, control, until


class Audiences(Session):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audiences = client(audience.ManageAudience, cls.channel["token"])
        cls.files = client(audience.ManageAudienceBlob, cls.channel["token"])
        was = control("settings")
        control("settings", {"audienceWait": 0, "privacy": False})
        cls.addClassCleanup(control, "settings", was)
        cls.other = cls.befriend("Mai")

    def data(self, group):
        return self.audiences.get_audience_data(group)

    def members(self, group, count):
        """Waits for that many; the SDK keeps no socket open meanwhile."""
        found = until(lambda: self.data(group).audience_group.audience_count == count and self.data(group))
        self.assertTrue(found, self.data(group))
        return found

    def upload(self, name, *ids):
        people = [Audience(id=user) for user in ids]
        return self.audiences.create_audience_group(
            CreateAudienceGroupRequest(description=name, audiences=people, upload_description="first")
        )

    def test_uploaded_as_json(self):
        made = self.upload("Regulars", self.friend)
        self.assertEqual((made.type, made.description, made.create_route), ("UPLOAD", "Regulars", "MESSAGING_API"))
        self.assertEqual((made.permission, made.is_ifa_audience), ("READ_WRITE", False))
        self.assertGreater(made.expire_timestamp, made.created)
        group = made.audience_group_id
        more = AddAudienceToAudienceGroupRequest(
            audience_group_id=group, audiences=[Audience(id=self.other)], upload_description="second"
        )
        self.assertEqual(self.audiences.add_audience_to_audience_group_with_http_info(more).status_code, 202)
        seen = self.members(group, 2)
        self.assertEqual(seen.audience_group.status, "READY")
        self.assertEqual([job.description for job in seen.jobs], ["second", "first"])
        self.assertEqual({job.job_status for job in seen.jobs}, {"FINISHED"})
        rename = UpdateAudienceGroupDescriptionRequest(description="Friends of the house")
        self.audiences.update_audience_group_description(group, rename)
        self.assertEqual(self.data(group).audience_group.description, "Friends of the house")
        self.assertEqual(self.audiences.delete_audience_group_with_http_info(group).status_code, 202)
        body = self.refused(400, self.audiences.get_audience_data, group)
        self.assertEqual(body["details"], [{"message": "AUDIENCE_GROUP_NOT_FOUND"}])

    def test_uploaded_by_file(self):
        def written(*users):
            file = tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False)
            with file:
                file.write("".join(f"{user}\n" for user in users))
            self.addCleanup(os.unlink, file.name)
            return file.name

        made = self.files.create_audience_for_uploading_user_ids(
            written(self.friend), description="By file", is_ifa_audience=False, upload_description="one"
        )
        group = made.audience_group_id
        self.assertEqual((made.type, made.description), ("UPLOAD", "By file"))
        self.files.add_user_ids_to_audience(written(self.other), audience_group_id=group, upload_description="two")
        seen = self.members(group, 2)
        self.assertEqual([job.description for job in seen.jobs], ["two", "one"])
        wrong = self.files.create_audience_for_uploading_user_ids
        body = self.refused(400, wrong, written("nobody"), description="Wrong")
        self.assertEqual(body["details"][0]["message"], "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT")

    def test_of_those_who_saw_and_clicked(self):
        words = BroadcastRequest(messages=[TextMessage(text="https://example.com/spring")])
        request_id = self.api.broadcast_with_http_info(words).headers["x-line-request-id"]
        control(f"users/{self.friend}/see", {"requestId": request_id, "url": "https://example.com/spring"})
        control(f"users/{self.other}/see", {"requestId": request_id})
        clicked = self.audiences.create_click_based_audience_group(
            CreateClickBasedAudienceGroupRequest(
                description="Clicked", request_id=request_id, click_url="https://example.com/spring"
            )
        )
        self.assertEqual((clicked.type, clicked.request_id), ("CLICK", request_id))
        self.assertEqual(clicked.click_url, "https://example.com/spring")
        saw = self.audiences.create_imp_based_audience_group(
            CreateImpBasedAudienceGroupRequest(description="Saw", request_id=request_id)
        )
        self.assertEqual((saw.type, saw.request_id), ("IMP", request_id))
        self.members(clicked.audience_group_id, 1)
        self.members(saw.audience_group_id, 2)
        unknown = CreateImpBasedAudienceGroupRequest(description="Nothing", request_id="nothing")
        body = self.refused(400, self.audiences.create_imp_based_audience_group, unknown)
        self.assertEqual(body["details"][0]["message"], "REQUEST_NOT_FOUND")

    def test_lists(self):
        for number in range(3):
            self.upload(f"Listed {number}", self.friend)
        page = self.audiences.get_audience_groups(1, description="listed", size=2, create_route="MESSAGING_API")
        self.assertEqual((page.total_count, page.has_next_page, page.page, page.size), (3, True, 1, 2))
        rest = self.audiences.get_audience_groups(2, description="listed", size=2, includes_external_public_groups=True)
        self.assertEqual([group.description for group in rest.audience_groups], ["Listed 0"])
        ready = self.audiences.get_audience_groups(1, description="listed", status="READY")
        self.assertEqual(ready.total_count, 3)

    def test_shared(self):
        owner = {"serviceType": "lap", "id": "1", "name": "Ads"}
        group = control(
            "audiences",
            {
                "channel": self.channel["id"],
                "description": "Shared",
                "createRoute": "AD_MANAGER",
                "users": [self.friend],
                "owner": owner,
            },
        )["audienceGroupId"]
        seen = self.audiences.get_shared_audience_data(group)
        self.assertEqual((seen.audience_group.description, seen.audience_group.permission), ("Shared", "READ"))
        self.assertEqual(seen.owner.to_dict(), owner)
        page = self.audiences.get_shared_audience_groups(1, size=10, includes_owned_audience_groups=False)
        self.assertEqual([known.audience_group_id for known in page.audience_groups], [group])

    def test_they_are_sent_to(self):
        both = self.upload("Both", self.friend, self.other).audience_group_id
        one = self.upload("One", self.friend).audience_group_id
        self.members(both, 2)
        self.members(one, 1)
        recipient = OperatorRecipient(
            var_and=[
                AudienceRecipient(audience_group_id=both),
                OperatorRecipient(var_not=AudienceRecipient(audience_group_id=one)),
            ]
        )
        request = NarrowcastRequest(messages=[TextMessage(text="For Mai")], recipient=recipient)
        request_id = self.api.narrowcast_with_http_info(request).headers["x-line-request-id"]
        self.assertTrue(until(lambda: self.api.get_narrowcast_progress(request_id).phase == "succeeded"))
        texts = {user: [seen["body"].get("text") for seen in self.phone(user)] for user in (self.friend, self.other)}
        self.assertIn("For Mai", texts[self.other])
        self.assertNotIn("For Mai", texts[self.friend])
