//! What generated tests call; with the feature `testing`.

mod examples;

pub use self::examples::{is_same, Example};
