//! Adds a number to a field.
pub fn next_price(item: &client::types::Item) -> Option<i64> {
    item.price.map(|price| price + 1)
}
