//! Pages: a call again and again, each time for what comes next.

pub(crate) mod next;
mod stream;

pub use stream::{PageItems, Pages};

use crate::codec::Value;

/// The value at a JSON pointer (RFC 6901).
pub(crate) fn pointed<'a>(value: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut value = value;
    for segment in pointer.split('/').skip(1) {
        let name = segment.replace("~1", "/").replace("~0", "~");
        value = match value.as_list() {
            Some(items) => items.get(name.parse::<usize>().ok()?)?,
            None => value.get(&name)?,
        };
    }
    Some(value)
}
