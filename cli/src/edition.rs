//! The edition of a crate that may have been changed since its manifest was written.

use crate::paths::absolute;
use std::path::Path;
use toml_edit::{DocumentMut, Item};
use typewright::host::disk::read_text;

/// The edition that a new crate is given.
pub const NEW: &str = "2021";

/// The editions that rustfmt knows.
const EDITIONS: [&str; 4] = ["2015", "2018", "2021", "2024"];

/// The edition of the crate in a folder, its workspace's where it takes it from there; that of a new crate where it has
/// no manifest yet.
pub fn edition(folder: &Path) -> String {
    let Some(manifest) = manifest(folder) else {
        return NEW.to_owned();
    };
    let own = manifest
        .get("package")
        .and_then(|package| package.get("edition"));
    let stated = match own {
        None => Some("2015".to_owned()),
        Some(edition) if edition.is_str() => edition.as_str().map(str::to_owned),
        Some(_) => inherited(folder),
    };
    let known = stated.filter(|edition| EDITIONS.contains(&edition.as_str()));
    known.unwrap_or_else(|| NEW.to_owned())
}

fn manifest(folder: &Path) -> Option<DocumentMut> {
    read_text(&folder.join("Cargo.toml")).ok()?.parse().ok()
}

/// The edition of the nearest workspace above.
fn inherited(folder: &Path) -> Option<String> {
    let folder = absolute(folder);
    let mut above = folder.ancestors().filter_map(manifest);
    let workspace = above.find_map(|manifest| manifest.get("workspace").cloned())?;
    let package = workspace.get("package")?;
    package
        .get("edition")
        .and_then(Item::as_str)
        .map(str::to_owned)
}
