//! Samples to copy. What each SDK calls its options was read in its source (November 2026).

/// Flags of `engawa simulator`.
pub const FLAGS: [&str; 12] = [
    "--listen ADDRESS",
    "--data-dir DIR",
    "--state FILE",
    "--import FILE",
    "--demo",
    "--base-url URL",
    "--strict",
    "--data-listen ADDRESS",
    "--rate-limits",
    "--fault FAULT",
    "--crowd N",
    "--help",
];

/// Addresses of LINE Login and LIFF.
pub const LOGIN: [&str; 7] = [
    "/oauth2/v2.1/authorize",
    "/oauth2/v2.1/token",
    "/oauth2/v2.1/verify · /revoke · /userinfo · /certs",
    "/v2/profile · /friendship/v1/status · /user/v1/deauthorize",
    "/.well-known/openid-configuration",
    "/liff/{liffId}",
    "/liff/edge/2/sdk.js",
];

/// What samples name.
pub struct Here {
    /// This simulator's address.
    pub base: String,
    /// A channel id of it.
    pub channel: String,
}

impl Here {
    fn fill(&self, sample: &str) -> String {
        sample.replace("{BASE}", &self.base).replace("{CHANNEL}", &self.channel)
    }

    pub fn start(&self) -> String {
        "engawa simulator\nengawa simulator --listen 0.0.0.0:3010 --data-dir line --fault kind=rate_limit,path=/push,probability=0.1".into()
    }

    pub fn node(&self) -> String {
        self.fill(
            r#"
import { messagingApi, middleware } from '@line/bot-sdk';

const options = { channelAccessToken: process.env.CHANNEL_ACCESS_TOKEN, baseURL: '{BASE}' };
const api = new messagingApi.MessagingApiClient(options);
const blob = new messagingApi.MessagingApiBlobClient(options);
"#,
        )
    }

    pub fn node_new(&self) -> String {
        self.fill(
            r#"
import { LineBotClient } from '@line/bot-sdk';

const client = LineBotClient.fromChannelAccessToken({
  channelAccessToken: process.env.CHANNEL_ACCESS_TOKEN,
  apiBaseURL: '{BASE}',
  dataApiBaseURL: '{BASE}',
});
"#,
        )
    }

    pub fn python(&self) -> String {
        self.fill(
            r#"
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, MessagingApiBlob

class SimulatorClient(ApiClient):
    def call_api(self, *args, **kwargs):
        kwargs["_host"] = "{BASE}"
        return super().call_api(*args, **kwargs)

with SimulatorClient(Configuration(access_token=TOKEN)) as client:
    api = MessagingApi(client)
    blob = MessagingApiBlob(client)
"#,
        )
    }

    pub fn java(&self) -> String {
        self.fill(
            r#"
MessagingApiClient api = MessagingApiClient.builder(token)
    .apiEndPoint(URI.create("{BASE}"))
    .build();
MessagingApiBlobClient blob = MessagingApiBlobClient.builder(token)
    .apiEndPoint(URI.create("{BASE}"))
    .build();
"#,
        )
    }

    pub fn go(&self) -> String {
        self.fill(
            r#"
api, err := messaging_api.NewMessagingApiAPI(token, messaging_api.WithEndpoint("{BASE}"))
blob, err := messaging_api.NewMessagingApiBlobAPI(token, messaging_api.WithBlobEndpoint("{BASE}"))
"#,
        )
    }

    pub fn php(&self) -> String {
        self.fill(
            r#"
use GuzzleHttp\{Client, HandlerStack, Middleware};
use LINE\Clients\MessagingApi\{Api\MessagingApiApi, Api\MessagingApiBlobApi, Configuration};

$simulator = new GuzzleHttp\Psr7\Uri('{BASE}');
$stack = HandlerStack::create();
$stack->push(Middleware::mapRequest(fn ($request) => $request->withUri(
    $request->getUri()
        ->withScheme($simulator->getScheme())->withHost($simulator->getHost())->withPort($simulator->getPort())
)));
$client = new Client(['handler' => $stack]);
$config = (new Configuration())->setAccessToken($token);
$api = new MessagingApiApi(client: $client, config: $config);
$blob = new MessagingApiBlobApi(client: $client, config: $config);
"#,
        )
    }

    pub fn ruby(&self) -> String {
        self.fill(
            r#"
require 'line/bot'

api = Line::Bot::V2::MessagingApi::ApiClient.new(base_url: '{BASE}', channel_access_token: token)
blob = Line::Bot::V2::MessagingApi::ApiBlobClient.new(base_url: '{BASE}', channel_access_token: token)
"#,
        )
    }

    pub fn endpoint(&self) -> String {
        self.fill(
            r#"
curl -X POST {BASE}/simulator/api/channels/{CHANNEL} -H 'content-type: application/json' \
  -d '{"endpoint": "http://127.0.0.1:8080/callback", "redelivery": true}'
curl {BASE}/simulator/api/webhooks/{CHANNEL}
"#,
        )
    }

    pub fn control(&self) -> String {
        self.fill(
            r#"
# a friend who adds the account; answers with their id
curl -X POST {BASE}/simulator/api/users -H 'content-type: application/json' \
  -d '{"name": "Mika", "language": "ja", "follow": "{CHANNEL}"}'
# the friend writes
curl -X POST {BASE}/simulator/api/users/$USER_ID/say -H 'content-type: application/json' \
  -d '{"room": "{CHANNEL}", "message": {"type": "text", "text": "hello"}}'
# waits until every webhook in line has been tried
curl -X POST {BASE}/simulator/api/channels/{CHANNEL}/flush
# what the friend's phone shows
curl "{BASE}/simulator/api/messages?room={CHANNEL}&user=$USER_ID"
# everything that LINE accepted from this channel
curl "{BASE}/simulator/api/accepted?channel={CHANNEL}"
"#,
        )
    }

    pub fn faults(&self) -> String {
        self.fill(
            r#"
curl -X POST {BASE}/simulator/api/faults -H 'content-type: application/json' \
  -d '{"kind": "cut_after", "path": "/message/push", "remaining": 1}'
curl -X POST {BASE}/simulator/api/faults -H 'content-type: application/json' \
  -d '{"kind": "latency", "millis": 3000, "probability": 0.2, "channel": "{CHANNEL}", "seconds": 60}'
curl {BASE}/simulator/api/faults
curl -X DELETE {BASE}/simulator/api/faults
"#,
        )
    }

    pub fn clock(&self) -> String {
        self.fill(
            r#"
# a day on
curl -X POST {BASE}/simulator/api/clock -H 'content-type: application/json' -d '{"advance": 86400000}'
# back to the real time
curl -X POST {BASE}/simulator/api/clock -H 'content-type: application/json' -d '{}'
"#,
        )
    }

    pub fn state(&self) -> String {
        self.fill(
            r#"
curl {BASE}/simulator/api/state > state.json
curl -X PUT {BASE}/simulator/api/state --data-binary @state.json
engawa simulator --import state.json
engawa simulator --state state.json
"#,
        )
    }
}
