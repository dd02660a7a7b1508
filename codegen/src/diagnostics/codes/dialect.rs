//! `TW02`: what the dialect phase says: versions and repairs.

use crate::diagnostics::code::codes;

codes! {}
