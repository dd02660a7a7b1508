//! The second pass: with the shape of every node known, unions get their tagging and the arena is closed.

use super::constants::{note_constants, Tags};
use super::nodes::{index, Node};
use super::notes;
use super::nulls::nulls;
use super::shape::{Branched, Form, Formed};
use super::tagging::{Mapping, Shapes};
use super::Lowering;
use crate::api::model::{
    AnyReason, Schema, SchemaId, Schemas, Shape, Site, Tagging, Union, Use, Variant,
};
use crate::diagnostics::codes::api as codes;
use std::collections::BTreeSet;

/// Closes the arena.
pub(in crate::api) fn finish(mut lowering: Lowering) -> Schemas {
    let mut formed = std::mem::take(&mut lowering.formed);
    break_circles(&mut lowering, &mut formed);
    let mut shapes = Shapes::of(&formed);
    let mut unions = Vec::with_capacity(formed.len());
    let mut open = BTreeSet::new();
    let mut tags = Tags::default();
    for (id, formed) in (0..).map(SchemaId).zip(&formed) {
        let found = match &formed.form {
            Form::Done(_) => None,
            Form::Union(branched) => Some(union(&mut lowering, &mut shapes, branched)),
        };
        if let Some(found) = &found {
            open.extend(shapes.overlapping(id, &found.tagging));
            tags.add(&shapes, found);
        }
        unions.push(found);
    }
    lowering.keep_members(&mut formed, &open);
    tags.settle(&mut formed);
    unions.resize(formed.len(), None);
    let nulls = nulls(&formed);
    let place = lowering.place;
    let nodes = lowering.nodes.into_all();
    let all = nodes.into_iter().zip(formed).zip(unions).zip(nulls);
    let all = all.map(|(((node, mut formed), union), null)| {
        let place = place(&node.pointer);
        let pointer = node.pointer.clone();
        formed.nullable |= null && union.is_some();
        schema(node, formed, union, Site { pointer, place })
    });
    let mut schemas = Schemas::new(all.collect());
    note_constants(&mut schemas);
    schemas
}

/// Takes out schemas that are only references to one another: they say nothing.
fn break_circles(lowering: &mut Lowering, formed: &mut [Formed]) {
    // The walk in which a node was passed; a walk that meets its own mark has gone round.
    let mut passed = vec![usize::MAX; formed.len()];
    for start in 0..formed.len() {
        let mut at = start;
        while passed.get(at) == Some(&usize::MAX) {
            if let Some(mark) = passed.get_mut(at) {
                *mark = start;
            }
            match formed.get(at).and_then(same) {
                Some(next) => at = next,
                None => break,
            }
        }
        let round = passed.get(at) == Some(&start) && formed.get(at).and_then(same).is_some();
        if let (true, Some(circle)) = (round, formed.get_mut(at)) {
            let why = "the reference leads back to itself";
            if let Form::Done(Shape::Alias(used)) = &circle.form {
                lowering.report(codes::CIRCLE, &used.at.pointer, why);
            }
            circle.form = Form::Done(Shape::Any(AnyReason::Lossy(why.to_owned())));
        }
    }
}

/// The node that another one only refers to.
fn same(formed: &Formed) -> Option<usize> {
    if let Form::Done(Shape::Alias(used)) = &formed.form {
        return index(used.schema);
    }
    None
}

fn schema(node: Node, formed: Formed, union: Option<Union>, at: Site) -> Schema {
    let shape = match (formed.form, union) {
        (Form::Done(shape), _) => shape,
        (Form::Union(_), Some(union)) => Shape::Union(union),
        (Form::Union(_), None) => Shape::Never,
    };
    let named = matches!(
        node.owner,
        crate::api::model::Owner::Schema(_, crate::api::model::Role::Property(_))
    );
    Schema {
        at,
        owner: node.owner,
        shape,
        nullable: formed.nullable,
        constraints: formed.limits,
        default: notes::default(&formed.notes),
        examples: notes::examples(&formed.notes),
        docs: notes::all_docs(&formed.notes),
        name: notes::name(&formed.notes)
            .filter(|_| !named)
            .or_else(|| notes::enum_name(&formed.notes)),
    }
}

fn union(lowering: &mut Lowering, shapes: &mut Shapes, branched: &Branched) -> Union {
    let declared = branched.declared.as_ref();
    let mapping = declared.map(|declared| mapping(lowering, branched, declared));
    let decided = shapes.decide(branched, mapping.as_ref());
    if let (Some(why), Some(declared)) = (&decided.unusable, declared) {
        lowering.report(
            codes::DISCRIMINATOR_UNUSABLE,
            &declared.pointer,
            why.clone(),
        );
    }
    let ids = branched.branches.iter().map(|branch| branch.value.schema);
    let ids: Vec<SchemaId> = ids.collect();
    let by_trial = (decided.tagging == Tagging::Trial && !shapes.are_apart(&ids))
        .then(|| "nothing tells the branches of this union apart for sure".to_owned());
    if let (Some(why), Some(branch)) = (by_trial.or(decided.shared), branched.branches.first()) {
        let pointer = branch.value.at.pointer.clone();
        lowering.report(codes::BY_TRIAL, &pointer, why);
    }
    let found = decided.tags.into_iter().zip(decided.types);
    let variants = branched.branches.iter().zip(found);
    let variants = variants
        .map(|(branch, (tags, types))| Variant {
            value: Use {
                nullable: false,
                ..branch.value.clone()
            },
            tags,
            types: types.types(),
            component: branch.component.clone(),
        })
        .collect();
    Union {
        variants,
        tagging: decided.tagging,
    }
}

/// The tags that a declared discriminator gives to each branch.
fn mapping(
    lowering: &mut Lowering,
    branched: &Branched,
    declared: &super::shape::Declared,
) -> Mapping {
    let mut tags = vec![Vec::new(); branched.branches.len()];
    for (tag, target) in &declared.discriminator.mapping {
        let name = lowering.mapped(target);
        let found = name.and_then(|name| {
            let component = lowering.nodes.find(&crate::api::resolve::component(name));
            branched.branches.iter().position(|branch| {
                branch.component.as_deref() == Some(name)
                    || component.is_some_and(|id| id == branch.value.schema)
            })
        });
        match found.and_then(|at| tags.get_mut(at)) {
            Some(list) => list.push(tag.clone()),
            None if declared.inherited => {}
            None => {
                let message = format!("`{tag}` is mapped to `{target}`, which is no branch");
                lowering.report(codes::MAPPING_NOWHERE, &declared.pointer, message);
            }
        }
    }
    Mapping {
        property: declared.discriminator.property_name.clone(),
        tags,
    }
}
