//! What generated code calls, by version. Not for people: names here may have rough edges.

mod call;
mod features;
mod operation;
mod types;
pub mod v1;
