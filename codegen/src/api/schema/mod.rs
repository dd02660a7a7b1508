//! Schemas: from the keywords at many locations to one schema each in the arena.
//!
//! Each schema is described by a list of locations ([`SchemaSource`]). Their keywords are [merged](merge), and the
//! result has a [shape]. Schemas wait in a queue, so that no document is nested too deep for the call stack. How the
//! variant of a union is determined depends on the shapes of all variants and is decided in a [second
//! pass](arena::finish).

mod arena;
mod choices;
mod events;
mod inheritance;
pub(super) mod merge;
mod objects;
mod shape;
mod unions;
mod unwrap;

pub(super) use arena::finish;

use super::keywords::{Annotations, Keywords};
use super::model::{Owner, Role, SchemaId, Shape, Site, Use};
use super::resolve::Resolver;
use super::schema_source::{component_pointer, SchemaSource};
use crate::diagnostics::{Code, Diagnostics, Place};
use arena::{Arena, Definition, Draft};
use inheritance::Inheritance;
use merge::merge;
use openapiv3::{ReferenceOr, Schema, SchemaData};
use std::collections::{BTreeMap, BTreeSet};
use unwrap::{unwrap, Unwrapped};

/// Lowering of schemas in progress.
pub(super) struct Lowering<'a, 'd> {
    pub resolver: Resolver<'a>,
    place: &'d dyn Fn(&str) -> Place,
    diagnostics: &'d mut Diagnostics,
    arena: Arena<'a>,
    drafts: Vec<Draft<'a>>,
    inheritance: Inheritance<'a>,
    /// Pointers of text schemas whose `contentSchema` is decoded.
    decoded: BTreeSet<String>,
    /// Keys of inline schemas composed of references, by their JSON.
    composites: BTreeMap<String, String>,
    /// Number of variants that may still be merged with the keywords next to their unions.
    merge_budget: usize,
    /// Diagnostics reported at locations that several schemas inherit from.
    reported: BTreeSet<String>,
}

/// A position in the API model: its JSON pointer, and the owner of an inline schema there.
#[derive(Clone)]
pub(super) struct Position {
    pub pointer: String,
    pub owner: Owner,
}

impl<'a, 'd> Lowering<'a, 'd> {
    pub fn new(
        resolver: Resolver<'a>,
        place: &'d dyn Fn(&str) -> Place,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            resolver,
            place,
            diagnostics,
            arena: Arena::default(),
            drafts: Vec::new(),
            inheritance: Inheritance::new(resolver),
            decoded: BTreeSet::new(),
            composites: BTreeMap::new(),
            // More than hand-written documents need, and few enough per component that products of unions end.
            merge_budget: 2000 + 20 * resolver.component_schemas().count(),
            reported: BTreeSet::new(),
        }
    }

    /// Adds the component schemas that are included to the arena, in the document's order.
    pub fn components(&mut self, is_included: impl Fn(&str) -> bool) {
        for (name, _) in self.resolver.component_schemas() {
            if is_included(name) {
                self.component(name);
            }
        }
    }

    /// Returns the id of a component schema.
    pub fn component(&mut self, name: &str) -> Option<SchemaId> {
        let pointer = component_pointer(name);
        if let Some(id) = self.arena.find(&pointer) {
            return Some(id);
        }
        let source = self.resolver.component_schema(name)?;
        let position =
            Position { pointer: pointer.clone(), owner: Owner::Component(name.to_owned()) };
        let definition = Definition::Sources(vec![source]);
        Some(self.arena.id(pointer, position, definition))
    }

    /// Lowers every schema in the arena, and those added on the way.
    pub fn run(&mut self) {
        while let Some(id) = self.arena.next() {
            let draft = self.draft(id);
            self.drafts.push(draft);
        }
    }

    /// Returns the names of the component schemas in the arena.
    pub fn lowered_components(&self) -> BTreeSet<String> {
        let names = self.resolver.component_schemas().map(|(name, _)| name);
        names
            .filter(|name| self.arena.find(&component_pointer(name)).is_some())
            .map(str::to_owned)
            .collect()
    }

    /// Lowers the schema at a location, which is also its position.
    pub fn use_at(&mut self, source: SchemaSource<'a>, owner: Owner) -> Use {
        let pointer = source.pointer.clone();
        self.use_of(&[source], Position { pointer, owner })
    }

    /// Lowers the schema that these sources describe together at a position.
    pub fn use_of(&mut self, sources: &[SchemaSource<'a>], position: Position) -> Use {
        let unwrapped = unwrap(self.resolver, sources);
        let [leaf] = unwrapped.leaves.as_slice() else {
            return self.merged_use(sources, &unwrapped, position);
        };
        let pointer = position.pointer.clone();
        let (schema, direct, name) = match self.target(leaf) {
            Some((id, root)) => (id, root, None),
            None => {
                let direct = leaf.schema().map(|schema| &schema.schema_data);
                let is_property = matches!(position.owner, Owner::Schema(_, Role::Property(_)));
                let name =
                    direct.and_then(|data| Annotations(vec![data]).name()).filter(|_| is_property);
                let key = self.source_key(leaf);
                let position = Position { pointer: leaf.pointer.clone(), ..position };
                let definition = Definition::Sources(vec![leaf.clone()]);
                (self.arena.id(key, position, definition), direct, name)
            }
        };
        let wrapping = &unwrapped.wrapping;
        Use {
            nullable: unwrapped.nullable,
            access: wrapping.and(direct).access(),
            default: wrapping.default_value(),
            examples: wrapping.examples(),
            docs: wrapping.docs(),
            name: wrapping.name().or(name),
            xml: wrapping.xml(),
            ..self.plain_use(schema, pointer)
        }
    }

    /// Lowers a schema that several sources describe, or none: their annotations belong to the schema.
    fn merged_use(
        &mut self,
        sources: &[SchemaSource<'a>],
        unwrapped: &Unwrapped<'a>,
        position: Position,
    ) -> Use {
        let leaves = unwrapped
            .leaves
            .iter()
            .filter_map(SchemaSource::schema)
            .map(|schema| &schema.schema_data);
        let annotations = unwrapped.wrapping.0.iter().copied().chain(leaves);
        let access = Annotations(annotations.collect()).access();
        let keys = sources.iter().map(|source| self.source_key(source));
        let key = keys.collect::<Vec<_>>().join("|");
        let used = self.defined_use(key, position, Definition::Sources(sources.to_vec()));
        Use { access, ..used }
    }

    /// Returns the component that a source refers to, and its annotations.
    fn target(&mut self, source: &SchemaSource<'a>) -> Option<(SchemaId, Option<&'a SchemaData>)> {
        let name = source.component()?;
        let id = self.component(&name)?;
        let root = self.resolver.component_schema(&name)?;
        Some((id, root.schema().map(|schema| &schema.schema_data)))
    }

    /// Returns the key of a source. Equal inline schemas that inherit by `allOf` share the key of the first one,
    /// because they are one type.
    fn source_key(&mut self, source: &SchemaSource<'a>) -> String {
        let key = source.key();
        let is_known = source.component().is_some() || self.arena.find(&key).is_some();
        let inherits = |schema: &&Schema| {
            let mut parents = schema.keywords().all_of.iter();
            parents.any(|parent| matches!(parent, ReferenceOr::Reference { .. }))
        };
        let composite = source.whole().filter(|_| !is_known).filter(inherits);
        match composite.and_then(|schema| serde_json::to_string(schema).ok()) {
            Some(json) => self.composites.entry(json).or_insert(key).clone(),
            None => key,
        }
    }

    /// Returns the `format` of the schema at a use.
    pub fn format(&self, used: &Use) -> Option<String> {
        let Definition::Sources(sources) = &self.arena.get(used.schema)?.definition else {
            return None;
        };
        merge(self.resolver, sources).format
    }

    /// Returns the use of a component at a position.
    pub fn component_use(&mut self, name: &str, pointer: String) -> Option<Use> {
        let id = self.component(name)?;
        Some(self.plain_use(id, pointer))
    }

    /// Returns the use of a shape that the document does not spell out.
    pub fn made_use(&mut self, shape: Shape, position: Position) -> Use {
        let key = format!("{}#made", position.pointer);
        self.defined_use(key, position, Definition::Shape(shape))
    }

    /// Returns the use of the schema with a key, added to the arena if new.
    fn defined_use(&mut self, key: String, position: Position, definition: Definition<'a>) -> Use {
        let pointer = position.pointer.clone();
        let id = self.arena.id(key, position, definition);
        self.plain_use(id, pointer)
    }

    /// Returns a use without annotations of its own.
    fn plain_use(&self, schema: SchemaId, pointer: String) -> Use {
        Use {
            schema,
            at: self.site(pointer),
            nullable: false,
            access: Default::default(),
            default: None,
            examples: Vec::new(),
            docs: Default::default(),
            name: None,
            xml: None,
        }
    }

    pub fn site(&self, pointer: String) -> Site {
        Site { place: (self.place)(&pointer), pointer }
    }

    /// Reports a diagnostic at a pointer of the normal form.
    pub fn report(&mut self, code: Code, pointer: &str, message: impl Into<String>) {
        let place = (self.place)(pointer);
        self.diagnostics.push(code, place, message);
    }

    /// Reports a diagnostic unless it was reported before, by another schema that inherits from the location.
    pub fn report_once(&mut self, code: Code, pointer: &str, message: impl Into<String>) {
        let message = message.into();
        if self.reported.insert(format!("{code} {pointer} {message}")) {
            self.report(code, pointer, message);
        }
    }
}
