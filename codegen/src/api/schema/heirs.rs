//! Inheritance: the components that take in, by `allOf`, one that has a `discriminator` and no union of its own.

use super::facts::Composition;
use crate::api::resolve::Resolver;
use crate::api::schema_location::{component_name, unescaped, Said};
use openapiv3::{ReferenceOr, Schema};
use std::collections::{BTreeMap, BTreeSet};

/// The components that take in others by `allOf`.
pub(super) struct Heirs<'a> {
    /// The direct heirs by the name of what they take in, in the document's order.
    direct: BTreeMap<String, Vec<&'a str>>,
    /// What each component takes in directly.
    above: BTreeMap<String, Vec<String>>,
    /// The components with a discriminator and no union: where they are used, any of their heirs may stand.
    roots: BTreeSet<&'a str>,
}

impl<'a> Heirs<'a> {
    pub fn of(resolver: Resolver<'a>) -> Self {
        let mut heirs = Self {
            direct: BTreeMap::new(),
            above: BTreeMap::new(),
            roots: BTreeSet::new(),
        };
        for (name, source) in resolver.component_schemas() {
            if let Said::Whole(schema) = source.said {
                heirs.add(name, schema);
            }
        }
        heirs
    }

    fn add(&mut self, name: &'a str, schema: &'a Schema) {
        let parts = Composition::of(schema);
        for parent in parts.all_of {
            let ReferenceOr::Reference { reference } = parent else {
                continue;
            };
            if let Some(parent) = component_name(reference) {
                let parent = unescaped(parent);
                let above = self.above.entry(name.to_owned()).or_default();
                above.push(parent.clone());
                self.direct.entry(parent).or_default().push(name);
            }
        }
        let declared = schema.schema_data.discriminator.is_some();
        if declared && parts.one_of.is_empty() && parts.any_of.is_empty() {
            self.roots.insert(name);
        }
    }

    /// Whether the component has a discriminator and no union of its own.
    pub fn is_root(&self, name: &str) -> bool {
        self.roots.contains(name)
    }

    /// The heirs of a component, those of its heirs included, but not those of an heir that is a root itself.
    pub fn all(&self, root: &str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::from([root]);
        let mut stack: Vec<&'a str> = self.below(root);
        while let Some(name) = stack.pop() {
            if seen.insert(name) {
                found.push(name);
                if !self.is_root(name) {
                    stack.extend(self.below(name));
                }
            }
        }
        found
    }

    /// The roots that a component takes in, directly or by way of others.
    pub fn roots_of(&self, name: &str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack = self.above.get(name).cloned().unwrap_or_default();
        while let Some(parent) = stack.pop() {
            if !seen.insert(parent.clone()) {
                continue;
            }
            if let Some(root) = self.roots.get(parent.as_str()) {
                found.push(*root);
            }
            stack.extend(self.above.get(&parent).into_iter().flatten().cloned());
        }
        found
    }

    /// The direct heirs, the last first.
    fn below(&self, name: &str) -> Vec<&'a str> {
        let direct = self.direct.get(name);
        direct.into_iter().flatten().rev().copied().collect()
    }
}
