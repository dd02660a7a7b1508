//! `TW03`: what the api phase says: meaning on the wire.

use crate::diagnostics::code::codes;

codes! {}
