//! Measures what it costs to compile generated code, in this design and in the usual one.
//!
//! `cargo run --profile dist -p typewright-benches --bin compile_cost -- [--full] [--no-release] [--incremental]
//! [--design NAME] [--records N] [--operations N]`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use typewright_benches::ground::{lay, Design, DESIGNS};
use typewright_benches::measure::{wrapped, Cost, Ground};
use typewright_benches::model::{Api, Size};
use typewright_benches::table::Table;

fn main() -> ExitCode {
    if let Some(code) = wrapped() {
        return ExitCode::from(code);
    }
    let options = Options::new();
    let api = Api::new(options.size);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/compile-cost");
    std::fs::create_dir_all(&root).unwrap();
    let root = root.canonicalize().unwrap();
    println!(
        "{} records, {} operations, {}",
        options.size.records,
        options.size.operations,
        rustc()
    );
    let mut table =
        Table::new(&["", "crate CPU s", "crate MiB", "program CPU s", "program MiB", "both CPU s"]);
    let is_chosen = |design: &Design| options.only.as_ref().is_none_or(|only| design.name == only);
    for design in DESIGNS.into_iter().filter(is_chosen) {
        let mut ground = lay(&api, &root, design, &options.runtime);
        ground.incremental = options.incremental;
        measure(&ground, design.name, &options, &mut table);
    }
    println!("{table}");
    ExitCode::SUCCESS
}

fn rustc() -> String {
    let output = std::process::Command::new("rustc").arg("--version").output();
    String::from_utf8_lossy(&output.unwrap().stdout).trim().to_owned()
}

struct Options {
    size: Size,
    calls: Vec<usize>,
    release: bool,
    incremental: bool,
    only: Option<String>,
    runtime: PathBuf,
}

impl Options {
    fn new() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let has = |name: &str| arguments.iter().any(|argument| argument == name);
        let after = |name: &str| {
            let at = arguments.iter().position(|argument| argument == name)?;
            arguments.get(at + 1).cloned()
        };
        let number = |name: &str, full, smoke| {
            let standard = if has("--full") { full } else { smoke };
            after(name).map_or(standard, |text| text.parse().unwrap())
        };
        let size = Size {
            records: number("--records", 600, 30),
            operations: number("--operations", 400, 8),
        };
        let runtime = after("--runtime").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap(),
            PathBuf::from,
        );
        let mut calls = vec![3, 50, size.operations];
        calls.retain(|calls| *calls <= size.operations);
        Self {
            size,
            calls,
            release: !has("--no-release"),
            incremental: has("--incremental"),
            only: after("--design"),
            runtime,
        }
    }
}

fn measure(ground: &Ground, design: &str, options: &Options, table: &mut Table) {
    let names = |calls: &usize| format!("program{calls}");
    let mut packages = vec!["bench_api".to_owned()];
    packages.extend(options.calls.iter().map(names));
    let row = |what: &str,
               costs: &std::collections::BTreeMap<String, Cost>,
               program: &str,
               table: &mut Table| {
        let cost = |name: &str| costs.get(name).copied();
        table.row(&format!("{design}, {what}"), cost("bench_api"), cost(program));
    };
    let _ = ground.cargo(&["build", "--quiet", "--workspace"]);
    for (what, arguments) in profiles(options) {
        let _ = ground.cargo(&[&arguments[..], &["--quiet", "--workspace"]].concat());
        ground.forget(&packages);
        let costs = ground.cargo(&[&arguments[..], &["--quiet", "-p", "bench_api"]].concat());
        row(what, &costs, "", table);
        let library = costs.get("bench_api").copied();
        for calls in &options.calls {
            let package = names(calls);
            let mut costs = ground.cargo(&[&arguments[..], &["--quiet", "-p", &package]].concat());
            costs.extend(library.map(|cost| ("bench_api".to_owned(), cost)));
            row(&format!("{what}, {calls} calls"), &costs, &package, table);
            ground.change(&package);
            let costs = ground.cargo(&[&arguments[..], &["--quiet", "-p", &package]].concat());
            row(&format!("{what}, {calls} calls, one line changed"), &costs, &package, table);
        }
    }
}

fn profiles(options: &Options) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut profiles = vec![("check", vec!["check"]), ("debug", vec!["build"])];
    if options.release {
        profiles.push(("release", vec!["build", "--release"]));
    }
    profiles
}
