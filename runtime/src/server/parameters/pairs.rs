//! Parameters that are pairs of names and values, in a query, a cookie or a form.

use super::whole::item;
use super::{decoded, several};
use crate::codec::{
    decode_argument, Argument, BoxArgument, CodecError, Deviations, Map, Target, TextArgument,
};
use crate::percent;
use crate::spec::Parameter;
use std::borrow::Cow;

/// A `name=value` piece of a query or a cookie.
pub(super) struct Pair<'h> {
    /// The name, decoded.
    pub(super) name: Cow<'h, str>,
    /// The value as it stands there; `None` without an equals sign.
    pub(super) value: Option<&'h str>,
}

/// The pieces of a query or a form. A name that is not UTF-8 is that of no parameter.
pub(super) fn pairs(query: &str) -> Vec<Pair<'_>> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    let pairs = pieces.filter_map(|piece| {
        let (name, value) = match piece.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (piece, None),
        };
        Some(Pair { name: percent::decode(name, true)?, value })
    });
    pairs.collect()
}

/// Several texts of one name.
pub(super) struct Texts(Vec<String>);

impl Texts {
    pub(super) fn argument(mut texts: Vec<String>) -> BoxArgument<'static> {
        match (texts.len(), texts.pop()) {
            (1, Some(text)) => Box::new(TextArgument(text)),
            (_, last) => {
                texts.extend(last);
                Box::new(Self(texts))
            }
        }
    }
}

impl Argument for Texts {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(self.0.clone())
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        Ok(self.0.iter().map(|text| item(text.clone(), &[])).collect())
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(several())
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}

/// An exploded parameter of a query or cookie: a list repeats its name, and the members of an object stand beside the other
/// parameters.
pub(super) struct Exploded<'h> {
    pub(super) parameter: &'static Parameter,
    /// The pairs of the parameter's name.
    pub(super) named: Vec<&'h Pair<'h>>,
    /// The pairs of no parameter's name.
    pub(super) members: Vec<&'h Pair<'h>>,
}

impl Exploded<'_> {
    fn value<'t>(&self, pair: &Pair<'t>) -> Result<Cow<'t, str>, CodecError> {
        decoded(self.parameter, pair.value.unwrap_or_default())
    }

    /// True for the name alone, which stands for an empty list or object.
    fn is_empty(&self) -> bool {
        self.parameter.allow_empty && matches!(self.named.as_slice(), [Pair { value: None, .. }])
    }
}

impl Argument for Exploded<'_> {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        self.named.iter().map(|pair| self.value(pair).map(Cow::into_owned)).collect()
    }

    fn text(&self) -> Result<Option<Cow<'_, str>>, CodecError> {
        match self.named.as_slice() {
            [pair] => self.value(pair).map(Some),
            _ => Ok(None),
        }
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        let named = self.named.iter().filter(|_| !self.is_empty());
        named.map(|pair| Ok(item(self.value(pair)?.into_owned(), self.parameter.nested))).collect()
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        let named = self.named.iter().filter(|_| !self.is_empty());
        let mut members = Map::<Vec<String>>::new();
        for pair in named.chain(&self.members) {
            let value = self.value(pair)?.into_owned();
            members.entry(pair.name.clone().into_owned()).or_default().push(value);
        }
        Ok(members.into_iter().map(|(name, texts)| (name, Texts::argument(texts))).collect())
    }

    fn is_scattered(&self) -> bool {
        self.named.is_empty()
    }

    fn has_strangers(&self) -> bool {
        true
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}
