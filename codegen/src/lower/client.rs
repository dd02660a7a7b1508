//! The client: its files of operations, servers and security schemes; and the payloads of webhooks.

use super::model::{
    Alias, Attributes, Client, Name, OperationFile, OperationGroup, OperationImports, Scheme,
    Server, ServerVariable,
};
use super::{examples, operation, responses, Context, Direction};
use crate::api::model::{Incoming, Operation, Tag};
use crate::names::Ident;
use crate::rustdoc;
use std::collections::BTreeMap;

/// Returns the client.
pub fn lower(context: &Context<'_>) -> Client {
    let api = context.api;
    let mut files = BTreeMap::<Ident, OperationFile>::new();
    let selected = examples::selected(context);
    let operations = api.operations.iter().zip(&context.names.operations);
    for (index, (operation, names)) in operations.enumerate() {
        let file = files.entry(names.module.clone());
        let file = file.or_insert_with(|| OperationFile {
            module: names.module.clone(),
            tag: tag(context, operation).cloned(),
            group: group(context, operation),
            feature: None,
            methods: Vec::new(),
            imports: OperationImports::default(),
        });
        let mut method = operation::lower(context, operation, names);
        if selected.contains(&index) {
            method.example = examples::example(context, operation, &method);
        }
        file.methods.push(method);
    }
    let files: Vec<OperationFile> = files.into_values().collect();
    Client {
        title: api.info.title.clone(),
        version: api.info.version.clone(),
        servers: api.servers.clone(),
        choices: servers(context),
        headers: responses::headers(context),
        schemes: schemes(context),
        first_call: examples::first_call(context, &files),
        files,
    }
}

/// Returns the tag by which an operation is grouped.
pub fn tag<'a>(context: &Context<'a>, operation: &Operation) -> Option<&'a Tag> {
    let name = operation.tag.as_ref()?;
    context.api.tags.iter().find(|tag| tag.name == *name)
}

/// Returns the group of an operation's tag, if operations are grouped.
fn group(context: &Context<'_>, operation: &Operation) -> Option<OperationGroup> {
    let tag = operation.tag.as_ref()?;
    let names = context.names.groups.get(tag)?;
    let declared = self::tag(context, operation);
    Some(OperationGroup {
        accessor: names.accessor.clone(),
        name: names.ty.clone(),
        tag: tag.clone(),
        attributes: Attributes {
            docs: declared.map(|tag| rustdoc::summary(&tag.docs)).unwrap_or_default(),
            deprecated: false,
        },
    })
}

/// Returns the security schemes.
pub fn schemes(context: &Context<'_>) -> Vec<Scheme> {
    let schemes = context.api.security_schemes.iter();
    let schemes = schemes.filter_map(|(wire, scheme)| {
        Some(Scheme {
            name: Name { wire: wire.clone(), ident: context.names.schemes.get(wire)?.clone() },
            kind: scheme.kind.clone(),
            attributes: Attributes::from(&scheme.docs),
        })
    });
    schemes.collect()
}

/// Returns the server types; none if there is nothing to choose.
fn servers(context: &Context<'_>) -> Vec<Server> {
    let servers = &context.api.servers;
    if servers.len() < 2 && servers.iter().all(|server| server.variables.is_empty()) {
        return Vec::new();
    }
    let servers = servers.iter().zip(&context.names.servers).enumerate();
    let servers = servers.map(|(index, (server, names))| {
        let variables = server.variables.iter().zip(&names.variables);
        let variables = variables.map(|(variable, names)| ServerVariable {
            wire: variable.name.clone(),
            setter: names.setter.clone(),
            ty: names.ty.clone(),
            attributes: Attributes::from(&variable.docs),
            values: std::iter::zip(variable.values.clone(), names.values.clone()).collect(),
        });
        Server {
            index,
            name: names.ty.clone(),
            url: server.url.clone(),
            attributes: Attributes::from(&server.docs),
            variables: variables.collect(),
        }
    });
    servers.collect()
}

/// Returns the payloads of webhooks and callbacks.
pub fn incoming(context: &Context<'_>) -> Vec<Alias> {
    let incoming = context.api.incoming.iter().zip(&context.names.incoming);
    let payloads = incoming.filter_map(|(incoming, ident)| payload(context, incoming, ident));
    payloads.collect()
}

fn payload(context: &Context<'_>, incoming: &Incoming, ident: &Ident) -> Option<Alias> {
    let content = incoming.body.as_ref()?.contents.first()?;
    let value = context.nullable_value(content.value.as_ref()?, Direction::Response);
    let mut attributes = Attributes::from(&incoming.docs);
    attributes.paragraph([match &incoming.callback {
        Some((_, expression)) => format!("`{} {expression}`", incoming.method),
        None => format!("The webhook `{}`.", incoming.name),
    }]);
    Some(Alias { name: ident.clone(), attributes, ty: value.ty, codec: value.codec })
}
