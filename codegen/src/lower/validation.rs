//! Constraints become the rules that `validate` checks.

use super::model::{CountRule, Item, JsonKind, NumberRule, Rule, Validation};
use super::record::has_property;
use super::{enums, Context, Direction, MAX_DEPTH};
use crate::api::model::{
    AdditionalProperties, Api, Constraints, Object, Schema, SchemaId, Shape, Tagging, Tuple, Union,
    Use, Variant,
};
use crate::api::read_write::uses;
use crate::names::{is_nominal, is_record};
use std::collections::BTreeSet;

/// Number of JSON types; a branch with all of them accepts any value.
const ALL_TYPES: usize = 6;

/// Returns the validation of a type; `None` for aliases, which have no methods.
pub fn validation(
    context: &Context<'_>,
    id: SchemaId,
    item: &Item,
    direction: Direction,
) -> Option<Item> {
    // Events are only received, one at a time; their data has its own validation.
    let is_event = matches!(item, Item::Union(union) if union.is_event());
    if !context.options.validate || is_event || matches!(item, Item::Alias(_)) {
        return None;
    }
    Some(Item::Validation(Validation {
        name: item.name().clone(),
        rules: Rules { context, direction }.structure(id, MAX_DEPTH),
        is_shared: context.options.server,
    }))
}

/// Returns the rules of values in requests; none without validation.
pub fn request_rules(context: &Context<'_>, usage: &Use, is_null_allowed: bool) -> Vec<Rule> {
    let rules = Rules { context, direction: Direction::Request };
    match (context.options.validate, is_null_allowed) {
        (false, _) => Vec::new(),
        (true, true) => rules.value(usage, MAX_DEPTH),
        (true, false) => rules.reference(usage.schema, MAX_DEPTH),
    }
}

/// Returns the schemas whose values have rules, directly or through their parts.
pub fn ruled(api: &Api) -> BTreeSet<SchemaId> {
    let ids = |is_ruled: &dyn Fn(SchemaId, &Schema) -> bool| -> Vec<SchemaId> {
        let schemas = api.schemas.iter().filter(|(id, schema)| is_ruled(*id, schema));
        schemas.map(|(id, _)| id).collect()
    };
    let mut ruled: BTreeSet<_> = ids(&|_, schema| has_rules(schema)).into_iter().collect();
    loop {
        let users = ids(&|id, schema| {
            let mut uses = uses(&schema.shape).into_iter();
            !ruled.contains(&id) && uses.any(|usage| ruled.contains(&usage.schema))
        });
        if users.is_empty() {
            return ruled;
        }
        ruled.extend(users);
    }
}

fn has_rules(schema: &Schema) -> bool {
    let is_closed = matches!(&schema.shape, Shape::Choice(choice) if !choice.open)
        || matches!(&schema.shape, Shape::Tuple(tuple) if tuple.additional.is_none());
    is_closed || schema.constraints != Constraints::default()
}

/// Wraps rules, unless there are none.
fn wrapped(rules: Vec<Rule>, wrap: impl FnOnce(Vec<Rule>) -> Rule) -> Option<Rule> {
    (!rules.is_empty()).then(|| wrap(rules))
}

/// Returns the rules of a list whose items have these.
pub fn items(rules: Vec<Rule>) -> Vec<Rule> {
    wrapped(rules, Rule::Items).into_iter().collect()
}

/// Collects the rules of values in one direction.
struct Rules<'c, 'a> {
    context: &'c Context<'a>,
    direction: Direction,
}

impl Rules<'_, '_> {
    /// Returns the rules of a value, null included.
    fn value(&self, usage: &Use, depth: usize) -> Vec<Rule> {
        let rules = self.reference(usage.schema, depth);
        match self.context.is_nullable(usage) {
            true => wrapped(rules, Rule::OrNull).into_iter().collect(),
            false => rules,
        }
    }

    /// Returns the rules of a schema: a reference if it has a generated type.
    fn reference(&self, id: SchemaId, depth: usize) -> Vec<Rule> {
        let context = self.context;
        if !context.ruled.contains(&id) {
            return Vec::new();
        }
        let schema = context.schema(id);
        let has_methods = schema.is_some_and(|schema| is_nominal(&schema.shape));
        let name = context.name(id, self.direction);
        match name.filter(|_| has_methods || context.boxes.is_endless(id)) {
            Some(name) => vec![Rule::Type(name)],
            None => self.structure(id, depth),
        }
    }

    /// Returns the rules of a schema's values.
    fn structure(&self, id: SchemaId, depth: usize) -> Vec<Rule> {
        let (Some(schema), Some(depth)) = (self.context.schema(id), depth.checked_sub(1)) else {
            return Vec::new();
        };
        let mut rules = constraints(&schema.constraints);
        rules.extend(name_patterns(schema));
        match &schema.shape {
            Shape::Choice(choice) if !choice.open => {
                let values = choice.values.iter().map(|value| value.wire.to_string());
                rules.push(Rule::Listed(values.collect()));
            }
            Shape::List(list) => rules.extend(wrapped(self.value(&list.item, depth), Rule::Items)),
            Shape::Tuple(tuple) => rules.extend(self.tuple(tuple, depth)),
            Shape::Object(object) => rules.extend(self.object(id, object)),
            Shape::Union(union) => rules.extend(self.union(union)),
            Shape::Alias(usage) => rules.extend(self.value(usage, depth)),
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_) => {}
        }
        rules
    }

    fn tuple(&self, tuple: &Tuple, depth: usize) -> Vec<Rule> {
        let count = tuple.items.len();
        let items = tuple.items.iter().enumerate();
        let items = items.filter_map(|(index, item)| {
            wrapped(self.value(item, depth), |rules| Rule::Item(index, rules))
        });
        let end = match &tuple.additional {
            Some(item) => wrapped(self.value(item, depth), |rules| Rule::ItemsFrom(count, rules)),
            None => {
                let count = u64::try_from(count).ok();
                count.map(|count| Rule::Count(CountRule::MaxItems, count))
            }
        };
        items.chain(end).collect()
    }

    fn object(&self, id: SchemaId, object: &Object) -> Vec<Rule> {
        let additional = match &object.additional {
            AdditionalProperties::Retained(value) => {
                wrapped(self.value(value, MAX_DEPTH), Rule::Others)
            }
            AdditionalProperties::Ignored | AdditionalProperties::Forbidden => None,
        };
        let mut rules = Vec::new();
        let mut unruled = Vec::new();
        for (name, property) in &object.properties {
            let is_sent = has_property(self.context, id, property, self.direction);
            let inner = match is_sent {
                true => self.value(&property.value, MAX_DEPTH),
                false => Vec::new(),
            };
            // The runtime applies `Others` to every member without a rule of its own.
            let list = if inner.is_empty() { &mut unruled } else { &mut rules };
            list.push(Rule::Member(name.clone(), inner));
        }
        if additional.is_some() {
            rules.extend(unruled);
        }
        rules.extend(additional);
        let key = object.key.as_ref();
        let names = key.and_then(|key| wrapped(self.value(key, MAX_DEPTH), Rule::Names));
        rules.extend(names);
        rules
    }

    fn union(&self, union: &Union) -> Vec<Rule> {
        let branches = union.variants.iter();
        let branches = branches.map(|branch| (branch, self.value(&branch.value, MAX_DEPTH)));
        let branches: Vec<_> = branches.collect();
        if branches.iter().all(|(_, rules)| rules.is_empty()) {
            return Vec::new();
        }
        if let (Tagging::Property { name, .. }, false) = (&union.tagging, union.has_shared_tags()) {
            let ruled = branches.into_iter().filter(|(_, rules)| !rules.is_empty());
            let ruled = ruled.map(|(branch, rules)| (branch.tags.clone(), rules));
            return vec![Rule::Tagged(name.clone(), ruled.collect())];
        }
        let alternatives = branches.into_iter().enumerate().map(|(at, (branch, rules))| {
            let kinds = Some(accepted_kinds(branch)).filter(|kinds| !kinds.is_empty());
            let required = self.required_members(union, at, branch);
            let required = Some(required).filter(|names| !names.is_empty());
            kinds
                .map(Rule::Kinds)
                .into_iter()
                .chain(required.map(Rule::Required))
                .chain(rules)
                .collect()
        });
        vec![Rule::Either(alternatives.collect())]
    }

    /// Returns the members that a branch requires if it is an object.
    fn required_members(&self, union: &Union, at: usize, branch: &Variant) -> Vec<String> {
        if let Tagging::Keys(keys) = &union.tagging {
            return keys.get(at).into_iter().flatten().cloned().collect();
        }
        let schema = self.context.schema(branch.value.schema);
        match schema.map(|schema| &schema.shape) {
            Some(Shape::Object(object)) if is_record(object) => {
                let properties = object.properties.iter();
                let required = properties.filter(|(_, property)| property.required);
                required.map(|(name, _)| name.clone()).collect()
            }
            Some(_) | None => Vec::new(),
        }
    }
}

/// Returns the JSON types that a branch accepts; none if it accepts all.
fn accepted_kinds(branch: &Variant) -> Vec<JsonKind> {
    let mut kinds = enums::kinds(branch);
    if kinds.len() >= ALL_TYPES {
        kinds.clear();
    }
    if kinds.contains(&JsonKind::Number) {
        kinds.retain(|kind| *kind != JsonKind::Integer);
    }
    kinds
}

/// Returns the rules for names of undeclared members.
fn name_patterns(schema: &Schema) -> impl Iterator<Item = Rule> + '_ {
    let properties = if let Shape::Object(object) = &schema.shape {
        Some(object.properties.keys())
    } else {
        None
    };
    let lists = schema.constraints.name_patterns.iter();
    lists.map(move |names| {
        let mut seen = BTreeSet::new();
        let declared = properties.clone().into_iter().flatten().chain(&names.declared);
        let declared = declared.filter(|name| seen.insert(*name)).cloned();
        Rule::NamePatterns(declared.collect(), names.patterns.clone())
    })
}

/// Returns the rules of constraints.
fn constraints(constraints: &Constraints) -> Vec<Rule> {
    let minimum = match constraints.exclusive_minimum {
        true => NumberRule::Above,
        false => NumberRule::Minimum,
    };
    let maximum = match constraints.exclusive_maximum {
        true => NumberRule::Below,
        false => NumberRule::Maximum,
    };
    let bounds = [(minimum, &constraints.minimum), (maximum, &constraints.maximum)];
    let steps = constraints.multiples_of.iter().cloned();
    let counts = [
        (CountRule::MinLength, constraints.min_length),
        (CountRule::MaxLength, constraints.max_length),
        (CountRule::MinItems, constraints.min_items),
        (CountRule::MaxItems, constraints.max_items),
        (CountRule::MinProperties, constraints.min_properties),
        (CountRule::MaxProperties, constraints.max_properties),
    ];
    let dependent = constraints.dependent.iter().cloned();
    bounds
        .into_iter()
        .filter_map(|(rule, bound)| Some(Rule::Number(rule, bound.clone()?)))
        .chain(steps.map(|step| Rule::Number(NumberRule::MultipleOf, step)))
        .chain(counts.into_iter().filter_map(|(rule, count)| Some(Rule::Count(rule, count?))))
        .chain(constraints.patterns.iter().cloned().map(Rule::Pattern))
        .chain(constraints.unique_items.then_some(Rule::UniqueItems))
        .chain(dependent.map(|(name, required)| Rule::Dependent(name, required)))
        .collect()
}
