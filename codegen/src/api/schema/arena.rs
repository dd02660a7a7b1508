//! The arena of schemas while it grows, and its completion once every shape is known.

use super::events::EventBranch;
use super::unions::{Drafts, TagSets};
use super::{Lowering, Position};
use crate::api::keywords::Annotations;
use crate::api::model::{
    AnyReason, Constraints, Owner, Role, Schema, SchemaId, Schemas, Shape, Site, Union, Use,
};
use crate::api::schema_source::SchemaSource;
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use openapiv3::Discriminator;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A schema in the arena.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    /// Pointer in the normal form; unique.
    pub pointer: String,
    pub owner: Owner,
    /// `true` if the owner contains the schema in the document, and does not only refer to it.
    is_contained: bool,
    pub definition: Definition<'a>,
}

/// Definition of a schema.
#[derive(Clone, Debug)]
pub(super) enum Definition<'a> {
    /// All of these sources together.
    Sources(Vec<SchemaSource<'a>>),
    /// The values of these types that the sources allow.
    Narrowed(TypeSet, Vec<SchemaSource<'a>>),
    /// The data of events, distinguished by their names.
    Events(Vec<EventBranch<'a>>),
    /// A shape that the document does not spell out.
    Shape(Shape),
}

/// Schemas by id, and a queue of those to lower.
#[derive(Default)]
pub(super) struct Arena<'a> {
    nodes: Vec<Node<'a>>,
    by_key: BTreeMap<String, SchemaId>,
    pointers: BTreeSet<String>,
    queue: VecDeque<SchemaId>,
}

impl<'a> Arena<'a> {
    /// Returns the id of the schema with this key; adds it if new. The owner that contains the schema replaces one that
    /// only refers to it.
    pub fn id(&mut self, key: String, position: Position, definition: Definition<'a>) -> SchemaId {
        let is_contained = match &position.owner {
            Owner::Schema(owner, _) => {
                self.get(*owner).is_some_and(|owner| position.pointer.starts_with(&owner.pointer))
            }
            Owner::Component(_) | Owner::Operation(..) | Owner::Shared(..) => true,
        };
        if let Some(id) = self.by_key.get(&key).copied() {
            if let Some(node) = self.nodes.get_mut(id.index()) {
                if is_contained && !node.is_contained {
                    node.owner = position.owner;
                    node.is_contained = true;
                }
            }
            return id;
        }
        let id = SchemaId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let pointer = self.unique_pointer(position.pointer);
        self.by_key.insert(key, id);
        self.queue.push_back(id);
        self.nodes.push(Node { pointer, owner: position.owner, is_contained, definition });
        id
    }

    fn unique_pointer(&mut self, pointer: String) -> String {
        let mut unique = pointer.clone();
        let mut count = 1;
        while !self.pointers.insert(unique.clone()) {
            count += 1;
            unique = format!("{pointer}#{count}");
        }
        unique
    }

    pub fn find(&self, key: &str) -> Option<SchemaId> {
        self.by_key.get(key).copied()
    }

    pub fn get(&self, id: SchemaId) -> Option<&Node<'a>> {
        self.nodes.get(id.index())
    }

    /// Removes the next schema from the queue; ids come in ascending order.
    pub fn next(&mut self) -> Option<SchemaId> {
        self.queue.pop_front()
    }
}

/// A schema whose shape is known, except for the tagging of unions.
pub(super) struct Draft<'a> {
    pub shape: DraftShape<'a>,
    pub nullable: bool,
    pub constraints: Constraints,
    /// Annotations, the most specific first.
    pub annotations: Annotations<'a>,
}

pub(super) enum DraftShape<'a> {
    Final(Shape),
    Union(DraftUnion<'a>),
}

/// A union without tagging.
pub(super) struct DraftUnion<'a> {
    pub variants: Vec<DraftVariant>,
    pub discriminator: Option<DeclaredDiscriminator<'a>>,
    pub kind: UnionKind,
}

/// Origin of a union.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UnionKind {
    OneOf,
    /// Several variants may fit a value.
    AnyOf,
    /// One variant for each type of an untyped schema, the last for all other types.
    Types,
    /// A component with a discriminator and those that inherit from it.
    Inheritance,
}

pub(super) struct DraftVariant {
    pub value: Use,
    /// Component that the variant refers to.
    pub component: Option<String>,
}

/// A `discriminator` and the pointer of its schema.
#[derive(Clone, Debug)]
pub(super) struct DeclaredDiscriminator<'a> {
    pub discriminator: &'a Discriminator,
    pub pointer: String,
    /// `true` if the variants inherit it, so that its mapping may name other schemas.
    pub is_inherited: bool,
}

impl<'a> Draft<'a> {
    pub fn of_shape(shape: Shape) -> Self {
        Self {
            shape: DraftShape::Final(shape),
            nullable: false,
            constraints: Constraints::default(),
            annotations: Annotations::default(),
        }
    }

    /// Returns the use of the schema that this one is an alias of.
    fn alias(&self) -> Option<&Use> {
        match &self.shape {
            DraftShape::Final(Shape::Alias(used)) => Some(used),
            DraftShape::Final(_) | DraftShape::Union(_) => None,
        }
    }

    fn into_schema(self, at: Site, owner: Owner, union: Option<Union>) -> Schema {
        let shape = match (self.shape, union) {
            (DraftShape::Final(shape), _) => shape,
            (DraftShape::Union(_), Some(union)) => Shape::Union(union),
            (DraftShape::Union(_), None) => Shape::Never,
        };
        let annotations = &self.annotations;
        // In a property, `x-typewright-name` is the name of the field.
        let is_property = matches!(owner, Owner::Schema(_, Role::Property(_)));
        Schema {
            at,
            owner,
            shape,
            nullable: self.nullable,
            constraints: self.constraints,
            default: annotations.default_value(),
            examples: annotations.examples(),
            docs: annotations.docs(),
            xml: annotations.xml(),
            name: annotations.name().filter(|_| !is_property).or_else(|| annotations.enum_name()),
        }
    }
}

/// Completes the arena: determines the tagging of unions, and what depends on it.
pub(in crate::api) fn finish(mut lowering: Lowering) -> Schemas {
    let mut drafts = std::mem::take(&mut lowering.drafts);
    break_alias_cycles(&mut lowering, &mut drafts);
    let mut views = Drafts::new(&drafts);
    let mut unions = Vec::with_capacity(drafts.len());
    let mut overlapping = BTreeSet::new();
    let mut tags = TagSets::default();
    for (id, draft) in (0..).map(SchemaId).zip(&drafts) {
        let union = match &draft.shape {
            DraftShape::Final(_) => None,
            DraftShape::Union(union) => Some(lowering.tag_union(&mut views, union)),
        };
        if let Some(union) = &union {
            overlapping.extend(views.overlapping_records(id, &union.tagging));
            tags.add(&views, union);
        }
        unions.push(union);
    }
    lowering.retain_additional(&mut drafts, &overlapping);
    tags.apply(&mut drafts);
    unions.resize(drafts.len(), None);
    let nullable = nullable(&drafts);
    let place = lowering.place;
    let parts = lowering.arena.nodes.into_iter().zip(drafts).zip(unions).zip(nullable);
    let schemas = parts.map(|(((node, mut draft), union), nullable)| {
        draft.nullable |= nullable && union.is_some();
        let at = Site { place: place(&node.pointer), pointer: node.pointer };
        draft.into_schema(at, node.owner, union)
    });
    let mut schemas = Schemas::new(schemas.collect());
    set_constants(&mut schemas);
    schemas
}

/// Replaces aliases of one another by any JSON: they have no constraints.
fn break_alias_cycles(lowering: &mut Lowering, drafts: &mut [Draft]) {
    // The walk that passed a schema; a walk that meets its own mark has found a cycle.
    let mut passed = vec![usize::MAX; drafts.len()];
    let next = |drafts: &[Draft], at: usize| Some(drafts.get(at)?.alias()?.schema.index());
    for start in 0..drafts.len() {
        let mut at = start;
        while let Some(mark) = passed.get_mut(at).filter(|mark| **mark == usize::MAX) {
            *mark = start;
            match next(drafts, at) {
                Some(target) => at = target,
                None => break,
            }
        }
        if passed.get(at) != Some(&start) {
            continue;
        }
        if let Some(draft) = drafts.get_mut(at) {
            if let Some(used) = draft.alias() {
                let reason = "the reference refers to itself";
                lowering.report(codes::CIRCLE, &used.at.pointer, reason);
                let any = Shape::Any(AnyReason::Lossy(reason.to_owned()));
                draft.shape = DraftShape::Final(any);
            }
        }
    }
}

/// Returns, for each schema, `true` if `null` is valid: if declared, or valid for its alias or for a variant of its
/// union.
fn nullable(drafts: &[Draft]) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); drafts.len()];
    let mut pending = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        let parts: Vec<&Use> = match &draft.shape {
            // `null` of an inheriting schema is not one of the schema that it inherits from.
            DraftShape::Union(union) if union.kind != UnionKind::Inheritance => {
                union.variants.iter().map(|variant| &variant.value).collect()
            }
            DraftShape::Union(_) | DraftShape::Final(_) => draft.alias().into_iter().collect(),
        };
        let is_null = matches!(draft.shape, DraftShape::Final(Shape::Null));
        if is_null || draft.nullable || parts.iter().any(|part| part.nullable) {
            pending.push(at);
        }
        for part in parts {
            if let Some(users) = users.get_mut(part.schema.index()) {
                users.push(at);
            }
        }
    }
    let mut nullable = vec![false; drafts.len()];
    while let Some(at) = pending.pop() {
        if let Some(flag) = nullable.get_mut(at).filter(|flag| !**flag) {
            *flag = true;
            pending.extend(users.get(at).into_iter().flatten());
        }
    }
    nullable
}

/// Sets the constant of each property that allows only one value.
fn set_constants(schemas: &mut Schemas) {
    let mut constants = Vec::new();
    for (id, schema) in schemas.iter() {
        if let Shape::Object(object) = &schema.shape {
            for (index, property) in object.properties.values().enumerate() {
                let value = schemas.only_value(&property.value);
                constants.extend(value.map(|value| (id, index, value)));
            }
        }
    }
    for (id, index, value) in constants {
        if let Some(Shape::Object(object)) = schemas.get_mut(id).map(|schema| &mut schema.shape) {
            if let Some((_, property)) = object.properties.get_index_mut(index) {
                property.constant = Some(value);
            }
        }
    }
}
