//! Responses that lack what their document requires: which members may be missing or null, as the caller says.
//!
//! It is settled here, before anything is named: a type whose members only replies may lack has a form of its own for
//! requests, as one with `readOnly` members has.

mod apart;
mod select;
#[cfg(test)]
mod tests;

use super::boxing::{boxes, Boxes};
use super::value_type::{is_record, LONGEST_CHAIN};
use super::Style;
use crate::api::model::{Access, Api, MissingValue, Object, Owner, Property, SchemaId, Shape, Use};
use crate::api::read_write::{reach, Reach};
use crate::diagnostics::codes::names as codes;
use crate::diagnostics::{Diagnostics, Place};
use crate::names::selectors;
use crate::options::{Options, Responses};
use apart::Apart;
use std::collections::BTreeMap;

/// The members that replies may lack, with what that means.
type Lacking = BTreeMap<(SchemaId, String), MissingValue>;

/// The API with a mark at every member that replies may lack.
pub fn apply(mut api: Api, options: &Options, style: &Style, diagnostics: &mut Diagnostics) -> Api {
    let wants_all = options.responses == Responses::Lenient;
    if !wants_all && options.lenient.is_empty() {
        return api;
    }
    let held = Held::of(&api, style);
    let mut lacking = Lacking::new();
    for selector in &options.lenient {
        lacking.extend(held.named(selector, diagnostics));
    }
    if wants_all {
        let all = held.unnamed(&lacking, diagnostics);
        lacking.extend(all);
    }
    for ((id, name), lack) in lacking {
        mark(&mut api, id, &name, lack);
    }
    api
}

fn mark(api: &mut Api, id: SchemaId, name: &str, lack: MissingValue) {
    let shape = api.schemas.get_mut(id).map(|schema| &mut schema.shape);
    if let Some(Shape::Object(object)) = shape {
        if let Some(property) = object.properties.get_mut(name) {
            property.if_missing = lack;
        }
    }
}

/// What replies hold.
struct Held<'a> {
    api: &'a Api,
    style: &'a Style,
    boxes: Boxes,
    reach: BTreeMap<SchemaId, Reach>,
}

impl<'a> Held<'a> {
    fn of(api: &'a Api, style: &'a Style) -> Self {
        Self {
            api,
            style,
            boxes: boxes(api),
            reach: reach(api),
        }
    }

    fn is_read(&self, id: SchemaId) -> bool {
        match self.reach.get(&id) {
            Some(Reach::ResponseOnly | Reach::BothSame | Reach::BothDiffer) => true,
            Some(Reach::Neither | Reach::RequestOnly) | None => false,
        }
    }

    /// The members of a selector that replies may lack; one that matches nothing, or changes nothing, is reported.
    fn named(&self, selector: &str, diagnostics: &mut Diagnostics) -> Lacking {
        let named = select::named(self.api, selector);
        let of_all = named.whole.iter().flat_map(|id| self.required(*id));
        let mut found: Lacking = of_all.collect();
        for (id, member) in &named.members {
            let required = self.required(*id);
            found.extend(required.filter(|((_, name), _)| name == member));
        }
        if found.is_empty() {
            self.report(selector, &named, diagnostics);
        }
        found
    }

    fn report(&self, selector: &str, named: &select::Named, diagnostics: &mut Diagnostics) {
        let members = named.members.iter().map(|(id, _)| *id);
        let ids: Vec<SchemaId> = named.whole.iter().copied().chain(members).collect();
        let Some(first) = ids.first().and_then(|id| self.api.schemas.get(*id)) else {
            let known = select::known(self.api);
            let known = known.iter().map(String::as_str);
            return selectors::unmatched(("lenient", selector), known, diagnostics);
        };
        let reason = if ids.iter().any(|id| self.is_read(*id)) {
            "replies may lack all of it anyway"
        } else {
            "no reply holds it"
        };
        let message = format!("`{selector}` in `lenient` changes nothing: {reason}");
        diagnostics.push(
            codes::LENIENT_WITHOUT_EFFECT,
            first.at.place.clone(),
            message,
        );
    }

    /// The members that replies may lack where that is said of all; what tells unions apart stays as it is, and is reported.
    fn unnamed(&self, named: &Lacking, diagnostics: &mut Diagnostics) -> Lacking {
        let apart = Apart::of(self.api, &|id| self.is_read(id));
        for (union, tried) in &apart.tried {
            let stays = |id: &SchemaId| {
                let mut required = self.required(*id);
                required.any(|(member, _)| !named.contains_key(&member))
            };
            if tried.iter().any(stays) {
                self.report_tried(*union, diagnostics);
            }
        }
        let tried = apart.all_tried();
        let ids = self.api.schemas.iter().map(|(id, _)| id);
        let ids = ids.filter(|id| !tried.contains(id));
        let members = ids.flat_map(|id| self.required(id));
        members
            .filter(|(member, _)| !apart.told.contains(member))
            .collect()
    }

    fn report_tried(&self, union: SchemaId, diagnostics: &mut Diagnostics) {
        let Some(schema) = self.api.schemas.get(union) else {
            return;
        };
        let name = match &schema.owner {
            Owner::Component(name) => format!("`{name}`"),
            Owner::Schema(..) | Owner::Operation(..) | Owner::Shared(..) => "this union".to_owned(),
        };
        let message = format!(
            "the branches of {name} stay as documented: it is by what they require that they are told apart"
        );
        let help = "`lenient` makes members optional all the same where it names them: `lenient = [\"Component.member\"]`";
        let place: Place = schema.at.place.clone();
        diagnostics.push_with_help(codes::LENIENT_UNION, place, message, help);
    }

    /// The members that replies must have, with what it would mean that they do not.
    fn required(
        &self,
        id: SchemaId,
    ) -> impl Iterator<Item = ((SchemaId, String), MissingValue)> + '_ {
        let object = self.record(id).into_iter();
        let properties = object.flat_map(|object| &object.properties);
        let required = properties.filter(|(_, property)| is_required(property));
        required.map(move |(name, property)| ((id, name.clone()), self.lack(&property.value)))
    }

    /// The struct that is made of a schema that replies hold.
    fn record(&self, id: SchemaId) -> Option<&'a Object> {
        let is_own = self.style.own.replace(self.api, id);
        let shape = &self.api.schemas.get(id)?.shape;
        match shape {
            Shape::Object(object) if is_record(object) && self.is_read(id) && !is_own => {
                Some(object)
            }
            Shape::Object(_)
            | Shape::Any(_)
            | Shape::Never
            | Shape::Null
            | Shape::Bool
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::Text(_)
            | Shape::Choice(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Union(_)
            | Shape::Alias(_) => None,
        }
    }

    /// An empty list or map in place of a value, where null is not a value of its own.
    fn lack(&self, usage: &Use) -> MissingValue {
        let mut usage = usage;
        for _ in 0..LONGEST_CHAIN {
            let id = usage.schema;
            let Some(schema) = self.api.schemas.get(id) else {
                break;
            };
            let is_own = self.style.own.of_schema(id, &schema.shape).is_some();
            if usage.nullable || schema.nullable || is_own || self.boxes.is_endless(id) {
                break;
            }
            match &schema.shape {
                Shape::Alias(next) => usage = next,
                Shape::List(_) => return MissingValue::Empty,
                Shape::Object(object) if !is_record(object) => return MissingValue::Empty,
                Shape::Object(_)
                | Shape::Any(_)
                | Shape::Never
                | Shape::Null
                | Shape::Bool
                | Shape::Integer(_)
                | Shape::Number(_)
                | Shape::Text(_)
                | Shape::Choice(_)
                | Shape::Tuple(_)
                | Shape::Union(_) => break,
            }
        }
        MissingValue::Unset
    }
}

fn is_required(property: &Property) -> bool {
    property.required && property.value.access != Access::WriteOnly
}
