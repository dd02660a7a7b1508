//! Generated text as rustfmt lays it out.
//!
//! The library prints without a process of its own, and what it prints is Rust in a sound layout. The command has rustfmt
//! itself go over the text before it is compared and written, as `cargo fmt` would in the crate: with the edition of its
//! manifest, and the configuration that is in force there.

use crate::edition::edition;
use crate::paths::absolute;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::Module;

/// How a configuration of rustfmt is called, in the order in which it is looked for.
const CONFIGURATIONS: [&str; 2] = [".rustfmt.toml", "rustfmt.toml"];

/// The modules of the crate in `out` as rustfmt lays them out; as they are, with a finding, where it is not installed or
/// fails.
pub fn laid_out(modules: &[Module], out: &Path, found: &mut Diagnostics) -> Vec<Module> {
    match rustfmt(modules, out) {
        Ok(laid_out) => laid_out,
        Err(error) => {
            let reason = if error.kind() == ErrorKind::NotFound {
                "it is not installed".to_owned()
            } else {
                error.to_string()
            };
            let message = format!("rustfmt did not lay out the text: {reason}");
            found.lost(codes::FORMAT, Place::Nowhere, message, modules.to_vec())
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "rustfmt is handed files, in a folder that is gone afterwards"
)]
/// Runs rustfmt over a copy of the crate in a folder of its own, so that a crate is never seen half laid out.
fn rustfmt(modules: &[Module], out: &Path) -> io::Result<Vec<Module>> {
    let folder = tempfile::tempdir()?;
    for module in modules {
        let path = folder.path().join(&module.path);
        fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        fs::write(path, &module.text)?;
    }
    let tests = modules.iter().map(|module| module.path.as_str());
    let tests: Vec<_> = tests.filter(|path| path.starts_with("tests/")).collect();
    let mut command = Command::new("rustfmt");
    command.args(["--quiet", "--edition", &edition(out)]);
    if let Some(configuration) = configuration(out) {
        command.arg("--config-path").arg(configuration);
    }
    // the library leads to its modules; a test stands alone
    command.arg("src/lib.rs").args(tests);
    run(command.current_dir(folder.path()))?;
    let text = |module: &Module| fs::read_to_string(folder.path().join(&module.path));
    let read = |module: &Module| {
        Ok(Module {
            path: module.path.clone(),
            text: text(module)?,
        })
    };
    modules.iter().map(read).collect()
}

fn run(command: &mut Command) -> io::Result<()> {
    let outcome = command.output()?;
    if outcome.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&outcome.stderr);
    let first = words.lines().find(|line| !line.trim().is_empty());
    Err(io::Error::other(first.unwrap_or("it failed").to_owned()))
}

/// The configuration that is in force in a folder: the nearest at or above it.
fn configuration(out: &Path) -> Option<PathBuf> {
    let out = absolute(out);
    let mut candidates = out
        .ancestors()
        .flat_map(|folder| CONFIGURATIONS.map(|name| folder.join(name)));
    candidates.find(|path| path.is_file())
}
