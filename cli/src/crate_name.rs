//! Names of crates: the one that a document suggests, and those that Cargo refuses.

use std::path::Path;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};

/// The name that a document suggests: its file's, or for a generic one such as `openapi.yaml` that of the nearest folder
/// that is not a version.
pub fn default_name(document: &str) -> String {
    let path = match document.split_once("://") {
        Some((_, url)) => url.split(['?', '#']).next().unwrap_or_default(),
        None => document,
    };
    let generic = ["openapi", "swagger", "api", "spec", "index", "main", "root"];
    let word = |part: Option<&std::ffi::OsStr>| slug(&part.unwrap_or_default().to_string_lossy());
    let stem = Some(word(Path::new(path).file_stem()))
        .filter(|stem| !generic.contains(&stem.as_str()) && !stem.is_empty());
    let mut folders = Path::new(path).ancestors().skip(1);
    let mut folder = || folders.find(|folder| !is_version(folder));
    let chosen = stem.unwrap_or_else(|| word(folder().and_then(Path::file_name)));
    match chosen.chars().next() {
        None => "api".into(),
        Some(first) if first.is_ascii_digit() => format!("api-{chosen}"),
        Some(_) => chosen,
    }
}

/// `true` for `v1`, `2.0` and the like.
fn is_version(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let digits = name.strip_prefix('v').unwrap_or(&name);
    let mut letters = digits.chars();
    letters.next().is_some_and(|first| first.is_ascii_digit())
        && letters.all(|letter| letter.is_ascii_digit() || letter == '.')
}

fn slug(word: &str) -> String {
    let plain = word.to_ascii_lowercase();
    let parts = plain.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// Names that Cargo or Rust refuses for a crate.
const REFUSED: &[&str] = &[
    "_",
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc-macro",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "typewright-runtime",
    "typewright_runtime",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// Reports a name that a crate cannot have.
pub fn check(name: &str, diagnostics: &mut Diagnostics) -> bool {
    let starts = |first: char| first.is_ascii_alphabetic() || first == '_';
    let part = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if name.starts_with(starts) && name.chars().all(part) && !REFUSED.contains(&name) {
        return true;
    }
    let message = format!("`{name}` cannot be the name of a crate");
    let proposal = default_name(name);
    let proposal = match REFUSED.contains(&proposal.as_str()) {
        true => format!("{proposal}-client"),
        false => proposal,
    };
    let help = format!("`{proposal}` is possible");
    diagnostics.push_with_help(codes::CRATE_NAME, Place::Nowhere, message, help);
    false
}

#[cfg(test)]
mod tests {
    use super::{check, default_name};
    use typewright::diagnostics::Diagnostics;

    #[test]
    fn names_come_from_the_file_or_its_folder() {
        assert_eq!(default_name("specs/pets.yaml"), "pets");
        assert_eq!(default_name("specs/Pet Store v2.1.json"), "pet-store-v2-1");
        assert_eq!(default_name("specs/mongodb-atlas/openapi.yaml"), "mongodb-atlas");
        assert_eq!(default_name("openapi.yaml"), "api");
        assert_eq!(default_name("specs/pets/v2.1/openapi.yaml"), "pets");
        let url = "https://api.pets.example/v1/openapi.json?x=y/z.json";
        assert_eq!(default_name(url), "api-pets-example");
        assert_eq!(default_name("https://pets.example/dogs.yaml"), "dogs");
        assert_eq!(default_name("2024.yaml"), "api-2024");
        assert_eq!(default_name("описание.yaml"), "api");
        assert_eq!(default_name(""), "api");
    }

    #[test]
    fn names_that_cargo_refuses_are_refused() {
        for name in ["", "1st", "self", "std", "a b", "описание", "typewright-runtime", "a/b"]
        {
            let mut diagnostics = Diagnostics::new();
            assert!(!check(name, &mut diagnostics), "{name}");
            assert!(diagnostics.has_errors());
        }
        for name in ["api", "pet-store", "pet_store2", "_x"] {
            assert!(check(name, &mut Diagnostics::new()), "{name}");
        }
    }
}
