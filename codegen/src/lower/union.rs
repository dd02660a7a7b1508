//! Unions become enums; how the branch is found was decided in `api`.

use super::model::{Attributes, Codec, Kind, Tagging, Type, Union, UnionVariant};
use super::value_type::is_record;
use super::{conversions, paragraph, Context, Form};
use crate::api::model::{
    JsonType, SchemaId, Shape, Tagging as Decided, Union as Branches, Variant,
};
use crate::names::Ident;
use crate::rustdoc;

/// The enum of a union in this form.
pub fn lower(context: &Context<'_>, id: SchemaId, union: &Branches, form: Form) -> Option<Union> {
    let idents = context.members(id);
    let mut variants: Vec<_> = union
        .variants
        .iter()
        .zip(idents)
        .enumerate()
        .map(|(index, (variant, ident))| branch(context, (index, variant), ident, union, form))
        .collect();
    mark_conversions(context, union, &mut variants);
    widen_integers(&mut variants);
    let from = (form == Form::Input)
        .then(|| conversions::lower_union(context, id, union, &variants))
        .flatten();
    Some(Union {
        name: context.name(id, form)?,
        attributes: context.attributes(id),
        tagging: tagging(&union.tagging),
        variants,
        from,
        unlisted: idents.last()?.clone(),
        blank: None,
    })
}

fn tagging(decided: &Decided) -> Tagging {
    match decided {
        Decided::Property {
            name,
            declared,
            tag: _,
        } => Tagging::Member(name.clone(), *declared),
        Decided::Type => Tagging::Type,
        Decided::Keys(_) => Tagging::Keys,
        Decided::Text(_) => Tagging::Text,
        Decided::Event(data) => Tagging::Event(data.clone()),
        Decided::Trial => Tagging::Trial,
    }
}

fn branch(
    context: &Context<'_>,
    (index, variant): (usize, &Variant),
    ident: &Ident,
    union: &Branches,
    form: Form,
) -> UnionVariant {
    let key = match &union.tagging {
        Decided::Keys(keys) => keys.get(index).cloned().flatten(),
        Decided::Property { .. }
        | Decided::Type
        | Decided::Text(_)
        | Decided::Event(_)
        | Decided::Trial => None,
    };
    let listed = match &union.tagging {
        Decided::Text(lists) => lists.get(index).cloned(),
        Decided::Property { .. }
        | Decided::Type
        | Decided::Keys(_)
        | Decided::Event(_)
        | Decided::Trial => None,
    };
    // What a branch allows of null, the union around it does; events come one by one.
    let value = match &union.tagging {
        Decided::Event(_) => context.nullable_value(&variant.value, form),
        Decided::Property { .. }
        | Decided::Type
        | Decided::Keys(_)
        | Decided::Text(_)
        | Decided::Trial => context.value(&variant.value, form),
    };
    UnionVariant {
        ident: ident.clone(),
        attributes: attributes(variant, union),
        value: if holds_record(context, variant.value.schema)
            && !matches!(value.ty, Type::Foreign(_))
        {
            value.boxed()
        } else {
            value
        },
        tags: variant.tags.clone(),
        key,
        listed: listed.unwrap_or_default(),
        kinds: kinds(variant),
        from: false,
    }
}

/// What the document says of a branch; with the names of the events that it stands for, where these are several.
fn attributes(variant: &Variant, union: &Branches) -> Attributes {
    let mut docs = rustdoc::summary(&variant.value.docs);
    if let (Decided::Event(_), [_, _, ..]) = (&union.tagging, variant.tags.as_slice()) {
        let names = variant.tags.iter().map(|name| format!("`{name}`"));
        let names = names.collect::<Vec<_>>().join(", ");
        paragraph(&mut docs, vec![format!("Events {names}.")]);
    }
    Attributes {
        docs,
        deprecated: variant.value.docs.deprecated,
    }
}

/// Whether a value is a struct or another union in place, which would make the enum large or endless.
fn holds_record(context: &Context<'_>, id: SchemaId) -> bool {
    match context.schema(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => is_record(object),
        Some(Shape::Union(_) | Shape::Tuple(_)) => true,
        Some(Shape::Alias(usage)) => holds_record(context, usage.schema),
        Some(_) | None => context.boxes.is_endless(id),
    }
}

/// The JSON types of a branch's values.
pub fn kinds(variant: &Variant) -> Vec<Kind> {
    let kind = |json: &JsonType| match json {
        JsonType::Null => Kind::Null,
        JsonType::Bool => Kind::Bool,
        JsonType::Integer => Kind::Integer,
        JsonType::Fraction => Kind::Number,
        JsonType::Text => Kind::Text,
        JsonType::List => Kind::List,
        JsonType::Object => Kind::Object,
    };
    variant.types.iter().map(kind).collect()
}

/// `From` a value is given where its type and codec tell the branch without doubt: no other branch holds the same
/// struct or enum, be it under another name.
fn mark_conversions(context: &Context<'_>, union: &Branches, variants: &mut [UnionVariant]) {
    let held: Vec<_> = union
        .variants
        .iter()
        .map(|variant| held(context, variant.value.schema))
        .collect();
    // Nobody makes events: they come.
    let is_event = matches!(union.tagging, Decided::Event(_));
    for (variant, own) in variants.iter_mut().zip(&held) {
        let same = held.iter().filter(|other| *other == own).count();
        let named =
            matches!(&variant.value.ty, Type::Boxed(inner) if matches!(**inner, Type::Named(_)));
        let is_plain = named && variant.value.codec == Codec::Own;
        variant.from = is_plain && own.is_some() && same == 1 && !is_event;
    }
}

/// The schema whose struct or enum a value of this one is, behind all names that stand for it.
fn held(context: &Context<'_>, id: SchemaId) -> Option<SchemaId> {
    match context.schema(id).map(|schema| &schema.shape)? {
        Shape::Alias(usage) => held(context, usage.schema),
        Shape::Object(object) => is_record(object).then_some(id),
        Shape::Union(_) => Some(id),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Tuple(_) => None,
    }
}

/// Whole numbers stand for all numbers only where no branch is for the others; the reader takes `3.0` either way.
fn widen_integers(variants: &mut [UnionVariant]) {
    let has_fractions = |variant: &UnionVariant| variant.kinds.contains(&Kind::Number);
    if variants.iter().any(has_fractions) {
        return;
    }
    for variant in variants {
        let integer = variant.kinds.iter().position(|kind| *kind == Kind::Integer);
        if let Some(at) = integer {
            variant.kinds.insert(at + 1, Kind::Number);
        }
    }
}
