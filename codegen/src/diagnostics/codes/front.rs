//! `TW05`: what the fronts say: options and files.

use crate::diagnostics::code::codes;

codes! {}
