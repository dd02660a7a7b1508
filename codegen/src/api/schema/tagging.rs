//! How the branch of a value is found: decided from the branches themselves, once every shape is known.

use super::choice::plain;
use super::kinds::Kinds;
use super::notes;
use super::shape::{Branched, Form, Formed};
use super::tags::{both, distinct, implicit, repeated, shared, Tag};
use super::types::differ;
use crate::api::model::{
    AdditionalProperties, ChoiceBase, Object, SchemaId, Shape, TagType, Tagging, Use,
};
use std::collections::{BTreeMap, BTreeSet};

/// How deep unions in unions are looked into.
const DEPTH: usize = 16;

/// What a declared discriminator says.
pub(super) struct Mapping {
    pub property: String,
    /// The tags that are mapped to each branch.
    pub tags: Vec<Vec<String>>,
}

/// How the branch of a value is found.
pub(super) struct Decided {
    pub tagging: Tagging,
    /// The tags of each branch.
    pub tags: Vec<Vec<String>>,
    /// Why the declared discriminator is not what decides.
    pub unusable: Option<String>,
    /// Why a tag alone does not decide, where one leads to several branches.
    pub shared: Option<String>,
    /// The JSON types of each branch.
    pub types: Vec<Kinds>,
}

/// The shapes of all nodes, with what was found out about them.
pub(super) struct Shapes<'s, 'a> {
    pub(super) formed: &'s [Formed<'a>],
    pub(super) kinds: BTreeMap<SchemaId, Kinds>,
}

/// The members of the objects of a branch.
struct Members<'s> {
    /// Those that may be there.
    known: BTreeSet<&'s str>,
    /// Those that must be there, in the document's order.
    demanded: Vec<&'s str>,
}

impl<'s, 'a> Shapes<'s, 'a> {
    pub fn of(formed: &'s [Formed<'a>]) -> Self {
        Self {
            formed,
            kinds: BTreeMap::new(),
        }
    }

    pub fn decide(&mut self, branched: &Branched, mapping: Option<&Mapping>) -> Decided {
        let ids: Vec<SchemaId> = branched
            .branches
            .iter()
            .map(|branch| branch.value.schema)
            .collect();
        let types = self.types(&ids);
        if branched.typed {
            return Self::typed(types);
        }
        let names: Vec<Option<&str>> = branched
            .branches
            .iter()
            .map(|b| b.component.as_deref())
            .collect();
        let mut unusable = None;
        let objects = ids
            .iter()
            .all(|id| self.kinds(*id).within(Kinds::OBJECT | Kinds::NULL));
        match mapping {
            Some(mapping) if objects => match self.declared(&ids, &names, mapping) {
                Ok(decided) => return Decided { types, ..decided },
                Err(why) => unusable = Some(why),
            },
            Some(_) => unusable = Some("not every branch of this union is an object".to_owned()),
            None => {}
        }
        let (tagging, tags) = self.undeclared(&ids, objects);
        Decided {
            shared: shared(&tagging, &tags),
            tagging,
            tags,
            unusable,
            types,
        }
    }

    /// By whatever tells the branches apart: a property for each best, one that several branches share last.
    fn undeclared(&mut self, ids: &[SchemaId], objects: bool) -> (Tagging, Vec<Vec<String>>) {
        let implied = |shared| objects.then(|| self.implied(ids, shared)).flatten();
        if let Some(implied) = implied(false) {
            return implied;
        }
        let narrowed = implied(true);
        let tagging = self.untagged(ids, objects);
        match narrowed {
            Some(narrowed) if tagging == Tagging::Trial => narrowed,
            Some(_) | None => (tagging, vec![Vec::new(); ids.len()]),
        }
    }

    /// By what each is, where the branches are one schema's words on each type: the last for those that are left.
    fn typed(mut types: Vec<Kinds>) -> Decided {
        let last = types.pop();
        let others = types.iter().fold(Kinds::NULL, |all, kinds| all | *kinds);
        types.extend(last.map(|kinds| kinds.without(others)));
        Decided {
            tagging: Tagging::Type,
            tags: vec![Vec::new(); types.len()],
            unusable: None,
            shared: None,
            types,
        }
    }

    fn untagged(&mut self, ids: &[SchemaId], objects: bool) -> Tagging {
        if differ(&self.types(ids)) {
            return Tagging::Type;
        }
        let keys = if objects { self.keys(ids) } else { None };
        if let Some(keys) = keys {
            return Tagging::Keys(keys);
        }
        self.texts(ids).map_or(Tagging::Trial, Tagging::Text)
    }

    /// By the declared property: mapped tags, else the one value that the branch allows, else the component's name.
    fn declared(
        &self,
        ids: &[SchemaId],
        names: &[Option<&str>],
        mapping: &Mapping,
    ) -> Result<Decided, String> {
        let property = &mapping.property;
        let found = ids.iter().map(|id| self.tag(*id, property, DEPTH));
        let found: Vec<Option<Tag>> = found.collect();
        let mut tags = Vec::new();
        for ((tag, name), mapped) in found.iter().zip(names).zip(&mapping.tags) {
            let own = tag.as_ref().map(|tag| tag.values.clone());
            let values = [mapped.clone(), own.unwrap_or_default()]
                .into_iter()
                .chain([implicit(tag.as_ref(), *name, mapping)])
                .find(|list| !list.is_empty());
            let missing = || format!("no value of `{property}` leads to one of the branches");
            tags.push(values.ok_or_else(missing)?);
        }
        if let Some(twice) = repeated(&tags).filter(|_| distinct(&tags) < 2) {
            return Err(format!("`{twice}` as `{property}` leads to every branch"));
        }
        let mapped = mapping.tags.iter().any(|tags| !tags.is_empty());
        if !mapped && found.iter().all(Option::is_none) {
            return Err(format!("no branch declares `{property}`"));
        }
        let base = found.iter().flatten().find_map(|tag| tag.base);
        let declared = |tag: &Option<Tag>| tag.as_ref().is_some_and(|tag| tag.declared);
        let tagging = Tagging::Property {
            name: property.clone(),
            declared: found.iter().all(declared),
            tag: base.unwrap_or(TagType::Text),
        };
        Ok(Decided {
            shared: shared(&tagging, &tags),
            tagging,
            tags,
            unusable: None,
            types: Vec::new(),
        })
    }

    /// By a property that every branch has, with values that no other branch has. Some branch must demand it: else it is
    /// as likely to be left out of values as to be there. Where it may be `shared`, a value may lead to several branches.
    fn implied(&self, ids: &[SchemaId], shared: bool) -> Option<(Tagging, Vec<Vec<String>>)> {
        let first = self.record(*ids.first()?, DEPTH)?;
        let names = || first.properties.iter();
        let demanded = names().filter(|(_, property)| property.required);
        let others = names().filter(|(_, property)| !property.required);
        demanded
            .chain(others)
            .find_map(|(name, _)| self.implied_by(ids, name, shared))
    }

    fn implied_by(
        &self,
        ids: &[SchemaId],
        name: &str,
        shared: bool,
    ) -> Option<(Tagging, Vec<Vec<String>>)> {
        let tags: Option<Vec<Tag>> = ids.iter().map(|id| self.tag(*id, name, DEPTH)).collect();
        let tags = tags?;
        let base = tags.first()?.base?;
        let sound = |tag: &Tag| !tag.values.is_empty() && tag.base == Some(base);
        let demanded = tags.iter().any(|tag| tag.required);
        if !demanded || !tags.iter().all(sound) {
            return None;
        }
        let values: Vec<Vec<String>> = tags.into_iter().map(|tag| tag.values).collect();
        let tagging = Tagging::Property {
            name: name.to_owned(),
            declared: true,
            tag: base,
        };
        let tells = repeated(&values).is_none() || (shared && distinct(&values) > 1);
        tells.then_some((tagging, values))
    }

    /// For each branch a property that it demands and no other one knows; one branch may have none.
    fn keys(&self, ids: &[SchemaId]) -> Option<Vec<Option<String>>> {
        let members: Option<Vec<Members>> = ids.iter().map(|id| self.members(*id, DEPTH)).collect();
        let members = members?;
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for name in members.iter().flat_map(|branch| &branch.known) {
            *known.entry(name).or_default() += 1;
        }
        let keys: Vec<Option<String>> = members
            .iter()
            .map(|branch| {
                let own = |name: &&&str| known.get(**name) == Some(&1);
                let key = branch.demanded.iter().find(own);
                key.map(|name| (*name).to_owned())
            })
            .collect();
        let without = keys.iter().filter(|key| key.is_none()).count();
        (without < 2).then_some(keys)
    }

    /// The members of the objects that a branch allows; nothing where there may be others than those listed.
    fn members(&self, id: SchemaId, depth: usize) -> Option<Members<'s>> {
        match self.form(self.behind(id))? {
            Form::Done(Shape::Object(object))
                if !matches!(object.additional, AdditionalProperties::Retained(_)) =>
            {
                let names = object.properties.iter();
                let demanded = names.filter(|(_, property)| property.required);
                Some(Members {
                    known: object.properties.keys().map(String::as_str).collect(),
                    demanded: demanded.map(|(name, _)| name.as_str()).collect(),
                })
            }
            Form::Done(_) => None,
            Form::Union(branched) => {
                let depth = depth.checked_sub(1)?;
                let inner = branched.branches.iter();
                let inner: Option<Vec<Members>> = inner
                    .map(|branch| self.members(branch.value.schema, depth))
                    .collect();
                inner?.into_iter().reduce(|mut one, other| {
                    one.demanded.retain(|name| other.demanded.contains(name));
                    one.known.extend(other.known);
                    one
                })
            }
        }
    }

    pub(super) fn form(&self, id: SchemaId) -> Option<&'s Form<'a>> {
        let at = usize::try_from(id.0).ok()?;
        self.formed.get(at).map(|formed| &formed.form)
    }

    /// The node behind those that are only references.
    pub(super) fn behind(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        for _ in 0..=self.formed.len() {
            match self.form(id) {
                Some(Form::Done(Shape::Alias(used))) => id = used.schema,
                _ => break,
            }
        }
        id
    }

    /// The object that a node is, or, so many unions deep, the first one among its branches.
    fn record(&self, id: SchemaId, depth: usize) -> Option<&'s Object> {
        match self.form(self.behind(id))? {
            Form::Done(Shape::Object(object)) => Some(object),
            Form::Done(_) => None,
            Form::Union(branched) => {
                let first = branched.branches.first().filter(|_| depth > 0)?;
                self.record(first.value.schema, depth - 1)
            }
        }
    }

    /// What a branch says of a property; nothing where it is no object or does not have it.
    fn tag(&self, id: SchemaId, name: &str, depth: usize) -> Option<Tag> {
        match self.form(self.behind(id))? {
            Form::Done(Shape::Object(object)) => {
                let property = object.properties.get(name)?;
                let (values, base) = self.values(&property.value);
                Some(Tag {
                    values,
                    base,
                    declared: true,
                    required: property.required,
                    default: self.default(&property.value),
                })
            }
            Form::Done(_) => None,
            Form::Union(branched) => {
                let depth = depth.checked_sub(1)?;
                let inner = branched.branches.iter();
                let inner: Option<Vec<Tag>> = inner
                    .map(|branch| self.tag(branch.value.schema, name, depth))
                    .collect();
                inner?.into_iter().reduce(both)
            }
        }
    }

    /// The text of a property's default.
    fn default(&self, used: &Use) -> Option<String> {
        let own = || {
            let at = usize::try_from(used.schema.0).ok()?;
            notes::default(&self.formed.get(at)?.notes)
        };
        used.default.clone().or_else(own).as_ref().map(plain)
    }

    /// The texts of the only values that a property may have, and their type.
    fn values(&self, used: &Use) -> (Vec<String>, Option<TagType>) {
        let Some(Form::Done(shape)) = self.form(self.behind(used.schema)) else {
            return (Vec::new(), None);
        };
        match shape {
            Shape::Choice(choice) => {
                let base = match choice.base {
                    ChoiceBase::Text => Some(TagType::Text),
                    ChoiceBase::Integer => Some(TagType::Integer),
                    ChoiceBase::Bool => Some(TagType::Bool),
                    ChoiceBase::Mixed => None,
                };
                let closed = !choice.open && base.is_some();
                let values = choice.values.iter().filter(|_| closed);
                (values.map(|value| plain(&value.wire)).collect(), base)
            }
            Shape::Text(_) => (Vec::new(), Some(TagType::Text)),
            Shape::Integer(_) => (Vec::new(), Some(TagType::Integer)),
            Shape::Bool => (Vec::new(), Some(TagType::Bool)),
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Number(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Alias(_) => (Vec::new(), None),
        }
    }
}
