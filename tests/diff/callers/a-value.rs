//! Matches an enum, with an arm for values that come later.
pub fn number(kind: &client::types::Kind) -> u8 {
    match kind {
        client::types::Kind::Book => 1,
        client::types::Kind::Toy => 2,
        _ => 3,
    }
}
