//! Reads a number.
pub fn weight(order: &client::types::Order) -> i64 {
    order.weight.unwrap_or_default()
}
