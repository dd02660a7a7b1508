//! Secrets and tokens.

use crate::codec::{read_text, Blank, CodecError, Decode, Decoder, Encode, Encoder};
use crate::futures::{BoxError, BoxFuture, MaybeSend, MaybeSendSync};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// A secret text, such as a key or a password: `Debug` shows `***`, and there is no `Display`.
///
/// ```
/// use typewright_runtime::auth::Secret;
/// let key = Secret::from("hunter2");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.expose(), "hunter2");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Decode for Secret {
    fn decode(decoder: &mut dyn Decoder) -> Result<Self, CodecError> {
        read_text(decoder, |text| Self::from(text))
    }
}

impl Encode for Secret {
    fn encode(&self, encoder: &mut dyn Encoder) -> Result<(), CodecError> {
        encoder.text(self.expose())
    }
}

impl Blank for Secret {
    fn blank() -> Self {
        Self::from("")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.as_str().into())
    }
}

/// A source of tokens, which obtains and caches them.
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
    /// Returns a token for these scopes, of which there are none if the document names none.
    ///
    /// # Errors
    /// No token was obtained; the call fails with [`ErrorKind::Credentials`](crate::ErrorKind::Credentials).
    fn token(&self, scopes: &[&str]) -> BoxFuture<Result<Secret, BoxError>>;

    /// Reports that the server refused this token: the next call of [`Self::token`] should return another. By default it does nothing.
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
    /// A provider, which is called before each request.
    Provider(Arc<dyn TokenProvider>),
}

impl Token {
    /// Creates a token from an asynchronous function, which is called for every request. Its failure is the call's, of the
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

/// A name and its password.
#[derive(Clone)]
pub struct Pair {
    pub(crate) username: String,
    pub(crate) password: Secret,
}

impl Pair {
    pub(super) fn new(username: String, password: Secret) -> Self {
        Self { username, password }
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name and its password")
    }
}
