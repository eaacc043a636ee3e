//! `engawa serve --demo`: the simulator beside the console, its account connected, and a week of history.

use super::state::State;
use crate::{
    account,
    chat::{self, model::RoomState},
    i18n::Lang,
    id::AccountId,
    simulator::{demo, server},
    team::{self, model::Role},
    time::{MINUTE, now},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use tokio::net::TcpListener;

/// Starts the simulator. What the demo shows is written once, at the first start.
pub async fn start(state: &State, listener: TcpListener) -> anyhow::Result<server::Running> {
    let mut stop = state.stop.subscribe();
    let config = server::Config {
        data: Some(state.config.data_dir.join("simulator")),
        seed: server::Seed::Demo,
        ..server::Config::default()
    };
    let running = server::start(config, listener, async move {
        let _ = stop.wait_for(|stop| *stop).await;
    })
    .await?;
    // The demo connects its account as an operator would.
    let new = if account::service::briefs(state).await?.is_empty() {
        account::service::connect_account(state, demo::CHANNEL_ID, demo::CHANNEL_SECRET, "", &running.base_url)
            .await
            .map_err(|error| anyhow::anyhow!("the demo's account could not be connected: {error}"))?;
        true
    } else {
        false
    };
    for account in account::service::briefs(state).await? {
        // A webhook that works is what the demo's friends wait for: they write as soon as it was tested.
        if let Ok(Ok(client)) = state.directory.client(state, account.id).await
            && let Err(error) = client.test_webhook().await
        {
            tracing::info!(account = %account.id, %error, "the demo's webhook could not be tested");
        }
        if new {
            demo::play_demo(running.state.clone()).await;
            write_answers(state, account.id).await?;
        }
    }
    // Last, so that the demo itself comes about whatever is to go wrong later.
    running.state.with(|world| {
        for fault in &state.config.faults {
            world.add_fault(fault.clone());
        }
    });
    Ok(running)
}

/// The account's side of the histories, and where the work on them stands.
async fn write_answers(state: &State, account: AccountId) -> anyhow::Result<()> {
    let began = now();
    // A colleague with whose password nobody can log in: it is forgotten at once.
    let password = BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 24]>());
    let colleague =
        team::service::create(state, "Aoi", "aoi@kamogawa.example", Role::Operator, Lang::Ja, password).await;
    let colleague = colleague.map_err(|error| anyhow::anyhow!("the demo's operator could not be added: {error}"))?;
    for answer in demo::answers() {
        let at = began - answer.ago * MINUTE;
        chat::service::record_answer(state, account, colleague, &answer.to, answer.text, at).await?;
    }
    let settled = demo::settled().map(|room| (room, RoomState::Resolved));
    for (room, progress) in settled.chain(demo::followed_up().map(|room| (room, RoomState::FollowUp))) {
        chat::service::record_state(state, account, &room, progress).await?;
    }
    Ok(())
}
