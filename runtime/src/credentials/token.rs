//! Bearer tokens: fixed, or from a provider.

use super::Secret;
use crate::boxed::{BoxError, BoxFuture, MaybeSend, MaybeSendSync};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// A source of tokens, which gives them as they are needed and keeps them as long as it likes.
///
/// ```
/// use std::sync::Arc;
/// use typewright_runtime::auth::{Credential, Secret, TokenProvider};
/// use typewright_runtime::transport::{BoxError, BoxFuture};
///
/// struct FromEnvironment;
/// impl TokenProvider for FromEnvironment {
///     fn token(&self, _scopes: &[&str]) -> BoxFuture<Result<Secret, BoxError>> {
///         Box::pin(async { Ok(Secret::from(std::env::var("PETS_TOKEN")?)) })
///     }
/// }
/// let credential = Credential::bearer(Arc::new(FromEnvironment));
/// # drop(credential);
/// ```
pub trait TokenProvider: MaybeSendSync + 'static {
    /// Gives a token that covers these scopes (none where the document names none).
    ///
    /// # Errors
    /// No token could be had; the call fails with [`ErrorKind::Credentials`](crate::ErrorKind::Credentials).
    fn token(&self, scopes: &[&str]) -> BoxFuture<Result<Secret, BoxError>>;

    /// Hears that the server refused this token: the next call of [`Self::token`] should give another. By default it does nothing.
    fn refused(&self, _token: &Secret) {}
}

/// A bearer token (RFC 6750), or the source of one.
///
/// ```
/// use typewright_runtime::auth::{Credential, Token};
///
/// let token = Token::from("s3cr3t");
/// assert_eq!(format!("{token:?}"), "***");
/// let credential = Credential::from(token);
/// # drop(credential);
/// ```
#[derive(Clone)]
pub enum Token {
    /// A token that stays the same.
    Fixed(Secret),
    /// A provider that is asked for a token before each request.
    Provider(Arc<dyn TokenProvider>),
}

impl Token {
    /// Creates a token from an asynchronous function, which is called for every request. A failure of it is one of the call, of the
    /// kind [`Credentials`](crate::ErrorKind::Credentials).
    ///
    /// ```
    /// use typewright_runtime::auth::{Secret, Token};
    /// let token = Token::from_fn(|| async { Ok(Secret::from("fresh")) });
    /// ```
    pub fn from_fn<F, T>(give: F) -> Self
    where
        F: Fn() -> T + MaybeSendSync + 'static,
        T: Future<Output = Result<Secret, BoxError>> + MaybeSend + 'static,
    {
        Self::Provider(Arc::new(Function(give)))
    }
}

struct Function<F>(F);

impl<F, T> TokenProvider for Function<F>
where
    F: Fn() -> T + MaybeSendSync + 'static,
    T: Future<Output = Result<Secret, BoxError>> + MaybeSend + 'static,
{
    fn token(&self, _: &[&str]) -> BoxFuture<Result<Secret, BoxError>> {
        Box::pin((self.0)())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(secret) => fmt::Debug::fmt(secret, f),
            Self::Provider(_) => f.write_str("provider"),
        }
    }
}

impl From<&str> for Token {
    fn from(text: &str) -> Self {
        Self::Fixed(text.into())
    }
}

impl From<String> for Token {
    fn from(text: String) -> Self {
        Self::Fixed(text.into())
    }
}

impl From<Secret> for Token {
    fn from(secret: Secret) -> Self {
        Self::Fixed(secret)
    }
}

impl<P: TokenProvider> From<Arc<P>> for Token {
    fn from(provider: Arc<P>) -> Self {
        Self::Provider(provider)
    }
}

impl From<Arc<dyn TokenProvider>> for Token {
    fn from(provider: Arc<dyn TokenProvider>) -> Self {
        Self::Provider(provider)
    }
}
