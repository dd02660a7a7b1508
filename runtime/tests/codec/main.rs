//! The codec, seen from outside: through the names that generated code uses.
#![allow(clippy::unwrap_used, reason = "tests")]

mod record;
mod sample;
