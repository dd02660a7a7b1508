//! Turns a description of an HTTP API into a Rust client that reads as if written by hand.
//!
//! The pipeline is `load -> dialect -> api -> names -> rust -> emit -> print`, a module each.

pub mod diagnostics;
pub mod dialect;
pub mod load;
