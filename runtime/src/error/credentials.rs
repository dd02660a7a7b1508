//! Failures of a request's credentials.

use crate::futures::BoxError;
use std::fmt;

/// The reason why no credential could be sent. It names schemes, but never their secrets.
///
/// It is the [`source`](std::error::Error::source) of failures of the kind [`Credentials`](crate::ErrorKind::Credentials).
///
/// ```
/// use std::error::Error as _;
/// use typewright_runtime::auth::CredentialsError;
/// use typewright_runtime::AnyError;
///
/// fn lacks_credentials(error: &AnyError) -> bool {
///     let reason = error.source().and_then(|reason| reason.downcast_ref());
///     matches!(reason, Some(CredentialsError::Missing { .. }))
/// }
/// # drop(lacks_credentials);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum CredentialsError {
    /// None of the alternatives that the operation accepts is configured.
    Missing {
        /// The alternatives, each with its schemes.
        required: Vec<Vec<&'static str>>,
        /// The schemes for which the client has credentials.
        supplied: Vec<&'static str>,
    },
    /// No token was obtained for this scheme.
    Token {
        /// The scheme's component name.
        scheme: &'static str,
        /// The failure of the provider or the token endpoint.
        reason: BoxError,
    },
    /// There is no response to the server's challenge under this scheme for this body.
    Digest {
        /// The scheme's component name.
        scheme: &'static str,
        /// The reason why there is none.
        reason: BoxError,
    },
    /// The credential of this scheme cannot be written into a request: it holds a line break, for example.
    Unwritable {
        /// The scheme's component name.
        scheme: &'static str,
    },
    /// The server demanded other credentials, but the body could be sent only once.
    BodySpent,
    /// The signer could not sign.
    Endpoint(BoxError),
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { required, supplied } => fmt_missing(f, required, supplied),
            Self::Token { scheme, .. } => write!(f, "no token for {scheme}"),
            Self::Digest { scheme, .. } => write!(f, "no response to the challenge for {scheme}"),
            Self::Unwritable { scheme } => {
                write!(f, "the credential for {scheme} has characters that no request can carry")
            }
            Self::BodySpent => f.write_str(
                "the server asked for other credentials, but the body can be sent only once: make it with `Body::from_fn`",
            ),
            Self::Endpoint(_) => f.write_str("the request cannot be signed"),
        }
    }
}

fn fmt_missing(
    f: &mut fmt::Formatter<'_>,
    required: &[Vec<&'static str>],
    configured: &[&'static str],
) -> fmt::Result {
    f.write_str("no credentials are configured for ")?;
    for (at, schemes) in required.iter().enumerate() {
        let joint = if at == 0 { "" } else { ", nor for " };
        write!(f, "{joint}{}", schemes.join(" with "))?;
    }
    if configured.is_empty() {
        return f.write_str(" (`Credentials::none()` is for servers that ask for none)");
    }
    let configured = configured.join(" and ");
    write!(f, ", but for {configured} (`send_all` sends those all the same)")
}

impl std::error::Error for CredentialsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Token { reason, .. } | Self::Digest { reason, .. } | Self::Endpoint(reason) => {
                Some(&**reason)
            }
            Self::Missing { .. } | Self::Unwritable { .. } | Self::BodySpent => None,
        }
    }
}
