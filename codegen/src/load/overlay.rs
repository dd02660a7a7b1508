//! Overlays (OpenAPI Overlay Specification 1.1): changes to a document that its owner never sees.

#[cfg(test)]
#[path = "overlay_tests.rs"]
mod tests;

use super::parse::parse;
use crate::diagnostics::codes::load as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::source::{FileId, Files};
use crate::syntax::{pointer, Node, OriginId, OriginTable, Value};
use serde_json_path::JsonPath;

/// Applies one overlay after another, and within each one action after another.
pub(super) struct Overlays<'a> {
    pub files: &'a Files,
    pub table: &'a mut OriginTable,
    pub diagnostics: &'a mut Diagnostics,
}

impl Overlays<'_> {
    /// Applies the overlay in a file.
    pub fn apply(&mut self, file: FileId, root: &mut Node) {
        let Some(overlay) = parse(self.files, file, self.table, self.diagnostics) else {
            return;
        };
        let version = overlay
            .get("overlay")
            .and_then(|version| version.as_text().or(version.as_number()));
        if !version.is_some_and(|version| version == "1" || version.starts_with("1.")) {
            let message = "an overlay says `overlay: 1.1.0` at its top; this file does not";
            self.diagnostics
                .push(codes::NO_OVERLAY, Place::File(file), message);
            return;
        }
        let actions = overlay
            .get("actions")
            .and_then(Node::as_list)
            .unwrap_or_default();
        if actions.is_empty() {
            let message = "the overlay has no actions";
            self.diagnostics
                .push(codes::NO_OVERLAY, Place::File(file), message);
        }
        for action in actions {
            self.act(action, root);
        }
    }

    fn act(&mut self, action: &Node, root: &mut Node) {
        let Some(target) = action.get("target") else {
            let place = Place::value(self.table, action.origin);
            self.diagnostics
                .push(codes::BAD_ACTION, place, "the action has no `target`");
            return;
        };
        let Some(found) = self.select(target, root) else {
            return;
        };
        if found.is_empty() {
            let place = Place::value(self.table, target.origin);
            self.diagnostics.push(
                codes::IDLE_ACTION,
                place,
                "the action matches nothing in the document",
            );
            return;
        }
        if action.get("remove").and_then(Node::as_bool) == Some(true) {
            remove(root, found);
        } else if let Some(update) = action.get("update") {
            self.update(root, &found, update);
        } else if let Some(copy) = action.get("copy") {
            self.copy(root, &found, copy);
        } else {
            let place = Place::value(self.table, action.origin);
            let message = "the action has none of `update`, `copy` and `remove: true`";
            self.diagnostics.push(codes::BAD_ACTION, place, message);
        }
    }

    /// The pointers of what a JSONPath (RFC 9535) selects; none where it cannot be read.
    fn select(&mut self, path: &Node, root: &Node) -> Option<Vec<String>> {
        let text = path.as_text().unwrap_or_default();
        match JsonPath::parse(text) {
            Ok(query) => {
                let document = value(root);
                let located = query.query_located(&document);
                Some(
                    located
                        .locations()
                        .map(|location| location.to_json_pointer())
                        .collect(),
                )
            }
            Err(error) => {
                let place = Place::value(self.table, path.origin);
                let message = format!("`{text}` is no JSONPath: {error}");
                self.diagnostics
                    .lost(codes::BAD_ACTION, place, message, None)
            }
        }
    }

    fn copy(&mut self, root: &mut Node, found: &[String], from: &Node) {
        let Some(sources) = self.select(from, root) else {
            return;
        };
        if let [source] = sources.as_slice() {
            if let Some(source) = at(root, source).cloned() {
                self.update(root, found, &source);
                return;
            }
        }
        let place = Place::value(self.table, from.origin);
        let message = format!(
            "`copy` has to select one value; this selects {}",
            sources.len()
        );
        self.diagnostics.push(codes::BAD_ACTION, place, message);
    }

    fn update(&mut self, root: &mut Node, found: &[String], update: &Node) {
        for pointer in found {
            let Some(place) = at(root, pointer) else {
                continue;
            };
            for Clash { ours, theirs } in merge_update(place, update) {
                let place = Place::value(self.table, ours);
                let theirs = self.table.pointer(theirs);
                let message = format!("this cannot be merged with what stands at `{theirs}`: they are of different kinds");
                self.diagnostics.push(codes::BAD_ACTION, place, message);
            }
        }
    }
}

fn at<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    let mut node = root;
    for step in pointer::split(pointer) {
        node = node.step_mut(&step)?;
    }
    Some(node)
}

/// Removes values, the last first, so that the numbers of items before them hold.
fn remove(root: &mut Node, mut found: Vec<String>) {
    found.sort_by_key(|pointer| {
        let steps = pointer::split(pointer);
        let last = steps.last().and_then(|step| step.parse::<usize>().ok());
        (steps.len(), last)
    });
    for pointer in found.iter().rev() {
        let Some((parent, last)) = pointer.rsplit_once('/') else {
            continue;
        };
        let last = pointer::unescape(last);
        let Some(parent) = at(root, parent) else {
            continue;
        };
        if let Some(items) = parent.as_list_mut() {
            match last.parse::<usize>() {
                Ok(index) if index < items.len() => drop(items.remove(index)),
                _ => {}
            }
        } else {
            parent.take(&last);
        }
    }
}

/// The tree as the JSONPath crate wants it.
fn value(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.clone().into()),
        Value::Text(text) => text.clone().into(),
        Value::List(items) => items.iter().map(value).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, member)| (key.to_string(), value(member)));
            serde_json::Value::Object(members.collect())
        }
    }
}

/// Two values that cannot be merged.
#[derive(Debug)]
struct Clash {
    ours: OriginId,
    theirs: OriginId,
}

/// Merges an update with a selected value: an array takes it in, anything else is merged with it.
fn merge_update(target: &mut Node, update: &Node) -> Vec<Clash> {
    let mut clashes = Vec::new();
    match &mut target.value {
        Value::List(items) => items.extend(update.clone().into_list()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
            merge(target, update, &mut clashes);
        }
    }
    clashes
}

fn merge(target: &mut Node, update: &Node, clashes: &mut Vec<Clash>) {
    let theirs = target.origin;
    let empty = target.is_null();
    match (&mut target.value, &update.value) {
        (Value::Object(members), Value::Object(changes)) => {
            for (key, change) in changes {
                match members.get_mut(key) {
                    Some(member) => merge(member, change, clashes),
                    None => drop(members.insert(key.clone(), change.clone())),
                }
            }
        }
        (Value::List(items), Value::List(more)) => items.extend(more.iter().cloned()),
        // a key without a value, as in an outline of the document
        (Value::Object(_) | Value::List(_), Value::Null) => {}
        (Value::Object(_) | Value::List(_), _) | (_, Value::Object(_) | Value::List(_))
            if !empty =>
        {
            clashes.push(Clash {
                ours: update.origin,
                theirs,
            });
        }
        _ => *target = update.clone(),
    }
}
