//! Hosts and paths with variables in braces.

/// `https://trino.{{ api-host }}/a/{b}` as its host and its path.
pub fn split(url: &str) -> (&str, &str) {
    let rest = url.strip_prefix("https://").unwrap_or(url);
    let end = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    (host, path.split(['?', ' ']).next().unwrap_or_default())
}

/// The names in braces, in order. `{name=projects/*}` is called `name`.
pub fn variables(path: &str) -> Vec<String> {
    let mut names = Vec::new();
    rename(path, |name| {
        names.push(name.to_owned());
        String::new()
    });
    names
}

/// The path with other names in its braces.
pub fn rename(path: &str, mut name: impl FnMut(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, variable, after)) = next(rest) {
        out.push_str(before);
        let variable = variable.split('=').next().unwrap_or_default().trim();
        out.push('{');
        out.push_str(&name(variable));
        out.push('}');
        rest = after;
    }
    out + rest
}

fn next(path: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = path.split_once('{')?;
    let (variable, after) = rest.split_once('}')?;
    Some((before, variable, after))
}

/// The path without the names of its variables: two paths with the same shape are one path in OpenAPI.
pub fn shape(path: &str) -> String {
    rename(path, |_| String::new())
}

/// A part of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostPart<'t> {
    /// As it is.
    Plain(&'t str),
    /// `{{ api-host }}`, by its name.
    Macro(&'t str),
}

/// A host's parts.
pub fn host(host: &str) -> Vec<HostPart<'_>> {
    let mut parts = Vec::new();
    let mut rest = host;
    while let Some((before, inner)) = rest.split_once("{{") {
        let Some((name, after)) = inner.split_once("}}") else {
            break;
        };
        parts.extend((!before.is_empty()).then_some(HostPart::Plain(before)));
        parts.push(HostPart::Macro(name.trim()));
        rest = after;
    }
    parts.extend((!rest.is_empty()).then_some(HostPart::Plain(rest)));
    parts
}

/// The service that a path belongs to and the API's version: what comes before and in its first segment such as `v1` or `v1alpha`.
pub fn service(path: &str) -> (String, String) {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let version = segments.iter().position(|segment| is_version(segment));
    let prefix = match version {
        Some(at) if at > 0 => segments.get(..at).unwrap_or_default().join("-"),
        _ => String::new(),
    };
    let version =
        version.and_then(|at| segments.get(at)).map_or(String::new(), ToString::to_string);
    (crate::case::kebab(prefix.strip_prefix("managed-").unwrap_or(&prefix)), version)
}

/// `v1`, `v1alpha`, `v2beta1`
pub fn is_version(segment: &str) -> bool {
    let mut letters = segment.chars();
    letters.next() == Some('v')
        && letters.next().is_some_and(|c| c.is_ascii_digit())
        && letters.all(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_come_apart() {
        assert_eq!(split("https://a.{{ api-host }}/v1/x"), ("a.{{ api-host }}", "/v1/x"));
        assert_eq!(split("https://a"), ("a", ""));
        assert_eq!(split(""), ("", ""));
        assert_eq!(host("a.{{ api-host }}"), [HostPart::Plain("a."), HostPart::Macro("api-host")]);
        assert_eq!(host("a.{{ api"), [HostPart::Plain("a.{{ api")]);
    }

    #[test]
    fn variables_are_found_and_renamed() {
        assert_eq!(variables("/a/{b.c}/d/{e=x/*}:verb"), ["b.c", "e"]);
        assert_eq!(rename("/a/{b}:c", |name| name.to_uppercase()), "/a/{B}:c");
        assert_eq!(rename("/a/{b", str::to_owned), "/a/{b");
    }

    #[test]
    fn services_come_from_paths() {
        assert_eq!(service("/managed-spqr/v1/clusters"), ("spqr".into(), "v1".into()));
        assert_eq!(service("/foundationModels/v1/x"), ("foundation-models".into(), "v1".into()));
        assert_eq!(service("/v1/x"), (String::new(), "v1".into()));
        assert_eq!(service("/vpc/x"), (String::new(), String::new()));
    }
}
