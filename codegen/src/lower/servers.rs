//! What stands around the operations: servers, the headers of replies, and what the API sends of itself.

use super::model::{Alias, Attributes, HeaderData, Server, ServerVariable, Type, ValueType};
use super::{Context, Form};
use crate::api::model::{Docs, Header, Incoming, Shape};
use crate::names::Ident;
use crate::rustdoc;
use std::collections::BTreeMap;

fn attributes(said: &Docs) -> Attributes {
    Attributes {
        docs: rustdoc::summary(said),
        deprecated: said.deprecated,
    }
}

/// The servers that a caller can choose: none where there is nothing to choose.
pub fn servers(context: &Context<'_>) -> Vec<Server> {
    let said = &context.api.servers;
    let choice = said.len() > 1 || said.iter().any(|server| !server.variables.is_empty());
    let named = said.iter().zip(&context.names.servers).enumerate();
    let servers = named.filter(|_| choice).map(|(index, (server, names))| {
        let variables = server.variables.iter().zip(&names.variables);
        let variables = variables.map(|(variable, names)| ServerVariable {
            wire: variable.name.clone(),
            setter: names.setter.clone(),
            ty: names.ty.clone(),
            attributes: attributes(&variable.docs),
            values: variable
                .values
                .iter()
                .cloned()
                .zip(names.values.iter().cloned())
                .collect(),
        });
        Server {
            index,
            name: names.ty.clone(),
            url: server.url.clone(),
            attributes: attributes(&server.docs),
            variables: variables.collect(),
        }
    });
    servers.collect()
}

/// The headers that replies declare, each once; text where declarations differ in type.
pub fn headers(context: &Context<'_>) -> Vec<HeaderData> {
    let mut found = BTreeMap::<&Ident, HeaderData>::new();
    let responses = context
        .api
        .operations
        .iter()
        .flat_map(|operation| &operation.responses);
    for header in responses.flat_map(|response| &response.headers) {
        let Some(ident) = context.names.headers.get(&header.name.to_ascii_lowercase()) else {
            continue;
        };
        let value = value(context, header);
        match found.get_mut(ident) {
            Some(known) if known.value != value => known.value = ValueType::own(Type::Text),
            Some(_) => {}
            None => {
                let data = HeaderData {
                    ident: ident.clone(),
                    wire: header.name.clone(),
                    attributes: attributes(&header.value.docs),
                    value,
                };
                found.insert(ident, data);
            }
        }
    }
    found.into_values().collect()
}

/// A scalar as the document describes it; everything else as text.
fn value(context: &Context<'_>, header: &Header) -> ValueType {
    match context.shape(header.value.schema) {
        Some(
            Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::Text(_) | Shape::Choice(_),
        ) => context.value(&header.value, Form::Read),
        Some(_) | None => ValueType::own(Type::Text),
    }
}

/// What webhooks and callbacks send, as names for types.
pub fn incoming(context: &Context<'_>) -> Vec<Alias> {
    let sent = context.api.incoming.iter().zip(&context.names.incoming);
    sent.filter_map(|(incoming, ident)| payload(context, incoming, ident))
        .collect()
}

fn payload(context: &Context<'_>, incoming: &Incoming, ident: &Ident) -> Option<Alias> {
    let content = incoming.body.as_ref()?.contents.first()?;
    let value = context.nullable_value(content.value.as_ref()?, Form::Read);
    let mut attributes = attributes(&incoming.docs);
    let callback = incoming.callback.as_ref();
    let line = match callback {
        Some((_, expression)) => format!("`{} {expression}`", incoming.method),
        None => format!("The webhook `{}`.", incoming.name),
    };
    super::paragraph(&mut attributes.docs, vec![line]);
    Some(Alias {
        name: ident.clone(),
        attributes,
        ty: value.ty,
        codec: value.codec,
    })
}
