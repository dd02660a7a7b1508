//! Objects, and the groups of properties of which at most one may be present.

use super::merge::{Additional, Merged};
use super::{Lowering, Position};
use crate::api::keywords::{Keywords, Subschema};
use crate::api::model::{
    AdditionalProperties, Constraints, ExclusiveGroup, Object, Owner, Property, Role, SchemaId,
    Shape, Use,
};
use crate::api::schema_source::{join, SchemaSource};
use crate::api::type_set::TypeSet;
use crate::diagnostics::codes::api as codes;
use indexmap::IndexMap;
use openapiv3::Schema;
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a, '_> {
    /// Lowers an object.
    pub(super) fn object(&mut self, id: SchemaId, merged: &Merged<'a>) -> Shape {
        let mut properties = IndexMap::with_capacity(merged.properties.len());
        for (name, sources) in &merged.properties {
            let value = self.property(id, name, sources);
            let property = Property::new(value, merged.required.contains(name));
            properties.insert(name.clone(), property);
        }
        self.add_undeclared(id, merged, &mut properties);
        let is_declared = |group: &&ExclusiveGroup| {
            group.members.iter().all(|name| properties.contains_key(name))
        };
        let groups = merged.exclusive_groups.iter().filter(is_declared).cloned();
        let exclusive_groups: Vec<_> = groups.collect();
        if exclusive_groups.len() < merged.exclusive_groups.len() {
            let message =
                "a group of exclusive properties has undeclared ones, so it is not checked";
            self.report(codes::UNCHECKED, merged.pointer(), message);
        }
        let additional = self.additional_properties(id, merged, properties.is_empty());
        let key = match &merged.property_names {
            Some(Subschema::Schema(names)) => {
                Some(self.use_at(names.clone(), Owner::Schema(id, Role::Key)))
            }
            Some(Subschema::True(_) | Subschema::False(_)) | None => None,
        };
        Shape::Object(Box::new(Object { properties, additional, key, exclusive_groups }))
    }

    fn property(&mut self, id: SchemaId, name: &str, sources: &[SchemaSource<'a>]) -> Use {
        let pointer = match sources {
            [source] => source.pointer.clone(),
            _ => {
                let object = self.arena.get(id).map_or("", |node| &node.pointer);
                join(&join(object, "properties"), name)
            }
        };
        let first = sources.first();
        let owner = first.and_then(|source| self.declaring_schema(&source.pointer, name));
        let position = Position {
            pointer,
            owner: Owner::Schema(owner.unwrap_or(id), Role::Property(name.to_owned())),
        };
        self.use_of(sources, position)
    }

    /// Returns the schema that declares a property; it names the property's type, however many schemas inherit it.
    fn declaring_schema(&self, pointer: &str, name: &str) -> Option<SchemaId> {
        let mut parent = pointer.strip_suffix(&join("/properties", name))?;
        loop {
            if let Some(id) = self.arena.find(parent) {
                return Some(id);
            }
            let (list, _) = parent.rsplit_once('/')?;
            parent = list.strip_suffix("/allOf")?;
        }
    }

    /// Adds properties that are required but not declared. Most documents require them by mistake, so unless schemas
    /// are taken literally, they are optional.
    fn add_undeclared(
        &mut self,
        id: SchemaId,
        merged: &Merged<'a>,
        properties: &mut IndexMap<String, Property>,
    ) {
        let literal = self.resolver.literal;
        let has_others = matches!(merged.additional, Additional::Any(_) | Additional::Schemas(_));
        if !literal && (merged.properties.is_empty() || has_others) {
            return;
        }
        let at = merged.pointer();
        for name in &merged.required {
            if properties.contains_key(name) {
                continue;
            }
            if !literal {
                let message = format!("`{name}` is required, but no `properties` declares it");
                self.report(codes::REQUIRED_UNDECLARED, &join(at, "required"), message);
            }
            let position = Position {
                pointer: join(&join(at, "properties"), name),
                owner: Owner::Schema(id, Role::Property(name.clone())),
            };
            let value = match &merged.additional {
                Additional::Schemas(sources) => self.use_of(sources, position),
                Additional::Forbidden if literal => self.made_use(Shape::Never, position),
                Additional::Forbidden | Additional::Any(_) | Additional::Unspecified => {
                    self.made_use(Shape::ANY, position)
                }
            };
            properties.insert(name.clone(), Property::new(value, literal));
        }
    }

    fn additional_properties(
        &mut self,
        id: SchemaId,
        merged: &Merged<'a>,
        has_no_properties: bool,
    ) -> AdditionalProperties {
        let owner = Owner::Schema(id, Role::Value);
        let pointer = match &merged.additional {
            Additional::Forbidden => return AdditionalProperties::Forbidden,
            Additional::Schemas(sources) => {
                let first = sources.first().map(|source| source.pointer.clone());
                let pointer = first.unwrap_or_default();
                let value = self.use_of(sources, Position { pointer, owner });
                return AdditionalProperties::Retained(Box::new(value));
            }
            Additional::Any(pointer) => pointer.clone(),
            // The additional properties of an object without declared ones are all that it has.
            Additional::Unspecified if has_no_properties => {
                join(merged.pointer(), "additionalProperties")
            }
            Additional::Unspecified => return AdditionalProperties::Ignored,
        };
        let value = self.made_use(Shape::ANY, Position { pointer, owner });
        AdditionalProperties::Retained(Box::new(value))
    }
}

/// A requirement on the presence of properties only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Requirement {
    /// All of these are present.
    All(Vec<String>),
    /// None of these is present.
    None(BTreeSet<String>),
}

/// Returns the requirements of sources, if all of them restrict only the presence of properties.
pub(super) fn requirements(sources: &[SchemaSource]) -> Option<Vec<Requirement>> {
    sources.iter().map(requirement).collect()
}

fn requirement(source: &SchemaSource) -> Option<Requirement> {
    let schema = source.whole().filter(|one| restricts_presence(one) && !one.is_composed())?;
    let keywords = schema.keywords();
    if !keywords.required.is_empty() {
        return Some(Requirement::All(keywords.required.clone()));
    }
    let sets = forbidden_sets(&SchemaSource::new(String::new(), keywords.not.as_deref()?))?;
    let is_single = sets.iter().all(|set| set.len() == 1);
    is_single.then(|| Requirement::None(sets.into_iter().flatten().collect()))
}

/// `true` if, composition aside, a schema declares only `required`, `not` and the type of objects.
fn restricts_presence(schema: &Schema) -> bool {
    schema.types().overlaps(TypeSet::OBJECT)
        && schema.has_no_structure()
        && schema.constraints() == Constraints::default()
}

/// Returns the group that a `oneOf` of requirements describes: exactly one of the properties, or none if a branch
/// states so.
pub(super) fn exclusive_group(requirements: &[Requirement]) -> Option<ExclusiveGroup> {
    let mut members = Vec::new();
    let mut none = None;
    for requirement in requirements {
        match requirement {
            Requirement::None(names) => none = Some(names),
            Requirement::All(names) => match names.as_slice() {
                [name] if !members.contains(name) => members.push(name.clone()),
                _ => return None,
            },
        }
    }
    let has_all = |names: &BTreeSet<String>| members.iter().all(|name| names.contains(name));
    let is_group = members.len() > 1 && none.is_none_or(has_all);
    is_group.then_some(ExclusiveGroup { required: none.is_none(), members })
}

/// Returns the sets of properties that a `not` forbids to be present together.
pub(super) fn forbidden_sets(not: &SchemaSource) -> Option<Vec<Vec<String>>> {
    let schema = not.whole().filter(|schema| restricts_presence(schema))?;
    let keywords = schema.keywords();
    if keywords.not.is_some() {
        return None;
    }
    let sets = |keyword, schemas| {
        let requirements = requirements(&SchemaSource::list("", keyword, schemas))?.into_iter();
        let names = |requirement| match requirement {
            Requirement::All(names) => Some(names),
            Requirement::None(_) => None,
        };
        requirements.map(names).collect::<Option<Vec<_>>>()
    };
    match (
        keywords.required.as_slice(),
        keywords.any_of.as_slice(),
        keywords.all_of.as_slice(),
        keywords.one_of.as_slice(),
    ) {
        (required @ [_, ..], [], [], []) => Some(vec![required.to_vec()]),
        ([], any_of @ [_, ..], [], []) => sets("anyOf", any_of),
        ([], [], all_of @ [_, ..], []) => Some(vec![sets("allOf", all_of)?.concat()]),
        _ => None,
    }
}

/// A property name with its rank among the declared properties.
type Ranked<'n> = (usize, &'n str);

/// Combines pairs of which at most one may be present into groups whose members all exclude each other.
pub(super) fn exclusive_groups(pairs: &[(String, String)], order: &[&str]) -> Vec<ExclusiveGroup> {
    let ranks: BTreeMap<&str, usize> = order.iter().copied().zip(0..).collect();
    let ranked = |name| (ranks.get(name).copied().unwrap_or(usize::MAX), name);
    let mut excluded: BTreeMap<Ranked, BTreeSet<Ranked>> = BTreeMap::new();
    for (one, other) in pairs {
        let (one, other) = (ranked(one.as_str()), ranked(other.as_str()));
        excluded.entry(one).or_default().insert(other);
        excluded.entry(other).or_default().insert(one);
    }
    let excludes = |one: &Ranked, other: &Ranked| {
        excluded.get(one).is_some_and(|others| others.contains(other))
    };
    let mut covered: BTreeSet<(Ranked, Ranked)> = BTreeSet::new();
    let mut groups = Vec::new();
    for (first, others) in &excluded {
        for second in others.iter().filter(|second| first < *second) {
            if covered.contains(&(*first, *second)) {
                continue;
            }
            let mut members = vec![*first, *second];
            for candidate in others {
                if members.iter().all(|member| excludes(candidate, member)) {
                    members.push(*candidate);
                }
            }
            members.sort_unstable();
            for (at, one) in members.iter().enumerate() {
                covered.extend(members.iter().skip(at + 1).map(|other| (*one, *other)));
            }
            groups.push(ExclusiveGroup {
                members: members.iter().map(|(_, name)| (*name).to_owned()).collect(),
                required: false,
            });
        }
    }
    groups
}
