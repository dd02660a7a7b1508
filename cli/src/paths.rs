//! Paths as text: without a look at the disk.

use std::path::{Component, Path, PathBuf};

/// The path without `.`, and with each `..` applied that has something before it.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            Component::ParentDir if plain.has_root() => {}
            Component::Prefix(_)
            | Component::RootDir
            | Component::ParentDir
            | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

/// The same from the root, for a path that is relative to the working directory.
pub fn absolute(path: &Path) -> PathBuf {
    plain(&std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()))
}

/// The way from one folder to another, where they have more than the root in common.
pub fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let both = from.components().zip(to.components());
    let common: Vec<_> = both.take_while(|(a, b)| a == b).collect();
    let named = |part: &Component<'_>| matches!(part, Component::Normal(_));
    if !common.iter().any(|(part, _)| named(part)) {
        return None;
    }
    let rest = from.components().skip(common.len());
    let up = rest.map(|_| Component::ParentDir);
    Some(up.chain(to.components().skip(common.len())).collect())
}

#[cfg(test)]
mod tests {
    use super::{plain, relative};
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
            assert_eq!(plain(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn ways_go_up_and_down() {
        let way = |from, to| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/w/a/b", "/w/c"), Some("../../c".into()));
        assert_eq!(way("/w", "/w/c"), Some("c".into()));
        assert_eq!(way("/tmp/a", "/home/b"), None);
    }
}
