//! Unwrapping: removes schemas that only wrap another one, such as `allOf` of one schema, a union of a schema and
//! `null`, or a reference into a schema.

use super::merge::{merge, merge_one};
use crate::api::keywords::{Annotations, Keywords};
use crate::api::model::Json;
use crate::api::resolve::Resolver;
use crate::api::schema_source::{component_name, Part, SchemaSource};
use crate::api::type_set::TypeSet;
use openapiv3::Schema;

/// Maximum number of wrappings to remove.
const MAX_LAYERS: usize = 1000;

/// Sources without their wrappings.
#[derive(Debug, Default)]
pub(super) struct Unwrapped<'a> {
    /// Distinct sources that describe the values.
    pub leaves: Vec<SchemaSource<'a>>,
    /// Annotations of the wrappings, the outermost first.
    pub wrapping: Annotations<'a>,
    /// `true` if a wrapping allows `null`.
    pub nullable: bool,
}

/// Removes the wrappings of sources.
pub(super) fn unwrap<'a>(resolver: Resolver<'a>, sources: &[SchemaSource<'a>]) -> Unwrapped<'a> {
    let mut unwrapped = Unwrapped::default();
    let mut stack: Vec<SchemaSource<'a>> = sources.iter().rev().cloned().collect();
    let mut layers = MAX_LAYERS;
    while let Some(source) = stack.pop() {
        layers = layers.saturating_sub(1);
        if layers > 0 {
            if let Some(target) = inner_target(resolver, &source) {
                stack.push(target);
                continue;
            }
            if let Some((schema, inner, has_null)) = wrapped(resolver, &source) {
                unwrapped.wrapping.0.push(&schema.schema_data);
                unwrapped.nullable |= schema.schema_data.nullable || has_null;
                stack.extend(inner.into_iter().rev());
                continue;
            }
        }
        if !unwrapped.leaves.iter().any(|leaf| leaf.same_target(&source)) {
            unwrapped.leaves.push(source);
        }
    }
    if !resolver.literal && unwrapped.leaves.len() > 1 {
        drop_repeated_types(resolver, &mut unwrapped);
    }
    unwrapped
}

/// Returns the target of a reference into a schema.
fn inner_target<'a>(resolver: Resolver<'a>, source: &SchemaSource<'a>) -> Option<SchemaSource<'a>> {
    let Part::Reference(reference) = source.part else {
        return None;
    };
    match component_name(reference) {
        Some(_) => None,
        None => resolver.schema(reference),
    }
}

/// Removes sources that only repeat a type that the others have: `type: object`, or nothing at all, next to a
/// reference.
fn drop_repeated_types<'a>(resolver: Resolver<'a>, unwrapped: &mut Unwrapped<'a>) {
    let leaves = unwrapped.leaves.iter().cloned();
    let (bare, others): (Vec<_>, Vec<_>) = leaves.partition(|leaf| only_type(leaf).is_some());
    let bare: Vec<_> = bare.iter().filter_map(only_type).collect();
    if others.is_empty() || bare.is_empty() {
        return;
    }
    let is_repeated = |types: TypeSet| {
        types == TypeSet::ALL || {
            let inferred = merge(resolver, &others).inferred_types();
            inferred != TypeSet::ALL && inferred.within(types)
        }
    };
    if bare.iter().all(|schema| is_repeated(schema.types())) {
        for schema in bare {
            unwrapped.nullable |= schema.schema_data.nullable;
            unwrapped.wrapping.0.push(&schema.schema_data);
        }
        unwrapped.leaves = others;
    }
}

/// Returns a schema that declares at most a type.
fn only_type<'a>(source: &SchemaSource<'a>) -> Option<&'a Schema> {
    source.whole().filter(|schema| {
        schema.has_only_type()
            && !schema.is_composed()
            && schema.schema_data.discriminator.is_none()
    })
}

/// Returns the wrapping, the sources in it, and `true` if the wrapping is a union with `null`.
fn wrapped<'a>(
    resolver: Resolver<'a>,
    source: &SchemaSource<'a>,
) -> Option<(&'a Schema, Vec<SchemaSource<'a>>, bool)> {
    let schema = source.whole()?;
    if schema.schema_data.discriminator.is_some() || !schema.has_only_type() {
        return None;
    }
    let types = schema.types();
    let keywords = schema.keywords();
    let list = |keyword, schemas| SchemaSource::list(&source.pointer, keyword, schemas);
    let union = match (
        keywords.all_of.as_slice(),
        keywords.one_of.as_slice(),
        keywords.any_of.as_slice(),
    ) {
        (parents, [], []) if types == TypeSet::ALL => {
            return Some((schema, list("allOf", parents), false));
        }
        ([_, ..], [], []) => {
            // A reference next to its own type.
            let parents = list("allOf", &keywords.all_of);
            let [parent] = parents.as_slice() else {
                return None;
            };
            let inherited = merge_one(resolver, parent).inferred_types();
            let is_repeated = inherited != TypeSet::ALL && inherited.within(types);
            return is_repeated.then_some((schema, parents, false));
        }
        ([], union, []) if types == TypeSet::ALL => list("oneOf", union),
        ([], [], union) if types == TypeSet::ALL => list("anyOf", union),
        _ => return None,
    };
    let (nulls, mut branches): (Vec<_>, Vec<_>) =
        union.into_iter().partition(|branch| is_null(resolver, branch));
    branches.dedup_by(|next, earlier| earlier.same_target(next));
    (branches.len() == 1).then_some((schema, branches, !nulls.is_empty()))
}

/// `true` if a source allows only `null`.
pub(super) fn is_null<'a>(resolver: Resolver<'a>, source: &SchemaSource<'a>) -> bool {
    let schema = match source.part {
        Part::Reference(reference) => resolver.schema(reference),
        Part::Component(name) => resolver.component_schema(name),
        Part::Whole(_) | Part::Direct(_) | Part::Inherited(_) | Part::OneOf(_) | Part::AnyOf(_) => {
            Some(source.clone())
        }
    };
    schema.and_then(|source| source.whole()).is_some_and(|schema| {
        let values = &schema.keywords().enumeration;
        schema.types() == TypeSet::NULL || !values.is_empty() && values.iter().all(Json::is_null)
    })
}
