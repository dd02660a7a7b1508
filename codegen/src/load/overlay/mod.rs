//! Overlays (OpenAPI Overlay Specification 1.1): changes to a document that its owner never sees.

mod merge;

#[cfg(test)]
mod tests;

use super::parse::parse;
use super::{pointer, FileId, Files, Node, OriginTable, Value};
use crate::diagnostics::codes::load as codes;
use crate::diagnostics::{Diagnostics, Place};
use merge::Clash;
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
            let place = self.table.place(action.origin);
            self.diagnostics
                .push(codes::BAD_ACTION, place, "the action has no `target`");
            return;
        };
        let Some(found) = self.select(target, root) else {
            return;
        };
        if found.is_empty() {
            let place = self.table.place(target.origin);
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
            let place = self.table.place(action.origin);
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
                let place = self.table.place(path.origin);
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
        let place = self.table.place(from.origin);
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
            for Clash { ours, theirs } in merge::update(place, update) {
                let place = self.table.place(ours);
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
