//! Builds clients.

use crate::auth::{Credentials, Keyring, RequestSigner};
use crate::client::{Client, Decoding, ServerChoice, Servers, Shared};
use crate::clock::{Clock, SystemClock};
use crate::error::BuildError;
use crate::metrics::{Metered, Metrics};
use crate::opaque::{OpaqueArc, OpaqueBox};
use crate::retry::RetryPolicy;
use crate::spec::ApiSpec;
use crate::transport::{Cache, CachingTransport, Io, Transport};
use crate::{percent, redact};
use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const READ_TIMEOUT: Duration = Duration::from_secs(60);
const TIMEOUT: Duration = Duration::from_secs(300);
const MAX_BODY_BYTES: usize = 64 << 20;

/// The builder of a client; [`Self::build`] makes the generated `C` of it. A generated `Client::builder()` begins one.
///
/// Without further settings it connects within 10 seconds, waits 60 seconds for each piece of a response and 5 minutes
/// for a whole call, reads bodies of up to 64 MiB, and tries safe calls three times.
///
/// ```
/// use std::time::Duration;
/// use typewright_runtime::auth::{Credential, Credentials};
/// use typewright_runtime::client::ClientBuilder;
/// use typewright_runtime::retry::RetryPolicy;
///
/// fn local<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
///     builder
///         .base_url("http://localhost:8080")
///         .credentials(Credentials::new().with("token", Credential::bearer("s3cr3t")))
///         .timeout(Duration::from_secs(30))
///         .retry(RetryPolicy::off())
/// }
/// # drop(local::<()>);
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder<C> {
    settings: OpaqueBox<Settings>,
    client: PhantomData<fn() -> C>,
}

struct Settings {
    api: &'static ApiSpec,
    servers: Servers,
    transport: Option<Arc<dyn Transport>>,
    cache: Option<Cache>,
    clock: Option<Arc<dyn Clock>>,
    credentials: Credentials,
    signer: Option<Arc<dyn RequestSigner>>,
    metrics: Option<Arc<dyn Metrics>>,
    headers: HeaderMap,
    query: Vec<String>,
    connect_timeout: Option<Duration>,
    read_timeout: Option<Duration>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    max_body_bytes: usize,
    decoding: Decoding,
    retry: RetryPolicy,
    problem: Option<BuildError>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Creates a builder with the defaults; generated code calls it.
    pub fn new(api: &'static ApiSpec) -> Self {
        Self { settings: Settings::new(api), client: PhantomData }
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// There is no server, a setting does not fit the document or cannot be written, or there is no transport: see
    /// [`BuildError`].
    pub fn build(self) -> Result<C, BuildError> {
        Settings::build(self.settings).map(C::from)
    }
}

impl<C> ClientBuilder<C> {
    /// A builder of the client without the generated one around it.
    #[cfg(all(feature = "testing", feature = "blocking", feature = "reqwest"))]
    pub(crate) fn untyped(self) -> ClientBuilder<Client> {
        ClientBuilder { settings: self.settings, client: PhantomData }
    }

    /// The document that the client is for.
    #[cfg(all(feature = "testing", feature = "blocking", feature = "reqwest"))]
    pub(crate) fn api(&self) -> &'static ApiSpec {
        self.settings.api
    }

    /// Sends everything to this server, whatever servers the document names: `https://host`, `http://localhost:8080/proxy`.
    ///
    /// Without a path of its own it keeps the path of a document whose chosen server is relative, such as `/api/v2`: that is
    /// where the document's paths begin. A URL with a path is taken as it is; [`Self::base_path`] gives another.
    ///
    /// ```
    /// use typewright_runtime::client::ClientBuilder;
    /// fn local<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
    ///     builder.base_url("http://localhost:8080").base_path("/")
    /// }
    /// # drop(local::<()>);
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.servers.base_url = Some(url.into());
        self
    }

    /// Sets the path below [`Self::base_url`], in place of that of a relative server; `/` for none.
    pub fn base_path(mut self, path: impl Into<String>) -> Self {
        self.settings.servers.base_path = Some(path.into());
        self
    }

    /// Sets the URL of the document, to which relative URLs of its servers are relative (OpenAPI 3.1, section 4.8.5).
    pub fn document_url(mut self, url: impl Into<String>) -> Self {
        self.settings.servers.document_url = Some(url.into());
        self
    }

    /// Chooses one of the document's servers: by its type in the generated `servers`, or counted from 0. By default the first.
    pub fn server(mut self, server: impl Into<ServerChoice>) -> Self {
        let ServerChoice { index, variables } = server.into();
        self.settings.servers.index = index;
        self.settings.servers.variables.extend(variables);
        self
    }

    /// Sets a variable in the server's URL, in place of its default in the document; [`ServerChoice`] describes the
    /// allowed values.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let variables = &mut self.settings.servers.variables;
        variables.insert(name.into(), value.into());
        self
    }

    /// Sets the credentials of all calls; by default there are none, and calls that need some fail.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        self.settings.credentials = credentials.into();
        self
    }

    /// Sends over this transport in place of the default one: a mock or a wire log, for example.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Sends over this client, with its proxies, certificates and timeouts, for which
    /// [`ReqwestTransport::client_builder`](crate::transport::ReqwestTransport::client_builder) has the defaults.
    #[cfg(feature = "reqwest")]
    pub fn reqwest(self, client: reqwest::Client) -> Self {
        self.transport(crate::transport::ReqwestTransport::from(client))
    }

    /// Holds responses in this cache, and asks the server each time whether they are current; by default none is held. It stands
    /// before the transport, which sees what is asked.
    pub fn cache(mut self, cache: Cache) -> Self {
        self.settings.cache = Some(cache);
        self
    }

    /// Sets the clock, in place of the system's.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.settings.clock = Some(Arc::new(clock));
        self
    }

    /// Signs each complete request; by default none is signed.
    pub fn signer(mut self, signer: impl RequestSigner) -> Self {
        self.settings.signer = Some(Arc::new(signer));
        self
    }

    /// Records the duration of each request, by OpenTelemetry's names; by default none is recorded.
    pub fn metrics(mut self, metrics: impl Metrics) -> Self {
        self.settings.metrics = Some(Arc::new(metrics));
        self
    }

    /// Sets the `User-Agent` of every request (RFC 9110, section 10.1.5); by default none is sent. A value that no header can
    /// carry is an error of [`Self::build`].
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.settings.header(USER_AGENT.as_str(), user_agent);
        self
    }

    /// Adds a header to every request; a header of that name of a call replaces it. A name or value that no header can
    /// carry is an error of [`Self::build`].
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.settings.header(name, value);
        self
    }

    /// Adds a pair to the query of every request, percent-encoded.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.settings.query.push(percent::pair(name, value));
        self
    }

    /// Sets the time limit of connecting, by default 10 seconds, `None` for no limit (default transport only).
    ///
    /// A browser does not report connections: there the response's head must arrive within the sum of this time and
    /// [`Self::read_timeout`], unless one of them is `None`.
    pub fn connect_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.connect_timeout = timeout.into();
        self
    }

    /// Sets the time limit of the server's silence, before the response or between two pieces of it: by default 60 seconds, `None`
    /// for no limit (default transport only).
    ///
    /// In a browser nothing limits the time between two pieces of a response but [`Self::timeout`].
    pub fn read_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.read_timeout = timeout.into();
        self
    }

    /// Sets the time limit of a whole call, including retries and reading the response: by default 5 minutes, `None` for
    /// no limit. For streamed responses it ends with the head.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.timeout = timeout.into();
        self
    }

    /// Sets the time limit of each attempt of a call, by default `None` for no limit but [`Self::timeout`]'s.
    ///
    /// An attempt begins with its credentials, and ends with the response's body, or with its head where the body is a stream. One
    /// that is not finished in time is repeated as any broken connection is: where the call is safe to repeat, and as often as the
    /// retry policy allows.
    ///
    /// ```
    /// use std::time::Duration;
    /// use typewright_runtime::client::ClientBuilder;
    ///
    /// /// A minute in all, in which a request that hangs is sent again after 10 seconds.
    /// fn impatient<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
    ///     builder.timeout(Duration::from_secs(60)).attempt_timeout(Duration::from_secs(10))
    /// }
    /// # drop(impatient::<()>);
    /// ```
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.attempt_timeout = timeout.into();
        self
    }

    /// Sets the limit of a response's body in memory, and of a line or event of a stream, in bytes: by default 64 MiB. A
    /// longer one fails with [`ErrorKind::TooLarge`](crate::ErrorKind::TooLarge).
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.settings.max_body_bytes = bytes;
        self
    }

    /// Sets the leniency with responses that deviate from the document; by default [`Decoding::Tolerant`].
    pub fn decoding(mut self, decoding: Decoding) -> Self {
        self.settings.decoding = decoding;
        self
    }

    /// Sets the policy by which failed calls are sent again; by default [`RetryPolicy::default`].
    pub fn retry(mut self, retry: RetryPolicy) -> Self {
        self.settings.retry = retry;
        self
    }
}

impl Settings {
    fn new(api: &'static ApiSpec) -> OpaqueBox<Self> {
        OpaqueBox::new(Self {
            api,
            servers: Servers::default(),
            transport: None,
            cache: None,
            clock: None,
            credentials: Credentials::default(),
            signer: None,
            metrics: None,
            headers: HeaderMap::new(),
            query: Vec::new(),
            connect_timeout: Some(CONNECT_TIMEOUT),
            read_timeout: Some(READ_TIMEOUT),
            timeout: Some(TIMEOUT),
            attempt_timeout: None,
            max_body_bytes: MAX_BODY_BYTES,
            decoding: Decoding::default(),
            retry: RetryPolicy::default(),
            problem: None,
        })
    }

    fn header(&mut self, name: &str, value: &str) {
        let parsed = HeaderName::from_bytes(name.as_bytes());
        match (parsed, HeaderValue::from_str(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(redact::is_secret(name.as_str(), &[]));
                self.headers.insert(name, value);
            }
            _ => self.problem = Some(BuildError::Header(name.to_owned())),
        }
    }

    #[cfg(feature = "reqwest")]
    fn default_transport(&self) -> Result<Arc<dyn Transport>, BuildError> {
        let settings = crate::transport::Settings {
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
        };
        let transport = crate::transport::ReqwestTransport::build(&settings);
        Ok(Arc::new(transport.map_err(BuildError::Transport)?))
    }

    #[cfg(not(feature = "reqwest"))]
    fn default_transport(&self) -> Result<Arc<dyn Transport>, BuildError> {
        Err(BuildError::NoTransport)
    }

    fn build(settings: OpaqueBox<Self>) -> Result<Client, BuildError> {
        settings.into_inner().into_client()
    }

    fn into_client(mut self) -> Result<Client, BuildError> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        self.servers.check(self.api.servers)?;
        let base = self.servers.base(self.api.servers);
        let base = match base {
            Err(BuildError::NoServer) if self.api.servers.is_empty() => None,
            base => Some(base?),
        };
        let url = base.as_ref().and_then(|base| base.parse().ok());
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => self.default_transport()?,
        };
        let transport = match self.cache.take() {
            Some(cache) => Arc::new(CachingTransport { inner: transport, cache }),
            None => transport,
        };
        // Transports use the system's clock only.
        let read_timeout = transport.read_timeout().filter(|_| self.clock.is_none());
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock));
        let transport = match self.metrics {
            Some(metrics) => Arc::new(Metered::new(transport, metrics, &clock)),
            None => transport,
        };
        let io = Io { transport, clock };
        let keyring = Keyring::new(self.api.schemes, self.credentials, url.as_ref(), &io)?;
        let shared = Shared {
            api: self.api,
            servers: self.servers,
            base,
            io,
            read_timeout,
            keyring,
            signer: self.signer,
            headers: self.headers,
            query: self.query,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            max_body_bytes: self.max_body_bytes,
            decoding: self.decoding,
            retry_budget: self.retry.own_budget().cloned().unwrap_or_default(),
            retry: self.retry,
        };
        Ok(Client { shared: OpaqueArc::new(shared) })
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.settings.api.title)
            .field("credentials", &self.settings.credentials)
            .finish_non_exhaustive()
    }
}
