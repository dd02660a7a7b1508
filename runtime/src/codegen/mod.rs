//! The runtime's contract with generated code, by version. Hidden: its names are for generated code.

mod call;
mod choice;
mod features;
mod members;
mod operation;
mod record;
#[cfg(feature = "server")]
mod server;
mod union;
pub mod v1;
