//! Builds a request from its required members.
pub fn item() -> client::types::NewItem {
    client::types::NewItem::new(client::types::Kind::Book)
}
