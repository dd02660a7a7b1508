//! Conversion of response types into the corresponding request types.

use super::model::{Conversion, RecordConversion, Type, UnionConversion, UnionVariant};
use super::record::has_property;
use super::{Context, Direction};
use crate::api::model::{
    AdditionalProperties, MissingValue, Object, Property, SchemaId, Shape, Tuple, Union, Use,
};
use crate::api::read_write::Reach;
use crate::names::is_nominal;
use std::collections::BTreeSet;

/// Returns the conversion, if the response type provides every required field.
pub fn record(
    context: &Context<'_>,
    id: SchemaId,
    object: &Object,
    direction: Direction,
) -> Option<RecordConversion> {
    if direction == Direction::Response || !context.convertible.contains(&id) {
        return None;
    }
    let search = Search::new(context, &context.convertible);
    let fields = search.request_properties(id, object);
    Some(RecordConversion {
        read: context.name(id, Direction::Response)?,
        fields: fields.map(|property| search.field(id, property)).collect::<Option<_>>()?,
        additional: search.additional(object)?,
    })
}

/// Returns the conversion of a union, if there is one for every branch; `variants` are those of the request type.
pub fn union(
    context: &Context<'_>,
    id: SchemaId,
    union: &Union,
    variants: &[UnionVariant],
) -> Option<UnionConversion> {
    if !context.convertible.contains(&id) {
        return None;
    }
    let search = Search::new(context, &context.convertible);
    let branches = union.variants.iter().zip(variants);
    let conversions = branches.map(|(branch, variant)| {
        let conversion = search.value(branch.value.schema)?;
        Some(match matches!(variant.value.ty, Type::Boxed(_)) {
            true => conversion.inside(Conversion::Boxed),
            false => conversion,
        })
    });
    Some(UnionConversion {
        read: context.name(id, Direction::Response)?,
        variants: conversions.collect::<Option<_>>()?,
    })
}

/// Returns the schemas whose response type converts into their request type. Starts with all, and removes those with an
/// inconvertible part until nothing changes.
pub fn convertible(context: &Context<'_>) -> BTreeSet<SchemaId> {
    let has_items =
        |id: &SchemaId| context.schema(*id).is_some_and(|schema| is_nominal(&schema.shape));
    let mut convertible: BTreeSet<_> = context.names.inputs().filter(has_items).collect();
    loop {
        let search = Search::new(context, &convertible);
        let remaining = convertible.iter().copied().filter(|id| search.is_convertible(*id));
        let remaining: BTreeSet<_> = remaining.collect();
        if remaining.len() == convertible.len() {
            return convertible;
        }
        convertible = remaining;
    }
}

/// Finds conversions, given the schemas that have one.
struct Search<'c, 'a> {
    context: &'c Context<'a>,
    convertible: &'c BTreeSet<SchemaId>,
}

impl<'c, 'a> Search<'c, 'a> {
    fn new(context: &'c Context<'a>, convertible: &'c BTreeSet<SchemaId>) -> Self {
        Self { context, convertible }
    }

    fn is_convertible(&self, id: SchemaId) -> bool {
        match self.context.schema(id).map(|schema| &schema.shape) {
            Some(Shape::Object(object)) => {
                let mut properties = self.request_properties(id, object);
                properties.all(|property| self.field(id, property).is_some())
                    && self.additional(object).is_some()
            }
            Some(Shape::Union(union)) => {
                let mut branches = union.variants.iter();
                branches.all(|branch| self.value(branch.value.schema).is_some())
            }
            Some(_) | None => false,
        }
    }

    /// Returns the properties of requests.
    fn request_properties<'o>(
        &'o self,
        id: SchemaId,
        object: &'o Object,
    ) -> impl Iterator<Item = &'o Property> {
        let properties = object.properties.values();
        properties
            .filter(move |property| has_property(self.context, id, property, Direction::Request))
    }

    /// Returns the conversion of a field, or `Some(None)` if it stays unset. `None` if the field can be neither.
    fn field(&self, id: SchemaId, property: &Property) -> Option<Option<Conversion>> {
        if !has_property(self.context, id, property, Direction::Response) {
            return (!property.required).then_some(None);
        }
        if property.if_missing == MissingValue::Unset {
            // The response may lack a value that the request requires.
            return None;
        }
        self.boxed(id, &property.value).map(Some)
    }

    /// Returns the conversion of a field or position that is not null.
    fn boxed(&self, owner: SchemaId, usage: &Use) -> Option<Conversion> {
        let conversion = self.value(usage.schema)?;
        Some(match self.context.is_boxed(owner, usage) {
            true => conversion.inside(Conversion::Boxed),
            false => conversion,
        })
    }

    fn additional(&self, object: &Object) -> Option<Conversion> {
        match &object.additional {
            AdditionalProperties::Retained(value) => {
                Some(self.nullable(value)?.inside(Conversion::Values))
            }
            AdditionalProperties::Ignored | AdditionalProperties::Forbidden => {
                Some(Conversion::Same)
            }
        }
    }

    fn nullable(&self, usage: &Use) -> Option<Conversion> {
        let conversion = self.value(usage.schema)?;
        Some(match self.context.is_nullable(usage) {
            true => conversion.inside(Conversion::Option),
            false => conversion,
        })
    }

    /// Returns the conversion of a schema's value that is not null.
    fn value(&self, id: SchemaId) -> Option<Conversion> {
        let context = self.context;
        let type_in = |direction| context.reference(id, direction);
        if context.names.reach(id) != Reach::BothDiffer
            || type_in(Direction::Response) == type_in(Direction::Request)
        {
            return Some(Conversion::Same);
        }
        let target = context.resolve(id);
        if [id, target].iter().any(|id| context.boxes.is_endless(*id)) {
            return None;
        }
        match &context.schema(target)?.shape {
            shape if is_nominal(shape) => {
                self.convertible.contains(&target).then_some(Conversion::Into)
            }
            Shape::Object(map) => self.additional(map),
            Shape::List(list) => Some(self.nullable(&list.item)?.inside(Conversion::Items)),
            Shape::Tuple(tuple) => self.positions(target, tuple),
            Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_)
            | Shape::Union(_)
            | Shape::Alias(_) => None,
        }
    }

    fn positions(&self, id: SchemaId, tuple: &Tuple) -> Option<Conversion> {
        let positions = tuple.items.iter().enumerate().map(|(at, item)| {
            let conversion = self.boxed(id, item)?;
            let is_optional = at >= tuple.required || self.context.is_nullable(item);
            Some(match is_optional {
                true => conversion.inside(Conversion::Option),
                false => conversion,
            })
        });
        let additional = match &tuple.additional {
            Some(item) => Some(Box::new(self.nullable(item)?.inside(Conversion::Items))),
            None => None,
        };
        Some(Conversion::Positions(positions.collect::<Option<_>>()?, additional))
    }
}
