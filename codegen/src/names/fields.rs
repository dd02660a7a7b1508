//! Names of fields and variants.

use super::enums::{scope, unlisted, values};
use super::phrases::own_words;
use super::scope::{Scope, Wish};
use super::word_case::{asked_value, snake};
use super::{variants, Ident, TypeNames};
use crate::api::model::{Api, Object, Schema, SchemaId, Shape, Union};
use crate::diagnostics::{Diagnostics, Place};
use std::collections::BTreeMap;

/// Names the fields or variants of every named schema.
pub fn assign(
    api: &Api,
    types: &BTreeMap<SchemaId, TypeNames>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<SchemaId, Vec<Ident>> {
    let named = types
        .iter()
        .filter_map(|(id, names)| Some((*id, &names.read, api.schemas.get(*id)?)));
    named
        .map(|(id, read, schema)| (id, members(api, schema, read, diagnostics)))
        .collect()
}

fn members(api: &Api, schema: &Schema, read: &Ident, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    match &schema.shape {
        Shape::Object(object) => fields(object, diagnostics),
        Shape::Choice(choice) => values(api, schema, choice, diagnostics),
        Shape::Union(union) => branches(api, union, read, diagnostics),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Alias(_) => Vec::new(),
    }
}

/// Names the fields of an object. No methods or locals are reserved: fields have a namespace of their own, and the
/// runtime's macros are hygienic.
fn fields(object: &Object, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let wishes = object.properties.iter().map(|(wire, property)| {
        let asked = property.value.name.as_deref().map(asked_value);
        let own = snake(wire);
        let wanted = asked.clone().unwrap_or_else(|| own.clone());
        let spare = format!("{wanted}_field");
        Wish {
            rank: Wish::rank(asked.is_some(), wire, &wanted),
            key: wire.clone(),
            candidates: vec![wanted, own, spare],
            place: property.value.at.place.clone(),
        }
    });
    let rest = ["additional", "additional_members", "additional_fields"];
    let rest = Wish {
        rank: 9,
        key: String::new(),
        candidates: rest.map(str::to_owned).to_vec(),
        place: Place::Nowhere,
    };
    let wishes: Vec<Wish> = wishes.chain([rest]).collect();
    Scope::default().settle(&wishes, diagnostics)
}

/// Names the variants of a union. Words that repeat the union's own name are dropped if that leaves a unique name.
fn branches(api: &Api, union: &Union, read: &Ident, diagnostics: &mut Diagnostics) -> Vec<Ident> {
    let indices = 0..union.variants.len();
    let whole: Vec<String> = indices.map(|at| variants::word(api, union, at)).collect();
    let short = |word: &String| own_words(word, read.text());
    let shorts: Vec<Option<String>> = whole.iter().map(short).collect();
    let wishes = union.variants.iter().zip(&whole).zip(&shorts);
    let wishes = wishes.map(|((variant, word), short)| {
        let is_only = |short: &&String| {
            let same = shorts.iter().flatten().filter(|other| other == short);
            same.count() == 1 && !whole.contains(short)
        };
        let short = short.as_ref().filter(is_only).cloned();
        let mut candidates: Vec<String> = short.into_iter().collect();
        candidates.extend([word.clone(), format!("{word}Variant")]);
        Wish {
            rank: 0,
            key: format!("{word} {}", variant.tags.join(" ")),
            candidates,
            place: variant.value.at.place.clone(),
        }
    });
    let wishes: Vec<Wish> = wishes.collect();
    let mut idents = scope().settle(&wishes, diagnostics);
    idents.push(unlisted());
    idents
}
