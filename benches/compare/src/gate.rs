//! Fails if the cost of compiling a generated crate rises by a quarter.
//!
//! Machines differ by more than that, so each cost is divided by that of a crate which never changes: a synthetic API in the
//! usual design, compiled by turns with the others. The least of several runs counts, since other programs only add to a run's
//! cost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};
use typewright::host::disk::Disk;
use typewright_benches::ground::{manifest, DERIVE_DEPENDENCIES};
use typewright_benches::measure::{Cost, Ground};
use typewright_benches::model::{Api, Size};
use typewright_benches::write::derive;

#[derive(Args)]
pub struct Options {
    /// Write today's figures as those to compare with
    #[arg(long)]
    update: bool,
    /// Folder of the crates and what they are built in
    #[arg(long, default_value_os_t = crate::root().join("target/compare-gate"))]
    folder: PathBuf,
}

/// The documents that are compiled.
///
/// None is small: such a crate costs little more than the start of rustc, whose part of a cost differs between machines.
const DOCUMENTS: [(&str, &str); 2] =
    [("gate_nexus", "nexus.json"), ("gate_telegram", "telegram.json")];

/// The crate to which costs are related.
const MEASURE: &str = "gate_measure";

/// The size of that crate's API. The figures of `gate.json` hold for it alone.
const SIZE: Size = Size { records: 45, operations: 20 };

/// Runs of each crate; where costs seem to have risen, as many again.
const RUNS: usize = 3;

/// By what factor a cost may rise.
const LIMIT: f64 = 1.25;

/// The cost of a crate as a part of that of the synthetic one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Figures {
    /// CPU seconds.
    seconds: f64,
    /// Peak memory.
    memory: f64,
}

type Gate = BTreeMap<String, Figures>;

/// Compiles, compares with the figures of `gate.json`, and prints both.
///
/// # Errors
/// A cost has risen by a quarter, or there are no figures to compare with.
pub fn gate(options: &Options) -> Result<(), String> {
    let Some(corpus) = crate::corpus() else {
        println!("skipped: the documents of services are not here");
        return Ok(());
    };
    let file = crate::root().join("benches/compare/gate.json");
    let ground = lay(&corpus, &options.folder)?;
    let mut least = BTreeMap::new();
    compile(&ground, &mut least);
    let mut figures = figures(&least);
    if options.update {
        let text = serde_json::to_string_pretty(&figures).map_err(|error| error.to_string())?;
        return fs::write(file, text + "\n").map_err(|error| error.to_string());
    }
    let text = fs::read_to_string(&file).map_err(|error| format!("gate.json: {error}"))?;
    let old: Gate = serde_json::from_str(&text).map_err(|error| format!("gate.json: {error}"))?;
    if !rises(&old, &figures).is_empty() {
        compile(&ground, &mut least);
        figures = self::figures(&least);
    }
    print(&least, &old, &figures);
    match rises(&old, &figures) {
        rises if rises.is_empty() => Ok(()),
        rises => Err(format!(
            "compiling became dearer: {}. If it has to be, `gate --update` writes the new figures",
            rises.join(", ")
        )),
    }
}

/// Writes a workspace of the generated crates and the synthetic one.
fn lay(corpus: &Path, folder: &Path) -> Result<Ground, String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let folder = folder.canonicalize().map_err(|error| error.to_string())?;
    let ground = Ground { target: folder.join("target"), folder, incremental: false };
    let names = [MEASURE, DOCUMENTS[0].0, DOCUMENTS[1].0];
    ground.write("Cargo.toml", &format!("[workspace]\nresolver = \"2\"\nmembers = {names:?}\n"));
    let package = |name: &str, dependencies: &str| {
        let text = format!("{}{dependencies}", manifest(name));
        ground.write(&format!("{name}/Cargo.toml"), &text);
    };
    package(MEASURE, DERIVE_DEPENDENCIES);
    for (path, text) in derive::files(&Api::new(SIZE)) {
        ground.write(&format!("{MEASURE}/src/{path}"), &text);
    }
    for (name, document) in DOCUMENTS {
        let path = corpus.join(document);
        let entry = path.to_string_lossy();
        let generated =
            typewright::generate(&entry, &Disk::new(&path), &typewright::Options::default());
        let output = generated.output.ok_or_else(|| format!("{document} has errors"))?;
        let mut features = vec!["reqwest".to_owned()];
        features.extend(output.runtime_features);
        let runtime = crate::root().join("runtime");
        package(
            name,
            &format!("typewright-runtime = {{ path = {runtime:?}, default-features = false, features = {features:?} }}\n"),
        );
        for module in output.modules {
            ground.write(&format!("{name}/src/{}", module.path), &module.text);
        }
    }
    Ok(ground)
}

/// Checks each crate alone, by turns, and keeps the least of what that costs.
fn compile(ground: &Ground, least: &mut BTreeMap<String, Cost>) {
    // always the whole workspace: with a part of it cargo would choose other features of the dependencies
    let check = || ground.cargo(&["check", "--quiet", "--workspace"]);
    let _ = check();
    for _ in 0..RUNS {
        for name in [MEASURE, DOCUMENTS[0].0, DOCUMENTS[1].0] {
            crate::compile::touch(&ground.folder.join(name));
            let cost = check().get(name).copied().unwrap_or_default();
            let entry = least.entry(name.to_owned()).or_insert(cost);
            entry.seconds = entry.seconds.min(cost.seconds);
            entry.mebibytes = entry.mebibytes.min(cost.mebibytes);
        }
    }
}

/// The costs as parts of that of the synthetic crate.
fn figures(costs: &BTreeMap<String, Cost>) -> Gate {
    let cost = |name: &str| costs.get(name).copied().unwrap_or_default();
    let measure = cost(MEASURE);
    let figures = DOCUMENTS.map(|(name, document)| {
        let round = |ratio: f64| (ratio * 1000.0).round() / 1000.0;
        let figures = Figures {
            seconds: round(cost(name).seconds / measure.seconds),
            memory: round(cost(name).mebibytes / measure.mebibytes),
        };
        (document.to_owned(), figures)
    });
    figures.into()
}

/// The costs that have risen by more than a quarter.
fn rises(old: &Gate, new: &Gate) -> Vec<String> {
    let rises = new.iter().flat_map(|(document, new)| {
        let Some(old) = old.get(document) else {
            return vec![format!("{document} has no figures in gate.json")];
        };
        let pairs = [("CPU time", old.seconds, new.seconds), ("memory", old.memory, new.memory)];
        // a figure that is no number has to fail as well
        let is_risen = |old: f64, new: f64| new.is_nan() || new > old * LIMIT;
        let risen = pairs.into_iter().filter(|(_, old, new)| is_risen(*old, *new));
        risen.map(|(what, old, new)| format!("{document} {what} {old} → {new}")).collect()
    });
    rises.collect()
}

fn print(costs: &BTreeMap<String, Cost>, old: &Gate, new: &Gate) {
    let cost = |name: &str| costs.get(name).copied().unwrap_or_default();
    let measure = cost(MEASURE);
    println!("the synthetic crate: {:.2} CPU s, {:.0} MiB", measure.seconds, measure.mebibytes);
    println!("| document | CPU s | of the synthetic | before | MiB | of the synthetic | before |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (name, document) in DOCUMENTS {
        let cost = cost(name);
        let (Some(old), Some(new)) = (old.get(document), new.get(document)) else { continue };
        println!(
            "| {document} | {:.2} | {} | {} | {:.0} | {} | {} |",
            cost.seconds, new.seconds, old.seconds, cost.mebibytes, new.memory, old.memory
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{figures, rises, Figures, Gate};
    use typewright_benches::measure::Cost;

    fn gate(seconds: f64, memory: f64) -> Gate {
        [("nexus.json".to_owned(), Figures { seconds, memory })].into()
    }

    #[test]
    fn a_quarter_more_fails() {
        let old = gate(0.4, 0.8);
        assert!(rises(&old, &gate(0.5, 1.0)).is_empty());
        assert!(rises(&old, &gate(0.1, 0.1)).is_empty());
        assert_eq!(rises(&old, &gate(0.51, 0.8)), ["nexus.json CPU time 0.4 → 0.51"]);
        assert_eq!(rises(&old, &gate(0.4, 1.01)), ["nexus.json memory 0.8 → 1.01"]);
    }

    #[test]
    fn what_cannot_be_compared_fails() {
        assert_eq!(rises(&Gate::new(), &gate(0.1, 0.1)).len(), 1);
        assert_eq!(rises(&gate(0.4, 0.8), &gate(f64::NAN, f64::INFINITY)).len(), 2);
        // nothing was compiled
        assert_eq!(
            rises(&gate(0.4, 0.8), &figures(&[].into()))[0],
            "nexus.json CPU time 0.4 → NaN"
        );
    }

    #[test]
    fn costs_are_related_to_the_synthetic_crate() {
        let cost = |seconds, mebibytes| Cost { seconds, mebibytes };
        let costs = [
            ("gate_measure".to_owned(), cost(4.0, 400.0)),
            ("gate_nexus".to_owned(), cost(1.0, 300.0)),
            ("gate_telegram".to_owned(), cost(0.5, 100.0)),
        ];
        let figures = figures(&costs.into());
        assert_eq!(figures["nexus.json"], Figures { seconds: 0.25, memory: 0.75 });
        assert_eq!(figures["telegram.json"], Figures { seconds: 0.125, memory: 0.25 });
    }
}
