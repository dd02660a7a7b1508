//! Patterns of texts (ECMA-262).

use regress::Regex;

/// Compiles a pattern, with the flag `u` if it is valid with it; `None` if it is valid neither way.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).ok()
}
