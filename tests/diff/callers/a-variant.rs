//! Matches a union, with an arm for variants that come later.
pub fn is_circle(shape: &client::types::Shape) -> bool {
    match shape {
        client::types::Shape::Circle(_) => true,
        client::types::Shape::Square(_) => false,
        _ => false,
    }
}
