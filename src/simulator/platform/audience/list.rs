//! Many audiences at once, a page at a time.

use super::{refuse, show, yes_or_no};
use crate::simulator::{
    platform::{
        call::Caller,
        refusal::{Answer, Refusal},
    },
    world::audience::Audience,
};
use axum::{Json, extract::Query, response::IntoResponse};
use serde::Deserialize;
use serde_json::{Value, json};

const STATUSES: [&str; 6] = ["IN_PROGRESS", "READY", "FAILED", "EXPIRED", "INACTIVE", "ACTIVATING"];
/// The last two come with shared audiences and are missing in LINE's OpenAPI (§21).
const ROUTES: [&str; 6] =
    ["OA_MANAGER", "MESSAGING_API", "POINT_AD", "AD_MANAGER", "BUSINESS_MANAGER", "YAHOO_DISPLAY_ADS"];
/// The most audiences on a page.
const SIZE_LIMIT: usize = 40;

/// What is asked for; texts, so that a wrong one is refused in LINE's words.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Asked {
    page: Option<String>,
    size: Option<String>,
    description: Option<String>,
    status: Option<String>,
    create_route: Option<String>,
    includes_external_public_groups: Option<String>,
    includes_owned_audience_groups: Option<String>,
}

fn at_least_one(name: &str, given: &str) -> Result<usize, Refusal> {
    match given.parse::<i64>() {
        Err(_) => Err(Refusal::new(400, format!("The value for the '{name}' parameter is invalid"))),
        Ok(number) if number < 1 => {
            Err(refuse::code(&format!("{name}: must be greater than or equal to 1"), "TOO_LOW", None))
        }
        Ok(number) => Ok(usize::try_from(number).unwrap_or(usize::MAX)),
    }
}

fn flag(name: &str, given: Option<&str>, otherwise: bool) -> Result<bool, Refusal> {
    let wrong = || Refusal::new(400, format!("The value for the '{name}' parameter is invalid"));
    match given {
        None | Some("") => Ok(otherwise),
        Some(text) => yes_or_no(text).ok_or_else(wrong),
    }
}

fn one_of(name: &str, given: &Option<String>, allowed: &[&str]) -> Result<(), Refusal> {
    match given {
        Some(text) if !allowed.contains(&text.as_str()) => {
            Err(Refusal::new(400, format!("The value for the '{name}' parameter is invalid")))
        }
        _ => Ok(()),
    }
}

fn answer(caller: &Caller, asked: &Asked, wanted: impl Fn(&Audience) -> bool) -> Answer {
    let page = asked.page.as_deref().ok_or_else(|| Refusal::details(&[("must be specified".into(), "page".into())]))?;
    let page = at_least_one("page", page)?;
    let size = asked.size.as_deref().map_or(Ok(20), |size| at_least_one("size", size))?;
    if size > SIZE_LIMIT {
        return Err(refuse::code("size: must be less than or equal to 40", "TOO_HIGH", None));
    }
    one_of("status", &asked.status, &STATUSES)?;
    one_of("createRoute", &asked.create_route, &ROUTES)?;
    let part = asked.description.as_deref().unwrap_or_default().to_lowercase();
    let now = caller.sim.now();
    caller.sim.with(|world| {
        let settings = world.settings;
        let found: Vec<&Audience> = world
            .audiences_of(&caller.channel, now)
            .filter(|audience| wanted(audience))
            .filter(|audience| audience.description.to_lowercase().contains(&part))
            .filter(|audience| asked.create_route.as_ref().is_none_or(|route| *route == audience.route))
            .filter(|audience| {
                asked.status.as_ref().is_none_or(|status| json!(audience.status(now, settings)) == status.as_str())
            })
            .collect();
        let before = (page - 1).saturating_mul(size);
        let groups: Vec<Value> =
            found.iter().skip(before).take(size).map(|audience| show::group(audience, now, settings)).collect();
        Ok(Json(json!({
            "audienceGroups": groups,
            "hasNextPage": found.len() > before.saturating_add(size),
            "totalCount": found.len(),
            "readWriteAudienceGroupTotalCount": found.iter().filter(|audience| audience.editable()).count(),
            "page": page,
            "size": size,
        }))
        .into_response())
    })
}

/// GET /v2/bot/audienceGroup/list: at most 40 a page; with what the manager's screens made, unless
/// `includesExternalPublicGroups` is false.
pub async fn list(caller: Caller, Query(asked): Query<Asked>) -> Answer {
    let others = asked.includes_external_public_groups.as_deref();
    let others = flag("includesExternalPublicGroups", others, true)?;
    answer(&caller, &asked, |audience| audience.owner.is_none() && (others || audience.editable()))
}

/// GET /v2/bot/audienceGroup/shared/list: what the Business Manager shares, and the own ones if asked for.
pub async fn shared_list(caller: Caller, Query(asked): Query<Asked>) -> Answer {
    let own = asked.includes_owned_audience_groups.as_deref();
    let own = flag("includesOwnedAudienceGroups", own, false)?;
    answer(&caller, &asked, |audience| own || audience.owner.is_some())
}
