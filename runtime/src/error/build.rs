//! The failure to build a client.

use std::fmt;

/// The reason why a client cannot be built. It shows neither credentials nor user information of URLs.
///
/// ```
/// use typewright_runtime::client::{BuildError, ClientBuilder};
/// # use typewright_runtime::codegen::v1::{ApiSpec, Client};
/// # static API: ApiSpec = ApiSpec { title: "Pets", version: "1", servers: &[], schemes: &[] };
/// # fn builder() -> ClientBuilder<Client> { ClientBuilder::new(&API) }
///
/// let failure = builder().base_url("ftp://localhost").build().unwrap_err();
/// assert!(matches!(failure, BuildError::Url(_)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The document names no server, or relative ones alone: give [`ClientBuilder::base_url`](crate::client::ClientBuilder::base_url).
    NoServer,
    /// The document's chosen server is relative, where others are not: give [`ClientBuilder::server`](crate::client::ClientBuilder::server), `base_url`, or the
    /// `document_url` that it is relative to.
    RelativeServer {
        /// The chosen server's URL.
        relative: String,
        /// The indices of the others, counted from 0, and their URLs.
        absolute: Vec<(usize, &'static str)>,
    },
    /// A URL that is none of a server: absolute, `http` or `https`, without user, query and fragment. Those are masked here.
    Url(String),
    /// A server variable has a value that would change other parts of the URL than its own.
    VariableValue(&'static str),
    /// No server of the document has a variable of this name.
    UnknownVariable(String),
    /// A server variable has a value that the document does not allow.
    Variable {
        /// The variable's name.
        name: &'static str,
        /// The values that the document allows.
        allowed: &'static [&'static str],
    },
    /// The document has no security scheme of this name.
    UnknownScheme(String),
    /// The credential given for this scheme is of another kind, or lacks a token URL.
    WrongCredential(&'static str),
    /// A default header or query parameter of this name cannot be written.
    Header(String),
    /// There is no transport: the feature `reqwest` is off, and none was given.
    NoTransport,
    /// The default transport cannot be made.
    Transport(crate::futures::BoxError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoServer => {
                f.write_str("the document names no absolute server URL: give a base URL")
            }
            Self::RelativeServer { relative, absolute } => {
                write!(f, "the server `{relative}` is relative: give a base URL, or choose")?;
                for (at, (index, url)) in absolute.iter().enumerate() {
                    let joint = if at == 0 { "" } else { " or" };
                    write!(f, "{joint} server {index} (`{url}`)")?;
                }
                Ok(())
            }
            Self::VariableValue(name) => write!(
                f,
                "the value given for the server variable `{name}` would change other parts of the URL"
            ),
            Self::Url(url) => {
                write!(
                    f,
                    "`{url}` is not the URL of a server: http or https, without user, query and fragment"
                )
            }
            Self::UnknownVariable(name) => write!(f, "no server has a variable `{name}`"),
            Self::Variable { name, allowed } => {
                write!(
                    f,
                    "the server variable `{name}` may be one of {}",
                    allowed.join(", ")
                )
            }
            Self::UnknownScheme(name) => write!(f, "the document has no security scheme `{name}`"),
            Self::WrongCredential(scheme) => {
                write!(
                    f,
                    "the credential given for `{scheme}` is of another kind than the scheme"
                )
            }
            Self::Header(name) => write!(f, "the default header `{name}` cannot be sent"),
            Self::NoTransport => {
                f.write_str("no transport: give one, or turn the feature `reqwest` on")
            }
            Self::Transport(_) => f.write_str("the transport cannot be made"),
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(reason) => Some(&**reason),
            Self::NoServer
            | Self::RelativeServer { .. }
            | Self::Url(_)
            | Self::VariableValue(_)
            | Self::UnknownVariable(_)
            | Self::Variable { .. }
            | Self::UnknownScheme(_)
            | Self::WrongCredential(_)
            | Self::Header(_)
            | Self::NoTransport => None,
        }
    }
}
