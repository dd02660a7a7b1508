//! The second pass: with the shape of every node known, unions get their tagging and the arena is closed.

use super::nodes::Node;
use super::notes;
use super::shape::{Branched, Form, Formed};
use super::tagging::{Mapping, Shapes};
use super::Lowering;
use crate::api::ir::{Schema, Schemas, Shape, Site, Tagging, Union, Variant};
use crate::diagnostics::codes::api as codes;

/// Closes the arena.
pub(in crate::api) fn finish(mut lowering: Lowering) -> Schemas {
    let formed = std::mem::take(&mut lowering.formed);
    let mut shapes = Shapes::of(&formed);
    let mut unions = Vec::with_capacity(formed.len());
    for formed in &formed {
        unions.push(match &formed.form {
            Form::Done(_) => None,
            Form::Union(branched) => Some(union(&mut lowering, &mut shapes, branched)),
        });
    }
    let place = lowering.place;
    let nodes = lowering.nodes.into_all();
    let all = nodes.into_iter().zip(formed).zip(unions);
    let all = all.map(|((node, formed), union)| {
        let place = place(&node.pointer);
        let pointer = node.pointer.clone();
        schema(node, formed, union, Site { pointer, place })
    });
    Schemas::new(all.collect())
}

fn schema(node: Node, formed: Formed, union: Option<Union>, at: Site) -> Schema {
    let shape = match (formed.form, union) {
        (Form::Done(shape), _) => shape,
        (Form::Union(_), Some(union)) => Shape::Union(union),
        (Form::Union(_), None) => Shape::Never,
    };
    let named = matches!(
        node.home,
        crate::api::ir::Home::Within(_, crate::api::ir::Role::Property(_))
    );
    Schema {
        at,
        home: node.home,
        shape,
        nullable: formed.nullable,
        limits: formed.limits,
        default: notes::default(&formed.notes),
        examples: notes::examples(&formed.notes),
        docs: notes::all_docs(&formed.notes),
        name: notes::name(&formed.notes).filter(|_| !named),
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
    if decided.tagging == Tagging::Trial {
        if let Some(branch) = branched.branches.first() {
            let message = "nothing tells the branches of this union apart for sure";
            let pointer = branch.value.at.pointer.clone();
            lowering.report(codes::BY_TRIAL, &pointer, message);
        }
    }
    let variants = branched.branches.iter().zip(decided.tags);
    let variants = variants
        .map(|(branch, tags)| Variant {
            value: branch.value.clone(),
            tags,
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
