//! The documents as one program, built once, that reads and writes instances.

use super::document::document;
use super::suite::{Group, DRAFTS};
use crate::support::package::{Package, Workspace};
use crate::support::Memory;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;
use typewright::diagnostics::{Diagnostics, Place, Severity};
use typewright::Options;

/// Result of an instance.
pub struct Outcome {
    /// The encoded text, if decoding succeeded.
    pub written: Option<String>,
    /// Why it was not read.
    pub failure: String,
    /// Violations that `validate` reports; empty if none.
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

    /// `true` if the instance was not tried.
    pub fn is_skipped(&self) -> bool {
        self.failure.starts_with("no type is made")
    }
}

/// How the types are generated: as documents mean them, but for what only tests of a validator rely on.
fn options(draft: usize) -> Options {
    Options::new(|options| {
        options.name = format!("draft{draft}");
        options.types_only = true;
        options.strict_schemas = true;
        options.closed_enums = true;
        options.validate = true;
        options.preserve_unknown = true;
    })
}

/// The source of the program.
pub struct Source {
    package: Package,
    /// The entries of its table: a name per group, and the function that tries an instance.
    rows: String,
}

impl Source {
    /// A program without types.
    pub fn new() -> Self {
        Self { package: Package::new("json-schema").features(["pattern"]), rows: String::new() }
    }

    /// Adds the types of a draft. Leaves out the groups of which no client can be generated, and returns the reasons.
    pub fn add(&mut self, draft: usize, groups: &[Group]) -> BTreeMap<usize, String> {
        let mut skipped = BTreeMap::new();
        let output = loop {
            let text = document(DRAFTS[draft].1, groups, &skipped);
            let memory = Memory::new([("openapi.json", text)]);
            let generated = typewright::generate("openapi.json", &memory, &options(draft));
            match generated.output {
                Some(output) => break output,
                None => skipped.extend(errors(&generated.diagnostics)),
            }
        };
        let package = std::mem::take(&mut self.package);
        self.package = package.file(format!("src/draft{draft}.rs"), output.include());
        for at in (0..groups.len()).filter(|at| !skipped.contains_key(at)) {
            let ty = format!("draft{draft}::types::Holder{at}");
            let run = format!("|text| run::<{ty}>(text, |value| violations(value.validate()))");
            writeln!(self.rows, "    (\"{draft}/{at}\", {run}),").unwrap();
        }
        skipped
    }

    /// Builds the program.
    pub fn build(self) -> Program {
        let mut main = include_str!("driver.rs").replace("//!", "//");
        for draft in 0..DRAFTS.len() {
            let include = format!("include!(\"draft{draft}.rs\");");
            writeln!(main, "\nmod draft{draft} {{\n    {include}\n}}").unwrap();
        }
        write!(main, "\nconst ROWS: &[Row] = &[\n{}];\n", self.rows).unwrap();
        let package = self.package.file("src/main.rs", main);
        let workspace = Workspace::write("json-schema", &[package]);
        workspace.cargo(&["build"]);
        Program(workspace)
    }
}

/// The built program.
pub struct Program(Workspace);

impl Program {
    /// Tries instances, each with the name of its group.
    pub fn run(&self, instances: &[(String, String)]) -> Vec<Outcome> {
        let mut lines = String::new();
        for (name, text) in instances {
            writeln!(lines, "{name} {text}").unwrap();
        }
        let mut command = self.0.command(&["run", "--quiet"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = command.spawn().unwrap();
        let mut input = program.stdin.take().unwrap();
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = program.wait_with_output().unwrap();
        writer.join().unwrap().unwrap();
        assert!(output.status.success());
        let stdout = String::from_utf8(output.stdout).unwrap();
        let outcomes: Vec<_> = stdout.lines().map(outcome).collect();
        assert_eq!(outcomes.len(), instances.len());
        outcomes
    }
}

/// The groups that have errors, and the first of each.
pub fn errors(diagnostics: &Diagnostics) -> BTreeMap<usize, String> {
    let errors = diagnostics.iter().filter(|finding| finding.code.severity == Severity::Error);
    let mut groups = BTreeMap::new();
    for error in errors {
        let (Place::Pointer(_, pointer) | Place::Key(_, pointer)) = &error.place else {
            panic!("{}", error.message);
        };
        let group = pointer.strip_prefix("/components/schemas/Group").unwrap();
        let number = group.split('/').next().unwrap().parse().unwrap();
        groups.entry(number).or_insert_with(|| error.message.clone());
    }
    assert!(!groups.is_empty());
    groups
}

fn outcome(line: &str) -> Outcome {
    let [written, failure, violations]: [String; 3] = serde_json::from_str(line).unwrap();
    Outcome { written: Some(written).filter(|_| failure.is_empty()), failure, violations }
}
