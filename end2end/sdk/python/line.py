"""LINE's own SDK for Python, aimed at the simulator named in SIMULATOR."""

import functools
import inspect
import json
import os
import threading
import time
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from linebot.v3 import audience, insight, liff, messaging, module, moduleattach, oauth, shop
from linebot.v3.webhook import WebhookParser

BASE = os.environ["SIMULATOR"]

CLIENTS = [
    (messaging, messaging.MessagingApi),
    (messaging, messaging.MessagingApiBlob),
    (insight, insight.Insight),
    (audience, audience.ManageAudience),
    (audience, audience.ManageAudienceBlob),
    (liff, liff.Liff),
    (oauth, oauth.ChannelAccessToken),
    (module, module.LineModule),
    (moduleattach, moduleattach.LineModuleAttach),
    (shop, shop.Shop),
]

# Other names of operations that are called by their own.
ALIASES = {
    "liff_v1_apps_get",
    "liff_v1_apps_post",
    "liff_v1_apps_liff_id_put",
    "liff_v1_apps_liff_id_delete",
}

called = set()


def operations(api):
    """The names of an API's operations."""
    names = [name for name, _ in inspect.getmembers(api, inspect.isfunction)]
    return {name for name in names if not name.startswith("_") and "_with_http_info" not in name} - ALIASES


def watch():
    """Notes every operation that is called from now on."""
    for _, api in CLIENTS:
        for name in operations(api):
            for method in (name, f"{name}_with_http_info"):
                if hasattr(api, method):
                    setattr(api, method, noting(f"{api.__name__}.{name}", getattr(api, method)))


def noting(name, function):
    @functools.wraps(function)
    def noted(*args, **kwargs):
        called.add(name)
        return function(*args, **kwargs)

    return noted


def client(api, token=None):
    """A client of the SDK that talks to the simulator."""
    package = next(package for package, known in CLIENTS if known is api)
    return api(package.ApiClient(package.Configuration(host=BASE, access_token=token)))


def control(path, body=None, method=None):
    """Plays the people on the phones."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{BASE}/simulator/api/{path}", data=data, method=method, headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def until(look, seconds=10):
    """Asks until the answer is true, and answers it."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if seen or time.monotonic() > end:
            return seen
        time.sleep(0.02)


class Receiver:
    """Takes webhooks and keeps them."""

    def __init__(self):
        received = self.received = []

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                received.append((body, self.headers["x-line-signature"]))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Session(unittest.TestCase):
    """A channel with clients of the SDK, one friend, and a receiver of webhooks."""

    # What the channel is made with.
    CHANNEL = {}

    @classmethod
    def setUpClass(cls):
        cls.channel = control("channels", {"name": "Bath-house", **cls.CHANNEL})
        cls.api = client(messaging.MessagingApi, cls.channel["token"])
        cls.blob = client(messaging.MessagingApiBlob, cls.channel["token"])
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.stop)
        cls.api.set_webhook_endpoint(messaging.SetWebhookEndpointRequest(endpoint=cls.receiver.url))
        cls.friend = cls.befriend("Ken", language="ja", status="いい湯だな", picture=True)

    @classmethod
    def befriend(cls, name, **more):
        return control("users", {"name": name, "follow": cls.channel["id"], **more})["id"]

    @classmethod
    def say(cls, message, room=None, **more):
        """The friend says something; answers the message's id."""
        body = {"room": room or cls.channel["id"], "message": message, **more}
        return control(f"users/{cls.friend}/say", body)["messageId"]

    @classmethod
    def events(cls):
        """The events that came since this was last asked, as the SDK reads them."""
        control(f"channels/{cls.channel['id']}/flush", {})
        parser = WebhookParser(cls.channel["secret"])
        came = [event for body, signature in cls.receiver.received for event in parser.parse(body, signature)]
        cls.receiver.received.clear()
        return came

    def answerable(self, words="hello"):
        """A fresh reply token."""
        self.events()
        self.say({"type": "text", "text": words})
        return self.events()[-1].reply_token

    def refused(self, status, call, *args, **kwargs):
        """Expects that the SDK raises its error, with status, body and request id; answers the body."""
        package = next(package for package, api in CLIENTS if isinstance(call.__self__, api))
        with self.assertRaises(package.ApiException) as caught:
            call(*args, **kwargs)
        error = caught.exception
        self.assertEqual(error.status, status, error.body)
        self.assertRegex(error.headers["x-line-request-id"], r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.error = error
        return json.loads(error.body)

    def phone(self, user=None):
        """What stands in the room with a friend."""
        return control(f"messages?room={self.channel['id']}&user={user or self.friend}")
