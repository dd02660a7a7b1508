//! Names a type; a warning is no error.
pub fn name(maker: &client::types::Maker) -> Option<&str> {
    maker.name.as_deref()
}
