//! Background work of the desk: sending, fetching bytes, asking who people are.

mod later;
mod media;
mod profile;
mod purge;
mod send;

use crate::server::{jobs::Job, state::State};

/// Does a job of this room. Every job may be done again after a crash, so each writes its result and
/// removes itself in one transaction.
pub async fn perform(state: State, job: Job) -> anyhow::Result<()> {
    match job.kind.as_str() {
        "send" => send::perform(&state, &job).await,
        "later" => later::send(&state, &job).await,
        "seen" => later::tell_read(&state, &job).await,
        "sweep" => later::sweep(&state, &job).await,
        "media" => media::fetch(&state, &job).await,
        "forget" => media::forget(&state, &job).await,
        "profile" => profile::contact(&state, &job).await,
        "group" => profile::group(&state, &job).await,
        "purge" => purge::perform(&state, &job).await,
        other => anyhow::bail!("no such kind of job: {other}"),
    }
}
