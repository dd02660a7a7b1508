//! Writes the tables and the chart of the results between markers in the READMEs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::chart;
use crate::peers::{Peer, PEERS};
use crate::ratios::{mean, mebibytes, pair, seconds};
use crate::results::{Outcome, Results, Stage};

#[derive(Args)]
pub struct Options {
    /// File of the results
    #[arg(long, default_value_os_t = crate::results_file())]
    results: PathBuf,
    /// Print the files instead of writing them
    #[arg(long)]
    print: bool,
}

/// The documents of the small table, those with the most operations.
const LARGE: [&str; 4] = ["nexus.json", "discord.json", "atlas.yaml", "github.json"];

const CHART: &str = "benches/compare/ratios.svg";

/// Writes everything that the results say.
///
/// # Errors
/// There are no results, or a README has no markers.
pub fn render(options: &Options) -> Result<(), String> {
    let results = Results::read(&options.results)?;
    if results.records().next().is_none() {
        return Err(format!("{}: no results", options.results.display()));
    }
    for (path, text) in files(&results)? {
        match options.print {
            true => println!("{text}"),
            false => fs::write(crate::root().join(path), text)
                .map_err(|error| format!("{path}: {error}"))?,
        }
    }
    Ok(())
}

/// The files that show the results, with their texts.
fn files(results: &Results) -> Result<[(&'static str, String); 3], String> {
    let chart = chart::draw(&chart::bars(results, &documents(results)))?;
    let small = format!("![Ratios]({CHART})\n\n{}", small_table(results));
    let within = |path: &str, text: &str| {
        let old = fs::read_to_string(crate::root().join(path));
        let old = old.map_err(|error| format!("{path}: {error}"))?;
        between(&old, text).ok_or_else(|| format!("{path}: no markers"))
    };
    let large = within("benches/README.md", &tables(results))?;
    Ok([("benches/README.md", large), ("README.md", within("README.md", &small)?), (CHART, chart)])
}

/// A text with what stands between the markers replaced.
fn between(old: &str, text: &str) -> Option<String> {
    let (head, rest) = old.split_once("<!-- compare -->\n")?;
    let (_, tail) = rest.split_once("<!-- end -->")?;
    Some(format!("{head}<!-- compare -->\n{}\n<!-- end -->{tail}", text.trim_end()))
}

/// The documents that have results, the one with the fewest operations first.
fn documents(results: &Results) -> Vec<String> {
    let names: BTreeSet<_> = results.records().map(|record| record.document.clone()).collect();
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_key(|name| declared(results, name));
    names
}

fn declared(results: &Results, document: &str) -> u64 {
    let counts = PEERS
        .iter()
        .filter_map(|peer| results.get(document, peer.name, Stage::Generate)?.count("declared"));
    counts.max().unwrap_or_default()
}

/// How it was measured, a table for each document, and the means.
fn tables(results: &Results) -> String {
    let mut text = origin(results);
    let documents = documents(results);
    for document in &documents {
        text += &table(results, document);
    }
    text + &means(results, &documents)
}

/// The day, the machine and the versions.
fn origin(results: &Results) -> String {
    let list = |values: BTreeSet<String>| values.into_iter().collect::<Vec<_>>().join("; ");
    let dates: BTreeSet<_> = results.records().map(|record| record.date.clone()).collect();
    let machines = list(results.records().map(|record| record.machine.clone()).collect());
    let compilers = list(results.records().map(|record| record.rustc.clone()).collect());
    let versions = results.records().map(|record| format!("{} {}", record.peer, record.version));
    let versions: Vec<_> = versions.collect::<BTreeSet<_>>().into_iter().collect();
    let days: Vec<_> = [dates.first(), dates.last()].into_iter().flatten().cloned().collect();
    let days = list(days.into_iter().collect()).replace("; ", " to ");
    let runs: BTreeSet<_> = results
        .records()
        .filter(|record| record.outcome.error.is_none())
        .map(|record| record.outcome.seconds.len().to_string())
        .collect();
    format!(
        "Measured {days} on {machines}; rustc {compilers}; medians of {} runs. Versions: {}.\n\n",
        list(runs).replace("; ", " or "),
        versions.join(", "),
    )
}

const HEAD: [&str; 17] = [
    "generator",
    "operations",
    "lines",
    "generate, CPU s",
    "MiB",
    "warnings",
    "check, CPU s",
    "MiB",
    "debug, CPU s",
    "MiB",
    "release, CPU s",
    "MiB",
    "program, KiB",
    "its CPU s",
    "MiB",
    "lines to write",
    "fails",
];

/// The table of a document; columns without any figure are left out.
fn table(results: &Results, document: &str) -> String {
    let rows = PEERS.iter().filter_map(|peer| row(results, document, peer));
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.insert(0, HEAD.map(str::to_owned).to_vec());
    let has_figures = |column: &usize| rows[1..].iter().any(|row| !row[*column].is_empty());
    let columns: Vec<usize> = (0..HEAD.len()).filter(has_figures).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<_> = columns.iter().map(|column| row[*column].as_str()).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text =
        format!("### {document}\n\n{} operations.\n\n", thousands(declared(results, document)));
    text += &line(&rows[0]);
    text += &format!("|---|{}\n", "---:|".repeat(columns.len() - 1));
    text.extend(rows[1..].iter().map(line));
    text + "\n"
}

/// The row of a generator; `None` if it was not measured.
fn row(results: &Results, document: &str, peer: &Peer) -> Option<Vec<String>> {
    let outcome = |stage| results.get(document, peer.name, stage);
    let count = |stage, name: &str| {
        outcome(stage).and_then(|outcome| outcome.count(name)).map(thousands).unwrap_or_default()
    };
    outcome(Stage::Generate)?;
    let mut cells = vec![
        peer.name.to_owned(),
        count(Stage::Generate, "operations"),
        count(Stage::Generate, "lines"),
    ];
    cells.extend(cost(outcome(Stage::Generate)));
    let is_compiled = outcome(Stage::Check).is_some_and(|outcome| outcome.error.is_none());
    cells.push(if is_compiled { count(Stage::Check, "warnings") } else { String::new() });
    for stage in [Stage::Check, Stage::Debug, Stage::Release] {
        cells.extend(cost(outcome(stage)));
    }
    let bytes = outcome(Stage::Program).and_then(|outcome| outcome.count("bytes"));
    cells.push(bytes.map(|bytes| thousands(bytes.div_ceil(1024))).unwrap_or_default());
    cells.extend(cost(outcome(Stage::Program)));
    cells.push(count(Stage::Program, "lines"));
    cells.push(failure(results, document, peer).unwrap_or_default());
    Some(cells)
}

fn cost(outcome: Option<&Outcome>) -> [String; 2] {
    let cost = outcome.and_then(Outcome::cost);
    cost.map(|cost| [figure(cost.seconds), format!("{:.0}", cost.mebibytes)]).unwrap_or_default()
}

/// A figure with three digits that count, or two below 0.1.
fn figure(figure: f64) -> String {
    match figure {
        0.0..1.0 => format!("{figure:.3}"),
        1.0..10.0 => format!("{figure:.2}"),
        _ => format!("{figure:.1}"),
    }
}

/// A number with commas between thousands.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The stage that fails, and why.
fn failure(results: &Results, document: &str, peer: &Peer) -> Option<String> {
    let mut stages = crate::results::STAGES.into_iter();
    let (stage, outcome, error) = stages.find_map(|stage| {
        let outcome = results.get(document, peer.name, stage)?;
        Some((stage, outcome, outcome.error.as_ref()?))
    })?;
    let number = match outcome.count("errors") {
        Some(errors) if errors > 1 => format!("{} errors, first ", thousands(errors)),
        _ => String::new(),
    };
    let name = format!("{stage:?}").to_lowercase();
    Some(format!("{name}: {number}`{}`", error.replace('`', "'").replace('|', "\\|")))
}

/// The geometric means of the ratios to the best other.
fn means(results: &Results, documents: &[String]) -> String {
    let mut text = "### Ratios\n\nThis generator's figures divided by those of the best other whose crate compiles, as geometric means:\n\n| | documents | CPU | memory |\n|---|---:|---:|---:|\n".to_owned();
    for stage in crate::results::STAGES {
        let ratios = |figure| {
            let pairs = documents.iter().filter_map(|name| pair(results, name, stage, figure));
            pairs.map(|pair| pair.ratio()).collect::<Vec<_>>()
        };
        let (cpu, memory) = (ratios(seconds), ratios(mebibytes));
        if let (Some(one), Some(other)) = (mean(&cpu), mean(&memory)) {
            let name = format!("{stage:?}").to_lowercase();
            let _ = writeln!(text, "| {name} | {} | {one:.2} | {other:.2} |", cpu.len());
        }
    }
    text
}

/// `cargo check` of large documents beside the best other.
fn small_table(results: &Results) -> String {
    let mut text =
        "| document | CPU s | others | ratio | MiB | others | ratio |\n|---|---:|---:|---:|---:|---:|---:|\n"
            .to_owned();
    for document in LARGE {
        let cpu = pair(results, document, Stage::Check, seconds);
        let memory = pair(results, document, Stage::Check, mebibytes);
        if let Some((cpu, memory)) = cpu.zip(memory) {
            let _ = writeln!(
                text,
                "| {document} | {:.1} | {:.1} | {:.2} | {:.0} | {:.0} | {:.2} |",
                cpu.ours,
                cpu.best,
                cpu.ratio(),
                memory.ours,
                memory.best,
                memory.ratio(),
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{between, figure, files, small_table, tables, thousands};
    use crate::results::Results;

    fn results() -> Results {
        let line = |peer: &str, stage: &str, rest: &str| {
            format!(
                r#"{{"document":"nexus.json","peer":"{peer}","version":"1","stage":"{stage}","date":"2026-01-31","machine":"m","rustc":"1.95.0",{rest}}}"#
            )
        };
        let text = [
            line(
                "typewright",
                "generate",
                r#""seconds":[0.1,0.3,0.2],"mebibytes":[50,51,52],"counts":{"lines":1234,"operations":9,"declared":10}"#,
            ),
            line(
                "typewright",
                "check",
                r#""seconds":[1.5],"mebibytes":[100],"counts":{"warnings":0,"errors":0}"#,
            ),
            line(
                "ploidy",
                "generate",
                r#""seconds":[0.4],"mebibytes":[60],"counts":{"lines":4321,"operations":4,"declared":10}"#,
            ),
            line(
                "ploidy",
                "check",
                r#""seconds":[6],"mebibytes":[400],"counts":{"warnings":2,"errors":0}"#,
            ),
            line(
                "oas3-gen",
                "generate",
                r#""seconds":[0.4],"mebibytes":[60],"counts":{"lines":5,"operations":4,"declared":10}"#,
            ),
            line(
                "oas3-gen",
                "check",
                r#""seconds":[],"mebibytes":[],"counts":{"warnings":0,"errors":1200},"error":"E0425: a | `b`""#,
            ),
            line(
                "progenitor",
                "generate",
                r#""seconds":[],"mebibytes":[],"counts":{},"error":"not supported""#,
            ),
        ];
        Results::parse(&text.join("\n")).unwrap()
    }

    #[test]
    fn a_document_has_a_table() {
        let expected = "Measured 2026-01-31 on m; rustc 1.95.0; medians of 1 or 3 runs. Versions: oas3-gen 1, ploidy 1, progenitor 1, typewright 1.

### nexus.json

10 operations.

| generator | operations | lines | generate, CPU s | MiB | warnings | check, CPU s | MiB | fails |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
| typewright | 9 | 1,234 | 0.200 | 51 | 0 | 1.50 | 100 |  |
| ploidy | 4 | 4,321 | 0.400 | 60 | 2 | 6.00 | 400 |  |
| oas3-gen | 4 | 5 | 0.400 | 60 |  |  |  | check: 1,200 errors, first `E0425: a \\| 'b'` |
| progenitor |  |  |  |  |  |  |  | generate: `not supported` |

### Ratios

This generator's figures divided by those of the best other whose crate compiles, as geometric means:

| | documents | CPU | memory |
|---|---:|---:|---:|
| generate | 1 | 0.50 | 0.85 |
| check | 1 | 0.25 | 0.25 |
";
        assert_eq!(tables(&results()), expected);
    }

    #[test]
    fn the_small_table_has_the_best_other() {
        let text = small_table(&results());
        assert!(text.ends_with("| nexus.json | 1.5 | 6.0 | 0.25 | 100 | 400 | 0.25 |\n"), "{text}");
    }

    #[test]
    fn the_files_show_the_results() {
        let results = Results::read(&crate::results_file()).unwrap();
        if results.records().next().is_none() {
            return println!("skipped: there are no results");
        }
        for (path, text) in files(&results).unwrap() {
            let file = std::fs::read_to_string(crate::root().join(path)).unwrap();
            assert!(file == text, "{path} is outdated: call `render`");
        }
    }

    #[test]
    fn only_what_is_between_the_markers_changes() {
        let old = "a\n<!-- compare -->\nold\n<!-- end -->\nb\n";
        let new = between(old, "new\n\n").unwrap();
        assert_eq!(new, "a\n<!-- compare -->\nnew\n<!-- end -->\nb\n");
        assert_eq!(between("a\n", "new"), None);
    }

    #[test]
    fn figures_have_three_digits() {
        assert_eq!([0.0123, 0.5, 1.234, 12.34].map(figure), ["0.012", "0.500", "1.23", "12.3"]);
        assert_eq!([7, 1234, 1_234_567].map(thousands), ["7", "1,234", "1,234,567"]);
    }
}
