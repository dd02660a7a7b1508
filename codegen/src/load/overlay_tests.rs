//! Overlays applied: each kind of action, and what is said of those that do nothing.

use crate::diagnostics::Diagnostics;
use crate::load::{load_with, Loader, ReadError};
use crate::syntax::Node;

struct Pair(String, String);

impl Loader for Pair {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        match path {
            "api.yaml" => Ok(self.0.clone()),
            "ours.yaml" => Ok(self.1.clone()),
            _ => Err("no such file".into()),
        }
    }
}

const DOCUMENT: &str = "
info: {title: Pets, n: 1}
paths:
  /a: {get: {tags: [x, y, z], parameters: [{name: p}, {name: q}]}}
  /b: {get: {tags: [x]}, post: {}}
";

fn apply(actions: &str) -> (Node, Vec<&'static str>) {
    let overlay = format!("overlay: 1.1.0\ninfo: {{title: T, version: 1}}\nactions:\n{actions}");
    let mut diagnostics = Diagnostics::new();
    let loader = Pair(DOCUMENT.to_owned(), overlay);
    let loaded = load_with("api.yaml", &["ours.yaml"], &loader, &mut diagnostics).unwrap();
    (loaded.root, diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect())
}

fn path<'n>(root: &'n Node, pointer: &str) -> &'n Node {
    crate::syntax::pointer::split(pointer).iter().fold(root, |node, step| node.step(step).unwrap())
}

#[test]
fn objects_merge_arrays_grow_and_values_are_replaced() {
    let (root, codes) = apply(
        "  - target: $.info\n    update: {title: Dogs, x-new: {a: 1}}\n  - target: $.paths.*.get.tags\n    update: [new]\n  - target: $.info.n\n    update: 2\n",
    );
    assert_eq!(codes, [""; 0]);
    assert_eq!(path(&root, "/info/title").as_text(), Some("Dogs"));
    assert_eq!(path(&root, "/info/x-new/a").as_number(), Some("1"));
    assert_eq!(path(&root, "/info/n").as_number(), Some("2"));
    assert_eq!(path(&root, "/paths/~1a/get/tags").as_list().unwrap().len(), 4);
    assert_eq!(path(&root, "/paths/~1b/get/tags/1").as_text(), Some("new"));
}

#[test]
fn removal_takes_every_match() {
    let (root, codes) = apply(
        "  - target: $.paths['/a'].get.tags[?@ == 'x' || @ == 'y']\n    remove: true\n  - target: $.paths['/b'].post\n    remove: true\n",
    );
    assert_eq!(codes, [""; 0]);
    assert_eq!(path(&root, "/paths/~1a/get/tags/0").as_text(), Some("z"));
    assert!(!path(&root, "/paths/~1b").has("post"));
}

#[test]
fn copies_take_from_the_document_as_it_is_by_then() {
    let (root, codes) = apply(
        "  - target: $.paths\n    update: {/c: {}}\n  - target: $.paths['/c']\n    copy: $.paths['/a']\n  - target: $.paths['/a']\n    remove: true\n",
    );
    assert_eq!(codes, [""; 0]);
    assert!(path(&root, "/paths/~1c").has("get") && !path(&root, "/paths").has("/a"));
}

#[test]
fn actions_that_do_nothing_or_cannot_be_done_are_reported() {
    assert_eq!(apply("  - target: $.nothing\n    remove: true\n").1, ["TW0119"]);
    assert_eq!(apply("  - target: $.[bad\n    remove: true\n").1, ["TW0118"]);
    assert_eq!(apply("  - target: $.info\n    update: {title: [1]}\n").1, ["TW0118"]);
    assert_eq!(apply("  - target: $.info\n").1, ["TW0118"]);
    assert_eq!(apply("  - update: 1\n").1, ["TW0118"]);
    assert_eq!(apply("  - target: $.info\n    copy: $.paths.*\n").1, ["TW0118"]);
}

#[test]
fn what_is_no_overlay_is_refused() {
    let mut diagnostics = Diagnostics::new();
    let loader = Pair(DOCUMENT.to_owned(), "openapi: 3.0.0".to_owned());
    load_with("api.yaml", &["ours.yaml"], &loader, &mut diagnostics).unwrap();
    let read = load_with("api.yaml", &["gone.yaml"], &loader, &mut diagnostics).unwrap_err();
    assert_eq!(read.files.iter().count(), 1);
    let codes: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect();
    assert_eq!(codes, ["TW0117", "TW0101"]);
}
