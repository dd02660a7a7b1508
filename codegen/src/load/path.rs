//! Paths of files in references: joined, normalized and confined, without access to a disk.

/// The reason why a reference is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It leaves the folder of the entry document.
    Outside,
    /// It is a URL.
    Url,
}

/// The folder of a path with its last slash; empty for a bare file name.
pub(super) fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).and_then(|at| path.get(..=at)).unwrap_or_default()
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.get(folder(path).len()..).unwrap_or_default()
}

/// The target file of a reference in `from`; both relative to the entry document's folder.
///
/// # Errors
/// The reason why it is rejected; if `is_confined`, a leading `..` is one.
pub(super) fn resolve(from: &str, reference: &str, is_confined: bool) -> Result<String, Refused> {
    let reference = reference.replace('\\', "/");
    if has_scheme(&reference) || reference.starts_with("//") {
        return Err(Refused::Url);
    }
    if reference.starts_with('/') {
        return Err(Refused::Outside);
    }
    let path = normalize(&format!("{}{reference}", folder(from)));
    if is_confined && (path == ".." || path.starts_with("../")) {
        return Err(Refused::Outside);
    }
    Ok(path)
}

/// `true` if a reference starts with a URI scheme (RFC 3986, section 3.1) or a drive letter.
fn has_scheme(reference: &str) -> bool {
    reference.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// The path without `.`, and with each `..` applied that follows a folder.
pub(super) fn normalize(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{file_name, resolve, Refused};

    #[test]
    fn references_are_relative_to_their_own_file() {
        let from = "paths/pets.yaml";
        assert_eq!(resolve(from, "../schemas/./Pet.yaml", true).unwrap(), "schemas/Pet.yaml");
        assert_eq!(resolve("a.yaml", "b\\c.yaml", true).unwrap(), "b/c.yaml");
        assert_eq!(file_name("x/y.yaml"), "y.yaml");
    }

    #[test]
    fn escapes_and_urls_are_refused() {
        assert_eq!(resolve("a.yaml", "../b.yaml", true), Err(Refused::Outside));
        assert_eq!(resolve("a.yaml", "x/../../b.yaml", true), Err(Refused::Outside));
        assert_eq!(resolve("a.yaml", "/etc/passwd", true), Err(Refused::Outside));
        assert_eq!(resolve("a.yaml", "https://x.example/y.yaml", true), Err(Refused::Url));
        assert_eq!(resolve("a.yaml", "C:\\y.yaml", true), Err(Refused::Url));
        assert_eq!(resolve("a.yaml", "../b.yaml", false).unwrap(), "../b.yaml");
    }
}
