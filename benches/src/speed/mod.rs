//! How fast values are read and written: ours, ours through serde, and the derived codec.

pub mod derived;
pub mod ours;
pub mod payloads;
pub mod run;
