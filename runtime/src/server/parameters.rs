//! The parameters of a request: where their texts stand, and how their styles split them (OpenAPI 3.2, section 4.12).
//!
//! It is the inverse of `request/parameters.rs`.

use crate::codec::{
    decode_argument, read_form, read_json, read_parameters, texts_as_value, Argument, BoxArgument,
    CodecError, Decoder, Deviations, Map, ReadParameter, Target, TextArgument, Value,
};
use crate::percent;
use crate::request::parameters::separator;
use crate::server::context::Head;
use crate::server::path;
use crate::server::security::cookies;
use crate::spec::{media_type, ApiSpec, KeyLocation, Location, Parameter, SchemeKind, Style};
use http::HeaderMap;

/// Decodes the parameters of a request into a target, an object with members such as `path.id` and `query.limit`.
///
/// # Errors
/// All parameters that are not of their types, or required and not there.
pub(super) fn read(
    api: &'static ApiSpec,
    head: &Head,
    target: &mut dyn Target,
) -> Result<(), Vec<CodecError>> {
    let places = Places::new(api, head);
    let parameters = head.operation.parameters.iter();
    let parameters: Vec<ReadParameter<'_>> =
        parameters.map(|parameter| places.parameter(parameter)).collect();
    read_parameters(&parameters, &Deviations::lenient(0), target)
}

/// A `name=value` piece of a query or a cookie.
struct Pair<'h> {
    /// The name, decoded.
    name: String,
    /// The value as it stands there; `None` without an equals sign.
    value: Option<&'h str>,
}

/// Where the parameters of a request stand.
struct Places<'h> {
    head: &'h Head,
    query: Vec<Pair<'h>>,
    cookies: Vec<Pair<'h>>,
    path_names: Vec<&'static str>,
    /// Names of keys of security schemes, which no parameter has.
    keys: Vec<&'static str>,
}

impl<'h> Places<'h> {
    fn new(api: &'static ApiSpec, head: &'h Head) -> Self {
        let has = |location: Location| {
            let mut parameters = head.operation.parameters.iter();
            parameters.any(|parameter| parameter.location == location)
        };
        let query = head.parts.uri.query().filter(|_| has(Location::Query));
        let cookies = cookies(&head.parts.headers).filter(|_| has(Location::Cookie));
        let keys = api.schemes.iter().filter_map(|scheme| {
            let SchemeKind::ApiKey { location, name } = scheme.kind else {
                return None;
            };
            (location != KeyLocation::Header).then_some(name)
        });
        Self {
            head,
            query: query.map(pairs).unwrap_or_default(),
            cookies: cookies
                .map(|(name, value)| Pair {
                    name: percent::decode(name, false).unwrap_or_else(|| name.to_owned()),
                    value: Some(value),
                })
                .collect(),
            path_names: path::parameter_names(head.operation.path),
            keys: keys.collect(),
        }
    }

    fn parameter(&'h self, parameter: &'static Parameter) -> ReadParameter<'h> {
        let (place, argument) = match parameter.location {
            Location::Path => ("path", self.in_path(parameter)),
            Location::Header => ("header", in_header(parameter, &self.head.parts.headers)),
            Location::Query => ("query", self.in_pairs(parameter, &self.query)),
            Location::Cookie => ("cookie", self.in_pairs(parameter, &self.cookies)),
            Location::QueryString => ("querystring", self.in_query_string(parameter)),
        };
        let is_whole = parameter.location == Location::QueryString;
        let name = (!is_whole).then_some(parameter.name);
        ReadParameter { place, name, is_required: parameter.required, argument }
    }

    fn in_path(&'h self, parameter: &'static Parameter) -> Option<BoxArgument<'h>> {
        let index = self.path_names.iter().position(|name| *name == parameter.name)?;
        let raw = self.head.captures.get(index)?;
        Some(one(parameter, raw))
    }

    fn in_query_string(&'h self, parameter: &'static Parameter) -> Option<BoxArgument<'h>> {
        let raw = self.head.parts.uri.query().filter(|query| !query.is_empty())?;
        Some(one(parameter, raw))
    }

    /// A parameter of a query or cookie.
    fn in_pairs(
        &'h self,
        parameter: &'static Parameter,
        pairs: &'h [Pair<'h>],
    ) -> Option<BoxArgument<'h>> {
        if parameter.style == Style::DeepObject {
            return deep(parameter, pairs);
        }
        let named: Vec<&Pair<'h>> =
            pairs.iter().filter(|pair| pair.name == parameter.name).collect();
        let is_scattered = parameter.explode && parameter.content.is_none();
        let members =
            pairs.iter().filter(|pair| is_scattered && !self.is_taken(parameter, &pair.name));
        let members: Vec<&Pair<'h>> = members.collect();
        match (named.as_slice(), members.is_empty()) {
            ([], true) => None,
            ([Pair { value: Some(raw), .. }], _)
                if !parameter.explode || parameter.content.is_some() =>
            {
                Some(one(parameter, raw))
            }
            (_, _) if parameter.content.is_some() => Some(Box::new(Repeated)),
            (_, _) => Some(Box::new(Exploded { parameter, named, members })),
        }
    }

    /// True for names of other parameters and of keys, which are no members of an object beside them.
    fn is_taken(&self, parameter: &Parameter, name: &str) -> bool {
        let mut others = self.head.operation.parameters.iter();
        let is_other = others.any(|other| {
            let is_deep = other.style == Style::DeepObject;
            let is_member =
                || name.strip_prefix(other.name).is_some_and(|rest| rest.starts_with('['));
            other.location == parameter.location
                && other.name != parameter.name
                && (other.name == name || is_deep && is_member())
        });
        is_other || self.keys.contains(&name)
    }
}

/// The pieces of a query. A name that is not UTF-8 is that of no parameter.
fn pairs(query: &str) -> Vec<Pair<'_>> {
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

/// A header; several lines of it are one list (RFC 9110, section 5.3).
fn in_header<'h>(parameter: &'static Parameter, headers: &'h HeaderMap) -> Option<BoxArgument<'h>> {
    let lines: Vec<&[u8]> =
        headers.get_all(parameter.name).iter().map(|value| value.as_bytes()).collect();
    match lines.as_slice() {
        [] => None,
        [line] => Some(match std::str::from_utf8(line) {
            Ok(text) => one(parameter, text.trim()),
            Err(_) => Box::new(NotText),
        }),
        lines => Some(match std::str::from_utf8(&lines.join(&b", "[..])) {
            Ok(text) if parameter.content.is_none() => {
                Box::new(Lines(Whole { parameter, raw: text.trim().to_owned() }))
            }
            Ok(_) => Box::new(Repeated),
            Err(_) => Box::new(NotText),
        }),
    }
}

/// A parameter that is one text.
fn one<'h>(parameter: &'static Parameter, raw: &str) -> BoxArgument<'h> {
    match parameter.content {
        Some(media_type) => Box::new(Document { parameter, media_type, raw: raw.to_owned() }),
        None => Box::new(Whole { parameter, raw: raw.to_owned() }),
    }
}

/// The text that stands encoded in the place of a parameter.
fn decoded(parameter: &Parameter, raw: &str) -> Result<String, CodecError> {
    let is_plain = match parameter.location {
        Location::Header => true,
        Location::Cookie => parameter.style == Style::Cookie || parameter.allow_reserved,
        Location::Path | Location::Query | Location::QueryString => false,
    };
    if is_plain {
        return Ok(raw.to_owned());
    }
    let plus_is_space = matches!(parameter.location, Location::Query | Location::QueryString);
    percent::decode(raw, plus_is_space).ok_or_else(|| not_text("percent-encoded UTF-8"))
}

fn not_text(expected: &'static str) -> CodecError {
    CodecError::new(expected, "other bytes")
}

fn several() -> CodecError {
    CodecError::new("one value", "several")
}

fn no_object(raw: &str) -> CodecError {
    CodecError::new("pairs of names and values", format!("{} bytes of text", raw.len()))
}

/// A value that is sent more than once.
struct Repeated;

/// A value that is not UTF-8.
struct NotText;

macro_rules! failures {
    ($($name:ident: $failure:expr;)*) => {$(
        impl Argument for $name {
            fn texts(&self) -> Result<Vec<String>, CodecError> {
                Err($failure)
            }

            fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
                Err($failure)
            }

            fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
                Err($failure)
            }

            fn decode(&self, _: &Deviations, _: &mut dyn Target) -> Result<bool, CodecError> {
                Err($failure)
            }
        }
    )*};
}

failures! {
    Repeated: several();
    NotText: not_text("UTF-8 text");
}

/// A text of a media type (`content`).
struct Document {
    parameter: &'static Parameter,
    media_type: &'static str,
    raw: String,
}

impl Document {
    fn text(&self) -> Result<String, CodecError> {
        decoded(self.parameter, &self.raw)
    }
}

impl Argument for Document {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        self.text().map(|text| vec![text])
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        Ok(vec![Box::new(TextArgument(self.text()?))])
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        Err(no_object(&self.raw))
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        let is_form = media_type::essence(self.media_type) == "application/x-www-form-urlencoded";
        if is_form && self.parameter.location == Location::QueryString {
            return read_form(self.raw.as_bytes(), deviations, target).map(|()| true);
        }
        let text = self.text()?;
        if is_form {
            return read_form(text.as_bytes(), deviations, target).map(|()| true);
        }
        if self.media_type.starts_with("text/") {
            return decode_argument(&TextArgument(text), deviations, target);
        }
        let mut json = Nullable(target);
        read_json(text.as_bytes(), deviations, &mut json).map(|()| true)
    }
}

/// A target to which null is passed as such.
struct Nullable<'t>(&'t mut dyn Target);

impl Target for Nullable<'_> {
    fn set(&mut self, decoder: &mut dyn Decoder) -> Result<(), CodecError> {
        decoder.optional(self.0)
    }
}

/// A parameter with a style that is one text: `3,4,5`, `.3.4`, `;id=3`, `R,100,G,200`.
struct Whole {
    parameter: &'static Parameter,
    raw: String,
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
fn item(text: String, styles: &'static [Style]) -> BoxArgument<'static> {
    if styles.is_empty() {
        return Box::new(TextArgument(text));
    }
    Box::new(Nested { text, styles })
}

/// The names and values of a styled text, the values encoded.
type RawMembers<'w> = Vec<(&'w str, &'w str)>;

impl Whole {
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
            (Style::SpaceDelimited, Location::Query) => &["%20", "+"],
            (Style::SpaceDelimited, _) => &["%20", " "],
            (Style::PipeDelimited, _) => &["%7C", "%7c", "|"],
            (Style::TabDelimited, _) => &["%09", "\t"],
            (_, _) => &[","],
        };
        Ok(split(content, separators))
    }

    fn decoded(&self, raw: &str) -> Result<String, CodecError> {
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

impl Argument for Whole {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        Ok(vec![self.decoded(self.content()?)?])
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        let items = self.raw_items()?.into_iter();
        items.map(|raw| Ok(item(self.decoded(raw)?, self.parameter.nested))).collect()
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        let members = self.raw_members()?.into_iter();
        let members = members.map(|(name, value)| {
            let value: BoxArgument<'_> = Box::new(TextArgument(self.decoded(value)?));
            Ok((self.decoded(name)?, value))
        });
        members.collect()
    }

    fn decode(&self, deviations: &Deviations, target: &mut dyn Target) -> Result<bool, CodecError> {
        decode_argument(self, deviations, target)
    }
}

/// A header in several lines, which is a list or an object and nothing else.
struct Lines(Whole);

impl Argument for Lines {
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

/// Several texts of one name.
struct Texts(Vec<String>);

impl Texts {
    fn argument(mut texts: Vec<String>) -> BoxArgument<'static> {
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
struct Exploded<'h> {
    parameter: &'static Parameter,
    /// The pairs of the parameter's name.
    named: Vec<&'h Pair<'h>>,
    /// The pairs of no parameter's name.
    members: Vec<&'h Pair<'h>>,
}

impl Exploded<'_> {
    fn value(&self, pair: &Pair<'_>) -> Result<String, CodecError> {
        decoded(self.parameter, pair.value.unwrap_or_default())
    }

    /// True for the name alone, which stands for an empty list or object.
    fn is_empty(&self) -> bool {
        self.parameter.allow_empty && matches!(self.named.as_slice(), [Pair { value: None, .. }])
    }
}

impl Argument for Exploded<'_> {
    fn texts(&self) -> Result<Vec<String>, CodecError> {
        self.named.iter().map(|pair| self.value(pair)).collect()
    }

    fn items(&self) -> Result<Vec<BoxArgument<'_>>, CodecError> {
        let named = self.named.iter().filter(|_| !self.is_empty());
        named.map(|pair| Ok(item(self.value(pair)?, self.parameter.nested))).collect()
    }

    fn members(&self) -> Result<Vec<(String, BoxArgument<'_>)>, CodecError> {
        let named = self.named.iter().filter(|_| !self.is_empty());
        let mut members: Vec<(String, Vec<String>)> = Vec::new();
        for pair in named.chain(&self.members) {
            let value = self.value(pair)?;
            match members.iter_mut().find(|(name, _)| *name == pair.name) {
                Some((_, texts)) => texts.push(value),
                None => members.push((pair.name.clone(), vec![value])),
            }
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

/// A part of an object of the style `deepObject`: what stands behind `name[member]`.
struct Deep<'h> {
    parameter: &'static Parameter,
    texts: Vec<Option<&'h str>>,
    members: Map<Self>,
}

/// The levels of an object of the style `deepObject`; what is deeper belongs to no parameter.
const MAX_LEVELS: usize = 32;

/// A parameter of the style `deepObject`.
fn deep<'h>(parameter: &'static Parameter, pairs: &'h [Pair<'h>]) -> Option<BoxArgument<'h>> {
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
        let texts = self.texts.iter().map(|raw| decoded(self.parameter, raw.unwrap_or_default()));
        texts.collect()
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
