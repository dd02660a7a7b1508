//! The parameters of a request: where their texts stand, and how their styles split them (OpenAPI 3.2, section 4.12).
//!
//! It is the inverse of `request/parameters.rs`.

mod deep;
mod document;
mod form;
mod pairs;
mod whole;

pub(super) use self::form::read_styled_form;
pub(super) use self::whole::Whole;

use self::deep::deep;
use self::document::{Document, NotText, Repeated};
use self::pairs::{pairs, Exploded, Pair};
use self::whole::Lines;
use crate::codec::{read_parameters, BoxArgument, CodecError, Deviations, ReadParameter, Target};
use crate::percent;
use crate::server::context::{place, Head};
use crate::server::security::cookies;
use crate::spec::{ApiSpec, KeyLocation, Location, Parameter, SchemeKind, Style};
use http::{HeaderMap, HeaderValue};
use std::borrow::Cow;

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
    let parameters = head.operation.parameters.iter().zip(&head.names.keys);
    let mut parameters = parameters.map(|(parameter, key)| places.parameter(parameter, key));
    read_parameters(&mut parameters, &Deviations::lenient(0), target)
}

/// Where the parameters of a request stand.
struct Places<'h> {
    head: &'h Head,
    query: Vec<Pair<'h>>,
    cookies: Vec<Pair<'h>>,
    /// The cookies with their names as they stand there.
    plain_cookies: Vec<Pair<'h>>,
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
        let has_cookies = has(Location::Cookie);
        let cookies = || has_cookies.then(|| cookies(&head.parts.headers)).into_iter().flatten();
        let keys = api.schemes.iter().filter_map(|scheme| {
            let SchemeKind::ApiKey { location, name } = scheme.kind else {
                return None;
            };
            (location != KeyLocation::Header).then_some(name)
        });
        Self {
            head,
            query: query.map(pairs).unwrap_or_default(),
            plain_cookies: cookies().map(|(name, value)| cookie(name.into(), value)).collect(),
            cookies: cookies()
                .map(|(name, value)| {
                    let decoded = percent::decode(name, false);
                    cookie(decoded.unwrap_or(name.into()), value)
                })
                .collect(),
            keys: keys.collect(),
        }
    }

    fn parameter(&'h self, parameter: &'static Parameter, key: &'h str) -> ReadParameter<'h> {
        let argument = match parameter.location {
            Location::Path => self.in_path(parameter),
            Location::Header => in_header(parameter, &self.head.parts.headers),
            Location::Query => self.in_pairs(parameter, &self.query),
            Location::Cookie if is_plain(parameter) => {
                self.in_pairs(parameter, &self.plain_cookies)
            }
            Location::Cookie => self.in_pairs(parameter, &self.cookies),
            Location::QueryString => self.in_query_string(parameter),
        };
        let is_whole = parameter.location == Location::QueryString;
        let name = (!is_whole).then_some(parameter.name);
        let (place, is_required) = (place(parameter.location), parameter.required);
        ReadParameter { place, name, key, is_required, argument }
    }

    fn in_path(&'h self, parameter: &'static Parameter) -> Option<BoxArgument<'h>> {
        let index = self.head.names.in_path.iter().position(|name| *name == parameter.name)?;
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
        in_pairs(parameter, pairs, &|name| self.is_taken(parameter, name))
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

/// A parameter of a query, a cookie or a form, in which other names are taken.
fn in_pairs<'h>(
    parameter: &'static Parameter,
    pairs: &'h [Pair<'h>],
    is_taken: &dyn Fn(&str) -> bool,
) -> Option<BoxArgument<'h>> {
    if parameter.style == Style::DeepObject {
        return deep(parameter, pairs);
    }
    let named: Vec<&Pair<'h>> = pairs.iter().filter(|pair| pair.name == parameter.name).collect();
    if parameter.explode && parameter.content.is_none() {
        let members =
            pairs.iter().filter(|pair| pair.name != parameter.name && !is_taken(&pair.name));
        let members: Vec<&Pair<'h>> = members.collect();
        let is_present = !named.is_empty() || !members.is_empty();
        return is_present
            .then(|| Box::new(Exploded { parameter, named, members }) as BoxArgument<'h>);
    }
    match named.as_slice() {
        [] => None,
        // An empty list or object, where the document allows the name alone.
        [Pair { value: None, .. }] if parameter.allow_empty => {
            Some(Box::new(Exploded { parameter, named, members: Vec::new() }))
        }
        [pair] => Some(one(parameter, pair.value.unwrap_or_default())),
        _ => Some(Box::new(Repeated)),
    }
}

/// A header; several lines of it are one list (RFC 9110, section 5.3).
fn in_header<'h>(parameter: &'static Parameter, headers: &'h HeaderMap) -> Option<BoxArgument<'h>> {
    let mut lines = headers.get_all(parameter.name).iter().map(HeaderValue::as_bytes);
    let first = lines.next()?;
    let further: Vec<&[u8]> = lines.collect();
    if further.is_empty() {
        return Some(match std::str::from_utf8(first) {
            Ok(text) => one(parameter, text.trim()),
            Err(_) => Box::new(NotText),
        });
    }
    let all = [&[first], further.as_slice()].concat().join(&b", "[..]);
    Some(match std::str::from_utf8(&all) {
        Ok(text) if parameter.content.is_none() => {
            Box::new(Lines(Whole::new(parameter, text.trim().to_owned())))
        }
        Ok(_) => Box::new(Repeated),
        Err(_) => Box::new(NotText),
    })
}

/// A parameter that is one text.
fn one<'h>(parameter: &'static Parameter, raw: &'h str) -> BoxArgument<'h> {
    match parameter.content {
        Some(media_type) => Box::new(Document { parameter, media_type, raw: raw.to_owned() }),
        None => Box::new(Whole::new(parameter, raw)),
    }
}

fn cookie<'h>(name: Cow<'h, str>, value: &'h str) -> Pair<'h> {
    Pair { name, value: Some(value) }
}

/// True where names and values are not encoded.
fn is_plain(parameter: &Parameter) -> bool {
    match parameter.location {
        Location::Header => true,
        Location::Cookie => parameter.style == Style::Cookie || parameter.allow_reserved,
        Location::Path | Location::Query | Location::QueryString => false,
    }
}

/// The text that stands encoded in the place of a parameter.
fn decoded<'t>(parameter: &Parameter, raw: &'t str) -> Result<Cow<'t, str>, CodecError> {
    if is_plain(parameter) {
        return Ok(raw.into());
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
