//! `./dev bench [name] [--quick] [--rooms N] [--messages N] [--seconds N]`: measures the release binary
//! from outside, prints how, and writes the same as JSON to target/bench/NAME.json.

use anyhow::{Context, bail};

// The folder of these modules is benches/load/.
mod load {
    pub mod client;
    pub mod corpus;
    pub mod desk;
    pub mod firstpage;
    pub mod house;
    pub mod inbox;
    pub mod memory;
    pub mod method;
    pub mod search;
    pub mod seed;
    pub mod simulator;
    pub mod stream;
    pub mod webhooks;
    pub mod yardstick;
}

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Options {
    /// Rooms of the seeded database.
    pub rooms: i64,
    /// Messages of the seeded database.
    pub messages: i64,
    /// One of these two was asked for.
    pub sized: bool,
    /// Length of one measured run, in seconds.
    pub seconds: f64,
    /// That was asked for.
    pub timed: bool,
    /// Fewer levels and calls: for seeing that it works, not for figures.
    pub quick: bool,
}

const ALL: [&str; 8] = ["webhooks", "stream", "inbox", "firstpage", "memory", "simulator", "desk", "search"];

fn main() -> anyhow::Result<()> {
    let mut names: Vec<String> = Vec::new();
    let mut options =
        Options { rooms: 100_000, messages: 5_000_000, sized: false, seconds: 4.0, timed: false, quick: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().with_context(|| format!("{argument} needs a number"));
        match argument.as_str() {
            // cargo says so itself.
            "--bench" => {}
            "--quick" => {
                options =
                    Options { rooms: 5_000, messages: 100_000, sized: true, seconds: 1.0, timed: true, quick: true };
            }
            "--rooms" => (options.rooms, options.sized) = (number()?.parse()?, true),
            "--messages" => (options.messages, options.sized) = (number()?.parse()?, true),
            "--seconds" => (options.seconds, options.timed) = (number()?.parse()?, true),
            name if ALL.contains(&name) => names.push(name.to_owned()),
            other => bail!("there is no bench called {other}; there are: {}", ALL.join(" ")),
        }
    }
    if options.rooms < 1_000 || options.messages < options.rooms {
        bail!("at least 1,000 rooms, and one message a room");
    }
    if names.is_empty() {
        names = ALL.map(str::to_owned).to_vec();
    }
    tokio::runtime::Runtime::new()?.block_on(async {
        let mut failed = Vec::new();
        for name in names {
            let result = match name.as_str() {
                "webhooks" => load::webhooks::run(&options).await,
                "stream" => load::stream::run(&options).await,
                "inbox" => load::inbox::run(&options).await,
                "firstpage" => load::firstpage::run(&options).await,
                "search" => load::search::run(&options).await,
                "simulator" => load::simulator::run(&options).await,
                "desk" => load::desk::run(&options).await,
                _ => load::memory::run(&options).await,
            };
            // One bench that can't run must not hide what the others say.
            if let Err(error) = result {
                eprintln!("\n{name} was not measured: {error:#}");
                failed.push(name);
            }
        }
        if !failed.is_empty() {
            bail!("not measured: {}", failed.join(" "));
        }
        Ok(())
    })
}
