//! The documents as one program, built once, that reads and writes instances.

use crate::document::document;
use crate::suite::{Group, DRAFTS};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use typewright::diagnostics::{Diagnostics, Place, Severity};
use typewright::{Loader, Options, ReadError};
use typewright_tests::root;

/// What became of an instance.
pub struct Outcome {
    /// What was written back, where the instance was read.
    pub written: Option<String>,
    /// Why it was not read.
    pub failure: String,
    /// What `validate` says of it; empty where it says nothing.
    pub violations: String,
}

impl Outcome {
    /// Of a group of which no type is made, for this reason.
    pub fn skipped(why: &str) -> Self {
        Self {
            written: None,
            failure: format!("no type is made: {why}"),
            violations: String::new(),
        }
    }

    /// Whether the instance was tried.
    pub fn is_skipped(&self) -> bool {
        self.failure.starts_with("no type is made")
    }
}

/// How the types are generated: as documents mean them, but for what only tests of a validator rely on.
fn options(draft: usize) -> Options {
    Options {
        name: format!("draft{draft}"),
        types_only: true,
        literal: true,
        closed_enums: true,
        validate: true,
        preserve_unknown: true,
        ..Options::default()
    }
}

struct Text(String);

impl Loader for Text {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        let own = path == "openapi.json";
        own.then(|| self.0.clone())
            .ok_or_else(|| "no such file".into())
    }
}

/// The program.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
    rows: String,
}

impl Package {
    /// In an empty folder of its own.
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(folder.join("src")).unwrap();
        Self {
            folder,
            rows: String::new(),
        }
    }

    /// Adds the types of a draft. Groups that no client can be made of are left out; says which, and why.
    pub fn add(&mut self, draft: usize, groups: &[Group]) -> BTreeMap<usize, String> {
        let mut skipped = BTreeMap::new();
        let output = loop {
            let text = document(DRAFTS[draft].1, groups, &skipped);
            fs::write(self.folder.join(format!("draft{draft}.json")), &text).unwrap();
            let generated = typewright::generate("openapi.json", &Text(text), &options(draft));
            match generated.output {
                Some(output) => break output,
                None => skipped.extend(errors(&generated.diagnostics)),
            }
        };
        let path = self.folder.join(format!("src/draft{draft}.rs"));
        fs::write(path, output.include()).unwrap();
        for at in (0..groups.len()).filter(|at| !skipped.contains_key(at)) {
            let ty = format!("draft{draft}::types::Holder{at}");
            let run = format!("|text| run::<{ty}>(text, |value| found(value.validate()))");
            writeln!(self.rows, "    (\"{draft}/{at}\", {run}),").unwrap();
        }
        skipped
    }

    /// Builds the program.
    pub fn build(&self) {
        let runtime = root().join("runtime");
        let manifest = format!(
            "[package]\nname = \"json-schema\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n\
            [dependencies]\ntypewright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"pattern\"] }}\n\n\
            [profile.dev]\ndebug = false\n"
        );
        fs::write(self.folder.join("Cargo.toml"), manifest).unwrap();
        fs::copy(root().join("Cargo.lock"), self.folder.join("Cargo.lock")).unwrap();
        let driver = include_str!("driver.rs").replace("//!", "//");
        let mut main = driver;
        for draft in 0..DRAFTS.len() {
            writeln!(
                main,
                "\nmod draft{draft} {{\n    include!(\"draft{draft}.rs\");\n}}"
            )
            .unwrap();
        }
        write!(main, "\nconst ROWS: &[Row] = &[\n{}];\n", self.rows).unwrap();
        fs::write(self.folder.join("src/main.rs"), main).unwrap();
        let output = self.cargo(&["build"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let start: String = said.chars().take(20_000).collect();
        assert!(output.status.success(), "{start}");
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).current_dir(&self.folder);
        cargo.env("CARGO_NET_OFFLINE", "true");
        cargo
    }

    /// What becomes of instances, each with the name of its group.
    pub fn run(&self, instances: &[(String, String)]) -> Vec<Outcome> {
        let mut lines = String::new();
        for (name, text) in instances {
            writeln!(lines, "{name} {text}").unwrap();
        }
        let mut program = self.cargo(&["run", "--quiet"]);
        program.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = program.spawn().unwrap();
        let mut input = program.stdin.take().unwrap();
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = program.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        assert!(output.status.success());
        let said = String::from_utf8(output.stdout).unwrap();
        let outcomes: Vec<_> = said.lines().map(outcome).collect();
        assert_eq!(outcomes.len(), instances.len());
        outcomes
    }
}

/// The groups that have errors, and the first of each.
fn errors(diagnostics: &Diagnostics) -> BTreeMap<usize, String> {
    let errors = diagnostics
        .iter()
        .filter(|finding| finding.code.severity == Severity::Error);
    let mut found = BTreeMap::new();
    for error in errors {
        let (Place::Pointer(_, pointer) | Place::Key(_, pointer)) = &error.place else {
            panic!("{}", error.message);
        };
        let group = pointer.strip_prefix("/components/schemas/Group").unwrap();
        let number = group.split('/').next().unwrap().parse().unwrap();
        found.entry(number).or_insert_with(|| error.message.clone());
    }
    assert!(!found.is_empty());
    found
}

fn outcome(line: &str) -> Outcome {
    let [written, failure, violations]: [String; 3] = serde_json::from_str(line).unwrap();
    Outcome {
        written: Some(written).filter(|_| failure.is_empty()),
        failure,
        violations,
    }
}
