//! Selection: which operations are wanted.

use super::lower::Options;
use super::operation::Entry;
use crate::diagnostics::{codes::api as codes, Diagnostics, Place};

/// The operations that the options keep; a selector that matches nothing is reported with the nearest name.
pub(super) fn select<'a>(
    all: Vec<Entry<'a>>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry<'a>> {
    let matches = |selectors: &[String], diagnostics: &mut Diagnostics| {
        let mut matched = vec![selectors.is_empty(); all.len()];
        for selector in selectors {
            let found = mark(&all, selector, &mut matched);
            if !found {
                report(&all, selector, diagnostics);
            }
        }
        matched
    };
    let included = matches(&options.include, diagnostics);
    let excluded = match options.exclude.is_empty() {
        true => vec![false; all.len()],
        false => matches(&options.exclude, diagnostics),
    };
    let flags = included.into_iter().zip(excluded);
    let kept = all.into_iter().zip(flags);
    kept.filter(|(_, (included, excluded))| *included && !excluded)
        .map(|(entry, _)| entry)
        .collect()
}

/// Marks what a selector matches; whether it matches anything.
fn mark(all: &[Entry], selector: &str, matched: &mut [bool]) -> bool {
    let mut found = false;
    for (entry, mark) in all.iter().zip(matched) {
        if fits(entry, selector) {
            *mark = true;
            found = true;
        }
    }
    found
}

fn fits(entry: &Entry, selector: &str) -> bool {
    if let Some(tag) = selector.strip_prefix("tag:") {
        return entry.operation.tags.iter().any(|name| glob(tag, name));
    }
    match selector.split_once(' ') {
        Some((method, path)) => {
            glob(&method.to_ascii_uppercase(), &entry.method) && glob(path.trim(), entry.path)
        }
        None => glob(selector, &entry.id()),
    }
}

/// Whether a pattern with `*` (any text) and `?` (one character) matches the whole of a text.
pub fn glob(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut from) = (0, 0);
    // Where to go on when what follows the last `*` does not match: behind it, and one character further in the text.
    let mut retry = None;
    while from < text.len() {
        match pattern.get(at) {
            Some('*') => {
                at += 1;
                retry = Some((at, from));
            }
            Some(wanted) if *wanted == '?' || text.get(from) == Some(wanted) => {
                at += 1;
                from += 1;
            }
            _ => match retry {
                Some((behind, start)) => {
                    at = behind;
                    from = start + 1;
                    retry = Some((behind, from));
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|character| *character == '*')
}

fn report(all: &[Entry], selector: &str, diagnostics: &mut Diagnostics) {
    let message = format!("`{selector}` selects no operation");
    match nearest(all, selector) {
        Some(name) => {
            let help = format!("did you mean `{name}`?");
            diagnostics.push_with_help(codes::SELECTS_NOTHING, Place::Nowhere, message, help);
        }
        None => diagnostics.push(codes::SELECTS_NOTHING, Place::Nowhere, message),
    }
}

/// The selector of the same form that is most like this one.
fn nearest(all: &[Entry], selector: &str) -> Option<String> {
    let candidates: Vec<String> = if selector.starts_with("tag:") {
        let tags = all.iter().flat_map(|entry| &entry.operation.tags);
        tags.map(|tag| format!("tag:{tag}")).collect()
    } else if selector.contains(' ') {
        let paths = all.iter();
        paths
            .map(|entry| format!("{} {}", entry.method, entry.path))
            .collect()
    } else {
        all.iter().map(Entry::id).collect()
    };
    let wanted = selector.to_lowercase();
    let distance = |name: &String| strsim::damerau_levenshtein(&wanted, &name.to_lowercase());
    candidates.into_iter().min_by_key(distance)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn globs() {
        assert!(glob("list*", "listPets"));
        assert!(glob("*", ""));
        assert!(glob("/pets/*/toys", "/pets/{id}/toys"));
        assert!(glob("a?c*e", "abcde"));
        assert!(!glob("list", "listPets"));
        assert!(!glob("", "x"));
        assert!(glob("*aab", "aaaaab"));
    }
}
