//! The program: parses the command line and starts the runtime.
#![recursion_limit = "256"]

use clap::Parser;
use engawa::server::command::Cli;
use std::process::ExitCode;

/// Fewest worker threads: with a single one, rendering a page can wait for itself.
const WORKERS: usize = 4;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let workers = std::thread::available_parallelism().map_or(WORKERS, |n| n.get().max(WORKERS));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(cli.run()),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("engawa: {error:#}");
            ExitCode::FAILURE
        }
    }
}
