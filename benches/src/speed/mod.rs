//! How fast values are read and written: ours, ours through serde, and the derived codec.

pub mod payloads;
mod record;
pub mod run;
pub mod types;
mod wide;
