//! Signatures of generated items as text, for people and for the comparison of two clients. Types of the runtime begin with `rt::`,
//! since a generated type may have the same name.

use super::argument::{self, Place};
use super::code::inline;
use super::{client, defaults, operation_spec, record, responses, service, types};
use crate::api::model::SchemeKind;
use crate::lower::model::{
    Argument, Arguments, BodyDecoder, Construction, DefaultAccessor, Field, Handler, HandlerBody,
    Method, PartCase, Record, ReplyVariant, ResponseType, ResponseVariant, Type, ValueType,
};
use crate::names::Ident;
use quote::quote;

/// A setter of a struct.
pub struct Setter {
    /// The method.
    pub name: String,
    /// Member on the wire.
    pub wire: String,
    /// Type of the argument.
    pub ty: String,
    /// `true` for `#[deprecated]`.
    pub is_deprecated: bool,
}

/// Returns a signature without the path of the runtime.
pub fn short(signature: &str) -> String {
    signature.replace("rt::", "")
}

/// Returns a type.
pub fn ty(ty: &Type) -> String {
    inline(&quote!(#ty))
}

/// Returns the type of a response header's value, or its codec if the type does not determine it.
pub fn header(value: &ValueType) -> String {
    codec(value).unwrap_or_else(|| ty(&value.ty))
}

/// Returns the codec of a value; `None` if its type determines it.
pub fn codec(value: &ValueType) -> Option<String> {
    types::coded(value).map(|codec| inline(&codec))
}

/// Returns the lines that describe an operation to the runtime.
pub fn description(method: &Method) -> Vec<String> {
    operation_spec::lines(method)
}

/// Returns the type that the accessor of a field's default returns.
pub fn default_accessor(field: &Field, default: &DefaultAccessor) -> String {
    inline(&defaults::returned(field, default))
}

/// Returns the type of a field, including its presence.
pub fn field(field: &Field) -> String {
    inline(&record::field_type(field))
}

/// Returns the field of additional members, and its type.
pub fn additional(record: &Record) -> Option<(&Ident, String)> {
    let (ident, value) = record.additional.field()?;
    Some((ident, format!("rt::Map<{}>", ty(&value.ty))))
}

/// Returns the arguments of `new`.
pub fn constructor(record: &Record, construction: &Construction) -> String {
    let arguments = record::arguments(record, construction);
    arguments.join(", ")
}

/// Returns the setters of a struct.
pub fn setters(record: &Record, construction: &Construction) -> Vec<Setter> {
    let fields = record.fields.iter();
    let optional = fields
        .filter(|field| !field.presence.is_required())
        .map(|field| (field.name.wire.clone(), ty(&field.value.ty), field.attributes.deprecated));
    let additional =
        additional(record).map(|(_, ty)| ("additionalProperties".to_owned(), ty, false));
    let setters = construction.setters.iter().zip(optional.chain(additional));
    let setters = setters.map(|(name, (wire, ty, is_deprecated))| Setter {
        name: name.text().to_owned(),
        wire,
        ty,
        is_deprecated,
    });
    setters.collect()
}

/// Returns the arguments of the method that starts a call.
pub fn arguments(method: &Method) -> String {
    match &method.arguments {
        Arguments::List(arguments) => {
            let arguments = arguments.iter();
            let arguments: Vec<_> = arguments
                .map(|argument| {
                    format!("{}: {}", argument.name.ident.text(), self::argument(argument))
                })
                .collect();
            arguments.join(", ")
        }
        Arguments::Struct(name, _) => format!("arguments: {}", name.text()),
    }
}

/// Returns the type of an argument of a method.
pub fn argument(argument: &Argument) -> String {
    inline(&argument::argument_type(argument, Place::Argument))
}

/// Returns the type of an argument as a field of a struct or a variant.
pub fn argument_field(argument: &Argument) -> String {
    inline(&argument::argument_type(argument, Place::Field))
}

/// Returns the type that decodes a response.
pub fn decoder(response: &ResponseType) -> String {
    inline(&responses::decoder(response))
}

/// Returns the contents of a variant of a response enum.
pub fn response_variant(variant: &ResponseVariant) -> String {
    let ty = responses::variant_type(variant);
    ty.map_or_else(String::new, |ty| format!("({})", inline(&ty)))
}

/// Returns the arguments of a handler but the context, and the enum of its replies.
pub fn handler(handler: &Handler) -> String {
    let parameters = handler.parameters.iter();
    let parameters = parameters.map(|record| format!("parameters: {}", record.name.text()));
    let body = handler.body.iter();
    let body = body.map(|body| format!("body: {}", handler_body(body)));
    let arguments: Vec<String> = parameters.chain(body).collect();
    format!("({}) -> {}", arguments.join(", "), handler.reply.name.text())
}

/// Returns the type of the body that a handler is given.
pub fn handler_body(body: &HandlerBody) -> String {
    inline(&service::body_type(body))
}

/// Returns the contents of a variant of an enum of replies.
pub fn reply_variant(variant: &ReplyVariant) -> String {
    let payload: Vec<String> = service::payload(variant).iter().map(inline).collect();
    match payload.is_empty() {
        true => String::new(),
        false => format!("({})", payload.join(", ")),
    }
}

/// Returns the type of the value of a request body.
pub fn body_decoder(decoder: &BodyDecoder) -> String {
    inline(&service::decoded(decoder))
}

/// Returns the type of a part of a request body.
pub fn part(part: &PartCase) -> String {
    inline(&service::part_type(part))
}

/// Returns the arguments of a credential's constructor.
pub fn credential(kind: &SchemeKind) -> String {
    inline(&client::credential_arguments(kind))
}
