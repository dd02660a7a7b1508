//! Calls an operation.
pub async fn delete(client: &client::Client, id: client::runtime::value::Uuid) -> bool {
    client.delete_item(id).await.is_ok()
}
