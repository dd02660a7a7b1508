//! Confinement of paths to a folder.

use std::fs;
use std::path::{Component, Path};

/// `true` if a path with `/` between its parts is relative and stays below any folder to which it is joined, on every
/// system: no empty part, none of only dots, no backslash, no colon (drives, streams) and no control character.
pub fn is_plain(path: &str) -> bool {
    let is_refused = |letter: char| matches!(letter, '\\' | ':') || letter.is_control();
    let part = |part: &str| !part.trim_matches(['.', ' ']).is_empty();
    path.split('/').all(part) && !path.contains(is_refused)
}

/// The reason why nothing may be written to or removed at `path` below `folder`: it leaves the folder, or passes through a
/// link. `None` if it is safe. Links of the repository itself are rejected too, since their targets are not trusted.
pub fn escape_reason(folder: &Path, path: &str) -> Option<&'static str> {
    let named = Path::new(path).components();
    let below = path.chars().any(|letter| letter != '/')
        && named.clone().all(|part| matches!(part, Component::Normal(_)));
    if !below {
        return Some("it is not a path below the folder");
    }
    let mut current = folder.to_path_buf();
    for part in named {
        current.push(part);
        let Ok(metadata) = fs::symlink_metadata(&current) else {
            return None;
        };
        if metadata.is_symlink() {
            return Some("it is a link, or is reached through one");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{escape_reason, is_plain};
    use std::path::Path;

    #[test]
    fn only_paths_below_are_plain() {
        for path in ["a", "a/b.yaml", "pets.example_8443/v1/..x", "имя/a b"] {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            ".",
            "..",
            "../a",
            "a/../b",
            "/a",
            "a/",
            "a//b",
            "./a",
            "a/.",
            "C:/a",
            "C:a",
            "a\\b",
            "\\\\host\\a",
            "a/.. /b",
            "a/...",
            "a\0",
            "a\nb",
        ] {
            assert!(!is_plain(path), "{path:?}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused_before_anything_is_looked_at() {
        for path in ["", "..", "../a", "a/../../b", "/etc/a", ".", "./a"] {
            assert!(escape_reason(Path::new("/none"), path).is_some(), "{path:?}");
        }
        assert_eq!(escape_reason(Path::new("/none"), "a/b"), None);
    }
}
