//! What generated tests call; with the feature `testing`.

mod examples;

pub use self::examples::{again, is_same, Example};
