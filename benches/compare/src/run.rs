//! Measures what has not been measured yet.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::documents::{documents, Document};
use crate::machine;
use crate::peers::{Peer, Source, PEERS};
use crate::results::{Outcome, Record, Results, Stage, STAGES};
use crate::stages::Workshop;

#[derive(Args)]
pub struct Options {
    /// Documents, by their file names [default: all of the corpus]
    #[arg(long, value_delimiter = ',')]
    documents: Vec<String>,
    /// Generators [default: all that are installed]
    #[arg(long, value_delimiter = ',')]
    peers: Vec<String>,
    /// Stages [default: all]
    #[arg(long, value_delimiter = ',')]
    stages: Vec<Stage>,
    /// Runs of each stage
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Measure also what has a result
    #[arg(long)]
    again: bool,
    /// File of the results
    #[arg(long, default_value_os_t = crate::results_file())]
    out: PathBuf,
    /// Folder of the generated crates and what they are built in
    #[arg(long, default_value_os_t = crate::root().join("target/compare"))]
    folder: PathBuf,
}

/// Measures every stage of every document and generator that is chosen and has no result.
///
/// # Errors
/// The results cannot be read, or the corpus is absent.
pub fn run(options: Options, tools: &Path) -> Result<(), String> {
    let mut results = Results::read(&options.out)?;
    let is_chosen =
        |list: &[String], name: &str| list.is_empty() || list.iter().any(|chosen| chosen == name);
    let mut all = documents(&crate::corpus().ok_or("the corpus is absent")?);
    all.retain(|document| is_chosen(&options.documents, &document.name));
    std::fs::create_dir_all(&options.folder).map_err(|error| error.to_string())?;
    let folder = options.folder.canonicalize().map_err(|error| error.to_string())?;
    let workshop = Workshop { tools: tools.to_path_buf(), folder, runs: options.runs.max(1) };
    for document in &all {
        for peer in PEERS.iter().filter(|peer| is_chosen(&options.peers, peer.name)) {
            if peer.is_there(tools) {
                stages(&workshop, document, peer, &options, &mut results);
            } else {
                println!("{}: not installed", peer.name);
            }
        }
    }
    Ok(())
}

/// The stages of one document and one generator, up to the first that fails.
fn stages(
    workshop: &Workshop,
    document: &Document,
    peer: &Peer,
    options: &Options,
    results: &mut Results,
) {
    for stage in STAGES {
        let previous = results.get(&document.name, peer.name, stage);
        let is_chosen = options.stages.is_empty() || options.stages.contains(&stage);
        if is_chosen && (options.again || previous.is_none()) {
            let start = std::time::Instant::now();
            let Some(outcome) = workshop.stage(stage, document, peer) else { continue };
            let (name, seconds) = (&document.name, start.elapsed().as_secs_f64());
            println!("{name} {} {stage:?}: {} ({seconds:.0} s)", peer.name, summary(&outcome));
            let record = record(document, peer, stage, outcome);
            results.append(&options.out, record);
        }
        let outcome = results.get(&document.name, peer.name, stage);
        if outcome.is_some_and(|outcome| outcome.error.is_some()) {
            return;
        }
    }
}

fn record(document: &Document, peer: &Peer, stage: Stage, outcome: Outcome) -> Record {
    let version = match peer.source {
        Source::Here => env!("CARGO_PKG_VERSION"),
        Source::Crates | Source::Library { .. } | Source::Python => peer.version,
    };
    Record {
        document: document.name.clone(),
        peer: peer.name.to_owned(),
        version: version.to_owned(),
        stage,
        date: machine::date(),
        machine: machine::machine(),
        rustc: machine::rustc(),
        outcome,
    }
}

fn summary(outcome: &Outcome) -> String {
    let counts = outcome.counts.iter().map(|(name, count)| format!(", {count} {name}"));
    let counts: String = counts.collect();
    match (&outcome.error, outcome.cost()) {
        (Some(error), _) => format!("fails{counts}: {error}"),
        (None, Some(cost)) => {
            format!("{:.2} CPU s, {:.0} MiB{counts}", cost.seconds, cost.mebibytes)
        }
        (None, None) => "no run".to_owned(),
    }
}
