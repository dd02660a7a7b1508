//! Formatting by rustfmt.
//!
//! The library formats without another process. The command runs rustfmt on the code before it is compared and written,
//! as `cargo fmt` in the crate would: with the edition of the manifest and the configuration that applies there.

use crate::manifest::EDITION;
use crate::paths::absolute;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;
use toml_edit::{DocumentMut, Item};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::host::disk::read_text;
use typewright::Module;

/// The editions that rustfmt knows.
const EDITIONS: [&str; 4] = ["2015", "2018", "2021", "2024"];

/// File names of a configuration of rustfmt, in order of precedence.
const CONFIGURATIONS: [&str; 2] = [".rustfmt.toml", "rustfmt.toml"];

/// The modules of the crate in `out`, formatted; unchanged, with a diagnostic, if rustfmt is not installed or fails.
pub fn formatted(modules: &[Module], out: &Path, diagnostics: &mut Diagnostics) -> Vec<Module> {
    match rustfmt(modules, out) {
        Ok(formatted) => formatted,
        Err(error) => {
            let reason = if error.kind() == ErrorKind::NotFound {
                "it is not installed".to_owned()
            } else {
                error.to_string()
            };
            let message = format!("the code is not formatted by rustfmt: {reason}");
            diagnostics.lost(codes::FORMAT, Place::Nowhere, message, modules.to_vec())
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "rustfmt reads files, in a temporary folder")]
/// Runs rustfmt on a temporary copy of the crate, so that nobody sees a crate half formatted.
fn rustfmt(modules: &[Module], out: &Path) -> io::Result<Vec<Module>> {
    let folder = tempfile::tempdir()?;
    for module in modules {
        let path = folder.path().join(&module.path);
        fs::create_dir_all(path.parent().unwrap_or(folder.path()))?;
        fs::write(path, &module.text)?;
    }
    // the library may declare a module that is not generated
    fs::write(folder.path().join("src/ext.rs"), "")?;
    let tests = modules.iter().map(|module| module.path.as_str());
    let tests: Vec<_> = tests.filter(|path| path.starts_with("tests/")).collect();
    let mut command = Command::new("rustfmt");
    command.args(["--quiet", "--edition", &edition(out)]);
    if let Some(configuration) = configuration(out) {
        command.arg("--config-path").arg(configuration);
    }
    // rustfmt follows the modules of the library; each test is a crate
    command.arg("src/lib.rs").args(tests);
    run(command.current_dir(folder.path()))?;
    let text = |module: &Module| fs::read_to_string(folder.path().join(&module.path));
    let read = |module: &Module| Ok(Module { path: module.path.clone(), text: text(module)? });
    modules.iter().map(read).collect()
}

fn run(command: &mut Command) -> io::Result<()> {
    let outcome = command.output()?;
    if outcome.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&outcome.stderr);
    let first = stderr.lines().find(|line| !line.trim().is_empty());
    Err(io::Error::other(first.unwrap_or("it failed").to_owned()))
}

/// The configuration that applies in a folder: the nearest at or above it.
fn configuration(out: &Path) -> Option<PathBuf> {
    let out = absolute(out);
    let mut candidates =
        out.ancestors().flat_map(|folder| CONFIGURATIONS.map(|name| folder.join(name)));
    candidates.find(|path| path.is_file())
}

/// The edition of the crate in a folder, which its workspace may define; that of a new crate if it has no manifest yet.
fn edition(folder: &Path) -> String {
    let Some(manifest) = manifest(folder) else {
        return EDITION.to_owned();
    };
    let declared = manifest.get("package").and_then(|package| package.get("edition"));
    let edition = match declared {
        None => Some("2015".to_owned()),
        Some(edition) if edition.is_str() => edition.as_str().map(str::to_owned),
        Some(_) => inherited(folder),
    };
    let known = edition.filter(|edition| EDITIONS.contains(&edition.as_str()));
    known.unwrap_or_else(|| EDITION.to_owned())
}

fn manifest(folder: &Path) -> Option<DocumentMut> {
    read_text(&folder.join("Cargo.toml")).ok()?.parse().ok()
}

/// The edition that the nearest workspace above defines.
fn inherited(folder: &Path) -> Option<String> {
    let folder = absolute(folder);
    let mut above = folder.ancestors().filter_map(manifest);
    let workspace = above.find_map(|manifest| manifest.get("workspace").cloned())?;
    let package = workspace.get("package")?;
    package.get("edition").and_then(Item::as_str).map(str::to_owned)
}
