//! What generated code calls, by version. Not for people: names here may have rough edges.

pub mod v1;
