//! How the form for requests is made from what was read.

use super::model::{Conversion, InputConversion, Type, UnionConversion, UnionVariant};
use super::record::travels;
use super::value_type::is_record;
use super::{Context, Form};
use crate::api::model::{
    AdditionalProperties, MissingValue, Object, Property, SchemaId, Shape, Tuple, Union, Use,
};
use crate::api::read_write::Reach;
use std::collections::BTreeSet;

/// The conversion, where every field that a request must have can be taken from what was read.
pub fn lower(
    context: &Context<'_>,
    id: SchemaId,
    object: &Object,
    form: Form,
) -> Option<InputConversion> {
    if form == Form::Read || !context.convertible.contains(&id) {
        return None;
    }
    let turns = Turns::of(context, &context.convertible);
    let sent = turns.sent(id, object);
    Some(InputConversion {
        read: context.name(id, Form::Read)?,
        fields: sent
            .map(|property| turns.field(id, property))
            .collect::<Option<_>>()?,
        rest: turns.rest(object)?,
    })
}

/// The conversion of a union whose branches have one each; `variants` are those of the form for requests.
pub fn lower_union(
    context: &Context<'_>,
    id: SchemaId,
    union: &Union,
    variants: &[UnionVariant],
) -> Option<UnionConversion> {
    if !context.convertible.contains(&id) {
        return None;
    }
    let turns = Turns::of(context, &context.convertible);
    let branches = union.variants.iter().zip(variants);
    let branches = branches.map(|(branch, variant)| {
        let turn = turns.value(branch.value.schema)?;
        let is_boxed = matches!(variant.value.ty, Type::Boxed(_));
        Some(match is_boxed {
            true => turn.within(Conversion::Boxed),
            false => turn,
        })
    });
    Some(UnionConversion {
        read: context.name(id, Form::Read)?,
        variants: branches.collect::<Option<_>>()?,
    })
}

/// The objects and unions whose form for requests can be made from what was read: all but those with a value that
/// cannot, and those that hold one of these.
pub fn convertible(context: &Context<'_>) -> BTreeSet<SchemaId> {
    let inputs = context.names.inputs();
    let mut able: BTreeSet<_> = inputs
        .filter(|id| {
            context
                .schema(*id)
                .is_some_and(|schema| super::is_own_item(&schema.shape))
        })
        .collect();
    loop {
        let turns = Turns::of(context, &able);
        let kept: BTreeSet<_> = able
            .iter()
            .copied()
            .filter(|id| turns.is_able(*id))
            .collect();
        if kept.len() == able.len() {
            return able;
        }
        able = kept;
    }
}

/// Finds how values are made, given the types that have a conversion.
struct Turns<'c, 'a> {
    context: &'c Context<'a>,
    able: &'c BTreeSet<SchemaId>,
}

impl<'c, 'a> Turns<'c, 'a> {
    fn of(context: &'c Context<'a>, able: &'c BTreeSet<SchemaId>) -> Self {
        Self { context, able }
    }

    fn is_able(&self, id: SchemaId) -> bool {
        match self.context.schema(id).map(|schema| &schema.shape) {
            Some(Shape::Object(object)) => {
                let mut sent = self.sent(id, object);
                sent.all(|property| self.field(id, property).is_some())
                    && self.rest(object).is_some()
            }
            Some(Shape::Union(union)) => {
                let mut branches = union.variants.iter();
                branches.all(|branch| self.value(branch.value.schema).is_some())
            }
            Some(_) | None => false,
        }
    }

    /// The properties that requests have.
    fn sent<'o>(&'o self, id: SchemaId, object: &'o Object) -> impl Iterator<Item = &'o Property> {
        let all = object.properties.values();
        all.filter(move |property| travels(self.context, id, property, Form::Input))
    }

    /// How a field is made, or that it stays unset; nothing where it can be neither.
    fn field(&self, id: SchemaId, property: &Property) -> Option<Option<Conversion>> {
        if !travels(self.context, id, property, Form::Read) {
            return (!property.required).then_some(None);
        }
        if property.if_missing == MissingValue::Unset {
            // What was read may lack what a request must have.
            return None;
        }
        self.held(id, &property.value).map(Some)
    }

    /// How what a struct or tuple holds at a place is made, null aside.
    fn held(&self, owner: SchemaId, usage: &Use) -> Option<Conversion> {
        let turn = self.value(usage.schema)?;
        Some(if self.context.is_boxed(owner, usage) {
            turn.within(Conversion::Boxed)
        } else {
            turn
        })
    }

    fn rest(&self, object: &Object) -> Option<Conversion> {
        match &object.additional {
            AdditionalProperties::Retained(value) => {
                Some(self.nullable(value)?.within(Conversion::Values))
            }
            AdditionalProperties::Ignored | AdditionalProperties::Forbidden => {
                Some(Conversion::Same)
            }
        }
    }

    fn nullable(&self, usage: &Use) -> Option<Conversion> {
        let turn = self.value(usage.schema)?;
        Some(if self.context.is_nullable(usage) {
            turn.within(Conversion::Given)
        } else {
            turn
        })
    }

    /// How a value of a schema is made, null aside.
    fn value(&self, id: SchemaId) -> Option<Conversion> {
        let context = self.context;
        let differs = context.names.reach(id) == Reach::BothDiffer;
        if !differs || context.reference(id, Form::Read) == context.reference(id, Form::Input) {
            return Some(Conversion::Same);
        }
        let behind = context.same(id);
        if [id, behind].iter().any(|id| context.boxes.is_endless(*id)) {
            return None;
        }
        match &context.schema(behind)?.shape {
            Shape::Object(object) if is_record(object) => {
                self.able.contains(&behind).then_some(Conversion::Into)
            }
            Shape::Union(_) => self.able.contains(&behind).then_some(Conversion::Into),
            Shape::Object(map) => self.rest(map),
            Shape::List(list) => Some(self.nullable(&list.item)?.within(Conversion::Items)),
            Shape::Tuple(tuple) => self.positions(behind, tuple),
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_)
            | Shape::Alias(_) => None,
        }
    }

    fn positions(&self, id: SchemaId, tuple: &Tuple) -> Option<Conversion> {
        let positions = tuple.items.iter().enumerate();
        let positions = positions.map(|(at, item)| {
            let turn = self.held(id, item)?;
            let is_plain = at < tuple.required && !self.context.is_nullable(item);
            Some(match is_plain {
                true => turn,
                false => turn.within(Conversion::Given),
            })
        });
        let rest = match &tuple.additional {
            Some(rest) => Some(Box::new(self.nullable(rest)?.within(Conversion::Items))),
            None => None,
        };
        Some(Conversion::Positions(
            positions.collect::<Option<_>>()?,
            rest,
        ))
    }
}
