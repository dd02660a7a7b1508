//! Constraints become rules: what `validate` checks.

use super::model::{CountRule, Item, Kind, NumberRule, Rule, Validation};
use super::value_type::is_record;
use super::{record, union, Context, Form};
use crate::api::model::{
    AdditionalProperties, Api, Constraints, Object, Schema, SchemaId, Shape, Tagging, Tuple, Union,
    Use, Variant,
};
use crate::api::read_write::uses;
use std::collections::BTreeSet;

/// How far a chain of names for one another is followed.
const LONGEST_CHAIN: usize = 64;

/// The checks of a schema's type in this form; nothing for another name of a type, which has no methods of its own.
pub fn checks(context: &Context<'_>, id: SchemaId, item: &Item, form: Form) -> Option<Item> {
    // Events only come, one at a time; what they hold can be checked.
    let is_event = matches!(item, Item::Union(union) if union.is_event());
    if !context.style.validate || is_event || matches!(item, Item::Alias(_)) {
        return None;
    }
    let rules = structure(context, id, form, LONGEST_CHAIN);
    Some(Item::Validation(Validation {
        name: item.name().clone(),
        rules,
    }))
}

/// The schemas whose values have rules, their own or those of what they hold.
pub fn ruled(api: &Api) -> BTreeSet<SchemaId> {
    let all = || api.schemas.iter();
    let mut ruled: BTreeSet<SchemaId> = all()
        .filter(|(_, schema)| has_own(schema))
        .map(|(id, _)| id)
        .collect();
    loop {
        let holds = |schema: &Schema| {
            let mut uses = uses(&schema.shape).into_iter();
            uses.any(|usage| ruled.contains(&usage.schema))
        };
        let more: Vec<_> = all()
            .filter(|(id, schema)| !ruled.contains(id) && holds(schema))
            .map(|(id, _)| id)
            .collect();
        if more.is_empty() {
            return ruled;
        }
        ruled.extend(more);
    }
}

fn has_own(schema: &Schema) -> bool {
    let listed = matches!(&schema.shape, Shape::Choice(choice) if !choice.open);
    let counted = matches!(&schema.shape, Shape::Tuple(tuple) if tuple.additional.is_none());
    listed || counted || schema.constraints != Constraints::default()
}

/// What holds for a value at this place, null included.
fn value(context: &Context<'_>, usage: &Use, form: Form, depth: usize) -> Vec<Rule> {
    let rules = reference(context, usage.schema, form, depth);
    if rules.is_empty() || !context.is_nullable(usage) {
        return rules;
    }
    vec![Rule::OrNull(rules)]
}

/// The rules of a generated type by its name, else what they are.
fn reference(context: &Context<'_>, id: SchemaId, form: Form, depth: usize) -> Vec<Rule> {
    if !context.ruled.contains(&id) {
        return Vec::new();
    }
    let is_item = context
        .schema(id)
        .is_some_and(|schema| super::is_own_item(&schema.shape) || context.boxes.is_endless(id));
    match context.name(id, form).filter(|_| is_item) {
        Some(name) => vec![Rule::Of(name)],
        None => structure(context, id, form, depth),
    }
}

/// What holds for the values of a schema.
fn structure(context: &Context<'_>, id: SchemaId, form: Form, depth: usize) -> Vec<Rule> {
    let (Some(schema), Some(depth)) = (context.schema(id), depth.checked_sub(1)) else {
        return Vec::new();
    };
    let mut rules = limits(&schema.constraints);
    rules.extend(name_patterns(schema));
    match &schema.shape {
        Shape::Choice(choice) if !choice.open => {
            let values = choice.values.iter();
            let values = values.map(|value| value.wire.to_string()).collect();
            rules.push(Rule::Listed(values));
        }
        Shape::List(list) => {
            let items = value(context, &list.item, form, depth);
            rules.extend(unless_empty(items, Rule::Items));
        }
        Shape::Tuple(items) => rules.extend(tuple(context, items, form, depth)),
        Shape::Object(members) => rules.extend(object(context, id, members, form)),
        Shape::Union(branches) => rules.extend(of_union(context, branches, form)),
        Shape::Alias(usage) => rules.extend(value(context, usage, form, depth)),
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

fn unless_empty(rules: Vec<Rule>, wrap: impl FnOnce(Vec<Rule>) -> Rule) -> Option<Rule> {
    (!rules.is_empty()).then(|| wrap(rules))
}

fn tuple(context: &Context<'_>, tuple: &Tuple, form: Form, depth: usize) -> Vec<Rule> {
    let items = tuple.items.iter().enumerate();
    let items = items.filter_map(|(index, item)| {
        let rules = value(context, item, form, depth);
        unless_empty(rules, |rules| Rule::Item(index, rules))
    });
    let rest = tuple.additional.as_ref().and_then(|rest| {
        let rules = value(context, rest, form, depth);
        unless_empty(rules, |rules| Rule::ItemsFrom(tuple.items.len(), rules))
    });
    let most = u64::try_from(tuple.items.len()).ok();
    let most = most.filter(|_| tuple.additional.is_none());
    let most = most.map(|most| Rule::Count(CountRule::MaxItems, most));
    items.chain(rest).chain(most).collect()
}

fn object(context: &Context<'_>, id: SchemaId, object: &Object, form: Form) -> Vec<Rule> {
    let mut rules = Vec::new();
    let here = object
        .properties
        .iter()
        .filter(|(_, property)| record::travels(context, id, property, form));
    for (name, property) in here {
        let of_member = value(context, &property.value, form, LONGEST_CHAIN);
        rules.extend(unless_empty(of_member, |rules| {
            Rule::Member(name.clone(), rules)
        }));
    }
    if let AdditionalProperties::Retained(rest) = &object.additional {
        let others = value(context, rest, form, LONGEST_CHAIN);
        if !others.is_empty() {
            // What no rule names counts as one of the others, so that each declared member needs one.
            rules.extend(unruled(object, &rules));
            rules.push(Rule::Others(others));
        }
    }
    if let Some(key) = &object.key {
        let names = value(context, key, form, LONGEST_CHAIN);
        rules.extend(unless_empty(names, Rule::Names));
    }
    rules
}

/// Rules without content for the declared members that have none.
fn unruled(object: &Object, rules: &[Rule]) -> Vec<Rule> {
    let is_ruled = |name: &str| {
        let is_of = |rule: &Rule| matches!(rule, Rule::Member(other, _) if other == name);
        rules.iter().any(is_of)
    };
    let names = object.properties.keys().filter(|name| !is_ruled(name));
    names
        .map(|name| Rule::Member(name.clone(), Vec::new()))
        .collect()
}

fn of_union(context: &Context<'_>, union: &Union, form: Form) -> Vec<Rule> {
    let branches = union.variants.iter();
    let branches: Vec<(&Variant, Vec<Rule>)> = branches
        .map(|variant| (variant, value(context, &variant.value, form, LONGEST_CHAIN)))
        .collect();
    if branches.iter().all(|(_, rules)| rules.is_empty()) {
        return Vec::new();
    }
    let shared = union.has_shared_tags();
    if let (Tagging::Property { name, .. }, false) = (&union.tagging, shared) {
        let ruled = branches.into_iter().filter(|(_, rules)| !rules.is_empty());
        let ruled = ruled.map(|(variant, rules)| (variant.tags.clone(), rules));
        return vec![Rule::Tagged(name.clone(), ruled.collect())];
    }
    let lists = branches
        .into_iter()
        .enumerate()
        .map(|(at, (variant, rules))| {
            let mut list = vec![Rule::Kinds(taken(variant))];
            list.retain(|rule| *rule != Rule::Kinds(Vec::new()));
            list.extend(demanded(context, union, at, variant));
            list.extend(rules);
            list
        });
    vec![Rule::Either(lists.collect())]
}

/// The JSON types of a branch's values, of which numbers with a fraction stand for all; none where it takes any.
fn taken(variant: &Variant) -> Vec<Kind> {
    const TYPES: usize = 6;
    let mut kinds = union::kinds(variant);
    if kinds.len() >= TYPES {
        kinds.clear();
    }
    if kinds.contains(&Kind::Number) {
        kinds.retain(|kind| *kind != Kind::Integer);
    }
    kinds
}

/// The members by which a branch that is an object is known.
fn demanded(context: &Context<'_>, union: &Union, at: usize, variant: &Variant) -> Option<Rule> {
    let names = match (&union.tagging, object_of(context, variant.value.schema)) {
        (Tagging::Keys(keys), _) => keys.get(at)?.iter().cloned().collect(),
        (_, Some(object)) => {
            let required = object
                .properties
                .iter()
                .filter(|(_, property)| property.required);
            required.map(|(name, _)| name.clone()).collect()
        }
        (
            Tagging::Property { .. }
            | Tagging::Type
            | Tagging::Text(_)
            | Tagging::Event(_)
            | Tagging::Trial,
            None,
        ) => Vec::new(),
    };
    let rule = Rule::Required(names);
    (rule != Rule::Required(Vec::new())).then_some(rule)
}

fn object_of<'c>(context: &'c Context<'_>, id: SchemaId) -> Option<&'c Object> {
    if let Shape::Object(object) = &context.schema(id)?.shape {
        return Some(object.as_ref()).filter(|object| is_record(object));
    }
    None
}

/// What the names of members are that are not declared.
fn name_patterns(schema: &Schema) -> impl Iterator<Item = Rule> + '_ {
    let mut declared = Vec::new();
    if let Shape::Object(object) = &schema.shape {
        declared.extend(object.properties.keys().cloned());
    }
    let lists = schema.constraints.name_patterns.iter();
    lists.map(move |names| {
        let mut known = declared.clone();
        known.extend(names.declared.iter().cloned());
        let mut seen = BTreeSet::new();
        known.retain(|name| seen.insert(name.clone()));
        Rule::NamePatterns(known, names.patterns.clone())
    })
}

/// The rules of the constraints beside a shape.
fn limits(limits: &Constraints) -> Vec<Rule> {
    let [least, most] = [
        if limits.exclusive_minimum {
            NumberRule::Above
        } else {
            NumberRule::Minimum
        },
        if limits.exclusive_maximum {
            NumberRule::Below
        } else {
            NumberRule::Maximum
        },
    ];
    let numbers = [(least, &limits.minimum), (most, &limits.maximum)];
    let counts = [
        (CountRule::MinLength, limits.min_length),
        (CountRule::MaxLength, limits.max_length),
        (CountRule::MinItems, limits.min_items),
        (CountRule::MaxItems, limits.max_items),
        (CountRule::MinProperties, limits.min_properties),
        (CountRule::MaxProperties, limits.max_properties),
    ];
    let numbers = numbers
        .into_iter()
        .filter_map(|(rule, bound)| Some(Rule::Number(rule, bound.clone()?)));
    let steps = limits.multiples_of.iter().cloned();
    let steps = steps.map(|step| Rule::Number(NumberRule::MultipleOf, step));
    let counts = counts
        .into_iter()
        .filter_map(|(rule, count)| Some(Rule::Count(rule, count?)));
    let patterns = limits.patterns.iter().cloned().map(Rule::Pattern);
    let unique = limits.unique_items.then_some(Rule::UniqueItems);
    let dependent = limits.dependent.iter().cloned();
    let dependent = dependent.map(|(name, needed)| Rule::Dependent(name, needed));
    numbers
        .chain(steps)
        .chain(counts)
        .chain(patterns)
        .chain(unique)
        .chain(dependent)
        .collect()
}
