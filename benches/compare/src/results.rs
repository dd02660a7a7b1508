//! The results: a JSON object in a line for each stage of a document and a generator.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};
use typewright_benches::measure::Cost;

/// A stage of what is done with a document.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// From the document to the crate.
    Generate,
    /// `cargo check` of the crate alone.
    Check,
    /// `cargo build` of the crate alone.
    Debug,
    /// `cargo build --release` of the crate alone.
    Release,
    /// A program with four calls, built for release and stripped.
    Program,
}

/// The stages in their order: each needs those before it.
pub const STAGES: [Stage; 5] =
    [Stage::Generate, Stage::Check, Stage::Debug, Stage::Release, Stage::Program];

/// The outcome of a stage.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// The CPU seconds of each run.
    pub seconds: Vec<f64>,
    /// The peak memory of each run in MiB.
    pub mebibytes: Vec<f64>,
    /// Numbers that are the same in every run: `lines`, `operations`, `warnings`, `errors`, `bytes`.
    pub counts: BTreeMap<String, u64>,
    /// The reason why it fails, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A stage that was carried out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    pub document: String,
    pub peer: String,
    pub version: String,
    pub stage: Stage,
    /// The day, as `2026-01-31`.
    pub date: String,
    pub machine: String,
    pub rustc: String,
    #[serde(flatten)]
    pub outcome: Outcome,
}

impl Outcome {
    /// An outcome without a run.
    pub fn failure(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }

    /// Adds a run.
    pub fn add(&mut self, cost: Cost) {
        self.seconds.push((cost.seconds * 1000.0).round() / 1000.0);
        self.mebibytes.push(cost.mebibytes.round());
    }

    /// The medians of its runs.
    pub fn cost(&self) -> Option<Cost> {
        let is_complete = self.error.is_none();
        let seconds = median(&self.seconds).filter(|_| is_complete)?;
        Some(Cost { seconds, mebibytes: median(&self.mebibytes)? })
    }

    /// A number that is the same in every run.
    pub fn count(&self, name: &str) -> Option<u64> {
        self.counts.get(name).copied()
    }
}

/// The middle of some figures, or the mean of both in the middle.
pub fn median(figures: &[f64]) -> Option<f64> {
    let mut figures = figures.to_vec();
    figures.sort_by(f64::total_cmp);
    let (low, high) = (figures.len().checked_sub(1)? / 2, figures.len() / 2);
    Some((figures[low] + figures[high]) / 2.0)
}

/// Everything that was measured; of two records of the same the later counts.
#[derive(Default)]
pub struct Results(BTreeMap<(String, String, Stage), Record>);

impl Results {
    /// Reads a file; one that is not there has no results.
    ///
    /// # Errors
    /// The line that is no result.
    pub fn read(path: &Path) -> Result<Self, String> {
        Self::parse(&fs::read_to_string(path).unwrap_or_default())
    }

    /// Reads lines.
    ///
    /// # Errors
    /// The line that is no result.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut results = Self::default();
        for (number, line) in text.lines().enumerate() {
            let record = serde_json::from_str(line);
            results.insert(record.map_err(|error| format!("line {}: {error}", number + 1))?);
        }
        Ok(results)
    }

    /// Adds a record, also to the end of a file.
    ///
    /// # Panics
    /// The file cannot be written.
    pub fn append(&mut self, path: &Path, record: Record) {
        let line = serde_json::to_string(&record).unwrap();
        let file = fs::OpenOptions::new().append(true).create(true).open(path);
        writeln!(file.unwrap(), "{line}").unwrap();
        self.insert(record);
    }

    fn insert(&mut self, record: Record) {
        let key = (record.document.clone(), record.peer.clone(), record.stage);
        self.0.insert(key, record);
    }

    /// The outcome of a stage.
    pub fn get(&self, document: &str, peer: &str, stage: Stage) -> Option<&Outcome> {
        let key = (document.to_owned(), peer.to_owned(), stage);
        self.0.get(&key).map(|record| &record.outcome)
    }

    /// Everything.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }
}

#[cfg(test)]
mod tests {
    use super::{median, Outcome, Results, Stage};
    use typewright_benches::measure::Cost;

    #[test]
    fn medians_are_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[9.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 9.0]), Some(3.0));
    }

    #[test]
    fn the_later_record_counts() {
        let line = |seconds: f64| {
            format!(
                r#"{{"document":"a","peer":"p","version":"1","stage":"check","date":"2026-01-31","machine":"m","rustc":"r","seconds":[{seconds}],"mebibytes":[7.0],"counts":{{"warnings":3}}}}"#
            )
        };
        let results = Results::parse(&format!("{}\n{}\n", line(1.0), line(2.0))).unwrap();
        let outcome = results.get("a", "p", Stage::Check).unwrap();
        assert_eq!(outcome.cost().unwrap().seconds, 2.0);
        assert_eq!(outcome.count("warnings"), Some(3));
        assert!(results.get("a", "p", Stage::Debug).is_none());
        assert!(Results::parse("{}").is_err_and(|error| error.starts_with("line 1: ")));
    }

    #[test]
    fn a_failure_costs_nothing() {
        let mut outcome = Outcome::failure("no");
        outcome.add(Cost { seconds: 1.0, mebibytes: 1.0 });
        assert!(outcome.cost().is_none());
    }
}
