//! The codec, seen from outside: through the names that generated code uses.

mod record;
mod sample;
