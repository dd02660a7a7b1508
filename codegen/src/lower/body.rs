//! Request bodies: a value, bytes, parts, or one of several media types.

use super::model::{Argument, Attributes, BodyChoice, BodyVariant, Name, Target, Type, ValueType};
use super::operation::argument_type;
use super::{operation, Context, Direction};
use crate::api::model::{Body, Codec, Content, Shape, Use};
use crate::api::{body_parts, is_made_of_parts, BodyPart, PartKind};
use crate::names::{Ident, OperationNames};
use crate::rustdoc;

/// Arguments of a request body.
#[derive(Debug, Default)]
pub struct BodyArguments {
    pub required: Vec<Argument>,
    pub optional: Vec<Argument>,
    pub choice: Option<BodyChoice>,
}

impl BodyArguments {
    fn push(&mut self, argument: Argument, required: bool) {
        match required {
            true => self.required.push(argument),
            false => self.optional.push(argument),
        }
    }
}

/// Returns the arguments of a request body.
pub fn lower(context: &Context<'_>, body: &Body, names: &OperationNames) -> BodyArguments {
    let mut arguments = BodyArguments::default();
    if let Some(parts) = body_parts(context.api, body) {
        for (part, ident) in parts.iter().zip(&names.parts) {
            arguments.push(part_argument(context, part, ident), part.required);
        }
        return arguments;
    }
    let (value, target) = match body.contents.as_slice() {
        [content] => value(context, content, 0),
        contents => {
            let choice = choice(context, contents, names);
            let target = Target::Choice { name: choice.name.clone(), borrows: choice.borrows() };
            arguments.choice = Some(choice);
            (ValueType::native(Type::Never), target)
        }
    };
    let attributes = Attributes { docs: rustdoc::summary(&body.docs), deprecated: false };
    let argument = whole_body(&names.body, value, target);
    arguments.push(Argument { attributes, ..argument }, body.required);
    arguments
}

fn whole_body(ident: &Ident, value: ValueType, target: Target) -> Argument {
    Argument {
        name: Name { wire: "body".to_owned(), ident: ident.clone() },
        attributes: Attributes::default(),
        value,
        target,
        position: 0,
    }
}

fn part_argument(context: &Context<'_>, part: &BodyPart<'_>, ident: &Ident) -> Argument {
    Argument {
        name: Name { wire: part.name.to_owned(), ident: ident.clone() },
        attributes: context.use_attributes(part.value, part.required),
        // An absent part expresses null already.
        value: match part.required {
            true => argument_type(context, part.value, Direction::Request),
            false => operation::non_null_argument_type(context, part.value, Direction::Request),
        },
        target: match part.kind {
            PartKind::Value => Target::Part,
            PartKind::File => Target::File,
            PartKind::Files => Target::Files,
        },
        position: 0,
    }
}

/// Returns the type of the body in the media type of this index, and its destination.
pub fn value(context: &Context<'_>, content: &Content, index: usize) -> (ValueType, Target) {
    match content.codec {
        Codec::Bytes => (ValueType::native(Type::Bytes), Target::Bytes(index)),
        Codec::EventStream => (ValueType::native(Type::Text), Target::Body(index)),
        Codec::Text => (text(context, content), Target::Body(index)),
        Codec::JsonLines => (lines(context, content), Target::Body(index)),
        Codec::FormData | Codec::Multipart if is_made_of_parts(context.api, content) => {
            (ValueType::native(Type::Value), Target::Multipart(index))
        }
        Codec::Multipart if content.value.is_none() && content.item.is_some() => {
            (lines(context, content), Target::Body(index))
        }
        Codec::Json | Codec::Form | Codec::FormData | Codec::Multipart | Codec::Xml => {
            let value = content.value.as_ref();
            let value = value.map(|usage| argument_type(context, usage, Direction::Request));
            let value = value.unwrap_or(ValueType::native(Type::Value));
            (value, Target::Body(index))
        }
    }
}

/// Returns the type of a text body: a scalar as documented, else any text.
fn text(context: &Context<'_>, content: &Content) -> ValueType {
    let is_scalar = |usage: &&Use| context.shape(usage.schema).is_some_and(is_scalar);
    let value = content.value.as_ref().filter(is_scalar);
    let value = value.map(|usage| argument_type(context, usage, Direction::Request));
    value.unwrap_or(ValueType::native(Type::Text))
}

/// `true` for shapes whose values are written as one text.
pub fn is_scalar(shape: &Shape) -> bool {
    matches!(
        shape,
        Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::Text(_) | Shape::Choice(_)
    )
}

/// Returns the type of a sequence of JSON texts: a list.
fn lines(context: &Context<'_>, content: &Content) -> ValueType {
    let Some(item) = content.item.as_ref().or(content.value.as_ref()) else {
        return ValueType::native(Type::Value).list();
    };
    match context.shape(item.schema) {
        Some(Shape::List(_)) if content.item.is_none() => {
            argument_type(context, item, Direction::Request)
        }
        Some(_) | None => context.nullable_value(item, Direction::Request).list(),
    }
}

fn choice(context: &Context<'_>, contents: &[Content], names: &OperationNames) -> BodyChoice {
    let mut variants: Vec<BodyVariant> = Vec::with_capacity(contents.len());
    for (index, (content, ident)) in contents.iter().zip(&names.contents).enumerate() {
        let (value, target) = match content.codec {
            // Any parts are accepted, so that files can be among them.
            Codec::FormData | Codec::Multipart => {
                (ValueType::native(Type::Value), Target::Multipart(index))
            }
            Codec::Json
            | Codec::Form
            | Codec::Text
            | Codec::EventStream
            | Codec::JsonLines
            | Codec::Xml
            | Codec::Bytes => value(context, content, index),
        };
        let argument = whole_body(&names.body, value, target);
        let mut others = variants.iter().map(|variant| &variant.argument);
        variants.push(BodyVariant {
            has_from: others.all(|other| rust_type(other) != rust_type(&argument)),
            ident: ident.clone(),
            media_type: content.media_type.clone(),
            argument,
        });
    }
    BodyChoice { name: names.content.clone(), variants }
}

/// Returns the type of a variant's value, for comparison: the runtime's body, its multipart body, or a value's type.
fn rust_type(argument: &Argument) -> (bool, bool, Option<&Type>) {
    let is_bytes = matches!(argument.target, Target::Bytes(_));
    let is_multipart = matches!(argument.target, Target::Multipart(_));
    let is_value = !is_bytes && !is_multipart;
    (is_bytes, is_multipart, is_value.then_some(&argument.value.ty))
}
