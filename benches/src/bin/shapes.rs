//! Measures with what exponent the costs of generating grow where there is much of one thing in a document.
//!
//! ```sh
//! cargo build --profile dist -p typewright-cli
//! cargo run --profile dist -p typewright-benches --bin shapes -- [WORD]
//! ```
//!
//! Each shape is generated at its size, twice, four and eight times as much; with a word only those whose names have
//! it. What a run costs without any document is taken off. CPU time may grow with an exponent of 1.4 in the length of
//! the document at most: the benchmark `generation` has the narrow limit, for a document as services have them.

#![allow(
    clippy::disallowed_methods,
    reason = "the benchmark writes the documents that it measures, and reads where the command is"
)]

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::ExitCode;

use typewright_benches::measure::Cost;
use typewright_benches::process::{self, proxied};
use typewright_benches::repeat::exponent;
use typewright_benches::shapes::{Shape, SHAPES};

/// With what exponent CPU time may grow.
const LIMIT: f64 = 1.4;

/// Seconds below which a run says nothing of growth.
const LEAST: f64 = 0.02;

fn main() -> ExitCode {
    if let Some(status) = proxied() {
        return ExitCode::from(status);
    }
    let word = std::env::args().nth(1).unwrap_or_default();
    let folder = tempfile::tempdir().unwrap();
    println!("| much of | MB | CPU s | peak MiB | exponent |\n| --- | --- | --- | --- | --- |");
    let chosen = SHAPES.iter().filter(|shape| shape.name.contains(&word));
    let above = chosen.filter(|shape| grows(shape, folder.path()) > LIMIT);
    ExitCode::from(u8::from(above.count() > 0))
}

/// Prints what a shape costs; gives the exponent of its CPU time.
fn grows(shape: &Shape, folder: &Path) -> f64 {
    let nothing = run(&(shape.document)(1), folder).seconds;
    let mut points = Vec::new();
    let mut last = Cost::default();
    for times in [1, 2, 4, 8] {
        let text = (shape.document)(shape.size * times);
        last = run(&text, folder);
        points.push((text.len(), (last.seconds - nothing).max(0.000_1)));
    }
    let growth = match last.seconds - nothing < LEAST {
        true => 0.0,
        false => exponent(&points),
    };
    let length = points.last().map_or(0.0, |(length, _)| *length as f64 / 1e6);
    println!(
        "| {} | {length:.2} | {:.3} | {:.0} | {} |",
        shape.name,
        last.seconds,
        last.mebibytes,
        if growth == 0.0 { "-".to_owned() } else { format!("{growth:.2}") },
    );
    growth
}

/// The cost of the command, the cheapest of three runs: it may well refuse the document.
fn run(text: &str, folder: &Path) -> Cost {
    let path = folder.join("shape.yaml");
    std::fs::write(&path, text).unwrap();
    let beside = || {
        let executable = std::env::current_exe().unwrap();
        executable.with_file_name("typewright").into_os_string()
    };
    let program: OsString = std::env::var_os("TYPEWRIGHT").unwrap_or_else(beside);
    let out = folder.join("out");
    // what rustfmt costs is rustfmt's
    let arguments: [&OsStr; 5] = [
        "generate".as_ref(),
        "--no-rustfmt".as_ref(),
        path.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    let runs = (0..3).map(|_| {
        let _ = std::fs::remove_dir_all(&out);
        let run = process::run(&program, &arguments);
        run.unwrap_or_else(|| panic!("{program:?} cannot be run")).cost
    });
    runs.min_by(|a, b| a.seconds.total_cmp(&b.seconds)).unwrap()
}
