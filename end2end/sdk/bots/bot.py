"""A bot as LINE's SDK for Python shows it: WebhookHandler, one function for a kind of event."""

import functools
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from linebot.v3 import WebhookHandler
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    ApiClient,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    PostbackAction,
    QuickReply,
    QuickReplyItem,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhooks import FollowEvent, ImageMessageContent, MessageEvent, PostbackEvent, TextMessageContent

handler = WebhookHandler(os.environ["CHANNEL_SECRET"])
client = ApiClient(Configuration(host=os.environ["SIMULATOR"], access_token=os.environ["CHANNEL_TOKEN"]))
api, blob = MessagingApi(client), MessagingApiBlob(client)

BOOK = QuickReply(items=[QuickReplyItem(action=PostbackAction(label="Book", data="book"))])

# LINE may send an event twice; what was done once is done.
done, lock = set(), threading.Lock()


def answers(function):
    """Replies with what the function answers, once for an event."""

    @functools.wraps(function)
    def handle(event):
        with lock:
            if event.webhook_event_id in done:
                return
            done.add(event.webhook_event_id)
        try:
            message = function(event)
            api.reply_message(ReplyMessageRequest(reply_token=event.reply_token, messages=[message]))
        except Exception:
            done.discard(event.webhook_event_id)
            raise

    # The handler counts the parameters of what it calls.
    del handle.__wrapped__
    return handle


@handler.add(FollowEvent)
@answers
def on_follow(event):
    return TextMessage(text="welcome")


@handler.add(PostbackEvent)
@answers
def on_postback(event):
    return TextMessage(text=f"postback: {event.postback.data}")


@handler.add(MessageEvent, message=ImageMessageContent)
@answers
def on_image(event):
    return TextMessage(text=f"{len(blob.get_message_content(event.message.id))} bytes")


@handler.add(MessageEvent, message=TextMessageContent)
@answers
def on_text(event):
    words = event.message.text
    if words == "profile":
        return TextMessage(text=f"you are {api.get_profile(event.source.user_id).display_name}")
    if words == "menu":
        return TextMessage(text="what would you like?", quick_reply=BOOK)
    if words == "stumble":
        if not event.delivery_context.is_redelivery:
            raise RuntimeError("stumbled, as asked")
        return TextMessage(text="up again")
    return TextMessage(text=words)


@handler.default()
def on_others(event):
    pass


class Callback(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        try:
            handler.handle(body, self.headers.get("x-line-signature", ""))
            status = 200
        except InvalidSignatureError:
            status = 401
        except ValueError:
            status = 400
        except Exception as error:
            self.log_error("%s", error)
            status = 500
        self.send_response(status)
        self.end_headers()

    def log_request(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Callback)
print(f"a bot is at http://127.0.0.1:{server.server_address[1]}/callback", flush=True)
server.serve_forever()
