//! The tables themselves, in the order of the specification.

pub(super) mod document;
pub(super) mod operation;
pub(super) mod schema;
pub(super) mod security;
