//! One client to generate: what the arguments or the configuration come to.

use crate::args::Generate;
use crate::config;
use crate::wishes::{grouped, Dependencies};
use std::path::{Path, PathBuf};
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Place};
use typewright::{CallOptions, Options};

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
    /// The folder of the configuration, beside which copies of documents lie.
    pub base: PathBuf,
    /// Whether a document on the network of which there is no copy is fetched.
    pub fetch: bool,
    /// Whether rustfmt lays the text out.
    pub rustfmt: bool,
    /// Packages of the caller's own types and derives.
    pub dependencies: Dependencies,
    /// What the generator is asked for; its name is the crate's.
    pub options: Options,
}

impl Client {
    /// The client that the arguments ask for, where they name a document.
    pub fn from_arguments(arguments: &Generate) -> Option<Self> {
        let document = arguments.document.clone()?;
        let own = || default_name(&document);
        let name = arguments.name.clone().unwrap_or_else(own);
        let default_out = || Path::new("generated").join(&name);
        Some(Self {
            out: arguments.out.clone().unwrap_or_else(default_out),
            runtime_path: arguments.runtime_path.clone(),
            root: arguments.root.clone(),
            base: config::base(None),
            fetch: true,
            rustfmt: !arguments.no_rustfmt,
            dependencies: Dependencies::default(),
            options: Self::options(arguments, name),
            document,
        })
    }

    fn options(arguments: &Generate, name: String) -> Options {
        let types = arguments.types.iter();
        Options {
            include: arguments.include.clone(),
            exclude: arguments.exclude.clone(),
            overlays: arguments.overlay.clone(),
            types_only: arguments.types_only,
            validate: arguments.validate,
            closed_enums: arguments.closed_enums,
            preserve_unknown: arguments.preserve_unknown,
            literal: arguments.literal,
            tests: arguments.tests,
            name,
            dates: arguments.dates.into(),
            lenient_formats: arguments.lenient_formats,
            replies: arguments.replies.into(),
            lenient: arguments.lenient.clone(),
            rename: arguments.rename.iter().cloned().collect(),
            strip_prefix: arguments.strip_prefix.clone(),
            calls: CallOptions {
                full_operation_ids: arguments.full_operation_ids,
                ..CallOptions::default()
            },
            types: types
                .map(|(key, path)| (key.clone(), path.as_str().into()))
                .collect(),
            derive: grouped(&arguments.derive),
        }
    }
}

/// The crate's name after its document: the file's name, or where every description is called alike its folder's,
/// unless that is a version.
pub fn default_name(document: &str) -> String {
    let path = match document.split_once("://") {
        Some((_, url)) => url.split(['?', '#']).next().unwrap_or_default(),
        None => document,
    };
    let general = ["openapi", "swagger", "api", "spec", "index", "main", "root"];
    let word = |part: Option<&std::ffi::OsStr>| slug(&part.unwrap_or_default().to_string_lossy());
    let stem = Some(word(Path::new(path).file_stem()))
        .filter(|stem| !general.contains(&stem.as_str()) && !stem.is_empty());
    let mut folders = Path::new(path).ancestors().skip(1);
    let mut folder = || folders.find(|folder| !is_version(folder));
    let chosen = stem.unwrap_or_else(|| word(folder().and_then(Path::file_name)));
    match chosen.chars().next() {
        None => "api".into(),
        Some(first) if first.is_ascii_digit() => format!("api-{chosen}"),
        Some(_) => chosen,
    }
}

/// Whether a folder is called `v1`, `2.0` or the like.
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
