//! LINE's API as bots see it (line-platform.md §2-5, §13, §14): one function an operation, exact
//! statuses, bodies and headers.

mod assertion;
mod audience;
mod call;
mod channel;
mod check;
mod chosen;
mod content;
mod coupon;
mod demographic;
mod insight;
mod liff;
mod limit;
mod link;
mod many;
mod membership;
mod narrowcast;
mod paging;
mod people;
mod refusal;
mod rich_menu;
mod send;
mod token;
mod tree;
mod units;
mod wish;

use super::{login::cors, state::Shared};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post, put},
};

/// Every path of the API that this floor of the simulator answers.
pub fn router(sim: &Shared) -> Router<Shared> {
    Router::new()
        .route("/v2/bot/info", get(channel::info))
        .route("/v2/bot/channel/webhook/endpoint", get(channel::endpoint).put(channel::set_endpoint))
        .route("/v2/bot/channel/webhook/test", post(channel::test))
        .route("/v2/bot/message/reply", post(send::reply))
        .route("/v2/bot/message/push", post(send::push))
        .route("/v2/bot/message/multicast", post(many::multicast))
        .route("/v2/bot/message/broadcast", post(many::broadcast))
        .route("/v2/bot/message/narrowcast", post(narrowcast::narrowcast))
        .route("/v2/bot/message/progress/narrowcast", get(narrowcast::progress))
        .route("/v2/bot/message/validate/reply", post(send::validate))
        .route("/v2/bot/message/validate/push", post(send::validate))
        .route("/v2/bot/message/validate/multicast", post(send::validate))
        .route("/v2/bot/message/validate/narrowcast", post(send::validate))
        .route("/v2/bot/message/validate/broadcast", post(send::validate))
        .route("/v2/bot/message/aggregation/info", get(units::info))
        .route("/v2/bot/message/aggregation/list", get(units::list))
        .route("/v2/bot/message/quota", get(channel::quota))
        .route("/v2/bot/message/quota/consumption", get(channel::consumption))
        .route("/v2/bot/message/delivery/{kind}", get(channel::delivery))
        .route("/v2/bot/message/{id}/content", get(content::content))
        .route("/v2/bot/message/{id}/content/preview", get(content::preview))
        .route("/v2/bot/message/{id}/content/transcoding", get(content::transcoding))
        .route("/v2/bot/chat/markAsRead", post(channel::mark_as_read))
        .route("/v2/bot/chat/loading/start", post(channel::loading))
        .route("/v2/bot/followers/ids", get(people::followers))
        .route("/v2/bot/profile/{user}", get(people::profile))
        .route("/v2/bot/group/{group}/summary", get(people::summary))
        .route("/v2/bot/group/{group}/members/count", get(people::count))
        .route("/v2/bot/group/{group}/members/ids", get(people::ids))
        .route("/v2/bot/group/{group}/member/{user}", get(people::member))
        .route("/v2/bot/group/{group}/leave", post(people::leave))
        .route("/v2/bot/room/{group}/members/count", get(people::count))
        .route("/v2/bot/room/{group}/members/ids", get(people::ids))
        .route("/v2/bot/room/{group}/member/{user}", get(people::member))
        .route("/v2/bot/room/{group}/leave", post(people::leave))
        .route("/liff/v1/apps", get(liff::list).post(liff::add))
        .route("/liff/v1/apps/{id}", put(liff::update).delete(liff::delete))
        .route("/bot/pnp/push", post(call::partners_only))
        .route("/v2/bot/message/pnp/templated/push", post(call::partners_only))
        .route("/v2/bot/message/delivery/pnp", get(call::partners_only))
        .route("/v2/bot/message/delivery/pnp/templated", get(call::partners_only))
        .route("/v2/bot/message/markAsRead", post(call::partners_only))
        .route("/shop/v3/mission", post(call::partners_only))
        .route("/module/auth/v1/token", post(async || call::not_for_you()))
        .route("/v2/bot/channel/detach", post(call::partners_only))
        .route("/v2/bot/chat/{chat}/control/acquire", post(call::partners_only))
        .route("/v2/bot/chat/{chat}/control/release", post(call::partners_only))
        .route("/v2/bot/list", get(call::partners_only))
        .route("/oauth2/v3/token", post(token::stateless))
        .route("/oauth2/v2.1/token", post(token::by_assertion).layer(middleware::from_fn(cors)))
        .route("/oauth2/v2.1/tokens/kid", get(token::key_ids))
        .route("/oauth2/v2.1/revoke", post(token::revoke_v21))
        .route("/oauth2/v2.1/verify", get(token::verify_v21).post(token::verify_id).layer(middleware::from_fn(cors)))
        .route("/v2/oauth/accessToken", post(token::short_lived))
        .route("/v2/oauth/verify", post(token::verify))
        .route("/v2/oauth/revoke", post(token::revoke))
        .merge(rich_menu::router())
        .merge(audiences())
        .route("/v2/bot/user/{user}/linkToken", post(link::token))
        .route("/dialog/bot/accountLink", get(link::dialog))
        .route("/v2/bot/coupon", get(coupon::list).post(coupon::create))
        .route("/v2/bot/coupon/{id}", get(coupon::get))
        .route("/v2/bot/coupon/{id}/close", put(coupon::close))
        .route("/v2/bot/membership/list", get(membership::list))
        .route("/v2/bot/membership/subscription/{user}", get(membership::subscription))
        .route("/v2/bot/membership/{id}/users/ids", get(membership::users))
        .merge(insights())
        .method_not_allowed_fallback(call::nothing_here)
        .layer(middleware::from_fn_with_state(sim.clone(), call::around))
}

/// Numbers about an account.
fn insights() -> Router<Shared> {
    Router::new()
        .route("/v2/bot/insight/message/delivery", get(insight::delivery))
        .route("/v2/bot/insight/followers", get(insight::followers))
        .route("/v2/bot/insight/demographic", get(insight::demographic))
        .route("/v2/bot/insight/message/event", get(insight::event))
        .route("/v2/bot/insight/message/event/aggregation", get(insight::aggregation))
        .route("/v2/bot/insight/richmenu/{id}/summary", get(insight::summary))
        .route("/v2/bot/insight/richmenu/{id}/daily", get(insight::daily))
}

/// Audiences; those by file are on `api-data.line.me`.
fn audiences() -> Router<Shared> {
    let by_file = post(audience::create_file).put(audience::add_file);
    Router::new()
        .route("/v2/bot/audienceGroup/upload", post(audience::create).put(audience::add))
        .route(call::BY_FILE, by_file.layer(DefaultBodyLimit::max(audience::FILE_LIMIT)))
        .route("/v2/bot/audienceGroup/click", post(audience::click))
        .route("/v2/bot/audienceGroup/imp", post(audience::imp))
        .route("/v2/bot/audienceGroup/list", get(audience::list))
        .route("/v2/bot/audienceGroup/shared/list", get(audience::shared_list))
        .route("/v2/bot/audienceGroup/shared/{id}", get(audience::shared))
        .route("/v2/bot/audienceGroup/{id}", get(audience::get).delete(audience::delete))
        .route("/v2/bot/audienceGroup/{id}/updateDescription", put(audience::rename))
}

pub use call::{Call, around, nothing_here};
pub use channel::is_endpoint;
pub use check::messages as check_messages;
pub use limit::Bucket;
pub use narrowcast::Narrowcast;
pub use refusal::{Answer, Refusal};
pub use units::Units;
