//! Calls an operation without parameters.
pub async fn shape(client: &client::Client) -> bool {
    client.get_shape().await.is_ok()
}
