//! `application/x-www-form-urlencoded` bodies (OpenAPI 3.1, section 4.8.14.4).

use super::{media_type, part};
use crate::codec::{to_json, CodecError, Value};
use crate::data::PartSpec;
use crate::parameters::{percent, style};

/// An object's members as pairs: lists repeat the name, objects become JSON, nulls are left out; those of `parts` are
/// written as these say.
pub(crate) fn encode(value: &Value, parts: &[PartSpec]) -> Result<String, CodecError> {
    let Value::Object(members) = value else {
        return style::text(value).map(|text| percent::form(&text));
    };
    let mut pieces = Vec::new();
    for (name, member) in members.iter().filter(|(_, member)| !member.is_null()) {
        let part = part(parts, name);
        if let Some(parameter) = part.and_then(|part| part.styled) {
            pieces.extend(style::pieces(&parameter, member)?);
            continue;
        }
        let pair = |text: &str| format!("{}={}", percent::form(name), percent::form(text));
        let media_type = part.and_then(PartSpec::media_type);
        match (media_type, member.as_list()) {
            (Some(kind), _) if media_type::is_json(kind) => {
                let json = to_json(member)?;
                pieces.push(pair(&String::from_utf8_lossy(&json)));
            }
            (_, Some(items)) => {
                for item in items {
                    pieces.push(pair(&style::text(item)?));
                }
            }
            (_, None) => pieces.push(pair(&style::text(member)?)),
        }
    }
    Ok(pieces.join("&"))
}
