//! Reads a field.
pub fn price(item: &client::types::Item) -> Option<i64> {
    item.price
}
