//! Properties with one value: a `const`, or the tag under which every union knows the object.

use super::shape::{Form, Formed};
use super::tagging::Shapes;
use crate::api::model::{
    Access, Json, Object, Property, SchemaId, Schemas, Shape, TagType, Tagging, Union,
};
use std::collections::{BTreeMap, BTreeSet};

/// The property of an object by which a union knows it.
type Tagged = (SchemaId, String);

/// What unions demand of the properties of their branches.
#[derive(Default)]
pub(super) struct Tags(BTreeMap<Tagged, (BTreeSet<String>, TagType)>);

impl Tags {
    /// Takes in a union whose branches a property tells apart.
    pub fn add(&mut self, shapes: &Shapes, union: &Union) {
        let Tagging::Property { name, tag, .. } = &union.tagging else {
            return;
        };
        for variant in &union.variants {
            let own: BTreeSet<String> = variant.tags.iter().cloned().collect();
            for record in shapes.records(variant.value.schema) {
                let known = self.0.entry((record, name.clone()));
                known
                    .and_modify(|(known, _)| *known = &*known & &own)
                    .or_insert_with(|| (own.clone(), *tag));
            }
        }
    }

    /// Lets requests have the properties by which their unions are known, and notes those of which a union knows one value.
    pub fn settle(self, formed: &mut [Formed]) {
        for ((id, name), (tags, kind)) in self.0 {
            let form = super::nodes::index(id).and_then(|at| formed.get_mut(at));
            let Some(Form::Done(Shape::Object(object))) = form.map(|formed| &mut formed.form)
            else {
                continue;
            };
            let Some(property) = object.properties.get_mut(&name) else {
                continue;
            };
            if property.value.access == Access::ReadOnly {
                property.value.access = Access::ReadWrite;
            }
            if let (1, Some(tag)) = (tags.len(), tags.first()) {
                property.constant = Some(wire(tag, kind));
            }
        }
    }
}

/// A tag as it is on the wire.
fn wire(tag: &str, kind: TagType) -> Json {
    match kind {
        TagType::Text => Json::from(tag),
        TagType::Integer | TagType::Bool => {
            serde_json::from_str(tag).unwrap_or_else(|_| Json::from(tag))
        }
    }
}

impl Shapes<'_, '_> {
    /// The objects that values of a node are: itself, or the branches of the union that it is, however deep.
    pub(super) fn records(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut pending = vec![id];
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(id) = pending.pop().map(|id| self.behind(id)) {
            if !seen.insert(id) {
                continue;
            }
            match self.form(id) {
                Some(Form::Done(Shape::Object(_))) => found.push(id),
                Some(Form::Union(inner)) => {
                    pending.extend(inner.branches.iter().map(|one| one.value.schema));
                }
                Some(Form::Done(_)) | None => {}
            }
        }
        found
    }
}

/// Notes which properties have but one value.
pub(super) fn note_constants(schemas: &mut Schemas) {
    let mut found = Vec::new();
    for (id, schema) in schemas.iter() {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        for (at, property) in object.properties.values().enumerate() {
            found.extend(
                schemas
                    .only_value(&property.value)
                    .map(|only| (id, at, only)),
            );
        }
    }
    for (id, at, only) in found {
        if let Some(property) = object_of(schemas, id).and_then(|object| property_at(object, at)) {
            property.constant = Some(only);
        }
    }
}

fn object_of(schemas: &mut Schemas, id: SchemaId) -> Option<&mut Object> {
    match &mut schemas.get_mut(id)?.shape {
        Shape::Object(object) => Some(object),
        Shape::Any(_)
        | Shape::Never
        | Shape::Null
        | Shape::Bool
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Choice(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Union(_)
        | Shape::Alias(_) => None,
    }
}

fn property_at(object: &mut Object, at: usize) -> Option<&mut Property> {
    object
        .properties
        .get_index_mut(at)
        .map(|(_, property)| property)
}
