//! Why a request could not be given credentials.

use crate::boxed::BoxError;
use std::fmt;

/// Why no credential could be sent. It names schemes, never what was given for them.
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialsError {
    /// None of the alternatives that the operation accepts is configured; each lists its schemes.
    Missing(Vec<Vec<&'static str>>),
    /// The token of this scheme could not be had.
    Token {
        /// The scheme's component name.
        scheme: &'static str,
        /// What the provider or the token endpoint said.
        reason: BoxError,
    },
    /// The server's challenge under this scheme cannot be answered for this body.
    Digest {
        /// The scheme's component name.
        scheme: &'static str,
        /// Why not.
        reason: BoxError,
    },
    /// The credential of this scheme cannot be written into a request: it holds a line break, for example.
    Unwritable {
        /// The scheme's component name.
        scheme: &'static str,
    },
    /// The server asked for other credentials, but the body exists once and has been sent.
    BodySpent,
    /// The signer could not sign.
    Endpoint(BoxError),
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(alternatives) => {
                f.write_str("no credentials are configured for ")?;
                for (at, schemes) in alternatives.iter().enumerate() {
                    let joint = if at == 0 { "" } else { ", nor for " };
                    write!(f, "{joint}{}", schemes.join(" with "))?;
                }
                Ok(())
            }
            Self::Token { scheme, reason } => write!(f, "no token for {scheme}: {reason}"),
            Self::Digest { scheme, reason } => write!(f, "no answer for {scheme}: {reason}"),
            Self::Unwritable { scheme } => {
                write!(f, "the credential for {scheme} has characters that no request can carry")
            }
            Self::BodySpent => f.write_str(
                "the server asked for other credentials, but the body can be sent only once: make it with `Body::from_fn`",
            ),
            Self::Endpoint(reason) => write!(f, "the request cannot be signed: {reason}"),
        }
    }
}

impl std::error::Error for CredentialsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token { reason, .. } | Self::Digest { reason, .. } | Self::Endpoint(reason) => {
                Some(&**reason)
            }
            Self::Missing(_) | Self::Unwritable { .. } | Self::BodySpent => None,
        }
    }
}
