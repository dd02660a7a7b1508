//! Overlays (OpenAPI Overlay Specification 1.1): changes to a document that are stored outside it.

#[cfg(test)]
#[path = "overlay_tests.rs"]
mod tests;

use super::parse::parse;
use crate::diagnostics::codes::load as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::source::{FileId, Files};
use crate::syntax::{pointer, Node, OriginId, OriginTable, Value};
use serde_json_path::JsonPath;

/// The context in which overlays are applied.
pub(super) struct Overlays<'a> {
    pub files: &'a Files,
    pub table: &'a mut OriginTable,
    pub diagnostics: &'a mut Diagnostics,
}

impl Overlays<'_> {
    /// Applies the actions of the overlay in a file in their order.
    pub fn apply(&mut self, file: FileId, root: &mut Node) {
        let Some(overlay) = parse(self.files, file, self.table, self.diagnostics) else {
            return;
        };
        let version =
            overlay.get("overlay").and_then(|version| version.as_text().or(version.as_number()));
        if !version.is_some_and(|version| version == "1" || version.starts_with("1.")) {
            let message =
                "an overlay declares `overlay: 1.1.0` at the top level; this file does not";
            self.diagnostics.push(codes::NO_OVERLAY, Place::File(file), message);
            return;
        }
        let actions = overlay.get("actions").and_then(Node::as_list).unwrap_or_default();
        if actions.is_empty() {
            let message = "the overlay has no actions";
            self.diagnostics.push(codes::NO_OVERLAY, Place::File(file), message);
        }
        for action in actions {
            self.act(action, root);
        }
    }

    fn act(&mut self, action: &Node, root: &mut Node) {
        let Some(target) = action.get("target") else {
            let place = Place::value(self.table, action.origin);
            self.diagnostics.push(codes::BAD_ACTION, place, "the action has no `target`");
            return;
        };
        let Some(targets) = self.select(target, root) else {
            return;
        };
        if targets.is_empty() {
            let place = Place::value(self.table, target.origin);
            self.diagnostics.push(
                codes::IDLE_ACTION,
                place,
                "the action does not match any value of the document",
            );
            return;
        }
        if action.get("remove").and_then(Node::as_bool) == Some(true) {
            remove(root, targets);
        } else if let Some(update) = action.get("update") {
            self.update(root, &targets, update);
        } else if let Some(copy) = action.get("copy") {
            self.copy(root, &targets, copy);
        } else {
            let place = Place::value(self.table, action.origin);
            let message = "the action has none of `update`, `copy` and `remove: true`";
            self.diagnostics.push(codes::BAD_ACTION, place, message);
        }
    }

    /// The pointers of the values that a JSONPath (RFC 9535) selects; `None` if it is invalid.
    fn select(&mut self, path: &Node, root: &Node) -> Option<Vec<String>> {
        let text = path.as_text().unwrap_or_default();
        match JsonPath::parse(text) {
            Ok(query) => {
                let document = value(root);
                let located = query.query_located(&document);
                Some(located.locations().map(|location| location.to_json_pointer()).collect())
            }
            Err(error) => {
                let place = Place::value(self.table, path.origin);
                let message = format!("`{text}` is not a JSONPath: {error}");
                self.diagnostics.lost(codes::BAD_ACTION, place, message, None)
            }
        }
    }

    fn copy(&mut self, root: &mut Node, targets: &[String], from: &Node) {
        let Some(sources) = self.select(from, root) else {
            return;
        };
        if let [source] = sources.as_slice() {
            if let Some(source) = at(root, source).cloned() {
                self.update(root, targets, &source);
                return;
            }
        }
        let place = Place::value(self.table, from.origin);
        let message = format!("`copy` has to select one value; this selects {}", sources.len());
        self.diagnostics.push(codes::BAD_ACTION, place, message);
    }

    fn update(&mut self, root: &mut Node, targets: &[String], update: &Node) {
        for pointer in targets {
            let Some(place) = at(root, pointer) else {
                continue;
            };
            for TypeConflict { update, target } in merge_update(place, update) {
                let place = Place::value(self.table, update);
                let target = self.table.pointer(target);
                let message = format!(
                    "this cannot be merged with the value at `{target}`: their types differ"
                );
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

/// Removes values, the last first, so that the indices of items before them stay valid.
fn remove(root: &mut Node, mut targets: Vec<String>) {
    targets.sort_by_key(|pointer| {
        let steps = pointer::split(pointer);
        let last = steps.last().and_then(|step| step.parse::<usize>().ok());
        (steps.len(), last)
    });
    for pointer in targets.iter().rev() {
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

/// The tree in the types of `serde_json`, for the JSONPath crate.
fn value(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.clone().into()),
        Value::Text(text) => text.clone().into(),
        Value::List(items) => items.iter().map(value).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(key, member)| (key.to_string(), value(member)));
            serde_json::Value::Object(members.collect())
        }
    }
}

/// Two values of different types, which cannot be merged.
#[derive(Debug)]
struct TypeConflict {
    update: OriginId,
    target: OriginId,
}

/// Merges an update into a selected value: an array receives it as an item, an object its members.
fn merge_update(target: &mut Node, update: &Node) -> Vec<TypeConflict> {
    let mut conflicts = Vec::new();
    match &mut target.value {
        Value::List(items) => items.extend(update.clone().into_list()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
            merge(target, update, &mut conflicts);
        }
    }
    conflicts
}

fn merge(target: &mut Node, update: &Node, conflicts: &mut Vec<TypeConflict>) {
    let target_origin = target.origin;
    let is_empty = target.is_null();
    match (&mut target.value, &update.value) {
        (Value::Object(members), Value::Object(changes)) => {
            for (key, change) in changes {
                match members.get_mut(key) {
                    Some(member) => merge(member, change, conflicts),
                    None => drop(members.insert(key.clone(), change.clone())),
                }
            }
        }
        (Value::List(items), Value::List(more)) => items.extend(more.iter().cloned()),
        // a key without a value, as in an overlay that repeats the structure of the document
        (Value::Object(_) | Value::List(_), Value::Null) => {}
        (Value::Object(_) | Value::List(_), _) | (_, Value::Object(_) | Value::List(_))
            if !is_empty =>
        {
            conflicts.push(TypeConflict { update: update.origin, target: target_origin });
        }
        _ => *target = update.clone(),
    }
}
