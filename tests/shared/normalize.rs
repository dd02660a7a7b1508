//! Other people's documents, rewritten into the normal form without losses.

use crate::support::{documents_below, shared, Memory};
use std::collections::BTreeMap;
use std::path::Path;
use typewright::diagnostics::{human, Diagnostics, Style};
use typewright::host::disk::Disk;
use typewright::load::load;
use typewright::normalize::{keys, normalize};
use typewright::syntax::Node;

/// Counts the parts of a tree that may not get lost.
fn count(node: &Node, key: &str, counts: &mut BTreeMap<&'static str, usize>) {
    for (name, member) in node.members() {
        let kind = match &**name {
            "operationId" => "operation",
            "readOnly" => "readOnly",
            "pattern" => "pattern",
            "format" => "format",
            "minLength" | "maxLength" | "minItems" | "maxItems" => "bound",
            // The normal form has these as decimal text.
            "minimum" | "maximum" | keys::MINIMUM | keys::MAXIMUM => "bound",
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
        let members = node.members().filter(|(name, _)| plural != "content" || name.contains('/'));
        let items = node.as_list().unwrap_or_default().iter().filter(|item| !item.is_null());
        *counts.entry(plural).or_default() += members.count() + items.count();
    }
    for (name, member) in node.members() {
        if !["example", "examples", "default"].contains(&&**name) && !name.starts_with("x-") {
            count(member, name, counts);
        }
    }
    node.as_list().unwrap_or_default().iter().for_each(|item| count(item, "", counts));
}

/// The operations that are written below `paths`, references to other files not followed.
fn written_operations(root: &Node) -> usize {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let items = root.get("paths").into_iter().flat_map(Node::members);
    items.map(|(_, item)| methods.iter().filter(|method| item.has(method)).count()).sum()
}

#[test]
fn every_feature_is_read_without_an_error() {
    let Some(folder) = shared("corpus/features") else {
        return;
    };
    let paths = documents_below(&folder);
    assert!(paths.len() > 50, "{}", paths.len());
    for path in paths {
        let name = path.to_str().unwrap();
        let mut diagnostics = Diagnostics::new();
        let loaded = load(name, &Disk::new(name), &mut diagnostics).unwrap();
        let document = normalize(&loaded, &mut diagnostics).unwrap();
        let text = human(&diagnostics, &loaded.files, Style::Plain);
        assert!(!diagnostics.has_errors(), "{name}:\n{text}");
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
    for (entry, operations, schemas) in
        [("cafe-3.x/openapi.yaml", 12, 15), ("petstore-2.0/spec/swagger.yaml", 4, 3)]
    {
        let path = folder.join(entry);
        let name = path.to_str().unwrap();
        let mut diagnostics = Diagnostics::new();
        let disk = Disk::new(name).with_root(&folder);
        let loaded = load(name, &disk, &mut diagnostics).unwrap();
        let document = normalize(&loaded, &mut diagnostics).unwrap();
        let text = human(&diagnostics, &loaded.files, Style::Plain);
        assert!(!diagnostics.has_errors(), "{entry}:\n{text}");
        assert_eq!(document.openapi.operations().count(), operations, "{entry}");
        let names: Vec<String> = document.openapi.components.unwrap().schemas.into_keys().collect();
        assert_eq!(names.len(), schemas, "{names:?}");
    }
}

/// Counts of a document before and after, the latter as `openapiv3` writes it.
fn before_and_after(folder: &Path, name: &str) -> [BTreeMap<&'static str, usize>; 2] {
    let path = folder.join(name);
    let mut diagnostics = Diagnostics::new();
    let loaded = load(path.to_str().unwrap(), &Disk::new(&path), &mut diagnostics).unwrap();
    let document = normalize(&loaded, &mut diagnostics).unwrap();
    assert!(
        !diagnostics.has_errors(),
        "{name}:\n{}",
        human(&diagnostics, &loaded.files, Style::Plain)
    );
    let text = serde_json::to_string(&document.openapi).unwrap();
    let again = load("openapi.yaml", &Memory::document(text), &mut Diagnostics::new()).unwrap();
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
        let grown = before.iter().all(|(what, count)| after.get(what) >= Some(count));
        let later = matches!(name, "discord.json" | "tictactoe-3.1.yaml" | "adyen-checkout.yaml");
        assert!(before == after || (later && grown), "{name}:\n{before:?}\n{after:?}");
    }
}
