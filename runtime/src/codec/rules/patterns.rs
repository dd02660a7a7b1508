//! Regular expressions of ECMA-262, compiled once each.

use regress::Regex;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Whether the pattern matches somewhere in the text. What is no regular expression matches everything.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    static COMPILED: Mutex<BTreeMap<&'static str, Option<Arc<Regex>>>> =
        Mutex::new(BTreeMap::new());
    let compiled = {
        let mut all = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = all.entry(pattern);
        entry.or_insert_with(|| compile(pattern)).clone()
    };
    compiled.is_none_or(|regex| regex.find(text).is_some())
}

/// With the flag `u`, as JSON Schema asks for, else without: documents have escapes that only the older syntax knows.
fn compile(pattern: &str) -> Option<Arc<Regex>> {
    let unicode = Regex::with_flags(pattern, "u");
    let regex = unicode.or_else(|_| Regex::new(pattern)).ok()?;
    Some(Arc::new(regex))
}
