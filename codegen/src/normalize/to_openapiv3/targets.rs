//! Schemas inside components and operations to which references point.

use super::or_reference;
use super::schema::schema;
use crate::syntax::{pointer, Node};
use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

/// The length of a chain of references from which on it counts as a circle.
const MAX_HOPS: usize = 100;

/// The targets of references that are not components, by the texts of the references: each with its pointer, in which
/// no reference is left to follow.
pub type Targets = IndexMap<String, (String, ReferenceOr<Schema>)>;

/// The targets in a document of the normal form.
pub(crate) fn targets(root: &Node) -> Targets {
    let mut targets = Targets::new();
    let mut pending = vec![root];
    while let Some(node) = pending.pop() {
        pending.extend(node.children());
        let text = node.as_text().filter(|text| text.starts_with("#/"));
        if let Some(text) = text.filter(|text| !targets.contains_key(*text)) {
            targets.extend(target(root, text).map(|target| (text.to_owned(), target)));
        }
    }
    targets
}

fn target(root: &Node, text: &str) -> Option<(String, ReferenceOr<Schema>)> {
    let steps = pointer::split(text.strip_prefix('#')?);
    let steps: Vec<&str> = steps.iter().map(|step| &**step).collect();
    if !is_schema(&steps) {
        return None;
    }
    let (mut at, mut node) = (String::new(), root);
    for step in steps {
        for _ in 0..MAX_HOPS {
            let Some(reference) = node.text_of("$ref") else {
                break;
            };
            at = reference.strip_prefix('#')?.to_owned();
            node = pointer::steps(&at).try_fold(root, |node, step| node.step(&step))?;
        }
        node = node.step(step)?;
        at.push('/');
        pointer::push(&mut at, step);
    }
    node.as_object()?;
    Some((at, or_reference(schema)(node)))
}

/// `true` for the steps to a schema that is not a component.
fn is_schema(steps: &[&str]) -> bool {
    match steps {
        ["components", "schemas", _, inner @ ..] => !inner.is_empty() && is_subschema(inner),
        ["components" | "paths", ..] => {
            let mut schemas = steps.iter().enumerate().filter(|(_, step)| **step == "schema");
            schemas.any(|(at, _)| steps.get(at + 1..).is_some_and(is_subschema))
        }
        _ => false,
    }
}

/// `true` for the steps from a schema to itself or to one of its inner schemas.
fn is_subschema(steps: &[&str]) -> bool {
    match steps {
        [] => true,
        ["properties" | "allOf" | "anyOf" | "oneOf", _, inner @ ..] => is_subschema(inner),
        ["items" | "not" | "additionalProperties", inner @ ..] => is_subschema(inner),
        _ => false,
    }
}
