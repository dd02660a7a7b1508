//! Passes arguments by position.
pub fn find(client: &client::Client) -> client::operations::FindOrder {
    client.find_order("1", "a", "b")
}
