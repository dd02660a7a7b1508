//! The base URL of calls: the caller's, or one of the document's servers.

use crate::error::BuildError;
use crate::spec::Server;
use crate::{redact, uri};
use std::collections::BTreeMap;

/// The caller's choice of server.
#[derive(Clone, Default)]
pub(crate) struct Servers {
    /// Replaces all servers of the document.
    pub(crate) base_url: Option<String>,
    /// The path below `base_url`, in place of that of a relative server.
    pub(crate) base_path: Option<String>,
    /// The URL of the document, to which relative server URLs are relative.
    pub(crate) document_url: Option<String>,
    pub(crate) index: usize,
    pub(crate) variables: BTreeMap<String, String>,
}

/// One of the document's servers (OpenAPI 3.1, section 4.8.5), with values for the variables in its URL.
///
/// A variable for which the document lists no values accepts any text that stays in its part of the URL: in the host a part of
/// a host name, in the path segments other than `.` and `..`.
///
/// ```
/// use typewright_runtime::client::ServerChoice;
/// let second = ServerChoice::new(1).variable("region", "eu");
/// # drop(second);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ServerChoice {
    pub(crate) index: usize,
    pub(crate) variables: BTreeMap<String, String>,
}

impl ServerChoice {
    /// Chooses the server of this index, counted from 0 in the document's list; 0 is the default. Without a
    /// base URL, one that the document does not have is an error when the client is built.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self { index, variables: BTreeMap::new() }
    }

    /// Sets a variable in the server's URL, in place of its default in the document (OpenAPI 3.1, section 4.8.6). A
    /// name that the document does not have and a value that it does not allow are errors when the client is built.
    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }
}

impl From<usize> for ServerChoice {
    fn from(index: usize) -> Self {
        Self::new(index)
    }
}

impl Servers {
    /// The base URL of an operation with its own servers.
    pub(crate) fn base_of_operation(&self, servers: &[Server]) -> Result<String, BuildError> {
        let index = if self.index < servers.len() { self.index } else { 0 };
        let first = Self { index, ..self.clone() };
        first.base(servers)
    }

    /// The base URL, without a slash at its end.
    pub(crate) fn base(&self, servers: &[Server]) -> Result<String, BuildError> {
        let server = servers.get(self.index);
        if let Some(base) = &self.base_url {
            let base = checked(base)?;
            return match self.base_path(&base, server)? {
                Some(path) => checked(&format!("{base}/{}", path.trim_start_matches('/'))),
                None => Ok(base),
            };
        }
        let url = self.fill(server.ok_or(BuildError::NoServer)?)?;
        if uri::is_absolute(&url) {
            return checked(&url);
        }
        let Some(document) = &self.document_url else {
            return Err(relative_server(servers, url));
        };
        let wrong = || BuildError::Url(redact::url(document));
        let parsed = document.parse().map_err(|_| wrong())?;
        let joined = uri::join(&parsed, &url).ok_or_else(|| BuildError::Url(redact::url(&url)))?;
        checked(&joined.to_string())
    }

    /// The path below a base URL without one: the caller's, or that of the document's server, where that is nothing but a path.
    fn base_path(&self, base: &str, server: Option<&Server>) -> Result<Option<String>, BuildError> {
        if let Some(path) = &self.base_path {
            return Ok(Some(path.clone()));
        }
        let has_path = |base: &http::Uri| !matches!(base.path(), "" | "/");
        let base: http::Uri = base.parse().map_err(|_| BuildError::Url(redact::url(base)))?;
        let Some(server) = server.filter(|_| !has_path(&base)) else {
            return Ok(None);
        };
        let url = self.fill(server)?;
        if uri::is_absolute(&url) || url.starts_with("//") {
            return Ok(None);
        }
        let joined = uri::join(&base, &url);
        Ok(joined.map(|joined| joined.path().to_owned()))
    }

    fn fill(&self, server: &Server) -> Result<String, BuildError> {
        let mut url = server.url.to_owned();
        for variable in server.variables {
            let custom = self.variables.get(variable.name).map(String::as_str);
            let value = custom.unwrap_or(variable.default);
            let is_allowed = variable.values.is_empty() || variable.values.contains(&value);
            if !is_allowed {
                return Err(BuildError::Variable { name: variable.name, allowed: variable.values });
            }
            let braced = format!("{{{}}}", variable.name);
            if custom.is_some() && variable.values.is_empty() && !allows(&url, &braced, value) {
                return Err(BuildError::VariableValue(variable.name));
            }
            url = url.replace(&braced, value);
        }
        Ok(url)
    }

    /// Checks that these servers have all variables that were set.
    pub(crate) fn check(&self, servers: &[Server]) -> Result<(), BuildError> {
        let is_known = |name: &str| {
            let variables = servers.iter().flat_map(|server| server.variables);
            variables.into_iter().any(|variable| variable.name == name)
        };
        match self.variables.keys().find(|name| !is_known(name)) {
            Some(name) if self.base_url.is_none() => Err(BuildError::UnknownVariable(name.clone())),
            Some(_) | None => Ok(()),
        }
    }
}

/// The error of a relative server, with those that are absolute.
fn relative_server(servers: &[Server], relative: String) -> BuildError {
    let absolute = servers.iter().enumerate();
    let absolute = absolute.filter(|(_, server)| uri::is_absolute(server.url));
    let absolute: Vec<_> = absolute.map(|(index, server)| (index, server.url)).collect();
    if absolute.is_empty() {
        BuildError::NoServer
    } else {
        BuildError::RelativeServer { relative, absolute }
    }
}

/// Checks a base URL of requests.
pub(crate) fn checked(url: &str) -> Result<String, BuildError> {
    let wrong = || BuildError::Url(redact::url(url));
    // The parser drops fragments unseen, and other parsers take a backslash for a slash.
    let is_unsafe = |c: char| c == '#' || c == '\\' || c.is_whitespace() || c.is_control();
    if url.contains(is_unsafe) {
        return Err(wrong());
    }
    let parsed: http::Uri = url.parse().map_err(|_| wrong())?;
    let is_usable = matches!(parsed.scheme_str(), Some("http" | "https"))
        && parsed.host().is_some_and(|host| !host.is_empty())
        && parsed.query().is_none()
        // Names and passwords in URLs end up in logs: they are credentials.
        && parsed.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if !is_usable {
        return Err(wrong());
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// `true` if the value may replace this variable, in braces, everywhere in the template: the text after it must stay in its part
/// of the URL (RFC 3986, section 3).
fn allows(template: &str, braced: &str, value: &str) -> bool {
    let mut places = template.match_indices(braced);
    places.all(|(at, _)| {
        let before = template.get(..at).unwrap_or_default();
        let after = template.get(at + braced.len()..).unwrap_or_default();
        fits(before, after, value)
    })
}

fn fits(before: &str, after: &str, value: &str) -> bool {
    match before.split_once("://").map(|(_, rest)| rest) {
        Some(authority) if !authority.contains('/') => fits_authority(authority, after, value),
        Some(_) => is_path(value),
        None if after.contains("://") => is_scheme(value),
        // The template is a path, or begins with a variable for a whole URL.
        None if before.is_empty() => match value.split_once("://") {
            Some((scheme, rest)) => is_scheme(scheme) && is_authority_and_path(rest),
            None => is_path(value) && !value.starts_with("//"),
        },
        None => is_path(value),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Host and port, and perhaps a path.
fn is_authority_and_path(text: &str) -> bool {
    let (authority, path) = text.split_once('/').unwrap_or((text, ""));
    is_authority(authority) && is_path(path)
}

/// A part of the host or the port; both if the variable is the whole authority.
fn fits_authority(before: &str, after: &str, value: &str) -> bool {
    let is_alone = before.is_empty() && (after.is_empty() || after.starts_with('/'));
    if is_alone {
        return is_authority(value);
    }
    value.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c))
}

fn is_authority(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        // The colons of an IPv6 address are in brackets.
        Some((host, port)) if !port.contains(']') => (host, port),
        Some(_) | None => (text, ""),
    };
    let inner = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = match inner {
        Some(address) => address.chars().all(|c| c.is_ascii_hexdigit() || ":.".contains(c)),
        None => host.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)),
    };
    is_host && !host.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_path(value: &str) -> bool {
    let plain = value.to_ascii_lowercase().replace("%2e", ".");
    let has_dots = plain.split('/').any(|segment| segment == "." || segment == "..");
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/".contains(c);
    !has_dots && value.chars().all(is_allowed)
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
