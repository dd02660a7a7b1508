//! Operations by tag: each as the method that it becomes, with arguments, responses and its place in the document.

use super::code::{labelled, linked, ty, types_of, Remark, Row};
use super::diagnostics;
use super::index::{call_id, path, type_id, Index};
use super::markdown;
use super::responses;
use maud::{html, Markup};
use typewright::api::model::{NextPage, RequiredScheme};
use typewright::emit::signature::{self, short};
use typewright::lower::model::{
    Argument, Arguments, BodyChoice, Client, FollowUp, Method, OperationFile, PollRequest, Target,
};
use typewright::names::Ident;
use typewright::rustdoc;

/// A longer signature has one argument a line, in columns.
const MAX_COLUMNS: usize = 84;

/// All operations, by first tag.
pub fn section(client: Option<&Client>, index: &Index<'_>) -> Markup {
    let files = client.map(|client| client.files.as_slice()).unwrap_or_default();
    let count: usize = files.iter().map(|file| file.methods.len()).sum();
    html! {
        section id="operations" aria-labelledby="operations-title" {
            h2 id="operations-title" { "Operations " span.count { (count) } }
            @if count == 0 { p.empty { "No operations." } }
            @for file in files {
                section.tag id=(tag_id(file)) {
                    @if let Some(group) = &file.group {
                        h3.tag { (group.tag) " " span.count { (file.methods.len()) } }
                        @if !group.attributes.docs.is_empty() {
                            div.docs { (markdown::render(&group.attributes.docs)) }
                        }
                    }
                    @for method in &file.methods { (entry(file, method, index)) }
                }
            }
        }
    }
}

/// Id of the section of a tag.
pub fn tag_id(file: &OperationFile) -> String {
    format!("tag.{}", file.module.text())
}

fn entry(file: &OperationFile, method: &Method, index: &Index<'_>) -> Markup {
    let id = call_id(method);
    let operation = index.operation(method);
    let docs = operation.map(|operation| rustdoc::summary(&operation.docs)).unwrap_or_default();
    let place = operation.and_then(|operation| index.place(&operation.at.place));
    let data = &method.data;
    html! {
        article.entry.operation id=(id) data-kind="operation" {
            h4 {
                span class={ "method " (data.method.to_lowercase()) } { (data.method) } " "
                code { a.anchor href=(format!("#{id}")) { (data.path) } }
                @if method.attributes.deprecated { " " span.badge.deprecated { "deprecated" } }
                @for badge in badges(method) { " " span.badge { (badge) } }
            }
            pre.signature { code { (signature_of(file, method, index)) } }
            @if !docs.is_empty() { div.docs { (markdown::render(&docs)) } }
            details {
                summary { "Arguments and responses" }
                (arguments(method, index))
                (responses::table(method, operation, index))
                (protocol(method, index))
                p.place {
                    @if let Some(place) = place { (place) ", " }
                    "operation " code { (data.id) } ", call type " code { (method.call) }
                }
            }
            (diagnostics::links(&id, index))
        }
    }
}

fn badges(method: &Method) -> Vec<&'static str> {
    let badges = [
        (method.pages.is_some(), "pages"),
        (method.follow_up.is_some(), "long-running"),
        (responses::is_streamed(&method.output), "stream"),
    ];
    badges.into_iter().filter(|(applies, _)| *applies).map(|(_, badge)| badge).collect()
}

/// The call with its arguments, and the output of `.await`.
fn signature_of(file: &OperationFile, method: &Method, index: &Index<'_>) -> Markup {
    let path = path(file, method);
    let (owner, name) = path.rsplit_once('.').unwrap_or_default();
    let arguments: Vec<(String, Vec<&Ident>)> = match &method.arguments {
        Arguments::List(arguments) => arguments.iter().map(argument_text).collect(),
        Arguments::Struct(name, _) => vec![(format!("arguments: {}", name.text()), vec![name])],
    };
    let (output, named) = responses::output(&method.output);
    let columns =
        path.len() + output.len() + arguments.iter().map(|one| one.0.len() + 2).sum::<usize>();
    let is_long = columns > MAX_COLUMNS && !arguments.is_empty();
    let (start, separator, end) =
        if is_long { ("(\n    ", ",\n    ", ",\n)") } else { ("(", ", ", ")") };
    html! {
        (owner) "." b { (name) } (start)
        @for (number, (text, named)) in arguments.iter().enumerate() {
            @if number > 0 { (separator) }
            (linked(text, named, index))
        }
        (end) " -> " (linked(&output, &named, index))
    }
}

fn argument_text(argument: &Argument) -> (String, Vec<&Ident>) {
    let text = format!("{}: {}", argument.name.ident, short(&signature::argument(argument)));
    (text, types_of(argument))
}

fn arguments(method: &Method, index: &Index<'_>) -> Markup {
    let row = |argument| argument_row(argument, method, index);
    let setters = method
        .setters
        .iter()
        .map(|argument| Row { name: format!(".{}", argument.name.ident), ..row(argument) });
    let setters: Vec<Row<'_>> = setters.collect();
    html! {
        @match &method.arguments {
            Arguments::List(arguments) => (labelled("Arguments", &arguments.iter().map(row).collect::<Vec<_>>())),
            Arguments::Struct(name, arguments) => div id=(type_id(name.text())) {
                (labelled(&format!("Fields of {name}"), &arguments.iter().map(row).collect::<Vec<_>>()))
            },
        }
        (labelled("Optional setters", &setters))
        @if let Some(choice) = &method.body_choice { (body_choice(choice, index)) }
    }
}

fn argument_row<'a>(argument: &'a Argument, method: &'a Method, index: &Index<'_>) -> Row<'a> {
    let media_type = |at: usize| method.data.bodies.get(at).map(|body| body.media_type.as_str());
    let wire = Some(argument.name.wire.as_str());
    let wire = wire.filter(|wire| *wire != argument.name.ident.text()).map(Remark::Wire);
    let (location, detail) = match argument.target {
        Target::Path => ("path", wire),
        Target::Query => ("query", wire),
        Target::Header => ("header", wire),
        Target::Cookie => ("cookie", wire),
        Target::Part => ("part", wire),
        Target::File => ("file", wire),
        Target::Files => ("files", wire),
        Target::QueryString => ("query string", None),
        Target::Choice { .. } => ("body", None),
        Target::Body(at) | Target::Bytes(at) | Target::Multipart(at) => {
            ("body", media_type(at).map(Remark::Words))
        }
    };
    Row {
        name: argument.name.ident.to_string(),
        ty: linked(&short(&signature::argument(argument)), &types_of(argument), index),
        remarks: [Remark::Words(location)].into_iter().chain(detail).collect(),
        attributes: &argument.attributes,
    }
}

fn body_choice(choice: &BodyChoice, index: &Index<'_>) -> Markup {
    let variants = choice.variants.iter().map(|variant| Row {
        name: variant.ident.to_string(),
        ty: linked(
            &short(&signature::argument(&variant.argument)),
            &types_of(&variant.argument),
            index,
        ),
        remarks: vec![Remark::Words(&variant.media_type)],
        attributes: &variant.argument.attributes,
    });
    html! {
        div id=(type_id(choice.name.text())) {
            (labelled(&format!("Variants of {}", choice.name), &variants.collect::<Vec<_>>()))
        }
    }
}

/// Security, servers, pagination and polling.
fn protocol(method: &Method, index: &Index<'_>) -> Markup {
    let data = &method.data;
    html! {
        ul.protocol {
            @if !data.security.is_empty() { li { "Needs " (security(&data.security)) "." } }
            @for server in &data.servers { li { "Is sent to " code { (server.url) } "." } }
            @if let Some(header) = &data.idempotency_key {
                li { "The header " code { (header) } " identifies a repeated request." }
            }
            @if let Some(pages) = &method.pages {
                li {
                    code { ".pages()" } " requests one page after the other" (next_page(&pages.paging.next))
                    @if let Some(items) = &pages.items {
                        "; " code { ".items()" } " yields each " code { (ty(&items.item, index)) }
                    }
                    "."
                }
            }
            @match &method.follow_up {
                Some(FollowUp::Poll { request: PollRequest::Operation(call), .. }) => li {
                    code { ".wait()" } " polls with "
                    a href=(format!("#call.{}", call.text())) { code { (call) } } " until the operation has ended."
                },
                Some(FollowUp::Poll { request: PollRequest::External { origin, path }, .. }) => li {
                    code { ".wait()" } " polls " code { (origin) (path) } " until the operation has ended."
                },
                Some(FollowUp::Location) => li {
                    code { ".wait()" } " polls the " code { "Location" } " of the response until the operation has ended."
                },
                None => {},
            }
        }
    }
}

fn security(alternatives: &[Vec<RequiredScheme>]) -> Markup {
    html! {
        @for (number, schemes) in alternatives.iter().enumerate() {
            @if number > 0 { ", or " }
            @if schemes.is_empty() { "no credentials" }
            @for (number, scheme) in schemes.iter().enumerate() {
                @if number > 0 { " and " }
                code { (scheme.scheme) }
                @if !scheme.scopes.is_empty() { " (" (scheme.scopes.join(", ")) ")" }
            }
        }
    }
}

fn next_page(next: &NextPage) -> Markup {
    html! {
        @match next {
            NextPage::Number { parameter, .. } => { ", by the number in " code { (parameter) } },
            NextPage::Offset { parameter } => { ", by the offset in " code { (parameter) } },
            NextPage::Index { parameter } => { ", by the position in " code { (parameter) } },
            NextPage::LastItem { parameter, .. } => { ", by the last item's id in " code { (parameter) } },
            NextPage::Token { parameter, path } => {
                ", by the text of " code { (path.join(".")) } " in " code { (parameter) }
            },
            NextPage::Link { path } => { ", by the URL in " code { (path.join(".")) } },
            NextPage::LinkHeader => { ", by the header " code { "Link" } },
        }
    }
}
