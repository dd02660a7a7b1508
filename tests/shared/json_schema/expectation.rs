//! The counts that were reached: committed, and never to fall.

use super::report::{Count, Report};
use crate::support::{assert_file, root};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The file of the counts, relative to the folder of the tests.
const FILE: &str = "shared/json_schema/expected.txt";

/// The reports as text.
pub fn text(reports: &[(&str, Report)]) -> String {
    let mut text = String::from(
        "Valid instances pass where they are read, found fault with by nothing, and written back equal. Invalid ones are\n\
        refused when they are read, or found by `validate`.\n",
    );
    for (draft, report) in reports {
        write!(text, "\n{draft}\n{}", report.table()).unwrap();
        writeln!(text, "\nvalid, and not passed:").unwrap();
        for wrong in report.wrong.iter().filter(|wrong| wrong.valid) {
            writeln!(text, "{}: {}\n  {}", wrong.keyword, wrong.what, wrong.reason()).unwrap();
        }
    }
    text
}

/// Compares with what is committed; `UPDATE=1` writes it anew where no count falls.
pub fn compare(reports: &[(&str, Report)]) {
    let actual = text(reports);
    let expected = std::fs::read_to_string(root().join("tests").join(FILE)).unwrap_or_default();
    let before = counts(&expected);
    for (key, now) in counts(&actual) {
        let then = before.get(&key).copied().unwrap_or_default();
        assert!(now.passed >= then.passed, "{key}: fewer valid instances pass");
        let caught = |count: Count| count.refused + count.reported;
        assert!(caught(now) >= caught(then), "{key}: fewer invalid instances are caught");
    }
    assert_file(FILE, &actual);
}

/// The counts in such a text, by draft and keyword.
fn counts(text: &str) -> BTreeMap<String, Count> {
    let mut counts = BTreeMap::new();
    let mut draft = "";
    for line in text.lines() {
        if line.starts_with("draft") {
            draft = line;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [keyword, valid, passed, "|", invalid, refused, reported, "|", skipped] = words[..]
        else {
            continue;
        };
        let number = |text: &str| text.parse().unwrap_or_default();
        let count = Count {
            valid: number(valid),
            passed: number(passed),
            invalid: number(invalid),
            refused: number(refused),
            reported: number(reported),
            skipped: number(skipped),
        };
        counts.insert(format!("{draft} {keyword}"), count);
    }
    counts
}
