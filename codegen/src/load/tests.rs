//! Loading as a whole: formats, their problems, and files that refer to files.

use super::{load, Loaded, Loader, ReadError};
use crate::diagnostics::{Diagnostics, Place};
use crate::source::FileId;
use crate::syntax::{print_yaml, Node};
use std::collections::BTreeMap;

struct Memory(BTreeMap<&'static str, String>);

impl Loader for Memory {
    fn load(&self, path: &str) -> Result<String, ReadError> {
        self.0.get(path).cloned().ok_or_else(|| "no such file".into())
    }
}

fn read(text: &str) -> (Option<Loaded>, Vec<&'static str>) {
    files(&[("main.yaml", text)])
}

fn files(files: &[(&'static str, &str)]) -> (Option<Loaded>, Vec<&'static str>) {
    let loader = Memory(files.iter().map(|(name, text)| (*name, (*text).to_owned())).collect());
    let mut diagnostics = Diagnostics::new();
    let loaded = load(files[0].0, &loader, &mut diagnostics).ok();
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code.id).collect();
    (loaded, codes)
}

fn value(text: &str) -> Node {
    let (loaded, codes) = read(text);
    assert_eq!(codes, [""; 0]);
    loaded.unwrap().root
}

#[test]
fn yaml_scalars_follow_the_core_schema_of_1_2() {
    let node = value("a: no\nb: on\nc: 2020-01-01\nd: true\ne: ~\nf: 010\ng: 0x10\nh: 1_000\ni:\n");
    assert_eq!(node.text_of("a"), Some("no"));
    assert_eq!(node.text_of("b"), Some("on"));
    assert_eq!(node.text_of("c"), Some("2020-01-01"));
    assert_eq!(node.get("d").unwrap().as_bool(), Some(true));
    assert!(node.get("e").unwrap().is_null() && node.get("i").unwrap().is_null());
    assert_eq!(node.text_of("f"), Some("010"));
    assert_eq!(node.get("g").unwrap().as_number(), Some("16"));
    assert_eq!(node.text_of("h"), Some("1_000"));
}

#[test]
fn keys_are_the_text_they_are_written_with() {
    let node = value("200: a\ntrue: b\non: c\n1.10: d\nnull: e\n");
    let keys: Vec<&str> = node.members().map(|(key, _)| &**key).collect();
    assert_eq!(keys, ["200", "true", "on", "1.10", "null"]);
}

#[test]
fn numbers_keep_their_text() {
    let yaml = value("version: 1.10\nbig: 12345678901234567890123456789012345678901234567890\n");
    assert_eq!(yaml.get("version").unwrap().as_number(), Some("1.10"));
    assert_eq!(
        yaml.get("big").unwrap().as_number(),
        Some("12345678901234567890123456789012345678901234567890")
    );
    let json = value(r#"{"a": 1.10, "b": [123456789012345678901234], "c": "5"}"#);
    assert_eq!(json.get("a").unwrap().as_number(), Some("1.10"));
    let item = json.get("b").unwrap().step("0").unwrap();
    assert_eq!(item.as_number(), Some("123456789012345678901234"));
}

#[test]
fn anchors_and_merge_keys_apply() {
    let node =
        value("base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\nboth: {<<: [*base, {c: 4}]}\n");
    assert_eq!(node.get("use").unwrap().get("a").unwrap().as_number(), Some("1"));
    assert_eq!(node.get("use").unwrap().get("b").unwrap().as_number(), Some("3"));
    assert_eq!(node.get("both").unwrap().get("c").unwrap().as_number(), Some("4"));
    assert!(!node.get("use").unwrap().has("<<"));
    assert!(value(r#"{"<<": {"a": 1}}"#).has("<<"));
}

#[test]
fn oddities_are_reported_and_read_all_the_same() {
    assert_eq!(read("a: 1\na: 2\n").1, ["TW0106"]);
    assert_eq!(read("{\"a\": 1, \"a\": 2}").1, ["TW0106"]);
    assert_eq!(read("<<: 5\na: 1\n").1, ["TW0108"]);
    assert_eq!(read("a: !include x\n").1, ["TW0109"]);
    assert_eq!(read("a: 1\n---\nb: 2\n").1, ["TW0110"]);
    assert_eq!(read("{\"a\": 1,}").1, ["TW0111"]);
    let (loaded, codes) = read("a:\n\tb: 1\n\tc:\n\t\td: 2\n");
    assert_eq!(codes, ["TW0107"]);
    let inner = loaded.unwrap().root.get("a").unwrap().get("c").unwrap().clone();
    assert!(inner.has("d"));
}

#[test]
fn broken_files_are_refused_with_a_place() {
    assert_eq!(read("a: [1, 2\nb: 3\n").1, ["TW0103"]);
    assert_eq!(read("{\"a\": 1 \"b\": 2}").1, ["TW0102"]);
    assert!(read("").0.unwrap().root.is_null());
    assert_eq!(read("? [a]\n: b\n").1, ["TW0103"]);
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep).1, ["TW0104"]);
    let deep: String = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(read(&deep).1, ["TW0104"]);
}

#[test]
fn alias_bombs_are_defused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    assert_eq!(read(&bomb).1, ["TW0105"]);
}

#[test]
fn byte_order_mark_and_windows_lines_do_not_matter() {
    let node = value("\u{feff}a: |\r\n  x\r\n  y\r\nключ: да\r\n");
    assert_eq!(node.text_of("a"), Some("x\ny\n"));
    assert_eq!(node.text_of("ключ"), Some("да"));
}

#[test]
fn files_are_followed_and_circles_end() {
    let (loaded, codes) = files(&[
        (
            "api/main.yaml",
            "a: {$ref: sub/b.yaml}\nself: {$ref: 'main.yaml#/a'}\nx: {$ref: ../up.yaml}\n",
        ),
        ("sub/b.yaml", "c: {$ref: '../d.json#/x'}\n"),
        ("d.json", "{\"x\": {\"$ref\": \"sub/b.yaml\"}, \"y\": {\"$ref\": \"gone.yaml\"}}"),
    ]);
    assert_eq!(codes, [""; 0]);
    let loaded = loaded.unwrap();
    let paths: Vec<&str> = loaded.others.keys().map(String::as_str).collect();
    assert_eq!(paths, ["sub/b.yaml", "d.json", "gone.yaml"]);
    let names: Vec<&str> = loaded.files.iter().map(|(_, file)| file.name.as_str()).collect();
    assert_eq!(names, ["api/main.yaml", "api/sub/b.yaml", "api/d.json"]);
}

#[test]
fn origins_give_pointers_in_their_own_file() {
    let (loaded, _) = files(&[("m.yaml", "a:\n  - x/y: {$ref: b.yaml}\n"), ("b.yaml", "k: 1")]);
    let loaded = loaded.unwrap();
    let inner = loaded.root.step("a").unwrap().step("0").unwrap().step("x/y").unwrap();
    assert_eq!(loaded.table.pointer(inner.origin), "/a/0/x~1y");
    let (file, root) = loaded.referenced(loaded.table.file(inner.origin), "b.yaml").unwrap();
    assert_eq!(file.0, 1);
    assert_eq!(loaded.source_text(root.get("k").unwrap().origin), Some("1"));
}

#[test]
fn a_missing_entry_is_one_error() {
    let mut diagnostics = Diagnostics::new();
    assert!(load("none.yaml", &Memory(BTreeMap::new()), &mut diagnostics).is_err());
    assert!(diagnostics.has_errors());
}

#[test]
fn printed_yaml_reads_back_equal() {
    let node =
        value("a: 'no'\nb: [1.5, 18446744073709551615, null]\nc: {d: \"x: y\"}\n200: true\n");
    let again = value(&print_yaml(&node).unwrap());
    assert_eq!(node, again);
}

#[test]
fn the_folder_that_holds_both_files_is_known() {
    for (entry, reference, root) in [
        ("openapi.yaml", "../x.yaml", Some("..")),
        ("apis/v1/openapi.yaml", "../x.yaml", Some("apis")),
        ("apis/v1/openapi.yaml", "../../shared/x.yaml", Some(".")),
        ("/apis/v1/openapi.yaml", "a/../../x.yaml", Some("/apis")),
        ("../openapi.yaml", "../x.yaml", Some("../..")),
        ("openapi.yaml", "/etc/x.yaml", None),
        ("https://example.com/openapi.yaml", "../x.yaml", None),
    ] {
        let (loaded, _) = files(&[(entry, "openapi: 3.0.3")]);
        let folder = loaded.unwrap().common_folder(FileId(0), reference);
        assert_eq!(folder.as_deref(), root, "{entry}");
    }
}

#[test]
fn keys_that_are_too_long_are_an_error_at_what_holds_them() {
    for (keys, pointer) in [(4080, None), (4090, Some("/a/b"))] {
        let text = format!("{{\"a\": {{\"b\": {{\"{}\": {{\"c\": 1}}}}}}}}", "k".repeat(keys));
        let mut diagnostics = Diagnostics::new();
        let loaded = load("x.json", &Always(text), &mut diagnostics);
        let place = diagnostics.iter().next().map(|diagnostic| diagnostic.place.clone());
        let expected = pointer.map(|at| Place::Key(FileId(0), at.to_owned()));
        assert_eq!((loaded.is_ok(), place), (expected.is_none(), expected));
    }
}

struct Always(String);

impl Loader for Always {
    fn load(&self, _: &str) -> Result<String, ReadError> {
        Ok(self.0.clone())
    }
}
