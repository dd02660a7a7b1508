//! References where 3.0 has no components: what they name is copied in.

use super::{Bundler, Fault};
use crate::diagnostics::codes::{dialect, load as codes};
use crate::normalize::kinds::{Form, Kind};
use crate::syntax::Node;

/// Copies that one document may need; more can only come from references that multiply.
const MOST_COPIES: usize = 10_000;
/// Copies inside copies.
const DEEPEST: usize = 16;

impl Bundler<'_> {
    /// Walks a value after what its `$ref` names, if it has one, was put in its place.
    pub(super) fn inlined(&mut self, form: &Form, node: &mut Node) -> bool {
        let before = self.active.len();
        while let Some(target) = node
            .get("$ref")
            .filter(|target| target.as_text().is_some())
            .cloned()
        {
            if self.copy(form, node, &target).is_none() {
                self.active.truncate(before);
                return false;
            }
        }
        self.inner(form, node);
        self.active.truncate(before);
        true
    }

    /// Puts a copy of what the reference names in its place; members beside the reference win.
    fn copy(&mut self, form: &Form, node: &mut Node, target: &Node) -> Option<()> {
        let kind = if let Form::Inline(kind) = form {
            *kind
        } else {
            Kind::Document
        };
        let found = match self.locate(target, DEEPEST) {
            Ok(found) => found,
            Err(fault) => {
                self.report(&fault, target);
                return None;
            }
        };
        let spot = found.spot();
        if self.copies > MOST_COPIES {
            return None;
        }
        self.copies += 1;
        let itself = self.active.contains(&spot) || self.contains(target, &spot);
        let many = self.copies > MOST_COPIES;
        if itself || many || self.active.len() >= DEEPEST {
            let fault = circle(kind, target, many);
            self.report(&fault, target);
            return None;
        }
        self.active.push(spot);
        let mut copy = found.node.clone();
        node.take("$ref");
        for (key, member) in node.as_object_mut().map(std::mem::take).unwrap_or_default() {
            copy.set(&key, member);
        }
        *node = copy;
        Some(())
    }

    /// Whether a reference stands inside the very place that it names.
    fn contains(&self, reference: &Node, spot: &super::Spot) -> bool {
        let table = &self.loaded.table;
        let own = table.pointer(reference.origin);
        table.file(reference.origin) == spot.0
            && own
                .strip_prefix(&spot.1)
                .is_some_and(|rest| rest.starts_with('/'))
    }
}

fn circle(kind: Kind, target: &Node, many: bool) -> Fault {
    let text = target.as_text().unwrap_or_default();
    let harmless = matches!(kind, Kind::PathItem | Kind::Callback) && !many;
    Fault {
        code: if harmless {
            dialect::CALLBACK_CIRCLE
        } else {
            codes::REFERENCE_CIRCLE
        },
        message: if many {
            format!("references such as `{text}` multiply: more than {MOST_COPIES} copies would be needed")
        } else {
            format!("`{text}` leads back to where it stands")
        },
        help: None,
    }
}
