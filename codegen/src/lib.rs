//! Turns a description of an HTTP API into a Rust client that reads as if written by hand.
//!
//! The pipeline is `load -> dialect -> api -> names -> rust -> emit -> print`, a module each. The library reads no
//! files, environment or clock and prints nothing; [`build`] is the front for build scripts.

pub mod api;
pub mod diagnostics;
pub mod dialect;
pub mod docs;
pub mod emit;
pub mod front;
pub mod load;
pub mod names;
mod options;
mod pipeline;
pub mod print;
pub mod rust;
mod test_files;
pub mod tokens;
mod unseen;

pub use front::build;
pub use load::Loader;
pub use options::{
    About, CallOptions, Dates, Generated, Grouping, Module, Options, Output, OwnType, Replies,
    TestFile, Via, HEADER,
};
pub use pipeline::{analyse, generate, inspect, Analysed};
