//! What generated code calls, by version. Not for people: names here may have rough edges.

mod call;
mod operation;
mod types;
pub mod v1;
