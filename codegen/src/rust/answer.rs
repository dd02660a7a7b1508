//! What an operation answers: one type where the document has one, an enum by status where it has several.

use super::ir::{Answer, AnswerEnum, AnswerVariant, Content, Type, Typed, Words};
use super::{method, Context, Form};
use crate::api::ir::{Codec, Operation, Reply, Status};
use crate::docs;
use crate::names::{Ident, ReplyNames};

/// What a call that succeeds yields.
pub fn reply(context: &Context<'_>, operation: &Operation, names: &ReplyNames) -> Answer {
    let variants = variants(context, operation, names, &|reply| {
        is_success(operation, reply)
    });
    match one(&variants) {
        Some(content) => Answer::One(content),
        None if variants.is_empty() => Answer::One(Content::Empty),
        None => Answer::Several(AnswerEnum {
            name: names.reply.clone(),
            variants,
        }),
    }
}

/// What a call that fails yields. A failure without a body says nothing that its status does not.
pub fn failure(context: &Context<'_>, operation: &Operation, names: &ReplyNames) -> Answer {
    let mut variants = variants(context, operation, names, &|reply| is_failure(reply.status));
    variants.retain(|variant| variant.content != Content::Empty);
    match one(&variants) {
        Some(content) => Answer::One(content),
        None if variants.is_empty() => Answer::Undocumented,
        None => Answer::Several(AnswerEnum {
            name: names.failure.clone(),
            variants,
        }),
    }
}

/// `default` is for failures, unless the document has nothing else for success.
fn is_success(operation: &Operation, reply: &Reply) -> bool {
    let listed = |status: Status| matches!(status, Status::Exact(200..=299) | Status::Range(2));
    match reply.status {
        Status::Default => !operation.replies.iter().any(|reply| listed(reply.status)),
        Status::Exact(_) | Status::Range(_) => listed(reply.status),
    }
}

fn is_failure(status: Status) -> bool {
    match status {
        Status::Exact(code) => code >= 300,
        Status::Range(class) => class >= 3,
        Status::Default => true,
    }
}

fn variants(
    context: &Context<'_>,
    operation: &Operation,
    names: &ReplyNames,
    wanted: &dyn Fn(&Reply) -> bool,
) -> Vec<AnswerVariant> {
    let named = operation
        .replies
        .iter()
        .zip(&names.variants)
        .enumerate()
        .filter(|(_, (reply, _))| wanted(reply));
    named
        .map(|(index, (reply, ident))| variant(context, index, reply, ident))
        .collect()
}

fn variant(context: &Context<'_>, index: usize, reply: &Reply, ident: &Ident) -> AnswerVariant {
    let words = Words {
        docs: docs::summary(&reply.docs),
        deprecated: false,
    };
    AnswerVariant {
        ident: ident.clone(),
        words,
        reply: index,
        content: content(context, reply),
    }
}

fn content(context: &Context<'_>, reply: &Reply) -> Content {
    let Some(content) =
        method::preferred(&reply.contents).and_then(|index| reply.contents.get(index))
    else {
        return Content::Empty;
    };
    match content.codec {
        Codec::Json => {
            let any = || Typed::own(Type::Value);
            Content::Json(
                content
                    .value
                    .as_ref()
                    .map_or_else(any, |usage| context.nullable_value(usage, Form::Read)),
            )
        }
        Codec::Text => Content::Text,
        Codec::Form
        | Codec::FormData
        | Codec::Multipart
        | Codec::EventStream
        | Codec::JsonLines
        | Codec::Bytes => Content::Bytes,
    }
}

/// The content that all of them share.
fn one(variants: &[AnswerVariant]) -> Option<Content> {
    let first = variants.first()?.content.clone();
    variants
        .iter()
        .all(|variant| variant.content == first)
        .then_some(first)
}
