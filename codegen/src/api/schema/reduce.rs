//! Taking off what is only wrapping: one-branch `allOf`, a branch beside `null`, a reference into a schema.

use super::all_of::gather;
use super::facts::Facts;
use super::kinds::Kinds;
use crate::api::resolve::Resolver;
use crate::api::schema_location::{branches, component_name, Said, Source};
use openapiv3::{Schema, SchemaData};

/// How many wrappings are taken off before the rest counts as it stands.
const LAYERS: usize = 1000;

/// What is left of a place when the wrapping is off.
#[derive(Debug, Default)]
pub(super) struct Reduced<'a> {
    /// What says something, each once.
    pub leaves: Vec<Source<'a>>,
    /// What the wrapping notes, the outermost first.
    pub wrapping: Vec<&'a SchemaData>,
    /// Whether the wrapping allows `null`.
    pub nullable: bool,
}

/// Takes the wrapping off.
pub(super) fn reduce<'a>(resolver: Resolver<'a>, sources: &[Source<'a>]) -> Reduced<'a> {
    let mut reduced = Reduced::default();
    let mut stack: Vec<Source<'a>> = sources.iter().rev().cloned().collect();
    let mut layers = LAYERS;
    while let Some(source) = stack.pop() {
        layers = layers.saturating_sub(1);
        match unwrap(resolver, &source).filter(|_| layers > 0) {
            Some(Unwrapped::Target(target)) => stack.push(target),
            Some(Unwrapped::Inner(schema, inner)) => {
                reduced.wrapping.push(&schema.schema_data);
                reduced.nullable |= schema.schema_data.nullable || inner.null;
                stack.extend(inner.sources.into_iter().rev());
            }
            None => {
                if !reduced.leaves.iter().any(|leaf| leaf.same_target(&source)) {
                    reduced.leaves.push(source);
                }
            }
        }
    }
    drop_repeated_types(resolver, &mut reduced);
    reduced
}

/// Takes out what only repeats a type that the others say too: `type: object`, or nothing at all, beside a reference.
fn drop_repeated_types<'a>(resolver: Resolver<'a>, reduced: &mut Reduced<'a>) {
    if resolver.literal || reduced.leaves.len() < 2 {
        return;
    }
    let (bare, telling): (Vec<_>, Vec<_>) = reduced
        .leaves
        .iter()
        .cloned()
        .partition(|leaf| only_type(leaf).is_some());
    if telling.is_empty() || bare.is_empty() {
        return;
    }
    let mut said = bare.iter().filter_map(only_type);
    let repeated = said.all(|(_, kinds)| {
        kinds == Kinds::ALL || {
            let inferred = gather(resolver, &telling).inferred();
            inferred != Kinds::ALL && inferred.within(kinds)
        }
    });
    if repeated {
        for (schema, _) in bare.iter().filter_map(only_type) {
            reduced.nullable |= schema.schema_data.nullable;
            reduced.wrapping.push(&schema.schema_data);
        }
        reduced.leaves = telling;
    }
}

/// A schema that says no more than a type, or nothing, and that type.
fn only_type<'a>(source: &Source<'a>) -> Option<(&'a Schema, Kinds)> {
    let schema = source.whole()?;
    let facts = Facts::of(schema);
    let bare = facts.is_bare_but_type() && facts.is_simple();
    (bare && schema.schema_data.discriminator.is_none()).then_some((schema, facts.kinds))
}

enum Unwrapped<'a> {
    /// A reference that leads into a schema, and there.
    Target(Source<'a>),
    /// A wrapping, and what is in it.
    Inner(&'a Schema, Inner<'a>),
}

struct Inner<'a> {
    sources: Vec<Source<'a>>,
    null: bool,
}

fn unwrap<'a>(resolver: Resolver<'a>, source: &Source<'a>) -> Option<Unwrapped<'a>> {
    match source.said {
        Said::Reference(reference) if component_name(reference).is_none() => {
            resolver.schema(reference).map(Unwrapped::Target)
        }
        Said::Whole(schema) => {
            let inner = inside(resolver, &source.pointer, schema)?;
            Some(Unwrapped::Inner(schema, inner))
        }
        Said::Reference(_)
        | Said::Component(_)
        | Said::Own(_)
        | Said::Inherited(_)
        | Said::OneOf(_)
        | Said::AnyOf(_) => None,
    }
}

/// What is in a schema that says nothing itself.
fn inside<'a>(resolver: Resolver<'a>, pointer: &str, schema: &'a Schema) -> Option<Inner<'a>> {
    let facts = Facts::of(schema);
    if schema.schema_data.discriminator.is_some() || !facts.is_bare_but_type() {
        return None;
    }
    let parents = branches(pointer, "allOf", facts.all_of);
    match (parents.is_empty(), facts.one_of, facts.any_of) {
        (_, [], []) if facts.kinds == Kinds::ALL => Some(Inner {
            sources: parents,
            null: false,
        }),
        (false, [], []) => repeated_type(resolver, parents, facts.kinds),
        (true, union, []) if facts.kinds == Kinds::ALL => {
            one_branch(resolver, branches(pointer, "oneOf", union))
        }
        (true, [], union) if facts.kinds == Kinds::ALL => {
            one_branch(resolver, branches(pointer, "anyOf", union))
        }
        _ => None,
    }
}

/// The branch of a union that has no other but `null`.
fn one_branch<'a>(resolver: Resolver<'a>, branches: Vec<Source<'a>>) -> Option<Inner<'a>> {
    let (nulls, mut sources): (Vec<_>, Vec<_>) = branches
        .into_iter()
        .partition(|branch| is_null(resolver, branch));
    sources.dedup_by(|next, kept| kept.same_target(next));
    (sources.len() == 1).then_some(Inner {
        sources,
        null: !nulls.is_empty(),
    })
}

/// A reference beside which its own type is said once more.
fn repeated_type<'a>(
    resolver: Resolver<'a>,
    parents: Vec<Source<'a>>,
    kinds: Kinds,
) -> Option<Inner<'a>> {
    let [parent] = parents.as_slice() else {
        return None;
    };
    let target = gather(resolver, std::slice::from_ref(parent)).inferred();
    let same = target != Kinds::ALL && target.within(kinds);
    same.then_some(Inner {
        sources: parents,
        null: false,
    })
}

/// Whether a place allows `null` and nothing else.
pub(super) fn is_null<'a>(resolver: Resolver<'a>, source: &Source<'a>) -> bool {
    let schema = match source.said {
        Said::Reference(reference) => resolver.schema(reference),
        Said::Component(name) => resolver.component_schema(name),
        Said::Whole(_) | Said::Own(_) | Said::Inherited(_) | Said::OneOf(_) | Said::AnyOf(_) => {
            Some(source.clone())
        }
    };
    let Some(schema) = schema.and_then(|source| source.whole()) else {
        return false;
    };
    let facts = Facts::of(schema);
    let listed = facts.values.as_ref();
    facts.kinds == Kinds::NULL
        || listed.is_some_and(|values| values.iter().all(serde_json::Value::is_null))
}
