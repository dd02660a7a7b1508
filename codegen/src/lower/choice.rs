//! Lists of values become enums, open ones unless closed ones are asked for.

use super::model::{Attributes, Choice, ChoiceBase, ChoiceVariant};
use super::Context;
use crate::api::model::{Choice as Values, ChoiceBase as Base, ChoiceValue, Json, SchemaId};
use crate::names::Ident;
use crate::rustdoc;

/// The enum of a choice.
pub fn lower(context: &Context<'_>, id: SchemaId, choice: &Values) -> Option<Choice> {
    let names = context.names.types.get(&id)?;
    let idents = context.members(id);
    let open = choice.open || !context.style.closed_enums;
    Some(Choice {
        name: names.read.clone(),
        attributes: context.attributes(id),
        base: base(choice),
        variants: choice
            .values
            .iter()
            .zip(idents)
            .map(|value| variant(value, base(choice)))
            .collect(),
        unlisted: idents.last().cloned().filter(|_| open),
    })
}

fn base(choice: &Values) -> ChoiceBase {
    match choice.base {
        Base::Text => ChoiceBase::Text,
        Base::Integer if choice.values.iter().all(|value| value.wire.is_i64()) => {
            ChoiceBase::Integer
        }
        Base::Integer | Base::Bool | Base::Mixed => ChoiceBase::Value,
    }
}

fn variant((value, ident): (&ChoiceValue, &Ident), base: ChoiceBase) -> ChoiceVariant {
    let wire = match &value.wire {
        Json::String(text) if base == ChoiceBase::Text => text.clone(),
        Json::String(_)
        | Json::Null
        | Json::Bool(_)
        | Json::Number(_)
        | Json::Array(_)
        | Json::Object(_) => value.wire.to_string(),
    };
    let attributes = Attributes {
        docs: rustdoc::summary(&value.docs),
        deprecated: value.docs.deprecated,
    };
    ChoiceVariant {
        ident: ident.clone(),
        attributes,
        wire,
    }
}
