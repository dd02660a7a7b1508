//! Parameters of the style `deepObject`: `name[member][0]=value`.

use super::decoded;
use super::pairs::Pair;
use super::whole::item;
use crate::codec::{
    decode_argument, texts_as_value, Argument, BoxArgument, CodecError, Deviations, Map, Target,
    Value,
};
use crate::spec::Parameter;
use std::borrow::Cow;

/// A part of an object of the style `deepObject`: what stands behind `name[member]`.
struct Deep<'h> {
    parameter: &'static Parameter,
    texts: Vec<Option<&'h str>>,
    members: Map<Self>,
}

/// The levels of an object of the style `deepObject`; what is deeper belongs to no parameter.
const MAX_LEVELS: usize = 32;

/// A parameter of the style `deepObject`.
pub(super) fn deep<'h>(
    parameter: &'static Parameter,
    pairs: &'h [Pair<'h>],
) -> Option<BoxArgument<'h>> {
    let mut root = Deep::new(parameter);
    let mut is_present = false;
    for pair in pairs {
        let Some(names) = pair.name.strip_prefix(parameter.name).and_then(brackets) else {
            continue;
        };
        is_present = true;
        let mut node = &mut root;
        for name in names {
            node = node.members.entry(name.to_owned()).or_insert_with(|| Deep::new(parameter));
        }
        node.texts.push(pair.value);
    }
    is_present.then(|| Box::new(root) as BoxArgument<'h>)
}

/// The names in `[a][b]`.
fn brackets(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, after) = rest.strip_prefix('[')?.split_once(']')?;
        names.push(name);
        rest = after;
    }
    (names.len() <= MAX_LEVELS).then_some(names)
}

impl Deep<'_> {
    fn new(parameter: &'static Parameter) -> Self {
        Self { parameter, texts: Vec::new(), members: Map::new() }
    }

    /// True for the name alone, which stands for an empty list or object.
    fn is_empty(&self) -> bool {
        self.members.is_empty() && self.texts == [None]
    }

    /// The members in the order of their numbers; `None` where one has another name, which is no list.
    fn numbered(&self) -> Option<Vec<&Self>> {
        let members = self.members.iter();
        let members = members.map(|(name, member)| match name.as_str() {
            // As many servers take it: `name[]` for each item.
            "" => Some((usize::MAX, member)),
            name => Some((name.parse().ok()?, member)),
        });
        let mut members: Vec<(usize, &Self)> = members.collect::<Option<_>>()?;
        members.sort_by_key(|(number, _)| *number);
        Some(members.into_iter().map(|(_, member)| member).collect())
    }
}

impl Argument for Deep<'_> {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        let texts = self.texts.iter().map(|raw| raw.unwrap_or_default());
        texts.map(|raw| decoded(self.parameter, raw).map(Cow::into_owned)).collect()
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        if self.is_empty() {
            return Ok(Vec::new());
        }
        let members = self.numbered().ok_or_else(|| CodecError::new("a list", "an object"))?;
        let mut items: Vec<BoxArgument<'_>> =
            self.texts()?.into_iter().map(|text| item(text, &[])).collect();
        for member in members {
            match member.texts.len() {
                0 | 1 => items.push(Box::new(member)),
                // Of `name[]`.
                _ => items.extend(member.texts()?.into_iter().map(|text| item(text, &[]))),
            }
        }
        Ok(items)
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        if !self.texts.is_empty() && !self.is_empty() {
            return Err(CodecError::new("an object", "a text"));
        }
        let members = self.members.iter();
        let members = members.map(|(name, member)| {
            let member: BoxArgument<'_> = Box::new(member);
            (name.clone(), member)
        });
        Ok(members.collect())
    }

    fn untyped(&self) -> Result<Value, CodecError> {
        if self.members.is_empty() {
            return texts_as_value(self.texts()?);
        }
        if self.numbered().is_some() {
            let items = self.items()?;
            return items
                .iter()
                .map(|item| item.untyped())
                .collect::<Result<_, _>>()
                .map(Value::List);
        }
        let members = self.members()?.into_iter();
        let members = members.map(|(name, member)| Ok((name, member.untyped()?)));
        members.collect::<Result<_, CodecError>>().map(Value::Object)
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}
