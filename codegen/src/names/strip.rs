//! The `strip-prefix` list: beginnings of components' names that types go without.

use super::selectors;
use super::word_case::camel;
use crate::api::model::{Api, Owner, Schema};
use crate::diagnostics::Diagnostics;
use std::collections::BTreeMap;

/// The API with the components' names cut, put where `x-typewright-name` would put them. The longest prefix counts.
pub fn apply(mut api: Api, prefixes: &[String], diagnostics: &mut Diagnostics) -> Api {
    if prefixes.is_empty() {
        return api;
    }
    for prefix in prefixes {
        let mut names = selectors::components(&api);
        if !names.any(|name| without(name, prefix).is_some()) {
            let known = selectors::components(&api);
            selectors::unmatched(("strip-prefix", prefix), known, diagnostics);
        }
    }
    let mut counts = BTreeMap::<String, usize>::new();
    for name in selectors::components(&api) {
        *counts.entry(camel(name)).or_default() += 1;
        if let Some(own) = stripped(name, prefixes) {
            *counts.entry(camel(own)).or_default() += 1;
        }
    }
    let new_name = |schema: &Schema| {
        let Owner::Component(name) = &schema.owner else {
            return None;
        };
        let own = camel(stripped(name, prefixes)?);
        let is_only = counts.get(&own) == Some(&1) && schema.name.is_none();
        is_only.then_some(own)
    };
    for schema in api.schemas.iter_mut() {
        if let Some(name) = new_name(schema) {
            schema.name = Some(name);
        }
    }
    api
}

/// The rest of a name without the longest of these prefixes.
fn stripped<'a>(name: &'a str, prefixes: &[String]) -> Option<&'a str> {
    let left = prefixes.iter().filter_map(|prefix| without(name, prefix));
    left.min_by_key(|left| left.len())
}

/// The rest behind a prefix, where a word begins there.
fn without<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = name.split_at_checked(prefix.len())?;
    let begins = |c: char| c.is_uppercase() || !c.is_alphanumeric();
    let ends = |c: char| !c.is_alphanumeric();
    let is_word = rest.starts_with(begins) || prefix.ends_with(ends);
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_name = rest.starts_with(char::is_alphabetic);
    (!prefix.is_empty() && start.eq_ignore_ascii_case(prefix) && is_word && is_name).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_where_a_word_begins() {
        assert_eq!(
            without("etcdserverpbMember", "Etcdserverpb"),
            Some("Member")
        );
        assert_eq!(
            without("io.k8s.api.core.v1.Pod", "io.k8s.api.core.v1."),
            Some("Pod")
        );
        assert_eq!(without("api_Pod", "api"), Some("Pod"));
        assert_eq!(without("Getter", "Get"), None);
        assert_eq!(without("Get", "Get"), None);
        assert_eq!(without("Get2", "Get"), None);
        assert_eq!(without("Set", ""), None);
    }
}
