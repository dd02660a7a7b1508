//! Builds a client for the first server.
pub fn client() -> Option<client::Client> {
    client::Client::builder().build().ok()
}
