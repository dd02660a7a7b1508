//! What the test files share: where the repository and its input material are.
#![allow(clippy::disallowed_methods, reason = "tests look for material on disk")]

pub mod packages;

use std::io::Write;
use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Prints a line that is seen whether the test passes or not: what `print!` writes is shown of tests that fail.
pub fn say(line: &str) {
    // nobody may be listening
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A folder or file of the input material that lies beside the repository; `None`, with a printed line, where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let base = std::env::var_os("TYPEWRIGHT_SHARED")
        .map_or_else(|| root().join("../shared"), PathBuf::from);
    let full = base.join(path);
    if full.exists() {
        return Some(full);
    }
    let beside = Path::new("../shared").join(path);
    say(&format!("skipped: {} is not here", beside.display()));
    None
}
