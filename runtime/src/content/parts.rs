//! The members of an object as parts of a multipart body.

use super::multipart::{Multipart, Part};
use super::{media_type, part};
use crate::codec::{to_json, Failure, Value, Write};
use crate::data::{Parameter, PartData, Style};
use crate::parameters::style::{self, Flat};
use crate::parameters::tree;

impl Multipart {
    /// Lists become one part an item, objects JSON, nulls nothing; those of `parts` are written as these say.
    pub(super) fn from_value(value: &Value, parts: &[PartData]) -> Result<Self, Failure> {
        let Value::Object(members) = value else {
            return Err(Failure::new(
                "an object, whose members are the parts",
                "another value",
            ));
        };
        let mut multipart = Self::new();
        for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
            multipart = multipart.member(name, member, parts)?;
        }
        Ok(multipart)
    }

    /// With the value of a property; an absent one and null add nothing.
    pub(crate) fn value(
        self,
        name: &str,
        value: &dyn Write,
        parts: &[PartData],
    ) -> Result<Self, Failure> {
        match tree::tree(value)? {
            None | Some(Value::Null) => Ok(self),
            Some(member) => self.member(name, &member, parts),
        }
    }

    fn member(self, name: &str, member: &Value, parts: &[PartData]) -> Result<Self, Failure> {
        let said = part(parts, name);
        let made = match said.and_then(|part| part.styled) {
            Some(parameter) => styled(&parameter, member)?,
            None => plain(name, member, said.and_then(PartData::media_type))?,
        };
        Ok(made.into_iter().fold(self, Self::part))
    }
}

fn plain(name: &str, member: &Value, media_type: Option<&str>) -> Result<Vec<Part>, Failure> {
    let items = match member.as_list() {
        Some(items) => items,
        None => std::slice::from_ref(member),
    };
    let items = items.iter().filter(|item| !item.is_null());
    let part = |item: &Value| match media_type {
        Some(kind) if media_type::is_json(kind) => {
            Ok(Part::new(name, to_json(item)?).media_type(kind))
        }
        Some(kind) => Ok(Part::new(name, style::text(item)?).media_type(kind)),
        None if item.as_object().is_some() => Part::json(name, item),
        None => Ok(Part::new(name, style::text(item)?)),
    };
    items.map(part).collect()
}

/// As a query parameter, but for the percent-encoding, which multipart bodies do without (RFC 7578, section 2).
fn styled(parameter: &Parameter, member: &Value) -> Result<Vec<Part>, Failure> {
    let separator = match parameter.style {
        Style::DeepObject => {
            let mut parts = Vec::new();
            deep(parameter.name.to_owned(), member, &mut parts)?;
            return Ok(parts);
        }
        Style::SpaceDelimited => " ",
        Style::PipeDelimited => "|",
        Style::Form | Style::Simple | Style::Matrix | Style::Label | Style::Cookie => ",",
    };
    let name = parameter.name;
    let one = |text: String| vec![Part::new(name, text)];
    Ok(match style::flat(member)? {
        Flat::One(text) => one(text),
        Flat::Many(items) if parameter.explode => items
            .into_iter()
            .map(|item| Part::new(name, item))
            .collect(),
        Flat::Pairs(pairs) if parameter.explode => pairs
            .into_iter()
            .map(|(name, value)| Part::new(name, value))
            .collect(),
        Flat::Many(items) => one(items.join(separator)),
        Flat::Pairs(pairs) => {
            let pairs = pairs.into_iter();
            let flat: Vec<_> = pairs.flat_map(|(name, value)| [name, value]).collect();
            one(flat.join(separator))
        }
    })
}

/// `name[member][0]`, to any depth.
fn deep(name: String, value: &Value, parts: &mut Vec<Part>) -> Result<(), Failure> {
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
