//! Generates Rust clients from descriptions of HTTP APIs.
//!
//! [`generate`] turns an OpenAPI document into the source files of a crate; [`build`] does so in a build script. Neither the
//! environment nor the clock affects the output, and nothing is read except through a [`Loader`].
//!
//! The phases of the compiler are modules in the order `load -> normalize -> api -> names -> lower -> emit -> print`. They are
//! public for the command and the tests of this repository alone, and may change in any release.

#[doc(hidden)]
pub mod api;
pub mod diagnostics;
pub mod diff;
#[doc(hidden)]
pub mod emit;
mod formats;
mod generated_tests;
#[doc(hidden)]
pub mod host;
#[doc(hidden)]
pub mod load;
pub mod lock;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod names;
#[doc(hidden)]
pub mod normalize;
mod options;
mod output;
mod pipeline;
#[doc(hidden)]
pub mod print;
#[doc(hidden)]
pub mod rustdoc;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod syntax;
mod unseen;

pub use host::build;
pub use load::{Loader, ReadError};
pub use lock::Lock;
pub use options::{
    CallOptions, DateTimeTypes, Features, Grouping, Options, OwnType, Responses, ServerFramework,
    Via,
};
pub use output::{About, Generated, Guide, Output, TestFile};
pub use pipeline::{
    analyse, compare, compare_with_lock, generate, inspect, Analysed, Comparison, Document,
};
#[doc(hidden)]
pub use pipeline::{analyse_for_server, inspect_model};
pub use print::{Module, HEADER};
pub use source::Files;
