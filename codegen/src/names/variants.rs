//! Variant names of unions.

use super::case::camel;
use crate::api::model::{
    Api, Choice, IntegerFormat, Object, Owner, Role, Schema, Shape, Tagging, TextFormat, Union,
    Variant,
};

/// Returns the word for the branch at this index: its component or title, its tag, or its type.
pub fn word(api: &Api, union: &Union, index: usize) -> String {
    let Some(variant) = union.variants.get(index) else {
        return format!("Variant{}", index + 1);
    };
    let Some(schema) = api.schemas.get(variant.value.schema) else {
        return format!("Variant{}", index + 1);
    };
    let word = event_word(union, variant)
        .or_else(|| declared_word(variant, schema))
        .or_else(|| distinguishing(api, union, index))
        .unwrap_or_else(|| type_word(api, schema));
    if word.is_empty() {
        format!("Variant{}", index + 1)
    } else {
        word
    }
}

/// Returns the name of an event, regardless of its data.
fn event_word(union: &Union, variant: &Variant) -> Option<String> {
    let named = matches!(union.tagging, Tagging::Event(_));
    let name = variant.tags.first().filter(|_| named);
    name.map(|name| camel(name))
}

fn declared_word(variant: &Variant, schema: &Schema) -> Option<String> {
    if let Some(name) = &variant.component {
        return Some(camel(name));
    }
    if let Owner::Component(name) = &schema.owner {
        return Some(camel(schema.name.as_deref().unwrap_or(name)));
    }
    let title = variant.value.docs.title.as_ref().or(schema.docs.title.as_ref());
    let short = title.filter(|title| title.split_whitespace().count() <= 4);
    schema.name.as_ref().or(short).or(variant.tags.first()).map(|parts| camel(parts))
}

/// Returns a word for an object by a property that no other branch has, required ones first, then alphabetically, so
/// that the order of the document is irrelevant.
fn distinguishing(api: &Api, union: &Union, index: usize) -> Option<String> {
    let object_of = |variant: &Variant| as_object(&api.schemas.get(variant.value.schema)?.shape);
    let object = object_of(union.variants.get(index)?)?;
    if fixed_word(api, object).is_some() {
        return None;
    }
    let others = union.variants.iter().enumerate();
    let others = others.filter(|(at, _)| *at != index);
    let others: Vec<&Object> = others.filter_map(|(_, variant)| object_of(variant)).collect();
    let is_unique =
        |name: &&String| !others.iter().any(|other| other.properties.contains_key(*name));
    let named = |required: bool| {
        let here = object.properties.iter();
        let here = here.filter(|(_, property)| property.required == required);
        here.map(|(name, _)| name).filter(is_unique).min()
    };
    let name = named(true).or_else(|| named(false))?;
    Some(format!("With{}", camel(name)))
}

fn as_object(shape: &Shape) -> Option<&Object> {
    if let Shape::Object(object) = shape {
        return Some(object);
    }
    None
}

fn as_choice(shape: &Shape) -> Option<&Choice> {
    if let Shape::Choice(choice) = shape {
        return Some(choice);
    }
    None
}

pub fn type_word(api: &Api, schema: &Schema) -> String {
    match &schema.shape {
        Shape::Any(_) => "Any".to_owned(),
        Shape::Never => "Never".to_owned(),
        Shape::Null => "Null".to_owned(),
        Shape::Bool => "Bool".to_owned(),
        Shape::Integer(format) => integer_word(*format).to_owned(),
        Shape::Number(_) => "Number".to_owned(),
        Shape::Text(format) => text_word(format),
        Shape::Choice(choice) => choice_word(choice),
        Shape::List(list) => format!("{}List", target_word(api, &list.item)),
        Shape::Tuple(_) => "Tuple".to_owned(),
        Shape::Object(object) => object_word(api, object, schema),
        Shape::Union(_) => "Union".to_owned(),
        Shape::Alias(usage) => target_word(api, usage),
    }
}

fn target_word(api: &Api, usage: &crate::api::model::Use) -> String {
    match api.schemas.get(usage.schema) {
        Some(schema) => match &schema.owner {
            Owner::Component(name) => camel(name),
            Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => type_word(api, schema),
        },
        None => String::new(),
    }
}

fn integer_word(format: Option<IntegerFormat>) -> &'static str {
    match format {
        Some(IntegerFormat::Int32) => "Int32",
        Some(IntegerFormat::Int64) => "Int64",
        Some(
            IntegerFormat::Int8
            | IntegerFormat::Int16
            | IntegerFormat::Uint8
            | IntegerFormat::Uint16
            | IntegerFormat::Uint32
            | IntegerFormat::Uint64,
        )
        | None => "Integer",
    }
}

fn text_word(format: &TextFormat) -> String {
    if let TextFormat::Other(name) = format {
        return camel(name);
    }
    let word = match (format, format.row()) {
        (TextFormat::Integer(_), _) => "IntegerText",
        (TextFormat::Number(_), _) => "NumberText",
        (TextFormat::Plain, _) | (_, None) => "Text",
        (_, Some(row)) => row.word,
    };
    word.to_owned()
}

/// A choice of one text is named after it.
fn choice_word(choice: &Choice) -> String {
    match choice.values.as_slice() {
        [only] => only
            .name
            .clone()
            .or_else(|| only.wire.as_str().map(str::to_owned))
            .map_or("Choice".to_owned(), |text| camel(&text)),
        _ => "Choice".to_owned(),
    }
}

/// Returns the word of a required property with a single value.
fn fixed_word(api: &Api, object: &Object) -> Option<String> {
    let required = object.properties.iter();
    let required = required.filter(|(_, property)| property.required);
    let parts = required.filter_map(|(name, property)| {
        let schema = api.schemas.get(property.value.schema)?;
        let one = |choice: &&Choice| choice.values.len() == 1;
        let word = as_choice(&schema.shape).filter(one).map(choice_word)?;
        Some((name, word))
    });
    parts.min().map(|(_, word)| word)
}

/// Names an object after a property with a single value, else after its first required property.
fn object_word(api: &Api, object: &Object, schema: &Schema) -> String {
    let fixed = fixed_word(api, object);
    let required = || {
        let properties = object.properties.iter();
        let required = properties.filter(|(_, property)| property.required);
        let first = required.map(|(name, _)| name).min();
        first.map(|name| format!("With{}", camel(name)))
    };
    let first = || {
        let first = object.properties.keys().min();
        first.map(|name| format!("With{}", camel(name)))
    };
    let plain = || match schema.owner {
        Owner::Schema(_, Role::Variant(_)) if object.properties.is_empty() => {
            Some("Object".to_owned())
        }
        Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) | Owner::Component(_) => None,
    };
    fixed.or_else(required).or_else(first).or_else(plain).unwrap_or_else(|| "Object".to_owned())
}
