//! What generated code calls, by version. Not for people: names here may have rough edges.

mod operation;
pub mod v1;
