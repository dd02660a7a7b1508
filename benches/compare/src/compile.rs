//! Compiles a crate alone, several times.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Value;
use typewright::host::disk::files_below;
use typewright_benches::measure::{self, Cost, Run};

use crate::results::Outcome;

/// Compiles the packages in a folder as often as is demanded. Runs that compile dependencies, too, do not count.
pub fn compile(folder: &Path, target: &Path, arguments: &[&str], runs: usize) -> Outcome {
    let local = crate_names(folder);
    let mut outcome = Outcome::default();
    let arguments = [arguments, &["--quiet", "--message-format=json"]].concat();
    for _ in 0..runs + 2 {
        touch(folder);
        let run = measure::cargo(folder, target, &arguments, &[("CARGO_INCREMENTAL", "0")]);
        let messages = Messages::parse(&run.output);
        outcome.counts =
            [("errors".to_owned(), messages.errors), ("warnings".to_owned(), messages.warnings)]
                .into();
        if !run.succeeds {
            outcome.error = Some(messages.first.unwrap_or_else(|| first_error(&run.errors)));
            return outcome;
        }
        if let Some(cost) = cost_alone(&run, &local) {
            outcome.add(cost);
        }
        if outcome.seconds.len() == runs {
            return outcome;
        }
    }
    outcome.error = Some("cargo compiles dependencies every time".to_owned());
    outcome
}

/// The cost of the packages, unless others were compiled as well.
fn cost_alone(run: &Run, local: &BTreeSet<String>) -> Option<Cost> {
    // cargo asks rustc about itself under these names
    let compiled = run.costs.iter().filter(|(name, _)| !["", "___"].contains(&name.as_str()));
    let mut sum = Cost::default();
    for (name, cost) in compiled {
        if !local.contains(name) {
            return None;
        }
        sum.seconds += cost.seconds;
        sum.mebibytes = sum.mebibytes.max(cost.mebibytes);
    }
    (sum.seconds > 0.0).then_some(sum)
}

/// The names of the crates in a folder.
fn crate_names(folder: &Path) -> BTreeSet<String> {
    let name = |path: PathBuf| {
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find(|line| line.starts_with("name = "))?;
        Some(line.split('"').nth(1)?.replace('-', "_"))
    };
    manifests(folder).filter_map(name).collect()
}

fn manifests(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let files = files_below(folder, &["toml"]).unwrap_or_default().into_iter();
    files.filter(|path| path.file_name().is_some_and(|name| name == "Cargo.toml"))
}

/// Makes cargo compile the packages in a folder again.
pub fn touch(folder: &Path) {
    let roots = manifests(folder).flat_map(|manifest| {
        ["lib.rs", "main.rs"].map(|file| manifest.with_file_name("src").join(file))
    });
    for root in roots.filter(|root| root.exists()) {
        let file = fs::OpenOptions::new().append(true).open(root);
        file.unwrap().set_modified(SystemTime::now()).unwrap();
    }
}

/// The messages of rustc about the crates of a folder.
#[derive(Debug, Default, PartialEq)]
struct Messages {
    errors: u64,
    warnings: u64,
    /// The first error.
    first: Option<String>,
}

impl Messages {
    /// Reads the output of cargo's `--message-format=json`.
    fn parse(output: &str) -> Self {
        let mut messages = Self::default();
        let lines = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        for line in lines.filter(|line| line["reason"] == "compiler-message") {
            let message = &line["message"];
            let text = message["message"].as_str().unwrap_or_default();
            // sums at the end have neither a place nor a code
            let is_sum = text.starts_with("aborting due to") || text.ends_with("emitted");
            match message["level"].as_str() {
                Some("warning") if !is_sum => messages.warnings += 1,
                Some(level) if level.starts_with("error") && !is_sum => {
                    messages.errors += 1;
                    messages.first.get_or_insert_with(|| error_line(message, text));
                }
                _ => {}
            }
        }
        messages
    }
}

fn error_line(message: &Value, text: &str) -> String {
    let code = message["code"]["code"].as_str().map(|code| format!("{code}: "));
    format!("{}{}", code.unwrap_or_default(), text.lines().next().unwrap_or_default())
}

/// The line of a program's messages that says best why it failed.
pub fn first_error(errors: &str) -> String {
    let lines = || errors.lines().map(str::trim).filter(|line| !line.is_empty());
    let panic = lines().skip_while(|line| !line.contains("panicked at")).nth(1);
    let starts = |words: &[&str]| {
        let has = |line: &&str| {
            let line = line.to_lowercase();
            words.iter().any(|word| line.contains(word))
        };
        lines().find(has)
    };
    let line = panic
        .or_else(|| starts(&["gen fail", "exception in thread"]))
        .or_else(|| starts(&["error", "exception", "failed", "unsupported"]))
        .or_else(|| lines().next_back())
        .unwrap_or("no reason is given");
    line.chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::{cost_alone, first_error, Messages};
    use typewright_benches::measure::{Cost, Run};

    #[test]
    fn sums_are_no_messages() {
        let message = |level: &str, text: &str| {
            format!(
                r#"{{"reason":"compiler-message","message":{{"level":"{level}","message":"{text}","code":{{"code":"E0425"}}}}}}"#
            )
        };
        let output = [
            message("warning", "unused variable"),
            message("error", "cannot find value"),
            message("error", "another"),
            message("warning", "1 warning emitted"),
            message("error", "aborting due to 2 previous errors"),
            r#"{"reason":"build-finished","success":false}"#.to_owned(),
            "no JSON".to_owned(),
        ];
        let messages = Messages::parse(&output.join("\n"));
        let first = Some("E0425: cannot find value".to_owned());
        assert_eq!(messages, Messages { errors: 2, warnings: 1, first });
    }

    #[test]
    fn a_crate_costs_what_it_costs_alone() {
        let run = |names: &[&str]| Run {
            succeeds: true,
            output: String::new(),
            errors: String::new(),
            costs: names
                .iter()
                .map(|name| ((*name).to_owned(), Cost { seconds: 2.0, mebibytes: 5.0 }))
                .collect(),
        };
        let local = ["api".to_owned(), "types".to_owned()].into();
        let cost = cost_alone(&run(&["___", "api", "types"]), &local).unwrap();
        assert_eq!((cost.seconds, cost.mebibytes), (4.0, 5.0));
        assert!(cost_alone(&run(&["api", "serde"]), &local).is_none());
        assert!(cost_alone(&run(&["___"]), &local).is_none());
    }

    #[test]
    fn the_reason_is_one_line() {
        let panic = "thread 'main' panicked at src/a.rs:1:\nnot yet implemented\nnote: …\n";
        assert_eq!(first_error(panic), "not yet implemented");
        assert_eq!(first_error("Reading.\nError: no such type\nmore\n"), "Error: no such type");
        assert_eq!(first_error("  one\n  two  \n"), "two");
        assert_eq!(first_error(""), "no reason is given");
    }
}
