//! Turns a description of an HTTP API into a Rust client that reads as if written by hand.
//!
//! The pipeline is `load -> dialect -> api -> names -> rust -> emit -> print`, a module each.

pub mod api;
pub mod diagnostics;
pub mod docs;
pub mod front;
pub mod load;
pub mod names;
mod options;
pub mod rust;
mod stand_in;

pub use front::build;
pub use load::Loader;
pub use options::{Generated, Module, Options, Output, HEADER};
pub use stand_in::{analyse, generate, Analysed};
