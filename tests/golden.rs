//! What small documents become: a folder a construct in `golden/`, the document beside the Rust that it is expected to give.
//!
//! `UPDATE=1` writes the expectations anew.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "golden/harness.rs"]
mod harness;
#[path = "golden/packages.rs"]
mod packages;

use harness::{goldens, Golden};
use std::collections::BTreeSet;
use typewright::diagnostics::codes;
use typewright::Output;
use typewright_tests::packages::cargo;
use typewright_tests::root;

/// Codes that no document can raise: those of overlays, of the command, and of the import of pages, whose own tests
/// raise them; schemas that multiply would make a golden of thousands of lines.
const RAISED_ELSEWHERE: &[&str] = &["TW0117", "TW0118", "TW0119", "TW0327", "TW05", "TW06"];

#[test]
fn documents_are_short() {
    for golden in goldens() {
        let lines = golden.document().unwrap_or_default().lines().count();
        assert!(lines <= 60, "{} has {lines} lines", golden.name);
    }
}

#[test]
fn output_is_as_expected() {
    let mut wrong = String::new();
    for golden in goldens() {
        let generated = golden.generate();
        let code = generated.output.as_ref().map(Output::include);
        wrong += &golden.compare("expected.rs", &code.unwrap_or_default());
        for name in ["examples", "contract"] {
            let tests = generated.output.iter().flat_map(|output| &output.tests);
            let text = tests.filter(|test| test.name == name);
            let text = text.map(|test| test.text.as_str()).next();
            wrong += &golden.compare(&format!("expected.{name}.rs"), text.unwrap_or_default());
        }
        wrong += &golden.compare("expected.diagnostics", &harness::diagnostics(&generated));
    }
    assert!(wrong.is_empty(), "UPDATE=1 accepts what differs:\n{wrong}");
}

#[test]
fn a_second_run_gives_the_same() {
    for golden in goldens() {
        let [first, second] = [golden.generate(), golden.generate()];
        let modules =
            |generated: typewright::Generated| generated.output.map(|output| output.modules);
        assert_eq!(modules(first), modules(second), "{}", golden.name);
    }
}

#[test]
fn windows_line_endings_change_nothing() {
    for golden in goldens() {
        let Some(document) = golden.document() else {
            continue;
        };
        let crlf = document.replace('\n', "\r\n");
        let include = |text: &str| {
            golden
                .generate_from(Some(text))
                .output
                .map(|output| output.include())
        };
        assert_eq!(include(&document), include(&crlf), "{}", golden.name);
    }
}

/// The command has rustfmt lay out what is committed; a second time changes nothing, in either edition.
#[test]
fn rustfmt_lays_it_out_once_and_for_all() {
    for edition in ["2021", "2024"] {
        let goldens = goldens();
        let files: Vec<_> = goldens
            .iter()
            .flat_map(|golden| packages::files_to_format(golden, edition))
            .collect();
        packages::rustfmt(edition, &[], &files);
        packages::rustfmt(edition, &["--check"], &files);
    }
}

/// Every golden as modules of a package of each edition: as committed code, and by `include!` in a module within a module.
#[test]
fn everything_compiles_without_a_warning() {
    let folder = packages::workspace("goldens", &goldens());
    cargo(
        &folder,
        &[
            "clippy",
            "--workspace",
            "--keep-going",
            "--",
            "-D",
            "warnings",
        ],
    );
    // links that lead nowhere are warnings
    cargo(
        &folder,
        &["doc", "--quiet", "--no-deps", "--package", "edition-2024"],
    );
}

#[test]
fn every_code_has_a_golden_that_raises_it() {
    let raised: BTreeSet<_> = goldens()
        .iter()
        .flat_map(|golden| {
            let found = golden.generate().diagnostics;
            found
                .iter()
                .map(|finding| finding.code.id)
                .collect::<Vec<_>>()
        })
        .collect();
    let missing: Vec<_> = codes::all()
        .filter(|code| !raised.contains(code.id))
        .filter(|code| {
            let mut others = RAISED_ELSEWHERE.iter();
            !others.any(|prefix| code.id.starts_with(prefix))
        })
        .map(|code| format!("{code} {}", code.title))
        .collect();
    assert!(
        missing.is_empty(),
        "no golden in {} raises: {missing:#?}",
        root().join("tests/golden").display()
    );
}

#[test]
fn a_difference_would_be_shown() {
    let golden = Golden::at(root().join("tests/golden/record"));
    let difference = golden.difference("expected.rs", "struct Other;\n");
    assert!(difference.contains("+struct Other;"), "{difference}");
}
