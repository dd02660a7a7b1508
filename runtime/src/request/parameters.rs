//! Parameters: a value, and how its place in the request writes it.

use super::body::encode_form;
use crate::codec::to_value;
use crate::codec::{to_json, CodecError, Encode, Value};
use crate::futures::BoxError;
use crate::percent;
use crate::spec::{media_type, Location, Parameter, Style};

/// The text of a parameter as it stands in the request; `None` where nothing is to be sent.
///
/// For a query or cookie it holds the name too: `color=blue&color=black`. Null is not sent, but for a parameter whose
/// `content` is JSON, which has a text for it.
pub(crate) fn encode(
    parameter: &Parameter,
    value: &dyn Encode,
) -> Result<Option<String>, BoxError> {
    let has_null = parameter.content.is_some_and(media_type::is_json);
    let value = match to_value(value)? {
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
        Location::Header => return Ok(Some(whole(parameter, &flat(value, parameter.nested)?))),
        Location::Query | Location::QueryString => "&",
        Location::Cookie => "; ",
    };
    let pieces = pieces(parameter, value)?;
    if pieces.is_empty() && parameter.allow_empty {
        return Ok(Some(encoder(parameter)(parameter.name)));
    }
    Ok((!pieces.is_empty()).then(|| pieces.join(separator)))
}

fn path(parameter: &Parameter, value: &Value) -> Result<Option<String>, CodecError> {
    let flat = flat(value, parameter.nested)?;
    let nothing = match &flat {
        Flat::One(_) => false,
        Flat::Many(items) => items.is_empty(),
        Flat::Pairs(pairs) => pairs.is_empty(),
    };
    Ok((!nothing).then(|| whole(parameter, &flat)))
}

/// A parameter with `content`: a text of its media type, encoded for its place.
fn content(
    parameter: &Parameter,
    media_type: &str,
    value: &Value,
) -> Result<Option<String>, BoxError> {
    let form = media_type.starts_with("application/x-www-form-urlencoded");
    if form && parameter.location == Location::QueryString {
        return Ok(Some(encode_form(value, &[])?));
    }
    let plain = value.as_str().filter(|_| media_type.starts_with("text/"));
    let text = match plain {
        Some(text) => text.to_owned(),
        None if form => encode_form(value, &[])?,
        None => String::from_utf8(to_json(value)?)?,
    };
    let text = encoder(parameter)(&text);
    Ok(Some(match parameter.location {
        Location::Path | Location::Header | Location::QueryString => text,
        Location::Query | Location::Cookie => {
            format!("{}={text}", encoder(parameter)(parameter.name))
        }
    }))
}

/// A value as the styles see it: nested lists and objects have become JSON, nulls are gone.
pub(crate) enum Flat {
    One(String),
    Many(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// The text of a value that stands alone.
pub(crate) fn text(value: &Value) -> Result<String, CodecError> {
    match value {
        Value::Null => Ok(String::new()),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Text(text) => Ok(text.clone()),
        Value::List(_) | Value::Object(_) => {
            to_json(value).map(|json| String::from_utf8_lossy(&json).into_owned())
        }
    }
}

/// The separator of the items of a list of this style, before it is encoded.
pub(crate) fn separator(style: Style) -> char {
    match style {
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        Style::TabDelimited => '\t',
        Style::Matrix
        | Style::Label
        | Style::Simple
        | Style::Form
        | Style::DeepObject
        | Style::Cookie => ',',
    }
}

/// The text of an item, in which lists are written in these styles.
fn item(value: &Value, nested: &[Style]) -> Result<String, CodecError> {
    let (Value::List(items), [style, inner @ ..]) = (value, nested) else {
        return text(value);
    };
    let items = items.iter().filter(|item| !item.is_null());
    let texts: Vec<String> = items.map(|value| item(value, inner)).collect::<Result<_, _>>()?;
    Ok(texts.join(separator(*style).encode_utf8(&mut [0; 4])))
}

pub(crate) fn flat(value: &Value, nested: &[Style]) -> Result<Flat, CodecError> {
    match value {
        Value::List(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            let texts = items.map(|value| item(value, nested));
            texts.collect::<Result<_, _>>().map(Flat::Many)
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, member)| !member.is_null());
            let pairs = members.map(|(name, member)| Ok((name.clone(), text(member)?)));
            pairs.collect::<Result<_, CodecError>>().map(Flat::Pairs)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            text(value).map(Flat::One)
        }
    }
}

/// How names and values are encoded in the parameter's place.
pub(crate) fn encoder(parameter: &Parameter) -> fn(&str) -> String {
    match (parameter.location, parameter.allow_reserved) {
        (Location::Path, true) => percent::reserved_in_path,
        (Location::Query | Location::QueryString, true) => percent::reserved_in_query,
        (Location::Header, _) | (Location::Cookie, true) => str::to_owned,
        (Location::Cookie, false) if parameter.style == Style::Cookie => str::to_owned,
        (Location::Path | Location::Query | Location::QueryString | Location::Cookie, false) => {
            percent::unreserved
        }
    }
}

/// In a path or header: one text.
pub(crate) fn whole(parameter: &Parameter, flat: &Flat) -> String {
    let encode = encoder(parameter);
    match parameter.style {
        Style::Label => {
            let separator = if parameter.explode { "." } else { "," };
            format!(".{}", joined(parameter.explode, flat, separator, encode))
        }
        Style::Matrix => matrix(parameter, flat, encode),
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::TabDelimited
        | Style::DeepObject
        | Style::Cookie => match flat {
            Flat::One(text) => encode(text),
            Flat::Many(_) | Flat::Pairs(_) => {
                joined(parameter.explode, flat, &encoded_separator(parameter), encode)
            }
        },
    }
}

/// The separator of the items of a list, percent-encoded if a URL or cookie demands it.
fn encoded_separator(parameter: &Parameter) -> String {
    let separator = separator(parameter.style).to_string();
    match (parameter.location, separator.as_str()) {
        (Location::Header, _) | (_, ",") => separator,
        (Location::Path | Location::Query | Location::QueryString | Location::Cookie, text) => {
            percent::unreserved(text)
        }
    }
}

fn joined(explode: bool, flat: &Flat, separator: &str, encode: fn(&str) -> String) -> String {
    let equals = if explode { "=" } else { separator };
    match flat {
        Flat::One(text) => encode(text),
        Flat::Many(items) => {
            let items: Vec<_> = items.iter().map(|item| encode(item)).collect();
            items.join(separator)
        }
        Flat::Pairs(pairs) => {
            let pairs = pairs.iter();
            let pairs =
                pairs.map(|(name, value)| format!("{}{equals}{}", encode(name), encode(value)));
            pairs.collect::<Vec<_>>().join(separator)
        }
    }
}

fn matrix(parameter: &Parameter, flat: &Flat, encode: fn(&str) -> String) -> String {
    let piece = |name: &str, value: &str| match value {
        "" => format!(";{}", encode(name)),
        _ => format!(";{}={}", encode(name), encode(value)),
    };
    match flat {
        Flat::One(text) => piece(parameter.name, text),
        Flat::Many(items) if parameter.explode => {
            items.iter().map(|item| piece(parameter.name, item)).collect()
        }
        Flat::Pairs(pairs) if parameter.explode => {
            pairs.iter().map(|(name, value)| piece(name, value)).collect()
        }
        Flat::Many(_) | Flat::Pairs(_) => {
            let value = joined(false, flat, ",", encode);
            format!(";{}={value}", encode(parameter.name))
        }
    }
}

/// In a query, form or cookie: the `name=value` pieces, encoded; none for an empty list or object.
pub(crate) fn pieces(parameter: &Parameter, value: &Value) -> Result<Vec<String>, CodecError> {
    let encode = encoder(parameter);
    if parameter.style == Style::DeepObject {
        let mut pieces = Vec::new();
        deep(&encode(parameter.name), value, encode, &mut pieces)?;
        return Ok(pieces);
    }
    let flat = flat(value, parameter.nested)?;
    let pair = |name: &str, value: &str| format!("{}={}", encode(name), encode(value));
    Ok(match &flat {
        Flat::One(text) if text.is_empty() && parameter.allow_empty => vec![encode(parameter.name)],
        Flat::One(text) => vec![pair(parameter.name, text)],
        Flat::Many(items) if items.is_empty() => Vec::new(),
        Flat::Pairs(pairs) if pairs.is_empty() => Vec::new(),
        Flat::Many(items) if parameter.explode => {
            items.iter().map(|item| pair(parameter.name, item)).collect()
        }
        Flat::Pairs(pairs) if parameter.explode => {
            pairs.iter().map(|(name, value)| pair(name, value)).collect()
        }
        Flat::Many(_) | Flat::Pairs(_) => {
            let value = joined(false, &flat, &encoded_separator(parameter), encode);
            vec![format!("{}={value}", encode(parameter.name))]
        }
    })
}

/// `name[member][0]=value`, to any depth, with the brackets percent-encoded.
fn deep(
    name: &str,
    value: &Value,
    encode: fn(&str) -> String,
    pieces: &mut Vec<String>,
) -> Result<(), CodecError> {
    match value {
        Value::Null => {}
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}%5B{index}%5D"), item, encode, pieces)?;
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                deep(&format!("{name}%5B{}%5D", encode(member)), value, encode, pieces)?;
            }
        }
        Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            pieces.push(format!("{name}={}", encode(&text(value)?)));
        }
    }
    Ok(())
}
