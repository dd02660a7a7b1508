//! Generated text as rustfmt lays it out by default.
//!
//! The library prints without a process of its own, and what it prints is Rust in a sound layout. Where a repository
//! holds all its crates to `cargo fmt --check`, the command has rustfmt itself go over the text before it is compared
//! and written.

use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;
use typewright::diagnostics::codes::front as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::Module;

/// The modules as rustfmt lays them out; as they are, with a finding, where it is not installed or fails.
pub fn laid_out(modules: &[Module], found: &mut Diagnostics) -> Vec<Module> {
    match rustfmt(modules) {
        Ok(laid_out) => laid_out,
        Err(reason) => {
            let message = format!("rustfmt did not lay out the text: {reason}");
            found.lost(codes::FORMAT, Place::Nowhere, message, modules.to_vec())
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "rustfmt is handed files, in a folder that is gone afterwards"
)]
/// Runs rustfmt over a copy of the crate in a folder of its own, where no configuration but the default is in force.
fn rustfmt(modules: &[Module]) -> io::Result<Vec<Module>> {
    let folder = tempfile::tempdir()?;
    for module in modules {
        let path = folder.path().join(&module.path);
        fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        fs::write(path, &module.text)?;
    }
    let tests = modules.iter().map(|module| module.path.as_str());
    let tests: Vec<_> = tests.filter(|path| path.starts_with("tests/")).collect();
    run(folder.path(), &tests)?;
    let text = |module: &Module| fs::read_to_string(folder.path().join(&module.path));
    let read = |module: &Module| {
        Ok(Module {
            path: module.path.clone(),
            text: text(module)?,
        })
    };
    modules.iter().map(read).collect()
}

/// The library leads to its modules; a test stands alone.
fn run(folder: &Path, tests: &[&str]) -> io::Result<()> {
    let outcome = Command::new("rustfmt")
        .args(["--edition", "2021", "--quiet", "src/lib.rs"])
        .args(tests)
        .current_dir(folder)
        .output()?;
    if outcome.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&outcome.stderr);
    Err(io::Error::other(
        words.lines().next().unwrap_or("it failed").to_owned(),
    ))
}
