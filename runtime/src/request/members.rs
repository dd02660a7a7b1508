//! Members that a caller adds to a body beyond those that the document describes.

use super::body::{encode_form, syntax, Syntax};
use crate::body::Body;
use crate::codec::{from_json, to_json, Map, Value};
use crate::futures::BoxError;
use crate::percent;
use bytes::Bytes;

/// The member that cannot be added, and the reason.
pub(super) type Refusal = (String, BoxError);

/// The body with these members: an object of JSON, or a form. What it has already stays as it is written.
pub(super) fn add(body: &Body, media_type: &str, members: Map<Value>) -> Result<Body, Refusal> {
    let extended = match (syntax(media_type), body) {
        (_, Body::Empty) => Err("the call has no body that it could be added to".into()),
        (Some(Syntax::Json), Body::Bytes(json)) => extend_object(json, &members),
        (Some(Syntax::Form), Body::Bytes(form)) => extend_form(form, &members),
        (Some(Syntax::Json | Syntax::Form), Body::Factory(_) | Body::Once(..)) => {
            Err("the body is a stream".into())
        }
        (Some(Syntax::Lines | Syntax::Events | Syntax::Multipart | Syntax::Xml) | None, _) => {
            let place = "members can be added to an object of JSON and to a form";
            Err(format!("{place}, and this is `{media_type}`").into())
        }
    };
    extended.map(Body::from).map_err(|reason| {
        let names = members.into_keys().collect::<Vec<_>>();
        (names.join(", "), reason)
    })
}

/// Refuses names that the body has already: which of two values counts would be left to the server.
fn check_names(members: &Map<Value>, is_in_body: impl Fn(&str) -> bool) -> Result<(), BoxError> {
    match members.keys().find(|name| is_in_body(name)) {
        Some(name) => Err(format!("the body has `{name}` already").into()),
        None => Ok(()),
    }
}

/// The text of an object with further members before its last brace.
fn extend_object(json: &Bytes, members: &Map<Value>) -> Result<Vec<u8>, BoxError> {
    let Value::Object(object) = from_json(json)? else {
        return Err("the body is no object".into());
    };
    check_names(members, |name| object.contains_key(name))?;
    let json = json.trim_ascii_end();
    let mut extended = json.strip_suffix(b"}").unwrap_or(json).to_vec();
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 || !object.is_empty() {
            extended.push(b',');
        }
        extended.extend(to_json(name)?);
        extended.push(b':');
        extended.extend(to_json(value)?);
    }
    extended.push(b'}');
    Ok(extended)
}

fn extend_form(form: &Bytes, members: &Map<Value>) -> Result<Vec<u8>, BoxError> {
    let names: Vec<_> = percent::form_pairs_of(form).map(|(name, _)| name).collect();
    check_names(members, |name| names.iter().any(|other| other == name))?;
    let pairs = encode_form(&Value::Object(members.clone()), &[])?;
    let separator: &[u8] = if form.is_empty() || pairs.is_empty() { b"" } else { b"&" };
    Ok([form, separator, pairs.as_bytes()].concat())
}
