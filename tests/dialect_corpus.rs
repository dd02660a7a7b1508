//! Other people's documents, brought to the normal form: nothing that they say gets lost on the way.
#![allow(clippy::disallowed_methods, reason = "tests read documents from disk")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use typewright::diagnostics::{human, Diagnostics, Style};
use typewright::load::{load, Loader, ReadError};
use typewright::normalize::normalise;
use typewright::syntax::Node;
use typewright_tests::shared;

struct Memory(String);

impl Loader for Memory {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}

/// What may not get lost, counted over a whole tree.
fn count(node: &Node, key: &str, counts: &mut BTreeMap<&'static str, usize>) {
    for (name, member) in node.members() {
        let kind = match &**name {
            "operationId" => "operation",
            "readOnly" => "readOnly",
            "pattern" => "pattern",
            "format" => "format",
            "minLength" | "maxLength" | "minimum" | "maximum" | "minItems" | "maxItems" => "bound",
            _ => continue,
        };
        let scalar = member.as_text().is_some()
            || member.as_bool() == Some(true)
            || member.as_number().is_some();
        if key != "properties" && scalar {
            *counts.entry(kind).or_default() += 1;
        }
    }
    let plural = match key {
        "properties" => Some("property"),
        "responses" => Some("response"),
        "parameters" => Some("parameter"),
        "content" => Some("content"),
        "enum" => Some("value"),
        "required" => Some("required"),
        _ => None,
    };
    if let Some(plural) = plural {
        let members = node
            .members()
            .filter(|(name, _)| plural != "content" || name.contains('/'));
        let items = node
            .as_list()
            .unwrap_or_default()
            .iter()
            .filter(|item| !item.is_null());
        *counts.entry(plural).or_default() += members.count() + items.count();
    }
    for (name, member) in node.members() {
        if !["example", "examples", "default"].contains(&&**name) && !name.starts_with("x-") {
            count(member, name, counts);
        }
    }
    node.as_list()
        .unwrap_or_default()
        .iter()
        .for_each(|item| count(item, "", counts));
}

struct Disk(PathBuf);

impl Loader for Disk {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        Ok(std::fs::read_to_string(self.0.join(path))?)
    }

    fn is_confined(&self) -> bool {
        false
    }
}

/// Every YAML document below a folder, as pairs of folder and name.
fn documents(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            documents(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            found.push((
                folder.to_path_buf(),
                path.file_name().unwrap().to_string_lossy().into_owned(),
            ));
        }
    }
}

/// The operations that are written below `paths`, references to other files not followed.
fn written_operations(root: &Node) -> usize {
    let methods = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ];
    let items = root.get("paths").into_iter().flat_map(Node::members);
    items
        .map(|(_, item)| methods.iter().filter(|method| item.has(method)).count())
        .sum()
}

#[test]
fn every_feature_is_read_without_an_error() {
    let Some(folder) = shared("corpus/features") else {
        return;
    };
    let mut found = Vec::new();
    documents(&folder, &mut found);
    assert!(found.len() > 50, "{}", found.len());
    for (folder, name) in found {
        let mut diagnostics = Diagnostics::new();
        let loaded = load(&name, &Disk(folder), &mut diagnostics).unwrap();
        let document = normalise(&loaded, &mut diagnostics).unwrap();
        let shown = human(&diagnostics, &loaded.files, Style::Plain);
        assert!(!diagnostics.has_errors(), "{name}:\n{shown}");
        assert_eq!(
            document.openapi.operations().count(),
            written_operations(&loaded.root),
            "{name}"
        );
    }
}

#[test]
fn split_documents_are_read_without_an_error() {
    let Some(folder) = shared("corpus/split") else {
        return;
    };
    for (entry, operations, schemas) in [
        ("cafe-3.x/openapi.yaml", 12, 15),
        ("petstore-2.0/spec/swagger.yaml", 4, 3),
    ] {
        let path = folder.join(entry);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut diagnostics = Diagnostics::new();
        let loaded = load(
            &name,
            &Disk(path.parent().unwrap().to_path_buf()),
            &mut diagnostics,
        )
        .unwrap();
        let document = normalise(&loaded, &mut diagnostics).unwrap();
        let shown = human(&diagnostics, &loaded.files, Style::Plain);
        assert!(!diagnostics.has_errors(), "{entry}:\n{shown}");
        assert_eq!(document.openapi.operations().count(), operations, "{entry}");
        let found: Vec<String> = document
            .openapi
            .components
            .unwrap()
            .schemas
            .into_keys()
            .collect();
        assert_eq!(found.len(), schemas, "{found:?}");
    }
}

/// Counts of a document before and after, the latter as `openapiv3` writes it.
fn before_and_after(folder: &Path, name: &str) -> [BTreeMap<&'static str, usize>; 2] {
    let mut diagnostics = Diagnostics::new();
    let loaded = load(name, &Disk(folder.to_path_buf()), &mut diagnostics).unwrap();
    let document = normalise(&loaded, &mut diagnostics).unwrap();
    assert!(
        !diagnostics.has_errors(),
        "{name}:\n{}",
        human(&diagnostics, &loaded.files, Style::Plain)
    );
    let text = serde_json::to_string(&document.openapi).unwrap();
    let again = load("a.json", &Memory(text), &mut Diagnostics::new()).unwrap();
    [&loaded.root, &again.root].map(|root| {
        let mut counts = BTreeMap::new();
        count(root, "", &mut counts);
        counts
    })
}

#[test]
fn nothing_gets_lost_in_real_documents() {
    let Some(folder) = shared("corpus/real") else {
        return;
    };
    // what the documents have that means nothing: keywords of another type, repeated and impossible values
    let lost = BTreeMap::from([
        ("adyen-checkout.yaml", vec![("bound", 2)]),
        ("atlas.yaml", vec![("pattern", 6)]),
        ("box.json", vec![("bound", 2), ("required", 7)]),
    ]);
    for name in [
        "adyen-checkout.yaml",
        "atlas.yaml",
        "box.json",
        "buildomat.json",
        "firecracker.json",
        "github.json",
        "nexus.json",
        "petstore-3.0.yaml",
        "spotify.yml",
        "telegram.json",
        "discord.json",
        "tictactoe-3.1.yaml",
    ] {
        let [mut before, after] = before_and_after(&folder, name);
        for (what, count) in lost.get(name).into_iter().flatten() {
            *before.get_mut(what).unwrap() -= count;
        }
        // `const` becomes a value of `enum`, encodings become formats: 3.1 only grows
        let grown = before
            .iter()
            .all(|(what, count)| after.get(what) >= Some(count));
        let later = matches!(
            name,
            "discord.json" | "tictactoe-3.1.yaml" | "adyen-checkout.yaml"
        );
        assert!(
            before == after || (later && grown),
            "{name}:\n{before:?}\n{after:?}"
        );
    }
}
