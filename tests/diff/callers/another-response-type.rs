//! Matches the output of an operation.
pub async fn is_circle(client: &client::Client) -> bool {
    matches!(client.get_shape().await, Ok(client::types::Shape::Circle(_)))
}
