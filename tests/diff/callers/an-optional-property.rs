//! Reads a struct, and ignores fields that come later.
pub fn title(item: client::types::Item) -> Option<String> {
    let client::types::Item { title, .. } = item;
    title
}
