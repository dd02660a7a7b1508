//! The file of a lock: its text, and its errors.

use proptest::prelude::*;
use std::collections::BTreeMap;
use typewright::diagnostics::codes::host as codes;
use typewright::diagnostics::{Diagnostics, Locator};
use typewright::lock::{ApiItem, Lock, Naming};
use typewright::source::Files;

/// Reads a text; its errors as `line:column message`.
pub fn read(text: &str) -> Result<Lock, Vec<String>> {
    let mut files = Files::default();
    let file = files.add("typewright.lock", text);
    let mut diagnostics = Diagnostics::new();
    let lock = Lock::read(file, &files, &mut diagnostics);
    let mut locator = Locator::new(&files);
    let errors = diagnostics.iter().map(|diagnostic| {
        let at = locator.locate(&diagnostic.place).unwrap();
        format!("{}:{} {}", at.line, at.column, diagnostic.message)
    });
    let errors: Vec<String> = errors.collect();
    lock.ok_or(errors)
}

fn lock() -> Lock {
    let item = |kind: &str, node: &str, signature: &str| ApiItem {
        kind: kind.to_owned(),
        node: node.to_owned(),
        signature: signature.to_owned(),
    };
    Lock {
        grouped: Some(false),
        naming: Naming { full_operation_ids: true, strip_prefix: vec!["api\"v1".to_owned()] },
        names: [("component Größe", "Größe"), ("component Pet", "Pet"), ("GET /pets", "r_type")]
            .map(|(node, name)| (node.to_owned(), name.to_owned()))
            .into(),
        arguments: [("GET /pets".to_owned(), vec!["path id".to_owned(), "body".to_owned()])].into(),
        api: [
            ("types::Pet", item("type", "component Pet", "struct")),
            ("types::Pet::id", item("field", "component Pet/petId", "i64")),
            ("types::Pet::note", item("field", "component Pet/note", "Option<String>")),
            ("types::Pet::new()", item("constructor", "component Pet/new", "id: i64")),
            ("types::Pet::with_note()", item("setter", "component Pet/new/note", "String")),
            ("impl Clone for types::Pet", item("implementation", "component Pet/Clone", "")),
            ("impl Debug for types::Pet", item("implementation", "component Pet/Debug", "")),
            (
                "impl PartialEq for types::Pet",
                item("implementation", "component Pet/PartialEq", ""),
            ),
        ]
        .map(|(path, item)| (path.to_owned(), item))
        .into(),
    }
}

#[test]
fn the_file_is_sorted_and_has_a_line_for_each_entry() {
    let expected = r#"# Names of this client and what they stand for. Written by `typewright generate`; commit it.
version = 1
grouped = false
full-operation-ids = true
strip-prefix = ["api\"v1"]

[names]
"GET /pets" = "r_type"
"component Größe" = "Größe"

[arguments]
"GET /pets" = ["path id", "body"]

[api]
"types::Pet" = ["type", "component Pet", "struct", "id: i64 = petId", "new(id)", "note: Option<String>"]
"#;
    assert_eq!(lock().to_toml(), expected);
}

#[test]
fn a_lock_survives_its_file_with_any_line_ends() {
    let text = lock().to_toml();
    let mut expected = lock();
    // These follow from the public API.
    expected.arguments.insert("component Pet".to_owned(), vec!["petId".to_owned()]);
    let fields = [("", "Pet"), ("/petId", "id"), ("/note", "note")];
    let fields = fields.map(|(part, name)| (format!("component Pet{part}"), name.to_owned()));
    expected.names.extend(fields);
    assert_eq!(read(&text), Ok(expected.clone()));
    assert_eq!(read(&text.replace('\n', "\r\n")), Ok(expected.clone()));
    assert_eq!(read(&format!("\u{feff}{text}")), Ok(expected));
    assert_eq!(read(&Lock::default().to_toml()), Ok(Lock::default()));
}

#[test]
fn an_older_version_is_read_and_a_newer_one_is_an_error() {
    let names = "[names]\n\"component Pet\" = \"Pet\"\n";
    assert_eq!(read(&format!("version = 0\n{names}")).unwrap().names.len(), 1);
    let mut files = Files::default();
    let file = files.add("typewright.lock", "version = 2\n[anything]\nelse = 1\n");
    let mut diagnostics = Diagnostics::new();
    assert_eq!(Lock::read(file, &files, &mut diagnostics), None);
    let reported: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(reported, [codes::LOCK_NEWER]);
}

#[test]
fn damage_is_reported_with_its_place() {
    for (text, errors) in [
        ("", &["1:1 `version` is missing"][..]),
        ("version = \"1\"\n", &["1:11 `version` is not a number"]),
        ("version = -1\n", &["1:11 `version` is not a number"]),
        ("version = 1\nnames = 3\n", &["2:9 a table is expected here, not integer"]),
        ("version = 1\ngrouped = 3\n", &["2:11 `true` or `false` is expected here, not integer"]),
        (
            "version = 1\nfull-operation-ids = 1\nstrip-prefix = \"a\"\n",
            &[
                "2:22 `true` or `false` is expected here, not integer",
                "3:16 an array of strings is expected here, not string",
            ],
        ),
        ("version = 1\nnamse = {}\n", &["2:1 unknown key `namse`"]),
        ("version = 1\n[names\n", &["2:7 unclosed table, expected `]`"]),
        (
            "version = 1\n[names]\na = \"self\"\nb = \"a-b\"\nc = \"\"\nd = \"type\"\ne = \"_\"\nf = \"r#a\"\ng = \"x \"\nh = 1\n",
            &[
                "3:5 `self` is not an identifier",
                "4:5 `a-b` is not an identifier",
                "5:5 `` is not an identifier",
                "7:5 `_` is not an identifier",
                "8:5 `r#a` is not an identifier",
                "9:5 `x ` is not an identifier",
                "10:5 a string is expected here, not integer",
            ],
        ),
        ("version = 1\n[arguments]\na = \"id\"\n", &["3:5 an array of strings is expected here, not string"]),
        ("version = 1\n[arguments]\na = [\"id\", 1]\n", &["3:12 a string is expected here, not integer"]),
        ("version = 1\n[api]\na = [\"type\"]\n", &["3:5 an array of at least three strings is expected here, not array"]),
        (
            "version = 1\r\n[names]\r\n<<<<<<< ours\r\na = \"A\"\r\n=======\r\n",
            &["3:1 a mark of a merge conflict"],
        ),
        ("version = 1\n[names]\na = \"A\"\na = \"B\"\n", &["4:1 duplicate key"]),
    ] {
        assert_eq!(read(text).unwrap_err(), errors, "{text}");
    }
}

/// Items of paths and kinds that the short form knows, with texts that it does not.
fn items() -> impl Strategy<Value = BTreeMap<String, ApiItem>> {
    let text = "\\PC{0,4}|[\\x00-\\x7f]{0,4}|new|a|Option<a>|a: b|a = b|struct|enum|-> a";
    let path =
        "types::A|types::A::(a|b|new\\(\\)|with_a\\(\\))|impl (Clone|b) for types::A|\\PC{0,3}";
    let kind = "type|field|setter|constructor|variant|method|implementation|\\PC{0,3}";
    let node = "component A(/(a|b|new|new/a|Clone|additionalProperties|\\PC{0,3}))?|\\PC{0,3}";
    let item =
        (kind, node, text).prop_map(|(kind, node, signature)| ApiItem { kind, node, signature });
    prop::collection::btree_map(path, item, 0..8)
}

proptest! {
    #[test]
    fn any_api_survives(api in items()) {
        let lock = Lock { api: api.clone(), ..Lock::default() };
        let text = lock.to_toml();
        prop_assert_eq!(read(&text).map(|lock| lock.api), Ok(api), "{}", text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(version = 1\n)?\\PC{0,40}(\n\\PC{0,20}){0,4}") {
        let _ = read(&text);
    }
}
