//! A stable listing of all names, for tests and for `typewright inspect`. It does not depend on the order of the
//! document.

use super::{Ident, Names, OperationNames, TypeNames};
use crate::api::model::{Api, Operation, Owner, Schema, SchemaId};

/// Returns a line for each type, operation and other name, sorted by kind.
pub fn lines(api: &Api, names: &Names) -> Vec<String> {
    let types = names.types.iter().filter_map(|(id, named)| {
        let schema = api.schemas.get(*id)?;
        Some(type_line(api, names, (*id, schema), named))
    });
    let operations = api.operations.iter().zip(&names.operations);
    let operations = operations.map(|(operation, named)| operation_line(operation, named));
    let headers = names.headers.iter();
    let pairs = headers.chain(&names.schemes);
    let pairs = pairs.map(|(wire, ident)| format!("{wire} = {ident}"));
    let groups = names.groups.iter();
    let groups = groups.map(|(tag, group)| format!("{tag} = {} {}", group.accessor, group.ty));
    let incoming = names.incoming.iter().map(ToString::to_string);
    let parts = [sorted(types), sorted(operations), sorted(incoming), sorted(pairs.chain(groups))];
    parts.concat()
}

fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    lines
}

fn joined<'a>(idents: impl IntoIterator<Item = &'a Ident>, by: &str) -> String {
    sorted(idents.into_iter().map(ToString::to_string)).join(by)
}

fn type_line(
    api: &Api,
    names: &Names,
    (id, schema): (SchemaId, &Schema),
    named: &TypeNames,
) -> String {
    let input = named.input.iter().map(|input| format!(" {input}"));
    let groups = named.groups.iter().map(|group| {
        let (ident, accessor) = (&group.ident, &group.accessor);
        format!(" {ident}/{accessor}/{}", joined(&group.variants, "|"))
    });
    let more: String = input.chain(groups).collect();
    let members = joined(names.members.get(&id).into_iter().flatten(), ", ");
    let (at, module) = (origin(api, schema), &named.module);
    format!("{at} = {module}::{}{more} {{{members}}}", named.read)
}

/// Path to a schema, by names on the wire.
fn origin(api: &Api, schema: &Schema) -> String {
    match &schema.owner {
        Owner::Component(name) => name.clone(),
        Owner::Schema(owner, role) => {
            let owner = api.schemas.get(*owner).map(|owner| origin(api, owner));
            format!("{} {role:?}", owner.unwrap_or_default())
        }
        Owner::Operation(index, role) => {
            let operation = api.operations.get(*index);
            let id = operation.map_or("", |operation| &operation.id);
            format!("{id} {role:?}")
        }
        Owner::Shared(section, name) => format!("{section:?} {name}"),
    }
}

fn operation_line(operation: &Operation, named: &OperationNames) -> String {
    let arguments = operation.parameters.iter().zip(&named.parameters);
    let arguments = arguments
        .map(|(arguments, ident)| format!("{:?} {} = {ident}", arguments.location, arguments.name));
    let arguments = sorted(arguments.chain(named.parts.iter().map(ToString::to_string)));
    let items = [&named.marker, &named.responses.output, &named.responses.error, &named.content];
    let items = items.map(ToString::to_string).join(" ");
    let (id, module, method) = (&operation.id, &named.module, &named.method);
    format!("{id} = {module}::{method} {items} ({}) {}", arguments.join(", "), named.body)
}
