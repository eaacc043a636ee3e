//! Last words of a page: what is still to be told when it is being closed.

use super::window;
use js_sys::{Array, JsString};
use leptos::server_fn::ServerFn;
use serde::Serialize;
use web_sys::{Blob, BlobPropertyBag};

/// Calls a server function (of JSON) whose answer nobody waits for. Unlike a request, it outlives the page.
pub fn send<F: ServerFn + Serialize>(call: &F) {
    let Ok(json) = serde_json::to_string(call) else { return };
    let kind = BlobPropertyBag::new();
    kind.set_type("application/json");
    let body = Blob::new_with_str_sequence_and_options(&Array::of1(&JsString::from(json)), &kind);
    if let (Some(window), Ok(body)) = (window(), body) {
        let _ = window.navigator().send_beacon_with_opt_blob(F::PATH, Some(&body));
    }
}
