//! The examples of other people's documents: those that their own schema accepts are decoded into their type and encoded
//! unchanged.

mod crates;
pub mod validator;

use crate::support::{assert_file, print_always, root, shared};
use std::fmt::Write as _;

/// At least so many of a hundred accepted examples pass.
const ENOUGH: f64 = 99.0;

/// The reason why accepted examples are not written again.
const WHY: &str = "\
\"was not written again\": the example has a member that its schema does not list. A schema that says nothing of further\n\
members accepts any; the type passes them over, unless preserve_unknown is set.\n\n";

/// Counts of the examples of one document.
#[derive(Default)]
struct Count {
    all: usize,
    accepted: usize,
    passed: usize,
}

#[test]
fn examples_that_their_schema_accepts_come_back_as_they_were() {
    let Some(folder) = shared("corpus/real") else {
        return;
    };
    let documents = crates::documents(&folder);
    let workspace = crates::workspace("examples-corpus", &documents);
    let mut list = String::from(WHY);
    let mut total = Count::default();
    for document in &documents {
        let (count, failures) = judge(document, &crates::failures(&workspace, document));
        let Count { all, accepted, passed } = count;
        writeln!(
            list,
            "{}: {all} examples, {accepted} accepted by their schema, {passed} pass",
            document.name
        )
        .unwrap();
        list.push_str(&failures);
        total.all += all;
        total.accepted += accepted;
        total.passed += passed;
    }
    #[expect(clippy::cast_precision_loss, reason = "a percentage")]
    let share = 100.0 * total.passed as f64 / total.accepted as f64;
    let Count { all, accepted, passed } = total;
    let whole =
        format!("{all} examples, {accepted} accepted by their schema, {passed} pass: {share:.2} %");
    writeln!(list, "\n{whole}").unwrap();
    print!("{list}");
    print_always(&whole);
    assert_file("shared/examples/failures.txt", &list);
    assert!(share >= ENOUGH, "{share:.2} %");
}

/// The generated test says of each example whether it came back, and what is wrong with those that did not.
#[test]
fn each_example_is_tried_by_its_name() {
    let path = root().join("tests/golden/examples/openapi.yaml");
    let document = crates::document(path);
    let workspace = crates::workspace("examples-golden", std::slice::from_ref(&document));
    let mut failures = crates::failures(&workspace, &document);
    // They run side by side, and end in any order.
    failures.sort();
    let at = "paths/~1pets/post/responses/200/content/application~1json/schema example";
    let expected = [
        (format!("{at} 2"), "[0].name: expected a text, found the number 3"),
        (format!("{at} 3"), "/0/colour: was not written again"),
    ];
    assert_eq!(failures.len(), expected.len(), "{failures:?}");
    for ((name, message), (place, words)) in failures.iter().zip(&expected) {
        assert_eq!(name, place);
        assert!(message.starts_with(words), "{message}");
    }
}

/// Counts, and a line for each accepted example that fails.
fn judge(document: &crates::Document, failures: &[(String, String)]) -> (Count, String) {
    let schemas = validator::Schemas::read(&document.path);
    let (mut count, mut list) = (Count::default(), String::new());
    for example in &document.examples {
        count.all += 1;
        if !schemas.accept(&example.name, &example.json) {
            continue;
        }
        count.accepted += 1;
        match failures.iter().find(|(name, _)| *name == example.name) {
            Some((name, message)) => writeln!(list, "  {name}: {message}").unwrap(),
            None => count.passed += 1,
        }
    }
    (count, list)
}
