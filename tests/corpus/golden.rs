//! What is known to be lost or repaired in each document.

use crate::command::run;
use crate::documents::Document;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use typewright_tests::root;

/// What came of a document.
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
pub struct Golden(BTreeMap<String, Record>);

/// What the command says of a document.
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
    asked: usize,
    untyped: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Finding {
    count: usize,
}

impl Record {
    /// Asks the command.
    pub fn of(document: &Document) -> Self {
        let (path, root) = (document.path.to_str(), document.root.to_str());
        let output = run(&["inspect", path.unwrap(), "--json", "--root", root.unwrap()]);
        let said: Inspection = serde_json::from_slice(&output.stdout).unwrap();
        let findings = said.findings.into_iter();
        Self {
            operations: said.operations.values().map(Vec::len).sum(),
            positions: said.schemas.components + said.schemas.inline - said.schemas.asked,
            untyped: said.schemas.untyped.len(),
            findings: findings
                .map(|(code, finding)| (code, finding.count))
                .collect(),
        }
    }

    fn is_typed_enough(&self) -> bool {
        self.untyped * 100 <= self.positions
    }

    /// Every way in which this one is worse than what is known.
    fn worse_than(&self, known: &Self) -> String {
        let mut wrong = String::new();
        if self.operations != known.operations {
            writeln!(
                wrong,
                "operations: {} instead of {}",
                self.operations, known.operations
            )
            .unwrap();
        }
        if self.untyped > known.untyped {
            writeln!(
                wrong,
                "untyped: {} instead of {}",
                self.untyped, known.untyped
            )
            .unwrap();
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
    root().join("tests/corpus/golden.toml")
}

impl Golden {
    /// The committed records.
    pub fn read() -> Self {
        toml::from_str(&fs::read_to_string(path()).unwrap_or_default()).unwrap()
    }

    /// What got worse, as text. Where something got better and nothing worse, `UPDATE=1` writes the records anew.
    pub fn compare(&self, records: &[(String, Record)]) -> String {
        let mut wrong = String::new();
        for (name, record) in records {
            let worse = match self.0.get(name) {
                Some(known) => record.worse_than(known),
                None if std::env::var_os("UPDATE").is_some() => String::new(),
                None => "not in golden.toml yet; UPDATE=1 enters it\n".to_owned(),
            };
            for line in worse.lines() {
                writeln!(wrong, "{name}: {line}").unwrap();
            }
            if !record.is_typed_enough() {
                writeln!(wrong, "{name}: less than 99 % is typed").unwrap();
            }
        }
        if wrong.is_empty() && std::env::var_os("UPDATE").is_some() {
            let all = Self(records.iter().cloned().collect());
            fs::write(path(), toml::to_string(&all).unwrap()).unwrap();
        } else if wrong.is_empty()
            && records
                .iter()
                .any(|(name, record)| self.0.get(name) != Some(record))
        {
            println!("some documents got better than golden.toml says: UPDATE=1 holds them to it");
        }
        wrong
    }
}
