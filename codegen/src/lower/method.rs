//! Operations become methods that return calls.

use super::model::Content as AnswerContent;
use super::model::{
    Argument, Arguments, Attributes, Client, ContentData, Method, Name, OperationData,
    OperationFile, OperationGroup, OperationImports, ParameterData, ResponseData, ResponseType,
    Scheme, Target, Type, ValueType,
};
use super::{body, follow_up, paragraph, record, responses, servers, Context, Form};
use crate::api::model::{Content, Location, Operation, Parameter, Use};
use crate::names::{Ident, OperationNames};
use crate::rustdoc;
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
                imports: OperationImports::default(),
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
        choices: servers::servers(context),
        headers: servers::headers(context),
        schemes: schemes(context),
        files: files.into_values().collect(),
    }
}

/// The group of an operation's tag, where operations are grouped.
fn group(context: &Context<'_>, operation: &Operation) -> Option<OperationGroup> {
    let tag = operation.tag.as_ref()?;
    let names = context.names.groups.get(tag)?;
    let said = context.api.tags.iter().find(|said| said.name == *tag);
    let attributes = said.map(|said| Attributes {
        docs: rustdoc::summary(&said.docs),
        deprecated: false,
    });
    Some(OperationGroup {
        accessor: names.accessor.clone(),
        name: names.ty.clone(),
        tag: tag.clone(),
        attributes: attributes.unwrap_or_default(),
    })
}

fn schemes(context: &Context<'_>) -> Vec<Scheme> {
    let named = context
        .api
        .security_schemes
        .iter()
        .filter_map(|(wire, scheme)| {
            let name = Name {
                wire: wire.clone(),
                ident: context.names.schemes.get(wire)?.clone(),
            };
            let attributes = Attributes {
                docs: rustdoc::summary(&scheme.docs),
                deprecated: scheme.docs.deprecated,
            };
            Some(Scheme {
                name,
                kind: scheme.kind.clone(),
                attributes,
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
    let body = operation.body.as_ref();
    let body = body.map(|body| body::lower(context, body, names));
    let body = body.unwrap_or_default();
    given.extend(body.required);
    setters.extend(body.optional);
    let arguments = if given.len() > MOST_ARGUMENTS {
        Arguments::Struct(names.arguments.clone(), given)
    } else {
        Arguments::List(given)
    };
    let output = responses::output(context, operation, &names.responses);
    let page = match &output {
        ResponseType::One(AnswerContent::Json(page)) => Some(page),
        ResponseType::One(_) | ResponseType::Undocumented | ResponseType::Several(_) => None,
    };
    Method {
        paged: follow_up::pages(context, operation, page),
        follow: follow_up::follow(context, operation),
        name: names.method.clone(),
        call: names.call.clone(),
        marker: names.marker.clone(),
        attributes: attributes(operation, names, !setters.is_empty()),
        data: data(context, operation),
        arguments,
        setters,
        choice: body.choice,
        output,
        error: responses::error(context, operation, &names.responses),
        error_statuses: responses::failures(operation),
    }
}

fn attributes(operation: &Operation, names: &OperationNames, has_options: bool) -> Attributes {
    let mut docs = rustdoc::summary(&operation.docs);
    if has_options {
        let line = format!("[`{}`] has the optional parameters.", names.call.text());
        paragraph(&mut docs, vec![line]);
    }
    let line = format!("`{} {}`", operation.method, operation.path);
    paragraph(&mut docs, vec![line]);
    if let Some(version) = &operation.version {
        let line = format!("In version `{version}` of its media types.");
        paragraph(&mut docs, vec![line]);
    }
    Attributes {
        docs,
        deprecated: operation.docs.deprecated,
    }
}

fn argument(context: &Context<'_>, parameter: &Parameter, ident: &Ident, form: Form) -> Argument {
    let target = match parameter.location {
        Location::Path => Target::Path,
        Location::Query => Target::Query,
        Location::QueryString => Target::QueryString,
        Location::Header => Target::Header,
        Location::Cookie => Target::Cookie,
    };
    let name = Name {
        wire: parameter.name.clone(),
        ident: ident.clone(),
    };
    Argument {
        name,
        attributes: record::attributes(context, &parameter.value, parameter.required),
        value: match parameter.distinguishes_null() {
            true => plain(context, &parameter.value, form),
            false => bare(context, &parameter.value, form),
        },
        target,
    }
}

/// What is given for a part: never null where that only means that it is not sent.
pub fn given(context: &Context<'_>, (usage, required): (&Use, bool), form: Form) -> ValueType {
    if required {
        plain(context, usage, form)
    } else {
        bare(context, usage, form)
    }
}

/// A value as an argument.
pub fn plain(context: &Context<'_>, usage: &Use, form: Form) -> ValueType {
    let value = bare(context, usage, form);
    if context.is_nullable(usage) {
        value.nullable()
    } else {
        value
    }
}

/// A value by what its type is, not by an alias, so that it can be borrowed in the customary way.
fn bare(context: &Context<'_>, usage: &Use, form: Form) -> ValueType {
    let value = context.structure(usage.schema, form);
    let named = context.reference(usage.schema, form);
    let is_alias =
        matches!((&value.ty, &named.ty), (own, Type::Named(_)) if !matches!(own, Type::Named(_)));
    if is_alias {
        value
    } else {
        named
    }
}

fn data(context: &Context<'_>, operation: &Operation) -> OperationData {
    let bodies = operation.body.iter();
    let bodies = bodies.flat_map(|body| body.contents.iter().chain(&body.alternatives));
    let responses = operation.responses.iter().map(|response| ResponseData {
        status: response.status,
        contents: responses::contents(context, response)
            .map(content)
            .collect(),
    });
    OperationData {
        id: operation.id.clone(),
        method: operation.method.clone(),
        path: operation.path.clone(),
        servers: operation.servers.clone(),
        parameters: operation.parameters.iter().map(parameter_data).collect(),
        bodies: bodies.map(content).collect(),
        responses: responses.collect(),
        security: operation.security.clone(),
        idempotency_key: idempotency_key(operation),
    }
}

/// The header parameter that is a key by which the server recognises a repeated request.
fn idempotency_key(operation: &Operation) -> Option<String> {
    let mut headers = operation.parameters.iter();
    let key = headers.find(|parameter| {
        let name = parameter.name.to_ascii_lowercase();
        parameter.location == Location::Header
            && ["idempotency-key", "x-idempotency-key"].contains(&name.as_str())
    });
    key.map(|parameter| parameter.name.clone())
}

fn content(content: &Content) -> ContentData {
    ContentData {
        media_type: content.media_type.clone(),
        codec: content.codec,
        parts: content.parts.clone(),
        ordered: content.ordered.clone(),
    }
}

fn parameter_data(parameter: &Parameter) -> ParameterData {
    let (name, encoding) = (parameter.name.clone(), parameter.encoding.clone());
    ParameterData {
        name,
        location: parameter.location,
        required: parameter.required,
        encoding,
    }
}
