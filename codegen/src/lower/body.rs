//! What a call sends: a value, bytes, parts, or one of several media types.

use super::method::plain;
use super::model::{Argument, Attributes, BodyChoice, BodyVariant, Name, Target, Type, ValueType};
use super::{method, record, Context, Form};
use crate::api::model::{Body, Codec, Content, Shape, Use};
use crate::api::{body_parts, is_made_of_parts, BodyPart, PartKind};
use crate::names::{Ident, OperationNames};
use crate::rustdoc;

/// What of a body must be given, what may, and the enum where it comes in several media types.
#[derive(Debug, Default)]
pub struct Given {
    pub required: Vec<Argument>,
    pub optional: Vec<Argument>,
    pub choice: Option<BodyChoice>,
}

/// The arguments of a body.
pub fn lower(context: &Context<'_>, body: &Body, names: &OperationNames) -> Given {
    if let Some(parts) = body_parts(context.api, body) {
        return in_parts(context, &parts, &names.parts);
    }
    let attributes = Attributes {
        docs: rustdoc::summary(&body.docs),
        deprecated: false,
    };
    let (argument, choice) = match body.contents.as_slice() {
        [content] => (argument(context, content, 0, &names.body), None),
        several => {
            let choice = choice(context, several, names);
            let target = Target::Choice(names.content.clone());
            let value = ValueType::own(Type::Never);
            (given(&names.body, value, target), Some(choice))
        }
    };
    let argument = vec![Argument {
        attributes,
        ..argument
    }];
    let (required, optional) = match body.required {
        true => (argument, Vec::new()),
        false => (Vec::new(), argument),
    };
    Given {
        required,
        optional,
        choice,
    }
}

fn given(ident: &Ident, value: ValueType, target: Target) -> Argument {
    Argument {
        name: Name {
            wire: "body".to_owned(),
            ident: ident.clone(),
        },
        attributes: Attributes::default(),
        value,
        target,
    }
}

fn in_parts(context: &Context<'_>, parts: &[BodyPart<'_>], names: &[Ident]) -> Given {
    let mut all = Given::default();
    for (part, ident) in parts.iter().zip(names) {
        let target = match part.kind {
            PartKind::Value => Target::Part,
            PartKind::File => Target::File,
            PartKind::Files => Target::Files,
        };
        let argument = Argument {
            name: Name {
                wire: part.name.to_owned(),
                ident: ident.clone(),
            },
            attributes: record::attributes(context, part.value, part.required),
            value: method::given(context, (part.value, part.required), Form::Input),
            target,
        };
        match part.required {
            true => all.required.push(argument),
            false => all.optional.push(argument),
        }
    }
    all
}

/// The body in one media type.
fn argument(context: &Context<'_>, content: &Content, index: usize, ident: &Ident) -> Argument {
    let (value, target) = value(context, content, index);
    given(ident, value, target)
}

/// What the body is in the media type of this index, and where it goes.
pub fn value(context: &Context<'_>, content: &Content, index: usize) -> (ValueType, Target) {
    match content.codec {
        Codec::Bytes => (ValueType::own(Type::Bytes), Target::Bytes(index)),
        Codec::EventStream => (ValueType::own(Type::Text), Target::Body(index)),
        Codec::Text => (text(context, content), Target::Body(index)),
        Codec::JsonLines => (lines(context, content), Target::Body(index)),
        Codec::FormData | Codec::Multipart if is_made_of_parts(context.api, content) => {
            (ValueType::own(Type::Value), Target::Multipart(index))
        }
        Codec::Multipart if content.value.is_none() && content.item.is_some() => {
            (lines(context, content), Target::Body(index))
        }
        Codec::Json | Codec::Form | Codec::FormData | Codec::Multipart => {
            let value = content.value.as_ref();
            let value = value.map(|usage| plain(context, usage, Form::Input));
            (
                value.unwrap_or(ValueType::own(Type::Value)),
                Target::Body(index),
            )
        }
    }
}

/// Text as the document describes it: a scalar, else any text.
fn text(context: &Context<'_>, content: &Content) -> ValueType {
    let scalar = |usage: &&Use| match context.shape(usage.schema) {
        Some(
            Shape::Bool | Shape::Integer(_) | Shape::Number(_) | Shape::Text(_) | Shape::Choice(_),
        ) => true,
        Some(_) | None => false,
    };
    let value = content.value.as_ref().filter(scalar);
    let value = value.map(|usage| plain(context, usage, Form::Input));
    value.unwrap_or(ValueType::own(Type::Text))
}

/// A list of what each line holds.
fn lines(context: &Context<'_>, content: &Content) -> ValueType {
    let item = content.item.as_ref().or(content.value.as_ref());
    let Some(item) = item else {
        return ValueType::own(Type::Value).list();
    };
    match context.shape(item.schema) {
        Some(Shape::List(_)) if content.item.is_none() => plain(context, item, Form::Input),
        Some(_) | None => context.nullable_value(item, Form::Input).list(),
    }
}

fn choice(context: &Context<'_>, contents: &[Content], names: &OperationNames) -> BodyChoice {
    let mut variants: Vec<BodyVariant> = Vec::with_capacity(contents.len());
    for (index, (content, ident)) in contents.iter().zip(&names.contents).enumerate() {
        let argument = match content.codec {
            // A form is any parts, so that files can be among them.
            Codec::FormData | Codec::Multipart => given(
                &names.body,
                ValueType::own(Type::Value),
                Target::Multipart(index),
            ),
            Codec::Json
            | Codec::Form
            | Codec::Text
            | Codec::EventStream
            | Codec::JsonLines
            | Codec::Bytes => argument(context, content, index, &names.body),
        };
        let mut others = variants.iter();
        let from = others.all(|other| !same(&other.argument, &argument));
        variants.push(BodyVariant {
            ident: ident.clone(),
            media_type: content.media_type.clone(),
            argument,
            from,
        });
    }
    BodyChoice {
        name: names.content.clone(),
        variants,
    }
}

/// Whether two bodies are given as the same type.
fn same(one: &Argument, other: &Argument) -> bool {
    let kind = |argument: &Argument| match argument.target {
        Target::Bytes(_) => 1,
        Target::Multipart(_) => 2,
        Target::Path
        | Target::Query
        | Target::QueryString
        | Target::Header
        | Target::Cookie
        | Target::Body(_)
        | Target::Choice(_)
        | Target::Part
        | Target::File
        | Target::Files => 0,
    };
    kind(one) == kind(other) && (kind(one) > 0 || one.value.ty == other.value.ty)
}
