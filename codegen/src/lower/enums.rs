//! Choices and unions become enums; `api` has determined how the branches of a union are distinguished.

use super::model::{
    Attributes, Choice, ChoiceBase, ChoiceVariant, Codec, JsonKind, Tagging, Type, Union,
    UnionVariant,
};
use super::{conversions, Context, Direction};
use crate::api::model::{self, Json, JsonType, SchemaId, Shape, Variant};
use crate::names::{is_nominal, is_record, Ident};

/// Returns the enum of a choice, open unless the options close it.
pub fn choice(context: &Context<'_>, id: SchemaId, choice: &model::Choice) -> Option<Choice> {
    let base = match choice.base {
        model::ChoiceBase::Text => ChoiceBase::Text,
        model::ChoiceBase::Integer if choice.values.iter().all(|value| value.wire.is_i64()) => {
            ChoiceBase::Integer
        }
        model::ChoiceBase::Integer | model::ChoiceBase::Bool | model::ChoiceBase::Mixed => {
            ChoiceBase::Value
        }
    };
    let idents = context.members(id);
    let variants = choice.values.iter().zip(idents);
    let variants = variants.map(|(value, ident)| ChoiceVariant {
        ident: ident.clone(),
        attributes: Attributes::from(&value.docs),
        wire: match (&value.wire, base) {
            (Json::String(text), ChoiceBase::Text) => text.clone(),
            (wire, _) => wire.to_string(),
        },
    });
    let is_open = choice.open || !context.options.closed_enums;
    Some(Choice {
        name: context.names.types.get(&id)?.read.clone(),
        attributes: context.attributes(id),
        base,
        variants: variants.collect(),
        unlisted: idents.last().cloned().filter(|_| is_open),
    })
}

/// Returns the enum of a union in this direction.
pub fn union(
    context: &Context<'_>,
    id: SchemaId,
    union: &model::Union,
    direction: Direction,
) -> Option<Union> {
    let idents = context.members(id);
    let variants = union.variants.iter().zip(idents).enumerate();
    let mut variants: Vec<_> = variants
        .map(|(index, (branch, ident))| variant(context, union, index, branch, ident, direction))
        .collect();
    mark_from(context, union, &mut variants);
    widen_integers(&mut variants);
    let tagging = match &union.tagging {
        model::Tagging::Property { name, declared, .. } => Tagging::Member(name.clone(), *declared),
        model::Tagging::Type => Tagging::Type,
        model::Tagging::Keys(_) => Tagging::Keys,
        model::Tagging::Text(_) => Tagging::Text,
        model::Tagging::Event(data) => Tagging::Event(data.clone()),
        model::Tagging::Trial => Tagging::Trial,
    };
    // Only a tag can be undocumented; without tags, a value of no branch is an error.
    let has_tags = matches!(tagging, Tagging::Member(..) | Tagging::Event(_));
    let conversion = (direction == Direction::Request)
        .then(|| conversions::union(context, id, union, &variants))
        .flatten();
    Some(Union {
        name: context.name(id, direction)?,
        attributes: context.attributes(id),
        tagging,
        variants,
        unlisted: Some(idents.last()?.clone()).filter(|_| has_tags),
        blank: None,
        conversion,
    })
}

fn variant(
    context: &Context<'_>,
    union: &model::Union,
    index: usize,
    branch: &Variant,
    ident: &Ident,
    direction: Direction,
) -> UnionVariant {
    let mut key = None;
    let mut texts = Vec::new();
    let mut value = context.value(&branch.value, direction);
    let mut attributes = Attributes::from(&branch.value.docs);
    match &union.tagging {
        model::Tagging::Keys(keys) => key = keys.get(index).cloned().flatten(),
        model::Tagging::Text(lists) => texts = lists.get(index).cloned().unwrap_or_default(),
        model::Tagging::Event(_) => {
            // Null is a value of the union, not of a variant; but events are decoded one by one.
            value = context.nullable_value(&branch.value, direction);
            if branch.tags.len() > 1 {
                let names: Vec<_> = branch.tags.iter().map(|name| format!("`{name}`")).collect();
                attributes.paragraph([format!("Events {}.", names.join(", "))]);
            }
        }
        model::Tagging::Property { .. } | model::Tagging::Type | model::Tagging::Trial => {}
    }
    if contains_enum_or_struct(context, branch.value.schema)
        && !matches!(value.ty, Type::Foreign(_))
    {
        value = value.boxed();
    }
    UnionVariant {
        ident: ident.clone(),
        attributes,
        value,
        tags: branch.tags.clone(),
        key,
        texts,
        kinds: kinds(branch),
        has_from: false,
    }
}

/// `true` if a value contains a struct or union in place, which would make the enum large or infinitely recursive.
fn contains_enum_or_struct(context: &Context<'_>, id: SchemaId) -> bool {
    match context.schema(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => is_record(object),
        Some(Shape::Union(_) | Shape::Tuple(_)) => true,
        Some(Shape::Alias(usage)) => contains_enum_or_struct(context, usage.schema),
        Some(_) | None => context.boxes.is_endless(id),
    }
}

/// Returns the JSON types of a branch's values.
pub fn kinds(variant: &Variant) -> Vec<JsonKind> {
    let kind = |json: &JsonType| match json {
        JsonType::Null => JsonKind::Null,
        JsonType::Bool => JsonKind::Bool,
        JsonType::Integer => JsonKind::Integer,
        JsonType::Fraction => JsonKind::Number,
        JsonType::Text => JsonKind::Text,
        JsonType::List => JsonKind::List,
        JsonType::Object => JsonKind::Object,
    };
    variant.types.iter().map(kind).collect()
}

/// Marks the variants whose type determines the branch: no other branch contains the same struct or enum, not even
/// through an alias.
fn mark_from(context: &Context<'_>, union: &model::Union, variants: &mut [UnionVariant]) {
    if matches!(union.tagging, model::Tagging::Event(_)) {
        return; // Callers never construct events.
    }
    let is_nominal = |id: &SchemaId| {
        let shape = context.shape(*id);
        shape.is_some_and(|shape| is_nominal(shape) && !matches!(shape, Shape::Choice(_)))
    };
    let targets = union.variants.iter().map(|branch| {
        let target = context.resolve(branch.value.schema);
        Some(target).filter(is_nominal)
    });
    let targets: Vec<_> = targets.collect();
    for (variant, target) in variants.iter_mut().zip(&targets) {
        let is_unique = targets.iter().filter(|other| *other == target).count() == 1;
        let is_named =
            matches!(&variant.value.ty, Type::Boxed(inner) if matches!(**inner, Type::Named(_)));
        let is_native = variant.value.codec == Codec::Native;
        variant.has_from = is_named && is_native && target.is_some() && is_unique;
    }
}

/// Lets an integer branch accept any number, if no branch is for other numbers; integers are also written as `3.0`.
fn widen_integers(variants: &mut [UnionVariant]) {
    if variants.iter().any(|variant| variant.kinds.contains(&JsonKind::Number)) {
        return;
    }
    for variant in variants {
        let integer = variant.kinds.iter().position(|kind| *kind == JsonKind::Integer);
        if let Some(at) = integer {
            variant.kinds.insert(at + 1, JsonKind::Number);
        }
    }
}
