//! `application/x-www-form-urlencoded` bodies (OpenAPI 3.1, section 4.8.14.4).

use crate::boxed::BoxError;
use crate::codec::{to_json, Failure, Value};
use crate::data::Encoding;
use crate::parameters::{self, percent, style};

/// An object's members as pairs: lists repeat the name, objects become JSON, nulls are left out; otherwise where the
/// document says so.
pub(crate) fn encode(value: &Value, encodings: &[Encoding]) -> Result<String, BoxError> {
    let Value::Object(members) = value else {
        return Ok(style::text(value).map(|text| percent::form(&text))?);
    };
    let mut pieces = Vec::new();
    for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
        let said = encodings.iter().find(|encoding| encoding.name == name);
        if let Some(parameter) = said.and_then(|said| said.style.as_ref()) {
            pieces.extend(parameters::encode(parameter, member)?);
        } else if said.is_some_and(Encoding::is_json) {
            let json = String::from_utf8(to_json(member)?)?;
            pieces.push(percent::form_pairs(&[(name, json)]));
        } else {
            pieces.extend(pairs(name, member)?);
        }
    }
    Ok(pieces.join("&"))
}

fn pairs(name: &String, member: &Value) -> Result<Option<String>, Failure> {
    let items = match member {
        Value::List(items) => items.as_slice(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
            std::slice::from_ref(member)
        }
    };
    let pairs = items.iter().map(|item| Ok((name, style::text(item)?)));
    let pairs: Vec<_> = pairs.collect::<Result<_, Failure>>()?;
    Ok((!pairs.is_empty()).then(|| percent::form_pairs(&pairs)))
}
