//! Turns a description of an HTTP API into a Rust client that reads as if written by hand.
//!
//! The pipeline is `load -> normalize -> api -> names -> lower -> emit -> print`, a module each. The library reads no
//! files, environment or clock and prints nothing; [`build`] is the entry for build scripts.

pub mod api;
pub mod diagnostics;
#[doc(hidden)]
pub mod diff;
pub mod emit;
mod generated_tests;
pub mod host;
pub mod load;
pub mod lower;
pub mod names;
pub mod normalize;
mod options;
mod pipeline;
pub mod print;
pub mod rustdoc;
pub mod source;
pub mod syntax;
mod unseen;

pub use host::build;
pub use load::{Loader, ReadError};
pub use options::{
    About, CallOptions, DateTimeTypes, Generated, Grouping, Module, Options, Output, OwnType,
    Responses, TestFile, Via, HEADER,
};
pub use pipeline::{analyse, compare, generate, inspect, Analysed, Comparison, Document};
