//! Macro calls of an operation: its declaration, its setters, pagination and waiting.

use super::argument::{self, Place};
use super::code::{self, inline, raw_json, Code, WIDTH};
use super::{operation_spec, responses};
use crate::api::model::Status;
use crate::lower::model::{Argument, Attributes, ErrorExample, Method, PageItems, Presence};
use crate::names::Ident;
use crate::unseen::{escaped, is_refused};
use quote::quote;

/// Returns the declaration of an operation and its call type.
pub fn declaration(method: &Method, link: &str) -> Code {
    let mut text = "rt::operation! {\n".to_owned();
    let attributes = Attributes { docs: docs(method, link), deprecated: false };
    push_attributes(&mut text, &attributes);
    let (call, marker) = (&method.call, &method.marker);
    let output = inline(&responses::decoder(&method.output));
    let error = inline(&responses::decoder(&method.error));
    let alias = if has_methods(method) { "" } else { "type " };
    let head = format!("    {alias}{call}({marker}) -> {output}, {error};\n");
    if head.len() <= WIDTH {
        text.push_str(&head);
    } else {
        let head = format!("    {alias}{call}({marker})\n        -> {output},\n        {error};\n");
        text.push_str(&head);
    }
    if method.data.has_xml() {
        text.push_str("    xml super::XML;\n");
    }
    let lines = operation_spec::lines(method).join("\n    ");
    text.push_str("    ");
    if lines.contains(['"', '\\']) {
        text.push_str(&raw_json(&lines).to_string());
    } else {
        text.push_str(&format!("\"{lines}\""));
    }
    text.push_str("\n}");
    Code::macro_call(&text)
}

/// `true` if calls of the operation have methods that other calls lack.
fn has_methods(method: &Method) -> bool {
    !method.setters.is_empty() || method.pages.is_some() || method.last_call().is_some()
}

/// Returns the doc comment of the call type.
fn docs(method: &Method, link: &str) -> Vec<String> {
    let output = responses::describe_output(&method.output);
    let output = output.map_or(String::new(), |output| format!(", which yields {output}"));
    let mut docs = vec![format!("A call of {link}{output}.")];
    if let Some(error) = responses::describe_error(&method.error) {
        let statuses = describe_statuses(method);
        docs.extend([String::new(), "# Errors".to_owned(), format!("{error} with {statuses}.")]);
    }
    docs.extend(method.error_example.iter().flat_map(error_example));
    docs
}

/// Returns the body of an error as the document has it.
fn error_example(example: &ErrorExample) -> Vec<String> {
    let status = match example.status {
        Status::Default => "any other status".to_owned(),
        Status::Exact(_) | Status::Range(_) => {
            format!("status {}", describe_status(example.status))
        }
    };
    let fence = code::fence(&example.json);
    let mut lines = vec![String::new(), format!("For example, with {status}:"), String::new()];
    lines.push(format!("{fence}json"));
    lines.extend(example.json.lines().map(|line| escaped(line, is_refused).into_owned()));
    lines.push(fence);
    lines
}

/// Describes the statuses of errors. `default` alone stands for all that are no success.
fn describe_statuses(method: &Method) -> String {
    let all = &method.error_statuses;
    let statuses: Vec<String> = all.iter().map(|status| describe_status(*status)).collect();
    let is_only = method.data.responses.iter().all(|one| one.status == Status::Default);
    match statuses.split_last() {
        Some((_, [])) if is_only => "the status of a failure".to_owned(),
        Some((_, [])) if all.contains(&Status::Default) => "any other status".to_owned(),
        Some((last, [])) => format!("status {last}"),
        Some((last, others)) => format!("status {} or {last}", others.join(", ")),
        None => "any status".to_owned(),
    }
}

fn describe_status(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "any other".to_owned(),
    }
}

/// Returns the setters of optional parameters.
pub fn setters(method: &Method) -> Option<Code> {
    if method.setters.is_empty() {
        return None;
    }
    let mut text = format!("rt::setters! {{ {} {{\n", method.call);
    for argument in &method.setters {
        push_attributes(&mut text, &argument.attributes);
        let (signature, assignment) = setter(argument);
        let is_short = signature.len() + assignment.len() + 4 <= WIDTH;
        let separator = if is_short { " " } else { "\n        " };
        text.push_str(&format!("{signature}{separator}{assignment}\n"));
    }
    text.push_str("} }");
    Some(Code::macro_call(&text))
}

/// Returns the setter's signature, and how it passes the value to the call.
fn setter(argument: &Argument) -> (String, String) {
    let ident = &argument.name.ident;
    let lifetime = argument::lifetime([argument]);
    let lifetime = lifetime.as_ref().map(inline).unwrap_or_default();
    let ty = inline(&argument::argument_type(argument, Place::Argument));
    let (method, value) = argument::setter(argument, Place::Argument);
    (format!("    {ident}{lifetime}: {ty}"), format!("=> {}({});", inline(&method), inline(&value)))
}

/// Appends doc comment and attributes.
fn push_attributes(text: &mut String, attributes: &Attributes) {
    for line in &attributes.docs {
        text.push_str("    ///");
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
        text.push('\n');
    }
    if attributes.deprecated {
        text.push_str("    #[deprecated]\n");
    }
}

/// Returns the macro calls for an operation's pages and their items.
pub fn pages(method: &Method) -> Vec<Code> {
    let Some(pages) = &method.pages else {
        return Vec::new();
    };
    let call = &method.call;
    let macro_call = Code::macro_call(&format!("rt::pages! {{ {call} }}"));
    let items = pages.items.as_ref().map(|items| page_items(call, items));
    [macro_call].into_iter().chain(items).collect()
}

fn page_items(call: &Ident, items: &PageItems) -> Code {
    let mut guards = String::new();
    let mut path = quote!(page);
    for (index, step) in items.steps.iter().enumerate() {
        let field = &step.field;
        let is_last = index + 1 == items.steps.len();
        path = match (step.presence, is_last) {
            (Presence::Required, _) => quote!(#path.#field),
            (Presence::Optional | Presence::Nullable | Presence::Lenient, true) => {
                quote!(#path.#field.unwrap_or_default())
            }
            (Presence::OptionalNullable, true) => {
                quote!(#path.#field.into_value().unwrap_or_default())
            }
            (presence, false) => {
                let is_maybe = presence == Presence::OptionalNullable;
                let option = is_maybe.then(|| quote!(.into_value()));
                let guard = inline(&quote!(let Some(page) = #path.#field #option));
                guards.push_str(&format!(
                    "    {guard} else {{\n        return Vec::new();\n    }};\n"
                ));
                quote!(page)
            }
        };
    }
    let (page, item) = (&items.page, &items.item);
    let (page, item, path) = (inline(&quote!(#page)), inline(&quote!(#item)), inline(&path));
    let head = format!("rt::items! {{ {call}, |page: {page}| -> Vec<{item}>");
    let line = format!("{head} {{ {path} }} }}");
    if guards.is_empty() && line.len() <= WIDTH {
        return Code::macro_call(&line);
    }
    Code::macro_call(&format!("{head} {{\n{guards}    {path}\n}} }}"))
}

/// Returns the macro call for waiting for the end of a long-running operation.
pub fn wait(method: &Method) -> Option<Code> {
    let (call, marker, last) = (&method.call, &method.marker, method.last_call()?);
    Some(Code::macro_call(&format!("rt::wait! {{ {call}({marker}) -> {last} }}")))
}
