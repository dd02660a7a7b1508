//! The contract with generated code, version 1: names are added here, never changed or taken away.

pub use bytes::Bytes;
pub use serde;

pub use crate::codec::*;
