"""Every kind of access token, and LIFF apps."""

import base64
import hashlib
import json
import secrets
import time

from linebot.v3 import liff, messaging, oauth
from linebot.v3.liff import AddLiffAppRequest, LiffFeatures, LiffView, UpdateLiffAppRequest, UpdateLiffView

from line import Session, client, control

TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# What stands before a SHA-256 in a signature (RFC 8017 §9.2).
SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")


def text(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def prime(bits):
    """A number that is prime as far as forty witnesses can tell."""
    while True:
        number = secrets.randbits(bits) | 3 << bits - 2 | 1
        if any(number % small == 0 for small in (3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)):
            continue
        odd, twos = number - 1, 0
        while odd % 2 == 0:
            odd, twos = odd // 2, twos + 1

        def passes(witness):
            power = pow(witness, odd, number)
            return power in (1, number - 1) or any(
                (power := pow(power, 2, number)) == number - 1 for _ in range(twos - 1)
            )

        if all(passes(2 + secrets.randbelow(number - 4)) for _ in range(40)):
            return number


class Key:
    """An RSA key that signs; the standard library has none, and one test is not worth a package."""

    def __init__(self):
        e = 65537
        while True:
            p, q = prime(1024), prime(1024)
            phi = (p - 1) * (q - 1)
            if p != q and phi % e:
                break
        self.n, self.e, self.d = p * q, e, pow(e, -1, phi)

    def public(self):
        return {"kty": "RSA", "alg": "RS256", "n": text(self.n.to_bytes(256, "big")), "e": "AQAB"}

    def sign(self, data):
        hashed = SHA256 + hashlib.sha256(data).digest()
        padded = b"\0\1" + b"\xff" * (256 - 3 - len(hashed)) + b"\0" + hashed
        return pow(int.from_bytes(padded, "big"), self.d, self.n).to_bytes(256, "big")


class Tokens(Session):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tokens = client(oauth.ChannelAccessToken)
        cls.number, cls.secret = cls.channel["id"], cls.channel["secret"]

    def works(self, token):
        self.assertEqual(client(messaging.MessagingApi, token).get_bot_info().user_id, self.channel["bot"])

    def ended(self, token):
        self.refused(401, client(messaging.MessagingApi, token).get_bot_info)

    def test_short_lived(self):
        issued = self.tokens.issue_channel_token("client_credentials", self.number, self.secret)
        self.assertEqual((issued.token_type, issued.expires_in), ("Bearer", 2_592_000))
        self.works(issued.access_token)
        seen = self.tokens.verify_channel_token(issued.access_token)
        self.assertEqual(seen.client_id, self.number)
        self.assertGreater(seen.expires_in, 2_590_000)
        self.tokens.revoke_channel_token(issued.access_token)
        self.ended(issued.access_token)
        self.assertEqual(
            self.refused(400, self.tokens.verify_channel_token, issued.access_token)["error"], "invalid_request"
        )
        body = self.refused(400, self.tokens.issue_channel_token, "client_credentials", self.number, "wrong")
        self.assertEqual(body["error"], "invalid_client")

    def test_stateless(self):
        by_secret = self.tokens.issue_stateless_channel_token_by_client_secret(self.number, self.secret)
        self.assertEqual((by_secret.token_type, by_secret.expires_in), ("Bearer", 900))
        self.works(by_secret.access_token)
        plain = self.tokens.issue_stateless_channel_token(
            grant_type="client_credentials", client_id=self.number, client_secret=self.secret
        )
        self.works(plain.access_token)

    def test_by_assertion(self):
        key = Key()
        kid = control(f"channels/{self.number}/keys", key.public())["kid"]

        def assertion(signer=key, **claims):
            now = int(time.time())
            head = {"alg": "RS256", "typ": "JWT", "kid": kid}
            body = {
                "iss": self.number,
                "sub": self.number,
                "aud": "https://api.line.me/",
                "exp": now + 600,
                "token_exp": 86_400,
                **claims,
            }
            signed = ".".join(text(json.dumps(part).encode()) for part in (head, body))
            return f"{signed}.{text(signer.sign(signed.encode()))}"

        issued = self.tokens.issue_channel_token_by_jwt("client_credentials", TYPE, assertion())
        self.assertEqual((issued.token_type, issued.expires_in), ("Bearer", 86_400))
        self.works(issued.access_token)
        self.assertEqual(self.tokens.verify_channel_token_by_jwt(issued.access_token).client_id, self.number)
        kids = self.tokens.gets_all_valid_channel_access_token_key_ids(TYPE, assertion()).kids
        self.assertEqual(kids, [issued.key_id])
        stateless = self.tokens.issue_stateless_channel_token_by_jwt_assertion(assertion())
        self.works(stateless.access_token)
        self.tokens.revoke_channel_token_by_jwt(self.number, self.secret, issued.access_token)
        self.ended(issued.access_token)

        issue = self.tokens.issue_channel_token_by_jwt
        wrong = [{"iss": "1"}, {"sub": "1"}, {"aud": "https://example.com/"}, {"exp": 1}, {"token_exp": 0}]
        for claims in [*wrong, {"exp": int(time.time()) + 3600}, {"signer": Key()}]:
            with self.subTest(claims=claims):
                self.refused(400, issue, "client_credentials", TYPE, assertion(**claims))


class LiffApps(Session):
    def test_an_app_from_adding_to_deleting(self):
        apps = client(liff.Liff, self.channel["token"])
        self.refused(404, apps.get_all_liff_apps)
        view = LiffView(type="full", url="https://example.com/card")
        added = apps.add_liff_app(
            AddLiffAppRequest(
                view=view,
                description="Stamp card",
                features=LiffFeatures(qr_code=True),
                scope=["profile", "openid"],
                bot_prompt="normal",
            )
        )
        self.assertTrue(added.liff_id.startswith(f"{self.channel['id']}-"))
        apps.update_liff_app(added.liff_id, UpdateLiffAppRequest(view=UpdateLiffView(type="tall"), bot_prompt="none"))
        [app] = apps.get_all_liff_apps().apps
        self.assertEqual((app.liff_id, app.view.type, app.view.url), (added.liff_id, "tall", view.url))
        self.assertEqual((app.description, app.bot_prompt, app.scope), ("Stamp card", "none", ["profile", "openid"]))
        self.assertTrue(app.features.qr_code)
        wrong = AddLiffAppRequest(view=LiffView(type="full", url="http://example.com/"))
        self.refused(400, apps.add_liff_app, wrong)
        apps.delete_liff_app(added.liff_id)
        self.refused(404, apps.delete_liff_app, added.liff_id)
