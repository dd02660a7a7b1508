//! Operations as calls of the runtime's macros: the type of their calls, its setters, and how it goes on.

use super::argument::{self, Place};
use super::code::{inline, raw_json, Code, WIDTH};
use super::{operation_spec, responses};
use crate::api::model::Status;
use crate::lower::model::{Argument, Arguments, Attributes, Method};
use proc_macro2::TokenStream;
use quote::quote;

/// The declaration of an operation, with the type of its calls.
pub fn declaration(method: &Method, link: &str) -> Code {
    let mut text = "rt::operation! {\n".to_owned();
    let attributes = Attributes {
        docs: docs(method, link),
        deprecated: false,
    };
    push_words(&mut text, &attributes);
    let (call, marker) = (&method.call, &method.marker);
    let output = inline(&responses::decoder(&method.output));
    let error = inline(&responses::decoder(&method.error));
    let head = format!("    {call}({marker}) -> {output}, {error};\n");
    if head.len() <= WIDTH {
        text.push_str(&head);
    } else {
        text.push_str(&format!(
            "    {call}({marker})\n        -> {output},\n        {error};\n"
        ));
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

/// What the page of a call's type says.
fn docs(method: &Method, link: &str) -> Vec<String> {
    let yields = responses::output_words(&method.output);
    let yields = yields.map_or(String::new(), |attributes| {
        format!(", which yields {attributes}")
    });
    let mut docs = vec![format!("A call of {link}{yields}.")];
    if let Some(error) = responses::error_words(&method.error) {
        let statuses = statuses(&method.error_statuses);
        docs.extend([
            String::new(),
            "# Errors".to_owned(),
            format!("{error} with {statuses}."),
        ]);
    }
    docs
}

/// Statuses in words.
fn statuses(all: &[Status]) -> String {
    let attributes: Vec<String> = all.iter().map(|status| status_word(*status)).collect();
    match attributes.split_last() {
        Some((last, [])) => format!("status {last}"),
        Some((last, others)) => format!("status {} or {last}", others.join(", ")),
        None => "any status".to_owned(),
    }
}

fn status_word(status: Status) -> String {
    match status {
        Status::Exact(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "any other".to_owned(),
    }
}

/// Optional parameters are setters: a new one breaks nobody.
pub fn setters(method: &Method) -> Option<Code> {
    if method.setters.is_empty() {
        return None;
    }
    let mut text = format!("rt::setters! {{ {} {{\n", method.call);
    for setter in &method.setters {
        push_words(&mut text, &setter.attributes);
        let (left, right) = setter_row(setter, method);
        let joint = if left.len() + right.len() + 4 <= WIDTH {
            " "
        } else {
            "\n        "
        };
        text.push_str(&format!("{left}{joint}{right}\n"));
    }
    text.push_str("} }");
    Some(Code::macro_call(&text))
}

/// A setter: its name and type, and how it is given to the call.
fn setter_row(setter: &Argument, method: &Method) -> (String, String) {
    let ident = &setter.name.ident;
    let lifetime = argument::lifetime([setter], method);
    let lifetime = lifetime.as_ref().map(inline).unwrap_or_default();
    let ty = inline(&argument::argument_type(setter, method, Place::Argument));
    let (way, value) = argument::set(setter, Place::Argument);
    let (way, value) = (inline(&way), inline(&value));
    (
        format!("    {ident}{lifetime}: {ty}"),
        format!("=> {way}({value});"),
    )
}

/// Writes documentation and the attribute of what is deprecated.
fn push_words(text: &mut String, attributes: &Attributes) {
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

/// What a method does that begins a call; `client` is what it refers to the client by.
pub fn begin(method: &Method, given: &[Argument], client: &TokenStream) -> TokenStream {
    let call = &method.call;
    let (values, others): (Vec<&Argument>, Vec<&Argument>) = given
        .iter()
        .partition(|argument| argument::is_required_value(argument));
    let values = values.into_iter().map(argument::value);
    let begun = quote!(#call::new(#client, &[#(#values),*]));
    if others.is_empty() {
        return begun;
    }
    let place = match &method.arguments {
        Arguments::List(_) => Place::Argument,
        Arguments::Struct(..) => Place::Field,
    };
    let sets = others.into_iter().map(|argument| {
        let (way, value) = argument::set(argument, place);
        quote!(call.inner.#way(#value);)
    });
    quote! {
        let mut call = #begun;
        #(#sets)*
        call
    }
}
