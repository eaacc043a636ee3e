//! Rate limits (line-platform.md §3): a token bucket for each channel, endpoint and method.

use crate::{
    simulator::world::World,
    time::{HOUR, MINUTE, SECOND},
};
use axum::http::Method;

/// So many calls in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Calls; also how many may come at once.
    pub calls: u32,
    /// Milliseconds in which they grow back.
    pub within: i64,
}

/// What LINE allows at an endpoint. `route` is the path with its parameters' names, which therefore
/// do not split a bucket.
pub fn allowance(method: &Method, route: &str) -> Allowance {
    let (calls, within) = match route.trim_start_matches("/v2/bot/") {
        "message/narrowcast" | "message/broadcast" | "channel/webhook/test" => (60, HOUR),
        "message/multicast" => (200, SECOND),
        "channel/webhook/endpoint" => (1_000, MINUTE),
        "chat/loading/start" => (100, SECOND),
        "/v2/oauth/accessToken" => (370, SECOND),
        "richmenu/batch" => (3, HOUR),
        "richmenu/list" => (10, SECOND),
        "richmenu/progress/batch" => (100, HOUR),
        "richmenu" if method == Method::POST => (100, HOUR),
        path if method == Method::DELETE && path.starts_with("richmenu/") => (100, HOUR),
        path if path.starts_with("insight/") => (60, HOUR),
        path if path.starts_with("audienceGroup") => (60, MINUTE),
        path if path.starts_with("membership") || path.starts_with("coupon") => (200, SECOND),
        _ => (2_000, SECOND),
    };
    Allowance { calls, within }
}

/// How much of an allowance is left.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    /// Calls that may still come, with what has grown of the next one.
    tokens: f64,
    /// When they were counted, Unix milliseconds.
    counted: i64,
}

impl Bucket {
    /// A full one.
    pub fn full(allowance: Allowance, now: i64) -> Self {
        Self { tokens: f64::from(allowance.calls), counted: now }
    }

    /// Takes a token, if there is one. A clock that was set back lets nothing grow.
    pub fn take(&mut self, allowance: Allowance, now: i64) -> bool {
        let calls = f64::from(allowance.calls);
        let waited = (now - self.counted).clamp(0, allowance.within);
        #[expect(clippy::cast_precision_loss, reason = "at most an hour in milliseconds")]
        let grown = calls * waited as f64 / allowance.within as f64;
        self.tokens = (self.tokens + grown).min(calls);
        self.counted = now;
        let there = self.tokens >= 1.0;
        if there {
            self.tokens -= 1.0;
        }
        there
    }
}

impl World {
    /// Takes a channel's token for an endpoint; `false` when it has to wait.
    pub(in crate::simulator) fn take_token(&mut self, channel: &str, method: &Method, route: &str) -> bool {
        let (allowance, now) = (allowance(method, route), self.now());
        let bucket = self.buckets.entry((channel.to_owned(), format!("{method} {route}")));
        bucket.or_insert_with(|| Bucket::full(allowance, now)).take(allowance, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_grow_back() {
        let allowance = Allowance { calls: 60, within: HOUR };
        let mut bucket = Bucket::full(allowance, 0);
        assert_eq!((0..100).filter(|_| bucket.take(allowance, 0)).count(), 60);
        assert!(!bucket.take(allowance, 59 * SECOND));
        assert!(bucket.take(allowance, 61 * SECOND));
        assert!(!bucket.take(allowance, 61 * SECOND));
        assert!(!bucket.take(allowance, 0), "a clock set back");
        assert_eq!((0..100).filter(|_| bucket.take(allowance, 9 * HOUR)).count(), 60);
    }

    #[test]
    fn endpoints_have_lines_limits() {
        let of = |method, route| allowance(&method, route).calls;
        assert_eq!(allowance(&Method::POST, "/v2/bot/message/broadcast"), Allowance { calls: 60, within: HOUR });
        assert_eq!(of(Method::POST, "/v2/bot/message/multicast"), 200);
        assert_eq!(of(Method::POST, "/v2/bot/message/push"), 2_000);
        assert_eq!(of(Method::POST, "/v2/bot/message/validate/broadcast"), 2_000);
        assert_eq!((of(Method::POST, "/v2/bot/richmenu"), of(Method::GET, "/v2/bot/richmenu/{id}")), (100, 2_000));
        assert_eq!(of(Method::DELETE, "/v2/bot/richmenu/alias/{alias}"), 100);
        assert_eq!(of(Method::POST, "/v2/oauth/accessToken"), 370);
        assert_eq!(of(Method::GET, "/v2/bot/insight/followers"), 60);
        assert_eq!(of(Method::GET, "/v2/bot/audienceGroup/list"), 60);
    }
}
