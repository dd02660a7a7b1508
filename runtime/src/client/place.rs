//! Values of server variables: what may stand in which place of a URL.

/// Whether the value may stand for this variable, in braces, wherever it occurs in the template: it must not move what
/// follows it into another part of the URL (RFC 3986, section 3).
pub(super) fn allows(template: &str, braced: &str, value: &str) -> bool {
    let mut places = template.match_indices(braced);
    places.all(|(at, _)| {
        let before = template.get(..at).unwrap_or_default();
        let after = template.get(at + braced.len()..).unwrap_or_default();
        fits(before, after, value)
    })
}

fn fits(before: &str, after: &str, value: &str) -> bool {
    match before.split_once("://").map(|(_, rest)| rest) {
        Some(authority) if !authority.contains('/') => in_authority(authority, after, value),
        Some(_) => in_path(value),
        None if after.contains("://") => is_scheme(value),
        // The template is a path, or begins with a variable for a whole URL.
        None if before.is_empty() => match value.split_once("://") {
            Some((scheme, rest)) => is_scheme(scheme) && whole(rest),
            None => in_path(value) && !value.starts_with("//"),
        },
        None => in_path(value),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Host and port, and perhaps a path.
fn whole(text: &str) -> bool {
    let (authority, path) = text.split_once('/').unwrap_or((text, ""));
    is_authority(authority) && in_path(path)
}

/// A part of the host or the port; where the variable is all of the authority, both.
fn in_authority(before: &str, after: &str, value: &str) -> bool {
    let alone = before.is_empty() && (after.is_empty() || after.starts_with('/'));
    if alone {
        return is_authority(value);
    }
    value
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c))
}

fn is_authority(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        // The colons of an address of IP version 6 stand in brackets.
        Some((host, port)) if !port.contains(']') => (host, port),
        Some(_) | None => (text, ""),
    };
    let inner = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    let is_host = match inner {
        Some(address) => address
            .chars()
            .all(|c| c.is_ascii_hexdigit() || ":.".contains(c)),
        None => host
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)),
    };
    is_host && !host.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn in_path(value: &str) -> bool {
    let plain = value.to_ascii_lowercase().replace("%2e", ".");
    let climbs = plain
        .split('/')
        .any(|segment| segment == "." || segment == "..");
    let kept = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/".contains(c);
    !climbs && value.chars().all(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_in_its_place() {
        let part = "https://{v}.api.example/base";
        let alone = "https://{v}/base";
        let port = "http://api.example:{v}/base";
        let path = "https://api.example/{v}/x";
        for (template, value, fits) in [
            (part, "eu-1", true),
            (part, "a.b", true),
            (part, "127.0.0.1:80/#", false),
            (part, "evil.example/", false),
            (part, "evil.example?", false),
            (part, "evil.example#", false),
            (part, "user@evil", false),
            (part, "evil.example\\", false),
            (part, "evil:80", false),
            (part, "a b", false),
            (alone, "host.example", true),
            (alone, "host.example:8080", true),
            (alone, "[::1]:80", true),
            (alone, "[::1]", true),
            (alone, "host.example:80/x", false),
            (alone, "u:p@host.example", false),
            (alone, "host:port", false),
            (alone, "", false),
            (port, "8080", true),
            (port, "80@evil", false),
            (port, "80/../x", false),
            (path, "v1", true),
            (path, "v1/beta%20", true),
            (path, "", true),
            (path, "../admin", false),
            (path, "a/%2E%2e", false),
            (path, "v1?x=", false),
            (path, "v1#", false),
            (path, "v1\\..", false),
        ] {
            assert_eq!(allows(template, "{v}", value), fits, "{template} {value}");
        }
    }

    #[test]
    fn a_value_that_begins_the_url_stays_in_its_place_too() {
        let relative = "/{v}/x";
        let scheme = "{v}://api.example";
        let any = "{v}/base";
        for (template, value, fits) in [
            (relative, "v2", true),
            (relative, "/evil.example", true),
            (relative, "?", false),
            (scheme, "http", true),
            (scheme, "https://evil.example/", false),
            (any, "https://host.example:80/p", true),
            (any, "https://u@host.example", false),
            (any, "https://host.example?x", false),
            (any, "//evil.example", false),
            (any, "", true),
            ("https://{v}.a.example/{v}", "x/y", false),
        ] {
            assert_eq!(allows(template, "{v}", value), fits, "{template} {value}");
        }
    }
}
