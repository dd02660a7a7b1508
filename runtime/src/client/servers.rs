//! Which server a call goes to.

use super::BuildError;
use crate::data::Server;
use crate::target;
use std::collections::BTreeMap;

/// The caller's choice of server.
#[derive(Clone, Debug, Default)]
pub(crate) struct Servers {
    /// In place of every server of the document.
    pub(crate) base_url: Option<String>,
    /// Where the document itself is, which relative server URLs are relative to.
    pub(crate) document_url: Option<String>,
    pub(crate) index: usize,
    pub(crate) variables: BTreeMap<String, String>,
}

/// One of the document's servers, with values for the variables in its URL.
///
/// ```
/// use typewright_runtime::codegen::v1::ServerChoice;
/// let second = ServerChoice::new(1).variable("region", "eu");
/// # drop(second);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ServerChoice {
    pub(crate) index: usize,
    pub(crate) variables: BTreeMap<String, String>,
}

impl ServerChoice {
    /// The server of this index, counted from 0.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self {
            index,
            variables: BTreeMap::new(),
        }
    }

    /// Gives a variable in its URL a value.
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
        if let Some(base) = &self.base_url {
            return checked(base);
        }
        let server = servers.get(self.index).ok_or(BuildError::NoServer)?;
        let url = self.fill(server)?;
        if target::is_absolute(&url) {
            return checked(&url);
        }
        let document = self.document_url.as_ref().ok_or(BuildError::NoServer)?;
        let document = document
            .parse()
            .map_err(|_| BuildError::Url(document.clone()))?;
        let joined = target::join(&document, &url).ok_or(BuildError::Url(url))?;
        checked(&joined.to_string())
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
            url = url.replace(&format!("{{{}}}", variable.name), value);
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

/// A base URL that requests can be made from.
pub(crate) fn checked(url: &str) -> Result<String, BuildError> {
    let wrong = || BuildError::Url(url.to_owned());
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
