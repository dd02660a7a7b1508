//! Forms of which the document says how single properties are written (OpenAPI 3.2, section 4.15).

use super::document::Document;
use super::in_pairs;
use super::pairs::{pairs, Texts};
use crate::codec::{read_parameters, BoxArgument, CodecError, Deviations, ReadParameter, Target};
use crate::percent;
use crate::spec::{media_type, Parameter, PartSpec};
use indexmap::IndexMap;
use std::borrow::Cow;

/// The encoding of values in JSON, whatever their property.
static JSON: Parameter = Parameter::query("");

/// Decodes a form whose properties are encoded as the parts say, and by default without one.
///
/// # Errors
/// A property is not of its type, or required and not there.
pub(in crate::server) fn read_styled_form(
    body: &str,
    parts: &'static [PartSpec],
    deviations: &Deviations,
    target: &mut dyn Target,
) -> Result<(), CodecError> {
    let pairs = pairs(body);
    let mut properties = Vec::new();
    let property = |name, argument| ReadParameter {
        place: "",
        name: Some(name),
        key: name,
        is_required: false,
        argument: Some(argument),
    };
    for part in parts {
        let is_other = |name: &str| parts.iter().any(|other| other.name == name);
        let styled = part.styled.as_ref();
        let argument = styled.and_then(|parameter| in_pairs(parameter, &pairs, &is_other));
        properties.extend(argument.map(|argument| property(part.name, argument)));
    }
    let is_styled =
        |name: &str| parts.iter().any(|part| part.styled.is_some() && belongs(name, part.name));
    let mut texts = IndexMap::<&str, Vec<&str>>::new();
    for pair in pairs.iter().filter(|pair| !is_styled(&pair.name)) {
        texts.entry(&*pair.name).or_default().push(pair.value.unwrap_or_default());
    }
    for (name, raw) in texts {
        let part = parts.iter().find(|part| part.name == name);
        properties.push(property(name, plain(part, raw)?));
    }
    let outcome = read_parameters(&mut properties.into_iter(), deviations, target);
    outcome.map_err(|failures| failures.into_iter().next().unwrap_or_else(CodecError::nothing))
}

/// True for the name of a property, and that of a member of it: `name[member]`.
fn belongs(name: &str, property: &str) -> bool {
    name.strip_prefix(property).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

/// A property without a style: texts, or where its media type is JSON, one JSON text.
fn plain(
    part: Option<&'static PartSpec>,
    raw: Vec<&str>,
) -> Result<BoxArgument<'static>, CodecError> {
    let json = part.and_then(PartSpec::media_type).filter(|kind| media_type::is_json(kind));
    if let (Some(media_type), [raw]) = (json, raw.as_slice()) {
        let raw = (*raw).to_owned();
        return Ok(Box::new(Document { parameter: &JSON, media_type, raw }));
    }
    let texts = raw.into_iter().map(|raw| percent::decode(raw, true).map(Cow::into_owned));
    let texts: Option<Vec<String>> = texts.collect();
    let texts = texts.ok_or_else(|| CodecError::new("percent-encoded UTF-8", "other bytes"))?;
    Ok(Texts::argument(texts))
}
