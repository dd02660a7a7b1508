//! Compares this generator with others: what each makes of the documents of the corpus, and what that costs.
//!
//! ```sh
//! cargo build --profile dist -p typewright-cli -p typewright-compare
//! target/dist/typewright-compare install     # the others, from their registries
//! target/dist/typewright-compare run         # an hour or more; goes on where it was interrupted
//! target/dist/typewright-compare render      # the tables and the chart of benches/README.md and README.md
//! target/dist/typewright-compare load        # many calls at once under faults
//! target/dist/typewright-compare gate        # the cost of compiling two documents beside what it was
//! ```

#![allow(
    clippy::disallowed_methods,
    reason = "the benchmark writes the crates that it measures, and reads the clock"
)]

mod chart;
mod compile;
mod documents;
mod gate;
mod install;
mod load;
mod machine;
mod operations;
mod package;
mod peers;
mod programs;
mod ratios;
mod render;
mod results;
mod run;
mod stages;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use nix::sys::resource::{setrlimit, Resource};
use typewright_benches::{measure, process};

#[derive(Parser)]
#[command(about = "Compares this generator with others")]
struct Arguments {
    /// Folder of the other generators
    #[arg(long, global = true, default_value_os_t = root().join("target/peers"))]
    tools: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install the other generators from their registries
    Install,
    /// Measure what has no result yet
    Run(run::Options),
    /// Write the tables and the chart of the results
    Render(render::Options),
    /// Make many calls at once under faults with the generated client and others
    Load(load::Options),
    /// Fail if compiling became dearer by a quarter
    Gate(gate::Options),
}

fn main() -> ExitCode {
    if let Some(status) = process::proxied().or_else(measure::wrapped) {
        return ExitCode::from(status);
    }
    let arguments = Arguments::parse();
    let tools = &arguments.tools;
    let outcome = match arguments.command {
        Command::Install => install(tools),
        Command::Run(options) => limit().and_then(|()| run::run(options, tools)),
        Command::Render(options) => render::render(&options),
        Command::Load(options) => load::load(&options, tools),
        Command::Gate(options) => gate::gate(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn install(tools: &Path) -> Result<(), String> {
    for peer in &peers::PEERS {
        match install::install(peer, tools) {
            Ok(()) => println!("{} {}", peer.name, peer.version),
            Err(error) => println!("{} is left out: {error}", peer.name),
        }
    }
    Ok(())
}

/// The largest address space of each process that is measured, and the CPU time after which it ends.
fn limit() -> Result<(), String> {
    for (resource, limit) in [(Resource::RLIMIT_AS, 20 << 30), (Resource::RLIMIT_CPU, 1200)] {
        setrlimit(resource, limit, limit).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new(".")).to_path_buf()
}

/// The file in which results are kept.
fn results_file() -> PathBuf {
    root().join("benches/compare/results.jsonl")
}

/// The documents of services, where they are.
fn corpus() -> Option<PathBuf> {
    let beside = || root().join("../shared/corpus");
    let corpus = std::env::var_os("TYPEWRIGHT_CORPUS").map_or_else(beside, PathBuf::from);
    Some(corpus.join("real")).filter(|folder| folder.is_dir())
}
