//! Reads an optional field.
pub fn title(item: client::types::Item) -> String {
    item.title.unwrap_or_default()
}
