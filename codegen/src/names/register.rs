//! The register of names: those that a lock keeps, and those of this run, by node.

use super::scope::NameRequest;
use super::Ident;
use crate::diagnostics::codes::names::NAME_UNLOCKED;
use crate::diagnostics::Diagnostics;
use std::collections::BTreeMap;

/// Names by node, in progress.
///
/// Names are assigned twice if a lock disagrees with the document: the first time without the lock, which tells the nodes
/// that exist, so that the lock keeps no name from others for a node that is gone.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// Names that nodes of this document had in an earlier run.
    locked: BTreeMap<String, String>,
    /// Nodes of the scopes that are filled step by step, by scope.
    shared: BTreeMap<&'static str, Vec<String>>,
    /// Names of this run.
    pub assigned: BTreeMap<String, String>,
    /// Problems of the names.
    pub diagnostics: Diagnostics,
}

impl Register {
    /// Starts again with the names of an earlier run, as far as their nodes exist.
    pub fn with_lock(self, names: &BTreeMap<String, String>) -> Self {
        let existing = names.iter().filter(|(node, _)| self.assigned.contains_key(*node));
        Self {
            locked: existing.map(|(node, name)| (node.clone(), name.clone())).collect(),
            shared: self.shared,
            assigned: BTreeMap::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// `true` if every node that an earlier run named has its name.
    pub fn agrees(&self, names: &BTreeMap<String, String>) -> bool {
        let differs =
            |(node, name): (&String, &String)| names.get(node).is_some_and(|old| old != name);
        !self.assigned.iter().any(differs)
    }

    /// The locked name of a node.
    pub fn locked(&self, node: &str) -> Option<&str> {
        self.locked.get(node).map(String::as_str)
    }

    /// The locked names of a scope that is filled step by step, with their nodes.
    pub fn locked_in(&self, scope: &str) -> impl Iterator<Item = (&str, &str)> {
        let nodes = self.shared.get(scope).into_iter().flatten();
        nodes.filter_map(|node| Some((node.as_str(), self.locked(node)?)))
    }

    /// Records the name of a request, and reports it if it differs from the locked one.
    pub fn record(&mut self, scope: Option<&'static str>, request: &NameRequest, ident: &Ident) {
        if request.node.is_empty() {
            return;
        }
        let name = ident.text();
        if let Some(old) = self.locked.get(&request.node).filter(|old| *old != name) {
            let reason = match request.explicit {
                true => "the document or the configuration names it",
                false => "the old name is reserved or taken",
            };
            let node = &request.node;
            let message = format!("`{node}` was called `{old}` and is now `{name}`: {reason}");
            self.diagnostics.push(NAME_UNLOCKED, request.place.clone(), message);
        }
        if let Some(scope) = scope {
            self.shared.entry(scope).or_default().push(request.node.clone());
        }
        self.assigned.insert(request.node.clone(), name.to_owned());
    }
}
