//! Operations become methods that return calls.

use super::ir::{
    Argument, Arguments, Client, ContentData, Method, Name, OperationData, OperationFile,
    OperationGroup, ParameterData, ReplyData, Scheme, Target, Type, Typed, Words,
};
use super::{answer, paragraph, record, Context, Form};
use crate::api::ir::{Body, Codec, Content, Location, Operation, Parameter, Use};
use crate::docs;
use crate::names::{Ident, OperationNames};
use std::collections::BTreeMap;

/// How many required values a method takes one by one.
const MOST_ARGUMENTS: usize = 4;

/// The client of the API.
pub fn client(context: &Context<'_>) -> Client {
    let api = context.api;
    let mut files = BTreeMap::<Ident, OperationFile>::new();
    for (operation, names) in api.operations.iter().zip(&context.names.operations) {
        let module = names.module.clone();
        let file = files
            .entry(module.clone())
            .or_insert_with(|| OperationFile {
                module,
                group: group(context, operation),
                methods: Vec::new(),
            });
        file.methods.push(method(context, operation, names));
    }
    let (title, version) = (api.info.title.clone(), api.info.version.clone());
    Client {
        title,
        version,
        servers: api.servers.clone(),
        schemes: schemes(context),
        files: files.into_values().collect(),
    }
}

/// The group of an operation's tag, where operations are grouped.
fn group(context: &Context<'_>, operation: &Operation) -> Option<OperationGroup> {
    let tag = operation.tag.as_ref()?;
    let names = context.names.groups.get(tag)?;
    let said = context.api.tags.iter().find(|said| said.name == *tag);
    let words = said.map(|said| Words {
        docs: docs::summary(&said.docs),
        deprecated: false,
    });
    Some(OperationGroup {
        accessor: names.accessor.clone(),
        name: names.ty.clone(),
        tag: tag.clone(),
        words: words.unwrap_or_default(),
    })
}

fn schemes(context: &Context<'_>) -> Vec<Scheme> {
    let named = context.api.schemes.iter().filter_map(|(wire, scheme)| {
        let name = Name {
            wire: wire.clone(),
            ident: context.names.schemes.get(wire)?.clone(),
        };
        let words = Words {
            docs: docs::summary(&scheme.docs),
            deprecated: scheme.docs.deprecated,
        };
        Some(Scheme {
            name,
            kind: scheme.kind.clone(),
            words,
        })
    });
    named.collect()
}

fn method(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Method {
    let form = Form::Input;
    let (mut given, mut setters) = (Vec::new(), Vec::new());
    for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
        let sort = if parameter.required {
            &mut given
        } else {
            &mut setters
        };
        sort.push(argument(context, parameter, ident, form));
    }
    given.sort_by_key(|argument| argument.target != Target::Path);
    if let Some(body) = &operation.body {
        let sort = if body.required {
            &mut given
        } else {
            &mut setters
        };
        sort.extend(body_argument(context, body, &names.body, form));
    }
    let arguments = if given.len() > MOST_ARGUMENTS {
        Arguments::Struct(names.arguments.clone(), given)
    } else {
        Arguments::List(given)
    };
    Method {
        name: names.method.clone(),
        marker: names.marker.clone(),
        constant: names.constant.clone(),
        static_name: names.data.clone(),
        words: words(operation),
        data: data(operation),
        arguments,
        setters,
        reply: answer::reply(context, operation, &names.replies),
        failure: answer::failure(context, operation, &names.replies),
    }
}

fn words(operation: &Operation) -> Words {
    let mut docs = docs::summary(&operation.docs);
    paragraph(
        &mut docs,
        vec![format!("`{} {}`", operation.method, operation.path)],
    );
    Words {
        docs,
        deprecated: operation.docs.deprecated,
    }
}

fn argument(context: &Context<'_>, parameter: &Parameter, ident: &Ident, form: Form) -> Argument {
    let target = match parameter.location {
        Location::Path => Target::Path,
        Location::Query | Location::QueryString => Target::Query,
        Location::Header => Target::Header,
        Location::Cookie => Target::Cookie,
    };
    let name = Name {
        wire: parameter.name.clone(),
        ident: ident.clone(),
    };
    Argument {
        name,
        words: record::words(context, &parameter.value),
        value: plain(context, &parameter.value, form),
        target,
    }
}

fn body_argument(
    context: &Context<'_>,
    body: &Body,
    ident: &Ident,
    form: Form,
) -> Option<Argument> {
    let content = body.contents.get(preferred(&body.contents)?)?;
    let bytes = content.codec == Codec::Bytes;
    let value = match &content.value {
        _ if bytes => Typed::own(Type::Bytes),
        Some(usage) => plain(context, usage, form),
        None => Typed::own(Type::Value),
    };
    let target = if bytes {
        Target::Bytes(0)
    } else {
        Target::Body(0)
    };
    let words = Words {
        docs: docs::summary(&body.docs),
        deprecated: false,
    };
    Some(Argument {
        name: Name {
            wire: "body".to_owned(),
            ident: ident.clone(),
        },
        words,
        value,
        target,
    })
}

/// A value as an argument: by what its type is, not by an alias, so that it can be borrowed in the customary way.
fn plain(context: &Context<'_>, usage: &Use, form: Form) -> Typed {
    let value = context.structure(usage.schema, form);
    let named = context.reference(usage.schema, form);
    let is_alias =
        matches!((&value.ty, &named.ty), (own, Type::Named(_)) if !matches!(own, Type::Named(_)));
    let value = if is_alias { value } else { named };
    if context.is_nullable(usage) {
        value.nullable()
    } else {
        value
    }
}

/// Which of several media types is used: JSON before forms, text and bytes; the document's first of each.
pub fn preferred(contents: &[Content]) -> Option<usize> {
    let rank = |content: &Content| match content.codec {
        Codec::Json => 0,
        Codec::FormData => 1,
        Codec::Form => 2,
        Codec::Multipart => 3,
        Codec::Text => 4,
        Codec::JsonLines | Codec::EventStream | Codec::Bytes => 5,
    };
    contents
        .iter()
        .enumerate()
        .min_by_key(|(index, content)| (rank(content), *index))
        .map(|(index, _)| index)
}

fn data(operation: &Operation) -> OperationData {
    let chosen = |contents: &[Content]| {
        preferred(contents)
            .and_then(|index| contents.get(index))
            .map(content)
            .into_iter()
            .collect()
    };
    let replies = operation.replies.iter().map(|reply| ReplyData {
        status: reply.status,
        contents: chosen(&reply.contents),
    });
    OperationData {
        id: operation.id.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        servers: operation.servers.clone(),
        parameters: operation.parameters.iter().map(parameter_data).collect(),
        bodies: operation
            .body
            .iter()
            .flat_map(|body| -> Vec<_> { chosen(&body.contents) })
            .collect(),
        replies: replies.collect(),
        security: operation.security.clone(),
    }
}

fn content(content: &Content) -> ContentData {
    ContentData {
        media_type: content.media_type.clone(),
        codec: content.codec,
        parts: content.parts.clone(),
    }
}

fn parameter_data(parameter: &Parameter) -> ParameterData {
    let (name, encoding) = (parameter.name.clone(), parameter.encoding.clone());
    ParameterData {
        name,
        location: parameter.location,
        encoding,
    }
}
