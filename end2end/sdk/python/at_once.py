"""The SDK's other clients, for asyncio."""

import asyncio
import base64

from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    Configuration,
    PushMessageRequest,
    TextMessage,
)

from line import BASE, Session


class AtOnce(Session):
    def test_many_calls_at_once(self):
        friends = [self.friend, self.befriend("Mai"), self.befriend("Noi")]
        picture = self.say({"type": "image"}, base64=base64.b64encode(b"a picture").decode(), mime="image/png")

        async def calls():
            async with AsyncApiClient(Configuration(host=BASE, access_token=self.channel["token"])) as client:
                api, blob = AsyncMessagingApi(client), AsyncMessagingApiBlob(client)
                profiles = await asyncio.gather(*(api.get_profile(friend) for friend in friends))
                self.assertEqual([profile.display_name for profile in profiles], ["Ken", "Mai", "Noi"])
                words = [TextMessage(text="to each of you")]
                pushes = (api.push_message(PushMessageRequest(to=friend, messages=words)) for friend in friends)
                sent = [answer.sent_messages[0].id for answer in await asyncio.gather(*pushes)]
                self.assertEqual(len(set(sent)), 3)
                self.assertEqual(bytes(await blob.get_message_content(picture)), b"a picture")
                with self.assertRaises(ApiException) as caught:
                    await api.get_profile("U" + "0" * 32)
                self.assertEqual(caught.exception.status, 404)
                self.assertTrue(caught.exception.headers["x-line-request-id"])

        asyncio.run(calls())
