//! Microphone, position, and how long a film lasts. Asked for by name, because not every browser has them, and none
//! has them on a plain HTTP address.

use super::{document, window};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, Url};

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn call(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let function: Function = get(object, name)?.dyn_into().ok()?;
    let list: Array = arguments.iter().copied().collect();
    Reflect::apply(&function, object, &list).ok()
}

/// Milliseconds of a number of seconds that a browser told.
fn millis(seconds: f64) -> Option<u32> {
    let millis = seconds * 1_000.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at right before")]
    (millis.is_finite() && (0.0..4.0e9).contains(&millis)).then_some(millis as u32)
}

/// How long a film (or a sound) lasts, in milliseconds; none when the browser can't play it.
pub async fn length(file: &File, film: bool) -> Option<u32> {
    let element = document()?.create_element(if film { "video" } else { "audio" }).ok()?;
    let url = Url::create_object_url_with_blob(file).ok()?;
    let known = Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(&element, &"onloadedmetadata".into(), &resolve);
        let _ = Reflect::set(&element, &"onerror".into(), &reject);
    });
    let _ = Reflect::set(&element, &"preload".into(), &"metadata".into());
    let _ = Reflect::set(&element, &"src".into(), &url.as_str().into());
    let known = JsFuture::from(known).await;
    let _ = Url::revoke_object_url(&url);
    known.ok()?;
    millis(get(&element, "duration")?.as_f64()?)
}

/// A picture out of a film, as a JPEG; none when the browser can't play it.
pub async fn poster(file: &Blob) -> Option<Blob> {
    /// The longest side, in pixels.
    const SIDE: f64 = 1_280.0;
    let film = document()?.create_element("video").ok()?;
    let url = Url::create_object_url_with_blob(file).ok()?;
    let picture = async {
        for (name, value) in [("muted", JsValue::TRUE), ("playsInline", JsValue::TRUE), ("preload", "auto".into())] {
            Reflect::set(&film, &name.into(), &value).ok()?;
        }
        event_of(&film, "onloadeddata", || Reflect::set(&film, &"src".into(), &url.as_str().into()).is_ok()).await?;
        // The first picture is often black.
        let at = get(&film, "duration").and_then(|length| length.as_f64()).filter(|length| length.is_finite());
        let at = JsValue::from_f64((at.unwrap_or_default() / 4.0).min(1.0));
        event_of(&film, "onseeked", || Reflect::set(&film, &"currentTime".into(), &at).is_ok()).await?;
        let (width, height) = (get(&film, "videoWidth")?.as_f64()?, get(&film, "videoHeight")?.as_f64()?);
        let scale = (SIDE / width.max(height)).min(1.0);
        let canvas = document()?.create_element("canvas").ok()?;
        let (width, height) = ((width * scale).round().into(), (height * scale).round().into());
        Reflect::set(&canvas, &"width".into(), &width).ok()?;
        Reflect::set(&canvas, &"height".into(), &height).ok()?;
        let pen = call(&canvas, "getContext", &[&"2d".into()])?;
        call(&pen, "drawImage", &[&film, &0.into(), &0.into(), &width, &height])?;
        let made = Promise::new(&mut |resolve, reject| {
            if call(&canvas, "toBlob", &[&resolve, &"image/jpeg".into(), &0.85.into()]).is_none() {
                let _ = reject.call0(&JsValue::NULL);
            }
        });
        JsFuture::from(made).await.ok()?.dyn_into::<Blob>().ok()
    }
    .await;
    let _ = Url::revoke_object_url(&url);
    picture
}

/// Waits for an event that `cause` brings about; none when there is an error, or nothing for ten seconds.
async fn event_of(element: &JsValue, event: &str, cause: impl Fn() -> bool) -> Option<()> {
    let come = Promise::new(&mut |resolve, reject| {
        let _ = Reflect::set(element, &event.into(), &resolve);
        let _ = Reflect::set(element, &"onerror".into(), &reject);
        if !cause() {
            let _ = reject.call0(&JsValue::NULL);
        }
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, 10_000);
        }
    });
    JsFuture::from(come).await.ok().map(drop)
}

/// Where this browser is: latitude and longitude.
pub async fn position() -> Option<(f64, f64)> {
    let places = get(window()?.navigator().as_ref(), "geolocation")?;
    let found = Promise::new(&mut |resolve, reject| {
        if call(&places, "getCurrentPosition", &[&resolve, &reject]).is_none() {
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    let coords = get(&JsFuture::from(found).await.ok()?, "coords")?;
    Some((get(&coords, "latitude")?.as_f64()?, get(&coords, "longitude")?.as_f64()?))
}

/// A recording that goes on.
struct Recording {
    recorder: JsValue,
    stream: JsValue,
    parts: Array,
    began: f64,
    _keep: Closure<dyn FnMut(JsValue)>,
}

thread_local! {
    /// A browser has one microphone.
    static RECORDING: RefCell<Option<Recording>> = const { RefCell::new(None) };
}

/// Whether a voice can be recorded here.
pub fn can_record() -> bool {
    let Some(window) = window() else { return false };
    let devices = get(window.navigator().as_ref(), "mediaDevices");
    get(window.as_ref(), "MediaRecorder").is_some()
        && devices.is_some_and(|devices| get(&devices, "getUserMedia").is_some())
}

/// Begins to record. None when the reader did not allow it, or there is no microphone.
pub async fn record() -> Option<()> {
    discard();
    let window = window()?;
    let wish = Object::new();
    Reflect::set(&wish, &"audio".into(), &JsValue::TRUE).ok()?;
    let devices = get(window.navigator().as_ref(), "mediaDevices")?;
    let asked: Promise = call(&devices, "getUserMedia", &[&wish])?.dyn_into().ok()?;
    let stream = JsFuture::from(asked).await.ok()?;
    let maker: Function = get(window.as_ref(), "MediaRecorder")?.dyn_into().ok()?;
    // What phones send is MPEG-4; not every browser can make it.
    let options = Object::new();
    let mpeg = call(&maker, "isTypeSupported", &[&"audio/mp4".into()]).is_some_and(|can| can.is_truthy());
    if mpeg {
        Reflect::set(&options, &"mimeType".into(), &"audio/mp4".into()).ok()?;
    }
    let recorder = Reflect::construct(&maker, &Array::of2(&stream, &options)).ok()?;
    let parts = Array::new();
    let into = parts.clone();
    let keep = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        if let Some(part) = get(&event, "data") {
            into.push(&part);
        }
    });
    Reflect::set(&recorder, &"ondataavailable".into(), keep.as_ref()).ok()?;
    call(&recorder, "start", &[])?;
    let recording = Recording { recorder, stream, parts, began: js_sys::Date::now(), _keep: keep };
    RECORDING.set(Some(recording));
    Some(())
}

/// Ends the recording; answers it with its length in milliseconds.
pub async fn finish() -> Option<(Blob, u32)> {
    let recording = RECORDING.take()?;
    let lasted = js_sys::Date::now() - recording.began;
    let stopped = Promise::new(&mut |resolve, _| {
        let _ = Reflect::set(&recording.recorder, &"onstop".into(), &resolve);
    });
    call(&recording.recorder, "stop", &[])?;
    JsFuture::from(stopped).await.ok()?;
    silence(&recording);
    let kind = get(&recording.recorder, "mimeType")?.as_string()?;
    let options = Object::new();
    // Without the codec: a media type by which LINE's own clients could play it.
    Reflect::set(&options, &"type".into(), &kind.split(';').next().unwrap_or_default().into()).ok()?;
    let maker: Function = get(window()?.as_ref(), "Blob")?.dyn_into().ok()?;
    let blob = Reflect::construct(&maker, &Array::of2(&recording.parts, &options)).ok()?.dyn_into().ok()?;
    Some((blob, millis(lasted / 1_000.0)?))
}

/// Throws the recording away.
pub fn discard() {
    if let Some(recording) = RECORDING.take() {
        let _ = call(&recording.recorder, "stop", &[]);
        silence(&recording);
    }
}

/// Lets the microphone go.
fn silence(recording: &Recording) {
    let tracks = call(&recording.stream, "getTracks", &[]).and_then(|tracks| tracks.dyn_into::<Array>().ok());
    for track in tracks.iter().flat_map(Array::iter) {
        let _ = call(&track, "stop", &[]);
    }
}
