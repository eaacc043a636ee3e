//! Sends files and tells how far they have got.

use js_sys::Promise;
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FormData, ProgressEvent, XmlHttpRequest};

/// Posts a form; `progress` hears how much of it has left, from 0 to 100. Answers the status.
///
/// # Errors
/// When there was no answer.
pub async fn post(url: &str, form: &FormData, progress: impl Fn(u8) + 'static) -> Result<u16, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", url)?;
    let told = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
            progress((event.loaded() / event.total() * 100.0).clamp(0.0, 100.0) as u8);
        }
    });
    request.upload()?.set_onprogress(Some(told.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onload(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onabort(Some(&reject));
    });
    request.send_with_opt_form_data(Some(form))?;
    JsFuture::from(ended).await?;
    request.status()
}

thread_local! {
    /// What is on its way, so that it can be stopped.
    static GOING: RefCell<HashMap<u32, XmlHttpRequest>> = RefCell::default();
}

/// Posts a file as it is, under a number by which it can be stopped. Answers the status and the body.
///
/// # Errors
/// When there was no answer, or it was stopped.
pub async fn put(
    number: u32,
    url: &str,
    file: &Blob,
    progress: impl Fn(u8) + 'static,
) -> Result<(u16, String), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", url)?;
    let told = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() && event.total() > 0.0 {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
            progress((event.loaded() / event.total() * 100.0).clamp(0.0, 100.0) as u8);
        }
    });
    request.upload()?.set_onprogress(Some(told.as_ref().unchecked_ref()));
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onload(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onabort(Some(&reject));
    });
    request.send_with_opt_blob(Some(file))?;
    GOING.with_borrow_mut(|going| going.insert(number, request.clone()));
    let ended = JsFuture::from(ended).await;
    GOING.with_borrow_mut(|going| going.remove(&number));
    ended?;
    Ok((request.status()?, request.response_text()?.unwrap_or_default()))
}

/// Stops what was sent under a number.
pub fn stop(number: u32) {
    if let Some(request) = GOING.with_borrow_mut(|going| going.remove(&number)) {
        let _ = request.abort();
    }
}
