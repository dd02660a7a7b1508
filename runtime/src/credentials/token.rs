//! Bearer tokens: fixed, or from a provider.

use super::Secret;
use crate::boxed::{BoxError, BoxFuture, MaybeSend, MaybeSendSync};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// Gives tokens as they are needed, and keeps them as long as it likes.
pub trait TokenProvider: MaybeSendSync + 'static {
    /// A token that covers these scopes (none where the document names none).
    fn token(&self, scopes: &[&str]) -> BoxFuture<Result<Secret, BoxError>>;

    /// The server refused this token: the next call of `token` should give another.
    fn refused(&self, _token: &Secret) {}
}

/// A bearer token, or where to get one.
#[derive(Clone)]
pub enum Token {
    /// Always this one.
    Fixed(Secret),
    /// Whatever the provider gives.
    Provider(Arc<dyn TokenProvider>),
}

impl Token {
    /// From an asynchronous function, called for every request.
    ///
    /// ```
    /// use typewright_runtime::codegen::v1::{Secret, Token};
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
