//! The yardstick for webhooks: benches/receiver/server.mjs.

use super::{
    client::{Client, get},
    house::Program,
    method::Report,
};
use anyhow::Context;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A receiver that runs.
pub struct Yardstick {
    /// `host:port`.
    pub address: String,
    _program: Program,
}

impl Yardstick {
    /// Starts it with its database in `folder`, and writes its versions and durability into the report.
    pub async fn start(folder: &Path, secret: &str, report: &mut Report) -> anyhow::Result<Self> {
        let home = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches");
        anyhow::ensure!(
            home.join("node_modules").is_dir(),
            "benches/node_modules is missing: run `npm ci` in benches/"
        );
        let script = home.join("receiver/server.mjs").display().to_string();
        let file = folder.join("yardstick.db").display().to_string();
        // As express' own advice for production has it.
        let environment = [("CHANNEL_SECRET", secret), ("NODE_ENV", "production")];
        let log = folder.join("yardstick.log");
        let mut program = Program::start(Path::new("node"), &[&script, "0", &file], &environment, &log)?;
        let said = program.says(|line| serde_json::from_str::<Value>(line).ok()).await;
        let said = said.with_context(|| std::fs::read_to_string(&log).unwrap_or_default())?;
        program.leave();
        for (name, version) in said["versions"].as_object().into_iter().flatten() {
            report.version(name, version.as_str().unwrap_or_default());
        }
        report.method(
            "yardstick",
            format!(
                "LINE's SDK + express + better-sqlite3, raw event only, no rooms or messages; {}",
                said["durability"].as_str().unwrap_or_default()
            ),
        );
        let address = said["address"].as_str().context("it did not say where it is")?.to_owned();
        Ok(Self { address, _program: program })
    }

    /// Events that it has.
    pub async fn rows(&self) -> anyhow::Result<u64> {
        let mut client = Client::connect(&self.address).await?;
        client.send(&get(&self.address, "/count", "")).await?;
        let count: Value = serde_json::from_slice(client.body())?;
        count["rows"].as_u64().context("it did not count")
    }
}
