//! Changes of small documents after which the names and the order of arguments stay.

use super::{breaking, generate, unlocked};
use crate::diff::{merge, reversed};
use crate::support::{root, Memory};
use serde::Deserialize;
use serde_yaml::Value;
use typewright::{compare_with_lock, Document, Lock, Options, ServerFramework};

/// A change of a document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// JSON merge patch of the skeleton.
    document: Value,
    /// JSON merge patch of the document.
    #[serde(default)]
    patch: Value,
    /// A second one.
    #[serde(default)]
    then: Value,
    /// The members of all objects come in the opposite order.
    #[serde(default)]
    reverse: bool,
    /// `true` if nothing breaks without the lock either.
    #[serde(default)]
    always: bool,
    /// `true` if a server is generated too.
    #[serde(default)]
    server: bool,
}

fn cases() -> Vec<Case> {
    let text = std::fs::read_to_string(root().join("tests/lock/cases.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

impl Case {
    fn options(&self) -> Options {
        Options::new(|options| options.server = self.server.then_some(ServerFramework::Axum))
    }

    /// The document before and after the change.
    fn documents(&self) -> [String; 2] {
        let skeleton = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n";
        let mut before: Value = serde_yaml::from_str(skeleton).unwrap();
        merge(&mut before, &self.document);
        let mut after = before.clone();
        for patch in [&self.patch, &self.then] {
            if !patch.is_null() {
                merge(&mut after, patch);
            }
        }
        let after = if self.reverse { reversed(after) } else { after };
        [before, after].map(|value| serde_yaml::to_string(&value).unwrap())
    }
}

/// The nodes that have another name.
fn moved(old: &Lock, new: &Lock) -> Vec<String> {
    let names =
        old.names.iter().filter_map(|(node, name)| Some((node, name, new.names.get(node)?)));
    let moved = names.filter(|(_, old, new)| old != new);
    moved.map(|(node, old, new)| format!("{node}: {old} → {new}")).collect()
}

#[test]
fn callers_compile_as_before() {
    let mut wrong = String::new();
    for case in cases() {
        let [before, after] = case.documents();
        let lock = generate(&before, &case.options()).lock;
        let mut options = case.options();
        options.lock = lock.clone();
        let same = generate(&before, &options);
        assert!(same.changes.is_empty(), "{}: {:?}", case.name, same.changes);
        assert_eq!(same.lock, lock, "{}", case.name);
        let locked = generate(&after, &options);
        for change in breaking(&locked.changes) {
            wrong += &format!("{}: {change}\n", case.name);
        }
        for name in moved(&lock, &locked.lock) {
            wrong += &format!("{}: {name}\n", case.name);
        }
        let messages = unlocked(&after, &options);
        assert!(messages.is_empty(), "{}: {messages:?}", case.name);
        let loader = Memory::document(after.clone());
        let document = Document { entry: "openapi.yaml", loader: &loader };
        let free = compare_with_lock(&lock, document, &case.options());
        let mut without = breaking(&free.diff.unwrap().changes);
        without.extend(moved(&lock, &generate(&after, &case.options()).lock));
        if without.is_empty() != case.always {
            wrong += &format!("{}: without the lock {without:?}\n", case.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
