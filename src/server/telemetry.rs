//! Logs, request ids and figures about the program itself.

use axum::{
    extract::Request,
    http::HeaderValue,
    middleware::Next,
    response::{IntoResponse, Response},
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::time::Instant;
use tracing_subscriber::EnvFilter;

tokio::task_local! {
    static REQUEST_ID: String;
}

/// The id of the request being served; empty outside of one.
pub fn request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Starts logging to standard error: `text` for people, `json` for machines. Calling it twice is
/// harmless (tests do).
pub fn start(filter: &str, json: bool) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if json { log.json().try_init() } else { log.with_target(false).try_init() };
}

/// Installs the recorder; the handle renders the figures for Prometheus.
pub fn metrics() -> PrometheusHandle {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let _ = metrics::set_global_recorder(recorder);
    handle
}

/// Gives every request an id, counts it, times it, and logs it once.
pub async fn trace(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().simple().to_string();
    let method = request.method().clone();
    // Paths only: a query may carry what does not belong into a log.
    let path = request.uri().path().to_owned();
    let begun = Instant::now();
    let mut response = REQUEST_ID.scope(id.clone(), next.run(request)).await.into_response();
    let status = response.status().as_u16();
    let duration_ms = begun.elapsed().as_secs_f64() * 1_000.0;
    metrics::counter!("engawa_requests_total", "status" => status.to_string()).increment(1);
    metrics::histogram!("engawa_request_seconds").record(duration_ms / 1_000.0);
    if status >= 500 {
        tracing::error!(request_id = id, %method, path, status, duration_ms, "request failed");
    } else {
        tracing::debug!(request_id = id, %method, path, status, duration_ms, "request");
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
