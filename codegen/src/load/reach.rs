//! How long the way to a value is: every value is told from others by the keys that lead to it.

use super::{pointer, FileId, Node, Value};
use crate::diagnostics::codes::load as codes;
use crate::diagnostics::{Diagnostics, Place};

/// The bytes that the keys on the way to a value may have together. Documents of services come to some 300.
const LONGEST: usize = 4096;

/// Whether every way is short enough; says so where one is not. Names of values are made of these keys in many places, so
/// that one long key would come back as often as there are values behind it.
pub(super) fn check(root: &Node, file: FileId, diagnostics: &mut Diagnostics) -> bool {
    let mut way = Vec::new();
    let Some(last) = too_far(root, &mut way, LONGEST) else {
        return true;
    };
    way.push(last);
    // The longest key is to blame, and the place is that of the object that holds it.
    let longest = way.iter().enumerate().max_by_key(|(_, key)| key.len());
    let (at, key) = longest.unwrap_or((0, &last));
    let start: String = key.chars().take(40).collect();
    let message = format!(
        "more than {LONGEST} bytes of keys lead to a value, of which `{start}…` has {}",
        key.len()
    );
    let place = Place::Key(file, pointer::join(way.iter().take(at).copied()));
    diagnostics.lost(codes::TOO_FAR, place, message, false)
}

/// The first key that is too far from the root; the way to its object is left in `way`.
fn too_far<'n>(node: &'n Node, way: &mut Vec<&'n str>, left: usize) -> Option<&'n str> {
    match &node.value {
        Value::Object(members) => members.iter().find_map(|(key, member)| {
            let Some(left) = left.checked_sub(key.len() + 1) else {
                return Some(&**key);
            };
            way.push(key);
            let far = too_far(member, way, left);
            if far.is_none() {
                way.pop();
            }
            far
        }),
        Value::List(items) => items.iter().find_map(|item| too_far(item, way, left)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}
