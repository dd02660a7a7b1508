//! `reference.md` of a generated crate: every operation with its parameters, body, responses and errors.

use super::{text, unlinked};
use crate::api::model::Status;
use crate::emit::front_page::{first_sentence, table, tag};
use crate::emit::responses::{describe_content, describe_error, describe_output};
use crate::emit::signature::{self, short};
use crate::lower::model::{
    Argument, Arguments, Client, Crate, Method, OperationFile, ResponseData, ResponseType, Target,
};
use crate::rustdoc;

/// Returns the text; empty for a crate without a client.
pub fn reference(krate: &Crate, name: &str) -> String {
    let Some(client) = &krate.client else {
        return String::new();
    };
    let title = if krate.title.is_empty() { name } else { &krate.title };
    let mut lines = vec![format!("# Reference: {title}")];
    for file in &client.files {
        section(client, file, &mut lines);
    }
    text(&lines)
}

/// Appends the operations of a tag.
fn section(client: &Client, file: &OperationFile, lines: &mut Vec<String>) {
    let (title, summary) = tag(file);
    if client.files.len() > 1 {
        lines.extend([String::new(), format!("## {title}")]);
    }
    if !summary.is_empty() {
        lines.extend([String::new(), summary]);
    }
    for method in &file.methods {
        for part in operation(file, method).into_iter().filter(|part| !part.is_empty()) {
            lines.push(String::new());
            lines.extend(part);
        }
    }
}

/// Returns the parts of an operation's entry, between which are blank lines.
fn operation(file: &OperationFile, method: &Method) -> [Vec<String>; 7] {
    let data = &method.data;
    let request = rustdoc::code(&format!("{} {}", data.method, data.path));
    let deprecated = method.attributes.deprecated.then(|| "Deprecated.".to_owned());
    let summary = (!method.summary.is_empty()).then(|| unlinked(&method.summary));
    [
        vec![format!("### `{}`", method.name.text())],
        vec!["```text".to_owned(), signature(file, method), "```".to_owned()],
        vec![request],
        deprecated.into_iter().chain(summary).collect(),
        parameters(method),
        body(method).into_iter().collect(),
        responses(method),
    ]
}

/// Returns the call, and what it yields.
fn signature(file: &OperationFile, method: &Method) -> String {
    let group = file.group.as_ref().map(|group| format!("{}().", group.accessor.text()));
    let output = describe_output(&method.output).map(|output| output.replace(['`', '[', ']'], ""));
    let output = output.map(|output| format!(" -> {output}")).unwrap_or_default();
    let arguments = short(&signature::arguments(method));
    let (group, name) = (group.unwrap_or_default(), method.name.text());
    format!("client.{group}{name}({arguments}){output}")
}

/// Returns the table of parameters: the required ones, then those that the call has setters for.
fn parameters(method: &Method) -> Vec<String> {
    let (Arguments::List(required) | Arguments::Struct(_, required)) = &method.arguments;
    let required = required.iter().map(|argument| (argument, "yes"));
    let optional = method.setters.iter().map(|argument| (argument, "no"));
    let rows = required.chain(optional).map(|(argument, required)| {
        let ty = rustdoc::code(&short(&signature::argument(argument)));
        let meaning = rustdoc::first_paragraph(&argument.attributes.docs);
        let meaning = unlinked(first_sentence(&meaning));
        let name = format!("`{}`", argument.name.ident.text());
        [name, place(argument), ty, required.to_owned(), meaning]
    });
    let rows: Vec<_> = rows.collect();
    match rows.is_empty() {
        true => Vec::new(),
        false => table(["parameter", "in", "type", "required", "meaning"], &rows),
    }
}

/// Returns where an argument is sent, with its name on the wire if that is another.
fn place(argument: &Argument) -> String {
    let location = match argument.target {
        Target::Path => "path",
        Target::Query => "query",
        Target::QueryString => return "query".to_owned(),
        Target::Header => "header",
        Target::Cookie => "cookie",
        Target::Part | Target::File | Target::Files => "part",
        Target::Body(_) | Target::Bytes(_) | Target::Multipart(_) | Target::Choice { .. } => {
            return "body".to_owned();
        }
    };
    match argument.name.wire == argument.name.ident.text() {
        true => location.to_owned(),
        false => format!("{location} {}", rustdoc::code(&argument.name.wire)),
    }
}

/// Returns the media types of the body.
fn body(method: &Method) -> Option<String> {
    let bodies = method.data.bodies.iter().map(|body| rustdoc::code(&body.media_type));
    let bodies: Vec<_> = bodies.collect();
    (!bodies.is_empty()).then(|| format!("Body: {}.", bodies.join(", ")))
}

/// Returns the table of responses.
fn responses(method: &Method) -> Vec<String> {
    let responses = method.data.responses.iter().enumerate();
    let rows = responses.map(|(index, response)| {
        let types = response.contents.iter().map(|content| rustdoc::code(&content.media_type));
        let status = match response.status {
            Status::Exact(code) => code.to_string(),
            Status::Range(class) => format!("{class}XX"),
            Status::Default => "any other".to_owned(),
        };
        [status, types.collect::<Vec<_>>().join(", "), value(method, index, response)]
    });
    let rows: Vec<_> = rows.collect();
    match rows.is_empty() {
        true => Vec::new(),
        false => table(["status", "media type", "yields"], &rows),
    }
}

/// Returns what a response yields, and whether as an error.
fn value(method: &Method, index: usize, response: &ResponseData) -> String {
    let is_success = match response.status {
        Status::Exact(code) => code < 300,
        Status::Range(class) => class < 3,
        Status::Default => method.data.responses.len() == 1,
    };
    let ty = if is_success { &method.output } else { &method.error };
    let value = match ty {
        ResponseType::Several(several) => {
            let variants = several.variants.iter().filter(|variant| variant.response == index);
            let variants = variants.map(|variant| describe_content(&variant.content));
            variants.collect::<Option<Vec<_>>>().map(|all| all.join(" or "))
        }
        ResponseType::One(_) | ResponseType::Undocumented if response.contents.is_empty() => None,
        ResponseType::One(_) | ResponseType::Undocumented if is_success => describe_output(ty),
        ResponseType::One(_) | ResponseType::Undocumented => describe_error(ty),
    };
    let value = value.unwrap_or_default();
    match (is_success, value.is_empty()) {
        (true, _) => unlinked(&value),
        (false, true) => "an error".to_owned(),
        (false, false) => format!("an error: {}", unlinked(&value)),
    }
}
