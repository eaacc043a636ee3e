//! Builds the browser side into `target/site`: `cargo site -- --release` or `cargo site -- --dev`.
//!
//! The server embeds that folder (release) or reads it (debug); see `src/server/assets.rs`. A step whose
//! input has not changed is skipped, so running this twice costs what `cargo` needs to see that nothing is new.

#[path = "bundle/front.rs"]
mod front;
#[path = "bundle/site.rs"]
mod site;
#[path = "bundle/style.rs"]
mod style;

use std::{env, path::PathBuf, process::ExitCode, time::Instant};

use anyhow::{Context, Result, bail};

/// How the browser side is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Quick to build: no optimisation, names kept, nothing compressed.
    Dev,
    /// Small to send: fat LTO, wasm-opt, Brotli and gzip beside every text.
    Release,
}

impl Mode {
    /// The name used for folders and in the manifest.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Dev => "dev",
            Mode::Release => "release",
        }
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bundle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut mode = Mode::Release;
    for argument in env::args().skip(1) {
        mode = match argument.as_str() {
            "--release" => Mode::Release,
            "--dev" => Mode::Dev,
            // The alias ends in `--` already; one more does no harm.
            "--" => mode,
            other => bail!("unknown argument {other}; usage: cargo site -- [--release | --dev]"),
        };
    }
    // Set by `cargo run`. The site stays in the package, whatever CARGO_TARGET_DIR says: the server looks for it there.
    let root =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);

    let started = Instant::now();
    let front = front::build(&root, mode)?;
    let css = style::collect(&root.join("style")).context("collecting style/")?;
    let site = site::assemble(&root, mode, &front, &css)?;
    site.print();
    println!("site: {} build in {:.1} s", mode.name(), started.elapsed().as_secs_f32());
    Ok(())
}
