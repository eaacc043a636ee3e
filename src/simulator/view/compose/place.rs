//! A sheet for sending a place.

use super::super::talk::Talk;
use crate::{
    browser::media,
    i18n::{Key, use_i18n},
    ui::Dialog,
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use serde_json::json;

/// Places to try things with: name, address, latitude, longitude.
const SAMPLES: [(&str, &str, f64, f64); 6] = [
    ("京都駅", "〒600-8216 京都府京都市下京区東塩小路町", 34.985_849, 135.758_767),
    ("道後温泉本館", "〒790-0842 愛媛県松山市道後湯之町5-6", 33.852_063, 132.786_389),
    ("วัดอรุณราชวราราม", "158 ถนนวังเดิม แขวงวัดอรุณ เขตบางกอกใหญ่ กรุงเทพมหานคร 10600", 13.743_740, 100.488_919),
    ("台北101", "110臺北市信義區信義路五段7號", 25.033_964, 121.564_468),
    ("九份老街", "224新北市瑞芳區基山街", 25.109_889, 121.845_199),
    ("Monumen Nasional", "Gambir, Jakarta Pusat, DKI Jakarta 10110", -6.175_392, 106.827_153),
];

/// Open while `open` is true.
#[component]
pub fn PlaceSheet(
    /// What goes on in the room.
    talk: Talk,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = RwSignal::new(String::new());
    let address = RwSignal::new(String::new());
    let (latitude, longitude) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let lost = RwSignal::new(false);
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let number = |text: RwSignal<String>| text.get_untracked().trim().parse::<f64>().ok();
        let Some((north, east)) = number(latitude).zip(number(longitude)) else { return };
        let mut body = json!({ "type": "location", "latitude": north, "longitude": east });
        for (name, text) in [("title", title), ("address", address)] {
            let text = text.get_untracked().trim().to_owned();
            if !text.is_empty() {
                body[name] = text.into();
            }
        }
        open.set(false);
        talk.send(body, || ());
    };
    let here = move |_| {
        lost.set(false);
        spawn_local(async move {
            match media::position().await {
                Some((north, east)) => {
                    latitude.set(format!("{north:.6}"));
                    longitude.set(format!("{east:.6}"));
                }
                None => lost.set(true),
            }
        });
    };
    let samples = SAMPLES.map(|(name, words, north, east)| {
        let take = move |_| {
            title.set(name.to_owned());
            address.set(words.to_owned());
            latitude.set(north.to_string());
            longitude.set(east.to_string());
        };
        view! { <button type="button" class="sim-button" on:click=take>{name}</button> }
    });
    let id = move |name: &str| talk.phone.id(name);
    let field = move |name: &str, label: Key, value: RwSignal<String>| {
        view! {
            <label for=id(name)>{i18n.t(label)}</label>
            <input
                id=id(name)
                maxlength="100"
                autocomplete="off"
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
    };
    let degrees = move |name: &str, label: Key, end: &'static str, value: RwSignal<String>| {
        view! {
            <div class="sim-form">
                <label for=id(name)>{i18n.t(label)}</label>
                <input
                    id=id(name)
                    type="number"
                    step="any"
                    min=format!("-{end}")
                    max=end
                    required=true
                    inputmode="decimal"
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
        }
    };
    view! {
        <Dialog open title=i18n.t(Key::SimPlace) id=id("place-title")>
            <form class="sim-form" on:submit=send>
                {field("place-name", Key::SimPlaceTitle, title)}
                {field("place-address", Key::SimPlaceAddress, address)}
                <div class="sim-form__pair">
                    {degrees("place-latitude", Key::SimLatitude, "90", latitude)}
                    {degrees("place-longitude", Key::SimLongitude, "180", longitude)}
                </div>
                <button type="button" class="sim-button" on:click=here>{i18n.t(Key::SimHere)}</button>
                <p role="status" class="phone__hint">{move || lost.get().then(|| i18n.t(Key::SimNoPosition))}</p>
                <p class="phone__hint" id=id("place-samples")>{i18n.t(Key::SimSamplePlaces)}</p>
                <div class="sim-form__choices" role="group" aria-labelledby=id("place-samples")>{samples.collect_view()}</div>
                <div class="dialog__actions">
                    <button class="sim-button sim-button--main">{i18n.t(Key::SimSend)}</button>
                </div>
            </form>
        </Dialog>
    }
}
