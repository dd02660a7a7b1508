//! The flaws of real documents that can be repaired safely, each with a code.

mod operations;
mod required_members;
mod schema;

pub(super) use operations::operations;
pub(super) use required_members::complete;
pub(super) use schema::finish as finish_schema;

use super::context::Context;
use super::object_kinds::Kind;
use super::version::Version;
use crate::diagnostics::codes::normalize as codes;
use crate::syntax::{Key, Node, Object};

/// Repairs an object before its members are checked.
#[allow(clippy::wildcard_enum_match_arm, reason = "most kinds of object need nothing here")]
pub(super) fn before(context: &mut Context<'_>, kind: Kind, node: &mut Node) {
    match kind {
        Kind::Schema => schema::before(context, node),
        Kind::Paths => rename_paths(context, node),
        Kind::Responses => rename_statuses(context, node),
        Kind::RequestBody | Kind::Response | Kind::Parameter | Kind::Header => {
            if let Some(content) = node.get_mut("content") {
                rename_media_types(context, content);
            }
        }
        _ => {}
    }
}

/// Replaces a value by the object that it abbreviates; `false` if there is none.
#[allow(clippy::wildcard_enum_match_arm, reason = "most kinds of object need nothing here")]
pub(super) fn stand_in(context: &mut Context<'_>, kind: Kind, node: &mut Node) -> bool {
    match kind {
        Kind::Schema => schema::stand_in(context, node),
        Kind::Discriminator => {
            let Some(name) = node.as_text() else {
                return false;
            };
            let name = Node::text(node.origin, name);
            if context.version != Version::V2_0 {
                let message =
                    "a discriminator has to be an object; this is read as its `propertyName`";
                context.report(codes::RETYPED, node.origin, message);
            }
            *node = Node::object(node.origin).with("propertyName", name);
            true
        }
        _ => false,
    }
}

/// Renames every member, or removes it; a member whose new key is in use keeps the old one.
fn rename(node: &mut Node, mut new_key: impl FnMut(&str, &Node) -> Option<String>) {
    let Some(members) = node.as_object_mut() else {
        return;
    };
    let new_keys: Vec<Option<String>> =
        members.iter().map(|(key, member)| new_key(key, member)).collect();
    if new_keys.iter().zip(members.keys()).all(|(new, old)| new.as_deref() == Some(&**old)) {
        return;
    }
    let mut renamed = Object::default();
    for ((key, member), new) in std::mem::take(members).into_iter().zip(new_keys) {
        if let Some(new) = new {
            let new = Key::from(new);
            let key = if renamed.contains_key(&new) { key } else { new };
            renamed.insert(key, member);
        }
    }
    *members = renamed;
}

/// Adds the slash at the start of paths.
fn rename_paths(context: &mut Context<'_>, node: &mut Node) {
    rename(node, |key, member| {
        if key.starts_with('/') || key.starts_with("x-") {
            return Some(key.to_owned());
        }
        let message = format!("the path `{key}` does not start with a slash; one is added");
        context.report_key(codes::PATH_WITHOUT_SLASH, member.origin, message);
        Some(format!("/{key}"))
    });
}

/// Corrects statuses: three digits, a digit and `XX`, or `default`.
fn rename_statuses(context: &mut Context<'_>, node: &mut Node) {
    rename(node, |key, member| {
        if key.starts_with("x-") || is_status(key) {
            return Some(key.to_owned());
        }
        let trimmed = key.trim().trim_matches(['\'', '"']);
        let upper = trimmed.to_ascii_uppercase();
        let corrected = if trimmed.eq_ignore_ascii_case("default") {
            Some("default".to_owned())
        } else {
            is_status(&upper).then_some(upper)
        };
        let (code, message) = match &corrected {
            Some(status) if key.eq_ignore_ascii_case(status) => return Some(status.clone()),
            Some(status) => (codes::STATUS, format!("`{key}` is read as `{status}`")),
            None => (codes::STATUS, format!("`{key}` is not a status; its response is ignored")),
        };
        context.report_key(code, member.origin, message);
        corrected
    });
}

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    let class = matches!(bytes.first(), Some(b'1'..=b'9'));
    key == "default" || (class && bytes.len() == 3 && (all_digits(bytes) || key.ends_with("XX")))
}

fn all_digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

/// Common abbreviations of media types.
const ABBREVIATIONS: [(&str, &str); 6] = [
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("text", "text/plain"),
    ("html", "text/html"),
    ("form", "application/x-www-form-urlencoded"),
    ("*", "*/*"),
];

/// Corrects media types: a type, a subtype (RFC 9110, section 8.3.1) and parameters, which stay unchanged.
fn rename_media_types(context: &mut Context<'_>, node: &mut Node) {
    rename(node, |key, member| {
        let trimmed = key.trim();
        let essence = trimmed.split(';').next().unwrap_or_default().trim();
        let parts: Vec<&str> = essence.split('/').collect();
        let is_complete =
            parts.len() == 2 && parts.iter().all(|part| !part.is_empty() && !part.contains(' '));
        if key.starts_with("x-") || (is_complete && trimmed == key) {
            return Some(key.to_owned());
        }
        let abbreviation = ABBREVIATIONS
            .iter()
            .find(|(abbreviation, _)| abbreviation.eq_ignore_ascii_case(essence));
        let corrected = match abbreviation {
            Some((_, long)) => Some((*long).to_owned()),
            None => is_complete.then(|| trimmed.to_owned()),
        };
        let message = match &corrected {
            Some(media_type) => format!("`{key}` is read as `{media_type}`"),
            None => format!("`{key}` is not a media type; its content is ignored"),
        };
        context.report_key(codes::MEDIA_TYPE, member.origin, message);
        corrected
    });
}
