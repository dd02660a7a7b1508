//! Calls an operation without parameters, and names its call.
pub fn shape(client: &client::Client) -> client::operations::GetShape {
    client.get_shape()
}
