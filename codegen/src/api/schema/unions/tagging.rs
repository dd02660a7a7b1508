//! Tagging: how the variant of a value is determined, decided from the variants once every shape is known.

use super::super::arena::{DeclaredDiscriminator, Draft, DraftShape, DraftUnion, UnionKind};
use super::super::choices::plain;
use super::super::Lowering;
use super::disjoint::are_disjoint;
use crate::api::model::{
    Access, AdditionalProperties, ChoiceBase, Json, Object, SchemaId, Shape, TagType, Tagging,
    Union, Use, Variant,
};
use crate::api::schema_source::component_pointer;
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use std::collections::{BTreeMap, BTreeSet};

/// Maximum depth of unions in unions to look into.
const MAX_DEPTH: usize = 16;

/// View of all drafts.
pub(in crate::api::schema) struct Drafts<'s, 'a> {
    drafts: &'s [Draft<'a>],
    /// JSON types of schemas, as far as determined.
    pub(super) known_types: BTreeMap<SchemaId, TypeSet>,
}

/// Tagging of a union, and the tags of each variant.
struct Decision {
    tagging: Tagging,
    tags: Vec<Vec<String>>,
}

/// Declaration of a property that may be the tag of a variant.
struct Tag {
    /// Values that the property may have; empty if unrestricted.
    values: Vec<String>,
    base: Option<TagType>,
    /// `true` if the variant declares the property itself.
    declared: bool,
    required: bool,
    /// Text of its default.
    default: Option<String>,
}

/// Properties of the objects of a variant.
struct Members<'s> {
    known: BTreeSet<&'s str>,
    /// Required properties, in the document's order.
    required: Vec<&'s str>,
}

impl<'a> Lowering<'a, '_> {
    /// Determines the tagging of a union, and reports ambiguity.
    pub(in crate::api::schema) fn tag_union(
        &mut self,
        drafts: &mut Drafts<'_, 'a>,
        union: &DraftUnion<'a>,
    ) -> Union {
        let ids: Vec<SchemaId> = union.variants.iter().map(|one| one.value.schema).collect();
        let mut types = drafts.variant_types(&ids);
        let declared = union.discriminator.as_ref();
        let mapped = declared.map(|declared| self.mapped_tags(union, declared));
        let decision = if union.kind == UnionKind::Types {
            // The last variant has the types that the others do not have.
            let last = types.pop();
            let others = types.iter().fold(TypeSet::NULL, |all, types| all | *types);
            types.extend(last.map(|types| types.without(others)));
            Decision::untagged(Tagging::Type, ids.len())
        } else {
            let are_objects = drafts.are_objects(&ids);
            let by_discriminator = declared.zip(mapped).map(|(declared, mapped)| {
                let not_objects = "not every branch of this union is an object";
                match are_objects {
                    true => drafts.declared_tags(union, declared, &mapped),
                    false => Err(not_objects.to_owned()),
                }
            });
            match by_discriminator {
                Some(Ok(decision)) => decision,
                failed => {
                    if let (Some(Err(reason)), Some(declared)) = (failed, declared) {
                        let at = &declared.pointer;
                        self.report(codes::DISCRIMINATOR_UNUSABLE, at, reason);
                    }
                    drafts.undeclared_tags(&ids, are_objects)
                }
            }
        };
        let ambiguity = match decision.tagging == Tagging::Trial && !drafts.are_apart(&ids) {
            true => Some("nothing reliably distinguishes the branches of this union".to_owned()),
            false => decision.ambiguity(),
        };
        if let (Some(message), Some(variant)) = (ambiguity, union.variants.first()) {
            self.report(codes::BY_TRIAL, &variant.value.at.pointer, message);
        }
        let variants =
            union.variants.iter().zip(decision.tags).zip(types).map(|((variant, tags), types)| {
                Variant {
                    value: Use { nullable: false, ..variant.value.clone() },
                    tags,
                    types: types.to_vec(),
                    component: variant.component.clone(),
                }
            });
        Union { variants: variants.collect(), tagging: decision.tagging }
    }

    /// Returns the tags that a discriminator maps to each variant.
    fn mapped_tags(
        &mut self,
        union: &DraftUnion<'a>,
        declared: &DeclaredDiscriminator<'a>,
    ) -> Vec<Vec<String>> {
        let mut tags = vec![Vec::new(); union.variants.len()];
        for (tag, target) in &declared.discriminator.mapping {
            let index = self.mapped(target).and_then(|name| {
                let id = self.arena.find(&component_pointer(name));
                union.variants.iter().position(|variant| {
                    variant.component.as_deref() == Some(name) || id == Some(variant.value.schema)
                })
            });
            match index.and_then(|index| tags.get_mut(index)) {
                Some(tags) => tags.push(tag.clone()),
                None if declared.is_inherited => {}
                None => {
                    let message = format!("`{tag}` is mapped to `{target}`, which is not a branch");
                    self.report(codes::MAPPING_NOWHERE, &declared.pointer, message);
                }
            }
        }
        tags
    }
}

impl Decision {
    fn untagged(tagging: Tagging, variants: usize) -> Self {
        Self { tagging, tags: vec![Vec::new(); variants] }
    }

    /// Returns a message if a tag belongs to several variants.
    fn ambiguity(&self) -> Option<String> {
        let Tagging::Property { name, .. } = &self.tagging else {
            return None;
        };
        let tag = repeated(&self.tags)?;
        Some(format!("`{tag}` as `{name}` refers to several branches, each of which is tried"))
    }
}

impl<'s, 'a> Drafts<'s, 'a> {
    pub fn new(drafts: &'s [Draft<'a>]) -> Self {
        Self { drafts, known_types: BTreeMap::new() }
    }

    pub(super) fn draft(&self, id: SchemaId) -> Option<&'s Draft<'a>> {
        self.drafts.get(id.index())
    }

    pub(super) fn shape(&self, id: SchemaId) -> Option<&'s DraftShape<'a>> {
        self.draft(id).map(|draft| &draft.shape)
    }

    /// Returns the schema behind aliases.
    pub(super) fn resolved(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        for _ in 0..=self.drafts.len() {
            let Some(DraftShape::Final(Shape::Alias(used))) = self.shape(id) else {
                break;
            };
            id = used.schema;
        }
        id
    }

    pub(super) fn object(&self, id: SchemaId) -> Option<&'s Object> {
        match self.shape(id)? {
            DraftShape::Final(Shape::Object(object)) => Some(object),
            DraftShape::Final(_) | DraftShape::Union(_) => None,
        }
    }

    /// Returns the objects among the values of a schema: itself, or the variants of its union, however deep.
    pub(super) fn records(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut pending = vec![id];
        let mut seen = BTreeSet::new();
        let mut records = Vec::new();
        while let Some(id) = pending.pop().map(|id| self.resolved(id)) {
            if !seen.insert(id) {
                continue;
            }
            if self.object(id).is_some() {
                records.push(id);
            } else if let Some(DraftShape::Union(inner)) = self.shape(id) {
                pending.extend(inner.variants.iter().map(|variant| variant.value.schema));
            }
        }
        records
    }

    fn are_objects(&mut self, ids: &[SchemaId]) -> bool {
        let objects = TypeSet::OBJECT | TypeSet::NULL;
        ids.iter().all(|id| self.types(*id).within(objects))
    }

    /// Decides by the declared property: mapped tags, else the values that the variant allows, else its component's
    /// name.
    fn declared_tags(
        &self,
        union: &DraftUnion,
        declared: &DeclaredDiscriminator,
        mapped: &[Vec<String>],
    ) -> Result<Decision, String> {
        let property = &declared.discriminator.property_name;
        let variants = union.variants.iter();
        let declarations: Vec<Option<Tag>> =
            variants.map(|variant| self.tag(variant.value.schema, property, MAX_DEPTH)).collect();
        let mut tags = Vec::with_capacity(mapped.len());
        for ((tag, variant), mapped_tags) in declarations.iter().zip(&union.variants).zip(mapped) {
            let values = tag.as_ref().map(|tag| tag.values.clone()).unwrap_or_default();
            // A variant that is not mapped has its component's name, and its default if that is a mapped tag.
            let is_mapped = |text: &String| mapped.iter().any(|tags| tags.contains(text));
            let default = tag.as_ref().and_then(|tag| tag.default.clone());
            let implicit = default.filter(is_mapped).into_iter().chain(variant.component.clone());
            let candidates = [mapped_tags.clone(), values, implicit.collect()];
            let tag = candidates.into_iter().find(|tags| !tags.is_empty());
            let missing = || format!("one of the branches has no value of `{property}`");
            tags.push(tag.ok_or_else(missing)?);
        }
        if let Some(tag) = repeated(&tags).filter(|_| count_distinct(&tags) < 2) {
            return Err(format!("`{tag}` as `{property}` refers to every branch"));
        }
        if mapped.iter().all(Vec::is_empty) && declarations.iter().all(Option::is_none) {
            return Err(format!("no branch declares `{property}`"));
        }
        let is_declared = |tag: &Option<Tag>| tag.as_ref().is_some_and(|tag| tag.declared);
        let tag = declarations.iter().flatten().find_map(|tag| tag.base);
        let tagging = Tagging::Property {
            name: property.clone(),
            declared: declarations.iter().all(is_declared),
            tag: tag.unwrap_or(TagType::Text),
        };
        Ok(Decision { tagging, tags })
    }

    /// Decides by whatever distinguishes the variants: a property with distinct values first, one with shared values
    /// last.
    fn undeclared_tags(&mut self, ids: &[SchemaId], are_objects: bool) -> Decision {
        let implied = |drafts: &Self, allow_shared| match are_objects {
            true => drafts.implied_tags(ids, allow_shared),
            false => None,
        };
        if let Some(decision) = implied(self, false) {
            return decision;
        }
        let shared = implied(self, true);
        let keys = |drafts: &Self| drafts.keys(ids).filter(|_| are_objects);
        let tagging = if are_disjoint(&self.variant_types(ids)) {
            Tagging::Type
        } else if let Some(keys) = keys(self) {
            Tagging::Keys(keys)
        } else if let Some(texts) = self.texts(ids) {
            Tagging::Text(texts)
        } else if let Some(shared) = shared {
            return shared;
        } else {
            Tagging::Trial
        };
        Decision::untagged(tagging, ids.len())
    }

    /// Decides by a property of every variant whose values differ. Some variant must require it: a property that is
    /// optional everywhere is likely to be absent. With `allow_shared`, a value may belong to several variants.
    fn implied_tags(&self, ids: &[SchemaId], allow_shared: bool) -> Option<Decision> {
        let first = self.first_object(*ids.first()?, MAX_DEPTH)?;
        let names = |required: bool| {
            let properties = first.properties.iter();
            properties.filter(move |(_, property)| property.required == required)
        };
        let mut names = names(true).chain(names(false)).map(|(name, _)| name);
        names.find_map(|name| {
            let tags: Vec<Tag> =
                ids.iter().map(|id| self.tag(*id, name, MAX_DEPTH)).collect::<Option<_>>()?;
            let base = tags.first()?.base?;
            let is_usable = |tag: &Tag| !tag.values.is_empty() && tag.base == Some(base);
            if !tags.iter().any(|tag| tag.required) || !tags.iter().all(is_usable) {
                return None;
            }
            let tagging = Tagging::Property { name: name.clone(), declared: true, tag: base };
            let tags: Vec<_> = tags.into_iter().map(|tag| tag.values).collect();
            let distinguishes =
                repeated(&tags).is_none() || (allow_shared && count_distinct(&tags) > 1);
            distinguishes.then_some(Decision { tagging, tags })
        })
    }

    /// Returns, for each variant, a required property that no other variant has; one variant may lack it.
    fn keys(&self, ids: &[SchemaId]) -> Option<Vec<Option<String>>> {
        let members: Vec<Members> =
            ids.iter().map(|id| self.members(*id, MAX_DEPTH)).collect::<Option<_>>()?;
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for name in members.iter().flat_map(|variant| &variant.known) {
            *known.entry(name).or_default() += 1;
        }
        let key = |variant: &Members| {
            let mut required = variant.required.iter();
            let key = required.find(|name| known.get(**name) == Some(&1))?;
            Some((*key).to_owned())
        };
        let keys: Vec<Option<String>> = members.iter().map(key).collect();
        let without = keys.iter().filter(|key| key.is_none()).count();
        (without < 2).then_some(keys)
    }

    /// Returns the properties of the objects of a variant; `None` if it retains others.
    fn members(&self, id: SchemaId, depth: usize) -> Option<Members<'s>> {
        let id = self.resolved(id);
        if let Some(object) = self.object(id) {
            let required = object.properties.iter().filter(|(_, property)| property.required);
            let is_open = matches!(object.additional, AdditionalProperties::Retained(_));
            return (!is_open).then(|| Members {
                known: object.properties.keys().map(String::as_str).collect(),
                required: required.map(|(name, _)| name.as_str()).collect(),
            });
        }
        self.inner_variants(id, depth, |drafts, id, depth| drafts.members(id, depth))?
            .into_iter()
            .reduce(|mut one, other| {
                one.required.retain(|name| other.required.contains(name));
                one.known.extend(other.known);
                one
            })
    }

    /// Returns what `view` returns for each variant of a union; `None` if it does for one of them.
    fn inner_variants<T>(
        &self,
        id: SchemaId,
        depth: usize,
        view: impl Fn(&Self, SchemaId, usize) -> Option<T>,
    ) -> Option<Vec<T>> {
        let DraftShape::Union(union) = self.shape(id)? else {
            return None;
        };
        let depth = depth.checked_sub(1)?;
        let variants = union.variants.iter();
        variants.map(|variant| view(self, variant.value.schema, depth)).collect()
    }

    /// Returns the object that a schema is, or the first one among the variants of its union.
    fn first_object(&self, id: SchemaId, depth: usize) -> Option<&'s Object> {
        let id = self.resolved(id);
        match self.shape(id)? {
            DraftShape::Final(_) => self.object(id),
            DraftShape::Union(union) => {
                let first = union.variants.first()?;
                self.first_object(first.value.schema, depth.checked_sub(1)?)
            }
        }
    }

    /// Returns the declaration of a property in a variant; `None` if it is not an object, or lacks the property.
    fn tag(&self, id: SchemaId, name: &str, depth: usize) -> Option<Tag> {
        let id = self.resolved(id);
        if let Some(object) = self.object(id) {
            let property = object.properties.get(name)?;
            let used = &property.value;
            let (values, base) = self.tag_values(used);
            let annotations = || self.draft(used.schema)?.annotations.default_value();
            let default = used.default.clone().or_else(annotations);
            return Some(Tag {
                values,
                base,
                declared: true,
                required: property.required,
                default: default.as_ref().map(plain),
            });
        }
        self.inner_variants(id, depth, |drafts, id, depth| drafts.tag(id, name, depth))?
            .into_iter()
            .reduce(Tag::union)
    }

    /// Returns the texts of the only values that a property allows, and their type.
    fn tag_values(&self, used: &Use) -> (Vec<String>, Option<TagType>) {
        let Some(DraftShape::Final(shape)) = self.shape(self.resolved(used.schema)) else {
            return (Vec::new(), None);
        };
        let base = match shape {
            Shape::Choice(choice) => {
                let base = match choice.base {
                    ChoiceBase::Text => Some(TagType::Text),
                    ChoiceBase::Integer => Some(TagType::Integer),
                    ChoiceBase::Bool => Some(TagType::Bool),
                    ChoiceBase::Mixed => None,
                };
                let is_closed = !choice.open && base.is_some();
                let values = choice.values.iter().filter(|_| is_closed);
                return (values.map(|value| plain(&value.wire)).collect(), base);
            }
            Shape::Text(_) => Some(TagType::Text),
            Shape::Integer(_) => Some(TagType::Integer),
            Shape::Bool => Some(TagType::Bool),
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Number(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Alias(_) => None,
        };
        (Vec::new(), base)
    }
}

impl Tag {
    /// Returns the declaration of a property in two variants of one union together.
    fn union(mut self, other: Self) -> Self {
        if self.values.is_empty() || other.values.is_empty() {
            self.values.clear();
        } else {
            self.values.extend(other.values);
        }
        Self {
            values: self.values,
            base: self.base.filter(|base| Some(*base) == other.base),
            declared: self.declared && other.declared,
            required: self.required && other.required,
            default: None,
        }
    }
}

fn count_distinct(tags: &[Vec<String>]) -> usize {
    tags.iter().flatten().collect::<BTreeSet<_>>().len()
}

/// Returns a tag of two variants.
fn repeated(tags: &[Vec<String>]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    let mut distinct = tags.iter().flat_map(|list| list.iter().collect::<BTreeSet<_>>());
    distinct.find(|tag| !seen.insert(*tag)).map(String::as_str)
}

/// Tags of the objects that are variants of unions tagged by a property, by object and property.
#[derive(Default)]
pub(in crate::api::schema) struct TagSets(
    BTreeMap<(SchemaId, String), (BTreeSet<String>, TagType)>,
);

impl TagSets {
    /// Adds the tags of a union's variants; of an object in several unions, the tags common to all.
    pub fn add(&mut self, drafts: &Drafts, union: &Union) {
        let Tagging::Property { name, tag, .. } = &union.tagging else {
            return;
        };
        for variant in &union.variants {
            let tags: BTreeSet<String> = variant.tags.iter().cloned().collect();
            for record in drafts.records(variant.value.schema) {
                let entry = self.0.entry((record, name.clone()));
                entry
                    .and_modify(|(common, _)| *common = &*common & &tags)
                    .or_insert_with(|| (tags.clone(), *tag));
            }
        }
    }

    /// Includes tag properties in requests, and sets the constant of those with one tag.
    pub fn apply(self, drafts: &mut [Draft]) {
        for ((id, name), (tags, tag_type)) in self.0 {
            let shape = drafts.get_mut(id.index()).map(|draft| &mut draft.shape);
            let Some(DraftShape::Final(Shape::Object(object))) = shape else {
                continue;
            };
            let Some(property) = object.properties.get_mut(&name) else {
                continue;
            };
            if property.value.access == Access::ReadOnly {
                property.value.access = Access::ReadWrite;
            }
            if let (1, Some(tag)) = (tags.len(), tags.first()) {
                let text = || Json::from(tag.as_str());
                property.constant = Some(match tag_type {
                    TagType::Text => text(),
                    TagType::Integer | TagType::Bool => {
                        serde_json::from_str(tag).unwrap_or_else(|_| text())
                    }
                });
            }
        }
    }
}
