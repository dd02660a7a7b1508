//! The runtime's contract with generated code, by version. Hidden: its names are for code that is written by machine.

mod call;
mod choice;
mod features;
mod members;
mod operation;
mod record;
mod union;
pub mod v1;
