//! The members of an object, or the items of a list, as parts of a multipart body.

use super::multipart::{Multipart, Part};
use super::{media_type, part};
use crate::codec::{to_json, CodecError, Encode, Value};
use crate::data::{Content, OrderedParts, Parameter, PartSpec, Style};
use crate::parameters::style::{self, Flat};
use crate::parameters::tree;

impl Multipart {
    /// The members of an object: lists become one part an item, objects JSON, nulls nothing. Or the items of a list, a part
    /// each, in their order. Those of which the content speaks are written as it says.
    pub(super) fn from_value(value: &Value, content: &Content) -> Result<Self, CodecError> {
        match value {
            Value::Object(members) => {
                let members = members.iter().filter(|(_, member)| !member.is_null());
                members.into_iter().try_fold(Self::new(), |parts, member| {
                    parts.member(member.0, member.1, content.parts)
                })
            }
            Value::List(items) => Self::in_order(items, content.ordered),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
                Err(CodecError::new(
                    "an object, whose members are the parts, or a list of them",
                    "another value",
                ))
            }
        }
    }

    fn in_order(items: &[Value], ordered: Option<&OrderedParts>) -> Result<Self, CodecError> {
        let mut parts = Self::new();
        for (index, item) in items.iter().enumerate() {
            let said = ordered.and_then(|ordered| ordered.at(index));
            let part = single("", item, said.and_then(PartSpec::media_type));
            parts = parts.part(part.map_err(|failure| failure.at_index(index))?);
        }
        Ok(parts)
    }

    /// With the value of a property; an absent one and null add nothing.
    pub(crate) fn value(
        self,
        name: &str,
        value: &dyn Encode,
        parts: &[PartSpec],
    ) -> Result<Self, CodecError> {
        match tree::tree(value)? {
            None | Some(Value::Null) => Ok(self),
            Some(member) => self.member(name, &member, parts),
        }
    }

    fn member(self, name: &str, member: &Value, parts: &[PartSpec]) -> Result<Self, CodecError> {
        let said = part(parts, name);
        let made = match said.and_then(|part| part.styled) {
            Some(parameter) => styled(&parameter, member)?,
            None => plain(name, member, said.and_then(PartSpec::media_type))?,
        };
        Ok(made.into_iter().fold(self, Self::part))
    }
}

fn plain(name: &str, member: &Value, media_type: Option<&str>) -> Result<Vec<Part>, CodecError> {
    let items = match member.as_list() {
        Some(items) => items,
        None => std::slice::from_ref(member),
    };
    let items = items.iter().filter(|item| !item.is_null());
    items.map(|item| single(name, item, media_type)).collect()
}

fn single(name: &str, value: &Value, media_type: Option<&str>) -> Result<Part, CodecError> {
    match (media_type, value) {
        (Some(kind), _) if media_type::is_json(kind) => {
            Ok(Part::new(name, to_json(value)?).media_type(kind))
        }
        (Some(kind), _) => Ok(Part::new(name, style::text(value)?).media_type(kind)),
        (None, Value::Object(_) | Value::List(_) | Value::Null) => Part::json(name, value),
        (None, Value::Bool(_) | Value::Number(_) | Value::Text(_)) => {
            Ok(Part::new(name, style::text(value)?))
        }
    }
}

/// As a query parameter, but for the percent-encoding, which multipart bodies do without (RFC 7578, section 2).
fn styled(parameter: &Parameter, member: &Value) -> Result<Vec<Part>, CodecError> {
    if parameter.style == Style::DeepObject {
        let mut parts = Vec::new();
        deep(parameter.name.to_owned(), member, &mut parts)?;
        return Ok(parts);
    }
    let separator = style::separator(parameter.style).to_string();
    let name = parameter.name;
    let one = |text: String| vec![Part::new(name, text)];
    Ok(match style::flat(member, parameter.nested)? {
        Flat::One(text) => one(text),
        Flat::Many(items) if parameter.explode => items
            .into_iter()
            .map(|item| Part::new(name, item))
            .collect(),
        Flat::Pairs(pairs) if parameter.explode => pairs
            .into_iter()
            .map(|(name, value)| Part::new(name, value))
            .collect(),
        Flat::Many(items) => one(items.join(&separator)),
        Flat::Pairs(pairs) => {
            let pairs = pairs.into_iter();
            let flat: Vec<_> = pairs.flat_map(|(name, value)| [name, value]).collect();
            one(flat.join(&separator))
        }
    })
}

/// `name[member][0]`, to any depth.
fn deep(name: String, value: &Value, parts: &mut Vec<Part>) -> Result<(), CodecError> {
    match value {
        Value::Null => {}
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(format!("{name}[{index}]"), item, parts)?;
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                deep(format!("{name}[{member}]"), value, parts)?;
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            parts.push(Part::new(name, style::text(value)?));
        }
    }
    Ok(())
}
