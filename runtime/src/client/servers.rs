//! The base URL of calls: the caller's, or one of the document's servers.

use super::{place, BuildError};
use crate::data::Server;
use crate::mask;
use crate::target;
use std::collections::BTreeMap;

/// The caller's choice of server.
#[derive(Clone, Default)]
pub(crate) struct Servers {
    /// In place of every server of the document.
    pub(crate) base_url: Option<String>,
    /// The path below `base_url`, in place of a relative server's.
    pub(crate) base_path: Option<String>,
    /// Where the document itself is, which relative server URLs are relative to.
    pub(crate) document_url: Option<String>,
    pub(crate) index: usize,
    pub(crate) variables: BTreeMap<String, String>,
}

/// One of the document's servers (OpenAPI 3.1, section 4.8.5), with values for the variables in its URL.
///
/// A variable for which the document lists no values takes any text that stays in its place: one in the host is a part of a
/// host name, one in the path neither leaves the path nor climbs out of it.
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
    /// Chooses the server of this index, counted from 0 in the document's list; 0 is the default. One that the document does
    /// not have is an error when the client is built.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self {
            index,
            variables: BTreeMap::new(),
        }
    }

    /// Gives a variable in the server's URL a value, in place of its default in the document (OpenAPI 3.1, section 4.8.6). A
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
    /// The base URL of an operation that has servers of its own, of which the caller chose none.
    pub(crate) fn base_of_own(&self, servers: &[Server]) -> Result<String, BuildError> {
        let index = if self.index < servers.len() {
            self.index
        } else {
            0
        };
        let first = Self {
            index,
            ..self.clone()
        };
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
        if target::is_absolute(&url) {
            return checked(&url);
        }
        let Some(document) = &self.document_url else {
            return Err(missing(servers, url));
        };
        let wrong = || BuildError::Url(mask::url(document));
        let parsed = document.parse().map_err(|_| wrong())?;
        let joined = target::join(&parsed, &url).ok_or_else(|| BuildError::Url(mask::url(&url)))?;
        checked(&joined.to_string())
    }

    /// The path below a base URL without one: the caller's, or that of the document's server, where that is nothing but a path.
    fn base_path(&self, base: &str, server: Option<&Server>) -> Result<Option<String>, BuildError> {
        if let Some(path) = &self.base_path {
            return Ok(Some(path.clone()));
        }
        let has_path = |base: &http::Uri| !matches!(base.path(), "" | "/");
        let base: http::Uri = base.parse().map_err(|_| BuildError::Url(mask::url(base)))?;
        let Some(server) = server.filter(|_| !has_path(&base)) else {
            return Ok(None);
        };
        let url = self.fill(server)?;
        if target::is_absolute(&url) || url.starts_with("//") {
            return Ok(None);
        }
        let joined = target::join(&base, &url);
        Ok(joined.map(|joined| joined.path().to_owned()))
    }

    fn fill(&self, server: &Server) -> Result<String, BuildError> {
        let mut url = server.url.to_owned();
        for variable in server.variables {
            let given = self.variables.get(variable.name).map(String::as_str);
            let value = given.unwrap_or(variable.default);
            let allowed = variable.values.is_empty() || variable.values.contains(&value);
            if !allowed {
                return Err(BuildError::Variable {
                    name: variable.name,
                    allowed: variable.values,
                });
            }
            let braced = format!("{{{}}}", variable.name);
            if given.is_some() && variable.values.is_empty() && !place::allows(&url, &braced, value)
            {
                return Err(BuildError::VariableValue(variable.name));
            }
            url = url.replace(&braced, value);
        }
        Ok(url)
    }

    /// Whether every variable that was given is one of these servers'.
    pub(crate) fn check(&self, servers: &[Server]) -> Result<(), BuildError> {
        let known = |name: &str| {
            let variables = servers.iter().flat_map(|server| server.variables);
            variables.into_iter().any(|variable| variable.name == name)
        };
        match self.variables.keys().find(|name| !known(name)) {
            Some(name) if self.base_url.is_none() => Err(BuildError::UnknownVariable(name.clone())),
            Some(_) | None => Ok(()),
        }
    }
}

/// Why there is no base URL: the chosen server is relative; others may not be.
fn missing(servers: &[Server], relative: String) -> BuildError {
    let absolute = servers.iter().enumerate();
    let absolute = absolute.filter(|(_, server)| target::is_absolute(server.url));
    let absolute: Vec<_> = absolute
        .map(|(index, server)| (index, server.url))
        .collect();
    if absolute.is_empty() {
        BuildError::NoServer
    } else {
        BuildError::RelativeServer { relative, absolute }
    }
}

/// A base URL that requests can be made from.
pub(crate) fn checked(url: &str) -> Result<String, BuildError> {
    let wrong = || BuildError::Url(mask::url(url));
    // The parser drops fragments unseen, and other parsers take a backslash for a slash.
    let odd = |c: char| c == '#' || c == '\\' || c.is_whitespace() || c.is_control();
    if url.contains(odd) {
        return Err(wrong());
    }
    let parsed: http::Uri = url.parse().map_err(|_| wrong())?;
    let usable = matches!(parsed.scheme_str(), Some("http" | "https"))
        && parsed.host().is_some_and(|host| !host.is_empty())
        && parsed.query().is_none()
        // Names and passwords in URLs end up in logs: they are credentials.
        && parsed.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if !usable {
        return Err(wrong());
    }
    Ok(url.trim_end_matches('/').to_owned())
}
