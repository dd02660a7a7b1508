//! Schemas: from what the document says in many places to one node each in the arena.
//!
//! Every position is a list of places that speak of it ([`Source`]); a node is made of what they say together. Nodes
//! wait in a queue, so that no document is nested too deep, and a first pass gives each its shape; only how the branch
//! of a union is found is decided in a second, when every branch is known.

mod all_of;
mod any_of;
mod apart;
mod choice;
mod constants;
mod events;
mod exclusive;
mod extras;
pub(in crate::api) mod facts;
mod finish;
mod fold;
mod heirs;
mod kinds;
mod limits;
mod list;
mod literal;
mod merged;
mod nodes;
mod notes;
mod nulls;
mod object;
mod one_of;
mod reduce;
mod scalar;
mod shape;
mod tagging;
mod tags;
mod texts;
mod types;
mod variants;

pub(super) use all_of::gather;
pub(super) use finish::finish;
pub(super) use kinds::Kinds;

use super::model::{Access, Owner, Role, SchemaId, Shape, Site, Use};
use super::resolve::{component, Resolver};
use super::schema_location::Source;
use crate::diagnostics::{Code, Diagnostics, Place};
use facts::Composition;
use heirs::Heirs;
use nodes::{Matter, Met, Nodes};
use openapiv3::{ReferenceOr, Schema, SchemaData};
use reduce::{reduce, Reduced};
pub(super) use scalar::{integer_format, number_format, plain_text_format};
use shape::Formed;
use std::collections::{BTreeMap, BTreeSet};

/// The lowering of schemas in progress.
pub(super) struct Lowering<'a, 'd> {
    pub resolver: Resolver<'a>,
    place: &'d dyn Fn(&str) -> Place,
    pub diagnostics: &'d mut Diagnostics,
    nodes: Nodes<'a>,
    formed: Vec<Formed<'a>>,
    heirs: Heirs<'a>,
    /// The schemas of text whose `contentSchema` is read.
    read: BTreeSet<String>,
    /// The keys of the schemas written in place that are put together from others, by what is written.
    composites: BTreeMap<String, String>,
    /// How many more branches of unions may be drawn together with what stands beside the union.
    products: usize,
    /// What was reported of places that several schemas take in.
    reported: BTreeSet<String>,
}

/// Where a schema is used: the pointer of the place, and whose it would be there.
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
            nodes: Nodes::default(),
            formed: Vec::new(),
            heirs: Heirs::of(resolver),
            read: BTreeSet::new(),
            composites: BTreeMap::new(),
            products: products(resolver),
            reported: BTreeSet::new(),
        }
    }

    /// Gives a number to each component schema of these, in the document's order.
    pub fn components(&mut self, mut wanted: impl FnMut(&str) -> bool) {
        for (name, _) in self.resolver.component_schemas() {
            if wanted(name) {
                self.component(name);
            }
        }
    }

    /// The number of a component schema.
    pub fn component(&mut self, name: &str) -> Option<SchemaId> {
        let pointer = component(name);
        if let Some(id) = self.nodes.find(&pointer) {
            return Some(id);
        }
        let source = self.resolver.component_schema(name)?;
        let met = Met {
            pointer: pointer.clone(),
            owner: Owner::Component(name.to_owned()),
            natural: true,
        };
        let matter = Matter::All(vec![source]);
        Some(self.nodes.id(pointer, met, matter))
    }

    /// Lowers every schema that was met, and those that are met on the way.
    pub fn run(&mut self) {
        while let Some(id) = self.nodes.next() {
            let formed = self.form(id);
            self.formed.push(formed);
        }
    }

    /// The names of the component schemas that were met.
    pub fn lowered_components(&self) -> BTreeSet<String> {
        let names = self.resolver.component_schemas();
        names
            .filter(|(name, _)| self.nodes.find(&component(name)).is_some())
            .map(|(name, _)| name.to_owned())
            .collect()
    }

    /// Lowers the schema at a place, which is also its position.
    pub fn use_at(&mut self, source: Source<'a>, owner: Owner) -> Use {
        let pointer = source.pointer.clone();
        self.use_of(&[source], Position { pointer, owner })
    }

    /// What stands at a position of which these places speak.
    pub fn use_of(&mut self, sources: &[Source<'a>], position: Position) -> Use {
        let reduced = reduce(self.resolver, sources);
        match reduced.leaves.as_slice() {
            [leaf] => match self.target(leaf) {
                Some((id, root)) => {
                    let notes = reduced.wrapping.iter().copied().chain(root);
                    let access = notes::access(notes);
                    self.noted_use(id, position.pointer, &reduced, access)
                }
                None => self.leaf_use(leaf, &reduced, position),
            },
            _ => self.merged_use(sources, &reduced, position),
        }
    }

    /// The component that a place names, and what it notes itself.
    fn target(&mut self, leaf: &Source<'a>) -> Option<(SchemaId, Option<&'a SchemaData>)> {
        let name = leaf.component()?;
        let id = self.component(&name)?;
        let root = self.resolver.component_schema(&name)?;
        Some((id, root.schema().map(|schema| &schema.schema_data)))
    }

    /// A schema written in place, perhaps in some wrapping, whose notes are about the place.
    fn leaf_use(&mut self, leaf: &Source<'a>, reduced: &Reduced<'a>, position: Position) -> Use {
        let own = leaf.schema().map(|schema| &schema.schema_data);
        let access = notes::access(reduced.wrapping.iter().copied().chain(own));
        let property = matches!(position.owner, Owner::Schema(_, Role::Property(_)));
        let name = own.and_then(|data| notes::name(&[data]).filter(|_| property));
        let met = self.met(leaf.pointer.clone(), position.owner);
        let matter = Matter::All(vec![leaf.clone()]);
        let key = self.source_key(leaf);
        let id = self.nodes.id(key, met, matter);
        let mut used = self.noted_use(id, position.pointer, reduced, access);
        used.name = used.name.or(name);
        used
    }

    /// The key of a place. A schema written in place that is put together from others by `allOf` has that of the first that
    /// is written just like it: they are one type.
    fn source_key(&mut self, source: &Source<'a>) -> String {
        let is_composed = |schema: &&Schema| {
            let mut parts = Composition::of(schema).all_of.iter();
            parts.any(|part| matches!(part, ReferenceOr::Reference { .. }))
        };
        let is_component = source.component().is_some() || self.nodes.find(&source.key()).is_some();
        let composed = source.whole().filter(|_| !is_component).filter(is_composed);
        match composed.and_then(|schema| serde_json::to_string(schema).ok()) {
            Some(text) => {
                let key = self.composites.entry(text).or_insert_with(|| source.key());
                key.clone()
            }
            None => source.key(),
        }
    }

    /// A schema that several places describe together, or none: what they note is about the schema.
    fn merged_use(
        &mut self,
        sources: &[Source<'a>],
        reduced: &Reduced<'a>,
        position: Position,
    ) -> Use {
        let leaves = reduced.leaves.iter().filter_map(Source::schema);
        let leaves = leaves.map(|schema| &schema.schema_data);
        let access = notes::access(reduced.wrapping.iter().copied().chain(leaves));
        let keys = sources.iter().map(|source| self.source_key(source));
        let keys: Vec<String> = keys.collect();
        let met = self.met(position.pointer.clone(), position.owner);
        let matter = Matter::All(sources.to_vec());
        let id = self.nodes.id(keys.join("|"), met, matter);
        self.noted_use(id, position.pointer, &Reduced::default(), access)
    }

    fn noted_use(
        &self,
        schema: SchemaId,
        pointer: String,
        reduced: &Reduced<'a>,
        access: Access,
    ) -> Use {
        let notes = reduced.wrapping.as_slice();
        Use {
            schema,
            at: self.site(pointer),
            nullable: reduced.nullable,
            access,
            default: notes::default(notes),
            examples: notes::examples(notes),
            docs: notes::all_docs(notes),
            name: notes::name(notes),
        }
    }

    /// What stands at a position that names a component.
    pub fn component_use(&mut self, name: &str, pointer: String) -> Option<Use> {
        let id = self.component(name)?;
        Some(self.noted_use(id, pointer, &Reduced::default(), Access::ReadWrite))
    }

    /// The number of a node that the phase itself puts at a position.
    fn node(&mut self, key: String, position: &Position, matter: Matter<'a>) -> SchemaId {
        let met = self.met(position.pointer.clone(), position.owner.clone());
        self.nodes.id(key, met, matter)
    }

    /// A node met at this pointer by the one whose owner is given.
    fn met(&self, pointer: String, owner: Owner) -> Met {
        let natural = match &owner {
            Owner::Schema(owner, _) => self
                .nodes
                .get(*owner)
                .is_some_and(|owner| pointer.starts_with(&owner.pointer)),
            Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => true,
        };
        Met {
            pointer,
            owner,
            natural,
        }
    }

    /// A position whose schema the phase itself gives.
    pub fn made_use(&mut self, shape: Shape, position: Position) -> Use {
        let key = format!("{}#made", position.pointer);
        let met = self.met(position.pointer.clone(), position.owner);
        let id = self.nodes.id(key, met, Matter::Made(shape));
        self.noted_use(id, position.pointer, &Reduced::default(), Access::ReadWrite)
    }

    pub fn site(&self, pointer: String) -> Site {
        Site {
            place: (self.place)(&pointer),
            pointer,
        }
    }

    /// Reports something at a pointer of the normal form.
    pub fn report(&mut self, code: Code, pointer: &str, message: impl Into<String>) {
        let place = (self.place)(pointer);
        self.diagnostics.push(code, place, message);
    }

    /// The same, unless it was reported there: what a schema says, each one that takes it in says too.
    pub fn report_once(&mut self, code: Code, pointer: &str, message: impl Into<String>) {
        let message = message.into();
        if self.reported.insert(format!("{code} {pointer} {message}")) {
            self.report(code, pointer, message);
        }
    }
}

/// How many branches of unions may be drawn together with what stands beside them: far more than documents have that
/// people write, and no more than a few for each of their components.
fn products(resolver: Resolver) -> usize {
    const LEAST: usize = 2000;
    const EACH: usize = 20;
    LEAST + EACH * resolver.component_schemas().count()
}
