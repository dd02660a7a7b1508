//! Turns a description of an HTTP API into a Rust client that reads as if written by hand.
//!
//! The pipeline is `load -> dialect -> api -> names -> rust -> emit -> print`, a module each.

pub mod api;
pub mod diagnostics;
pub mod dialect;
pub mod docs;
pub mod emit;
pub mod load;
pub mod names;
mod options;
pub mod print;
pub mod rust;

pub use options::{Generated, Module, Options, Output, HEADER};
