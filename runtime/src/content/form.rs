//! `application/x-www-form-urlencoded` bodies (OpenAPI 3.1, section 4.8.14.4).

use crate::codec::{Failure, Value};
use crate::parameters::{percent, style};

/// An object's members as pairs: lists repeat the name, objects become JSON, nulls are left out.
pub(crate) fn encode(value: &Value) -> Result<String, Failure> {
    let Value::Object(members) = value else {
        return style::text(value).map(|text| percent::form(&text));
    };
    let mut pairs = Vec::new();
    for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
        match member {
            Value::List(items) => {
                for item in items {
                    pairs.push((name, style::text(item)?));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Object(_) => {
                pairs.push((name, style::text(member)?))
            }
        }
    }
    Ok(percent::form_pairs(&pairs))
}
