//! One client to generate: what the arguments or the configuration come to.

use crate::args::Generate;
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::front as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::Options;

/// One client to generate. Paths are relative to the working directory.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The document.
    pub document: String,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The folder of the runtime, where the crate depends on it by path.
    pub runtime_path: Option<PathBuf>,
    /// What may be read, where that is not the document's folder.
    pub root: Option<PathBuf>,
    /// Whether rustfmt lays the text out.
    pub format: bool,
    /// What was asked for and is not built yet.
    pub not_available: Vec<&'static str>,
    /// What the generator is asked for; its name is the crate's.
    pub options: Options,
}

impl Client {
    /// The client that the arguments ask for, where they name a document.
    pub fn from_arguments(arguments: &Generate) -> Option<Self> {
        let document = arguments.document.clone()?;
        let own = || default_name(&document);
        let name = arguments.name.clone().unwrap_or_else(own);
        let tests = arguments.tests.then_some("--tests");
        let overlay = (!arguments.overlay.is_empty()).then_some("--overlay");
        let default_out = || Path::new("generated").join(&name);
        Some(Self {
            out: arguments.out.clone().unwrap_or_else(default_out),
            runtime_path: arguments.runtime_path.clone(),
            root: arguments.root.clone(),
            format: arguments.format,
            not_available: tests.into_iter().chain(overlay).collect(),
            options: Options {
                include: arguments.include.clone(),
                exclude: arguments.exclude.clone(),
                types_only: arguments.types_only,
                validate: arguments.validate,
                closed_enums: arguments.closed_enums,
                preserve_unknown: arguments.preserve_unknown,
                literal: arguments.literal,
                name,
            },
            document,
        })
    }

    /// Refuses what the command's grammar has and the generator does not do yet.
    pub fn not_available(&self, diagnostics: &mut Diagnostics) {
        for option in &self.not_available {
            let message = format!("`{option}` does nothing yet");
            diagnostics.push(codes::NOT_AVAILABLE, Place::Nowhere, message);
        }
    }
}

/// The crate's name after its document: the file's name, or its folder's where every description is called alike.
pub fn default_name(document: &str) -> String {
    let path = Path::new(document);
    let word =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let stem = slug(&word(path.file_stem()));
    let general = ["openapi", "swagger", "api", "spec", "index", "main", "root"];
    let folder = slug(&word(path.parent().and_then(Path::file_name)));
    let chosen = if general.contains(&stem.as_str()) || stem.is_empty() {
        folder
    } else {
        stem
    };
    match chosen.chars().next() {
        None => "api".into(),
        Some(first) if first.is_ascii_digit() => format!("api-{chosen}"),
        Some(_) => chosen,
    }
}

fn slug(word: &str) -> String {
    let plain = word.to_ascii_lowercase();
    let parts = plain.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    parts
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// Words that Cargo or Rust refuses as the name of a crate.
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

/// Whether a crate can be called so; says why not.
pub fn check_name(name: &str, diagnostics: &mut Diagnostics) -> bool {
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
    let help = format!("`--name {proposal}` would do");
    diagnostics.push_with_help(codes::CRATE_NAME, Place::Nowhere, message, help);
    false
}

#[cfg(test)]
mod tests {
    use super::{check_name, default_name};
    use typewright::diagnostics::Diagnostics;

    #[test]
    fn names_come_from_the_file_or_its_folder() {
        assert_eq!(default_name("specs/pets.yaml"), "pets");
        assert_eq!(default_name("specs/Pet Store v2.1.json"), "pet-store-v2-1");
        assert_eq!(
            default_name("specs/mongodb-atlas/openapi.yaml"),
            "mongodb-atlas"
        );
        assert_eq!(default_name("openapi.yaml"), "api");
        assert_eq!(default_name("2024.yaml"), "api-2024");
        assert_eq!(default_name("описание.yaml"), "api");
        assert_eq!(default_name(""), "api");
    }

    #[test]
    fn names_that_cargo_refuses_are_refused() {
        for name in [
            "",
            "1st",
            "self",
            "std",
            "a b",
            "описание",
            "typewright-runtime",
            "a/b",
        ] {
            let mut found = Diagnostics::new();
            assert!(!check_name(name, &mut found), "{name}");
            assert!(found.has_errors());
        }
        for name in ["api", "pet-store", "pet_store2", "_x"] {
            assert!(check_name(name, &mut Diagnostics::new()), "{name}");
        }
    }
}
