//! The Messaging API as a client (line-platform.md §2, §4, §5, §14). Which host it talks to is the
//! account's; nothing here knows about accounts.

use reqwest::{RequestBuilder, Response, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// LINE's own API host.
pub const API_BASE: &str = "https://api.line.me";
/// LINE's own host for content.
const DATA_BASE: &str = "https://api-data.line.me";

/// How long fetching the bytes of one message may take: 200 MB over a slow line.
const CONTENT_TIME: std::time::Duration = std::time::Duration::from_secs(540);

/// How a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// LINE was not reached: it can't have done anything.
    NotReached,
    /// LINE was reached, but its answer was not: it may have done it or not.
    NoAnswer,
    /// LINE answered with an error.
    Status {
        /// HTTP status.
        status: u16,
        /// LINE's message, with its details; empty when the body was not LINE's.
        message: String,
    },
}

impl Error {
    /// The month's messages are used up. LINE uses 429 for this and for the rate limit alike; only
    /// the text tells them apart.
    pub fn is_quota(&self) -> bool {
        matches!(self, Self::Status { status: 429, message } if message.contains("monthly limit"))
    }

    /// The token is not valid (any more).
    pub fn is_token(&self) -> bool {
        matches!(self, Self::Status { status: 401, .. })
    }

    /// The reply token was used or is too old.
    pub fn is_reply_token(&self) -> bool {
        matches!(self, Self::Status { status: 400, message } if message.contains("Invalid reply token"))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotReached => f.write_str("LINE can't be reached"),
            Self::NoAnswer => f.write_str("LINE gave no answer"),
            Self::Status { status, message } => write!(f, "{status} {message}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<reqwest::Error> for Error {
    fn from(error: reqwest::Error) -> Self {
        if error.is_connect() || error.is_builder() { Self::NotReached } else { Self::NoAnswer }
    }
}

/// What LINE says about the account (GET /v2/bot/info).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BotInfo {
    /// The bot's own user id.
    pub user_id: String,
    /// `@…`
    pub basic_id: String,
    /// The chosen id of a premium account.
    pub premium_id: Option<String>,
    /// Name.
    pub display_name: String,
    /// Picture.
    pub picture_url: Option<String>,
    /// `chat` or `bot`.
    #[serde(default)]
    pub chat_mode: String,
}

/// What LINE says about a user.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserProfile {
    /// Name.
    pub display_name: String,
    /// Picture.
    pub picture_url: Option<String>,
    /// Status message.
    pub status_message: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
}

/// What LINE says about a group.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupSummary {
    /// Name.
    pub group_name: String,
    /// Picture.
    pub picture_url: Option<String>,
}

/// Where LINE sends its webhooks.
#[derive(Debug, Clone, Deserialize)]
pub struct WebhookEndpoint {
    /// Address.
    pub endpoint: String,
    /// "Use webhook" is on.
    pub active: bool,
}

/// What became of LINE's test of an endpoint.
#[derive(Debug, Clone, Deserialize)]
pub struct WebhookTest {
    /// It was answered with 200.
    pub success: bool,
    /// OK, COULD_NOT_CONNECT, …
    #[serde(default)]
    pub reason: String,
    /// In LINE's words.
    #[serde(default)]
    pub detail: String,
}

/// A message that LINE took.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SentMessage {
    /// LINE's id of it.
    pub id: String,
    /// For quoting it.
    pub quote_token: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Sent {
    sent_messages: Vec<SentMessage>,
}

/// A token as LINE issues it.
#[derive(Deserialize)]
pub struct Token {
    /// The token.
    pub access_token: String,
    /// Seconds.
    pub expires_in: i64,
}

/// What can be fetched of a message's bytes.
pub enum ContentAnswer {
    /// Here they come.
    Ready(Response),
    /// LINE is still preparing them: ask again.
    Preparing,
    /// Taken back or too old.
    Gone,
}

/// One channel's way to LINE.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    api: String,
    data: String,
    token: String,
}

impl Client {
    /// A client for the channel that `token` belongs to. `api_base` is [`API_BASE`], or a simulator's
    /// address, which serves both of LINE's hosts unless
    /// [`Client::with_data`] names another for content.
    pub fn new(http: &reqwest::Client, api_base: &str, token: String) -> Self {
        let data = if api_base == API_BASE { DATA_BASE } else { api_base };
        Self { http: http.clone(), api: api_base.into(), data: data.into(), token }
    }

    /// Fetches content from another host, where a simulator keeps LINE's hosts apart.
    pub fn with_data(mut self, data_base: Option<&str>) -> Self {
        if let Some(data) = data_base {
            self.data = data.into();
        }
        self
    }

    /// GET /v2/bot/info
    pub async fn bot_info(&self) -> Result<BotInfo, Error> {
        read(self.get("/v2/bot/info")).await
    }

    /// GET /v2/bot/profile/{user}: `404` for people who blocked us or are gone.
    pub async fn profile(&self, user: &str) -> Result<UserProfile, Error> {
        read(self.get(&format!("/v2/bot/profile/{user}"))).await
    }

    /// The profile of a member of a `group` or `room`, who need not be a friend.
    pub async fn member(&self, kind: &str, id: &str, user: &str) -> Result<UserProfile, Error> {
        read(self.get(&format!("/v2/bot/{kind}/{id}/member/{user}"))).await
    }

    /// GET /v2/bot/group/{id}/summary
    pub async fn group(&self, id: &str) -> Result<GroupSummary, Error> {
        read(self.get(&format!("/v2/bot/group/{id}/summary"))).await
    }

    /// How many people are in a `group` or `room`, without the bot.
    pub async fn member_count(&self, kind: &str, id: &str) -> Result<i64, Error> {
        let value: Value = read(self.get(&format!("/v2/bot/{kind}/{id}/members/count"))).await?;
        Ok(value["count"].as_i64().unwrap_or(1))
    }

    /// The month's cap; none when the account has none.
    pub async fn quota(&self) -> Result<Option<i64>, Error> {
        let value: Value = read(self.get("/v2/bot/message/quota")).await?;
        Ok(value["value"].as_i64())
    }

    /// Messages used this month, approximately.
    pub async fn quota_used(&self) -> Result<i64, Error> {
        let value: Value = read(self.get("/v2/bot/message/quota/consumption")).await?;
        Ok(value["totalUsage"].as_i64().unwrap_or_default())
    }

    /// Where LINE sends this channel's webhooks; none when it was never set.
    pub async fn webhook_endpoint(&self) -> Result<Option<WebhookEndpoint>, Error> {
        match read(self.get("/v2/bot/channel/webhook/endpoint")).await {
            Ok(endpoint) => Ok(Some(endpoint)),
            Err(Error::Status { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Tells LINE where to send this channel's webhooks (https only).
    pub async fn set_webhook_endpoint(&self, endpoint: &str) -> Result<(), Error> {
        let request = self.http.put(format!("{}/v2/bot/channel/webhook/endpoint", self.api));
        read::<Value>(request.bearer_auth(&self.token).json(&json!({ "endpoint": endpoint }))).await.map(drop)
    }

    /// Has LINE send an empty, signed webhook to the endpoint that is set.
    pub async fn test_webhook(&self) -> Result<WebhookTest, Error> {
        read(self.post("/v2/bot/channel/webhook/test").json(&json!({}))).await
    }

    /// Answers with a reply token: free, once. There is no retry key: when the answer is lost, nobody
    /// can know whether LINE took it.
    pub async fn reply(&self, token: &str, messages: &[Value], silent: bool) -> Result<Vec<SentMessage>, Error> {
        let body = json!({ "replyToken": token, "messages": messages, "notificationDisabled": silent });
        read::<Sent>(self.post("/v2/bot/message/reply").json(&body)).await.map(|sent| sent.sent_messages)
    }

    /// Sends to a user, group or room; counted. The same `retry_key` with the same body is executed
    /// once in 24 hours, so a call whose answer was lost may be made again: 409 is success.
    pub async fn push(
        &self,
        retry_key: &str,
        to: &str,
        messages: &[Value],
        silent: bool,
    ) -> Result<Vec<SentMessage>, Error> {
        let request = self.post("/v2/bot/message/push").header("X-Line-Retry-Key", retry_key);
        let body = json!({ "to": to, "messages": messages, "notificationDisabled": silent });
        let response = request.json(&body).send().await?;
        if response.status() == StatusCode::CONFLICT {
            return Ok(response.json::<Sent>().await.unwrap_or_default().sent_messages);
        }
        answer::<Sent>(response).await.map(|sent| sent.sent_messages)
    }

    /// Tells a friend that everything up to the message of this token was read.
    pub async fn mark_as_read(&self, token: &str) -> Result<(), Error> {
        let request = self.post("/v2/bot/chat/markAsRead").json(&json!({ "markAsReadToken": token }));
        read::<Value>(request).await.map(drop)
    }

    /// Shows a friend that an answer is being made, for so many seconds or until it comes: 5 to 60, in fives.
    pub async fn start_loading(&self, user: &str, seconds: i64) -> Result<(), Error> {
        let request =
            self.post("/v2/bot/chat/loading/start").json(&json!({ "chatId": user, "loadingSeconds": seconds }));
        read::<Value>(request).await.map(drop)
    }

    /// The bytes of a message.
    pub async fn content(&self, message: &str) -> Result<ContentAnswer, Error> {
        let request = self.http.get(format!("{}/v2/bot/message/{message}/content", self.data));
        let response = request.bearer_auth(&self.token).timeout(CONTENT_TIME).send().await?;
        match response.status() {
            StatusCode::OK => Ok(ContentAnswer::Ready(response)),
            StatusCode::ACCEPTED => Ok(ContentAnswer::Preparing),
            StatusCode::GONE | StatusCode::NOT_FOUND => Ok(ContentAnswer::Gone),
            _ => answer::<Value>(response).await.map(|_| ContentAnswer::Gone),
        }
    }

    /// Leaves a `group` or `room`. `404` when the account is not in it.
    pub async fn leave(&self, kind: &str, id: &str) -> Result<(), Error> {
        read::<Value>(self.post(&format!("/v2/bot/{kind}/{id}/leave"))).await.map(drop)
    }

    /// The small picture of a film; none when LINE has none (any more).
    pub async fn preview(&self, message: &str) -> Result<Option<Response>, Error> {
        let request = self.http.get(format!("{}/v2/bot/message/{message}/content/preview", self.data));
        let response = request.bearer_auth(&self.token).send().await?;
        Ok(Some(response).filter(|response| response.status() == StatusCode::OK))
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.api)).bearer_auth(&self.token)
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.api)).bearer_auth(&self.token)
    }
}

/// A stateless token for a channel: good for 15 minutes, as many as one likes.
pub async fn issue_token(http: &reqwest::Client, api_base: &str, channel: &str, secret: &str) -> Result<Token, Error> {
    let form = [("grant_type", "client_credentials"), ("client_id", channel), ("client_secret", secret)];
    read(http.post(format!("{api_base}/oauth2/v3/token")).form(&form)).await
}

async fn read<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, Error> {
    answer(request.send().await?).await
}

async fn answer<T: DeserializeOwned>(response: Response) -> Result<T, Error> {
    let status = response.status();
    let body = response.bytes().await.map_err(|_| Error::NoAnswer)?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|_| Error::NoAnswer);
    }
    Err(Error::Status { status: status.as_u16(), message: words(&body) })
}

/// LINE's message and details, or the OAuth family's description, in one line.
fn words(body: &[u8]) -> String {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let main = text(&value, "message").or_else(|| text(&value, "error_description")).unwrap_or_default();
    let details = value.get("details").and_then(Value::as_array).into_iter().flatten().map(|detail| {
        let parts = [text(detail, "property"), text(detail, "message")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(": ")
    });
    std::iter::once(main).chain(details).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
}
