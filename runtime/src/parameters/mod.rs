//! Parameters: a value, and how its place in the request writes it.

pub(crate) mod percent;
pub(crate) mod style;
pub(crate) mod tree;

use crate::boxed::BoxError;
use crate::codec::{to_json, Encode, Value};
use crate::content::media_type;
use crate::data::{Location, Parameter};

/// The text of a parameter as it stands in the request; `None` where nothing is to be sent.
///
/// For a query or cookie it holds the name too: `color=blue&color=black`. Null is not sent, but for a parameter whose
/// `content` is JSON, which has a text for it.
pub(crate) fn encode(
    parameter: &Parameter,
    value: &dyn Encode,
) -> Result<Option<String>, BoxError> {
    let has_null = parameter.content.is_some_and(media_type::is_json);
    let value = match tree::tree(value)? {
        None | Some(Value::Null) if has_null => Value::Null,
        None | Some(Value::Null) if parameter.location == Location::Path => {
            return Err("a path parameter needs a value".into());
        }
        None | Some(Value::Null) => return Ok(None),
        Some(value) => value,
    };
    let encoded = match parameter.content {
        Some(media_type) => content(parameter, media_type, &value)?,
        None => styled(parameter, &value)?,
    };
    match (parameter.location, encoded) {
        // An empty one may be allowed; that is looked at when the path is filled.
        (Location::Path, None) => Ok(Some(String::new())),
        (_, encoded) => Ok(encoded),
    }
}

fn styled(parameter: &Parameter, value: &Value) -> Result<Option<String>, BoxError> {
    let separator = match parameter.location {
        Location::Path => return Ok(path(parameter, value)?),
        Location::Header => {
            return Ok(Some(style::whole(
                parameter,
                &style::flat(value, parameter.nested)?,
            )))
        }
        Location::Query | Location::QueryString => "&",
        Location::Cookie => "; ",
    };
    let pieces = style::pieces(parameter, value)?;
    if pieces.is_empty() && parameter.allow_empty {
        return Ok(Some(style::encoder(parameter)(parameter.name)));
    }
    Ok((!pieces.is_empty()).then(|| pieces.join(separator)))
}

fn path(parameter: &Parameter, value: &Value) -> Result<Option<String>, crate::codec::CodecError> {
    let flat = style::flat(value, parameter.nested)?;
    let nothing = match &flat {
        style::Flat::One(_) => false,
        style::Flat::Many(items) => items.is_empty(),
        style::Flat::Pairs(pairs) => pairs.is_empty(),
    };
    Ok((!nothing).then(|| style::whole(parameter, &flat)))
}

/// A parameter with `content`: a text of its media type, encoded for its place.
fn content(
    parameter: &Parameter,
    media_type: &str,
    value: &Value,
) -> Result<Option<String>, BoxError> {
    let form = media_type.starts_with("application/x-www-form-urlencoded");
    if form && parameter.location == Location::QueryString {
        return Ok(Some(crate::content::form::encode(value, &[])?));
    }
    let plain = value.as_str().filter(|_| media_type.starts_with("text/"));
    let text = match plain {
        Some(text) => text.to_owned(),
        None if form => crate::content::form::encode(value, &[])?,
        None => String::from_utf8(to_json(value)?)?,
    };
    let text = style::encoder(parameter)(&text);
    Ok(Some(match parameter.location {
        Location::Path | Location::Header | Location::QueryString => text,
        Location::Query | Location::Cookie => {
            format!("{}={text}", style::encoder(parameter)(parameter.name))
        }
    }))
}
