//! The people's face of the runtime: its types and traits are documented with an example, by the paths that people use.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests read the files that they are about"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Words with which no description begins: it is a noun phrase, or a verb in the third person.
const FIRST_WORDS: [&str; 10] =
    ["What", "Whether", "Whose", "Such", "So", "Like", "Why", "When", "Where", "How"];

/// A name of the face, and the path of the module in which it is defined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    module: PathBuf,
    name: String,
}

/// A public item, field, variant or method with its documentation.
struct Item {
    file: PathBuf,
    code: String,
    /// The item that it belongs to, or itself.
    is_member: bool,
    docs: Vec<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The text of the module of this path: a file, or `mod.rs` in a folder.
fn text_of(module: &Path) -> String {
    let nested = fs::read_to_string(module.join("mod.rs"));
    let text = nested.or_else(|_| fs::read_to_string(module.with_extension("rs")));
    text.unwrap()
}

/// The lines of a text without those below `#[doc(hidden)]`; an item over several lines is joined into one.
fn visible(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut hidden = false;
    let mut begun = String::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[doc(hidden)]") {
            hidden = true;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            begun.push_str(line);
            let goes_on = begun.starts_with("pub use") && !begun.ends_with(';');
            if !goes_on {
                let whole = std::mem::take(&mut begun);
                if !std::mem::take(&mut hidden) {
                    lines.push(whole);
                }
            }
        }
    }
    lines
}

/// The names of `pub use a::b::{C, D};`, with the module that the path leads to.
fn used(line: &str, from: &Path) -> Vec<Name> {
    let Some(path) = line.strip_prefix("pub use ") else {
        return Vec::new();
    };
    let path = path.trim_end_matches(';');
    let Some((module, names)) = path.rsplit_once("::{").or_else(|| path.rsplit_once("::")) else {
        return Vec::new();
    };
    let mut folder = from.to_owned();
    for segment in module.split("::") {
        match segment {
            "crate" => folder = root(),
            "self" => {}
            segment => folder.push(segment),
        }
    }
    let names = names.trim_end_matches('}').split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(|name| Name { module: folder.clone(), name: name.to_owned() })
        .collect()
}

/// The name of an item that a line defines.
fn defined(line: &str) -> Option<&str> {
    let banned = ["struct ", "enum ", "trait ", "type ", "fn ", "async fn ", "const fn "];
    let rest = line.strip_prefix("pub ")?;
    let rest = banned.iter().find_map(|word| rest.strip_prefix(word))?;
    rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
}

/// Adds what a module of the face shows: its own items, and those that it hands on.
fn collect(path: &Path, text: &str, results: &mut Vec<Name>) {
    for line in visible(text) {
        results.extend(used(&line, path));
    }
    let declared = items(path, text).into_iter();
    let declared = declared.filter(|item| !item.is_member);
    results.extend(declared.filter_map(|item| {
        Some(Name { module: path.to_owned(), name: defined(&item.code)?.to_owned() })
    }));
}

/// The face: the root, and all of its modules that are not hidden.
fn face() -> Vec<Name> {
    let text = fs::read_to_string(root().join("lib.rs")).unwrap();
    let mut results = Vec::new();
    collect(&root(), &text, &mut results);
    for line in visible(&text) {
        let name = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';'));
        if let Some(name) = name {
            let path = root().join(name);
            collect(&path, &text_of(&path), &mut results);
        }
    }
    results.sort();
    results.dedup();
    results
}

/// The public items of a text with their members, up to its tests.
fn items(file: &Path, text: &str) -> Vec<Item> {
    let mut results = Vec::new();
    let mut docs = Vec::new();
    let mut owner = "";
    let mut in_attribute = false;
    for line in text.lines() {
        let code = line.trim();
        if in_attribute || code.starts_with("#[") {
            in_attribute = !code.ends_with(']');
            continue;
        }
        if let Some(doc) = code.strip_prefix("///") {
            docs.push(doc.trim().to_owned());
            continue;
        }
        if code == "mod tests {" {
            break;
        }
        if code.starts_with("//") {
            continue;
        }
        let is_member =
            line.starts_with(' ') && defined(code).is_none_or(|_| !owner.starts_with("mod bounds"));
        if !line.starts_with(' ') && !code.is_empty() && code != "}" {
            owner = code;
        }
        let of_enum = owner.starts_with("pub enum ") && code.starts_with(char::is_uppercase);
        let of_trait = owner.starts_with("pub trait ") && code.starts_with("fn ");
        if code.starts_with("pub ") || is_member && (of_enum || of_trait) {
            results.push(Item {
                file: file.to_owned(),
                code: code.to_owned(),
                is_member,
                docs: std::mem::take(&mut docs),
            });
        }
        docs.clear();
    }
    results
}

fn sources(folder: &Path, results: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, results);
        } else {
            let text = fs::read_to_string(&path).unwrap();
            results.push((path, text));
        }
    }
}

/// The items of the face, each with its own file's members where `members` asks for them.
fn described(members: bool) -> Vec<Item> {
    let mut texts = Vec::new();
    sources(&root(), &mut texts);
    let face = face();
    let is_face = |item: &Item| {
        face.iter().any(|name| {
            item.file.starts_with(&name.module) || item.file.with_extension("") == name.module
        } && defined(&item.code) == Some(&name.name))
    };
    let mut results = Vec::new();
    for (file, text) in texts {
        let (declared, others): (Vec<_>, Vec<_>) =
            items(&file, &text).into_iter().partition(|item| !item.is_member && is_face(item));
        if !declared.is_empty() && members {
            results.extend(others.into_iter().filter(|item| item.is_member));
        }
        results.extend(declared);
    }
    results
}

fn listed(items: &[&Item]) -> String {
    let lines = items.iter().map(|item| {
        let file = item.file.strip_prefix(root()).unwrap();
        format!("{}: {}\n", file.display(), item.code)
    });
    lines.collect()
}

#[test]
fn the_face_is_found() {
    let names: Vec<_> = face().into_iter().map(|name| name.name).collect();
    for name in [
        "AnyError",
        "Response",
        "Credential",
        "BuildError",
        "ByteStream",
        "BoxFuture",
        "Mock",
        "Pages",
        "PollConfig",
        "RetryPolicy",
        "Event",
        "Cassette",
        "KeyedMap",
        "Value",
        "Example",
        "from_json",
        "Transport",
        "blank",
    ] {
        assert!(names.iter().any(|other| other == name), "{name}");
    }
    for hidden in ["NamedEvent", "Lines", "Decode", "Endpoint"] {
        assert!(!names.iter().any(|other| other == hidden), "{hidden}");
    }
}

#[test]
fn every_name_of_the_face_is_found_where_it_is_defined() {
    let described = described(false);
    for name in face() {
        let is_foreign = !name.module.is_dir() && !name.module.with_extension("rs").is_file();
        let mut items = described.iter().filter(|item| defined(&item.code) == Some(&name.name));
        assert!(is_foreign || items.next().is_some(), "{name:?}");
    }
}

#[test]
fn every_type_and_trait_has_an_example() {
    let described = described(false);
    let has_example = |item: &Item| item.docs.iter().any(|line| line.starts_with("```"));
    // For wasm32 a second definition stands beside the one that has the example.
    let is_second = |item: &Item| {
        let is_other =
            |other: &&Item| other.file == item.file && defined(&other.code) == defined(&item.code);
        described.iter().filter(is_other).any(has_example)
    };
    let lacking = described.iter().filter(|item| {
        let is_function = item.code.contains("fn ");
        !is_function && !has_example(item) && !is_second(item)
    });
    let lacking: Vec<_> = lacking.collect();
    assert!(lacking.is_empty(), "without an example:\n{}", listed(&lacking));
}

#[test]
fn examples_use_the_paths_of_people() {
    let described = described(true);
    let others = described.iter().filter(|item| {
        let mut visible = item.docs.iter().filter(|line| !line.starts_with("# "));
        visible.any(|line| line.contains("codegen::v1"))
    });
    let others: Vec<_> = others.collect();
    assert!(others.is_empty(), "by `codegen::v1`:\n{}", listed(&others));
}

#[test]
fn descriptions_begin_with_a_noun_or_a_verb() {
    let described = described(true);
    let others = described.iter().filter(|item| {
        let first = item.docs.first().and_then(|line| line.split(' ').next());
        first.is_none_or(|first| FIRST_WORDS.contains(&first))
    });
    let others: Vec<_> = others.collect();
    assert!(others.is_empty(), "otherwise:\n{}", listed(&others));
}
