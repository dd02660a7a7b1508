//! Operations that move between the client and its groups.

use super::fix;
use crate::support::Sandbox;
use std::fmt::Write as _;

/// A document whose operations are in groups by tag if there are more than 60.
fn document(count: usize, tags: [&str; 2]) -> String {
    let mut text = String::from("openapi: 3.0.3\ninfo: { title: Many, version: '1' }\npaths:\n");
    for number in 0..count {
        let tag = tags[number % 2];
        let _ = writeln!(
            text,
            "  /a/{number}: {{ get: {{ operationId: read{number}, tags: [{tag}], \
             parameters: [{{ name: q, in: query, schema: {{ type: string }} }}], \
             responses: {{ '204': {{ description: Done. }} }} }} }}"
        );
    }
    text
}

#[track_caller]
fn assert_edits(
    old: String,
    new: String,
    edits: &str,
    before: &str,
    after: &str,
    status: i32,
) -> String {
    let sandbox = Sandbox::empty();
    sandbox.write("old.yaml", old);
    sandbox.write("new.yaml", new);
    sandbox.write("edits.txt", edits);
    sandbox.write("lib.rs", before);
    let run = fix(&sandbox, &["lib.rs", "--write", "--edits", "edits.txt"]).ends(status);
    assert_eq!(sandbox.read("lib.rs"), after, "{}", run.stderr);
    run.stderr
}

const TAGS: [&str; 2] = ["cats", "dogs"];
const GROUPED: &str = "async fn a(c: &pets::Client) {\n    c.cats().read0().q(\"x\").await;\n    c.dogs()\n        .read1();\n}\n";
const FLAT: &str =
    "async fn a(c: &pets::Client) {\n    c.read0().q(\"x\").await;\n    c.read1();\n}\n";

#[test]
fn operations_leave_their_groups() {
    assert_edits(document(62, TAGS), document(20, TAGS), "", GROUPED, FLAT, 0);
}

#[test]
fn operations_join_groups() {
    let after = GROUPED.replace("\n        .read1", ".read1");
    assert_edits(document(20, TAGS), document(62, TAGS), "", FLAT, &after, 0);
}

#[test]
fn operations_change_their_group() {
    assert_edits(
        document(62, TAGS),
        document(62, ["cats", "birds"]),
        "",
        GROUPED,
        &GROUPED.replace("dogs()\n        .", "birds()."),
        0,
    );
    let renamed =
        "rename operations::DogsOperations -> operations::BirdsOperations\nrename Client::dogs() -> Client::birds()\n";
    let after = GROUPED.replace("dogs", "birds");
    assert_edits(document(62, TAGS), document(62, ["cats", "birds"]), renamed, GROUPED, &after, 0);
}

#[test]
fn a_group_that_is_kept_in_a_variable_is_left() {
    let text = "async fn a(c: &pets::Client) {\n    let cats = c.cats();\n    cats.read0();\n}\n";
    let left = assert_edits(document(62, TAGS), document(20, TAGS), "", text, text, 5);
    assert_eq!(
        left,
        "lib.rs:2:18: `Client::cats()` is gone\nlib.rs:3:10: `operations::CatsOperations::read0()` has moved: `Client::read0()`\n"
    );
}
