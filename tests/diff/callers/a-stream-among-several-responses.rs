//! Clones a response.
pub fn both(
    response: &client::operations::CreateItemResponse,
) -> [client::operations::CreateItemResponse; 2] {
    [response.clone(), response.clone()]
}
