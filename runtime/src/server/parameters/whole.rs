//! Parameters that are one text, which their style splits: `3,4,5`, `.3.4`, `;id=3`, `R,100,G,200`.

use super::{decoded, no_object};
use crate::codec::{
    decode_argument, Argument, BoxArgument, CodecError, Deviations, Target, TextArgument,
};
use crate::percent;
use crate::request::parameters::separator;
use crate::spec::{Location, Parameter, Style};
use std::borrow::Cow;

/// A parameter with a style that is one text: `3,4,5`, `.3.4`, `;id=3`, `R,100,G,200`.
pub(in crate::server) struct Whole<'h> {
    parameter: &'static Parameter,
    raw: Cow<'h, str>,
    /// True where nothing is percent-encoded, as in a part of a multipart body.
    is_plain: bool,
}

/// An item of a list, which may be a list in a style of its own.
struct Nested {
    text: String,
    styles: &'static [Style],
}

impl Argument for Nested {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(vec![self.text.clone()])
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        let Some((style, styles)) = self.styles.split_first() else {
            return Err(CodecError::new("a value", "a list"));
        };
        let items = self.text.split(separator(*style)).filter(|_| !self.text.is_empty());
        Ok(items.map(|text| item(text.to_owned(), styles)).collect())
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(no_object(&self.text))
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}

/// An item of a list.
pub(super) fn item(text: String, styles: &'static [Style]) -> BoxArgument<'static> {
    if styles.is_empty() {
        return Box::new(TextArgument(text));
    }
    Box::new(Nested { text, styles })
}

impl<'h> Whole<'h> {
    /// A text in the place of a parameter, encoded as that place demands.
    pub(super) fn new(parameter: &'static Parameter, raw: impl Into<Cow<'h, str>>) -> Self {
        Self { parameter, raw: raw.into(), is_plain: false }
    }

    /// A text in which nothing is encoded.
    pub(in crate::server) fn plain(parameter: &'static Parameter, text: String) -> Self {
        Self { parameter, raw: text.into(), is_plain: true }
    }
}

/// The names and values of a styled text, the values encoded.
type RawMembers<'w> = Vec<(&'w str, &'w str)>;

impl Whole<'_> {
    /// The text without what its style begins with.
    fn content(&self) -> Result<&str, CodecError> {
        match self.parameter.style {
            Style::Matrix => self.in_matrix(&self.raw),
            Style::Label => self.raw.strip_prefix('.').ok_or_else(|| self.unstyled("`.` first")),
            Style::Simple
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject
            | Style::Cookie => Ok(&self.raw),
        }
    }

    /// The value of `;name=value`; empty if it is `;name`.
    fn in_matrix<'t>(&self, text: &'t str) -> Result<&'t str, CodecError> {
        let name = percent::unreserved(self.parameter.name);
        let unstyled = || self.unstyled("`;` and the name of the parameter first");
        let rest = text.strip_prefix(';').unwrap_or(text).strip_prefix(&*name);
        let rest = rest.filter(|_| self.raw.starts_with(';')).ok_or_else(unstyled)?;
        match rest.strip_prefix('=') {
            Some(value) => Ok(value),
            None if rest.is_empty() => Ok(""),
            None => Err(unstyled()),
        }
    }

    fn unstyled(&self, expected: &'static str) -> CodecError {
        CodecError::new(expected, format!("{} bytes of text", self.raw.len()))
    }

    /// The pieces between separators.
    fn pieces(&self) -> Result<Vec<&str>, CodecError> {
        let is_matrix = self.parameter.style == Style::Matrix;
        if is_matrix && self.parameter.explode {
            let rest = self.raw.strip_prefix(';').ok_or_else(|| self.unstyled("`;` first"))?;
            return Ok(rest.split(';').collect());
        }
        let content = self.content()?;
        let is_in_pair = matches!(self.parameter.location, Location::Query | Location::Cookie);
        if content.is_empty() && !is_in_pair {
            return Ok(Vec::new());
        }
        let separators: &[&str] = match (self.parameter.style, self.parameter.location) {
            (Style::Label, _) if self.parameter.explode => &["."],
            (Style::SpaceDelimited, _) if self.is_plain => &[" "],
            (Style::PipeDelimited, _) if self.is_plain => &["|"],
            (Style::SpaceDelimited, Location::Query) => &["%20", "+"],
            (Style::SpaceDelimited, _) => &["%20", " "],
            (Style::PipeDelimited, _) => &["%7C", "%7c", "|"],
            (Style::TabDelimited, _) => &["%09", "\t"],
            (_, _) => &[","],
        };
        Ok(split(content, separators))
    }

    fn decoded<'t>(&self, raw: &'t str) -> Result<Cow<'t, str>, CodecError> {
        if self.is_plain {
            return Ok(raw.into());
        }
        let raw = match self.parameter.location {
            Location::Header => raw.trim(),
            Location::Path | Location::Query | Location::Cookie | Location::QueryString => raw,
        };
        decoded(self.parameter, raw)
    }

    fn raw_items(&self) -> Result<Vec<&str>, CodecError> {
        let pieces = self.pieces()?;
        if self.parameter.style == Style::Matrix && self.parameter.explode {
            return pieces.into_iter().map(|piece| self.in_matrix(piece)).collect();
        }
        Ok(pieces)
    }

    fn raw_members<'w>(&'w self) -> Result<RawMembers<'w>, CodecError> {
        let pieces = self.pieces()?;
        let no_pair = || no_object(&self.raw);
        if self.parameter.explode {
            let is_matrix = self.parameter.style == Style::Matrix;
            let pair = |piece: &'w str| match piece.split_once('=') {
                Some(pair) => Ok(pair),
                // A member that is empty.
                None if is_matrix => Ok((piece, "")),
                None => Err(no_pair()),
            };
            return pieces.into_iter().map(pair).collect();
        }
        let pairs = pieces.chunks(2).map(|pair| match pair {
            [name, value] => Ok((*name, *value)),
            _ => Err(no_pair()),
        });
        pairs.collect()
    }
}

/// Splits a text at each of several separators.
fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let ends = separators
            .iter()
            .filter_map(|separator| Some((rest.find(separator)?, separator.len())));
        let Some((end, length)) = ends.min() else {
            pieces.push(rest);
            return pieces;
        };
        pieces.push(rest.get(..end).unwrap_or_default());
        rest = rest.get(end + length..).unwrap_or_default();
    }
}

impl Argument for Whole<'_> {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(vec![self.decoded(self.content()?)?.into_owned()])
    }

    fn text(&self) -> Result<Option<Cow<'_, str>>, CodecError> {
        self.decoded(self.content()?).map(Some)
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        let items = self.raw_items()?.into_iter();
        items.map(|raw| Ok(item(self.decoded(raw)?.into_owned(), self.parameter.nested))).collect()
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        let members = self.raw_members()?.into_iter();
        let members = members.map(|(name, value)| {
            let value = self.decoded(value)?.into_owned();
            let value: BoxArgument<'_> = Box::new(TextArgument(value));
            Ok((self.decoded(name)?.into_owned(), value))
        });
        members.collect()
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}

/// A header in several lines, which is a list or an object and nothing else.
pub(super) struct Lines<'h>(pub(super) Whole<'h>);

impl Argument for Lines<'_> {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(Vec::new())
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        self.0.items()
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        self.0.members()
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}
