//! How far the paths of a configuration may lead: not out of the repository that it came with.

use crate::paths::absolute;
use std::fs;
use std::path::{Path, PathBuf};

/// What a folder holds that is a repository's.
const MARKS: [&str; 3] = [".git", ".hg", ".jj"];

/// The folder that the paths of a configuration stay in, without links.
#[derive(Debug)]
pub struct Boundary {
    folder: PathBuf,
}

impl Boundary {
    /// The repository that a configuration lies in; where it lies in none, the working directory if that holds it, else
    /// its own folder.
    pub fn of(config: &Path) -> Self {
        let config = absolute(config);
        let own = resolved(config.parent().unwrap_or(&config));
        let is_repository = |folder: &&Path| MARKS.iter().any(|mark| folder.join(mark).exists());
        let repository = own.ancestors().find(is_repository).map(Path::to_path_buf);
        let here = || Some(resolved(Path::new("."))).filter(|here| own.starts_with(here));
        let folder = repository.or_else(here);
        Self {
            folder: folder.unwrap_or(own),
        }
    }

    /// Whether a path leads to a place in the folder, links followed.
    pub fn holds(&self, path: &Path) -> bool {
        resolved(path).starts_with(&self.folder)
    }
}

/// The path without links; what of it does not exist yet is taken as it is written.
fn resolved(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    let path = absolute(path);
    let there = path.ancestors().find_map(|folder| {
        let real = fs::canonicalize(folder).ok()?;
        Some(real.join(path.strip_prefix(folder).ok()?))
    });
    there.unwrap_or(path)
}
