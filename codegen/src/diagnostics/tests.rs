//! How findings look, to people and to tools.

use super::{codes, explain, human, lines, Diagnostics, Locator, Place, Style};
use crate::source::{FileId, Files};
use std::ops::Range;

fn rendered(text: &str, place: Place) -> String {
    let mut files = Files::default();
    files.add("api/openapi.yaml", text);
    let mut diagnostics = Diagnostics::new();
    diagnostics.push_with_help(codes::load::DUPLICATE_KEY, place, "something is odd", "mend it");
    human(&diagnostics, &files, Style::Plain)
}

fn pointer(pointer: &str) -> Place {
    Place::Pointer(FileId(0), pointer.to_owned())
}

#[test]
fn values_are_underlined() {
    let text = "info:\r\n  title: Über\r\n  version: 1.0 # number\r\n";
    let report = rendered(text, pointer("/info/version"));
    let expected = "\
warning[TW0106]: something is odd
 --> api/openapi.yaml:3:12
  |
3 |   version: 1.0 # number
  |            ^^^ a key occurs twice in one object
  |
  = help: mend it

";
    assert_eq!(report, expected);
}

#[test]
fn keys_are_underlined_for_containers_and_keys() {
    let text = "{\n\t\"a\": {\"ключ\": [1,\n2]}\n}";
    let report = rendered(text, pointer("/a/ключ"));
    assert!(report.contains("api/openapi.yaml:2:8"), "{report}");
    assert!(report.contains("^^^^^^"), "{report}");
    let report = rendered(text, Place::Key(FileId(0), "/a".to_owned()));
    assert!(report.contains(":2:2"), "{report}");
}

#[test]
fn a_missing_place_is_shown_at_its_nearest_ancestor() {
    let report = rendered("a:\n  b: 1\n", pointer("/a/c/d"));
    assert!(report.contains(":1:1"), "{report}");
}

#[test]
fn no_place_and_whole_files_have_no_excerpt() {
    assert!(!rendered("a: 1", Place::Nowhere).contains("-->"));
    let whole = rendered("a: 1", Place::File(FileId(0)));
    assert!(whole.contains("--> api/openapi.yaml:1:1") && !whole.contains("a: 1"), "{whole}");
}

#[test]
fn a_line_without_end_is_cut() {
    let text = format!(
        "{{\"a\": \"{}\", \"b\": 7, \"c\": \"{}\"}}",
        "x".repeat(50_000),
        "y".repeat(50_000)
    );
    let report = rendered(&text, pointer("/b"));
    assert!(report.contains("api/openapi.yaml:1:50016"), "{report}");
    assert!(report.len() < 1_000 && report.contains('^'), "{report}");
}

#[test]
fn spans_outside_the_text_do_no_harm() {
    for (start, end) in [(0, 99), (7, 3), (50, 60), (1, 2)] {
        let report = rendered("é: ü\n", Place::Span(FileId(0), Range { start, end }));
        assert!(report.contains("something is odd"));
    }
    assert!(rendered("", pointer("/x")).contains("something"));
}

#[test]
fn tools_get_a_line_of_json_each() {
    let mut files = Files::default();
    files.add("a.yaml", "x:\n  ü: [1]\n");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(codes::load::TAG, pointer("/x/ü/0"), "odd");
    let text = lines(&diagnostics, &files);
    let value: serde_json::Value = serde_json::from_str(text.trim_end()).unwrap();
    assert_eq!(value["line"], 2);
    assert_eq!(value["column"], 7);
    assert_eq!(value["end_column"], 8);
    assert_eq!(value["excerpt"], "1");
    assert_eq!(value["severity"], "note");
    assert_eq!(value["pointer"], "/x/ü/0");
}

#[test]
fn every_code_is_explained_and_unique() {
    let mut ids: Vec<&str> = codes::all().map(|code| code.id).collect();
    let sorted = ids.clone();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids, sorted, "ids are unique and in order");
    for code in codes::all() {
        let text = explain(code.id).unwrap();
        assert!(text.contains(code.title) && code.explanation.len() > 60, "{}", code.id);
    }
    assert_eq!(explain("TW9999"), None);
}

#[test]
fn columns_count_characters_on_lines_of_any_length() {
    let mut files = Files::default();
    let text = format!("a\r\nб{}", "яx".repeat(10_000));
    let id = files.add("long.yaml", text.clone());
    let mut locator = Locator::new(&files);
    let file = files.get(id).unwrap();
    for at in [0, 1, 3, 4095, 4096, 4097, 8191, 8192, 20_000, text.len()] {
        let at = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let before = &text[..at];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let expected = (before.matches('\n').count() + 1, before[start..].chars().count() + 1);
        assert_eq!(locator.position(id, file, at), expected, "{at}");
    }
}
