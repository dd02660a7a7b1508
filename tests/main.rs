//! Tests of the whole, in one program; README.md lists them.
#![allow(clippy::disallowed_methods, reason = "tests read and write files, and start programs")]
#![allow(
    clippy::field_reassign_with_default,
    reason = "records are filled as callers in other crates fill them"
)]

mod book;
mod build_script;
mod bundle;
mod determinism;
mod diff;
mod documents;
mod examples;
mod features;
mod fuzz;
mod golden;
mod import;
mod import_client;
mod import_robust;
mod lock;
mod names;
mod normalize;
mod quirks;
mod rustdoc;
mod server;
mod shape;
mod shared;
mod specs;
mod support;
mod tidy;
mod types;
mod unified_features;
mod wire;
