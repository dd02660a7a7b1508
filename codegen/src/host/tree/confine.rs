//! Paths that a file names: which lead nowhere but below a folder.

use std::fs;
use std::path::{Component, Path};

/// Whether a path with `/` between its parts is relative and leads below any folder that it is joined to, on every
/// system: no empty part, none of dots alone, no backslash, no colon (drives, streams) and no control character.
pub fn is_plain(path: &str) -> bool {
    let refused = |letter: char| matches!(letter, '\\' | ':') || letter.is_control();
    let part = |part: &str| !part.trim_matches(['.', ' ']).is_empty();
    path.split('/').all(part) && !path.contains(refused)
}

/// The reason why `path` is not one to write, or to remove, below `folder`: it leads elsewhere by itself, or what is on
/// the disk takes it there. `None` where it stays. Nothing is written through links, be they the repository's own:
/// whoever made the link decided what lies behind it.
pub fn leads_away(folder: &Path, path: &str) -> Option<&'static str> {
    let named = Path::new(path).components();
    let below = path.chars().any(|letter| letter != '/')
        && named
            .clone()
            .all(|part| matches!(part, Component::Normal(_)));
    if !below {
        return Some("it is not a path below the folder");
    }
    let mut way = folder.to_path_buf();
    for part in named {
        way.push(part);
        let Ok(there) = fs::symlink_metadata(&way) else {
            return None;
        };
        if there.is_symlink() {
            return Some("it is a link, or leads through one");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{is_plain, leads_away};
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
            assert!(leads_away(Path::new("/none"), path).is_some(), "{path:?}");
        }
        assert_eq!(leads_away(Path::new("/none"), "a/b"), None);
    }
}
