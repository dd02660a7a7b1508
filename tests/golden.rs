//! Small documents and the Rust that is generated from them: a folder per construct in `golden/`.

use crate::support::golden::{diagnostics, goldens, Golden};
use crate::support::package::{run, write, Package, Workspace};
use crate::support::{difference, root, scratch};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use typewright::diagnostics::codes;
use typewright::Output;

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
        let lib = generated.output.iter().flat_map(|output| &output.modules);
        let lib = lib.filter(|module| module.path == "lib.rs" && golden.shows_front_page());
        let lib = lib.map(|module| module.text.as_str()).next();
        wrong += &golden.compare("expected.lib.rs", lib.unwrap_or_default());
        for name in ["examples", "contract"] {
            let tests = generated.output.iter().flat_map(|output| &output.tests);
            let text = tests.filter(|test| test.name == name);
            let text = text.map(|test| test.text.as_str()).next();
            wrong += &golden.compare(&format!("expected.{name}.rs"), text.unwrap_or_default());
        }
        wrong += &golden.compare("expected.diagnostics", &diagnostics(&generated));
    }
    assert!(wrong.is_empty(), "UPDATE=1 accepts what differs:\n{wrong}");
}

#[test]
fn a_second_run_gives_the_same() {
    for golden in goldens() {
        let modules = || golden.generate().output.map(|output| output.modules);
        assert_eq!(modules(), modules(), "{}", golden.name);
    }
}

#[test]
fn windows_line_endings_change_nothing() {
    for golden in goldens() {
        let Some(document) = golden.document() else {
            continue;
        };
        let crlf = document.replace('\n', "\r\n");
        let include =
            |text: &str| golden.generate_from(Some(text)).output.map(|output| output.include());
        assert_eq!(include(&document), include(&crlf), "{}", golden.name);
    }
}

/// The files of a golden, written where no configuration of rustfmt applies.
fn files_to_format(golden: &Golden, edition: &str) -> Vec<PathBuf> {
    let Some(output) = golden.generate().output else {
        return Vec::new();
    };
    let folder = scratch("format").join(edition).join(&golden.name);
    let modules = output.modules.iter();
    let modules = modules.map(|module| (format!("src/{}", module.path), module.text.clone()));
    let files = modules.chain([("include.rs".to_owned(), output.include())]);
    files
        .map(|(path, text)| {
            let path = folder.join(path);
            write(&path, &text);
            path
        })
        .collect()
}

/// The command has rustfmt lay out what is committed; a second time changes nothing, in either edition.
#[test]
fn rustfmt_lays_it_out_once_and_for_all() {
    let configuration = scratch("no-configuration");
    write(&configuration.join("rustfmt.toml"), "");
    for edition in ["2021", "2024"] {
        let goldens = goldens();
        let files: Vec<_> =
            goldens.iter().flat_map(|golden| files_to_format(golden, edition)).collect();
        for check in [None, Some("--check")] {
            run(Command::new("rustfmt")
                .args(["--edition", edition, "--config-path"])
                .arg(&configuration)
                .args(check)
                .args(&files));
        }
    }
}

/// Every golden as modules of a package of each edition: as committed code, and by `include!` in a module within a module.
#[test]
fn everything_compiles_without_a_warning() {
    let clients: Vec<_> = goldens().iter().filter_map(Golden::client).collect();
    let packages = ["2021", "2024"].map(|edition| {
        let package = Package::new(&format!("edition-{edition}"));
        package.edition(edition).modules_and_includes(&clients)
    });
    let workspace = Workspace::write("goldens", &packages);
    workspace.clippy();
    // a link without a target is a warning
    workspace.cargo(&["doc", "--quiet", "--no-deps", "--package", "edition-2024"]);
}

#[test]
fn every_code_has_a_golden_that_raises_it() {
    let raised: BTreeSet<_> = goldens()
        .iter()
        .flat_map(|golden| {
            let diagnostics = golden.generate().diagnostics;
            diagnostics.iter().map(|finding| finding.code.id).collect::<Vec<_>>()
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
    let file = root().join("tests/golden/record/expected.rs");
    let difference = difference(&file, "struct Other;\n");
    assert!(difference.contains("+struct Other;"), "{difference}");
}
