//! Paths: their arithmetic, the configuration, and the boundary of a repository.

use std::fs;
use std::path::{Component, Path, PathBuf};
use typewright::host::disk::read_text;

/// The path without `.`, and with each `..` applied that follows a name.
pub fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normalized.file_name().is_some() => {
                normalized.pop();
            }
            Component::ParentDir if normalized.has_root() => {}
            Component::Prefix(_)
            | Component::RootDir
            | Component::ParentDir
            | Component::Normal(_) => normalized.push(part),
        }
    }
    normalized
}

/// The absolute path, normalized; a relative one starts at the working directory.
pub fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    normalized(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
}

/// The relative path from one folder to another; `None` if they have only the root in common.
pub fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let both = from.components().zip(to.components());
    let common: Vec<_> = both.take_while(|(a, b)| a == b).collect();
    let named = |part: &Component<'_>| matches!(part, Component::Normal(_));
    if !common.iter().any(|(part, _)| named(part)) {
        return None;
    }
    let below = from.components().skip(common.len());
    let up = below.map(|_| Component::ParentDir);
    Some(up.chain(to.components().skip(common.len())).collect())
}

/// The path with `/` between folders, as texts that other systems read have it.
pub fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Name of the configuration.
pub const CONFIGURATION: &str = "typewright.toml";

/// Name of the manifest, whose metadata can hold the configuration.
pub const MANIFEST: &str = "Cargo.toml";

/// `true` if the text of a manifest holds a configuration, in `package.metadata` or `workspace.metadata`.
fn holds_configuration(manifest: &str) -> bool {
    let Ok(manifest) = manifest.parse::<toml::Table>() else { return false };
    let tables = ["package", "workspace"].iter().filter_map(|name| manifest.get(*name));
    let metadata = tables.filter_map(|table| table.get("metadata"));
    metadata.filter_map(|metadata| metadata.get("typewright")).next().is_some()
}

/// The configuration of a folder: `typewright.toml`, or else a manifest that holds one.
fn configuration_in(folder: &Path) -> Option<&'static str> {
    if folder.join(CONFIGURATION).is_file() {
        return Some(CONFIGURATION);
    }
    let manifest = read_text(&folder.join(MANIFEST)).ok()?;
    holds_configuration(&manifest).then_some(MANIFEST)
}

/// The configuration: the path given with `--config`, or the nearest at or above the working directory.
pub fn configuration(explicit: Option<&Path>) -> Option<PathBuf> {
    explicit.map(Path::to_path_buf).or_else(|| {
        let working_directory = std::env::current_dir().ok()?;
        let mut up = PathBuf::new();
        for folder in working_directory.ancestors() {
            if let Some(name) = configuration_in(folder) {
                return Some(up.join(name));
            }
            up.push("..");
        }
        None
    })
}

/// The folder of the [`configuration`]; the working directory if there is none.
pub fn configuration_folder(explicit: Option<&Path>) -> PathBuf {
    let path = configuration(explicit);
    let folder = path.as_deref().and_then(Path::parent);
    folder.unwrap_or(Path::new("")).to_path_buf()
}

/// Entries that mark a folder as the root of a repository.
const MARKERS: [&str; 3] = [".git", ".hg", ".jj"];

/// The folder that the paths of a configuration may not leave, with links resolved: a configuration comes with a
/// repository, which may be anybody's.
#[derive(Debug)]
pub struct Boundary {
    folder: PathBuf,
}

impl Boundary {
    /// The repository of a configuration. Outside of a repository: the working directory if it contains the
    /// configuration, else the configuration's folder.
    pub fn new(config: &Path) -> Self {
        let config = absolute(config);
        let parent = resolved(config.parent().unwrap_or(&config));
        let is_repository = |folder: &&Path| MARKERS.iter().any(|mark| folder.join(mark).exists());
        let repository = parent.ancestors().find(is_repository).map(Path::to_path_buf);
        let here = || Some(resolved(Path::new("."))).filter(|here| parent.starts_with(here));
        let folder = repository.or_else(here);
        Self { folder: folder.unwrap_or(parent) }
    }

    /// `true` if a path is inside of the folder, with links resolved.
    pub fn contains(&self, path: &Path) -> bool {
        resolved(path).starts_with(&self.folder)
    }
}

/// The path with links resolved, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    let path = absolute(path);
    let real = path.ancestors().find_map(|folder| {
        let real = fs::canonicalize(folder).ok()?;
        Some(real.join(path.strip_prefix(folder).ok()?))
    });
    real.unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{absolute, normalized, relative};
    use std::path::Path;

    #[test]
    fn dots_are_applied() {
        for (path, expected) in [
            ("a/./b/../c", "a/c"),
            ("../../a", "../../a"),
            ("a/../../b", "../b"),
            ("/../a", "/a"),
            ("./", ""),
        ] {
            assert_eq!(normalized(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn an_empty_path_is_the_working_directory() {
        assert_eq!(absolute(Path::new("")), absolute(Path::new(".")));
        assert!(absolute(Path::new("")).is_absolute());
    }

    #[test]
    fn relative_paths_go_up_and_down() {
        let path = |from, to| relative(Path::new(from), Path::new(to));
        assert_eq!(path("/w/a/b", "/w/c"), Some("../../c".into()));
        assert_eq!(path("/w", "/w/c"), Some("c".into()));
        assert_eq!(path("/tmp/a", "/home/b"), None);
    }
}
