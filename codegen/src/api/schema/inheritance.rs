//! Inheritance: components that inherit, by `allOf`, from one with a `discriminator` and no union.

use super::arena::{DeclaredDiscriminator, Draft, DraftShape, DraftUnion, DraftVariant, UnionKind};
use super::merge::Merged;
use super::{Lowering, Position};
use crate::api::keywords::Keywords;
use crate::api::model::{Constraints, Owner, Role, SchemaId};
use crate::api::resolve::Resolver;
use crate::api::schema_source::{component_name, component_pointer};
use openapiv3::{ReferenceOr, Schema};
use std::collections::{BTreeMap, BTreeSet};

/// Components that inherit from others by `allOf`.
pub(super) struct Inheritance<'a> {
    /// Components that inherit directly from a component, in the document's order.
    children: BTreeMap<String, Vec<&'a str>>,
    /// Components that a component inherits from directly.
    parents: BTreeMap<&'a str, Vec<String>>,
    /// Components with a discriminator and no union: a value of one is a value of any descendant.
    roots: BTreeSet<&'a str>,
}

impl<'a> Inheritance<'a> {
    pub fn new(resolver: Resolver<'a>) -> Self {
        let mut inheritance =
            Self { children: BTreeMap::new(), parents: BTreeMap::new(), roots: BTreeSet::new() };
        for (name, source) in resolver.component_schemas() {
            if let Some(schema) = source.whole() {
                inheritance.add(name, schema);
            }
        }
        inheritance
    }

    fn add(&mut self, name: &'a str, schema: &'a Schema) {
        let keywords = schema.keywords();
        for parent in &keywords.all_of {
            let ReferenceOr::Reference { reference } = parent else {
                continue;
            };
            if let Some(parent) = component_name(reference) {
                self.parents.entry(name).or_default().push(parent.clone());
                self.children.entry(parent).or_default().push(name);
            }
        }
        let is_declared = schema.schema_data.discriminator.is_some();
        if is_declared && keywords.one_of.is_empty() && keywords.any_of.is_empty() {
            self.roots.insert(name);
        }
    }

    /// `true` if the component has a discriminator and no union.
    pub fn is_root(&self, name: &str) -> bool {
        self.roots.contains(name)
    }

    /// Returns the descendants of a component, but not those of another root among them.
    fn descendants(&self, root: &str) -> Vec<&'a str> {
        let children = |name: &str| self.children.get(name).into_iter().flatten().rev().copied();
        let mut descendants = Vec::new();
        let mut seen = BTreeSet::from([root]);
        let mut stack: Vec<&'a str> = children(root).collect();
        while let Some(name) = stack.pop() {
            if seen.insert(name) {
                descendants.push(name);
                if !self.is_root(name) {
                    stack.extend(children(name));
                }
            }
        }
        descendants
    }

    /// Returns the roots that a component inherits from, directly or indirectly.
    pub fn roots_of(&self, name: &str) -> Vec<&'a str> {
        let parents = |name: &str| self.parents.get(name).into_iter().flatten();
        let mut roots = Vec::new();
        let mut seen = BTreeSet::new();
        let mut stack: Vec<&str> = parents(name).map(String::as_str).collect();
        while let Some(parent) = stack.pop() {
            if seen.insert(parent) {
                roots.extend(self.roots.get(parent).copied());
                stack.extend(parents(parent).map(String::as_str));
            }
        }
        roots
    }
}

impl<'a> Lowering<'a, '_> {
    /// Lowers a root to the union of its descendants; `None` if the component is no root or has none.
    pub(super) fn inheritance_union(
        &mut self,
        id: SchemaId,
        name: &str,
        merged: &Merged<'a>,
    ) -> Option<Draft<'a>> {
        if !self.inheritance.is_root(name) {
            return None;
        }
        let schema = self.resolver.component_schema(name)?.whole()?;
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let targets = discriminator.mapping.values();
        let mapped: Vec<&'a str> = targets.filter_map(|target| self.mapped(target)).collect();
        let mut names = self.inheritance.descendants(name);
        let descendants = names.clone();
        let others = mapped.iter().filter(|other| **other != name && !descendants.contains(other));
        names.extend(others);
        if names.is_empty() {
            return None;
        }
        let mut variants = Vec::with_capacity(names.len() + 1);
        for name in &names {
            variants.push(DraftVariant {
                value: self.component_use(name, component_pointer(name))?,
                component: Some((*name).to_owned()),
            });
        }
        if names.len() < 2 || mapped.contains(&name) {
            let position = Position {
                pointer: component_pointer(name),
                owner: Owner::Schema(id, Role::Variant(names.len())),
            };
            variants.push(DraftVariant {
                value: self.use_of(&merged.parts, position),
                component: Some(name.to_owned()),
            });
        }
        Some(Draft {
            shape: DraftShape::Union(DraftUnion {
                variants,
                kind: UnionKind::Inheritance,
                discriminator: Some(DeclaredDiscriminator {
                    discriminator,
                    pointer: component_pointer(name),
                    is_inherited: false,
                }),
            }),
            nullable: merged.nullable(),
            constraints: Constraints::default(),
            annotations: merged.annotations.clone(),
        })
    }

    /// Returns the component that a value of a mapping names, by its name or by a reference.
    pub(in crate::api) fn mapped(&self, target: &str) -> Option<&'a str> {
        let schemas = &self.resolver.components()?.schemas;
        let name = component_name(target);
        let (name, _) = schemas.get_key_value(name.as_deref().unwrap_or(target))?;
        Some(name)
    }
}
