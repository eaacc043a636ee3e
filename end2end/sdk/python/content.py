"""What friends sent: pictures, films, sounds and files."""

import base64
import struct
import zlib

from line import Session, control


def png(width, height):
    """A picture of one colour."""

    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x06\xc7\x55" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


class Content(Session):
    def send(self, kind, data, mime, **more):
        said = {"base64": base64.b64encode(data).decode(), "mime": mime}
        return self.say({"type": kind, **more.pop("message", {})}, **said, **more)

    def test_a_picture_and_its_preview(self):
        picture = png(600, 400)
        message = self.send("image", picture, "image/png")
        self.assertEqual(bytes(self.blob.get_message_content(message)), picture)
        got = self.blob.get_message_content_with_http_info(message)
        self.assertEqual(got.headers["content-type"], "image/png")
        preview = bytes(self.blob.get_message_content_preview(message))
        self.assertEqual(preview[:3], b"\xff\xd8\xff")

    def test_a_film_is_transcoded_first(self):
        message = self.send("video", b"a film", "video/mp4", preparing=60_000)
        self.assertEqual(self.blob.get_message_content_transcoding_by_message_id(message).status, "processing")
        self.assertEqual(self.blob.get_message_content_with_http_info(message).status_code, 202)
        control("clock", {"now": control("clock")["now"] + 120_000})
        try:
            self.assertEqual(self.blob.get_message_content_transcoding_by_message_id(message).status, "succeeded")
            self.assertEqual(bytes(self.blob.get_message_content(message)), b"a film")
            self.assertEqual(bytes(self.blob.get_message_content_preview(message))[:3], b"\xff\xd8\xff")
        finally:
            control("clock", {})

    def test_sounds_and_files(self):
        sound = self.send("audio", b"a bell", "audio/mp4")
        self.assertEqual(bytes(self.blob.get_message_content(sound)), b"a bell")
        self.refused(400, self.blob.get_message_content_preview, sound)
        paper = self.send("file", b"%PDF", "application/pdf", message={"fileName": "menu.pdf"})
        self.assertEqual(bytes(self.blob.get_message_content(paper)), b"%PDF")
        self.refused(400, self.blob.get_message_content_transcoding_by_message_id, paper)

    def test_what_is_gone_or_never_was(self):
        message = self.send("image", b"a picture", "image/png")
        control(f"users/{self.friend}/unsend", {"messageId": message})
        self.assertEqual(self.refused(410, self.blob.get_message_content, message), {"message": "The content is gone"})
        self.assertEqual(self.refused(404, self.blob.get_message_content, "1"), {"message": "not found"})
