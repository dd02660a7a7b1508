//! Known losses and repairs of each document.

use super::crates::typewright;
use super::documents::Document;
use crate::support::{is_update, root};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Result of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its operations.
    pub operations: usize,
    /// The schemas that are not empty, wherever they stand.
    pub positions: usize,
    /// Those of them that have become any JSON.
    pub untyped: usize,
    /// How often each code was raised.
    #[serde(default)]
    pub findings: BTreeMap<String, usize>,
}

/// The records of all documents, by name.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Records(BTreeMap<String, Record>);

/// Output of `typewright inspect --json`.
#[derive(Deserialize)]
struct Inspection {
    operations: BTreeMap<String, Vec<serde_json::Value>>,
    schemas: Schemas,
    findings: BTreeMap<String, Finding>,
}

#[derive(Deserialize)]
struct Schemas {
    components: usize,
    inline: usize,
    #[serde(rename = "asked")]
    unconstrained: usize,
    untyped: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Finding {
    count: usize,
}

impl Record {
    /// Asks the command.
    pub fn inspect(document: &Document) -> Self {
        let (path, root) = (document.path.to_str(), document.root.to_str());
        let output = typewright(&["inspect", path.unwrap(), "--json", "--root", root.unwrap()]);
        let inspection: Inspection = serde_json::from_str(&output).unwrap();
        let findings = inspection.findings.into_iter();
        Self {
            operations: inspection.operations.values().map(Vec::len).sum(),
            positions: inspection.schemas.components + inspection.schemas.inline
                - inspection.schemas.unconstrained,
            untyped: inspection.schemas.untyped.len(),
            findings: findings.map(|(code, finding)| (code, finding.count)).collect(),
        }
    }

    fn is_typed_enough(&self) -> bool {
        self.untyped * 100 <= self.positions
    }

    /// Every way in which this one is worse than what is known.
    fn worse_than(&self, known: &Self) -> String {
        let mut wrong = String::new();
        if self.operations != known.operations {
            writeln!(wrong, "operations: {} instead of {}", self.operations, known.operations)
                .unwrap();
        }
        if self.untyped > known.untyped {
            writeln!(wrong, "untyped: {} instead of {}", self.untyped, known.untyped).unwrap();
        }
        for (code, count) in &self.findings {
            let allowed = known.findings.get(code).copied().unwrap_or_default();
            if *count > allowed {
                writeln!(wrong, "{code}: {count} instead of {allowed}").unwrap();
            }
        }
        wrong
    }
}

fn path() -> PathBuf {
    root().join("tests/shared/corpus/expected.toml")
}

impl Records {
    /// The committed records.
    pub fn read() -> Self {
        toml::from_str(&fs::read_to_string(path()).unwrap_or_default()).unwrap()
    }

    /// Describes what got worse. If nothing did and something got better, `UPDATE=1` renews the records.
    pub fn compare(&self, records: &[(String, Record)]) -> String {
        let mut wrong = String::new();
        for (name, record) in records {
            let worse = match self.0.get(name) {
                Some(known) => record.worse_than(known),
                None if is_update() => String::new(),
                None => "not in expected.toml yet; UPDATE=1 enters it\n".to_owned(),
            };
            for line in worse.lines() {
                writeln!(wrong, "{name}: {line}").unwrap();
            }
            if !record.is_typed_enough() {
                writeln!(wrong, "{name}: less than 99 % is typed").unwrap();
            }
        }
        if wrong.is_empty() && is_update() {
            let all = Self(records.iter().cloned().collect());
            fs::write(path(), toml::to_string(&all).unwrap()).unwrap();
        } else if wrong.is_empty()
            && records.iter().any(|(name, record)| self.0.get(name) != Some(record))
        {
            println!(
                "some documents got better than expected.toml says: UPDATE=1 holds them to it"
            );
        }
        wrong
    }
}
