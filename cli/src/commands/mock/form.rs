//! Forms (`application/x-www-form-urlencoded`) and parts (`multipart/form-data`): the object that they write.

use super::pairs::Pairs;
use super::styles::{of_pairs, Kind, Layout};
use super::typed::Typing;
use serde_json::{Map, Value};
use typewright::api::model::{ParameterEncoding, Part, Style, Use};

/// Returns the object of a form; its scalars are strings.
pub fn value(typing: Typing<'_>, used: &Use, parts: &[Part], pairs: &Pairs) -> Value {
    let objects = typing.objects(used);
    let mut members = Map::new();
    let mut read = Vec::new();
    for (name, property) in objects.iter().flat_map(|object| &object.properties) {
        let part = parts.iter().find(|part| part.name == *name);
        let (style, explode) = match part.and_then(|part| part.encoding.as_ref()) {
            Some(ParameterEncoding::Style { style, explode, .. }) => (*style, *explode),
            Some(ParameterEncoding::Content(_)) | None => (Style::Form, true),
        };
        let layout = Layout { name, style, explode };
        // An exploded object has no name; one without a style is JSON.
        let kinds = typing.kinds(&property.value).into_iter().map(|kind| match kind {
            Kind::Object if style != Style::DeepObject => Kind::Scalar,
            Kind::Scalar | Kind::List | Kind::Object => kind,
        });
        let mut values = kinds.filter_map(|kind| of_pairs(layout, kind, pairs, &|_| false));
        if let Some(value) = values.next() {
            members.insert(name.clone(), value);
            read.push(name.clone());
        }
    }
    for (name, value) in &pairs.pairs {
        let owner = name.split('[').next().unwrap_or_default();
        if !read.iter().any(|other| other == owner || other == name) {
            members.insert(name.clone(), Value::from(pairs.decode(value)));
        }
    }
    Value::Object(members)
}

/// A part of a multipart body.
#[derive(Debug, PartialEq)]
pub struct BodyPart {
    /// Name in `Content-Disposition`; empty if it has none.
    pub name: String,
    /// Content, JSON parsed.
    pub value: Value,
}

/// Splits a multipart body (RFC 2046, section 5.1).
///
/// # Errors
///
/// A body without the boundary, without its end, or with JSON that cannot be read.
pub fn parts(media_type: &str, body: &[u8]) -> Result<Vec<BodyPart>, String> {
    let boundary = parameter(media_type, "boundary").ok_or("`Content-Type` has no boundary")?;
    let delimiter = format!("--{boundary}");
    let mut rest = match body.strip_prefix(delimiter.as_bytes()) {
        Some(rest) => rest,
        None => {
            let start = format!("\r\n{delimiter}");
            after(body, start.as_bytes()).map(|(_, rest)| rest).ok_or("the body has no boundary")?
        }
    };
    let delimiter = format!("\r\n{delimiter}");
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        let (_, start) = after(rest, b"\r\n").ok_or("a boundary has no end of its line")?;
        let (part, next) =
            after(start, delimiter.as_bytes()).ok_or("the last boundary is missing")?;
        parts.push(self::part(part)?);
        rest = next;
    }
    Ok(parts)
}

fn part(part: &[u8]) -> Result<BodyPart, String> {
    let split = match part.strip_prefix(b"\r\n") {
        Some(content) => Some((&b""[..], content)),
        None => after(part, b"\r\n\r\n"),
    };
    let (head, content) = split.ok_or("the headers of a part have no end")?;
    let head = String::from_utf8_lossy(head);
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (other, value) = line.split_once(':')?;
            other.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    };
    let name = header("content-disposition").and_then(|value| parameter(&value, "name"));
    let name = name.unwrap_or_default();
    let media_type = header("content-type").unwrap_or_default();
    let is_json = typewright::api::codec_of(&media_type) == typewright::api::model::Codec::Json;
    let value = match is_json {
        true => serde_json::from_slice(content)
            .map_err(|error| format!("the part `{name}` is not JSON: {error}"))?,
        false => Value::from(String::from_utf8_lossy(content)),
    };
    Ok(BodyPart { name, value })
}

/// Splits bytes at a separator.
fn after<'b>(bytes: &'b [u8], separator: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let start = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((bytes.get(..start)?, bytes.get(start + separator.len()..)?))
}

/// Returns a parameter of a header, such as `boundary`.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|parameter| {
        let (other, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"').to_owned();
        other.trim().eq_ignore_ascii_case(name).then_some(value)
    })
}

/// Returns the object of parts: those of one name are a list if their property is one.
pub fn value_of_parts(typing: Typing<'_>, used: &Use, parts: Vec<BodyPart>) -> Value {
    let objects = typing.objects(used);
    let is_list = |name: &str| {
        let mut properties = objects.iter().filter_map(|object| object.properties.get(name));
        properties.any(|property| typing.kinds(&property.value).contains(&Kind::List))
    };
    let mut members: Map<String, Value> = Map::new();
    for part in parts {
        let is_whole = part.value.is_array();
        match members.get_mut(&part.name) {
            Some(Value::Array(items)) => items.push(part.value),
            None if is_list(&part.name) && !is_whole => {
                members.insert(part.name, Value::Array(vec![part.value]));
            }
            Some(_) | None => drop(members.insert(part.name, part.value)),
        }
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names_and_content() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\n\
            content-disposition: form-data; name=f; filename=x\r\nContent-Type: application/json\r\n\r\n{\"k\":1}\r\n--b--\r\n";
        let parts = parts("multipart/form-data; boundary=b", body.as_bytes()).unwrap();
        let part = |name: &str, value: Value| BodyPart { name: name.to_owned(), value };
        assert_eq!(parts, [part("a", Value::from("1")), part("f", serde_json::json!({ "k": 1 }))]);
    }

    #[test]
    fn broken_parts_have_a_reason() {
        for (media_type, body, reason) in [
            ("multipart/form-data", "", "`Content-Type` has no boundary"),
            ("multipart/form-data; boundary=\"b\"", "x", "the body has no boundary"),
            ("multipart/form-data; boundary=b", "--b", "a boundary has no end of its line"),
            ("multipart/form-data; boundary=b", "--b\r\n\r\nx", "the last boundary is missing"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nx: y\r\n--b--",
                "the headers of a part have no end",
            ),
        ] {
            assert_eq!(parts(media_type, body.as_bytes()).unwrap_err(), reason, "{body}");
        }
    }
}
