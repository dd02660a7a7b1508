//! The values of a discriminator's mapping: names of components or references.

use super::place::{home, reference};
use super::Bundler;
use crate::diagnostics::codes::dialect as codes;
use crate::normalize::kinds::Kind;
use crate::syntax::Node;

impl Bundler<'_> {
    /// Turns every value into a reference to a component; values that lead nowhere go.
    pub(super) fn mapping(&mut self, node: &mut Node) {
        if let Some(members) = node.get_mut("mapping").and_then(Node::as_object_mut) {
            members.retain(|_, target| self.mapped(target));
        }
        let lost = node
            .get_mut("defaultMapping")
            .is_some_and(|target| !self.mapped(target));
        if lost {
            node.take("defaultMapping");
        }
    }

    fn mapped(&mut self, target: &mut Node) -> bool {
        let Some(text) = target.as_text() else {
            return true;
        };
        if self.is_component(text) {
            let found = reference(Kind::Schema, text);
            *target = Node::text(self.loaded.root.origin, found);
            return true;
        }
        let own = self.component_of_own_file(target);
        let found = match own {
            Some(own) => self.component(Kind::Schema, &own),
            None => self.component(Kind::Schema, target),
        };
        match found {
            Ok(found) => {
                *target = Node::text(self.loaded.root.origin, found);
                true
            }
            Err(fault) => {
                let place = self.loaded.place(target.origin);
                self.diagnostics
                    .push(codes::MAPPING_NOWHERE, place, fault.message);
                false
            }
        }
    }

    fn is_component(&self, name: &str) -> bool {
        let mut at = Some(&self.loaded.root);
        for step in home(Kind::Schema, self.version).unwrap_or_default() {
            at = at.and_then(|at| at.get(step));
        }
        at.is_some_and(|schemas| schemas.has(name))
    }

    /// A bare name in another file means a component of that file first.
    fn component_of_own_file(&self, target: &Node) -> Option<Node> {
        let name = target
            .as_text()
            .filter(|name| !name.contains(['#', '/', '.']))?;
        let local = Node::text(target.origin, reference(Kind::Schema, name));
        self.locate(&local, 8).ok().map(|_| local)
    }
}
