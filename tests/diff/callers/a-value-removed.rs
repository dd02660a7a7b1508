//! Names a variant.
pub fn kind() -> client::types::Kind {
    client::types::Kind::Toy
}
