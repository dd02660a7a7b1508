//! YAML to values and spans, where other readers differ or fail.

use super::super::node::Node;
use super::super::{json, print_yaml, FileId, OriginTable};
use super::{parse, Parsed, SyntaxErrorKind, SyntaxWarning};
use proptest::prelude::*;

fn parsed(text: &str) -> Parsed {
    let mut table = OriginTable::default();
    match parse(text, FileId(0), &mut table) {
        Ok(parsed) => parsed,
        Err(failure) => panic!("{text:?}: {failure:?}"),
    }
}

fn is_followed(text: &str) -> bool {
    let warnings = parsed(text).warnings;
    warnings.contains(&SyntaxWarning::SeveralDocuments)
}

fn from_json(text: &str) -> Node {
    let mut table = OriginTable::default();
    json::parse(text, FileId(0), &mut table).unwrap().node
}

/// The error of a text, and the text from its offset.
fn failure(text: &str) -> (SyntaxErrorKind, &str) {
    let mut table = OriginTable::default();
    match parse(text, FileId(0), &mut table) {
        Ok(parsed) => panic!("{text:?}: {:?}", parsed.node),
        Err(failure) => (failure.kind, &text[failure.offset..]),
    }
}

#[track_caller]
fn same(yaml: &str, json: &str) {
    let (actual, expected) = (parsed(yaml).node, from_json(json));
    assert_eq!(actual, expected, "{yaml:?}");
    assert_eq!(order(&actual), order(&expected), "{yaml:?}");
}

/// Every key in the order of the text.
fn order(node: &Node) -> Vec<String> {
    let mut keys = Vec::new();
    for (key, member) in node.members() {
        keys.push(key.to_string());
        keys.extend(order(member));
    }
    keys.extend(node.as_list().into_iter().flatten().flat_map(order));
    keys
}

#[test]
fn values_are_read_in_every_style() {
    same(
        "a: x\n  y\nb: 'it''s'\nc: \"\\ud83d\\ude00\\t\"\n",
        r#"{"a": "x y", "b": "it's", "c": "\ud83d\ude00\t"}"#,
    );
    same("a: |\r\n  x\r\n\r\nb: >-\r\n  x\r\n  y\r\n", r#"{"a": "x\n", "b": "x y"}"#);
    same("a: |\n  x", r#"{"a": "x"}"#);
    same(
        "- - a\n  - {b: [c, d: e,]}\n-\n- ? f\n",
        r#"[["a", {"b": ["c", {"d": "e"}]}], null, {"f": null}]"#,
    );
    same("{\"a\":1,\n\t\"b\":[true,],}", r#"{"a": 1, "b": [true]}"#);
    same("a: x\u{2028}y\nb: x\u{85}y\n", "{\"a\": \"x\u{2028}y\", \"b\": \"x\u{85}y\"}");
    same("a: \"x\ny\"\nb: \u{feff}z\n", "{\"a\": \"x y\", \"b\": \"\u{feff}z\"}");
}

#[test]
fn what_is_empty_is_null() {
    for text in ["", "# nothing\n", "---\n", "--- ~\n", "\r\n\r\n"] {
        assert!(parsed(text).node.is_null() && !is_followed(text), "{text:?}");
    }
    same(
        "a:\nb: ''\nc: &x\nd: !!str\ne: !!str ~\n",
        r#"{"a": null, "b": "", "c": null, "d": "", "e": "~"}"#,
    );
}

#[test]
fn keys_are_text() {
    same(
        "? a b\n: 1\n: 2\n~: 3\n'010': 4\n!!int x: 5\n",
        r#"{"a b": 1, "": 2, "~": 3, "010": 4, "x": 5}"#,
    );
    same("&k 010: &v +1\nb: *k\nc: *v\n*v : d\n", r#"{"010": 1, "b": "010", "c": 1, "+1": "d"}"#);
    let long = "k".repeat(1_500);
    same(&format!("? {long}\n: 1\n"), &format!("{{\"{long}\": 1}}"));
    for text in ["? [a]\n: b\n", "? {a: b}\n: c\n"] {
        let (fault, at) = failure(text);
        assert!(matches!(fault, SyntaxErrorKind::Yaml(_)) && at == &text[2..]);
    }
    let (fault, at) = failure("a: &x [1]\n*x : 2\n");
    assert!(matches!(fault, SyntaxErrorKind::Yaml(_)) && at.starts_with("*x"));
}

#[test]
fn aliases_are_values_of_their_own() {
    let mut table = OriginTable::default();
    let text = "a: &a\n  b: [1, {c: 2}]\nd:\n  - *a\ne: {<<: *a}\n";
    let node = parse(text, FileId(0), &mut table).unwrap().node;
    let copied = node.get("d").unwrap().step("0").unwrap();
    assert_eq!(copied, node.get("a").unwrap());
    let inner = copied.get("b").unwrap().step("1").unwrap().get("c").unwrap();
    assert_eq!(table.pointer(inner.origin), "/d/0/b/1/c");
    let merged = node.get("e").unwrap().get("b").unwrap();
    assert_eq!(table.pointer(merged.origin), "/e/<</b");
    for text in ["a: &a [*a]\n", "a: &a {b: *a}\n", "a: *b\n"] {
        let (fault, at) = failure(text);
        assert!(matches!(fault, SyntaxErrorKind::Yaml(_)) && at.starts_with('*'), "{text}");
    }
}

#[test]
fn depth_is_counted_through_aliases() {
    let lists = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parsed(&lists(128)).node.as_list().is_some());
    for depth in [129, 300, 5_000] {
        assert!(matches!(failure(&lists(depth)).0, SyntaxErrorKind::TooDeep), "{depth}");
    }
    let twice =
        |depth| format!("- &a {}\n- {}*a{}\n", lists(64), "[".repeat(depth), "]".repeat(depth));
    assert!(parsed(&twice(63)).node.as_list().is_some());
    assert!(matches!(failure(&twice(64)).0, SyntaxErrorKind::TooDeep));
}

#[test]
fn what_follows_the_first_document_is_seen() {
    for text in ["a: 1\n---\nb: 2\n", "{a: 1}\n{b: 2}\n", "{\"a\": 1\n}\n}", "a: 1\n...\n@\n"] {
        assert!(is_followed(text), "{text:?}");
    }
    assert!(!is_followed("a: 1\n...\n# end\n"));
}

#[test]
fn faults_have_their_place() {
    let faults = [
        ("a: 1\nб: c: d\n", ": d"),
        ("a: [1, 2\nb: 3\n", ": 3"),
        ("a: !!int x\n", "x"),
        ("a: \"\\ud83d\"\n", "\"\\ud83d"),
        ("a: @x\n", "@x"),
        ("a: x\0y\n", "\0y"),
    ];
    for (text, place) in faults {
        let (fault, at) = failure(text);
        assert!(
            matches!(fault, SyntaxErrorKind::Yaml(_)) && at.starts_with(place),
            "{text:?}: {at:?}"
        );
    }
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a \n\u{85}\u{2028}\u{2029}\u{80}\u{feff}]{0,5}".prop_map(Value::from),
        "[-+~.0-9a-fnox:#&*!|>%@'\"{}, \n\t-]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let key = prop_oneof!["[a-z<~?:, \u{2028}-]{0,6}", "[a-z: ]{1000,1030}", any::<String>()]
            .prop_filter("it merges", |key| key != "<<");
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back_equal(value in value()) {
        let expected = from_json(&value.to_string());
        let text = print_yaml(&expected).unwrap();
        let actual = parsed(&text).node;
        prop_assert_eq!(&actual, &expected, "{}", text);
        prop_assert_eq!(order(&actual), order(&expected), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-\\[\\]{}:,?&*!|>'\"%@#~< \n\tab01.]{0,40}") {
        let mut table = OriginTable::default();
        if let Ok(parsed) = parse(&text, FileId(0), &mut table) {
            prop_assert!(parsed.spans.unwrap().find([]).is_none_or(|(span, _)| text.get(span.value).is_some()));
        }
    }
}
