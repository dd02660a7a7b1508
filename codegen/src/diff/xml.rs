//! Forms of bodies in XML, as aspects of a client's behaviour.

use super::behaviour::Behaviour;
use super::Model;
use crate::api::model::{Content, Shape, XmlRecord, XmlType};
use crate::diagnostics::Place;
use crate::emit::xml;

/// Adds the form of each field and of each outermost element.
pub fn add(aspects: &mut Behaviour, model: &Model) {
    for one in &model.api.xml.types {
        if let XmlType::Record(record) = one {
            fields(aspects, model, record);
        }
    }
    for (operation, names) in model.api.operations.iter().zip(&model.names.operations) {
        let path = format!("operations::{}", names.call.text());
        let bodies = operation.body.iter().flat_map(|body| &body.contents);
        let responses = operation.responses.iter().flat_map(|response| &response.contents);
        let place = &operation.at.place;
        insert(aspects, (&path, "XML of the request"), &elements(model, bodies), place);
        insert(aspects, (&path, "XML of the responses"), &elements(model, responses), place);
    }
}

fn fields(aspects: &mut Behaviour, model: &Model, record: &XmlRecord) {
    let Some(schema) = model.api.schemas.get(record.schema) else {
        return;
    };
    let (Shape::Object(object), Some(ty)) = (&schema.shape, model.names.types.get(&record.schema))
    else {
        return;
    };
    let members = model.names.members.get(&record.schema).map_or(&[][..], Vec::as_slice);
    for ((name, ident), part) in object.properties.keys().zip(members).zip(&record.parts) {
        if part.member == *name {
            let path = format!("types::{}::{}", ty.read.text(), ident.text());
            insert(aspects, (&path, "form in XML"), &xml::describe(part), &schema.at.place);
        }
    }
}

/// Describes the outermost elements of contents.
fn elements<'c>(model: &Model, contents: impl Iterator<Item = &'c Content>) -> String {
    let roots = contents.filter_map(|content| model.api.xml.roots.get(content.xml?));
    roots.map(xml::describe).collect::<Vec<_>>().join(", ")
}

fn insert(
    aspects: &mut Behaviour,
    (path, aspect): (&str, &'static str),
    value: &str,
    place: &Place,
) {
    if !value.is_empty() {
        aspects.insert((path.to_owned(), aspect), (value.to_owned(), place.clone()));
    }
}
