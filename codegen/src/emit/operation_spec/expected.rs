//! The expected operation, built from the runtime's types without the detour of its text.

use crate::api::model::{self, ParameterEncoding};
use crate::lower::model::{
    ContentData, FollowUp, Method, OperationData, ParameterData, PollRequest,
};
use typewright_runtime::codegen::v1::{
    Content, Follow, MediaCodec, NextPage, OperationSpec, OrderedParts, Paging, Parameter,
    PartSpec, Polling, ResponseSpec, SecurityNeed, Server, Status, Style, Until, Variable,
};

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn list<T, U: 'static>(all: &[T], made: impl Fn(&T) -> U) -> &'static [U] {
    all.iter().map(made).collect::<Vec<_>>().leak()
}

fn leaked<T: 'static>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Returns the description that the text of a method should parse to.
pub fn expected(method: &Method) -> OperationSpec {
    let pages = method.pages.as_ref();
    let mut spec = OperationSpec {
        paging: pages.map(|pages| paging(&pages.paging)),
        ..operation(&method.data)
    };
    spec.follow = method.follow_up.as_ref().map(|one| follow(one, &spec));
    spec
}

fn operation(data: &OperationData) -> OperationSpec {
    OperationSpec {
        id: text(&data.id),
        method: text(&data.method),
        path: text(&data.path),
        servers: list(&data.servers, server),
        parameters: list(&data.parameters, parameter),
        bodies: list(&data.bodies, content),
        responses: list(&data.responses, |response| ResponseSpec {
            status: status(response.status),
            contents: list(&response.contents, content),
        }),
        security: list(&data.security, |needs| list(needs, need)),
        idempotency_key: data.idempotency_key.as_deref().map(text),
        ..OperationSpec::DEFAULT
    }
}

fn server(server: &model::Server) -> Server {
    let variables = list(&server.variables, |variable| Variable {
        name: text(&variable.name),
        default: text(&variable.default),
        values: list(&variable.values, |value| text(value)),
    });
    let url = text(&server.url);
    Server { url, variables }
}

fn style(style: model::Style) -> Style {
    match style {
        model::Style::Matrix => Style::Matrix,
        model::Style::Label => Style::Label,
        model::Style::Simple => Style::Simple,
        model::Style::Form => Style::Form,
        model::Style::SpaceDelimited => Style::SpaceDelimited,
        model::Style::PipeDelimited => Style::PipeDelimited,
        model::Style::TabDelimited => Style::TabDelimited,
        model::Style::DeepObject => Style::DeepObject,
    }
}

fn parameter(data: &ParameterData) -> Parameter {
    let name = text(&data.name);
    let parameter = match data.location {
        model::Location::Path => Parameter::path(name),
        model::Location::Query => Parameter::query(name),
        model::Location::Header => Parameter::header(name),
        model::Location::Cookie => Parameter::cookie(name),
        model::Location::QueryString => Parameter::query_string(name),
    };
    let parameter = match &data.encoding {
        ParameterEncoding::Content(media_type) => parameter.content(text(media_type)),
        ParameterEncoding::Style { style: name, explode, allow_reserved, allow_empty, nested } => {
            let mut parameter = parameter.style(style(*name)).explode(*explode);
            if !nested.is_empty() {
                parameter = parameter.nested(list(nested, |one| style(*one)));
            }
            if *allow_reserved {
                parameter = parameter.allow_reserved();
            }
            if *allow_empty {
                parameter = parameter.allow_empty();
            }
            parameter
        }
    };
    if data.required {
        parameter.required()
    } else {
        parameter
    }
}

fn content(data: &ContentData) -> Content {
    let codec = match data.codec {
        model::Codec::Json => MediaCodec::Json,
        model::Codec::Form => MediaCodec::Form,
        model::Codec::FormData => MediaCodec::FormData,
        model::Codec::Multipart => MediaCodec::Multipart,
        model::Codec::Text => MediaCodec::Text,
        model::Codec::EventStream => MediaCodec::EventStream,
        model::Codec::JsonLines => MediaCodec::JsonLines,
        model::Codec::Bytes => MediaCodec::Bytes,
        model::Codec::Xml => MediaCodec::Xml,
    };
    let ordered = data.ordered.as_ref();
    let ordered = ordered.filter(|parts| !parts.first.is_empty() || parts.others.is_some());
    Content {
        media_type: text(&data.media_type),
        codec,
        parts: list(&data.parts, |one| part(one, &one.name)),
        ordered: ordered.map(|parts| {
            leaked(OrderedParts {
                first: list(&parts.first, |one| part(one, "")),
                others: parts.others.as_ref().map(|one| part(one, "")),
            })
        }),
        xml: None,
    }
}

fn part(data: &model::Part, name: &str) -> PartSpec {
    let mut part = PartSpec::new(text(name));
    if let Some(media_type) = &data.content_type {
        part = part.content_type(text(media_type));
    }
    if let Some(ParameterEncoding::Style { style: name, explode, allow_reserved, nested, .. }) =
        &data.encoding
    {
        part = part.style(style(*name), *explode);
        if !nested.is_empty() {
            part = part.nested(list(nested, |one| style(*one)));
        }
        if *allow_reserved {
            part = part.allow_reserved();
        }
    }
    let headers = list(&data.headers, |(name, value)| (text(name), text(value)));
    part.headers(headers)
}

fn status(status: model::Status) -> Status {
    match status {
        model::Status::Exact(code) => Status::Exact(code),
        model::Status::Range(class) => Status::Range(class),
        model::Status::Default => Status::Default,
    }
}

fn need(need: &model::RequiredScheme) -> SecurityNeed {
    SecurityNeed { scheme: text(&need.scheme), scopes: list(&need.scopes, |scope| text(scope)) }
}

/// Returns a JSON pointer, escaped independently of the code under test.
fn pointer(path: &[String]) -> &'static str {
    let escaped = path.iter().map(|name| name.replace('~', "~0").replace('/', "~1"));
    escaped.map(|name| format!("/{name}")).collect::<String>().leak()
}

fn paging(data: &model::Pagination) -> Paging {
    let next = match &data.next {
        model::NextPage::Number { parameter, first } => {
            NextPage::Number { parameter: text(parameter), first: *first }
        }
        model::NextPage::Offset { parameter } => NextPage::Offset { parameter: text(parameter) },
        model::NextPage::Index { parameter } => NextPage::Index { parameter: text(parameter) },
        model::NextPage::LastItem { parameter, path } => {
            NextPage::LastItem { parameter: text(parameter), pointer: pointer(path) }
        }
        model::NextPage::Token { parameter, path } => {
            NextPage::Token { parameter: text(parameter), pointer: pointer(path) }
        }
        model::NextPage::Link { path } => NextPage::Link { pointer: pointer(path) },
        model::NextPage::LinkHeader => NextPage::Header,
    };
    Paging {
        next,
        items: data.items.as_deref().map_or("", pointer),
        limit: data.limit.as_deref().map(text),
        more: data.more.as_deref().map(pointer),
        total: data.total.as_deref().map(pointer),
    }
}

fn follow(data: &FollowUp, spec: &OperationSpec) -> Follow {
    let FollowUp::Poll { request, polling } = data else {
        return Follow::Location;
    };
    let until = match &polling.completion {
        model::Completion::Done { done, error } => {
            Until::Done { done: pointer(done), error: pointer(error) }
        }
        model::Completion::State { state, success, failure } => Until::State {
            state: pointer(state),
            success: list(success, |name| text(name)),
            failure: list(failure, |name| text(name)),
        },
    };
    let elsewhere = match request {
        PollRequest::Operation(_) => None,
        PollRequest::External { origin, path } => Some(leaked(OperationSpec {
            id: text(&format!("{}.get", spec.id)),
            path: text(path),
            servers: vec![Server { url: text(origin), variables: &[] }].leak(),
            parameters: vec![Parameter::path(text(&polling.parameter))].leak(),
            responses: spec.responses,
            security: spec.security,
            ..OperationSpec::DEFAULT
        })),
    };
    Follow::Poll(Polling {
        elsewhere,
        parameter: text(&polling.parameter),
        id: pointer(&polling.id),
        until,
    })
}
