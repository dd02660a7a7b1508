//! Builds credentials.
pub fn credentials() -> client::Credentials {
    client::Credentials::new().token("secret")
}
