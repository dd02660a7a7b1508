//! `TW04`: what the names phase says: identifiers.

use crate::diagnostics::code::codes;

codes! {}
