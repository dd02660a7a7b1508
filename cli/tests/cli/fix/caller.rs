//! A caller that compiles with the old crate, and with the new one after its edits.

use super::{fix, sandbox};
use crate::support::{target, Run, Sandbox};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn generate(sandbox: &Sandbox, version: &str) {
    let runtime = root().join("runtime");
    let document = format!("{version}.yaml");
    let arguments = [
        "generate",
        &document,
        "--out",
        version,
        "--name",
        "pets",
        "--no-rustfmt",
        "--runtime-path",
    ];
    sandbox.run(&[&arguments[..], &[runtime.to_str().unwrap()]].concat()).ends(0);
}

/// Compiles the caller with the crate in a folder.
fn check(sandbox: &Sandbox, version: &str) -> Run {
    let manifest = format!(
        "[package]\nname = \"caller\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n[dependencies]\n\
         pets = {{ path = \"../{version}\", default-features = false }}\n\n[workspace]\n"
    );
    sandbox.write("caller/Cargo.toml", manifest);
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.args(["check", "--offline", "--quiet", "--tests", "--target-dir"]);
    cargo.arg(target());
    cargo.current_dir(sandbox.path("caller"));
    cargo.output().unwrap().into()
}

#[test]
fn a_caller_compiles_after_its_edits() {
    let sandbox = sandbox();
    sandbox.write("edits.txt", include_str!("edits.txt"));
    for file in ["lib.rs", "names.rs", "report.rs"] {
        let path = root().join("cli/tests/cli/fix/caller/src").join(file);
        sandbox.write(&format!("caller/src/{file}"), fs::read(path).unwrap());
    }
    sandbox.write("caller/Cargo.lock", fs::read(root().join("Cargo.lock")).unwrap());
    generate(&sandbox, "old");
    generate(&sandbox, "new");
    check(&sandbox, "old").ends(0);
    check(&sandbox, "new").ends(101);

    let run = fix(&sandbox, &["--edits", "edits.txt", "--write", "caller"]).ends(0);
    assert_eq!(run.stderr, "");
    check(&sandbox, "new").ends(0);
    check(&sandbox, "old").ends(101);

    let mended = sandbox.files("caller/src");
    fix(&sandbox, &["--edits", "edits.txt", "--write", "caller"]).ends(0);
    assert_eq!(sandbox.files("caller/src"), mended);
}
