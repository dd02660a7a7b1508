//! Reads a value or its default.
pub fn count(item: &client::types::NewItem) -> i64 {
    item.count_or_default()
}
