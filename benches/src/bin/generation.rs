//! Measures what generating costs: CPU time and peak memory from the file to the written crate.
//!
//! ```sh
//! cargo build --profile dist -p typewright-cli
//! cargo run --profile dist -p typewright-benches --bin generation -- [--repeat DOCUMENT] [DOCUMENT…]
//! ```
//!
//! First a document of this repository, or another, is generated 1, 2, 4, 8 and 16 times over: CPU time may grow with
//! an exponent of 1.1 at most. Then come the documents that are named, next to ploidy where `PLOIDY` or `PATH` has it.

#![allow(
    clippy::disallowed_methods,
    reason = "the benchmark writes the documents that it measures, and reads where the commands are"
)]

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use typewright::host::disk::Disk;
use typewright_benches::measure::Cost;
use typewright_benches::process::{cost, proxied};
use typewright_benches::repeat::{document, exponent, repeated};

/// Runs of each; the cheapest counts, since others only add to a run's cost.
const RUNS: usize = 5;

/// With what exponent CPU time may grow.
const LIMIT: f64 = 1.1;

fn main() -> ExitCode {
    if let Some(status) = proxied() {
        return ExitCode::from(status);
    }
    let mut documents: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let atlas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/mongodb-atlas/openapi.yaml");
    let repeat = match documents.iter().position(|word| word == Path::new("--repeat")) {
        Some(at) => documents.drain(at..at + 2).nth(1).unwrap(),
        None => atlas,
    };
    let folder = tempfile::tempdir().unwrap();
    let growth_exponent = growth(&repeat, folder.path());
    println!("\nCPU time grows with the exponent {growth_exponent:.2}.\n");
    if !documents.is_empty() {
        beside(&documents, folder.path());
    }
    ExitCode::from(u8::from(growth_exponent > LIMIT))
}

/// The exponent with which CPU time grows as a document is repeated.
fn growth(path: &Path, folder: &Path) -> f64 {
    let entry = path.to_string_lossy();
    let document = document(&entry, &Disk::new(path));
    println!("| times | MB | CPU s | peak MiB |\n| --- | --- | --- | --- |");
    let mut points = Vec::new();
    for times in [1, 2, 4, 8, 16] {
        let text = serde_json::to_vec(&repeated(&document, times)).unwrap();
        let path = folder.join("repeated.json");
        std::fs::write(&path, &text).unwrap();
        let cost = ours(&path, folder);
        println!("| {times} | {:.1} | {} |", text.len() as f64 / 1e6, figures(Some(cost)));
        points.push((times, cost.seconds));
    }
    exponent(&points)
}

fn beside(documents: &[PathBuf], folder: &Path) {
    println!("| document | CPU s | peak MiB | ploidy CPU s | peak MiB | ratio |");
    println!("| --- | --- | --- | --- | --- | --- |");
    for path in documents {
        let (cost, peer) = (ours(path, folder), ploidy(path, folder));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let ratio = peer.map(|peer| format!("{:.2}", cost.seconds / peer.seconds));
        let (cost, peer) = (figures(Some(cost)), figures(peer));
        println!("| {name} | {cost} | {peer} | {} |", ratio.unwrap_or_default());
    }
}

fn figures(cost: Option<Cost>) -> String {
    cost.map_or_else(
        || "| ".to_owned(),
        |cost| format!("{:.3} | {:.0}", cost.seconds, cost.mebibytes),
    )
}

/// The cheapest of several runs, each into a folder that is not there.
fn cheapest(program: &OsStr, arguments: &[&OsStr], out: &Path) -> Option<Cost> {
    let run = |_| {
        let _ = std::fs::remove_dir_all(out);
        cost(program, arguments)
    };
    let runs: Option<Vec<_>> = (0..RUNS).map(run).collect();
    runs?.into_iter().min_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

/// The cost of the command: the one that was built beside this program, or the one that `TYPEWRIGHT` names.
fn ours(document: &Path, folder: &Path) -> Cost {
    let beside = || std::env::current_exe().unwrap().with_file_name("typewright").into_os_string();
    let program = std::env::var_os("TYPEWRIGHT").unwrap_or_else(beside);
    let out = folder.join("typewright");
    // what rustfmt costs is rustfmt's
    let arguments = [
        "generate".as_ref(),
        "--no-rustfmt".as_ref(),
        document.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    cheapest(&program, &arguments, &out)
        .unwrap_or_else(|| panic!("{program:?} fails on {document:?}"))
}

fn ploidy(document: &Path, folder: &Path) -> Option<Cost> {
    let program = std::env::var_os("PLOIDY").unwrap_or_else(|| OsString::from("ploidy"));
    let out = folder.join("ploidy");
    let arguments: [&OsStr; 7] = [
        "generate".as_ref(),
        "rust".as_ref(),
        document.as_os_str(),
        "-o".as_ref(),
        out.as_os_str(),
        "--name".as_ref(),
        "client".as_ref(),
    ];
    cheapest(&program, &arguments, &out)
}
