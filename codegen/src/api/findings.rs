//! Which findings matter where only some operations are wanted: those of these operations, of what they reach, and of the
//! document as a whole.

use super::model::{Api, Operation, Use};
use super::read_write::uses;
use crate::diagnostics::{Diagnostics, Place};
use crate::source::FileId;
use crate::syntax::pointer;
use std::collections::BTreeSet;

/// A part of a document that is wanted or not: an operation, the rest of a path, or a component.
type Part = (FileId, Vec<String>);

/// Takes out what is said of operations and components that the API does not have.
pub fn keep_findings(api: &Api, diagnostics: &mut Diagnostics) {
    let mut parts: BTreeSet<Part> = BTreeSet::new();
    for operation in &api.operations {
        parts.extend(part(&operation.at.place));
        parts.extend(path_item(&operation.at.place));
        parts.extend(of_operation(operation).filter_map(|used| part(&used.at.place)));
    }
    for (_, schema) in api.schemas.iter() {
        parts.extend(part(&schema.at.place));
        parts.extend(
            uses(&schema.shape)
                .into_iter()
                .filter_map(|used| part(&used.at.place)),
        );
    }
    diagnostics.retain(|found| part(&found.place).is_none_or(|part| parts.contains(&part)));
}

fn of_operation(operation: &Operation) -> impl Iterator<Item = &Use> {
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let replies = operation.responses.iter();
    let contents = bodies.chain(replies.clone().flat_map(|reply| &reply.contents));
    let contents = contents.flat_map(|content| content.value.iter().chain(&content.item));
    let headers = replies.flat_map(|reply| &reply.headers);
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.value);
    contents
        .chain(headers.map(|header| &header.value))
        .chain(parameters)
}

/// The part that a place stands in; nothing where it is about the document as a whole, or not in it.
fn part(place: &Place) -> Option<Part> {
    let (Place::Pointer(file, at) | Place::Key(file, at)) = place else {
        return None;
    };
    let steps: Vec<String> = pointer::split(at)
        .into_iter()
        .map(|step| step.into_owned())
        .collect();
    let texts: Vec<&str> = steps.iter().map(String::as_str).collect();
    let length = match texts.as_slice() {
        ["paths", _, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query", ..] => {
            3
        }
        ["paths", _, "additionalOperations", _, ..] => 4,
        ["paths", _, ..] => 2,
        ["components", "securitySchemes", ..] => return None,
        ["components", _, _, ..] => 3,
        ["definitions" | "parameters" | "responses", _, ..] => 2,
        _ => return None,
    };
    Some((*file, steps.into_iter().take(length).collect()))
}

/// The path around an operation.
fn path_item(operation: &Place) -> Option<Part> {
    let (file, steps) = part(operation)?;
    Some((file, steps.into_iter().take(2).collect()))
}
