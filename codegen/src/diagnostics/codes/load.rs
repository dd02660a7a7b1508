//! `TW01`: what the load phase says: files and references.

use crate::diagnostics::code::codes;

codes! {}
