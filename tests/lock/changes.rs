//! Groups, explicit names, merges of two branches, and real documents in another order.

use super::file::read;
use super::{breaking, generate, line, unlocked};
use crate::diff::reversed;
use crate::support::{assert_file, documents_below, scratch, shared, Memory};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use typewright::diagnostics::codes::normalize;
use typewright::{Grouping, Lock, Options};

/// A document of so many operations under two tags.
fn operations(count: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n".to_owned();
    for number in 0..count {
        let tag = ["cats", "dogs"][number % 2];
        writeln!(
            text,
            "  /{tag}/{number}: {{get: {{operationId: {tag}_get_{number}, tags: [{tag}], responses: {{'204': {{description: d}}}}}}}}"
        )
        .unwrap();
    }
    text
}

fn locked(lock: Lock) -> Options {
    Options::new(|options| options.lock = lock)
}

#[test]
fn more_operations_or_fewer_make_no_groups() {
    for (before, after) in [(60, 61), (61, 60)] {
        let lock = generate(&operations(before), &Options::default()).lock;
        assert_eq!(lock.grouped, Some(before > 60));
        let options = locked(lock);
        let output = generate(&operations(after), &options);
        // One operation is gone, with the type of its call.
        let gone = if before > after { 2 } else { 0 };
        let changes = breaking(&output.changes);
        assert_eq!(changes.len(), gone, "{changes:?}");
        let free = generate(&operations(after), &Options::default()).lock;
        assert_ne!(free.grouped, output.lock.grouped);
    }
}

#[test]
fn methods_are_named_anew_where_the_options_group_them() {
    let mut options = locked(generate(&operations(4), &Options::default()).lock);
    options.calls.grouping = Grouping::ByTag;
    let output = generate(&operations(4), &options);
    assert_eq!(output.lock.names["GET /cats/0"], "get_0");
    options.calls.grouping = Grouping::Flat;
    options.lock = output.lock;
    assert_eq!(generate(&operations(4), &options).lock.names["GET /cats/0"], "cats_get_0");
}

/// A document of these components, each an object with a property `id`.
fn components(names: &[&str]) -> String {
    let mut text =
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for name in names {
        writeln!(text, "    {name}: {{type: object, properties: {{id: {{type: string}}}}}}")
            .unwrap();
    }
    text
}

#[test]
fn an_explicit_name_wins_and_is_reported() {
    let document = components(&["Cat", "Dog"]);
    let mut options = locked(generate(&document, &Options::default()).lock);
    options.rename.insert("Cat".to_owned(), "Dog".to_owned());
    let output = generate(&document, &options);
    assert_eq!(output.lock.names["component Cat"], "Dog");
    assert_eq!(output.lock.names["component Dog"], "DogObject");
    assert_eq!(
        unlocked(&document, &options),
        [
            "`component Cat` was called `Cat` and is now `Dog`: the document or the configuration names it",
            "`component Dog` was called `Dog` and is now `DogObject`: the old name is reserved or taken",
        ]
    );
    assert!(!breaking(&output.changes).is_empty());
}

#[test]
fn options_that_name_many_items_name_everything_anew() {
    let document = components(&["api_Cat", "Dog"]);
    let mut options = locked(generate(&document, &Options::default()).lock);
    options.strip_prefix = vec!["api".to_owned()];
    let lock = generate(&document, &options).lock;
    assert_eq!(lock.names["component api_Cat"], "Cat");
    options.lock = lock;
    options.strip_prefix.clear();
    assert_eq!(generate(&document, &options).lock.names["component api_Cat"], "ApiCat");
}

#[test]
fn one_name_of_two_nodes_goes_to_the_first_node() {
    let names = [("component b_cat", "Cat"), ("component a_cat", "Cat"), ("component c", "self_")];
    let names = names.map(|(node, name)| (node.to_owned(), name.to_owned()));
    let options = locked(Lock { names: names.into(), ..Lock::default() });
    let document = components(&["b_cat", "a_cat", "c"]);
    let lock = generate(&document, &options).lock;
    assert_eq!(lock.names["component a_cat"], "Cat");
    assert_eq!(lock.names["component b_cat"], "BCat");
    assert_eq!(unlocked(&document, &options).len(), 1);
}

#[test]
fn an_argument_that_became_optional_leaves_and_comes_back_last() {
    let document = |parameters: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /pets:\n    get: {{operationId: list, parameters: [{parameters}], responses: {{'204': {{description: d}}}}}}\n"
        )
    };
    let parameter = |name: &str, required: bool| {
        format!("{{name: {name}, in: query, required: {required}, schema: {{type: string}}}}")
    };
    let listed = |required: [bool; 3]| {
        let names = ["c", "a", "b"].into_iter().zip(required);
        document(
            &names.map(|(name, required)| parameter(name, required)).collect::<Vec<_>>().join(", "),
        )
    };
    let mut lock = Lock::default();
    for (required, order) in [
        ([false, true, true], vec!["query a", "query b"]),
        ([true, true, true], vec!["query a", "query b", "query c"]),
        ([true, false, true], vec!["query b", "query c"]),
        ([true, true, true], vec!["query b", "query c", "query a"]),
    ] {
        lock = generate(&listed(required), &locked(lock)).lock;
        assert_eq!(lock.arguments["GET /pets"], order);
    }
}

/// Merges two texts by git; `true` if there is no conflict.
fn merged(base: &str, ours: &str, theirs: &str) -> (bool, String) {
    let folder = scratch("lock-merge");
    let texts = [("ours", ours), ("base", base), ("theirs", theirs)];
    let paths = texts.map(|(name, text)| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    });
    let output = Command::new("git").args(["merge-file", "-p"]).args(paths).output().unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn branches_that_add_different_things_merge() {
    let text = |names: &[&str]| generate(&components(names), &Options::default()).lock.to_toml();
    let base = text(&["Cat", "Dog", "Owl", "Yak"]);
    let ours = text(&["Ape", "Cat", "Dog", "Owl", "Yak"]);
    let theirs = text(&["Cat", "Dog", "Owl", "Pig", "Yak"]);
    let (is_clean, merged_text) = merged(&base, &ours, &theirs);
    assert!(is_clean, "{merged_text}");
    assert_eq!(merged_text, text(&["Ape", "Cat", "Dog", "Owl", "Pig", "Yak"]));

    // Both add a line at the same place: a conflict, which is an error until one keeps both lines.
    let ours = text(&["Cat", "Dog", "Eel", "Owl", "Yak"]);
    let theirs = text(&["Cat", "Dog", "Emu", "Owl", "Yak"]);
    let (is_clean, conflict) = merged(&base, &ours, &theirs);
    assert!(!is_clean);
    assert!(read(&conflict).unwrap_err()[0].contains("a mark of a merge conflict"));
    let marks = ["<<<<<<<", "=======", ">>>>>>>"];
    let lines = conflict.lines().filter(|line| !marks.iter().any(|mark| line.starts_with(mark)));
    let both: String = lines.map(|line| format!("{line}\n")).collect();
    assert_eq!(both, text(&["Cat", "Dog", "Eel", "Emu", "Owl", "Yak"]));
}

/// Above this number of bytes a document is left out.
const LONGEST: u64 = 2_500_000;

/// The changes of a document's client in the opposite order, with the lock; `None` if it has no client, or if the later of
/// two operations loses the `operationId` that they share.
fn changes_of_order(text: &str) -> Option<String> {
    let generate = |text: &str, options: &Options| {
        typewright::generate("openapi.yaml", &Memory::document(text), options)
    };
    let before = generate(text, &Options::default());
    let mut codes = before.diagnostics.iter().map(|diagnostic| diagnostic.code);
    if codes.any(|code| code == normalize::OPERATION_ID_TWICE) {
        return None;
    }
    let lock = before.output?.lock;
    let document = reversed(serde_yaml::from_str(text).ok()?);
    let after = generate(&serde_yaml::to_string(&document).unwrap(), &locked(lock));
    let changes = after.output?.changes;
    Some(changes.iter().map(|change| format!("  {}\n", line(change))).collect())
}

/// The differences that remain are in `order.txt`: which field of a cycle is boxed, and which of two places that share an
/// inline schema gives it a name, follow the order of the document.
#[test]
fn the_order_of_real_documents_changes_nothing() {
    let Some(base) = shared("corpus") else {
        return;
    };
    let folders = ["real", "features/3.0", "features/3.1"].map(|folder| base.join(folder));
    let mut count = 0;
    let mut wrong = String::new();
    for path in folders.iter().flat_map(|folder| documents_below(folder)) {
        if path.metadata().unwrap().len() > LONGEST {
            continue;
        }
        let Ok(relative) = path.strip_prefix(&base) else {
            continue;
        };
        if let Some(changes) = changes_of_order(&fs::read_to_string(&path).unwrap()) {
            count += 1;
            if !changes.is_empty() {
                write!(wrong, "{}\n{changes}", relative.display()).unwrap();
            }
        }
    }
    assert!(count >= 20, "{count}");
    assert_file("lock/order.txt", &wrong);
}
